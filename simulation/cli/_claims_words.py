"""The effect of taking a mechanism away, in words and numbers, for the terminal and for docs/claims.md."""

from math import isnan

from simulation.analysis.claims import MATERIAL, Effect, Finding
from simulation.experiment.claims import MORE, Claim, Outcome
from simulation.formatting import pounds, range_words, two_decimals

LABELS = {
    Outcome.GAP: "gap at the end, £m a year",
    Outcome.POSITION: "position over the period, £m",
    Outcome.TRUST: "trust at the end",
    Outcome.DELIVERED: "delivered part of what was agreed",
    Outcome.EIGHT_WEEKS: "agreed after eight weeks, of what was open",
}

_MONEY = (Outcome.GAP, Outcome.POSITION)


def number_words(outcome: Outcome, number: float) -> str:
    """Write an outcome, or a difference in it; only the delivered part may not exist."""
    if outcome is Outcome.DELIVERED and isnan(number):
        return "nothing agreed"
    return pounds(number) if outcome in _MONEY else two_decimals(number)


def between_words(outcome: Outcome, low: float, high: float) -> str:
    """Write a range of an outcome, or of differences in it."""
    return range_words(low, high, lambda number: number_words(outcome, number))


def interval_words(effect: Effect) -> str:
    """Write the 95% interval of a mean difference."""
    mean, half_width = effect.difference.mean, effect.difference.half_width
    return between_words(effect.outcome, mean - half_width, mean + half_width)


def expectation(claim: Claim) -> str:
    """Return what the claim says of its outcome, in a sentence without a full stop."""
    direction = "more" if claim.without == MORE else "less"
    return f"{LABELS[claim.outcome].partition(',')[0]}: {direction} without it"


def cells(effect: Effect) -> tuple[str, ...]:
    """Return with, without, difference, its 95% interval, and over the ranges the median and its 90% range."""
    numbers = (effect.mean_with, effect.mean_without, effect.difference.mean)
    chance = (*(number_words(effect.outcome, number) for number in numbers), interval_words(effect))
    over = effect.over_ranges
    if over is None:
        return (*chance, "", "")
    return (*chance, number_words(effect.outcome, over.median), between_words(effect.outcome, over.low, over.high))


def least_words(*, has_points: bool) -> str:
    """Say which differences count: those beyond chance that are large enough.

    Args:
        has_points: True if points of the ranges are counted too, each by its size alone.
    """
    money, share = pounds(MATERIAL[Outcome.GAP]), two_decimals(MATERIAL[Outcome.TRUST])
    over = "; over the ranges, a point's mean counts if it is as large" if has_points else ""
    return (
        f"A difference counts if it is at least {money}, or {share} of trust or of the plan, and its 95% interval "
        f"leaves out 0{over}."
    )


def points_words(finding: Finding) -> str:
    """Return in how many points the claim shows, and in how many it points the other way."""
    over = finding.judged.over_ranges if finding.effects else None
    if over is None:
        return ""
    unknown = f" (at {over.unknown} more it is not known)" if over.unknown else ""
    return f"{over.as_said} as said, {over.opposite} the other way of {over.points}{unknown}"
