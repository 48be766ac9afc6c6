"""Sentences on money: when a scenario pays back, who pays, and who gains by never moving."""

from collections.abc import Sequence
from math import isnan

from simulation.analysis.holding_out import HoldingOut
from simulation.analysis.organisation_changes import OrganisationChange
from simulation.analysis.pay_back import PayBack, PayBackMonths
from simulation.charts.text.comparison_words import short_frequency
from simulation.formatting import capital, counted, discount_words, in_hundred, listed, month_words, pounds, range_words

_HARDLY = 0.005
"""£m; a smaller amount is none."""

_MOST_NAMED = 4

_FEW = 3
"""Fewer that gain are named."""

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
    if not months.paid:
        return "not within the run", "none"
    middle = "beyond the run" if months.median is None else month_words(months.median, short=True)
    spread = f" ({_spread(months, short=True)})" if months.of > 1 and months.early != months.late else ""
    return f"{middle}{spread}", short_frequency(months.paid, months.of)


def _spread(months: PayBackMonths, *, short: bool = False) -> str:
    """Write the range of pay-back months of 9 in 10 replicates."""
    early, late = (
        "beyond the run" if month is None else month_words(month, short=short) for month in (months.early, months.late)
    )
    return f"{early} to {late}"


def _months_words(months: PayBackMonths) -> str:
    """Say when half of the replicates have paid back, the range of nine in ten, and how many have by the end."""
    often = in_hundred(months.paid, months.of)
    if not months.paid:
        return f"does not pay back within the run in any of {counted(months.of, 'simulated run')}"
    if months.median is None:
        return f"pays back within the run in {often} only"
    middle = f"pays back by {month_words(months.median)}"
    if months.of == 1:
        return middle
    spread = "" if months.early == months.late else f" ({_spread(months)} in 9 of 10)"
    return f"{middle} in the middle simulated run{spread}, and within the run in {often}"


def who_pays(changes: Sequence[OrganisationChange], discount: float | None = None) -> str:
    """Say who gains and who pays, how much, and what would make the payers whole.

    Amounts are means over replicates, which add up, as in the chart *Who gains and who pays* and its table.

    Args:
        changes: Every organisation's change against the baseline over the whole run, of one scenario.
        discount: The rate at which they are discounted, % a year; 0 if they are not. None where the words around say
            it, and that they are over the run.
    """
    first, of = changes[0], len(changes)
    paying = sorted((each for each in changes if each.precision.mean <= -_HARDLY), key=lambda each: each.precision.mean)
    gaining = [each for each in changes if each.precision.mean >= _HARDLY]
    gained = sum(each.precision.mean for each in gaining)
    names = f" ({listed(each.name for each in gaining)})" if 0 < len(gaining) < _FEW else ""
    means = "means" if discount is None else f"means, {discount_words(discount)}"
    over = f"{'' if discount is None else 'over the run '}against {first.baseline} ({means})"
    gained_words = f"{pounds(gained)}{' together' if len(gaining) > 1 else ''}{names}"
    gains = f"{len(gaining)} of {counted(of, 'organisation')} {_verb('gain', len(gaining))} {gained_words}"
    if not paying:
        return (
            f"With {first.scenario}, at our central assumptions, {f'{gains} and ' if gaining else ''}none pays {over}."
        )
    paid = -sum(each.precision.mean for each in paying)
    whole = capital(_whole_words(paid, gained, len(gaining), "it" if len(paying) == 1 else "them"))
    named = [f"{each.name} {pounds(-each.precision.mean)}" for each in paying[:_MOST_NAMED]]
    named += [f"{len(paying) - _MOST_NAMED} more"] if len(paying) > _MOST_NAMED else []
    pays = f"{len(paying)} {_verb('pay', len(paying))} {pounds(paid)} {over}: {'; '.join(named)}"
    begin = f"{gains} and " if gaining else "none gains and "
    return f"With {first.scenario}, at our central assumptions, {begin}{pays}.{_often_words(paying)} {whole}."


def _verb(verb: str, count: int) -> str:
    return f"{verb}s" if count == 1 else verb


def _often_words(paying: Sequence[OrganisationChange]) -> str:
    """Say in how many simulated runs those that pay lose: at central assumptions, and over their ranges."""
    runs = paying[0].precision.replicates
    if runs == 1:
        return ""
    subject = "It" if len(paying) == 1 else "Each"
    often = _at_least([each.loses_in for each in paying], runs)
    said = f" {subject} loses in {often} simulated runs"
    if not paying[0].varied_of:
        return f"{said}."
    wide = _at_least([each.varied_loses_in for each in paying], paying[0].varied_of)
    return f"{said}, and in {wide} over the ranges of assumptions."


def _at_least(counts: Sequence[int], of: int) -> str:
    """Write the lowest of some counts: 60 of 100; at least 60 of 100 if another is higher."""
    low, high = (short_frequency(count, of) for count in (min(counts), max(counts)))
    return low if low == high or low.startswith("more than") else f"at least {low}"


def _whole_words(paid: float, gained: float, gaining: int, them: str) -> str:
    """Say what would make the payers whole."""
    if not gaining:
        return f"no organisation gains, so nobody could make {them} whole"
    verb = "gains" if gaining == 1 else "gain"
    who = f"the {'one' if gaining == 1 else gaining} that {verb} {pounds(gained)}"
    if gained + _HARDLY < paid:
        return f"{who} could not make {them} whole, since that is {pounds(paid - gained)} less than is paid"
    return f"{pounds(paid)} from {who} would make {them} whole"


def never_moving(held: Sequence[HoldingOut], discount: float = 0.0) -> str:
    """Say who gains by never moving, and the cost to the others; nothing if that was not run.

    Where the others gain too, the place does, and by the books what is then not done jointly would have cost more
    within the run, in set-up and in attention to own savings, than it saves in it.

    Args:
        held: What every organisation gains by never moving, and its cost to the others.
        discount: The rate at which amounts are discounted, % a year; 0 if they are not.
    """
    if not held:
        return ""
    prices = discount_words(discount)
    gaining = sorted((each for each in held if _is_gain(each)), key=lambda each: -each.gain.mean)
    if not gaining:
        return f"No organisation clearly gains by {_NEVER} (by 95% intervals; {prices})."
    first = gaining[0]
    wide = first.gain.half_width
    within = f" (95% interval {range_words(first.gain.mean - wide, first.gain.mean + wide)})" if wide > 0 else ""
    cost = first.cost_to_others.mean
    others = (
        f"at a cost to the others of {pounds(cost)}"
        if cost > 0
        else f"and the others gain {pounds(-cost)} too: the joint work that it stops costs more within the run than it "
        "saves by then"
    )
    if len(gaining) == 1:
        most = f"{first.name} alone gains by {_NEVER}"
    else:
        most = f"{len(gaining)} of {len(held)} organisations gain by {_NEVER}, {first.name} most"
    return f"{capital(most)}: {pounds(first.gain.mean)} over the run{within}, {others} ({prices}, means)."


def _is_gain(held: HoldingOut) -> bool:
    """True if an organisation's gain is above 0 by more than its 95% interval, or of one replicate at all."""
    wide = held.gain.half_width
    return held.gain.mean > (_HARDLY if isnan(wide) else max(_HARDLY, wide))
