"""Every command looks before it works: where its output cannot be written, it says so at once and writes nothing."""

import os
import re
from dataclasses import replace
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from simulation import load_experiment
from simulation.cli.main import app
from simulation.execution.disk_space import expected_of_batch, expected_of_run
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest, run_scenario
from simulation.results.batch.lock import lock_folder
from simulation.results.store import write_run
from simulation.scenario.loading import load_scenario
from simulation.scenario.workbook.writing import write_workbook
from simulation.writable import OutputError, check_file, check_folder
from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim
from tests.execution.small import run

pytestmark = pytest.mark.e2e

TRIAL = f"""
title: A trial
scenario: {TWO_TRUSTS}
replicates: 2
compare:
  no joint action: {{}}
  coached: {{levers: {{coaching: {{strength: 1}}}}}}
"""
ANSWERS = "from,to,item,score,date\n"

INTO_FOLDERS = {
    "run": ("run", TWO_TRUSTS, "--replicates", "2", "--no-charts"),
    "batch": ("batch", "trial.yaml"),
    "chart": ("chart", "made/two-trusts", "--only", "trust_matrix"),
    "report": ("report", "made/two-trusts", "--format", "html"),
    "report as csv": ("report", "made/two-trusts", "--format", "csv"),
}
FILES = {
    "page": (("page", TWO_TRUSTS), ".html"),
    "page of data": (("page", TWO_TRUSTS, "--data"), ".json"),
    "export": (("export", TWO_TRUSTS, "--xlsx"), ".xlsx"),
    "import": (("import", "place.xlsx"), ".yaml"),
    "survey": (("survey", "answers.csv", TWO_TRUSTS), ".yaml"),
    "workshop-kit": (("workshop-kit", TWO_TRUSTS), ".pdf"),
}


class Usage(NamedTuple):
    """A disk in bytes, as `shutil.disk_usage` returns it."""

    total: int
    used: int
    free: int


WAY_OUT = "; name another folder with --out\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with results, an experiment, a workbook, and what stands in the way of an output."""
    folder = tmp_path_factory.mktemp("looks")
    done = trustsim("run", TWO_TRUSTS, "--replicates", 2, "--out", "made", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "trial.yaml").write_text(TRIAL)
    (folder / "answers.csv").write_text(ANSWERS)
    (folder / "place.xlsx").write_bytes(write_workbook(load_scenario(TWO_TRUSTS), "place.xlsx"))
    (folder / "file").write_text("mine")
    (folder / "broken").symlink_to("nowhere")
    (folder / "round").symlink_to("round")
    return folder


def contents(folder):
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*") if not path.is_dir()}


def refused(words, folder):
    """Run a command that must be refused and write nothing, and return what it says."""
    before = contents(folder)
    done = trustsim(*words, cwd=folder)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert contents(folder) == before
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("out", "problem"),
    [
        ("file", "file is a file, not a folder"),
        ("file/below", "file is a file, not a folder"),
        ("broken", "broken is a link to nowhere, which does not exist"),
        ("broken/below", "broken is a link to nowhere, which does not exist"),
        ("round", "too many levels of symbolic links"),
        ("x" * 300, "file name too long"),
        ("/proc/x", "/proc: no file can be written there (it takes no files)"),
        ("/sys/x/y", "/sys: no file can be written there (permission denied)"),
        ("/dev/null", "/dev/null is a file, not a folder"),
    ],
)
@pytest.mark.parametrize("command", INTO_FOLDERS)
def test_a_folder_that_cannot_be_written_to_is_refused(command, out, problem, folder):
    said = refused((*INTO_FOLDERS[command], "--out", out), folder)
    assert problem in said
    assert said.endswith(WAY_OUT)
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("out", "problem"),
    [
        ("none/new{}", "none/new{}: the folder none does not exist"),
        ("/proc/new{}", "/proc/new{}: cannot be written: /proc: no file can be written there (it takes no files)"),
        ("file/new{}", "file/new{}: cannot be written: file is a file, not a folder"),
        ("y" * 300 + "{}", "cannot be written: file name too long"),
        ("made{}", "made{}"),
    ],
)
@pytest.mark.parametrize("command", FILES)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_read(command, out, problem, folder):
    words, ending = FILES[command]
    taken = folder / f"made{ending}"
    taken.mkdir(exist_ok=True)
    said = refused((*words, "--out", out.format(ending)), folder)
    assert problem.format(ending) in said
    assert said.count("\n") == 1
    taken.rmdir()


@pytest.mark.parametrize("name", ["/proc/new", "file/new", "none/new"])
def test_a_new_place_is_refused_in_the_same_words(name, folder):
    assert f"{name}.yaml: " in refused(("new", name), folder)


@pytest.mark.parametrize("name", ["board-paper.html", "assumptions-register.csv", "costs-and-position.csv"])
def test_a_paper_does_not_stand_where_a_folder_stands(name, folder):
    (folder / "papers" / name).mkdir(parents=True)
    said = refused(("report", "made/two-trusts", "--format", "html", "--out", "papers"), folder)
    assert said == f"papers/{name} is a folder, not a file{WAY_OUT}"
    (folder / "papers" / name).rmdir()


def test_what_stands_in_the_place_of_a_runs_or_a_batchs_folders_is_refused(folder):
    again = folder / "again"
    done = trustsim("run", TWO_TRUSTS, "--replicates", 2, "--no-charts", "--out", "again", cwd=folder)
    assert done.returncode == 0
    (again / "two-trusts/charts").write_text("mine")
    words = ("run", TWO_TRUSTS, "--replicates", 2, "--no-charts", "--out", "again")
    assert refused(words, folder) == f"again/two-trusts/charts is a file, not a folder{WAY_OUT}"


def test_folders_of_another_batch_are_all_refused_before_the_first_is_run(folder):
    (folder / "other.yaml").write_text(TRIAL)
    done = trustsim("batch", "other.yaml", "--out", "both/other", cwd=folder)
    assert done.returncode == 0, done.stderr
    said = refused(("batch", "trial.yaml", "other.yaml", "--seed", 2, "--out", "both"), folder)
    assert said.startswith("other: both/other holds results at seed 1, not 2")
    assert not (folder / "both/trial").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser can become another")
@pytest.mark.parametrize("below", ["", "below/far below"])
def test_another_users_folder_is_refused(below, tmp_path):
    """In a copy of this process, which gives up the superuser's rights."""
    for path in (tmp_path, *tmp_path.parents[:-2]):
        path.chmod(0o755)
    said = refused_to_another_user(tmp_path / below)
    assert said.startswith(f"{tmp_path}: no file can be written there (permission denied)")
    assert not any(tmp_path.iterdir())


def refused_to_another_user(folder):
    read, write = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.setuid(65534)
        try:
            check_folder(folder)
        except OutputError as error:
            os.write(write, str(error).encode())
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(copy, 0)
    with os.fdopen(read) as said:
        return said.read()


@pytest.mark.parametrize("command", ["run", "batch", "report as csv", "chart"])
def test_what_does_not_fit_is_refused(command, folder, monkeypatch, capsys):
    """In this process, on a disk that is said to be full."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9, 1000))
    words = [str(each) for each in INTO_FOLDERS[command]]
    done = CliRunner().invoke(app, [*words, "--out", "full"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert re.fullmatch(r"full\S*: about [\d.]+ MB will be written, and 0.1 MB are free there; .*--out\n", done.stderr)
    assert not (folder / "full").exists()


@pytest.mark.parametrize(("places", "replicates"), [("two-trusts", 400), ("mid-south-essex", 40)])
def test_the_size_of_a_run_is_known_before_within_half_as_much_again(places, replicates, tmp_path):
    scenario = load_scenario(ROOT / f"scenarios/{places}.yaml")
    tables = ("organisations", "relationships", "opportunities")
    request = RunRequest(
        name="place", scenario=scenario, replicates=replicates, seed=1, out=tmp_path, tables=tables, for_charts=False
    )
    done = run_scenario(request)
    (tmp_path / "run").mkdir()
    write_run(tmp_path / "run", done.study, done.record, tables=done.monthly_tables(tables))
    written = sum(path.stat().st_size for path in (tmp_path / "run").rglob("*"))
    assert 1 / 1.5 < expected_of_run(request) / written < 1.5


def test_the_size_of_a_batch_is_known_before_within_half_as_much_again(tmp_path):
    experiment = replace(load_experiment(ROOT / "scenarios/experiments/one-that-never-moves.yaml"), replicates=30)
    plan = plan_batch(experiment)
    expected = expected_of_batch(plan, tmp_path / "batch")
    run(plan, tmp_path / "batch")
    written = sum(path.stat().st_size for path in (tmp_path / "batch").glob("*.parquet"))
    assert 1 / 1.5 < expected / 2 / written < 1.5
    assert expected_of_batch(plan, tmp_path / "batch") == 0
    assert expected_of_batch(plan, tmp_path / "batch", fresh=True) == expected


def test_disk_space_is_looked_at_for_all_that_a_batch_may_go_on_to(folder, monkeypatch):
    """A disk that takes what the file asks for, and not what --at-most allows."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9 - 10**8, 10**8))
    words = [*INTO_FOLDERS["batch"], "--out", "far", "--until-half-width", "0.001", "--at-most", "200000"]
    done = CliRunner().invoke(app, [str(each) for each in words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert re.fullmatch(
        r"far: about [\d.]+ MB will be written, and 100.0 MB are free there; free some space, lower --at-most, or .*\n",
        done.stderr,
    )
    assert not (folder / "far").exists()
    words[-1] = "3"
    assert CliRunner().invoke(app, [str(each) for each in words]).exit_code == 0


def test_designs_that_are_no_longer_asked_for_are_refused_before_another_experiment_is_run(folder):
    (folder / "later.yaml").write_text(TRIAL)
    done = trustsim("batch", "later.yaml", "--out", "each/later", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "later.yaml").write_text(TRIAL.replace("strength: 1", "strength: 0.5"))
    said = refused(("batch", "trial.yaml", "later.yaml", "--out", "each"), folder)
    assert said.startswith("later: each/later holds results of 1 design that is no longer asked for")
    assert not (folder / "each/trial").exists()


@pytest.mark.parametrize("more", [(), ("--fresh",)])
def test_a_folder_that_another_process_writes_to_is_refused_before_another_experiment_is_run(more, folder):
    (folder / "held.yaml").write_text(TRIAL)
    (folder / "locks/held").mkdir(parents=True, exist_ok=True)
    with lock_folder(folder / "locks/held"):
        said = refused(("batch", "trial.yaml", "held.yaml", "--out", "locks", *more), folder)
    assert said.startswith("held: locks/held is being written to by process ")
    assert not (folder / "locks/trial").exists()


def test_what_cannot_be_made_again_is_refused_before_another_experiment_is_run(folder):
    (folder / "spoilt.yaml").write_text(TRIAL)
    done = trustsim("batch", "spoilt.yaml", "--out", "repaired/spoilt", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "repaired/spoilt/system.parquet").unlink()
    (folder / "repaired/spoilt/system.parquet/mine").mkdir(parents=True)
    said = refused(("batch", "trial.yaml", "spoilt.yaml", "--out", "repaired"), folder)
    assert "repaired/spoilt/system.parquet is a folder, and a file belongs there: move it elsewhere" in said
    assert not (folder / "repaired/trial").exists()


def test_nothing_is_left_where_a_folder_was_tried(tmp_path):
    check_folder(tmp_path / "new/below", files=["a.csv"], folders=["b"], size=1000)
    check_file(tmp_path / "new.yaml")
    assert not any(tmp_path.iterdir())
