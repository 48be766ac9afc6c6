"""Choices along one assumption, and the value at which the order of two of them changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from simulation.analysis.assumption_cells import Bins, bins_of
from simulation.analysis.bands import Floats
from simulation.analysis.boxes import single_cut
from simulation.analysis.choices import Choice, choices_of, points_of
from simulation.analysis.deciding import LEAST_POINTS, TriedRule, try_rule
from simulation.analysis.measure import Measure
from simulation.analysis.rank_correlations import correlate
from simulation.analysis.rule_search import hold_out
from simulation.analysis.smallest_advantage import MARGIN, are_enough, points_for
from simulation.analysis.verdict import THRESHOLD, advantage
from simulation.results.comparison import Comparison


class Odds(NamedTuple):
    """The shares of cases in which a choice is better and worse, 0–1; the rest are no different."""

    better: float
    worse: float

    @property
    def lead(self) -> float:
        """How much more often it is better than worse."""
        return self.better - self.worse


@dataclass(frozen=True, kw_only=True)
class TurningPoint:
    """The value of one assumption at which the order of two choices changes.

    Attributes:
        first: Label of one of the choices.
        second: Label of the other.
        value: The value.
        tried: How the rule of this one limit did on points that were held out.
        above: In how many held-out cases above the value the first is better, and worse.
        below: The same up to the value.
    """

    first: str
    second: str
    value: float
    tried: TriedRule
    above: Odds
    below: Odds


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The median gap of each choice along one assumption.

    Attributes:
        bins: The parts of the assumption.
        labels: The choices.
        medians: `[choice, part]`, £m a year; NaN where there is no point.
        low: A quarter of the cases lies below, `[choice, part]`.
        high: A quarter of the cases lies above.
        turning: The turning point; None if none was confirmed on points that were held out.
        points: Number of points.
        stretch: Factor by which the ranges of assumptions were stretched.
        drawn: Number of assumptions that an experiment draws itself, while all others stay; 0 if all were drawn.
        would_do: Number of points that it takes to say that no order changes; 0 if there are enough.
    """

    bins: Bins
    labels: tuple[str, ...]
    medians: Floats = field(repr=False)
    low: Floats = field(repr=False)
    high: Floats = field(repr=False)
    turning: TurningPoint | None
    points: int
    stretch: float
    drawn: int = 0
    would_do: int = 0


def lines_of(
    comparison: Comparison,
    count: int,
    *,
    stretch: float | None = None,
    first: str | None = None,
    second: str | None = None,
) -> Lines | None:
    """Return the median gap of each choice along the assumption that decides most between two of them.

    That is the one with the turning point whose rule gains most on the commoner answer; if none has one, the one that
    goes furthest with the difference between any choice and the first.

    Args:
        comparison: Cases with common random numbers.
        count: Parts of the assumption.
        stretch: Which of the samples of assumptions, by the factor that stretched their ranges.
        first: Label of the choice that is judged; if only the other is named, every other one.
        second: Label of the one that it is compared with; the first of the comparison if only `first` is named. Without
            either, any two are.

    Returns:
        None if there are not two choices whose assumptions were varied at the same points.
    """
    choices, pairs = _pairs(choices_of(comparison, stretch), first, second)
    if not pairs or not points_of(*choices)[0]:
        return None
    turning = max(
        (found for other, one in pairs if (found := turning_point(one, other)) is not None),
        key=lambda found: found.tried.gain,
        default=None,
    )
    name = turning.tried.parameters[0] if turning else _strongest(choices)
    bins = bins_of(name, np.asarray(choices[0].parameters[name]), count, choices[0].stretch)
    quartiles = np.full((3, len(choices), len(bins)), np.nan)
    for number, choice in enumerate(choices):
        for part in set(bins.index.tolist()):
            quartiles[:, number, part] = np.quantile(choice.gaps[bins.index == part], (0.25, 0.5, 0.75))
    return Lines(
        bins=bins,
        labels=tuple(choice.label for choice in choices),
        medians=quartiles[1],
        low=quartiles[0],
        high=quartiles[2],
        turning=turning,
        points=len(choices[0].gaps),
        stretch=choices[0].stretch_of_all,
        drawn=choices[0].drawn_of_model,
        would_do=max(_points_to_do(one, other) for other, one in pairs),
    )


def _pairs(
    choices: Sequence[Choice], first: str | None, second: str | None
) -> tuple[Sequence[Choice], list[tuple[Choice, Choice]]]:
    """Return the choices that are compared, in their order, and each pair of them, the one that is judged last."""
    if first is None and second is None:
        return choices, list(combinations(choices, 2))
    by_label = {choice.label: choice for choice in choices}
    base = next(iter(by_label), None) if second is None else second
    others = [label for label in by_label if label != base] if first is None else [first]
    pairs = [(by_label[base], by_label[each]) for each in others if base in by_label and each in by_label]
    compared = {choice.label for pair in pairs for choice in pair}
    return [choice for choice in choices if choice.label in compared], pairs


def turning_point(one: Choice, other: Choice, *, threshold: float = THRESHOLD) -> TurningPoint | None:
    """Find the value of one assumption at which the order of two choices changes.

    The value is found at two thirds of the points. On the rest, the rule of this one limit must clearly beat the
    commoner answer, and each choice must be better on its own side in at least 5 of 100 cases more than it is worse.
    The medians must change their order too, so that lines of them show what is said.

    Args:
        one: The choice that is judged.
        other: The one that it is compared with, at the same points.
        threshold: Differences of up to this count as none, £m a year.
    """
    names, points = points_of(one, other)
    if not names or len(points) < LEAST_POINTS:
        return None
    gains = advantage(one, other, Measure.GAP)
    held = hold_out(len(points))
    rule = single_cut(points[~held], gains[~held].mean(axis=1) > threshold)
    if rule is None:
        return None
    rule = rule.rounded(points[~held])
    tried = try_rule(rule, names, points[held], gains[held], threshold)
    if tried is None:
        return None
    over = rule.holds(points)
    above, below = (_odds(gains[held & side], threshold) for side in (over, ~over))
    leads = [np.median(one.gaps[side]) < np.median(other.gaps[side]) for side in (over, ~over)]
    leaning = above.lead * below.lead
    if leaning >= 0 or min(abs(above.lead), abs(below.lead)) < MARGIN or leads[0] == leads[1]:
        return None
    (column,) = rule.columns
    value = rule.boxes[0][column].above
    return TurningPoint(first=one.label, second=other.label, value=value, tried=tried, above=above, below=below)


def _points_to_do(one: Choice, other: Choice) -> int:
    """Return how many points it takes to find a turning point of two choices that counts; 0 if there are enough.

    There are if no rule could gain enough on the commoner answer, or so many show one that does.
    """
    better = float((advantage(one, other, Measure.GAP).mean(axis=1) > THRESHOLD).mean())
    points, rarer = len(one.gaps), min(better, 1 - better)
    return 0 if are_enough(points, int(hold_out(points).sum()), rarer) else points_for(MARGIN, rarer)


def _odds(gains: Floats, threshold: float) -> Odds:
    return Odds(float((gains > threshold).mean()), float((gains < -threshold).mean()))


def _strongest(choices: Sequence[Choice]) -> str:
    """Return the parameter that goes furthest, by rank, with the difference between any choice and the first."""
    names, points = points_of(*choices)
    differences = [(choice.gaps - choices[0].gaps).mean(axis=1) for choice in choices[1:]]
    ranked = [correlate(names, points, difference)[0] for difference in differences]
    return max(ranked, key=lambda each: abs(each.rho)).parameter
