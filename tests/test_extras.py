"""What a Python user sees where an extra is not installed: one error, with its remedy, before any work."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from simulation.analysis.rule_search import best_rule
from simulation.charts.drawing.publish import small_png_bytes
from simulation.execution.cluster import ClusterWorkers
from simulation.extras import NAME, PACKAGES, check_installed
from simulation.report.typesetting import typeset
from simulation.report.write import write_paper
from simulation.scenario.loading import load_scenario

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
INSTALL = ROOT / "docs/how-to/install.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def without(monkeypatch):
    """A function that makes modules as good as not installed."""

    def block(*modules):
        for module in modules:
            monkeypatch.setitem(sys.modules, module, None)

    return block


def test_several_packages_of_an_extra_are_named_in_one_message(without):
    without("docx", "pptx")
    with pytest.raises(ImportError) as caught:
        check_installed("this", "pptx", "docx", "typst")
    assert str(caught.value) == ("this needs python-docx and python-pptx: pip install 'trust-between-trusts[report]'")


def test_packages_of_two_extras_are_installed_by_one_line(without):
    without("docx", "openpyxl")
    with pytest.raises(ImportError) as caught:
        check_installed("this", "docx", "openpyxl")
    assert str(caught.value) == (
        "this needs openpyxl and python-docx: pip install 'trust-between-trusts[report,workbook]'"
    )


def test_what_is_installed_is_not_asked_for():
    check_installed("this", "docx", "typst")


def test_no_paper_is_begun_that_could_not_be_written(without, tmp_path):
    without("docx")
    with pytest.raises(ImportError, match=r"^a paper as docx needs python-docx: pip install '"):
        write_paper(None, tmp_path, formats=("html", "docx", "pdf"))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("module", "use", "message"),
    [
        (
            "PIL",
            lambda: small_png_bytes(None, 100),
            "a chart in a notebook needs pillow: pip install 'trust-between-trusts[notebooks]'",
        ),
        (
            "openpyxl",
            lambda: load_scenario("mine.xlsx"),
            "a workbook needs openpyxl: pip install 'trust-between-trusts[workbook]'",
        ),
        ("typst", lambda: typeset(b""), "a PDF needs typst: pip install 'trust-between-trusts[report]'"),
        (
            "distributed",
            lambda: ClusterWorkers("tcp://127.0.0.1:1"),
            "a cluster needs distributed: pip install 'trust-between-trusts[cluster]'",
        ),
        (
            "sklearn",
            lambda: best_rule(None, None),
            "a search for rules needs scikit-learn: pip install 'trust-between-trusts[discovery]'",
        ),
    ],
)
def test_the_caller_reads_which_extra_to_install(module, use, message, without):
    without(module)
    with pytest.raises(ImportError) as caught:
        use()
    assert str(caught.value) == message


def test_every_package_is_in_the_extra_that_the_message_names():
    assert PROJECT["name"] == NAME
    for package, extra in PACKAGES.values():
        if extra is not None:
            lines = PROJECT["optional-dependencies"][extra]
            assert package in {re.match(r"[\w-]+", line).group() for line in lines}


def test_the_document_on_installing_says_what_each_extra_brings():
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", INSTALL.read_text(encoding="utf-8"), re.MULTILINE)
    extras = {extra: lines for extra, lines in PROJECT["optional-dependencies"].items() if extra != "dev"}
    assert dict(rows).keys() == extras.keys()
    for extra, brings in rows:
        named = {re.match(r"[\w-]+", line).group() for line in extras[extra]}
        assert set(brings.split(", ")) == named, extra
