"""Every public name is on a page of the reference, and every page of the reference shows what exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import simulation
from simulation import analysis, charts

pytestmark = pytest.mark.unit

PAGES = sorted((Path(__file__).parents[2] / "docs/reference").glob("*.md"))
SHOWN = {path: page.name for page in PAGES for path in re.findall(r"^::: (\S+)", page.read_text("utf-8"), re.MULTILINE)}
CATALOGUES = {"CHARTS", "OF_COMPARISONS", "OF_STUDIES"}
"""Tables of charts by name; the page on charts names each chart."""


def test_every_public_name_is_on_a_page():
    missing = [name for name in simulation.__all__ if f"simulation.{name}" not in SHOWN and name != "__version__"]
    assert missing == [], "add `::: simulation.NAME` to a page of docs/reference"


@pytest.mark.parametrize(("package", "left_out"), [(analysis, set()), (charts, CATALOGUES)])
def test_every_analysis_and_chart_is_on_a_page(package, left_out):
    shown = {path.rpartition(".")[2] for path in SHOWN if path.startswith(f"{package.__name__}.")}
    assert set(package.__all__) - left_out <= shown, "add `::: MODULE.NAME` to its page of docs/reference"


@pytest.mark.parametrize("path", SHOWN)
def test_what_a_page_shows_exists_and_says_what_it_is(path):
    module, _, name = path.rpartition(".")
    assert getattr(import_module(module), name).__doc__


def test_the_first_page_leads_to_the_others():
    text = next(page for page in PAGES if page.stem == "index").read_text("utf-8")
    assert {f"{page.name}" for page in PAGES if page.stem != "index"} <= set(re.findall(r"\]\((.*?)\)", text))
