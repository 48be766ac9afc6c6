"""The result of a decision as lines and a table for a terminal."""

from typing import TYPE_CHECKING

from simulation.analysis.decided_words import (
    amount_words,
    called,
    delay_sentence,
    first_step_lines,
    money_sentence,
    recommended_lines,
    rule_lines,
    sure_sentence,
)
from simulation.formatting import pounds, without_joiners

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.analysis.decided import Decided


def decided_lines(decided: "Decided") -> list[str]:
    """Return the result of a search as lines, the recommended option first.

    Args:
        decided: The result.
    """
    lines = [decided.title, "", "Recommended", *_indented(recommended_lines(decided))]
    lines += ["", "How sure is the choice", *_indented(rule_lines(decided))]
    lines += ["", "What more money buys", *_indented([money_sentence(decided)])]
    lines += ["", "What to begin with", *_indented(first_step_lines(decided))]
    if decided.delays:
        lines += ["", "What waiting costs", *_indented([delay_sentence(decided, each) for each in decided.delays])]
    lines += ["", "What this rests on", *_indented([sure_sentence(decided)])]
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
        shown.add_row(called(decided, index), *map(without_joiners, cells))
    return shown


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
