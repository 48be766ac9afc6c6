"""The words of text files in messages about a workbook: replaced by the headings and names that its reader sees."""

import re
from functools import cache

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.problems import Location, Path, called
from simulation.scenario.workbook.columns import readable
from simulation.scenario.workbook.sheets import ASSUMPTIONS, EVENTS, LEVERS, ORGANISATIONS, PROGRAMMES, SHEETS, SKILLS
from simulation.vocabulary import EventKind, Stance

_WITH_UNDERSCORES = re.compile(r"(?<![\w.-])[a-z]+(?:_[a-z]+)+(?!\w|[.-]\w)")
_IN_BRACKETS = re.compile(r" \(([a-z_]+)\)")


def in_words_of_workbooks(text: str) -> str:
    """Return a message with the headings, and the names of levers and assumptions, in place of their names in files.

    A name in brackets stands beside what it names, and is left out.

    >>> in_words_of_workbooks("is above the gap before any savings (do_nothing); see lead_by_skill and set_up_cost")
    'is above the gap before any savings; see “Lead chosen by skill” and set-up cost'

    Args:
        text: The message, without the name of its file and cell.
    """
    words = _words()
    shorter = _IN_BRACKETS.sub(lambda found: "" if found[1] in _fields() else found[0], text)
    return _WITH_UNDERSCORES.sub(lambda found: words.get(found[0], found[0]), shorter)


def called_in_workbook(location: Location) -> str:
    """Return the name of a cell in messages: a lever, an assumption or an event as its drop-down list has it.

    Args:
        location: The cell.
    """
    name = called(location)
    if location.sheet is None or location.sheet.name not in {LEVERS.name, ASSUMPTIONS.name, EVENTS.name}:
        return name
    word = name.partition(",")[0].partition(" ")[0]
    return _labels().get(word, word) + name[len(word) :]


def column_of(path: Path) -> tuple[str, str] | None:
    """Return the sheet and the heading under which a number of an organisation or a programme stands; None of others.

    Args:
        path: Its path in a scenario.
    """
    match path:
        case ("organisations", _, "skills", str(field)):
            return SKILLS.name, field
        case (("organisations" | "programmes") as section, _, str(field)):
            sheet = ORGANISATIONS if section == "organisations" else PROGRAMMES
            return next(((sheet.name, each.heading) for each in sheet.columns if each.field == field), None)
    return None


@cache
def _labels() -> dict[str, str]:
    events = {str(kind): readable(kind) for kind in EventKind}
    return events | {row.name: row.label for row in TABLE} | {str(lever): lever.label for lever in Lever}


@cache
def _fields() -> dict[str, str]:
    """Return the heading of each field of a file, by its name there, as it stands within a sentence."""
    columns = [column for sheet in SHEETS for column in sheet.columns if column.field]
    return {column.field: column.heading[:1].lower() + column.heading[1:] for column in columns}


@cache
def _words() -> dict[str, str]:
    choices = [*map(str, EventKind), *(stance.name.lower() for stance in Stance)]
    return (
        {name: f"“{label}”" for name, label in _labels().items()}
        | {word: word.replace("_", " ") for word in choices}
        | _fields()
    )
