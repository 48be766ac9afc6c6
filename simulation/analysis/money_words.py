"""The sentence on what more money buys."""

from collections.abc import Iterator

from simulation.analysis.budget import MoneyStep
from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import within_limits
from simulation.analysis.decided_words import VERBS, amount_words, interval_words
from simulation.experiment.decide import Candidate
from simulation.experiment.decide_entries import Objective
from simulation.formatting import capital, pounds

_FREE = 1e-9
"""£m that count as none."""

_NOTHING = "nothing clear"

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

_PLURAL_VERBS: dict[Objective, str] = {
    "gap": "close",
    "position": "improve the place's position by",
    "position_at_horizon": "improve the last month's position by",
    "worst_off": "change the position of the organisation that loses most by",
}
"""By objective the verb before an amount, where several do it."""


def money_sentence(decided: Decided) -> str:
    """Say what more money buys: The first million closes £23m a year (£18m to £28m), the second nothing clear.

    Where limits other than the budget excluded candidates, that goes by them, and the sentence says so.

    Args:
        decided: The result of a search.
    """
    if all(decided.decision.cost(each) <= _FREE for each in _one_by_one(decided)):
        free = free_words(decided)
        return f"{within_limits(decided, free) if free else ''}All levers are free, so more money buys nothing."
    return within_limits(decided, _bought_words(decided))


def _bought_words(decided: Decided) -> str:
    """Say what free levers gain, and what each step of the budget adds."""
    if not decided.spans:
        return f"{free_words(decided)}No option that was compared costs anything, so what more money buys is not known."
    if len(decided.spans) == 1 and not decided.spans[0].is_clear:
        return f"{free_words(decided)}More money, up to {pounds(decided.spans[0].end)}, buys {_NOTHING}."
    said: list[str] = []
    has_closed = False
    for span in decided.spans:
        said.append(_span_words(decided, span, with_verb=not has_closed if span.is_clear else not said))
        has_closed = has_closed or span.is_clear
    return f"{free_words(decided)}{capital(', '.join(said))}."


def free_words(decided: Decided) -> str:
    """Say what levers that cost nothing gain by themselves, in a sentence and a space; nothing if none.

    Args:
        decided: The result of a search.
    """
    objective = decided.decision.objectives[0]
    free = [each.gains[objective] for each in decided.options if each.settings and each.cost <= _FREE]
    best = max(free, key=lambda amount: amount.mean, default=None)
    if best is None or best.low <= 0:
        return ""
    verb, unit = _PLURAL_VERBS[objective], VERBS[objective][1]
    return f"Levers that cost nothing {verb} {amount_words(best)}{unit}. "


def _span_words(decided: Decided, span: MoneyStep, *, with_verb: bool) -> str:
    """Say what some money buys; without a verb where one before it has it."""
    who, is_one = _money_words(decided, span)
    if not span.is_clear:
        buys = "buys " if is_one else "buy "
        return f"{who} {buys if with_verb else ''}{_NOTHING}"
    objective = decided.decision.objectives[0]
    unit = VERBS[objective][1]
    verb = f"{VERBS[objective][0] if is_one else _PLURAL_VERBS[objective]} " if with_verb else ""
    low, high = span.gain - span.half_width, span.gain + span.half_width
    return f"{who} {'' if is_one else 'together '}{verb}{pounds(span.gain)}{unit}{interval_words(span.gain, low, high)}"


def _money_words(decided: Decided, span: MoneyStep) -> tuple[str, bool]:
    """Return the name of one step of the budget or of several that are joined, and whether it is one.

    Steps of £1m are called by their number, such as the third, or the fourth to the sixth.
    """
    steps = [
        (number, each)
        for number, each in enumerate(decided.money)
        if each.start >= span.start - _FREE and each.end <= span.end + _FREE
    ]
    is_one = len(steps) == 1
    if any(abs(each.start - number) > _FREE or abs(each.end - each.start - 1) > _FREE for number, each in steps):
        return f"the {'step' if is_one else 'steps'} from {pounds(span.start)} to {pounds(span.end)}", is_one
    first, last = steps[0][0], steps[-1][0]
    between = " and the " if len(steps) == 2 else " to the "
    numbers = _ORDINALS[first] if is_one else f"{_ORDINALS[first]}{between}{_ORDINALS[last]}"
    return f"the {numbers}{' million' if first == 0 else ''}", is_one


def _one_by_one(decided: Decided) -> Iterator[Candidate]:
    """Yield the candidates that pull one lever, within the limits or not."""
    levers = decided.decision.levers
    for place, each in enumerate(levers):
        for way in range(1, len(each.settings) + 1):
            yield tuple(way if other == place else 0 for other in range(len(levers)))
