"""Sentences on who gains and who pays: only those of whom the simulated runs show it are named so."""

from collections.abc import Sequence

from simulation.analysis.holding_out import HoldingOut
from simulation.analysis.organisation_changes import OrganisationChange, Sides, sides_of
from simulation.analysis.precision import is_unclear
from simulation.charts.text.comparison_words import short_frequency
from simulation.formatting import capital, counted, discount_words, listed
from simulation.money_unit import MILLIONS, MoneyUnit, is_none

MOST_NAMED = 4

_FEW = 3
"""Fewer that gain, or of which it is not clear, are named."""


def who_pays(changes: Sequence[OrganisationChange], discount: float | None = None, unit: MoneyUnit = MILLIONS) -> str:
    """Say who gains and who pays, how much, of whom it is not clear, and what would make the payers whole.

    Amounts are means over replicates, which add up, as in the chart *Who gains and who pays* and its table.

    Args:
        changes: Every organisation's change against the baseline over the whole run, of one scenario.
        discount: The rate at which they are discounted, % a year; 0 if they are not. None where the words around say
            it, and that they are over the run.
        unit: The unit of money.
    """
    first, sides, short = changes[0], sides_of(changes), who_pays_in_short(changes, unit)
    means = "means" if discount is None else f"means, {discount_words(discount)}"
    over = f"{'' if discount is None else 'over the run '}against {first.baseline} ({means})"
    if not sides.gaining and not sides.paying:
        return f"{short}{',' if sides.unclear else ''} {over}."
    if not sides.paying:
        return f"{short} {over}.{unclear_sentence(sides.unclear)}"
    named = [f"{each.name} {unit.words(-each.precision.mean)}" for each in sides.paying[:MOST_NAMED]]
    named += [f"{len(sides.paying) - MOST_NAMED} more"] if len(sides.paying) > MOST_NAMED else []
    return (
        f"{short} {over}: {'; '.join(named)}.{_often_words(sides.paying)}{unclear_sentence(sides.unclear)} "
        f"{capital(_whole_words(sides, unit))}."
    )


def who_pays_in_short(changes: Sequence[OrganisationChange], unit: MoneyUnit = MILLIONS) -> str:
    """Say who gains and who pays, and how much: for a headline, so without a full stop.

    Args:
        changes: Every organisation's change against the baseline over the whole run, of one scenario.
        unit: The unit of money.
    """
    sides, begin = sides_of(changes), f"With {changes[0].scenario}, at our central assumptions,"
    if not sides.gaining and not sides.paying:
        return f"{begin} {_nobody_words(sides, len(changes))}"
    count = len(sides.paying)
    pays = f"{count} {_verb('pay', count)} {unit.words(sides.paid)}" if count else f"{_none(sides)} pays"
    return f"{begin} {_gains_words(sides, len(changes), unit)} and {pays}"


def sums_words(changes: Sequence[OrganisationChange], unit: MoneyUnit = MILLIONS, *, of: bool = True) -> str:
    """Count those that gain, those that pay and those of which it is not clear, with sums, for a headline.

    Args:
        changes: Every organisation's change against the baseline over the whole run, of one scenario.
        unit: The unit of money.
        of: True to say of how many organisations.
    """
    sides, every = sides_of(changes), f" of {counted(len(changes), 'organisation')}" if of else ""
    gain, pay = (
        f"{len(some)}{words} {_verb(verb, len(some))} {unit.words(amount)}"
        if some
        else f"{_none(sides)}{words} {_verb(verb, 1)}"
        for some, words, verb, amount in (
            (sides.gaining, every, "gain", sides.gained),
            (sides.paying, "", "pay", sides.paid),
        )
    )
    unclear = f", {len(sides.unclear)} {'is' if len(sides.unclear) == 1 else 'are'} not clear" if sides.unclear else ""
    return f"{gain}, {pay}{unclear}"


def unclear_sentence(unclear: Sequence[OrganisationChange | HoldingOut]) -> str:
    """Say of how many organisations it is not clear if they gain or pay, after a space; nothing if of none.

    Args:
        unclear: Those of which the runs do not show it.
    """
    count = len(unclear)
    if not count:
        return ""
    whom = listed(each.name for each in unclear) if count < _FEW else f"{count} others"
    interval = "its 95% interval holds 0" if count == 1 else "their 95% intervals hold 0"
    return f" Of {whom} it is not clear: {interval}."


def _none(sides: Sides) -> str:
    return "none clearly" if sides.unclear else "none"


def _nobody_words(sides: Sides, of: int) -> str:
    """Say that nobody gains or pays, or of how many it is not clear."""
    if not sides.unclear:
        return "no organisation gains or pays"
    if len(sides.unclear) == of:
        return f"it is not clear of any of {counted(of, 'organisation')} if it gains or pays, by 95% intervals"
    return (
        f"no organisation clearly gains or pays: of {len(sides.unclear)} of {counted(of, 'organisation')} it is not "
        "clear, by 95% intervals"
    )


def _gains_words(sides: Sides, of: int, unit: MoneyUnit) -> str:
    count = len(sides.gaining)
    if not count:
        return f"{_none(sides)} gains"
    names = f" ({listed(each.name for each in sides.gaining)})" if count < _FEW else ""
    together = " together" if count > 1 else ""
    return (
        f"{count} of {counted(of, 'organisation')} {_verb('gain', count)} {unit.words(sides.gained)}{together}{names}"
    )


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


def _whole_words(sides: Sides, unit: MoneyUnit) -> str:
    """Say what would make the payers whole."""
    them, gaining = "it" if len(sides.paying) == 1 else "them", len(sides.gaining)
    if not gaining and sides.unclear:
        return f"no organisation clearly gains, so who could make {them} whole is not clear"
    if not gaining:
        return f"no organisation gains, so nobody could make {them} whole"
    who = f"the {'one' if gaining == 1 else gaining} that {_verb('gain', gaining)} {unit.words(sides.gained)}"
    missing = sides.paid - sides.gained
    if is_unclear(sides.balance):
        holds = "the 95% interval of what is gained less what is paid holds 0"
        return f"it is not clear if {who} could make {them} whole: {holds}"
    if missing > 0 and not is_none(missing):
        return f"{who} could not make {them} whole, since that is {unit.words(missing)} less than is paid"
    return f"{unit.words(sides.paid)} from {who} would make {them} whole"
