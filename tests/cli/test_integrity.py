"""Damaged results on the command line: words and exit code 2, or a mark in all that is made of them."""

import json
import shutil
from pathlib import Path

import pytest
from pptx import Presentation

from simulation.execution.plan import plan_batch
from simulation.report.pptx import UNCHECKED_FOOTER
from simulation.results.load import load_comparison
from tests.cli.test_run import trustsim
from tests.execution.small import run, small_plan
from tests.execution.test_verification import ASKED, forge
from tests.results.test_integrity import ANY_FILE, NEEDED, edit_table

pytestmark = pytest.mark.e2e

MARK = "read without checking that the files are as they were written"
READING = {
    "status": ("status", "batch"),
    "chart": ("chart", "batch", "--only", "trajectory"),
    "report": ("report", "batch", "--format", "html,csv,pptx"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch."""
    folder = tmp_path_factory.mktemp("made") / "batch"
    run(small_plan(replicates=4, detail=NEEDED), folder)
    return folder


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("how", ANY_FILE)
def test_damaged_results_are_refused_in_words(command, how, made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "batch")
    ANY_FILE[how](folder / "trust.parquet")
    done = trustsim(*READING[command], cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("batch/trust.parquet ")
    assert done.stderr.endswith(
        "run the same `trustsim batch` again, which restores it, or read it as it is with --skip-integrity-check\n"
    )
    assert done.stderr.count("\n") == 1
    skipped = trustsim(*READING[command], "--skip-integrity-check", cwd=tmp_path)
    assert skipped.returncode in {0, 2}
    assert "Traceback" not in skipped.stderr


def test_what_is_made_without_the_check_says_so(made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "batch")
    edit_table(folder / "system.parquet")
    done = {name: trustsim(*words, "--skip-integrity-check", cwd=tmp_path) for name, words in READING.items()}
    assert {each.returncode for each in done.values()} == {0}, done
    assert f"warning: results were {MARK}" in done["status"].stdout
    for name in ("chart", "report"):
        assert f"warning: results were {MARK}" in done[name].stderr
    assert MARK in (folder / "board-paper.html").read_text()
    assert any(MARK in path.read_text() for path in (folder / "charts").rglob("*.txt"))
    assert all(MARK in path.read_text() for path in (folder / "charts").rglob("*.svg"))
    assert all(UNCHECKED_FOOTER in words for words in slides_of(folder / "board-paper.pptx"))
    for beside in (folder, folder / "csv", folder / "charts"):
        said, *listed = (beside / "not-checked.txt").read_text().splitlines()
        assert MARK in said
        made_of_results = {path.relative_to(beside).as_posix() for path in beside.glob("*.csv")} - {"columns.csv"}
        assert made_of_results == {*listed}
    assert MARK in repr(load_comparison(folder, skip_integrity_check=True))
    assert MARK in load_comparison(folder, skip_integrity_check=True)._repr_html_()
    said = trustsim("status", "batch", "--json", "--skip-integrity-check", cwd=tmp_path)
    assert json.loads(said.stdout)["checked"] is False


def test_what_is_made_with_the_check_has_no_mark(made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "batch")
    done = trustsim(*READING["report"], cwd=tmp_path)
    assert (done.returncode, MARK in done.stderr) == (0, False)
    assert MARK not in (folder / "board-paper.html").read_text() + repr(load_comparison(folder))
    assert not (folder / "not-checked.txt").exists()
    assert not (folder / "csv/not-checked.txt").exists()
    assert not any(UNCHECKED_FOOTER in words for words in slides_of(folder / "board-paper.pptx"))
    trustsim(*READING["chart"], cwd=tmp_path)
    assert not [*folder.rglob("not-checked.txt")]


def slides_of(path):
    """The words of each slide."""
    slides = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in Presentation(str(path)).slides
    ]
    assert len(slides) > 3
    return slides


def test_a_file_stays_marked_until_it_is_made_again(made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "batch")
    report = ("report", "batch", "--format", "csv", "--tables")
    for words in (("system,trust", "--skip-integrity-check"), ("trust",)):
        done = trustsim(*report, *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert (folder / "csv/not-checked.txt").read_text().splitlines()[1:] == ["system.csv"]
    trustsim(*report, "system", cwd=tmp_path)
    assert not (folder / "csv/not-checked.txt").exists()


def test_supporting_runs_that_are_not_there_are_named(tmp_path):
    run(plan_batch(ASKED), tmp_path / "batch")
    done = trustsim("status", "batch", cwd=tmp_path)
    assert done.returncode == 0
    assert "  no-joint-action: not run; run the same `trustsim batch` to go on" in done.stdout


def test_replicates_are_run_again_and_compared(made, tmp_path):
    folder = shutil.copytree(made, tmp_path / "batch")
    done = trustsim("verify", "batch", "--replicates", "2", "--seed", "3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    compared, words, kept = done.stdout.splitlines()
    assert compared.startswith("results: 2 of 4 replicates, ")
    assert compared.endswith(" numbers: equal")
    assert words.startswith("2 replicates drawn at random were run again on ")
    assert words.endswith(" and are equal to the bit.")
    assert kept == f"  record  {Path('batch/verification.json')} (drawn with --seed 3)"
    forge(folder, "system.parquet")
    done = trustsim("verify", "batch", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("results: 4 of 4 replicates, ")
    assert "  system.parquet: design 0, replicate 0, month 0, " in done.stdout
    assert " more\nOf 4 replicates drawn at random and run again on " in done.stdout
