"""The paper as a Word document: real headings, tables whose head repeats, alternative text on every picture."""

from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from simulation.charts.drawing.chart import WIDTH, Chart
from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import FAMILY
from simulation.report.docx_parts import add_front_sheet, add_paragraph, add_table, number_pages
from simulation.report.embedded_font import embed_typeface
from simulation.report.office import TemplateError, dated_time, without_clock
from simulation.report.paper import Finding, Paper, Table

_WIDTH = 16.0
"""cm between the margins."""

_HEADLINE, _SMALL = (65, 0.75), (90, 0.52)
"""Letters of a full line of a chart's headline and of its other texts, and the height of a line with its share of the
space after a paragraph, cm."""


def write_docx(paper: Paper, template: Path | None = None) -> bytes:
    """Return the paper as the bytes of a .docx file.

    Args:
        paper: The content.
        template: A .docx whose page, header, footer and styles are used; its text is not.

    Raises:
        TemplateError: If the template is not a Word document.
    """
    document = open_template(template)
    _set_up(document, paper, is_plain=template is None)
    document.add_heading(xml_safe(paper.title), level=0)
    add_front_sheet(document, paper)
    for chapter in paper.chapters:
        _heading(document, chapter.head, 1)
        for block in chapter.blocks:
            if isinstance(block, Table):
                _table(document, block)
            else:
                _finding(document, block)
    _heading(document, "How it was found", 1)
    for text in paper.method:
        add_paragraph(document, text)
    _heading(document, "How to reproduce these figures", 1)
    _pairs(document, paper.reproduce)
    _heading(document, "Assumptions register", 1)
    _table(document, paper.register)
    buffer = BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def open_template(template: Path | None) -> Any:
    """Return a Word document without text: a template's, or python-docx's own.

    Args:
        template: A .docx.

    Raises:
        TemplateError: If it is not a Word document.
    """
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
    section.top_margin, section.bottom_margin = Cm(1.2), Cm(1.4)
    section.footer_distance = Cm(0.7)
    looks = {"Normal": 11, "Title": 22, "Heading 1": 17, "Heading 2": 12.5, "Heading 3": 11}
    for name, size in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size = FAMILY, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FAMILY)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        if name == "Title":
            style.font.bold = True
            style.paragraph_format.space_after = Pt(2)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(paper.colours[0].lstrip("#"))
            style.font.italic = False
    number_pages(section, paper.title)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.styles["Normal"].paragraph_format.line_spacing = 0.92  # The typeface has tall lines.
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


def _heading(document: Any, text: str, level: int) -> None:
    document.add_heading(xml_safe(text), level=level)


def _height_left(page: float, chart: Chart) -> float:
    """Return the height that is left for a chart's picture on a page with its texts, cm, from that between margins."""
    texts = [(chart.headline, _HEADLINE), *((each, _SMALL) for each in (chart.subtitle, chart.note, chart.source))]
    used = sum((ceil(len(text) / letters) + 0.5) * high for text, (letters, high) in texts if text)
    return page - used


def _finding(document: Any, finding: Finding) -> None:
    """Add headline, subtitle, picture and source, kept on one page."""
    chart = finding.chart
    _heading(document, chart.headline, 2)
    add_paragraph(document, chart.subtitle, small=True).paragraph_format.keep_with_next = True
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0  # A picture in a lower line loses its top.
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
    page = (section.page_height - section.top_margin - section.bottom_margin) / Cm(1)
    room = min(_WIDTH, room, WIDTH * _height_left(page, chart) / chart.picture_height)
    shape = paragraph.add_run().add_picture(BytesIO(finding.png), width=Cm(room))
    described = shape._inline.docPr
    described.set("descr", xml_safe(chart.alt))
    described.set("title", xml_safe(chart.headline))
    described.set("name", chart.name)
    if chart.note:
        add_paragraph(document, chart.note, small=True).paragraph_format.keep_with_next = True
    add_paragraph(document, chart.source, small=True)


def _table(document: Any, table: Table) -> None:
    _heading(document, table.caption, 2)
    add_table(document, table)
    if table.note:
        add_paragraph(document, table.note, small=True).paragraph_format.space_before = Pt(3)


def _pairs(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    for number, (name, value) in enumerate(pairs, 1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = number < len(pairs)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(xml_safe(f"{name}: ")).bold = True
        run = paragraph.add_run(xml_safe(value))
        if value.startswith("trustsim "):
            run.font.name = "Consolas"
