"""The result of a decision as lines, a table and JSON for a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulation.analysis.decided_limits import is_limited
from simulation.analysis.decided_sections import decided_sections
from simulation.analysis.decided_words import NOMINAL, amount_words
from simulation.formatting import pounds, without_joiners
from simulation.scenario.held import held_parameters

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.analysis.decided import Decided
    from simulation.analysis.first_steps import Delay
    from simulation.analysis.options import Option
    from simulation.analysis.robust_choice import RuleChoice


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
    within = " within the limits" if is_limited(decided) else ""
    shown = Table(title=f"Options{within}. {NOMINAL}", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    shown.add_column("option", overflow="fold")
    heads = ("cost", *years, "closes, £m a year", "position, £m", "loses most", "lose")
    for head in heads:
        shown.add_column(head, justify="left" if head == "loses most" else "right")
    for index in decided.named:
        option = decided.options[index]
        cells = (
            pounds(option.cost),
            *(pounds(cost) for cost in option.costs_by_year),
            amount_words(option.gains["gap"]),
            amount_words(option.gains["position"]),
            _loses_most(decided, option),
            str(len(option.losers)),
        )
        shown.add_row(f"{decided.letter(index)}: {option.name}", *map(without_joiners, cells))
    return shown


def _loses_most(decided: "Decided", option: "Option") -> str:
    """Name the organisation with the largest loss among those that clearly lose, with its loss."""
    if not option.losers:
        return "none clearly"
    who, change = option.losers[0]
    return f"{decided.decision.place.organisations[who].name or who} {pounds(change.mean)}"


def decided_data(decided: "Decided") -> dict[str, Any]:
    """Return the result of a search as plain data. Money is £m, or £m a year for the gap and the last month's position.

    Args:
        decided: The result.
    """
    return {
        "title": decided.title,
        "seed": decided.seed,
        "objectives": list(decided.decision.objectives),
        "budget": decided.decision.budget,
        "limits": _limits_data(decided),
        "candidates": decided.candidates,
        "excluded": decided.excluded,
        "exhaustive": decided.is_exhaustive,
        "points": len(decided.options[0].by_point),
        "replicates": decided.decision.replicates,
        "held": held_parameters(decided.decision.place).written,
        "recommended": decided.letter(decided.recommended),
        "options": [_option_data(decided, index) for index in decided.named],
        "rules": [_rule_data(decided, each) for each in decided.rules],
        "money": [
            {"from": each.start, "to": each.end, **_interval(each.gain, each.half_width), "clear": each.is_clear}
            for each in decided.money
        ],
        "near_front": len(decided.near),
        "levers_near_front": [
            {"lever": str(each.lever), "options": each.having, "from": list(each.months)} for each in decided.common
        ],
        "delays": [_delay_data(each) for each in decided.delays],
        "stretches": [
            {"stretch": each.stretch, "best_or_tied": each.is_tied, "gain": each.ahead} for each in decided.stretches
        ],
        "sentences": {
            head: [without_joiners(each) for each in sentences] for head, sentences in decided_sections(decided)
        },
    }


def _limits_data(decided: "Decided") -> dict[str, Any]:
    """Return the limits besides the budget over the run as the file gives them; None or empty where it gives none."""
    decision = decided.decision
    return {
        "budget_by_year": dict(decision.budget_by_year),
        "most_levers": decision.most_levers,
        "exclude": [sorted(map(str, group)) for group in decision.exclude],
        "not_worse_off": list(decision.not_worse_off),
    }


def _option_data(decided: "Decided", index: int) -> dict[str, Any]:
    option = decided.options[index]
    return {
        "option": decided.letter(index),
        "name": option.name,
        "levers": {
            str(lever): {"strength": setting.strength, "from": setting.from_}
            for lever, setting in option.settings.items()
        },
        "cost": option.cost,
        "costs_by_year": dict(zip(decided.decision.years, option.costs_by_year, strict=True)),
        "gains": {objective: _interval(each.mean, each.half_width) for objective, each in option.gains.items()},
        "organisations": {name: _interval(each.mean, each.half_width) for name, each in option.organisations.items()},
        "losers": [name for name, _ in option.losers],
    }


def _rule_data(decided: "Decided", choice: "RuleChoice") -> dict[str, Any]:
    """Return the choice by a rule; `option` is null if it is to pull no lever."""
    return {
        "rule": str(choice.rule),
        "option": decided.letter(choice.index),
        "value": choice.value,
        "low": choice.low,
        "high": choice.high,
        "tied": len(choice.tied) - 1,
        "named_tied": [decided.letter(each) for each in choice.tied if each in decided.named and each != choice.index],
    }


def _delay_data(delay: "Delay") -> dict[str, Any]:
    lost = delay.per_month
    return {
        "lever": str(delay.lever),
        "worth": [
            {"from": month, **_interval(worth.mean, worth.half_width)}
            for month, worth in zip(delay.months, delay.worth, strict=True)
        ],
        "lost_per_month": _interval(lost.mean, lost.half_width),
    }


def _interval(mean: float, half_width: float) -> dict[str, float]:
    """Return a mean with its 95% interval."""
    return {"mean": mean, "low": mean - half_width, "high": mean + half_width}


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]
