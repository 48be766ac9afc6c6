"""The robust choice among candidates by three rules, which may differ, with those that are tied with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.front import MATERIAL
from simulation.analysis.precision import half_widths
from simulation.analysis.regret import OFTEN, not_passed, regrets
from simulation.analysis.resampling import draw_again

_RESAMPLES = 400
_LOW, _HIGH = 0.025, 0.975


class Rule(StrEnum):
    """A rule by which one candidate is chosen although assumptions are uncertain."""

    HIGHEST_MEAN = "highest mean"
    """The highest mean over points."""
    LOWEST_REGRET = "lowest regret"
    """The lowest regret, how far it is from the best at a point, that is not passed at 19 of 20 points."""
    MOST_OFTEN = "most often near the best"
    """Most often within £1m of the best at a point."""


@dataclass(frozen=True, kw_only=True)
class RuleChoice:
    """The candidate that a rule chooses.

    Attributes:
        rule: The rule.
        index: The candidate.
        value: Its mean gain, its regret that is not passed at 19 of 20 points (both £m), or the share of points at
            which it is near the best, 0–1.
        low: The lower end of the 95% interval of that value, over points.
        high: The upper end.
        tied: All candidates that are not clearly behind by this rule, the chosen one included, by index.
    """

    rule: Rule
    index: int
    value: float
    low: float
    high: float
    tied: tuple[int, ...]


def choose_by_rules(gains: Floats, costs: Floats, *, seed: int, threshold: float = MATERIAL) -> tuple[RuleChoice, ...]:
    """Return the choice by each rule; of candidates that are equal to the bit, the cheapest.

    One is tied with the chosen if the 95% interval of the difference between the two, from a bootstrap over points,
    holds 0, or if they are within the threshold (in money). The interval of a mean is that of every mean over points.

    Args:
        gains: `[candidate, point]`, means over the replicates of a point; more is better.
        costs: `[candidate]`, £m.
        seed: Random seed of the bootstrap.
        threshold: Differences of up to this count as none.
    """
    behind = regrets(gains)
    near = (behind <= threshold).astype(np.float64)
    points = gains.shape[1]
    drawn = draw_again(points, _RESAMPLES, seed) / points
    means = gains @ drawn.T
    shares = near @ drawn.T
    tails = np.column_stack([_weighted_quantile(behind, weights) for weights in drawn])
    highest = _choice(Rule.HIGHEST_MEAN, gains.mean(axis=1), means, costs, threshold)
    half = float(half_widths(gains[highest.index : highest.index + 1])[0])
    return (
        replace(highest, low=highest.value - half, high=highest.value + half),
        _choice(Rule.LOWEST_REGRET, -not_passed(behind), -tails, costs, threshold),
        _choice(Rule.MOST_OFTEN, near.mean(axis=1), shares, costs, 0.0),
    )


def cheapest_of(tied: Sequence[int], costs: Floats) -> int:
    """Return the cheapest of some candidates, the first of equals.

    Args:
        tied: Candidates, by index.
        costs: `[candidate]`, £m.
    """
    return min(tied, key=lambda index: (float(costs[index]), index))


def _choice(rule: Rule, scores: Floats, resampled: Floats, costs: Floats, threshold: float) -> RuleChoice:
    """Return the candidate with the highest score.

    Args:
        rule: The rule.
        scores: `[candidate]`; more is better.
        resampled: `[candidate, resample]`, the same by the bootstrap.
        costs: `[candidate]`, £m.
        threshold: Scores within this of the highest are tied with it.
    """
    index = int(np.lexsort((np.arange(len(costs)), costs, -scores))[0])
    ahead = np.quantile(resampled[index] - resampled, _LOW, axis=1)
    tied = np.flatnonzero((ahead <= 0) | (scores[index] - scores <= threshold))
    low, high = np.quantile(resampled[index], (_LOW, _HIGH))
    value = float(scores[index])
    if rule is Rule.LOWEST_REGRET:
        value, low, high = -value, -high, -low
    return RuleChoice(rule=rule, index=index, value=value, low=float(low), high=float(high), tied=tuple(map(int, tied)))


def _weighted_quantile(values: Floats, weights: Floats) -> Floats:
    """Return the least value of each row that 95% of the weight do not pass, `[row]`."""
    order = np.argsort(values, axis=1, kind="stable")
    reached = np.cumsum(weights[order], axis=1) >= OFTEN - 1e-12
    place = reached.argmax(axis=1)
    return np.asarray(values[np.arange(len(values)), order[np.arange(len(values)), place]], dtype=np.float64)
