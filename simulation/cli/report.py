"""Write results as a board paper, a workbook or CSV."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._batch_options import SkipCheck
from simulation.cli._outputs import ANOTHER_FOLDER, refuse
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors
from simulation.cli.chart import (
    DiscountOption,
    ResultsFolder,
    ThemeName,
    ThemeOption,
    discounted_results,
    warn_of_results,
)
from simulation.writable import OutputError, check_folder

if TYPE_CHECKING:
    from simulation.results.comparison import Comparison


_LARGE = 200_000_000
"""Bytes of CSV from which on their size is said before they are written."""


def report(
    folder: ResultsFolder,
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Formats, with commas: docx, pdf, html, pptx, xlsx, csv.")
    ] = "docx,pdf,html",
    title: Annotated[str | None, typer.Option(help="Title of the paper; the experiment's if left out.")] = None,
    audience: Annotated[str | None, typer.Option("--for", help="The readers, such as “Finance Committee”.")] = None,
    ask: Annotated[str | None, typer.Option(help="What the readers are asked to do, in a sentence or two.")] = None,
    theme: ThemeOption = ThemeName.ANALYSIS_FUNCTION,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE.docx", help="Word document with the page, header, footer and styles to use."),
    ] = None,
    discount: DiscountOption = 0.0,
    skip_integrity_check: SkipCheck = False,
    tables: Annotated[
        str, typer.Option(metavar="NAMES", help="Tables that csv writes, with commas; all if left out.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write to; the folder of results if left out.")
    ] = None,
    strict: Strict = False,
) -> None:
    """Write a paper for a board, or the results as a workbook or CSV for analysts.

    Papers (docx, pdf, html, pptx) are board-paper.docx and so on, with assumptions-register.csv and
    costs-and-position.csv; of a comparison also organisations-against-baseline.csv. The workbook (xlsx) is
    results.xlsx: the verdict, positions, costs, scenarios, the numbers of each chart and the assumptions. csv writes
    every table of the results, or those named by --tables, to the folder csv. docx, pdf and pptx need the extra report.
    The same results give the same bytes. Exit code 0 if it was written, 2 if there are no results or an option is
    wrong.
    """
    from simulation.report.write import CSV, check_formats, write_paper

    names, named = _chosen(formats, template), _split(tables)
    if named and CSV not in names:
        message = "needs the format csv; add csv to --format"
        raise typer.BadParameter(message, param_hint="--tables")
    check_formats(names)

    from simulation.analysis.deciding import rules_lack
    from simulation.charts.drawing.theme import THEMES
    from simulation.results.load import load_comparison, results_folder

    folder = results_folder(folder)
    place = folder if out is None else out
    if named:
        _check_tables(named, folder)
    _check_outputs(names, folder, place, template, named or None)
    comparison = discounted_results(load_comparison(folder, skip_integrity_check=skip_integrity_check), discount)
    warn_of_results(comparison, folder)
    missing = [f"results are incomplete: {what}" for what in comparison.missing]
    missing += _unfinished_tables(folder) if CSV in names else []
    lack = rules_lack(comparison)
    missing += [f"rank correlations stand in for rules on what decides, which need {lack}"] if lack else []
    stop_at_errors(print_warnings(missing, strict=strict))
    others = [name for name in names if name != CSV]
    written = others and write_paper(
        comparison,
        place,
        formats=others,
        theme=THEMES[theme.value],
        title=title,
        audience=audience,
        ask=ask,
        template=template,
    )
    for path in written:
        typer.echo(str(path))
    if CSV in names:
        _write_tables(comparison, folder, place / CSV, named or None)


def _check_outputs(
    names: tuple[str, ...], results: Path, place: Path, template: Path | None, tables: tuple[str, ...] | None
) -> None:
    """Refuse what would fail when the papers are made, before the results are read."""
    from simulation.report.csv import expected_size
    from simulation.report.office import TemplateError
    from simulation.report.write import CSV, check_outputs

    try:
        if papers := [name for name in names if name != CSV]:
            check_outputs(place, papers, template)
        if CSV in names:
            check_folder(place / CSV, size=expected_size(results, tables))
    except OutputError as error:
        refuse(f"{error}; {ANOTHER_FOLDER}")
    except TemplateError as error:
        refuse(str(error))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _chosen(formats: str, template: Path | None) -> tuple[str, ...]:
    """Return the formats that an option names, or refuse it."""
    from simulation.report.write import FORMATS

    names = _split(formats)
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        message = f"there is no format {unknown[0]!r}" if unknown else "no format is given"
        message += f"; there are {', '.join(FORMATS)}"
        raise typer.BadParameter(message, param_hint="--format")
    if template is not None and "docx" not in names:
        message = "a template needs the format docx; add docx to --format"
        raise typer.BadParameter(message, param_hint="--template")
    return names


def _check_tables(named: tuple[str, ...], results: Path) -> None:
    """Refuse names of tables that the results do not have, each with the nearest one."""
    from simulation.known_names import closest
    from simulation.report.csv import table_names

    known = table_names(results)
    unknown = [name for name in dict.fromkeys(named) if name not in known]
    if not unknown:
        return
    near = {name: closest(name, known) for name in unknown}
    said = [f"there is no table {name!r}{f', did you mean {like}?' if like else ''}" for name, like in near.items()]
    raise typer.BadParameter("; ".join([*said, f"there are {', '.join(known)}"]), param_hint="--tables")


def _unfinished_tables(folder: Path) -> list[str]:
    """Return what is left out of the tables, in words."""
    from simulation.report.csv import unmerged_parts
    from simulation.results.batch.belonging import other_batches

    said = [
        f"the tables of {part} are not finished; the same trustsim batch finishes them"
        for part in unmerged_parts(folder)
    ]
    said += [f"left out {each}: it does not belong to these results" for each in other_batches(folder)]
    return said


def _write_tables(comparison: "Comparison", results: Path, folder: Path, tables: tuple[str, ...] | None) -> None:
    """Write tables as CSV; say first if they are large, and warn of those that Excel cannot show whole."""
    from simulation.formatting import disk_space
    from simulation.report.csv import MOST_ROWS, expected_size, write_csv

    size = expected_size(results, tables)
    if size >= _LARGE:
        fewer = "" if tables else "; --tables writes fewer"
        typer.echo(f"{folder}: about {disk_space(size)} of CSV will be written{fewer}", err=True)
    for table in write_csv(comparison, results, folder, tables):
        typer.echo(str(table.path))
        if table.rows > MOST_ROWS:
            message = f"{table.path} has {table.rows:,} rows; Excel shows the first {MOST_ROWS:,} only"
            typer.echo(f"warning: {message}", err=True)
