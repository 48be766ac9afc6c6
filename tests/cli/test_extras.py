"""Commands whose extra is not installed: its name, exit code 2, and nothing done."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.main import app

pytestmark = pytest.mark.e2e

TWO_TRUSTS = str(Path(__file__).parents[2] / "scenarios/two-trusts.yaml")
REPORT = "pip install 'trust-between-trusts[report]'"


@pytest.mark.parametrize(
    ("module", "words", "message"),
    [
        ("docx", ["report", "none"], f"a paper as docx or pdf needs python-docx: {REPORT}"),
        ("pptx", ["report", "none", "--format", "xlsx,pptx"], f"a paper as pptx needs python-pptx: {REPORT}"),
        ("typst", ["report", "none", "--format", "pdf"], f"a paper as pdf needs typst: {REPORT}"),
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


def test_formats_that_need_no_extra_are_not_held_up(monkeypatch, tmp_path):
    for module in ("docx", "pptx", "typst"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["report", "none", "--format", "html,xlsx,csv"])
    assert done.exit_code == 2
    assert done.output.startswith("none holds no results")
