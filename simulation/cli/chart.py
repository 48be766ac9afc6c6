"""Draw the charts of a run or a batch."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._console import BAD_INPUT

if TYPE_CHECKING:
    from simulation.charts.publish_all import Published

ResultsFolder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Results: results/<scenario>/<run> of a run, results/<experiment> of a batch."),
]


class ThemeName(StrEnum):
    """How charts are lettered and coloured."""

    ANALYSIS_FUNCTION = "analysis-function"
    NHS = "nhs"


def chart(
    folder: ResultsFolder,
    only: Annotated[
        str, typer.Option(metavar="NAMES", help="Some of the charts, by name; `--only list` lists them.")
    ] = "",
    theme: Annotated[ThemeName, typer.Option(help="Government Analysis Function, or NHS identity.")] = (
        ThemeName.ANALYSIS_FUNCTION
    ),
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write to DIR, not to charts in the folder.")] = None,
) -> None:
    """Draw the charts of a run or a batch: each as PNG, SVG, its data as CSV, and its texts with alternative text.

    Charts of several scenarios go to DIR/charts, those of one of several to a folder of its own below. The same results
    give the same bytes. Exit code 0 if charts were drawn, 2 if there is nothing to draw from or no such chart.
    """
    from simulation.charts import CHARTS

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    if names == ("list",):
        typer.echo("\n".join(CHARTS))
        return
    unknown = [name for name in names if name not in CHARTS]
    if unknown:
        message = f"there is no chart {unknown[0]!r}; there are {', '.join(CHARTS)}"
        raise typer.BadParameter(message, param_hint="--only")

    from simulation.charts.drawing.theme import THEMES
    from simulation.charts.publish_all import publish_all
    from simulation.results.load import load_comparison

    comparison = load_comparison(folder)
    target = folder / "charts" if out is None else out
    done = publish_all(comparison, target, theme=THEMES[theme.value], only=names, processes=os.cpu_count() or 1)
    _tell(done, target, asked=bool(names))
    for what in comparison.missing:
        typer.echo(f"warning: not all that was asked for is there: {what}", err=True)
    if not any(each.files for each in done):
        raise typer.Exit(BAD_INPUT)


def _tell(done: "list[Published]", target: Path, *, asked: bool) -> None:
    """Where the charts are; what was left out, if it was asked for by name, and why."""
    drawn = [each for each in done if each.files]
    if drawn:
        typer.echo(f"{len(drawn)} {'chart' if len(drawn) == 1 else 'charts'} in {target}")
    left_out = {f"{each.name}: {each.left_out}" for each in done if each.left_out}
    for reason in sorted(left_out):
        typer.echo(f"left out {reason}", err=asked)
