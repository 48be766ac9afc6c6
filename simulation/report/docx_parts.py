"""The parts of a Word document: the front sheet, tables with rules between rows, paragraphs and page numbers."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from simulation.charts.drawing.publish import xml_safe
from simulation.report.paper import FrontRow, Paper, Table

SMALL = 10
"""Points: tables, notes and sources."""

_FIGURE = 24
_MOST_TOGETHER, _LEAST_APART = 8, 2
"""Rows under one subheading that are never parted; of more, those that stay together at either end."""

_BLANKS = (0.32, 0.27, 0.2, 0.21)
"""Widths of what is left to fill in, as shares of the whole."""

_LABELS = 0.21
"""Width of the names of the front sheet, as a share of the whole."""


def add_front_sheet(document: Any, paper: Paper) -> None:
    """Add what is left to fill in, the key figures and the rows of the front sheet.

    Args:
        document: The document.
        paper: The content.
    """
    accent, rule = paper.colours
    shares = _BLANKS if len(paper.blanks) == len(_BLANKS) else None
    blanks = _plain_table(
        document, 1, len(paper.blanks), "Readers, dates, sponsor and author", rule=rule, widths=shares
    )
    for cell, (name, value) in zip(blanks.rows[0].cells, paper.blanks, strict=True):
        _write(cell.paragraphs[0], name, size=SMALL)
        _write(cell.add_paragraph(), value)
    _add_space(document)
    if paper.figures:
        figures = _plain_table(document, 1, len(paper.figures), "Key figures", rule=None)
        for cell, figure in zip(figures.rows[0].cells, paper.figures, strict=True):
            _write(cell.paragraphs[0], figure.value, size=_FIGURE, bold=True, colour=accent)
            _write(cell.add_paragraph(), figure.label, size=SMALL)
        _add_space(document)
    front = _plain_table(document, len(paper.front), 2, "Front sheet", rule=rule, widths=(_LABELS, 1 - _LABELS))
    _mark_first_column(front)
    for row, entry in zip(front.rows, paper.front, strict=True):
        _write(row.cells[0].paragraphs[0], entry.head, bold=True, colour=accent)
        _write_entry(row.cells[1], entry)


def _add_space(document: Any) -> None:
    """Add an empty line, without which Word joins two tables."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(6)


def _write_entry(cell: Any, entry: FrontRow) -> None:
    numbered = [f"{number}. {item}" if entry.is_numbered else f"• {item}" for number, item in enumerate(entry.items, 1)]
    for number, text in enumerate((*entry.texts, *numbered)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(paragraph, text, bold=entry.is_finding and number == 0)
        paragraph.paragraph_format.space_after = Pt(3 if number < len(entry.texts) else 0)
        paragraph.paragraph_format.keep_together = True
        if number >= len(entry.texts):
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.5), Cm(-0.5)


def add_paragraph(document: Any, text: str, *, small: bool = False) -> Any:
    """Add a paragraph and return it.

    Args:
        document: The document.
        text: The text.
        small: True for notes and sources.
    """
    paragraph = document.add_paragraph()
    run = paragraph.add_run(xml_safe(text))
    if small:
        run.font.size = Pt(SMALL)
        paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def add_table(document: Any, table: Table) -> None:
    """Add a table whose head every page repeats.

    Args:
        document: The document.
        table: The content.
    """
    made = _plain_table(
        document,
        1 + len(table.rows),
        len(table.heads),
        table.caption,
        rule="#CCCCCC",
        widths=table.widths,
        note=table.note,
    )
    _mark_first_column(made)
    is_grouped = any(len(row) == 1 for row in table.rows)
    kept = _kept_with_next(table)
    for number, (row, cells) in enumerate(zip(made.rows, (table.heads, *table.printed), strict=True)):
        _keep_row(row, is_head=number == 0)
        is_subheading = len(cells) == 1
        if is_subheading:
            row.cells[0].merge(row.cells[-1])
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=False)):
            bold = number == 0 or is_subheading or (column == 0 and not is_grouped)
            _write(cell.paragraphs[0], text, size=SMALL, bold=bold)
            spacing = cell.paragraphs[0].paragraph_format
            spacing.space_before, spacing.space_after = Pt(7 if is_subheading else 2), Pt(2)
            spacing.keep_with_next = kept[number]


def _kept_with_next(table: Table) -> list[bool]:
    """Return for the head and each row whether the next one, or the note, stays on the same page.

    A table that does not stay whole goes on between the rows under one subheading and the next subheading; within
    many rows also there, but not beside the first or the last of them.
    """
    kept = [True]
    starts = [number for number, row in enumerate(table.rows) if len(row) == 1]
    for start, end in pairwise(sorted({0, *starts, len(table.rows)})):
        for number in range(start, end):
            near = number - start < _LEAST_APART or end - number <= _LEAST_APART
            kept.append(number < end - 1 and (table.stays_whole or near or end - start <= _MOST_TOGETHER))
        if table.stays_whole:
            kept[-1] = True
    kept[-1] = bool(table.note)
    return kept


def number_pages(section: Any, title: str) -> None:
    """Put the title and the number of each page into the footer.

    Args:
        section: The section.
        title: The paper's title.
    """
    paragraph = section.footer.paragraphs[0]
    _write(paragraph, f"{title}\t\tPage ", size=SMALL)
    for name, between in (("PAGE", " of "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
        _write(paragraph, between, size=SMALL)


def _plain_table(
    document: Any,
    rows: int,
    columns: int,
    caption: str,
    *,
    rule: str | None,
    widths: Sequence[float] | None = None,
    note: str = "",
) -> Any:
    """Add a table with rules between its rows only; None for no rule."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    made = document.add_table(rows=rows, cols=columns)
    made.autofit = False
    _narrow_margins(made)
    _describe(made, caption, note or caption)
    if rule:
        _draw_rules(made, rule.lstrip("#"))
    shares = widths or [1 / columns] * columns
    for column, share in zip(made.columns, shares, strict=True):
        column.width = int(room * share)
        for cell in column.cells:
            cell.width = int(room * share)
    return made


def _narrow_margins(made: Any) -> None:
    """Begin the text of the first column at the margin of the page, as the text above it does."""
    margins = OxmlElement("w:tblCellMar")
    for edge, width in (("left", 0), ("right", 60)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.append(margins)


def _draw_rules(made: Any, colour: str) -> None:
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    made._tbl.tblPr.append(borders)


def _describe(made: Any, caption: str, description: str) -> None:
    """Add the table's title and description for screen readers."""
    for tag, text in (("w:tblCaption", caption), ("w:tblDescription", description)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), xml_safe(text))
        made._tbl.tblPr.append(element)


def _mark_first_column(made: Any) -> None:
    """Mark the first column as the heads of the rows, for screen readers."""
    properties = made._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = OxmlElement("w:tblLook")
    for name, value in (("val", "00A0"), ("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    properties.append(look)


def _keep_row(row: Any, *, is_head: bool) -> None:
    """Keep a row on one page; repeat it on every page if it is the head."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _write(paragraph: Any, text: str, *, size: float | None = None, bold: bool = False, colour: str = "") -> None:
    run = paragraph.add_run(xml_safe(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    paragraph.paragraph_format.space_after = Pt(2)
