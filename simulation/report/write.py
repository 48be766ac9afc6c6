"""Papers and workbooks as files in the chosen formats, each written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from simulation.analysis.finance_frames import finance_to_pandas
from simulation.analysis.organisation_changes import changes_to_pandas, organisation_changes
from simulation.charts.drawing.publish import csv_text
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.extras import check_installed, is_installed
from simulation.known_names import check_name
from simulation.report.content import build_paper
from simulation.report.paper import Paper
from simulation.report.register import REGISTER, register_to_pandas
from simulation.report.register_others import register_others, register_source
from simulation.results.comparison import Comparison
from simulation.results.left_out import note_left_out
from simulation.results.unchecked import list_marked
from simulation.writable import check_folder

PAPERS = ("docx", "pdf", "html", "pptx")
WORKBOOK = "xlsx"
CSV = "csv"
FORMATS = (*PAPERS, WORKBOOK, CSV)
_NEEDS = {"docx": "docx", "pdf": "typst", "pptx": "pptx", "xlsx": "openpyxl"}
"""For each format that needs an extra, the module that writes it."""

NAME = "board-paper"
BOOK_NAME = "results.xlsx"
CHANGES = "organisations-against-baseline.csv"
MONEY = "costs-and-position.csv"


def write_paper(
    comparison: Comparison,
    folder: Path | str,
    *,
    formats: Sequence[str] = PAPERS,
    theme: Theme = ANALYSIS_FUNCTION,
    title: str | None = None,
    audience: str | None = None,
    ask: str | Sequence[str] | None = None,
    template: Path | str | None = None,
) -> list[Path]:
    """Write `board-paper` in each format, and the results as a workbook, `results.xlsx`, if that is asked for.

    Beside them stand CSV files, unless a workbook alone is asked for: the whole assumptions register; each
    organisation's change against the baseline where there are two scenarios whose outturns were kept; every scenario's
    costs and position by financial year where its tables were kept.

    Args:
        comparison: The results.
        folder: The folder to write to; created if it does not exist. Files of these names are replaced.
        formats: Some of docx, pdf, html, pptx and xlsx; none for the CSV files alone.
        theme: The colours of charts and headings.
        title: The title, instead of the experiment's.
        audience: The readers, instead of the experiment's.
        ask: The request to them, or several that each follow “is asked to”, instead of the experiment's.
        template: A .docx whose page, header, footer and styles the Word document takes.

    Returns:
        The files.

    Raises:
        ValueError: If a format does not exist.
        MissingPackageError: If a format needs a package that is not installed; nothing is written then.
        TemplateError: If the template is not a Word document.
        OutputError: If a file cannot be written; found before the paper is made.
        OSError: If that shows only when it is written.
    """
    for name in formats:
        check_name("format", name, (*PAPERS, WORKBOOK))
    folder = Path(folder)
    template = None if template is None else Path(template)
    check_outputs(folder, formats, template)
    papers = [name for name in dict.fromkeys(formats) if name in PAPERS]
    paper = build_paper(comparison, theme=theme, title=title, audience=audience, ask=ask, with_charts=bool(papers))
    written = {_file_of(name): _written(paper, name, template) for name in papers}
    if WORKBOOK in formats:
        written[_file_of(WORKBOOK)] = _workbook(comparison, paper, theme)
    beside = {} if tuple(formats) == (WORKBOOK,) else _beside_papers(comparison)
    written |= beside
    folder.mkdir(parents=True, exist_ok=True)
    if beside:
        for name in {REGISTER, CHANGES, MONEY} - beside.keys():
            (folder / name).unlink(missing_ok=True)  # of earlier results
        list_marked(folder, beside, comparison)
        note_left_out(folder, comparison.left_out, comparison.folder, is_raw=False)
    return [_put(folder / name, content) for name, content in written.items()]


def check_outputs(folder: Path, formats: Sequence[str], template: Path | None = None) -> None:
    """Raise an error if a paper could not be made or written; nothing is read for it or drawn.

    Args:
        folder: The folder to write to.
        formats: Some of docx, pdf, html, pptx and xlsx.
        template: A .docx for the Word document.

    Raises:
        MissingPackageError: If a format needs a package that is not installed.
        TemplateError: If the template is not a Word document.
        OutputError: If a file cannot be written.
    """
    check_formats(formats)
    beside = () if tuple(formats) == (WORKBOOK,) else (REGISTER, CHANGES, MONEY)
    check_folder(folder, files=(*map(_file_of, formats), *beside))
    if template is not None and "docx" in formats:
        from simulation.report.docx import open_template

        open_template(template)


def check_formats(formats: Sequence[str]) -> None:
    """Raise an error if formats need packages that are not installed.

    Args:
        formats: Some of `FORMATS`.

    Raises:
        MissingPackageError: If one does.
    """
    needy = [name for name in dict.fromkeys(formats) if name in _NEEDS and not is_installed(_NEEDS[name])]
    check_installed(f"a paper as {' or '.join(needy)}", *(_NEEDS[name] for name in needy))


def _beside_papers(comparison: Comparison) -> dict[str, bytes]:
    """Return the tables that a paper refers to, as CSV."""
    written = {REGISTER: csv_text(register_to_pandas(*register_source(comparison), register_others(comparison)))}
    changes = organisation_changes(comparison)
    if changes:
        frame = changes_to_pandas(changes)
        frame.insert(list(frame).index("part") + 1, "discount", comparison.discount)
        written[CHANGES] = csv_text(frame)
    if comparison.studies:
        written[MONEY] = csv_text(finance_to_pandas(comparison))
    return {name: text.encode("utf-8-sig") for name, text in written.items()}


def _file_of(name: str) -> str:
    return BOOK_NAME if name == WORKBOOK else f"{NAME}.{name}"


def _workbook(comparison: Comparison, paper: Paper, theme: Theme) -> bytes:
    from simulation.report.workbook.book import build_sheets
    from simulation.report.xlsx import write_xlsx

    sheets = build_sheets(comparison, paper, theme=theme)
    return write_xlsx(sheets, title=paper.title, made=paper.made, colour=paper.colours[0])


def _written(paper: Paper, name: str, template: Path | None) -> bytes:
    if name == "docx":
        from simulation.report.docx import write_docx

        return write_docx(paper, template)
    if name == "pdf":
        from simulation.report.pdf import write_pdf

        return write_pdf(paper)
    if name == "html":
        from simulation.report.html import write_html

        return write_html(paper)
    from simulation.report.pptx import write_pptx

    return write_pptx(paper)


def _put(path: Path, content: bytes) -> Path:
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path
