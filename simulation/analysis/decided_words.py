"""The result of a decision in words: one place for the terminal, the charts and the papers."""

from collections.abc import Sequence

from simulation.analysis.budget import MoneyStep
from simulation.analysis.decided import Decided
from simulation.analysis.first_steps import Delay
from simulation.analysis.options import Amount, Option
from simulation.analysis.robust_choice import Rule, RuleChoice
from simulation.experiment.decide_entries import Objective
from simulation.formatting import (
    capital,
    counted,
    listed,
    month_words,
    parts_of_hundred,
    pounds,
    range_words,
)
from simulation.scenario.months import month_name, month_number

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

_RULES = {
    Rule.HIGHEST_MEAN: "By the mean over all cases",
    Rule.LOWEST_REGRET: "By the regret that is not passed in 19 of 20 cases",
    Rule.MOST_OFTEN: "By how often it is within £1m of the best",
}

_VERBS: dict[Objective, tuple[str, str]] = {
    "gap": ("closes", " a year"),
    "position": ("improves the place's position by", ""),
    "position_at_horizon": ("improves the last month's position by", " a year"),
    "worst_off": ("changes the position of the organisation that loses most by", ""),
}
"""By objective the verb before an amount and the words after it."""

_PLURAL_VERBS: dict[Objective, str] = {
    "gap": "close",
    "position": "improve the place's position by",
    "position_at_horizon": "improve the last month's position by",
    "worst_off": "change the position of the organisation that loses most by",
}
"""The same verb where several do it."""


def horizon_words(decided: Decided) -> str:
    """Return the last month of the run in words.

    Args:
        decided: The result of a search.
    """
    place = decided.decision.place
    return month_words(month_name(month_number(place.start) + place.months - 1))


def called(decided: Decided, index: int) -> str:
    """Return an option's letter and cost, as the comparison calls it; its name if it has no letter.

    Args:
        decided: The result of a search.
        index: The option.
    """
    letter, option = decided.letter(index), decided.options[index]
    return option.name if letter is None else f"option {letter} ({pounds(option.cost)})"


def gain_words(decided: Decided, option: Option) -> str:
    """Say what an option gains by the main objective, with the interval of the mean.

    Args:
        decided: The result of a search.
        option: The option.
    """
    objective = decided.decision.objectives[0]
    verb, unit = _VERBS[objective]
    return f"{verb} {amount_words(option.gains[objective])}{unit}"


def amount_words(amount: Amount) -> str:
    """Write a mean with its 95% interval: £62m (£55m to £69m).

    Args:
        amount: The mean with its interval.
    """
    return f"{pounds(amount.mean)} ({range_words(amount.low, amount.high)})"


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
    return [first, *(rule_sentence(decided, each) for each in decided.rules)]


def rule_sentence(decided: Decided, choice: RuleChoice) -> str:
    """Return what a rule chooses, its number with the 95% interval, and how many are tied with it.

    Args:
        decided: The result of a search.
        choice: The choice.
    """
    if choice.rule is Rule.MOST_OFTEN:
        points = len(decided.options[0].by_point)
        near, low, high = (parts_of_hundred((round(s * points), points - round(s * points)))[0] for s in _share(choice))
        number = f"in {near} of {min(100, points)} cases ({low} to {high})"
    else:
        number = f"{pounds(choice.value)} ({range_words(choice.low, choice.high)})"
    others = len(choice.tied) - 1
    tied = f"; {counted(others, 'other is', 'others are')} tied with it" if others else "; no other is tied with it"
    return f"{_RULES[choice.rule]}: {called(decided, choice.index)}, {number}{tied}."


def money_sentence(decided: Decided) -> str:
    """Say what more money buys: The first million closes £23m a year (£18m to £28m), the second nothing clear.

    Args:
        decided: The result of a search.
    """
    if not decided.money:
        return "All levers are free, so more money buys nothing."
    verb, unit = _VERBS[decided.decision.objectives[0]]
    parts = [_step_words(number, step, unit) for number, step in enumerate(decided.money)]
    first, *rest = _together(parts)
    named = f"{first[0]} {verb} {first[1]}" if first[1] != _NOTHING else f"{first[0]} buys {_NOTHING}"
    return f"{free_words(decided)}{capital(named)}{''.join(f', {who} {what}' for who, what in rest)}."


def free_words(decided: Decided) -> str:
    """Say what levers that cost nothing gain by themselves, in a sentence and a space; nothing if none.

    Args:
        decided: The result of a search.
    """
    objective = decided.decision.objectives[0]
    free = [each.gains[objective] for each in decided.options if each.settings and each.cost <= 1e-9]
    best = max(free, key=lambda amount: amount.mean, default=None)
    if best is None or best.low <= 0:
        return ""
    verb, unit = _PLURAL_VERBS[objective], _VERBS[objective][1]
    return f"Levers that cost nothing {verb} {amount_words(best)}{unit}. "


_NOTHING = "nothing clear"


def _together(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name steps that follow each other and buy nothing clear together: the fourth to the sixth."""
    found: list[tuple[str, str]] = []
    begin = ""
    for who, what in parts:
        if found and what == _NOTHING == found[-1][1]:
            found[-1] = f"{begin} to {who}", what
        else:
            begin = who
            found.append((who, what))
    return found


def first_step_lines(decided: Decided) -> list[str]:
    """Return the levers that every option near the front has, and the definition of near.

    Args:
        decided: The result of a search.
    """
    near = len(decided.near)
    shared = [each for each in decided.common if each.in_every_one]
    definition = (
        "Near the front is an option that costs at least half of the recommended one, and than which none for the same "
        "money or less gains over £1m more"
    )
    if not shared:
        often = [f"{_lower(each.lever.label)} in {each.having}" for each in decided.common[:3]]
        most = f" The most common are {listed(often)}." if often else ""
        return [f"No lever is in all of the {counted(near, 'option')} near the front.{most} {definition}."]
    names = [f"{_lower(each.lever.label)}{_from(each.months)}" for each in shared]
    verb = "is" if len(names) == 1 else "are"
    return [
        f"First steps without regret: {listed(names)} {verb} in every one of the {counted(near, 'option')} near the "
        f"front. {definition}."
    ]


def delay_sentence(decided: Decided, delay: Delay) -> str:
    """Say what waiting with a lever of the recommended option costs for each month.

    Args:
        decided: The result of a search.
        delay: The lever's worth by its start month.
    """
    _, unit = _VERBS[decided.decision.objectives[0]]
    span = f"from {month_words(delay.months[0])} to {month_words(delay.months[-1])}"
    lost = delay.per_month
    name = capital(_lower(delay.lever.label))
    if not abs(lost.mean) > lost.half_width:
        return f"{name}: a later start costs nothing clear, {span}."
    interval = range_words(abs(lost.mean) - lost.half_width, abs(lost.mean) + lost.half_width)
    verb = "costs" if lost.mean > 0 else "saves"
    return f"{name}: each month of delay {verb} {pounds(abs(lost.mean))}{unit} ({interval}), {span}."


def sure_sentence(decided: Decided) -> str:
    """Say what the numbers rest on, and the kind of their uncertainty.

    Args:
        decided: The result of a search.
    """
    points, replicates = len(decided.options[0].by_point), decided.decision.replicates
    how = (
        f"All {decided.candidates:,} candidates within the limits were run"
        if decided.is_exhaustive
        else f"{counted(decided.candidates, 'candidate')} were run, of {decided.decision.combinations:,} that there are"
    )
    return (
        f"{how}, and the best {len(decided.options):,} compared at {points:,} sets of assumptions, drawn from the "
        f"ranges of all parameters, with {counted(replicates, 'simulated run')} for each and the same random events "
        "for all. Amounts are means over these sets with the 95% interval of the mean, which does not say how far one "
        "case may be from it. A choice by its number is likely a little too good; the worth of more money is free of "
        "that."
    )


def _step_words(number: int, step: MoneyStep, unit: str) -> tuple[str, str]:
    """Return the name of a step of the budget and what it buys."""
    by_millions = abs(step.start - number) < 1e-9 and abs(step.end - step.start - 1) < 1e-9
    who = f"the {_ORDINALS[number]} million" if number == 0 else f"the {_ORDINALS[number]}"
    if not by_millions:
        who = f"the step from {pounds(step.start)} to {pounds(step.end)}"
    if not step.is_clear:
        return who, _NOTHING
    return who, f"{pounds(step.gain)}{unit} ({range_words(step.gain - step.half_width, step.gain + step.half_width)})"


def _share(choice: RuleChoice) -> Sequence[float]:
    return choice.value, choice.low, choice.high


def _tied(number: int) -> str:
    return "1 option is chosen or tied" if number == 1 else f"{number} options are chosen or tied"


def _lower(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _from(months: Sequence[str]) -> str:
    return f" from {month_words(months[0])}" if len(months) == 1 else ""
