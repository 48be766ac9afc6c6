"""The workshop kit as one PDF, to be printed on A4 and cut."""

from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.report.typesetting import typeset
from simulation.report.words import NOT_FOR
from simulation.results.batch.files import write_whole
from simulation.scenario.schema import Scenario
from simulation.workshop.cards import QUESTIONS, lever_cards, role_cards, title_of
from simulation.workshop.script import build_guesses, build_script

TITLE = "Workshop kit"
"""The beginning of the title of each kit."""


def write_kit(place: Scenario, path: Path) -> None:
    """Write the kit whole or not at all; a file of that name is replaced.

    Args:
        place: The place.
        path: The .pdf file.

    Raises:
        OSError: If the file cannot be written.
    """
    write_whole(path, kit_pdf(place))


def kit_pdf(place: Scenario, theme: Theme = ANALYSIS_FUNCTION) -> bytes:
    """Return the kit as the bytes of a .pdf file; the same place gives the same bytes.

    Args:
        place: The place.
        theme: The colours.
    """
    return typeset(files("simulation.workshop").joinpath("kit.typ").read_bytes(), kit=kit_data(place, theme))


def kit_data(place: Scenario, theme: Theme = ANALYSIS_FUNCTION) -> dict[str, Any]:
    """Return all words and colours of the kit as plain data, as its template reads them.

    Args:
        place: The place.
        theme: The colours.
    """
    return {
        "title": f"{TITLE}: {title_of(place)}",
        "colours": _colours(theme.palette),
        "levers": [asdict(card) for card in lever_cards(place)],
        "roles": [asdict(card) for card in role_cards(place)],
        "questions": QUESTIONS,
        "script": asdict(build_script(place)),
        "guesses": asdict(build_guesses(place)),
        "not_for": NOT_FOR,
    }


def _colours(palette: Palette) -> dict[str, str]:
    return {"lead": palette.lead, "second": palette.categorical[2], "ink": palette.ink, "line": palette.grid}
