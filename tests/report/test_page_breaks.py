"""Where tables go on, and charts end: a long table fills the page, and a tall chart is made smaller than one."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from docx import Document
from docx.shared import Cm
from pypdf import PdfReader

from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION
from simulation.report.docx import write_docx
from simulation.report.paper import Finding, Paper, Table
from simulation.report.pdf import write_pdf
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit


def table_of(name: str, groups: int, rows: int) -> Table:
    """A table of made-up costs with so many rows under each of its subheadings."""
    cells = [
        row
        for group in range(groups)
        for row in ((f"{name} group {group}",), *((f"{name} {group} line {line}", "£1m") for line in range(rows)))
    ]
    return Table(caption=f"{name} costs", heads=("Line", "Cost"), rows=tuple(cells), widths=(0.6, 0.4), note="A note.")


def test_a_table_with_subheadings_begins_where_the_one_before_it_ends():
    """Two of 24 rows are longer than a page; kept whole, the second would leave a part of a page empty."""
    paper = replace(paper_of("single"), finance=(table_of("First", 3, 7), table_of("Second", 3, 7)))
    pages = [page.extract_text() for page in PdfReader(BytesIO(write_pdf(paper))).pages]
    (ends,) = (number for number, text in enumerate(pages) if "First 2 line 6" in text)
    (begins,) = (number for number, text in enumerate(pages) if "Second costs" in text)
    assert begins == ends
    after = next(text for text in pages if "Second 2 line 6" in text)
    assert "Second group 2" in after


def kept_rows(table: Table) -> list[bool]:
    document = Document(BytesIO(write_docx(replace(paper_of("single"), finance=(table,)))))
    made = next(each for each in document.tables if each.rows[0].cells[-1].text == "Cost")
    return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in made.rows]


def test_word_parts_such_a_table_before_a_subheading_alone():
    """The head, three groups of eight rows; the last row of a group may be the last of a page, but for the note."""
    group = [True] * 7 + [False]
    assert kept_rows(table_of("Long", 3, 7)) == [True, *group, *group, *[True] * 8]


def test_word_parts_many_rows_under_one_subheading_but_not_beside_its_ends():
    """A subheading with 13 rows: two rows stay together at either end."""
    assert kept_rows(table_of("Long", 1, 13)) == [True, True, True, *[False] * 10, True, True]


def test_a_table_of_few_rows_stays_whole():
    assert all(kept_rows(table_of("Short", 2, 4)))
    assert table_of("Short", 2, 5).stays_whole
    assert not table_of("Long", 3, 7).stays_whole


def tall_paper() -> Paper:
    """A paper whose one chart is taller than a page."""
    texts = Texts(
        name="tall",
        headline="A tall chart",
        subtitle="Of a place.",
        note="Its note.",
        source="Its source.",
        alt="Tall.",
    )
    chart = Chart(texts, pd.DataFrame(), ANALYSIS_FUNCTION, body_height=40.0)
    return replace(paper_of("single"), findings=(Finding(chart=chart),))


def test_a_chart_that_is_taller_than_a_page_is_made_smaller_and_keeps_its_texts():
    pages = [page.extract_text() for page in PdfReader(BytesIO(write_pdf(tall_paper()))).pages]
    (page,) = [text for text in pages if "A tall chart" in text]
    assert "Its note." in page
    assert "Its source." in page


def test_so_it_is_in_word():
    document = Document(BytesIO(write_docx(tall_paper())))
    (picture,) = document.inline_shapes
    section = document.sections[0]
    texts = Cm(2.5)
    assert picture.height + texts < section.page_height - section.top_margin - section.bottom_margin
    assert picture.height / picture.width > 40 / 17
