"""The result of a decision in sections, as terminals, records and papers show it: the recommended option first."""

from collections.abc import Sequence

from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import ANY_START, is_limited, limits_lines, within_limits
from simulation.analysis.decided_words import (
    NOMINAL,
    VERBS,
    amount_words,
    called,
    delay_sentence,
    first_step_lines,
    gain_words,
    horizon_words,
    is_over_the_run,
    rule_lines,
    sure_sentence,
)
from simulation.analysis.front import MATERIAL
from simulation.analysis.grades import times_as_wide
from simulation.analysis.money_words import money_sentence
from simulation.analysis.options import Amount, Option, describe_option
from simulation.formatting import capital, counted, listed, pounds

LIMITS = "The limits"
"""The head of the section on the limits that the answers go by."""

_BY_LEAST = ("clearly better", "cannot tell from", "tied", "nothing clear")
"""Words that stand for a difference above what counts as none, or for one below it."""


def decided_sections(decided: Decided) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the result of a search in sections: the head of each, and its sentences.

    Each section with money over the run ends with the sentence `NOMINAL`.

    Args:
        decided: The result of a search.
    """
    delays = [delay_sentence(decided, each) for each in decided.delays]
    delays += [ANY_START] if delays and is_limited(decided) else []
    options = [f"{capital(called(decided, each))}: {_described(decided, each)}." for each in decided.named]
    sections = (
        ("Recommended", _priced(_with_least(decided, recommended_lines(decided)))),
        (LIMITS, _priced(limits_lines(decided))),
        ("How sure is the choice", _priced(_with_least(decided, rule_lines(decided)))),
        ("What more money buys", _priced(_with_least(decided, [money_sentence(decided)]))),
        ("What to begin with", first_step_lines(decided)),
        ("What waiting costs", _priced(delays) if is_over_the_run(decided.decision.objectives[0]) else delays),
        ("The options", _priced(options)),
        ("What this rests on", [sure_sentence(decided)]),
    )
    return tuple((head, tuple(lines)) for head, lines in sections if lines)


def recommended_lines(decided: Decided) -> list[str]:
    """Return the recommended option in sentences: what it is, gains and costs, who loses, and how sure that is.

    Args:
        decided: The result of a search.
    """
    option = decided.options[decided.recommended]
    if not option.settings:
        none = f"No option within the limits is clearly better than {_reference_words(decided)}."
        return [none, *own_levers_lines(decided)]
    why = (
        "It is the cheapest of those that each of the three rules chooses, or cannot tell from its choice"
        if decided.agreed
        else "No option is chosen by all three rules or tied with their choices, so it is the choice by the mean"
    )
    at_end = f" in {horizon_words(decided)}" if decided.decision.objectives[0] == "gap" else ""
    return [
        f"{capital(called(decided, decided.recommended))}. {describe_option(option)}.",
        cost_sentence(decided, option),
        *own_levers_lines(decided),
        f"It {gain_words(decided, option)}{at_end}. {capital(position_words(option))}. {loser_words(decided, option)}",
        within_limits(decided, f"{why}."),
        stretch_sentence(decided),
    ]


def cost_sentence(decided: Decided, option: Option) -> str:
    """Say what the levers of an option cost over the run, of what budget, and in which years.

    Args:
        decided: The result of a search.
        option: The option.
    """
    budget = decided.decision.budget
    of = "" if budget is None else f", of a budget of {pounds(budget)}"
    years = [
        f"{pounds(cost)} in {year}"
        for year, cost in zip(decided.decision.years, option.costs_by_year, strict=True)
        if cost > 0
    ]
    if len(years) < 2:
        return f"Its levers cost {pounds(option.cost)}{of}{f', {years[0]}' if years else ''}."
    return f"Its levers cost {pounds(option.cost)}{of}: {listed(years)}."


def own_levers_lines(decided: Decided) -> list[str]:
    """Say of the levers that the place pulls already what they cost, and that no amount counts them; nothing if none.

    Args:
        decided: The result of a search.
    """
    own = decided.decision.place.levers
    if not own:
        return []
    verb = "costs" if len(own) == 1 else "cost"
    already = listed(f"{lever.label[:1].lower()}{lever.label[1:]}" for lever in own)
    return [
        f"The place pulls {already} already, which {verb} {pounds(decided.decision.own_cost)} over the run: that is no "
        f"part of the budget, and what an option gains is counted from there."
    ]


def position_words(option: Option) -> str:
    """Say what becomes of the place's position over the run, costs of levers included.

    Args:
        option: The option.
    """
    amount = option.gains["position"]
    if amount.low <= 0 <= amount.high:
        return f"the place's position over the run, costs included, does not clearly change: {amount_words(amount)}"
    better = "better" if amount.mean > 0 else "worse"
    size = Amount(mean=abs(amount.mean), half_width=amount.half_width)
    return f"the place's position over the run, costs included, is {better} by {amount_words(size)}"


def loser_words(decided: Decided, option: Option) -> str:
    """Say who loses by an option, the largest loss first, in a sentence.

    Args:
        decided: The result of a search.
        option: The option.
    """
    losers = option.losers
    if not losers:
        return "No organisation clearly loses by it."
    entries = decided.decision.place.organisations
    first, amount = losers[0]
    name = entries[first].name or first
    others = f", and {counted(len(losers) - 1, 'other')} less" if len(losers) > 1 else ""
    return f"{name} loses {pounds(-amount.mean)} over the run{others}."


def stretch_sentence(decided: Decided) -> str:
    """Say over which ranges of the assumptions the recommended option is still best, or tied with the best.

    Args:
        decided: The result of a search.
    """
    held = [each for each in decided.stretches if each.is_tied]
    failed = [each for each in decided.stretches if not each.is_tied]
    if not decided.stretches:
        return "Wider and narrower ranges of the assumptions were not tried."
    if not failed:
        return (
            f"None of the options named here is clearly better by the mean, nor is {_reference_words(decided)}, also "
            f"where every range of assumptions is {times_as_wide(max(each.stretch for each in held))}."
        )
    where = times_as_wide(*(each.stretch for each in failed))
    return (
        f"Where every range of assumptions is {where}, another of the options named here, or "
        f"{_reference_words(decided)}, is clearly better by the mean."
    )


def _reference_words(decided: Decided) -> str:
    """Name what options are counted from: the place with the levers that it pulls already, or without any."""
    return "the place as it stands" if decided.decision.place.levers else "pulling no lever"


def _priced(lines: Sequence[str]) -> list[str]:
    """Return sentences on money over the run, and after them whether it is discounted; the same where none has any."""
    return [*lines, *([NOMINAL] if any("£" in line for line in lines) else [])]


def _with_least(decided: Decided, lines: Sequence[str]) -> list[str]:
    """Return sentences, and after them the difference that counts as none where they go by it."""
    goes_by_it = any(words in line for line in lines for words in _BY_LEAST)
    return [*lines, *([least_sentence(decided)] if goes_by_it else [])]


def least_sentence(decided: Decided) -> str:
    """Say up to what a difference counts as none: where options tie, and where money buys nothing clear.

    Args:
        decided: The result of a search.
    """
    _, unit = VERBS[decided.decision.objectives[0]]
    return f"A difference of up to {pounds(MATERIAL)}{unit}, or one that chance may explain, counts as none."


def _described(decided: Decided, index: int) -> str:
    said = describe_option(decided.options[index])
    return f"{said[:1].lower()}{said[1:]}"
