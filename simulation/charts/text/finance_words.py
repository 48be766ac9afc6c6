"""Sentences on money: when a scenario pays back, and who gains by never moving."""

from collections.abc import Sequence

from simulation.analysis.holding_out import HoldingOut
from simulation.analysis.pay_back import PayBack, PayBackMonths
from simulation.analysis.precision import sign_of
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.who_pays_words import unclear_sentence
from simulation.formatting import capital, counted, discount_words, in_hundred, month_words, range_words
from simulation.money_unit import MILLIONS, MoneyUnit

_NEVER = "never moving, that is always asking “my organisation”"


def pay_back_words(found: PayBack) -> str:
    """Say from which month on a place is no longer worse off than in the baseline, how surely, and by how much.

    Args:
        found: A scenario's position against its baseline's.
    """
    against = f"Against {found.baseline}, {found.scenario}"
    chance = _months_words(found.by_chance)
    wide = "" if found.varied is None else f"; allowing for uncertain assumptions, {_months_words(found.varied)}"
    return f"{against} {chance}{wide}."


def pay_back_cells(months: PayBackMonths | None) -> tuple[str, str]:
    """Return two cells of a table: the month of the middle simulated run with the range of 9 in 10, and how often.

    Args:
        months: The pay-back months; None if they are not known.
    """
    if months is None:
        return "–", "–"
    if months.is_same:
        return f"no difference{same_often(months, short=True)}", "–"
    if not months.paid:
        return "not within the run", "none"
    middle = "beyond the run" if months.median is None else month_words(months.median, short=True)
    spread = f" ({_spread(months, short=True)})" if months.of > 1 and months.early != months.late else ""
    return f"{middle}{spread}", f"{short_frequency(months.paid, months.of)}{that_differ(months)}"


def same_often(months: PayBackMonths, *, short: bool = False) -> str:
    """Say in how many simulated runs two never differ, to follow other words; nothing if it is a single run.

    Args:
        months: The pay-back months.
        short: True for a count alone, such as "in 55 of 100", and nothing if it is so in all.
    """
    if months.replicates == 1 or (short and months.same == months.replicates):
        return ""
    say = short_frequency if short else in_hundred
    often = say(months.same, months.replicates)
    return f" in {often}"


def that_differ(months: PayBackMonths) -> str:
    """Say that a count is of the replicates that differ, to follow it; nothing if all do.

    Args:
        months: The pay-back months.
    """
    return " that differ" if months.same else ""


def _spread(months: PayBackMonths, *, short: bool = False) -> str:
    """Write the range of pay-back months of 9 in 10 replicates."""
    early, late = (
        "beyond the run" if month is None else month_words(month, short=short) for month in (months.early, months.late)
    )
    return f"{early} to {late}"


def _months_words(months: PayBackMonths) -> str:
    """Say when half of the replicates have paid back, the range of nine in ten, and how many have by the end."""
    if months.is_same:
        return f"costs and saves the same{same_often(months)}"
    also = f" (and costs and saves the same{same_often(months)})" if months.same else ""
    often = f"{in_hundred(months.paid, months.of)}{that_differ(months)}"
    if not months.paid:
        of = counted(months.of, "simulated run")
        return f"does not pay back within the run in any of {of}{that_differ(months)}{also}"
    if months.median is None:
        return f"pays back within the run in {often} only{also}"
    middle = f"pays back by {month_words(months.median)}"
    if months.of == 1:
        return f"{middle}{also}"
    spread = "" if months.early == months.late else f" ({_spread(months)} in 9 of 10)"
    return f"{middle} in the middle simulated run{spread}, and within the run in {often}{also}"


def never_moving(held: Sequence[HoldingOut], discount: float = 0.0, unit: MoneyUnit = MILLIONS) -> str:
    """Say who gains by never moving, and the cost to the others; nothing if that was not run.

    Where the others gain too, the place does, and by the books what is then not done jointly would have cost more
    within the run, in set-up and in attention to own savings, than it saves in it.

    Args:
        held: What every organisation gains by never moving, and its cost to the others.
        discount: The rate at which amounts are discounted, % a year; 0 if they are not.
        unit: The unit of money.
    """
    if not held:
        return ""
    prices = discount_words(discount)
    gaining = sorted((each for each in held if each.gains), key=lambda each: -each.gain.mean)
    if not gaining:
        return f"No organisation clearly gains by {_NEVER} (by 95% intervals; {prices})."
    first, unclear = gaining[0], [each for each in held if each.is_unclear]
    wide = first.gain.half_width
    ends = range_words(first.gain.mean - wide, first.gain.mean + wide, unit.words)
    within = f" (95% interval {ends})" if wide > 0 else ""
    most = _most_words(first, len(gaining), len(held), clearly=bool(unclear))
    others = _others_words(first, unit)
    return (
        f"{capital(most)}: {unit.words(first.gain.mean)} over the run{within}, {others} ({prices}, means)."
        f"{unclear_sentence(unclear)}"
    )


def _most_words(first: HoldingOut, gaining: int, of: int, *, clearly: bool) -> str:
    """Say that one gains alone, or how many do; that they clearly do, where of others it is not clear."""
    if gaining > 1:
        return f"{gaining} of {of} organisations {'clearly ' if clearly else ''}gain by {_NEVER}, {first.name} most"
    return f"{first.name} {'clearly' if clearly else 'alone'} gains by {_NEVER}"


def _others_words(held: HoldingOut, unit: MoneyUnit) -> str:
    """Say the cost to the others of an organisation that never moves, or that they gain too."""
    cost = sign_of(held.cost_to_others)
    if not cost:
        return "at no clear cost to the others"
    if cost > 0:
        return f"at a cost to the others of {unit.words(held.cost_to_others.mean)}"
    return (
        f"and the others gain {unit.words(-held.cost_to_others.mean)} too: the joint work that it stops costs more "
        "within the run than it saves by then"
    )
