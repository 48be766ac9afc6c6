"""The behaviour of commands: output streams, closed pipes, wrong names, and the places of files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.model.ensemble.cache import cache_root
from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim
from tests.waiting import PATIENCE

pytestmark = pytest.mark.e2e

REFERENCE = str(ROOT / "scenarios/mid-south-essex.yaml")
FULL = Path("/dev/full")
BASE = f"extends: {TWO_TRUSTS}\n"


def test_good_files_are_reported_on_stdout_and_bad_ones_on_stderr(tmp_path):
    (tmp_path / "bad.yaml").write_text(BASE + "months: 0\n")
    (tmp_path / "good.yaml").write_text(BASE + "months: 20\n")
    done = trustsim("validate", "bad.yaml", "good.yaml", "missing.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == "good.yaml: ok\n"
    assert done.stderr.splitlines() == [
        "bad.yaml:2:9: months: must be at least 1 (given: 0)",
        f"missing.yaml: no such file in {tmp_path}",
    ]


def test_what_has_no_effect_is_a_warning(tmp_path):
    (tmp_path / "late.yaml").write_text(BASE + "levers: {coaching: {strength: 1, from: 2031-01}}\n")
    for command in ("validate", "show"):
        done = trustsim(command, "late.yaml", cwd=tmp_path)
        assert done.returncode == 0
        assert done.stderr == (
            "late.yaml: warning: levers.coaching: a setting never acts, because it starts in 2031-01,"
            " after the last month (2026-03)\n"
        )


def without_warnings(errors):
    """Return the lines on stderr that are no warnings about the reference place."""
    return [line for line in errors.splitlines() if f"{REFERENCE}: warning: " not in line]


def test_files_in_a_folder_are_found_but_not_in_folders_below(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "bad.yaml").write_text("title: 3\n")
    (tmp_path / "b.yml").write_text(BASE)
    (tmp_path / "a.yaml").write_text(BASE)
    (tmp_path / "notes.txt").write_text("no scenario")
    assert trustsim("validate", ".", cwd=tmp_path).stdout == "a.yaml: ok\nb.yml: ok\n"


def test_a_folder_named_as_a_home_folder_is_one_like_any_other(tmp_path, monkeypatch):
    """A shell leaves `--out=~/a` as it is, and pyarrow would take it for a home folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_root().parent))  # the engine is compiled there
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    comparison = f"title: E\nscenario: {TWO_TRUSTS}\ncompare: {{a: {{}}, b: {{parameters: {{loss_ratio: 1}}}}}}\n"
    (tmp_path / "e.yaml").write_text(comparison)
    run = trustsim("run", TWO_TRUSTS, "--no-charts", "--replicates", 2, "--out=~/run", cwd=tmp_path)
    batch = trustsim("batch", "e.yaml", "--workers", 1, "--replicates", 2, "--out=~/batch", cwd=tmp_path)
    report = trustsim("report", "~/batch", "--format", "csv", cwd=tmp_path)
    assert [run.returncode, batch.returncode, report.returncode] == [0, 0, 0], report.stderr
    for file in ("run/two-trusts/system.parquet", "batch/system.parquet", "batch/csv/system.csv"):
        assert (tmp_path / "~" / file).exists()
    assert not {"run", "batch"} & {path.name for path in (tmp_path / "home").glob("*")}


@pytest.mark.parametrize(
    ("path", "message"),
    [("missing.yaml", "missing.yaml: no such file in {folder}"), ("folder", "folder: is a folder, not a file")],
)
def test_show_reports_missing_files(path, message, tmp_path):
    (tmp_path / "folder").mkdir()
    shown = trustsim("show", path, cwd=tmp_path)
    expected = message.replace("{folder}", str(tmp_path))
    assert (shown.returncode, shown.stdout, shown.stderr) == (2, "", f"{expected}\n")


def test_show_is_plain_with_one_row_a_line_where_it_is_not_a_terminal(tmp_path):
    shown = trustsim("show", REFERENCE, cwd=tmp_path)
    assert (shown.returncode, without_warnings(shown.stderr)) == (0, [])
    assert "\x1b" not in shown.stdout
    (row,) = (line for line in shown.stdout.splitlines() if line.strip().startswith("organisations.meht.income "))
    assert row.split()[1] == "275"
    assert row.strip().endswith("turnover 2013/14: Wikipedia, Mid Essex Hospital Services NHS Trust")


def test_show_lists_levers_and_events(tmp_path):
    text = (
        "levers: {coaching: {strength: 0.5, ramp: 6, cost: 0.2, only: [hospital]}, gain_share: {strength: 1}}\n"
        "events:\n"
        "  - {event: grip_shock, size: 2, until: 2025-01}\n"
        "  - {event: grip_shock, size: 1, from: 2025-03, only: [hospital]}\n"
        "  - {event: leader_change, month: 2025-02, organisation: hospital}\n"
    )
    (tmp_path / "a.yaml").write_text(BASE + text)
    lines = [" ".join(line.split()) for line in trustsim("show", "a.yaml", cwd=tmp_path).stdout.splitlines()]
    assert "coaching Coaching 0.5 2024-04 6 0.2 hospital" in lines
    assert "gain_share Gain share 1 2024-04 1 0 all programmes" in lines
    assert "grip_shock 2024-04 2025-01 2" in lines
    assert "grip_shock hospital 2025-03 1" in lines
    assert "leader_change hospital 2025-02" in lines


def test_show_without_the_register(tmp_path):
    assert (
        "assumed numbers and defaults first" not in trustsim("show", TWO_TRUSTS, "--no-register", cwd=tmp_path).stdout
    )


@pytest.mark.parametrize("words", [("show", REFERENCE), ("schema",)])
def test_a_closed_pipe_ends_the_command_quietly(words, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "simulation", *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert without_warnings(errors.decode()) == []


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [("show", REFERENCE), ("schema",), ("validate", TWO_TRUSTS), ("--help",)])
def test_a_full_disk_is_a_failure_and_is_reported(words, tmp_path):
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "simulation", *words],
            check=False,
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert without_warnings(done.stderr) == ["no space left on device"]


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the stream")
@pytest.mark.parametrize("words", ["show scenarios/two-trusts.yaml", "validate scenarios/two-trusts.yaml", "--help"])
def test_a_closed_stream_is_no_reason_to_fail(words):
    command = f"'{sys.executable}' -m simulation {words} >&-"
    done = subprocess.run(command, shell=True, check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_pound_signs_gets_stand_ins(tmp_path):
    (tmp_path / "a.yaml").write_text(f"{BASE}title: “Ours” − £4m 🏥\n", encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "simulation", "show", "a.yaml"],
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
    )
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert shown.stdout.startswith(b'"Ours" - GBP 4m ?')


def test_new_names_the_file_and_its_title(tmp_path):
    done = trustsim("new", "north_and-south", cwd=tmp_path)
    assert (done.stdout, done.stderr) == (
        "wrote north_and-south.yaml\n",
        "next: trustsim validate north_and-south.yaml\n",
    )
    text = (tmp_path / "north_and-south.yaml").read_text(encoding="utf-8")
    assert '\ntitle: "North and south"\n' in text
    assert text.startswith("# To let your editor check this file as you write, run: trustsim schema > schema.json\n")


@pytest.mark.parametrize(
    ("schema", "name", "line"),
    [
        ("scenarios/schema.json", "mine", "scenarios/schema.json"),
        ("scenarios/schema.json", "scenarios/mine", "schema.json"),
        ("scenarios/schema.json", "studies/north/mine.yaml", "../../scenarios/schema.json"),
        ("schema.json", "mine.yml", "schema.json"),
    ],
)
def test_new_names_the_nearest_schema(schema, name, line, tmp_path):
    for path in (tmp_path / schema, tmp_path / name):
        path.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / schema).write_text("{}")
    written = trustsim("new", name, cwd=tmp_path).stdout.removeprefix("wrote ").strip()
    assert (tmp_path / written).read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={line}\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "'' is not the name of a file; give the scenario a name"),
        ("..", "'..' is not the name of a file; give the scenario a name"),
        ("folder/", "'folder/' is not the name of a file; give the scenario a name"),
        ("nowhere/mine", "nowhere/mine.yaml: the folder nowhere does not exist"),
        ("x" * 300, f"{'x' * 300}.yaml: cannot be written: file name too long"),
    ],
)
def test_new_refuses_a_bad_name(name, message, tmp_path):
    refused = trustsim("new", name, cwd=tmp_path)
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", f"{message}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_new_reports_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    refused = trustsim("new", "mine", cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (2, "mine.yaml: cannot be written: permission denied\n")


def test_a_misspelt_command_gets_a_suggestion(tmp_path):
    assert "Did you mean 'validate'?" in trustsim("vaildate", cwd=tmp_path).stderr


def test_help_has_every_command_and_a_commands_help_its_options(tmp_path):
    page = trustsim("--help", cwd=tmp_path).stdout
    assert all(f"\n  {name} " in page for name in ("run", "validate", "show", "new", "schema"))
    assert re.search(r"\n  chart +Draw the charts of a run or a batch.\n", page)
    assert "--no-register" in trustsim("show", "-h", cwd=tmp_path).stdout
