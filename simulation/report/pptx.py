"""The paper as at most fourteen slides: its findings, charts and tables in letters that can be read across a room."""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm

from simulation.charts.drawing.publish import xml_safe
from simulation.report.arial import width_of
from simulation.report.office import dated_time, without_clock
from simulation.report.paper import Paper, Table
from simulation.report.slide import PAGE, Box, Slide, rgb, text_height
from simulation.report.slide_pages import (
    Page,
    chart_pages,
    draw_risks,
    largest,
    levers_on_a_slide,
    lines_of_row,
    pages_of_both,
    table_pages,
    text_pages,
)
from simulation.report.words import RECOMMENDATION

MOST_SLIDES = 14
"""Slides that are optional are left out of a longer paper."""

UNCHECKED_FOOTER = "Results not checked"
"""The mark at the foot of every slide of results whose files may have been changed."""

OTHER_MODEL_FOOTER = "Results of another version of the model"
"""The mark at the foot of every slide of results that another version of the model made."""

FAILED_FOOTER = "Some simulated runs failed"
"""The mark at the foot of every slide of results of which something is left out for it."""

_APART = 0.4
_TITLES = (40, 36, 32, 28, 24, 20)
_VALUE = (40, 36, 32, 28, 24)
_LABELS = (20, 18, 16, 14)
"""Points of the key figures and of what they are; the largest that fit are taken."""


def write_pptx(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .pptx file.

    Charts that are too tall to be read on a slide are left out, and what does not fit at its smallest letters goes on
    to another slide.

    Args:
        paper: The content.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(PAGE[0]), Cm(PAGE[1])
    properties = deck.core_properties
    properties.title, properties.author, properties.language = xml_safe(paper.title), "trust between trusts", "en-GB"
    properties.created = properties.modified = dated_time(paper.made)
    properties.last_modified_by, properties.revision = "trust between trusts", 1
    pages = list(_pages(paper))
    spare = [page for page in pages if page.is_optional]
    while len(pages) + 1 > MOST_SLIDES and spare:
        pages.remove(spare.pop(0))
    accent, mark = paper.colours[0], _mark_of(paper)
    _draw_title(Slide(deck, paper.title, accent, mark, sizes=_TITLES), paper)
    _draw_band(deck, accent)
    for page in pages:
        page.draw(Slide(deck, page.title, accent, f"{mark} · {paper.title}" if mark else paper.title))
    buffer = BytesIO()
    deck.save(buffer)
    return without_clock(buffer.getvalue())


def _mark_of(paper: Paper) -> str:
    """Return what stands at the foot of every slide because of how the results were made or read; empty if nothing."""
    marks = {
        UNCHECKED_FOOTER: paper.is_checked,
        OTHER_MODEL_FOOTER: paper.is_of_this_model,
        FAILED_FOOTER: paper.is_whole,
    }
    return " · ".join(mark for mark, is_well in marks.items() if not is_well)


def _draw_band(deck: Any, accent: str) -> None:
    """Put a band in the accent colour on the layout, where screen readers pass it over."""
    shape = deck.slides[0].shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Cm(PAGE[0]), Cm(0.35))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(accent)
    shape.line.fill.background()
    deck.slide_layouts[5].shapes._spTree.append(shape._element)


def _pages(paper: Paper) -> Iterator[Page]:
    """Yield every slide after the first."""
    rows = {row.head: row for row in paper.front}
    yield from text_pages(RECOMMENDATION, [*rows["Purpose"].texts, *lines_of_row(rows[RECOMMENDATION])])
    yield from text_pages("Key findings", lines_of_row(rows["Key findings"]), is_finding=True)
    for number, table in enumerate(paper.decision):
        yield from table_pages(table, is_optional=number > 0)
    drawn = {each.chart.name: each for each in (*paper.findings, *paper.for_slides)}
    yield from chart_pages([drawn.pop(name) for name in ("verdict",) if name in drawn])
    yield from table_pages(paper.scenarios)
    if "Finance" in rows:
        yield from text_pages("Finance", lines_of_row(rows["Finance"]))
    yield from _money_pages(paper.finance)
    yield from chart_pages([drawn.pop(name) for name in ("money", "who_gains", "who_wins") if name in drawn])
    if "who_gains" not in {each.chart.name for each in paper.findings}:
        for table in paper.books:
            yield from table_pages(table)
    if paper.levers:
        yield from table_pages(levers_on_a_slide(paper.levers))
    yield Page("Risks, and what the model cannot say", partial(draw_risks, rows=rows))
    yield from chart_pages(list(drawn.values()), is_optional=True)
    yield from text_pages(
        "How it was found, and how to reproduce these figures",
        [*paper.method, *(f"{name}: {value}" for name, value in paper.reproduce)],
    )


def _money_pages(tables: Sequence[Table]) -> Iterator[Page]:
    """Yield the tables of costs: the first and the last on one slide, those between if there is room for more."""
    if len(tables) == 1:
        yield from table_pages(tables[0])
    elif tables:
        yield from pages_of_both(tables[0], tables[-1])
        for table in tables[1:-1]:
            yield from table_pages(table, is_optional=True)


def _draw_title(slide: Slide, paper: Paper) -> None:
    """Add the question, what is left to fill in, and every key figure in a line of its own."""
    room = slide.room
    slide.text([paper.question], room, 20)
    room = room.below(text_height([paper.question], 20, room.width) + _APART)
    blanks = (f"{name}: {value}".replace(" ", "\N{NO-BREAK SPACE}") for name, value in paper.blanks)
    known = ["    ".join(blanks)]
    slide.text(known, room, 14)
    room = room.below(text_height(known, 14, room.width) + 0.5)
    if not paper.figures:
        return
    each_tall = min(room.height / len(paper.figures), 2.9)
    size = largest(_VALUE, lambda size: max(width_of(figure.value, size, bold=True) for figure in paper.figures) < 9.5)
    wide = max(width_of(figure.value, size, bold=True) for figure in paper.figures) + 0.9
    labels = [figure.label for figure in paper.figures]
    room_of_label = room.width - wide
    small = largest(_LABELS, lambda size: max(text_height([each], size, room_of_label) for each in labels) <= each_tall)
    for figure in paper.figures:
        tall = size * 1.2 / 28.35
        slide.text([figure.value], Box(room.left, room.top, wide, tall), size, bold=True, colour=paper.colours[0])
        label = Box(room.left + wide, room.top + 0.1, room_of_label, each_tall - 0.2)
        slide.text([figure.label], label, small)
        room = room.below(each_tall)
