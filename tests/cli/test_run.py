"""`trustsim run` as its user types it: tables that repeat, nothing overwritten, mistakes reported."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

from simulation import __version__
from simulation.formatting import pounds, without_joiners
from tests.cli import preloaded
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
TWO_TRUSTS = str(ROOT / "scenarios/two-trusts.yaml")

pytestmark = pytest.mark.e2e

AS_IN_A_TERMINAL = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from simulation.cli.main import main; main()"
)


def trustsim(*words, cwd, afresh=False):
    """Run a command; `afresh` starts Python for it, with another hash seed."""
    typed = [*map(str, words)]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    if not afresh and hasattr(os, "fork"):
        return preloaded.run(typed, cwd=cwd, environment=environment)
    command = [sys.executable, "-m", "simulation", *typed]
    return subprocess.run(
        command, check=False, cwd=cwd, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """One run of the smallest place with everything on."""
    folder = tmp_path_factory.mktemp("run")
    tables = "organisations,relationships,opportunities,transfers"
    words = ("run", TWO_TRUSTS, "--replicates", 5, "--seed", 3, "--tables", tables)
    done = trustsim(*words, "--out", "once", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, words, done


def test_a_run_writes_tables_record_scenario_and_charts(first):
    folder, _, done = first
    run = folder / "once" / "two-trusts"
    assert {path.name for path in run.iterdir()} == {
        "charts", "run.json", "scenario.yaml", "system.parquet", "outturns.parquet", "agreements.parquet",
        "memberships.parquet", "organisations.parquet", "relationships.parquet", "opportunities.parquet",
        "transfers.parquet",
        "assumptions.parquet", "assumptions_outturns.parquet", "points.parquet", "holding_out.parquet", "trust.parquet",
        "all_population_first.parquet", "all_institutional.parquet",
    }  # fmt: skip
    for chart in ("trajectory", "bridge", "question_mix", "trust_map", "plan_against_delivery"):
        assert {path.suffix for path in (run / "charts").glob(f"{chart}.*")} == {".png", ".svg", ".csv", ".txt"}
    record = json.loads((run / "run.json").read_text())
    assert (record["seed"], record["replicates"], record["version"]) == (3, 5, __version__)
    assert set(record) >= {"commit", "scenario_hash", "libraries", "platform", "elapsed", "made"}
    assert str(Path("once/two-trusts")) in done.stdout


def test_it_ends_with_the_command_that_writes_the_paper(first):
    _, _, done = first
    assert done.stderr.splitlines()[-1] == f"next: trustsim report {Path('once/two-trusts')}"


def test_both_engines_write_the_same_bytes(tmp_path):
    words = ("run", TWO_TRUSTS, "--seed", 4, "--no-charts", "--tables", "relationships")
    for engine, replicates in (("mesa", 5), ("compiled", 5), ("auto", 200)):
        how = ("--engine", engine, "--replicates", replicates, "--out", engine)
        done = trustsim(*words, *how, cwd=tmp_path, afresh=engine == "mesa")
        assert done.returncode == 0, done.stderr
    mesa, compiled, many = (tmp_path / engine / "two-trusts" for engine in ("mesa", "compiled", "auto"))
    for table in mesa.glob("*.parquet"):
        assert table.read_bytes() == (compiled / table.name).read_bytes(), table.name
        of_many = pd.read_parquet(many / table.name).query("replicate < 5")
        pd.testing.assert_frame_equal(pd.read_parquet(table), of_many, check_exact=True)
    engines = [json.loads((run / "run.json").read_text())["engine"] for run in (mesa, compiled)]
    assert engines == ["mesa", "compiled"]


def test_an_unknown_engine_is_reported_in_one_line(tmp_path):
    done = trustsim("run", TWO_TRUSTS, "--engine", "fast", cwd=tmp_path)
    assert done.returncode == 2
    assert "'fast' is not one of 'auto', 'compiled', 'mesa'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_run_gives_the_same_bytes(first):
    folder, words, _ = first
    assert trustsim(*words, "--out", "again", cwd=folder, afresh=True).returncode == 0
    once, again = (folder / name / "two-trusts" for name in ("once", "again"))
    files = [path.relative_to(once) for path in once.rglob("*") if path.is_file() and path.name != "run.json"]
    assert len(files) > 20
    for file in files:
        assert (once / file).read_bytes() == (again / file).read_bytes(), file


def test_the_resolved_scenario_runs_to_the_same_numbers(first):
    folder, words, _ = first
    scenario = folder / "once/two-trusts/scenario.yaml"
    assert trustsim("run", scenario, *words[2:], "--no-charts", "--out", "resolved", cwd=folder).returncode == 0
    again = folder / "resolved/scenario/system.parquet"
    assert again.read_bytes() == (folder / "once/two-trusts/system.parquet").read_bytes()


def test_the_headline_says_what_the_tables_say(first):
    folder, _, done = first
    system = pd.read_parquet(folder / "once/two-trusts/system.parquet")
    last = system[system["month"] == system["month"].max()]
    assert f"{pounds(last['gap'].median())} a year" in done.stdout
    assert f"met in {(last['gap'] <= 0).sum()} of 5 simulated runs" in done.stdout
    assert f"{without_joiners(pounds(last['cumulative_position'].median()))} over the run" in done.stdout
    assert done.stdout.count("; allowing for uncertain assumptions: ") == 2


def test_another_run_is_never_overwritten(first):
    folder, _, _ = first
    before = (folder / "once/two-trusts/system.parquet").read_bytes()
    refused = trustsim("run", TWO_TRUSTS, "--replicates", 2, "--no-charts", "--out", "once", cwd=folder)
    assert refused.returncode == 2
    assert "holds another run" in refused.stderr
    assert "name another folder with --out" in refused.stderr
    assert (folder / "once/two-trusts/system.parquet").read_bytes() == before


def test_a_folder_of_other_files_is_not_written_to(tmp_path):
    (tmp_path / "mine/two-trusts").mkdir(parents=True)
    (tmp_path / "mine/two-trusts/letter.txt").write_text("dear board")
    refused = trustsim("run", TWO_TRUSTS, "--replicates", 1, "--no-charts", "--out", "mine", cwd=tmp_path)
    assert refused.returncode == 2
    assert "holds files that are not a run" in refused.stderr
    assert [path.name for path in (tmp_path / "mine/two-trusts").iterdir()] == ["letter.txt"]


def test_stdout_holds_only_json(tmp_path):
    done = trustsim("run", TWO_TRUSTS, "--replicates", 2, "--no-charts", "--json", cwd=tmp_path)
    [summary] = json.loads(done.stdout)
    assert done.returncode == 0
    assert summary["replicates"] == 2
    assert summary["gap"]["low_90"] <= summary["gap"]["median"] <= summary["gap"]["high_90"]
    assert (tmp_path / summary["folder"] / "system.parquet").exists()
    assert Path(summary["folder"]).parts[:2] == ("results", "two-trusts")


def test_one_bad_scenario_stops_all_before_anything_is_written(tmp_path):
    (tmp_path / "bad.yaml").write_text("title: 3\n")
    refused = trustsim("run", TWO_TRUSTS, "bad.yaml", "missing.yaml", cwd=tmp_path)
    assert refused.returncode == 2
    assert "bad.yaml:1:8: title:" in refused.stderr
    assert "missing.yaml" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--replicates", "0"), "--replicates"),
        (("--seed", "-1"), "--seed"),
        (("--tables", "organisation"), "there is no table 'organisation'"),
        (("--replicate", "3"), "--replicate"),
    ],
)
def test_mistakes_in_usage_are_reported(words, message, tmp_path):
    refused = trustsim("run", TWO_TRUSTS, *words, cwd=tmp_path)
    assert refused.returncode == 2
    assert message in refused.stderr
    assert "Traceback" not in refused.stderr


def test_two_scenarios_of_one_name_would_share_a_folder(tmp_path):
    for folder, title in (("one", "One"), ("two", "Two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "place.yaml").write_text(f"extends: {TWO_TRUSTS}\ntitle: {title}\n")
    refused = trustsim("run", "one/place.yaml", "two/place.yaml", "--out", "both", cwd=tmp_path)
    assert refused.returncode == 2
    assert "would hold two runs" in refused.stderr


def test_a_folder_that_cannot_be_made_is_a_failed_run(tmp_path):
    (tmp_path / "file").write_text("")
    failed = trustsim("run", TWO_TRUSTS, "--replicates", 1, "--no-charts", "--out", "file", cwd=tmp_path)
    assert failed.returncode in (1, 2)
    assert "Traceback" not in failed.stderr
    assert "file" in failed.stderr


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_an_interrupted_run_says_so_and_leaves_nothing(tmp_path, engine):
    """It is interrupted when the bar on its terminal has counted the first replicates of very many."""
    how = ("--replicates", "200000", "--engine", engine, "--no-charts")
    words = ("run", str(ROOT / "scenarios/mid-south-essex.yaml"), *how)
    terminal, other_end = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "200"}
    command = [sys.executable, "-c", AS_IN_A_TERMINAL, *words]
    running = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=other_end)
    os.close(other_end)
    printed = b""
    while not re.search(rb"[1-9][0-9]*/200000", printed):
        printed += os.read(terminal, 4096)
    os.kill(running.pid, signal.SIGINT)
    with suppress(OSError):  # the end of a terminal that nobody writes to any more
        while more := os.read(terminal, 4096):
            printed += more
    os.close(terminal)
    assert running.wait(timeout=PATIENCE) == 130
    assert b"Traceback" not in printed
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_run_with_levers_says_whether_it_is_better_than_no_joint_action(tmp_path):
    (tmp_path / "menu.yaml").write_text(
        f"extends: {TWO_TRUSTS}\ntitle: A menu\nlevers: {{menu_framing: {{strength: 1}}, coaching: {{strength: 1}}}}\n"
    )
    done = trustsim("run", "menu.yaml", "--replicates", 20, "--seed", 3, "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    (start,) = (number for number, line in enumerate(lines) if line.startswith("  verdict  "))
    assert lines[start].endswith("Allowing for uncertain assumptions:")
    assert "joint action leaves" in lines[start + 1].lower()
    assert "no joint action" in lines[start + 1]
    assert "A menu" not in "".join(lines[start:])
    assert "position, costs included: " in lines[start + 2]
    assert "Shares of cases rest on 20 sets of assumptions" in lines[start + 3]
    assert (tmp_path / "out/menu/charts/who_gains.png").exists()


def test_the_verdict_of_a_run_is_in_its_json_and_needs_its_charts(tmp_path):
    (tmp_path / "menu.yaml").write_text(
        f"extends: {TWO_TRUSTS}\ntitle: A menu\nlevers: {{coaching: {{strength: 1}}}}\n"
    )
    words = ("run", "menu.yaml", "--replicates", 4, "--json")
    with_charts, without = (
        json.loads(trustsim(*words, *more, "--out", out, cwd=tmp_path).stdout)[0]
        for more, out in (((), "a"), (("--no-charts",), "b"))
    )
    pairs = [(row["measure"], row["first"], row["second"]) for row in with_charts["verdict"]]
    assert pairs == [
        ("gap", "no joint action", "joint action"),
        ("gap", "joint action", "no joint action"),
        ("position", "no joint action", "joint action"),
        ("position", "joint action", "no joint action"),
    ]
    assert without["verdict"] == []
    assert without["gap"] == with_charts["gap"]
