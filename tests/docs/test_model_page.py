"""The description of the model holds to its glossary, its parameters and its works cited."""

import re
from pathlib import Path

import pytest

from simulation.levers import Lever
from simulation.parameters import TABLE

pytestmark = pytest.mark.unit

DOCS = Path(__file__).parents[2] / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")


def test_words_in_italics_are_in_the_glossary():
    italic = set(re.findall(r"(?<!\*)\*([a-z-]+)\*(?!\*)", MODEL))
    glossary = set(re.findall(r"^\| \*\*([^*]+)\*\*", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"constructive", "stalemate", "behind"} <= italic
    assert italic <= glossary


def test_what_is_published_is_said_for_each_parameter_of_that_status():
    (section,) = re.findall(r"### What stands behind \*evidence\*\n(.*?)\n## ", MODEL, re.DOTALL)
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)))
    assert named == [row.name for row in TABLE if row.status == "evidence"]


def test_every_work_that_a_parameter_or_a_lever_cites_is_in_the_works_cited():
    works = (DOCS / "works-cited.md").read_text(encoding="utf-8")
    sources = [row.source for row in TABLE] + [lever.evidence for lever in Lever] + [MODEL]
    cited = {
        (name, year)
        for source in sources
        for name, year in re.findall(
            r"([A-Z][\w'-]+)(?: et al\.| and [A-Z][\w-]+|, [A-Z]\w+ and [A-Z][\w ]+?)?(?: Wales)? ((?:19|20)\d\d)\b",
            source,
        )
        if name not in MONTHS
    }
    assert len(cited) > 15
    missing = [f"{name} {year}" for name, year in sorted(cited) if not in_one_line(works, name, year)]
    assert missing == []


MONTHS = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "December"}


def in_one_line(text: str, name: str, year: str) -> bool:
    """True if a line of the text has the name and the year."""
    return any(name in line and year in line for line in text.splitlines())
