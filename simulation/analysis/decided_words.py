"""The result of a decision in words: one place for the terminal, the charts and the papers."""

from collections.abc import Sequence

from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import excluded_words, is_limited, within_limits
from simulation.analysis.first_steps import Delay
from simulation.analysis.held import held_words
from simulation.analysis.options import Amount, Option
from simulation.analysis.robust_choice import Rule, RuleChoice
from simulation.experiment.decide_entries import Objective
from simulation.formatting import (
    capital,
    counted,
    discount_words,
    listed,
    month_words,
    parts_of_hundred,
    pounds,
    range_words,
)
from simulation.results.comparison import Comparison
from simulation.scenario.held import held_parameters
from simulation.scenario.months import month_name, month_number

_RULES = {
    Rule.HIGHEST_MEAN: "By the mean over all cases",
    Rule.LOWEST_REGRET: "By the regret that is not passed in 19 of 20 cases",
    Rule.MOST_OFTEN: "By how often it is within £1m of the best",
}

VERBS: dict[Objective, tuple[str, str]] = {
    "gap": ("closes", " a year"),
    "position": ("improves the place's position by", ""),
    "position_at_horizon": ("improves the last month's position by", " a year"),
    "worst_off": ("changes the position of the organisation that loses most by", ""),
}
"""By objective the verb before an amount and the words after it."""

NOMINAL = f"Money over the run is {discount_words(0)}."
"""A search adds up money as it falls due. Its record holds sums over the run, which can't be discounted any more."""


def horizon_words(decided: Decided) -> str:
    """Return the last month of the run in words.

    Args:
        decided: The result of a search.
    """
    place = decided.decision.place
    return month_words(month_name(month_number(place.start) + place.months - 1))


def is_over_the_run(objective: Objective) -> bool:
    """Return True if amounts of an objective are sums over the run, which discounting would change.

    Args:
        objective: The objective.
    """
    return objective in {"position", "worst_off"}


def of_a_search_words(comparison: Comparison) -> str:
    """Say that what a search found is not discounted, in a sentence; nothing where that agrees with all the rest.

    Args:
        comparison: The results, and the rate at which their money over the run is discounted.
    """
    if comparison.search is None or not comparison.discount:
        return ""
    return (
        f"The search went by money that is {discount_words(0)}: so are its sums over the run, and the costs in the "
        f"names of options. All other money over the run is {discount_words(comparison.discount)}."
    )


def called(decided: Decided, index: int) -> str:
    """Return an option's letter and cost, as the comparison calls it; its name if it has no letter.

    Args:
        decided: The result of a search.
        index: The option.
    """
    letter, option = decided.letter(index), decided.options[index]
    return option.name if letter is None else f"option {letter} ({pounds(option.cost)})"


def gain_words(decided: Decided, option: Option) -> str:
    """Say what an option gains by the main objective, with the interval of the mean, and where that holds 0.

    Args:
        decided: The result of a search.
        option: The option.
    """
    objective = decided.decision.objectives[0]
    verb, unit = VERBS[objective]
    gain = option.gains[objective]
    unclear = ", which cannot be distinguished from none" if gain.low <= 0 <= gain.high else ""
    return f"{verb} {amount_words(gain)}{unit}{unclear}"


def amount_words(amount: Amount) -> str:
    """Write a mean with its 95% interval: £62m (£55m to £69m).

    Args:
        amount: The mean with its interval.
    """
    return f"{pounds(amount.mean)}{interval_words(amount.mean, amount.low, amount.high)}"


def interval_words(value: float, low: float, high: float) -> str:
    """Return an interval in brackets after a space; nothing if both ends are written as the value is.

    Args:
        value: The number before it, £m.
        low: The lower end.
        high: The upper end.
    """
    interval = range_words(low, high)
    return "" if interval == pounds(value) else f" ({interval})"


def rule_lines(decided: Decided) -> list[str]:
    """Return the choice by each rule, a line each, and above them whether the rules agree.

    Args:
        decided: The result of a search.
    """
    chosen = {each.index for each in decided.rules}
    if len(chosen) == 1:
        first = "The three rules choose the same option."
    elif decided.agreed:
        first = (
            f"The three rules choose {len(chosen)} different options, and {_tied(len(decided.agreed))} by all three."
        )
    else:
        first = f"The three rules choose {len(chosen)} different options, and none is tied with all their choices."
    return [within_limits(decided, first), *(rule_sentence(decided, each) for each in decided.rules)]


def rule_sentence(decided: Decided, choice: RuleChoice) -> str:
    """Return what a rule chooses, its number with the 95% interval, and how many are tied with it.

    Args:
        decided: The result of a search.
        choice: The choice.
    """
    if choice.rule is Rule.MOST_OFTEN:
        points = len(decided.options[0].by_point)
        near, low, high = (parts_of_hundred((round(s * points), points - round(s * points)))[0] for s in _share(choice))
        interval = "" if near == low == high else f" ({low} to {high})"
        number = f"in {near} of {min(100, points)} cases{interval}"
    else:
        number = f"{pounds(choice.value)}{interval_words(choice.value, choice.low, choice.high)}"
    others = len(choice.tied) - 1
    tied = f"; {counted(others, 'other is', 'others are')} tied with it" if others else "; no other is tied with it"
    return f"{_RULES[choice.rule]}: {called(decided, choice.index)}, {number}{tied}."


def first_step_lines(decided: Decided) -> list[str]:
    """Return the levers that every option near the front has, and the definition of near.

    Args:
        decided: The result of a search.
    """
    near = len(decided.near)
    if near == 1 and not decided.common:
        return ["One option is near the front, and it pulls no lever."]
    shared = [each for each in decided.common if each.in_every_one]
    none = "none within the limits" if is_limited(decided) else "none"
    definition = (
        f"Near the front is an option that costs at least half of the recommended one, and than which {none} for the "
        "same money or less gains over £1m more"
    )
    if not shared:
        often = [f"{_lower(each.lever.label)} in {each.having}" for each in decided.common[:3]]
        return [
            f"No lever is in all of the {near} options near the front. "
            f"The most common {'is' if len(often) == 1 else 'are'} {listed(often)}. {definition}."
        ]
    names = [f"{_lower(each.lever.label)}{_from(each.months)}" for each in shared]
    verb = "is" if len(names) == 1 else "are"
    of = "the one option" if near == 1 else f"every one of the {near} options"
    return [f"First steps without regret: {listed(names)} {verb} in {of} near the front. {definition}."]


def delay_sentence(decided: Decided, delay: Delay) -> str:
    """Say what waiting with a lever of the recommended option costs for each month.

    Args:
        decided: The result of a search.
        delay: The lever's worth by its start month.
    """
    _, unit = VERBS[decided.decision.objectives[0]]
    span = f"from {month_words(delay.months[0])} to {month_words(delay.months[-1])}"
    lost = delay.per_month
    name = capital(_lower(delay.lever.label))
    if not abs(lost.mean) > lost.half_width:
        return f"{name}: a later start costs nothing clear, {span}."
    size, verb = abs(lost.mean), "costs" if lost.mean > 0 else "saves"
    amount = f"{pounds(size)}{unit}{interval_words(size, size - lost.half_width, size + lost.half_width)}"
    if pounds(size) == pounds(0):
        amount = f"under {pounds(0.01)}{unit}"
    return f"{name}: each month of delay {verb} {amount}, {span}."


def sure_sentence(decided: Decided) -> str:
    """Say what the numbers rest on, and the kind of their uncertainty.

    Args:
        decided: The result of a search.
    """
    points, replicates = len(decided.options[0].by_point), decided.decision.replicates
    place = decided.decision.place
    held = held_words({place.title: held_parameters(place).written})
    return (
        f"{_compared_words(decided)} compared at {points:,} sets of assumptions, drawn from the ranges of all "
        f"parameters, with {counted(replicates, 'simulated run')} for each and the same random events for all. Amounts "
        "are means over these sets with the 95% interval of the mean, which does not say how far one case may be from "
        "it. A choice by its number is likely a little too good; the worth of more money is free of that."
        f"{held and ' '}{held}"
    )


def _compared_words(decided: Decided) -> str:
    """Return how many candidates there are, were run, are excluded and are compared."""
    number, kept, excluded = decided.candidates, len(decided.options), decided.excluded
    if not decided.is_exhaustive:
        there_are = decided.decision.combinations
        within = " within the limits" if is_limited(decided) else ""
        run = f"{counted(number, 'candidate')} were run, of {there_are:,} that there are"
        return f"{run}, and the best {kept:,}{within}"
    if excluded:
        left = "the one that is left" if kept == 1 else f"the best {kept:,} of the others"
        left = f"the {kept:,} others" if number - excluded == kept > 1 else left
        return (
            f"All {number:,} candidates within the limits on money and levers were run: {excluded_words(decided)}, "
            f"and {left}"
        )
    if number == kept:
        return f"All {number:,} candidates within the limits were run and"
    return f"All {number:,} candidates within the limits were run, and the best {kept:,}"


def _share(choice: RuleChoice) -> Sequence[float]:
    return choice.value, choice.low, choice.high


def _tied(number: int) -> str:
    return "1 option is chosen or tied" if number == 1 else f"{number} options are chosen or tied"


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _from(months: Sequence[str]) -> str:
    return f" from {month_words(months[0])}" if len(months) == 1 else ""
