"""The result of a decision as lines and a table for a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.analysis.decided_sections import decided_sections
from simulation.analysis.decided_words import amount_words
from simulation.formatting import pounds, without_joiners

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.analysis.decided import Decided


def decided_lines(decided: "Decided") -> list[str]:
    """Return the result of a search as lines, the recommended option first.

    Args:
        decided: The result.
    """
    lines = [decided.title]
    for head, sentences in decided_sections(decided):
        lines += ["", head, *_indented(sentences)]
    return [without_joiners(line) for line in lines]


def options_table(decided: "Decided") -> "Table":
    """Return the named options as a table: cost by year, gains, and who loses.

    Args:
        decided: The result.
    """
    from rich import box
    from rich.table import Table

    years = decided.decision.years
    shown = Table(title="Options", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    shown.add_column("option", overflow="fold")
    heads = ("cost", *years, "closes, £m a year", "position, £m", "loses most", "lose")
    for head in heads:
        shown.add_column(head, justify="left" if head == "loses most" else "right")
    for index in decided.named:
        option = decided.options[index]
        who, change = option.worst_off
        name = decided.decision.place.organisations[who].name or who
        cells = (
            pounds(option.cost),
            *(pounds(cost) for cost in option.costs_by_year),
            amount_words(option.gains["gap"]),
            amount_words(option.gains["position"]),
            f"{name} {pounds(change.mean)}" if change.high < 0 else "none clearly",
            str(len(option.losers)),
        )
        shown.add_row(f"{decided.letter(index)}: {option.name}", *map(without_joiners, cells))
    return shown


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]
