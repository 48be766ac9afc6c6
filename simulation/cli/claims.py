"""Take a sentence of the interview, and run without its mechanism."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._console import BAD_INPUT, open_console
from simulation.limits import MOST_POINTS, MOST_REPLICATES

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.analysis.claims import Finding
    from simulation.execution.claims import WithAndWithout
    from simulation.experiment.claims import Claim

REFERENCE = ("mid-south-essex", "mid-south-essex-instruction", "mid-south-essex-partnership")


def claims(
    words: Annotated[
        str | None,
        typer.Argument(metavar="[WORDS]", help="Words of a sentence, or a claim's name; lists all if left out."),
    ] = None,
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO]...", help="Scenario files; three of Mid and South Essex if left out."),
    ] = None,
    replicates: Annotated[
        int, typer.Option(min=2, max=MOST_REPLICATES, help="Replicates of each scenario, with and without.")
    ] = 400,
    points: Annotated[
        int,
        typer.Option(
            min=0,
            max=MOST_POINTS,
            help="Points drawn from the ranges of assumptions, two replicates each; what a scenario sets is held.",
        ),
    ] = 100,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Random seed.")] = 1,
) -> None:
    """Take a sentence of the interview, and show what the model does without the mechanism that stands for it.

    Gap, position, trust and delivery with and without it, under the same random events, with 95% intervals. The claim
    is as said where its outcome differs as the sentence has it, by more than chance and by at least £1m or 0.01.
    """
    from simulation.experiment.claims import CLAIMS, find_claims

    console = open_console()
    if words is None:
        console.print(_list(CLAIMS))
        return
    found = find_claims(words)
    if not found:
        typer.echo(f"no claim has the words “{words}”; `trustsim claims` lists all {len(CLAIMS)}", err=True)
        raise typer.Exit(BAD_INPUT)
    compared = _prepare(scenarios, replicates, points, seed)
    for claim in found:
        findings = {label: each.without(claim) for label, each in compared.items()}
        typer.echo("\n".join(["", *_heading(claim), *_verdicts(findings), *_held(compared)]))
        for label, finding in findings.items():
            if finding.effects:
                console.print()
                console.print(_differences(label, finding))


def _prepare(scenarios: list[str] | None, replicates: int, points: int, seed: int) -> dict[str, "WithAndWithout"]:
    """Return what runs each scenario, by its title, or by title and file where others have the same title."""
    from simulation.cli._reference import find_reference
    from simulation.execution.claims import WithAndWithout
    from simulation.scenario.loading import load_scenario

    loaded = {str(path): load_scenario(path) for path in scenarios or map(find_reference, REFERENCE)}
    titles = Counter(each.title for each in loaded.values())
    return {
        each.title if titles[each.title] == 1 else f"{each.title} ({path})": WithAndWithout(
            scenario=each, replicates=replicates, points=points, seed=seed
        )
        for path, each in loaded.items()
    }


def _list(table: tuple["Claim", ...]) -> "Table":
    from rich import box
    from rich.table import Table

    shown = Table(title="Claims of the interview", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for column in ("name", "sentence", "switched off by"):
        shown.add_column(column, overflow="fold")
    for claim in table:
        shown.add_row(claim.name, claim.sentence, claim.switch)
    return shown


def _heading(claim: "Claim") -> list[str]:
    from simulation.cli._claims_words import expectation

    return [
        f"“{claim.sentence}” ({claim.name})",
        f"  {'mechanism':<13}{claim.mechanism}",
        f"  {'without it':<13}{claim.switch}",
        f"  {'if right':<13}{expectation(claim)}",
    ]


def _verdicts(findings: dict[str, "Finding"]) -> list[str]:
    from simulation.cli._claims_words import least_words, points_words

    lines = []
    for label, finding in findings.items():
        points = points_words(finding)
        lines.append(f"  {finding.verdict:<21}{label}{f'; over the ranges {points}' if points else ''}")
    has_points = any(finding.effects and finding.judged.over_ranges for finding in findings.values())
    return ["", *lines, f"  {least_words(has_points=has_points)}"]


def _held(compared: dict[str, "WithAndWithout"]) -> list[str]:
    """Say which assumptions were not drawn over the ranges, since a scenario sets them itself."""
    from simulation.analysis.held import held_words
    from simulation.scenario.held import held_parameters

    drawn = {label: held_parameters(each.scenario).written for label, each in compared.items() if each.points}
    return [f"  {label}: {said}" for label, held in drawn.items() if (said := held_words({label: held}))]


def _differences(label: str, finding: "Finding") -> "Table":
    from rich import box
    from rich.table import Table

    from simulation.cli._claims_words import LABELS, cells
    from simulation.experiment.claims import Outcome
    from simulation.formatting import without_joiners

    shown = Table(title=label, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    columns = ["with", "without", "difference", "95% interval", "over the ranges: median", "5% to 95% of points"]
    has_points = finding.judged.over_ranges is not None
    shown.add_column("outcome")
    for column in columns if has_points else columns[:4]:
        shown.add_column(column, justify="right")
    for effect in finding.effects:
        if effect.outcome is not Outcome.EIGHT_WEEKS or finding.claim.outcome is Outcome.EIGHT_WEEKS:
            row = [without_joiners(cell) for cell in cells(effect)]
            shown.add_row(LABELS[effect.outcome], *(row if has_points else row[:4]))
    return shown
