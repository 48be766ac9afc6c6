"""Draw the charts of a run or a batch."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._batch_options import SkipCheck
from simulation.cli._console import BAD_INPUT
from simulation.cli._outputs import CHARTS_OF_ONE, stop_unless_writable
from simulation.formatting import counted
from simulation.known_names import unknown_name

if TYPE_CHECKING:
    from simulation.charts.publish_all import Published
    from simulation.results.comparison import Comparison

ResultsFolder = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="Folder of results: results/<scenario>/<run> or results/<experiment>."),
]


class ThemeName(StrEnum):
    """The themes of charts."""

    ANALYSIS_FUNCTION = "analysis-function"
    NHS = "nhs"


ThemeOption = Annotated[
    ThemeName, typer.Option(help="Fonts and colours: Government Analysis Function or NHS identity.")
]

DiscountOption = Annotated[
    float,
    typer.Option(
        metavar="PERCENT",
        help="Discount money over several years at this rate, % a year (Green Book: 3.5); 0: nominal, undiscounted.",
    ),
]


def discounted_results(comparison: "Comparison", rate: float) -> "Comparison":
    """Return results of which every chart and paper discounts money over several years.

    Raises:
        typer.BadParameter: If the rate is out of range, or amounts are not known by year.
    """
    from simulation.analysis.discounting import discounted

    try:
        return discounted(comparison, rate)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--discount") from None


def warn_of_results(comparison: "Comparison", folder: Path) -> None:
    """Print a warning on stderr if results are of another model, were not checked, or replicates of them failed."""
    from simulation.results.integrity import UNCHECKED
    from simulation.results.left_out import left_out_words
    from simulation.results.other_model import other_model_words

    if other := other_model_words(folder):
        typer.echo(f"warning: {other}", err=True)
    if comparison.left_out:
        typer.echo(f"warning: {left_out_words(comparison.left_out, folder)}", err=True)
    if not comparison.is_checked:
        typer.echo(f"warning: results were {UNCHECKED}", err=True)


def chart(
    folder: ResultsFolder,
    only: Annotated[
        str, typer.Option(metavar="NAMES", help="Charts to draw, by name, with commas; `--only list` lists the names.")
    ] = "",
    first: Annotated[
        str,
        typer.Option(
            metavar="CHOICE",
            help="Of the charts deciding and turning_point: the choice that is judged; all if left out.",
        ),
    ] = "",
    second: Annotated[
        str,
        typer.Option(
            metavar="CHOICE", help="Of the same charts: the choice that it is compared with, if not the baseline."
        ),
    ] = "",
    theme: ThemeOption = ThemeName.ANALYSIS_FUNCTION,
    discount: DiscountOption = 0.0,
    skip_integrity_check: SkipCheck = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder to write to; charts in the folder of results if left out."),
    ] = None,
) -> None:
    """Draw the charts of results: PNG, SVG, the data as CSV, and the texts with the alternative text.

    Charts that compare scenarios go to DIR/charts; those of each scenario go to a folder below. The same results give
    the same bytes. Exit code 0 if charts were drawn, 2 if there are no results or no such chart.
    """
    from simulation.charts import CHARTS

    names = tuple(name.strip() for name in only.split(",") if name.strip())
    if names == ("list",):
        typer.echo("\n".join(CHARTS))
        return
    unknown = [name for name in names if name not in CHARTS]
    if unknown:
        raise typer.BadParameter(unknown_name("chart", unknown[0], CHARTS), param_hint="--only")

    from simulation.charts.drawing.theme import THEMES
    from simulation.charts.publish_all import publish_all
    from simulation.results.load import load_comparison, results_folder

    folder = results_folder(folder)
    target = folder / "charts" if out is None else out
    stop_unless_writable(target, size=CHARTS_OF_ONE)
    comparison = discounted_results(load_comparison(folder, skip_integrity_check=skip_integrity_check), discount)
    pair = _pair_of(comparison, names, first, second)
    done = publish_all(
        comparison, target, theme=THEMES[theme.value], only=names, pair=pair, processes=os.cpu_count() or 1
    )
    _print_outcome(done, target, asked=bool(names))
    warn_of_results(comparison, folder)
    for what in comparison.missing:
        typer.echo(f"warning: results are incomplete: {what}", err=True)
    if not any(each.files for each in done):
        raise typer.Exit(BAD_INPUT)


def _pair_of(comparison: "Comparison", names: tuple[str, ...], first: str, second: str) -> dict[str, str]:
    """Return the choices that were named for charts of pairs.

    Raises:
        typer.BadParameter: If there is no such choice, or no chart of pairs is drawn.
    """
    from simulation.charts.catalogue import OF_PAIRS
    from simulation.charts.deciding import check_pair

    pair = {side: name for side, name in (("first", first), ("second", second)) if name}
    if pair and names and not set(names) & set(OF_PAIRS):
        message = f"is of the charts {' and '.join(OF_PAIRS)}, which --only leaves out"
        raise typer.BadParameter(message, param_hint=f"--{next(iter(pair))}")
    try:
        check_pair(comparison, first or None, second or None)
    except ValueError as error:
        side, _, what = str(error).partition(": ")
        raise typer.BadParameter(what, param_hint=f"--{side}") from None
    return pair


def _print_outcome(done: "list[Published]", target: Path, *, asked: bool) -> None:
    """Print where the charts are, which were left out, and why; on stderr if they were asked for by name."""
    drawn = [each for each in done if each.files]
    if drawn:
        typer.echo(f"{counted(len(drawn), 'chart')} in {target}")
    left_out = {f"{each.name}: {each.left_out}" for each in done if each.left_out}
    for reason in sorted(left_out):
        typer.echo(f"left out {reason}", err=asked)
