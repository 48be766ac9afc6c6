"""Write the board paper of a run or a batch."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._console import BAD_INPUT
from simulation.cli.chart import ResultsFolder, ThemeName


def report(
    folder: ResultsFolder,
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Some of docx, pdf, html, pptx.")
    ] = "docx,pdf,html",
    title: Annotated[str | None, typer.Option(help="The paper's title, in place of the experiment's.")] = None,
    audience: Annotated[str | None, typer.Option("--for", help="Whom it is for, such as “Finance Committee”.")] = None,
    ask: Annotated[str | None, typer.Option(help="What is asked of them, in a sentence or two.")] = None,
    theme: Annotated[ThemeName, typer.Option(help="Government Analysis Function, or NHS identity.")] = (
        ThemeName.ANALYSIS_FUNCTION
    ),
    template: Annotated[
        Path | None, typer.Option(metavar="FILE.docx", help="Take page, header, footer and styles from this document.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write to DIR, not to the folder of results.")] = None,
) -> None:
    """Write a paper for a board: the question, the answer, what is asked, charts, assumptions, how to make it again.

    Writes board-paper.docx and so on, and assumptions-register.csv. The same results give the same bytes. Exit code 0
    if it was written, 2 if there is nothing to write from or a mistake in what was given.
    """
    from simulation.report.write import FORMATS, write_paper

    names = tuple(name.strip() for name in formats.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        given = f"there is no format {unknown[0]!r}" if unknown else "no format is named"
        message = f"{given}; there are {', '.join(FORMATS)}"
        raise typer.BadParameter(message, param_hint="--format")
    if template is not None and "docx" not in names:
        message = "a template is for docx, which is not among the formats"
        raise typer.BadParameter(message, param_hint="--template")

    from simulation.charts.drawing.theme import THEMES
    from simulation.report.office import TemplateError
    from simulation.results.load import load_comparison

    comparison = load_comparison(folder)
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
    for what in comparison.missing:
        typer.echo(f"warning: not all that was asked for is there: {what}", err=True)
    for path in written:
        typer.echo(str(path))
