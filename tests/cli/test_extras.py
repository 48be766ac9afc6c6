"""Commands whose extra is not installed: its name, exit code 2, and nothing done."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.main import app

pytestmark = pytest.mark.e2e

TWO_TRUSTS = str(Path(__file__).parents[2] / "scenarios/two-trusts.yaml")
REPORT = "pip install 'trust-between-trusts[report]'"
WORKBOOK = "a workbook needs openpyxl: pip install 'trust-between-trusts[workbook]'"


@pytest.mark.parametrize(
    ("module", "words", "message"),
    [
        ("docx", ["report", "none"], f"a paper as docx needs python-docx: {REPORT}"),
        ("pptx", ["report", "none", "--format", "xlsx,pptx"], f"a paper as pptx needs python-pptx: {REPORT}"),
        ("typst", ["report", "none", "--format", "pdf"], f"a paper as pdf needs typst: {REPORT}"),
        (
            "openpyxl",
            ["report", "none", "--format", "html,xlsx"],
            "a paper as xlsx needs openpyxl: pip install 'trust-between-trusts[workbook]'",
        ),
        ("openpyxl", ["new", "mine", "--xlsx"], WORKBOOK),
        ("openpyxl", ["export", TWO_TRUSTS, "--xlsx"], WORKBOOK),
        ("typst", ["workshop-kit", "none.yaml"], f"a workshop kit needs typst: {REPORT}"),
        (
            "distributed",
            ["batch", TWO_TRUSTS, "--cluster", "tcp://127.0.0.1:1"],
            "a cluster needs distributed: pip install 'trust-between-trusts[cluster]'",
        ),
        (
            "distributed",
            ["retry", "none", "--cluster", "tcp://127.0.0.1:1"],
            "a cluster needs distributed: pip install 'trust-between-trusts[cluster]'",
        ),
    ],
)
def test_it_names_the_extra_before_it_does_anything(module, words, message, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.output) == (2, f"{message}\n")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ["validate", "mine.xlsx"],
        ["show", "mine.xlsx"],
        ["run", "mine.xlsx"],
        ["import", "mine.xlsx"],
        ["page", "mine.xlsx"],
        ["batch", "mine.xlsx"],
        ["export", "mine.xlsx", "--xlsx", "--out", "other.xlsx"],
        ["survey", TWO_TRUSTS, "mine.xlsx"],
    ],
)
def test_a_workbook_is_read_with_its_extra_alone(words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    written = CliRunner().invoke(app, ["new", "mine", "--xlsx"])
    assert written.exit_code == 0, written.output
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.output) == (2, f"{WORKBOOK}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.xlsx"]


def test_a_place_as_a_text_file_needs_no_workbook(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["validate", TWO_TRUSTS])
    assert (done.exit_code, done.output) == (0, f"{TWO_TRUSTS}: ok\n")


def test_formats_that_need_no_extra_are_not_held_up(monkeypatch, tmp_path):
    for module in ("docx", "pptx", "typst", "openpyxl"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["report", "none", "--format", "html,csv"])
    assert done.exit_code == 2
    assert done.output.startswith("none holds no results")
