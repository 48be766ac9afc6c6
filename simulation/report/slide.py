"""One slide: its title, and texts, tables and pictures that are measured before they are placed."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from simulation.charts.drawing.chart import WIDTH
from simulation.charts.drawing.publish import xml_safe
from simulation.report.arial import LINE, height_of, lines_of, width_of
from simulation.report.paper import Finding, Table

PAGE = (33.87, 19.05)
"""cm."""

FONT = "Arial"
"""On every machine that has PowerPoint, and replaced by letters of the same widths elsewhere."""

TEXT_SIZES = (24, 22, 20, 18, 16, 15, 14)
TABLE_SIZES = (14, 13, 12)
NOTE_SIZE = 10
"""Points; the largest that fits is taken."""

_EDGE, _TOP, _FOOT = 1.6, 0.9, 17.9
_TITLE_SIZES = (28, 26, 24, 22, 20)
_MOST_TITLE_LINES = 2
_ONE_LINE_FROM = 24
"""Points from which on a title is rather set smaller than over two lines."""

_BETWEEN = 0.35
_CELL = (0.12, 0.09)
"""Margins of a cell: at the sides, and above and below, cm."""

_RULE = 0.02
_SHORT = 3.0
"""cm; a column of shorter texts is never broken into lines."""


class Box(NamedTuple):
    """A place on a slide, cm."""

    left: float
    top: float
    width: float
    height: float

    def below(self, used: float) -> "Box":
        """Return what is left under something of a height."""
        return Box(self.left, self.top + used, self.width, self.height - used)


class Slide:
    """A slide with its title, and the room that is left on it.

    Attributes:
        room: The place under the title.
    """

    def __init__(self, deck: Any, title: str, accent: str, footer: str, *, sizes: Sequence[int] = _TITLE_SIZES) -> None:
        """Add a slide with a title that screen readers find, a band in the accent colour, and a footer.

        Args:
            deck: The presentation.
            title: The title.
            accent: Colour of the title, #RRGGBB.
            footer: The text in the lower left corner; the slide's number is in the right one.
            sizes: Points of the title; the largest that keeps it within a line, or else two, is taken.
        """
        self._slide, self._accent = deck.slides.add_slide(deck.slide_layouts[5]), accent
        width, (size, height) = PAGE[0] - 2 * _EDGE, _title_size(title, sizes)
        box = self._slide.shapes.title
        box.left, box.top, box.width, box.height = (Cm(each) for each in (_EDGE, _TOP, width, height))
        _set_frame(box.text_frame)
        _write(box.text_frame, [title], size, bold=True, colour=accent)
        self.room = room_under(title, sizes)
        half = width / 2
        self.text([footer], Box(_EDGE, _FOOT + 0.25, half, 0.5), NOTE_SIZE)
        number = self.text([str(len(deck.slides))], Box(_EDGE + half, _FOOT + 0.25, half, 0.5), NOTE_SIZE)
        number.paragraphs[0].alignment = PP_ALIGN.RIGHT

    def text(self, texts: Sequence[str], box: Box, size: float, *, bold: bool = False, colour: str = "") -> Any:
        """Add paragraphs from the top of a place down, and return their frame.

        Args:
            texts: The paragraphs.
            box: Their place.
            size: Points.
            bold: True for bold letters.
            colour: #RRGGBB; dark grey if left out.
        """
        height = text_height(texts, size, box.width, bold=bold)
        frame = self._slide.shapes.add_textbox(*(Cm(edge) for edge in box._replace(height=height))).text_frame
        _set_frame(frame)
        _write(frame, texts, size, bold=bold, colour=colour)
        return frame

    def table(self, table: Table, box: Box, size: float) -> None:
        """Add a table.

        Args:
            table: The table.
            box: Its place; its height is that of its rows.
            size: Points.
        """
        heights = row_heights(table, size, box.width)
        shape = self._slide.shapes.add_table(
            len(heights), len(table.heads), *(Cm(each) for each in (box.left, box.top, box.width, sum(heights)))
        )
        shape._element.nvGraphicFramePr.cNvPr.set("descr", xml_safe(f"{table.caption}. {table.note}"))
        made = shape.table
        made.first_col = True
        for column, width in zip(made.columns, column_widths(table, size, box.width), strict=True):
            column.width = Cm(width)
        for row, height in zip(made.rows, heights, strict=True):
            row.height = Cm(height)
        is_grouped = any(len(row) == 1 for row in table.rows)
        for number, cells in enumerate((table.heads, *table.printed)):
            if len(cells) == 1:
                made.cell(number, 0).merge(made.cell(number, len(table.heads) - 1))
            for column in range(len(table.heads)):
                text = cells[column] if column < len(cells) else ""
                is_head = number == 0 or len(cells) == 1
                bold = is_head or (column == 0 and not is_grouped)
                colour = "#FFFFFF" if number == 0 else self._accent if len(cells) == 1 else ""
                cell = made.cell(number, column)
                _fill(cell, self._accent if number == 0 else "#FFFFFF" if number % 2 else "#F2F2F2")
                _write(cell.text_frame, [text], size, bold=bold, colour=colour)

    def picture(self, finding: Finding, box: Box) -> None:
        """Add a chart's picture with its alternative text, as large as its place allows, in the middle of it.

        Args:
            finding: The chart.
            box: Its place.
        """
        chart = finding.chart
        scale = picture_scale(finding, box)
        left = box.left + (box.width - WIDTH * scale) / 2
        picture = self._slide.shapes.add_picture(BytesIO(finding.png), Cm(left), Cm(box.top), width=Cm(WIDTH * scale))
        described = picture._element.nvPicPr.cNvPr
        described.set("descr", xml_safe(chart.alt))
        described.set("name", chart.name)


def room_under(title: str, sizes: Sequence[int] = _TITLE_SIZES) -> Box:
    """Return the place under a title.

    Args:
        title: The title.
        sizes: Points of the title, the largest first.
    """
    top = _TOP + _title_size(title, sizes)[1] + _BETWEEN
    return Box(_EDGE, top, PAGE[0] - 2 * _EDGE, _FOOT - top)


def _title_size(title: str, sizes: Sequence[int]) -> tuple[int, float]:
    """Return the points and the height of a title, cm."""
    width = PAGE[0] - 2 * _EDGE
    lines = {size: lines_of(title, size, width, bold=True) for size in sizes}
    in_one = [size for size in sizes if lines[size] == 1 and size >= _ONE_LINE_FROM]
    size = next((size for size in (*in_one, *sizes) if lines[size] <= _MOST_TITLE_LINES), sizes[-1])
    return size, height_of(title, size, width, bold=True)


def picture_scale(finding: Finding, box: Box) -> float:
    """Return how much larger than on paper a chart is, as large as its place allows."""
    return min(box.width / WIDTH, box.height / finding.chart.picture_height)


def text_height(texts: Sequence[str], size: float, width: float, *, bold: bool = False) -> float:
    """Return the height of paragraphs, cm.

    Args:
        texts: The paragraphs.
        size: Points.
        width: cm.
        bold: True for bold letters.
    """
    between = size / 2 / 28.35 * (len(texts) - 1)
    return between + sum(height_of(text, size, width, bold=bold) for text in texts)


def column_widths(table: Table, size: float, width: float) -> list[float]:
    """Return the width of every column, cm: as its texts need, so that most rows have one line or two.

    Args:
        table: The table.
        size: Points.
        width: Of the whole table, cm.
    """
    least, most = [], []
    for column, head in enumerate(table.heads):
        cells = [row[column] for row in table.printed if len(row) > 1]
        words = [word for text in (head, *cells) for word in text.split(" ")]
        pad = 2 * _CELL[0] + 0.1
        least.append(pad + max(width_of(word, size, bold=True) for word in words))
        whole = max((width_of(text, size, bold=column == 0) for text in cells), default=0.0)
        most.append(max(least[-1], pad + whole, pad + width_of(head, size, bold=True) / 2))
        if most[-1] <= _SHORT:
            least[-1] = most[-1]
    spare = width - sum(least)
    asked = [wide - narrow for wide, narrow in zip(most, least, strict=True)]
    if spare >= sum(asked):
        return [wide + (width - sum(most)) / len(most) for wide in most]
    if spare <= 0:
        return [width * narrow / sum(least) for narrow in least]
    return [narrow + spare * more / sum(asked) for narrow, more in zip(least, asked, strict=True)]


def row_heights(table: Table, size: float, width: float) -> list[float]:
    """Return the height of the head and of every row of a table, cm.

    Args:
        table: The table.
        size: Points.
        width: Of the whole table, cm.
    """
    heights, widths = [], column_widths(table, size, width)
    for cells in (table.heads, *table.printed):
        rooms = [width] if len(cells) == 1 else widths
        lines = [
            lines_of(cell, size, room - 2 * _CELL[0] - 0.05, bold=column == 0 or cells is table.heads)
            for column, (cell, room) in enumerate(zip(cells, rooms, strict=True))
        ]
        heights.append(max(lines) * size * LINE / 28.35 + 2 * _CELL[1] + _RULE)
    return heights


def _fill(cell: Any, colour: str) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(colour)
    cell.margin_left = cell.margin_right = Cm(_CELL[0])
    cell.margin_top = cell.margin_bottom = Cm(_CELL[1])


def _set_frame(frame: Any) -> None:
    """Begin at the edges of the place, so that texts, tables and titles have one left edge."""
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _write(frame: Any, texts: Sequence[str], size: float, *, bold: bool = False, colour: str = "") -> None:
    for number, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.alignment = xml_safe(text), PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(size / 2 if len(texts) > 1 else 0)
        paragraph.line_spacing = 1.0
        font = paragraph.font
        font.name, font.size, font.bold = FONT, Pt(size), bold
        font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        font._element.find(qn("a:latin")).set("pitchFamily", "34")  # Swiss, for a machine without it.
        font.color.rgb = rgb(colour or "#1A1A1A")


def rgb(colour: str) -> Any:
    """Return a colour #RRGGBB as PowerPoint's library has it."""
    made: Any = RGBColor
    return made.from_string(colour.lstrip("#"))
