"""Documents say what the code says: examples run, tables agree, links lead somewhere."""

import doctest
import re
from pathlib import Path

import pytest

from simulation.parameters import TABLE
from simulation.vocabulary import Lever, TrustRule

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for path in ROOT.rglob("*.md") if not {part for part in path.relative_to(ROOT).parts if part.startswith(".")}
)


def rows_of(document: str) -> list[list[str]]:
    """The cells of every table row in a document."""
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")]


@pytest.mark.unit
def test_examples_in_the_glossary_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, attempted = doctest.testfile(str(ROOT / "docs/glossary.md"), module_relative=False)
    assert attempted > 5
    assert failed == 0


@pytest.mark.unit
def test_the_parameter_table_is_the_codes():
    documented = {row[0].strip("`"): row for row in rows_of("docs/model.md") if len(row) == 7}
    assert list(documented) == [parameter.name for parameter in TABLE]
    for parameter in TABLE:
        default, span = f"{parameter.default:g}", f"{parameter.low:g}–{parameter.high:g}"
        if parameter.name == "trust_rule":
            default, span = TrustRule.LINEAR, ", ".join(TrustRule)
        expected = [default, span, parameter.unit, parameter.meaning, parameter.source, parameter.status]
        assert documented[parameter.name][1:] == expected


@pytest.mark.unit
def test_the_lever_table_is_the_codes():
    documented = {row[0].strip("`"): row[1] for row in rows_of("docs/model.md") if len(row) == 3}
    assert documented == {lever: "organisation" if lever.acts_on_organisations else "opportunity" for lever in Lever}


@pytest.mark.unit
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.unit
def test_sources_that_docstrings_name_exist():
    anchors = set(re.findall(r'<a id="([^"]+)">', (ROOT / "docs/model.md").read_text(encoding="utf-8")))
    named = {
        anchor
        for path in (ROOT / "simulation").rglob("*.py")
        for anchor in re.findall(r"docs/model\.md#([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= anchors


@pytest.mark.unit
def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
