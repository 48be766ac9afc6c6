"""The paper as slides: one finding on each, with its headline as the title and alternative text."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from simulation.charts.drawing.chart import WIDTH
from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import ORIGINAL
from simulation.report.office import dated_time, without_clock
from simulation.report.paper import Finding, Paper, Table

_PAGE = (33.87, 19.05)
_EDGE, _TITLE, _TOP = 1.6, 2.6, 3.3
_ROOM = (_PAGE[0] - 2 * _EDGE, _PAGE[1] - _TOP - 2.6)
_MOST_ROWS = 9
"""Rows of a table on one slide."""

_LONG = 900
"""Letters on a slide from which on they are smaller."""

_SMALLEST = 1.0
"""The least scale at which a chart's letters, 9 points on paper, can be read on a screen in a meeting room."""


def write_pptx(paper: Paper) -> bytes:
    """Return the paper as the bytes of a .pptx file.

    Charts that are too tall to be read on a slide are left out. Each row of the front sheet has a slide.

    Args:
        paper: The content.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    properties = deck.core_properties
    properties.title, properties.author, properties.language = xml_safe(paper.title), "trust between trusts", "en-GB"
    properties.created = properties.modified = dated_time(paper.made)
    properties.last_modified_by, properties.revision = "trust between trusts", 1
    _first_slide(deck, paper)
    for row in paper.front[1:]:
        items = [f"{number}. {item}" if row.is_numbered else item for number, item in enumerate(row.items, 1)]
        texts = [*row.texts, *items]
        _text_slide(deck, paper, row.head, texts, size=20 if sum(map(len, texts)) < _LONG else 17)
    for chapter in paper.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                _table_slides(deck, paper, block)
                continue
            scale = min(_ROOM[0] / WIDTH, _ROOM[1] / block.chart.picture_height)
            if scale >= _SMALLEST:
                _chart_slide(deck, paper, block, scale)
    lines = [f"{name}: {value}" for name, value in paper.reproduce]
    _text_slide(deck, paper, "How to reproduce these figures", lines, size=14)
    buffer = BytesIO()
    deck.save(buffer)
    return without_clock(buffer.getvalue())


def _slide(deck: Any, paper: Paper, title: str) -> Any:
    """Add a slide with a title that screen readers find."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = Cm(_EDGE), Cm(0.6), Cm(_ROOM[0]), Cm(_TITLE)
    frame = box.text_frame
    frame.word_wrap = True
    frame.text = xml_safe(title)
    for paragraph in frame.paragraphs:
        _letter(paragraph, 26 if len(title) < 90 else 22, bold=True, colour=paper.colours[0])
    return slide


def _first_slide(deck: Any, paper: Paper) -> None:
    """Add the title, the question, what is left to fill in, and the key figures, set large."""
    slide = _slide(deck, paper, paper.title)
    known = [f"{name}: {value}" for name, value in paper.blanks]
    _text(slide, [paper.question, "   ".join(known)], (_EDGE, _TOP, _ROOM[0], 5.0), 18)
    width = _ROOM[0] / max(1, len(paper.figures))
    for number, figure in enumerate(paper.figures):
        box = slide.shapes.add_textbox(Cm(_EDGE + number * width), Cm(8.6), Cm(width - 0.6), Cm(7.0)).text_frame
        box.word_wrap = True
        box.text = xml_safe(figure.value)
        _letter(box.paragraphs[0], 48, bold=True, colour=paper.colours[0])
        label = box.add_paragraph()
        label.text = xml_safe(figure.label)
        _letter(label, 16)


def _text_slide(deck: Any, paper: Paper, title: str, texts: list[str], *, size: int) -> None:
    slide = _slide(deck, paper, title)
    _text(slide, [text for text in texts if text], (_EDGE, _TOP, _ROOM[0], _ROOM[1]), size)


def _text(slide: Any, texts: list[str], box: tuple[float, float, float, float], size: int) -> None:
    frame = slide.shapes.add_textbox(*(Cm(edge) for edge in box)).text_frame
    frame.word_wrap = True
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = xml_safe(text)
        paragraph.space_after = Pt(10)
        _letter(paragraph, size)


def _chart_slide(deck: Any, paper: Paper, finding: Finding, scale: float) -> None:
    chart = finding.chart
    slide = _slide(deck, paper, chart.headline)
    picture = slide.shapes.add_picture(
        BytesIO(finding.png),
        Cm(_EDGE + (_ROOM[0] - WIDTH * scale) / 2),
        Cm(_TOP),
        width=Cm(WIDTH * scale),
    )
    described = picture._element.nvPicPr.cNvPr
    described.set("descr", xml_safe(chart.alt))
    described.set("name", chart.name)
    shown = f"{chart.subtitle} {chart.note}".strip()
    _text(slide, [shown, chart.source], (_EDGE, _PAGE[1] - 2.9, _ROOM[0], 2.6), 11)


def _table_slides(deck: Any, paper: Paper, table: Table) -> None:
    """Add a table, on as many slides as its rows need."""
    slides = max(1, -(-len(table.rows) // _MOST_ROWS))
    for number in range(slides):
        caption = table.caption if slides == 1 else f"{table.caption} ({number + 1} of {slides})"
        rows = table.rows[number * _MOST_ROWS : (number + 1) * _MOST_ROWS]
        _table_slide(deck, paper, replace(table, caption=caption, rows=rows))


def _table_slide(deck: Any, paper: Paper, table: Table) -> None:
    slide = _slide(deck, paper, table.caption)
    rows = table.rows
    shape = slide.shapes.add_table(
        1 + len(rows), len(table.heads), Cm(_EDGE), Cm(_TOP), Cm(_ROOM[0]), Cm(1.1 * (1 + len(rows)))
    )
    shape._element.nvGraphicFramePr.cNvPr.set("descr", xml_safe(f"{table.caption}. {table.note}"))
    made = shape.table
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Cm(_ROOM[0] * width)
    for number, cells in enumerate((table.heads, *rows)):
        for column, text in enumerate(cells):
            cell = made.cell(number, column)
            cell.text = xml_safe(text)
            for paragraph in cell.text_frame.paragraphs:
                _letter(paragraph, 12, bold=number == 0, colour="#FFFFFF" if number == 0 else None)
            cell.fill.solid()
            fill = paper.colours[0] if number == 0 else "#FFFFFF" if number % 2 else "#F2F2F2"
            cell.fill.fore_color.rgb = _rgb(fill)
    _text(slide, [table.note], (_EDGE, _PAGE[1] - 2.4, _ROOM[0], 2.0), 11)


def _letter(paragraph: Any, size: int, *, bold: bool = False, colour: str | None = None) -> None:
    paragraph.font.name, paragraph.font.size, paragraph.font.bold = ORIGINAL, Pt(size), bold
    paragraph.font.language_id = _british()
    paragraph.font._element.find(qn("a:latin")).set("pitchFamily", "34")  # Swiss, for a machine without it.
    paragraph.font.color.rgb = _rgb(colour or "#1A1A1A")


def _rgb(colour: str) -> Any:
    made: Any = RGBColor
    return made.from_string(colour.lstrip("#"))


def _british() -> Any:
    from pptx.enum.lang import MSO_LANGUAGE_ID

    return MSO_LANGUAGE_ID.ENGLISH_UK
