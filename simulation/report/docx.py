"""The paper as a Word document: real headings, tables whose head repeats, alternative text on every picture."""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import FAMILY
from simulation.report.embedded_font import embed_typeface
from simulation.report.office import TemplateError, dated_time, without_clock
from simulation.report.paper import Finding, Paper, Table

_WIDTH = 16.0
"""cm between the margins."""


def write_docx(paper: Paper, template: Path | None = None) -> bytes:
    """Return the paper as the bytes of a .docx file.

    Args:
        paper: The content.
        template: A .docx whose page, header, footer and styles are used; its text is not.

    Raises:
        TemplateError: If the template is not a Word document.
    """
    document = _open(template)
    _set_up(document, paper, is_plain=template is None)
    document.add_heading(xml_safe(paper.title), level=0)
    _paragraph(document, paper.about, style="Subtitle")
    _first_page(document, paper)
    _heading(document, "What was found", 1)
    for table in (paper.scenarios, *paper.tables_after(None)):
        _table(document, table, level=2)
    for finding in paper.findings:
        _finding(document, finding)
        for table in paper.tables_after(finding):
            _table(document, table, level=2)
    _heading(document, "How it was found", 1)
    for text in paper.method:
        _paragraph(document, text)
    _heading(document, "How to reproduce these figures", 1)
    _pairs(document, paper.reproduce)
    _heading(document, "Assumptions register", 1)
    _table(document, paper.register, level=0)
    buffer = BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def _open(template: Path | None) -> Any:
    if template is None:
        return Document()
    try:
        document = Document(str(template))
    except Exception as error:  # python-docx raises any error that its parts raise
        message = f"{template} cannot be used as a template: it is no Word document (.docx): {error}"
        raise TemplateError(message) from None
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    return document


def _set_up(document: Any, paper: Paper, *, is_plain: bool) -> None:
    """Set language and properties; without a template also page, fonts and colours."""
    properties = document.core_properties
    properties.title, properties.language, properties.author = xml_safe(paper.title), "en-GB", "trust between trusts"
    properties.created = properties.modified = dated_time(paper.made)
    properties.last_modified_by, properties.comments, properties.revision = "trust between trusts", "", 1
    for style in document.styles.element.iter(qn("w:rPrDefault")):
        _set_language(style)
    if not is_plain:
        return
    embed_typeface(document)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.0)
    looks = {"Normal": 10, "Title": 22, "Subtitle": 11, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11}
    for name, size in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size = FAMILY, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FAMILY)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        if name == "Subtitle":
            for spacing in style.element.rPr.findall(qn("w:spacing")):
                style.element.rPr.remove(spacing)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(paper.colours[0].lstrip("#"))
            style.font.italic = False
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)


def _set_language(defaults: Any) -> None:
    properties = defaults.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        defaults.append(properties)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _first_page(document: Any, paper: Paper) -> None:
    _heading(document, "The question", 1)
    _paragraph(document, paper.question)
    _heading(document, "The answer", 1)
    for number, sentence in enumerate(paper.answer):
        _paragraph(document, sentence, bold=number == 0)
    for caution in paper.cautions:
        _paragraph(document, f"Caution: {caution}", bold=True)
    _heading(document, "What is asked of you", 1)
    _paragraph(document, paper.ask)
    _heading(document, "What this must not be used for", 1)
    for sentence in paper.not_for:
        _paragraph(document, sentence, style="List Bullet")


def _heading(document: Any, text: str, level: int) -> None:
    if level:
        document.add_heading(xml_safe(text), level=level)


def _paragraph(document: Any, text: str, *, style: str | None = None, bold: bool = False, small: bool = False) -> Any:
    known = style if style and style in [each.name for each in document.styles] else None
    paragraph = document.add_paragraph(style=known)
    run = paragraph.add_run(xml_safe(text))
    run.bold = bold or None
    if small:
        run.font.size = Pt(8.5)
        paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _finding(document: Any, finding: Finding) -> None:
    """Add headline, subtitle, picture and source, kept on one page."""
    chart = finding.chart
    _heading(document, chart.headline, 2)
    _paragraph(document, chart.subtitle, small=True).paragraph_format.keep_with_next = True
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
    shape = paragraph.add_run().add_picture(BytesIO(finding.png), width=Cm(min(_WIDTH, room)))
    described = shape._inline.docPr
    described.set("descr", xml_safe(chart.alt))
    described.set("title", xml_safe(chart.headline))
    described.set("name", chart.name)
    if chart.note:
        _paragraph(document, chart.note, small=True).paragraph_format.keep_with_next = True
    _paragraph(document, chart.source, small=True)


def _table(document: Any, table: Table, *, level: int) -> None:
    if level:
        _heading(document, table.caption, level)
    else:
        _paragraph(document, f"{table.caption}. {table.note}", small=True)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.heads))
    if "Table Grid" in [style.name for style in document.styles]:
        made.style = "Table Grid"
    made.autofit = False
    _describe(made, table)
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = int(room * width)
    size = Pt(8) if len(table.rows) > 20 else Pt(9)
    for number, (row, cells) in enumerate(zip(made.rows, (table.heads, *table.rows), strict=True)):
        _keep_row(row, is_head=number == 0)
        for cell, text, width in zip(row.cells, cells, table.widths, strict=True):
            cell.width = int(room * width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(xml_safe(text))
            run.font.size, run.bold = size, True if number == 0 else None
    if level and table.note:
        note = _paragraph(document, table.note, small=True)
        note.paragraph_format.space_before = Pt(3)


def _describe(made: Any, table: Table) -> None:
    """Add the table's title and description for screen readers."""
    for tag, text in (("w:tblCaption", table.caption), ("w:tblDescription", table.note or table.caption)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), xml_safe(text))
        made._tbl.tblPr.append(element)


def _keep_row(row: Any, *, is_head: bool) -> None:
    """Keep a row on one page, and repeat the head on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _pairs(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    for name, value in pairs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(xml_safe(f"{name}: ")).bold = True
        run = paragraph.add_run(xml_safe(value))
        if value.startswith("trustsim "):
            run.font.name = "Consolas"
