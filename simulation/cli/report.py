"""Write the board paper of a run or a batch."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._console import BAD_INPUT
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors
from simulation.cli.chart import DiscountOption, ResultsFolder, ThemeName, ThemeOption, discounted_results


def report(
    folder: ResultsFolder,
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Formats, with commas: docx, pdf, html, pptx.")
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
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder to write to; the folder of results if left out.")
    ] = None,
    strict: Strict = False,
) -> None:
    """Write a paper for a board: question, answer, request, charts, assumptions, and how to reproduce the figures.

    Writes board-paper.docx (.pdf, .html, .pptx), assumptions-register.csv and costs-and-position.csv; of a comparison
    also organisations-against-baseline.csv. The same results give the same bytes. Exit code 0 if it was written,
    2 if there are no results or an option is wrong.
    """
    from simulation.report.write import FORMATS, write_paper

    names = tuple(name.strip() for name in formats.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        message = f"there is no format {unknown[0]!r}" if unknown else "no format is given"
        message += f"; there are {', '.join(FORMATS)}"
        raise typer.BadParameter(message, param_hint="--format")
    if template is not None and "docx" not in names:
        message = "a template needs the format docx; add docx to --format"
        raise typer.BadParameter(message, param_hint="--template")

    from simulation.charts.drawing.theme import THEMES
    from simulation.report.office import TemplateError
    from simulation.results.load import load_comparison

    comparison = discounted_results(load_comparison(folder), discount)
    missing = (f"results are incomplete: {what}" for what in comparison.missing)
    stop_at_errors(print_warnings(missing, strict=strict))
    try:
        written = write_paper(
            comparison,
            folder if out is None else out,
            formats=names,
            theme=THEMES[theme.value],
            title=title,
            audience=audience,
            ask=ask,
            template=template,
        )
    except TemplateError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from None
    for path in written:
        typer.echo(str(path))
