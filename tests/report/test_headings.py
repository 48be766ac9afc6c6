"""No heading of a table is broken within a word, in the narrowest format: Word, of which the page is 16 cm wide."""

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from simulation import run_comparison, with_levers
from simulation.charts.drawing.typeface import face_file
from simulation.report.content import build_paper
from simulation.report.docx_parts import SMALL
from simulation.report.paper import Table
from tests.places import place, scenario

pytestmark = pytest.mark.unit

ROOM = 21.0 - 2 * 2.5
"""cm: A4 without its margins."""
MARGIN = 0.15
"""cm: right of a cell, with what programs differ by."""
POINTS = 72 / 2.54
BOLD = FontProperties(fname=str(face_file(700, "ttf")))


def width_of(word):
    """The width of a word as it is printed, cm."""
    return float(np.ptp(TextPath((0, 0), word, size=SMALL, prop=BOLD).vertices[:, 0])) / POINTS


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_every_word_of_a_heading_fits_its_column(count):
    alone = scenario(place())
    choices = {f"coaching at {n / 10:g}": with_levers(alone, coaching=n / 10) for n in range(count)}
    paper = build_paper(run_comparison(choices, replicates=4, seed=1, engine="mesa", supporting_runs=True))
    tables = [block for chapter in paper.chapters for block in chapter.blocks if isinstance(block, Table)]
    assert len(tables) >= 3
    too_wide = [
        (table.caption, word, round(width_of(word), 2), round(share * ROOM, 2))
        for table in tables
        for head, share in zip(table.heads, table.widths, strict=True)
        for word in head.replace("-", "- ").split()
        if width_of(word) > share * ROOM - MARGIN
    ]
    assert too_wide == []
