"""Each format has a real structure, text as it was written, and the same bytes for the same results."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pptx import Presentation
from pypdf import PdfReader

from simulation.charts.drawing.typeface import FAMILY, WEIGHTS, face_file
from simulation.report.docx import write_docx
from simulation.report.embedded_font import scrambled
from simulation.report.html import write_html
from simulation.report.office import TemplateError
from simulation.report.pdf import write_pdf
from simulation.report.pptx import write_pptx
from simulation.report.write import write_paper
from tests.charts.conftest import HARD_NAME, comparison_of
from tests.report.conftest import paper_of
from tests.waiting import PATIENCE

pytestmark = pytest.mark.unit

WRITERS = {"docx": write_docx, "pdf": write_pdf, "html": write_html, "pptx": write_pptx}
NASTY = "=cmd()|' /C calc'!A0 <script>alert(1)</script> #strong[x] *b* $x$ [a](b) `c` & عربى 🏥 \\n @import"


def words_of(name, content):
    """Return all text of a paper, as a reader of that format gets it."""
    if name == "html":
        return re.sub(r"<[^>]*>", "", content.decode())
    if name == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml"))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", ["single", "compared", "grid", "sobol"])
def test_every_kind_of_paper_can_be_written(name, kind):
    content = WRITERS[name](paper_of(kind))
    assert len(content) > 10_000
    assert "must not be used for" in " ".join(words_of(name, content).lower().split())


@pytest.mark.parametrize("name", ["docx", "pdf", "html"])
def test_a_later_chapter_may_have_a_single_chart(name):
    paper = paper_of("single")
    chart = next(each for each in paper.findings if each.chart.name == "trajectory")
    alone = replace(paper, findings=(chart,), detail_head="Alone")
    assert alone.chapters[-1].blocks == (chart,)
    assert "Alone" in words_of(name, WRITERS[name](alone))


def test_the_same_results_give_the_same_bytes(tmp_path):
    once, again = (write_paper(comparison_of("no joint action"), tmp_path / folder) for folder in ("once", "again"))
    assert [path.suffix for path in once] == [".docx", ".pdf", ".html", ".pptx", ".csv", ".csv"]
    for one, other in zip(once, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_office_files_carry_no_clock():
    for name in ("docx", "pptx"):
        with ZipFile(BytesIO(WRITERS[name](paper_of("single")))) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def nasty_paper():
    from dataclasses import replace

    return replace(paper_of("compared", "hard names"), title=NASTY, audience=NASTY, question=NASTY, ask=(NASTY,))


def test_text_is_data_in_word():
    document = Document(BytesIO(write_docx(nasty_paper())))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == NASTY
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert NASTY in cells
    assert any(HARD_NAME in cell for cell in cells)


def test_text_is_data_in_powerpoint():
    deck = Presentation(BytesIO(write_pptx(nasty_paper())))
    assert deck.slides[0].shapes.title.text == NASTY
    texts = [
        p.text for s in deck.slides for shape in s.shapes if shape.has_text_frame for p in shape.text_frame.paragraphs
    ]
    assert NASTY in texts


def test_text_is_data_in_html():
    page = write_html(nasty_paper()).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "#strong[x] *b* $x$ [a](b) `c` &amp; عربى 🏥" in page


def test_text_is_data_in_pdf():
    reader = PdfReader(BytesIO(write_pdf(nasty_paper())))
    assert reader.metadata.title == NASTY
    first = " ".join(reader.pages[0].extract_text().split())
    for words in ("=cmd()|' /C calc'!A0 <script>alert(1)</script>", "#strong[x] *b* $x$ [a](b) `c` &", "@import"):
        assert words in first


def test_control_characters_that_xml_cannot_hold_are_left_out():
    from dataclasses import replace

    paper = replace(paper_of("single"), title="a\x00b\x0bc\ud800")
    assert Document(BytesIO(write_docx(paper))).paragraphs[0].text == "abc"
    assert Presentation(BytesIO(write_pptx(paper))).slides[0].shapes.title.text == "abc"
    assert "<h1>abc</h1>" in write_html(paper).decode()
    assert PdfReader(BytesIO(write_pdf(paper))).metadata.title == "abc"


def test_word_has_real_headings_and_tables_whose_head_repeats():
    paper = paper_of("compared")
    document = Document(BytesIO(write_docx(paper)))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [
        *(chapter.head for chapter in paper.chapters),
        "How it was found", "How to reproduce these figures", "Assumptions register",
    ]  # fmt: skip
    second = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert all(finding.chart.headline in second for finding in paper.findings)
    titles = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in document.tables]
    assert titles[2] == "Front sheet"
    for table in document.tables[3:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    assert document.core_properties.language == "en-GB"


def test_word_does_not_cut_pictures_off():
    document = Document(BytesIO(write_docx(paper_of("compared"))))
    pictures = [each for each in document.paragraphs if each._p.findall(f".//{qn('w:drawing')}")]
    assert pictures
    assert {each.paragraph_format.line_spacing for each in pictures} == {1.0}


def test_word_numbers_its_pages():
    footer = Document(BytesIO(write_docx(paper_of("single")))).sections[0].footer
    fields = [each.get(qn("w:instr")) for each in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_carries_the_typeface_and_a_reader_without_it_is_given_another():
    with ZipFile(BytesIO(write_docx(paper_of("single")))) as archive:
        table = parse_xml(archive.read("word/fontTable.xml"))
        settings = parse_xml(archive.read("word/settings.xml"))
        font = next(each for each in table if each.get(qn("w:name")) == FAMILY)
        key = font.find(qn("w:embedBold")).get(qn("w:fontKey")).strip("{}").replace("-", "")
        assert scrambled(archive.read("word/fonts/bold.odttf"), key) == face_file(700).read_bytes()
    assert font.find(qn("w:altName")).get(qn("w:val")) == "Arial"
    assert settings.find(qn("w:embedTrueTypeFonts")) is not None


def test_a_page_and_a_pdf_carry_the_typeface_and_no_other_for_plain_words():
    page = write_html(paper_of("single")).decode()
    assert (
        page.count("@font-face") == len(re.findall(r"url\(data:font/woff2;base64,[A-Za-z0-9+/=]{1000,}\)", page)) == 2
    )
    fonts = set()
    for page in PdfReader(BytesIO(write_pdf(paper_of("single")))).pages:
        fonts |= {str(font.get_object()["/BaseFont"])[8:] for font in page["/Resources"]["/Font"].values()}
    assert {font for font in fonts if not font.startswith("DejaVuSansMono")} == {
        f"TrustsimSans-{face}" for face in WEIGHTS.values()
    }


def test_every_picture_has_alternative_text():
    paper = paper_of("compared")
    alts = [finding.chart.alt for finding in paper.findings]
    document = Document(BytesIO(write_docx(paper)))
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == alts
    deck = Presentation(BytesIO(write_pptx(paper)))
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert pictures
    for_slides = {finding.chart.alt for finding in paper.for_slides}
    assert {picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures} <= {*alts, *for_slides}
    page = write_html(paper).decode()
    assert page.count("<desc id=") == len(alts)


def test_a_slide_has_one_finding_and_a_title():
    deck = Presentation(BytesIO(write_pptx(paper_of("compared"))))
    for slide in deck.slides:
        assert slide.shapes.title.text
        assert sum(shape.shape_type == 13 for shape in slide.shapes) <= 1


def test_pdf_is_tagged_british_and_says_that_it_is_accessible():
    reader = PdfReader(BytesIO(write_pdf(paper_of("compared"))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower() == "en-gb"
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    kinds, alts = set(), 0
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if not hasattr(element, "get"):
            waiting += list(element) if isinstance(element, list) else []
            continue
        kinds.add(str(element.get("/S")))
        alts += "/Alt" in element
        children = element.get("/K", [])
        waiting += [
            child for child in (children if isinstance(children, list) else [children]) if hasattr(child, "get_object")
        ]
    assert {"/H1", "/Table", "/TH", "/Figure"} <= kinds
    assert alts >= len(paper_of("compared").findings)


def test_html_is_one_file_that_asks_for_nothing():
    page = write_html(paper_of("compared")).decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    links = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(link.startswith("#") for link in links), links
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert "@import" not in page
    assert "url(http" not in page


def test_a_template_gives_its_page_and_styles_and_not_its_text(tmp_path):
    from docx.shared import Pt

    template = Document()
    template.add_paragraph("Text of the template")
    template.sections[0].header.paragraphs[0].text = "Mid Essex letterhead"
    template.styles["Heading 1"].font.size = Pt(31)
    template.save(str(tmp_path / "house.docx"))
    document = Document(BytesIO(write_docx(paper_of("single"), tmp_path / "house.docx")))
    assert document.sections[0].header.paragraphs[0].text == "Mid Essex letterhead"
    assert document.styles["Heading 1"].font.size == Pt(31)
    assert "Text of the template" not in [p.text for p in document.paragraphs]


def test_a_template_that_is_none_is_refused_in_one_line(tmp_path):
    (tmp_path / "house.docx").write_text("no document")
    with pytest.raises(TemplateError, match="it is no Word document"):
        write_docx(paper_of("single"), tmp_path / "house.docx")
    with pytest.raises(TemplateError, match="cannot be used as a template"):
        write_docx(paper_of("single"), tmp_path / "nowhere.docx")


def test_cells_that_a_spreadsheet_would_run_are_made_safe(tmp_path):
    written = write_paper(comparison_of("hard names"), tmp_path, formats=())
    assert [path.name for path in written] == ["assumptions-register.csv", "costs-and-position.csv"]
    for line in written[0].read_text(encoding="utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "@"))


def test_a_format_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(ValueError, match="there is no format 'odt'; there are docx, pdf, html, pptx"):
        write_paper(comparison_of("no joint action"), tmp_path, formats=("odt",))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: apt install libreoffice-writer"
)
def test_word_opens_in_libreoffice(tmp_path):
    (tmp_path / "paper.docx").write_bytes(write_docx(nasty_paper()))
    command = (
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "paper.docx",
    )
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages)
    assert "Must not be used" in text
    assert "#strong[x] *b* $x$" in text


def test_numbers_of_the_charts_are_behind_them():
    page = write_html(paper_of("single")).decode()
    assert page.count("<details>") == len(paper_of("single").findings)
