"""The value of information: of all assumptions (EVPI), and of some of them (EVPPI), from net benefits at points."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import ceil
from typing import TypeVar

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.penalised_splines import Fit, basis_of, fit_splines
from simulation.results.indices import HALF_OF_95, is_worth_knowing

SHUFFLES = 40
"""Shuffles of whatever can be found out, whose EVPPI shows what chance alone does."""

_SHARE = 0.95
_DRAWS = 200
_MOST_IN_ALL_HALVES = 6
_PART = 100
_NOTHING = 1e-6
"""£m. Less than a pound is no gain: choices that are equal but for rounding are equal."""


@dataclass(frozen=True, kw_only=True)
class Worth:
    """The worth of knowing something before a choice is made, £m.

    Attributes:
        value: The gain that knowing it brings on average.
        standard_error: Standard error of it.
        changes: Share of points at which another choice than the best now is taken, 0–1.
    """

    value: float
    standard_error: float
    changes: float

    @property
    def low(self) -> float:
        """Lower end of the 95% interval, 0 or more."""
        return max(0.0, self.value - HALF_OF_95 * self.standard_error)

    @property
    def high(self) -> float:
        """Upper end of the 95% interval."""
        return self.value + HALF_OF_95 * self.standard_error


@dataclass(frozen=True, kw_only=True)
class PerfectWorth(Worth):
    """The worth of knowing all assumptions; `uncorrected` still has the chance in the means of few replicates in it."""

    uncorrected: float


@dataclass(frozen=True, kw_only=True)
class PartialWorth(Worth):
    """The worth of knowing some assumptions.

    Attributes:
        shuffled: The worth of the same numbers in each of many shuffles; none where several together gain nothing, or
            no choice is ever better than the best now.
        by_chance: The EVPPI that chance alone may show in any of all that are judged together, £m: they stay under it
            in 19 of 20 shuffles. See `judge_together`; of one that is judged alone, in its own shuffles.
        above_all: The estimate by regression where it is above the worth of knowing all assumptions, which is the
            value then; None elsewhere. See `at_most_all`.
    """

    shuffled: tuple[float, ...] = field(default=(), repr=False)
    by_chance: float = 0.0
    above_all: float | None = None

    @property
    def is_clear(self) -> bool:
        """True if it is above what is found by chance, and its 95% interval is above 0."""
        return is_worth_knowing(self.value, self.standard_error, self.by_chance)


W = TypeVar("W", bound=PartialWorth)


def at_most_all(worths: Sequence[W], perfect: PerfectWorth) -> list[W]:
    """Return worths of knowing some assumptions, none above that of knowing all of them.

    By definition no part is worth more than the whole (EVPPI and EVSI are at most EVPI). The two are estimated in
    different ways, a part by regression and the whole from the best choice at each point, so chance may turn the order
    round. The whole has no regression that could miss something, so a part above it is shown as worth what the whole
    is, and its own estimate is kept beside.

    Args:
        worths: The worth of each thing that can be found out, of the same points.
        perfect: The worth of knowing everything that differs between them.
    """
    most = perfect.value
    return [each if each.value <= most else replace(each, value=most, above_all=each.value) for each in worths]


def best_of(benefits: Floats) -> int:
    """Return the index of the choice with the highest mean net benefit, the first of several.

    Args:
        benefits: `[choice, point, replicate]`, £m.
    """
    return int(benefits.mean(axis=(1, 2)).argmax())


def increments(benefits: Floats) -> Floats:
    """Return by how much each other choice is better than the best now, in the mean of replicates, `[point, choice]`.

    Taken against the best now, nothing depends on the order in which choices are named.

    Args:
        benefits: `[choice, point, replicate]`, £m, with common random numbers.
    """
    means, best = benefits.mean(axis=2), best_of(benefits)
    against: Floats = np.delete(means - means[best], best, axis=0).T
    return against


def perfect_worth(benefits: Floats) -> PerfectWorth:
    """Return the expected value of perfect information about all that differs between points (EVPI).

    The best of several means of few replicates is too good by chance. The bias falls as one over the number of
    replicates, so it is estimated from the EVPI of halves of the replicates and taken away. With one replicate at each
    point it cannot be.

    Args:
        benefits: `[choice, point, replicate]`, £m, with common random numbers.
    """
    best, replicates = best_of(benefits), benefits.shape[2]
    raw, moved = _gains(benefits, best, list(range(replicates)))
    gains, changes = raw, moved
    if replicates > 1:
        size = replicates // 2
        halves = [_gains(benefits, best, rows) for rows in _halves(replicates, size)]
        weight = size / (replicates - size)
        gains = raw - weight * (np.mean([half for half, _ in halves], axis=0) - raw)
        changes = moved - weight * (float(np.mean([share for _, share in halves])) - moved)
    return PerfectWorth(
        value=max(0.0, float(gains.mean())),
        standard_error=float(gains.std(ddof=1) / np.sqrt(len(gains))),
        changes=min(1.0, max(0.0, changes)),
        uncorrected=float(raw.mean()),
    )


def partial_worth(
    columns: Floats, against_best: Floats, seed: int, *, words: Collection[int] = (), shuffles: int = SHUFFLES
) -> PartialWorth:
    """Return the expected value of perfect information about some columns (EVPPI; Strong, Oakley and Brennan 2014).

    The increments are regressed on the columns: what is fitted is the expected increment once they are known. The
    regression averages over chance and over all other assumptions. The standard error adds the uncertainty of the
    regression's coefficients, by simulation, to that of the sample of points.

    Args:
        columns: What would be known, `[point, column]`, each with two values at least.
        against_best: By how much each other choice is better than the best now, `[point, choice]`, £m.
        seed: Random seed, 0 or more.
        words: Indices of the columns whose numbers stand for words, of which the regression is the mean at each word.
        shuffles: How often the points are shuffled, 0 or more.
    """
    basis = basis_of(columns, words)
    fit = fit_splines(basis, against_best)
    gains = np.maximum(fit.fitted.max(axis=1), 0.0)
    nothing: list[float] = []
    # One column also where nothing is gained: chance could have shown it there, of many that are judged together.
    is_shuffled = gains.any() or (columns.shape[1] == 1 and (against_best > 0).any())
    orders = shuffled_orders(len(columns), shuffles, seed) if is_shuffled else []
    each = max(1, _PART // against_best.shape[1])
    for start in range(0, len(orders), each):
        some = orders[start : start + each]
        apart = fit_splines(basis, against_best[some].transpose(1, 0, 2).reshape(len(columns), -1)).fitted
        highest = apart.reshape(len(columns), len(some), -1).max(axis=2)
        nothing += np.maximum(highest, 0.0).mean(axis=0).tolist()
    error = np.hypot(_error_of_fit(fit, against_best, seed), gains.std(ddof=1) / np.sqrt(len(gains)))
    return PartialWorth(
        value=float(gains.mean()),
        standard_error=float(error),
        changes=float((gains > _NOTHING).mean()),
        shuffled=tuple(nothing),
        by_chance=seldom_reached(nothing),
    )


def seldom_reached(by_chance: Sequence[float]) -> float:
    """Return what another shuffle reaches in 1 of 20 cases at most: of 40 shuffles the second highest; 0 without any.

    Args:
        by_chance: What each shuffle shows.
    """
    highest = sorted(by_chance)
    return highest[min(len(highest), ceil(_SHARE * (len(highest) + 1))) - 1] if highest else 0.0


def shuffled_orders(points: int, count: int, seed: int) -> list[list[int]]:
    """Return orders of points that are shuffled.

    Args:
        points: Number of points.
        count: Number of orders.
        seed: Random seed, 0 or more.
    """
    from scipy.stats import norm

    orders: list[list[int]] = norm.rvs(size=(count, points), random_state=seed % 2**32).argsort(axis=1).tolist()
    return orders


def _gains(benefits: Floats, best: int, rows: list[int]) -> tuple[Floats, float]:
    """Return how much better than the best now the best at each point is, and how often it is another."""
    means = benefits[:, :, rows].mean(axis=2)
    gains: Floats = means.max(axis=0) - means[best]
    return gains, float((gains > _NOTHING).mean())


def _halves(replicates: int, size: int) -> list[list[int]]:
    """Return sets of half of the replicates; each replicate is in as many of them as any other."""
    rows = list(range(replicates))
    if replicates <= _MOST_IN_ALL_HALVES:
        return [list(each) for each in combinations(rows, size)]
    return [[(start + step) % replicates for step in range(size)] for start in rows]


def _error_of_fit(fit: Fit, against_best: Floats, seed: int) -> float:
    """Return the spread of the EVPPI over coefficients drawn from their distribution, those of all responses together.

    What is left of the responses is correlated, since all are against the same choice.
    """
    from scipy.stats import norm

    responses, count = fit.coefficients.shape
    left = against_best - fit.fitted
    together = _root(
        np.atleast_2d(np.corrcoef(left, rowvar=False)) if left.std(axis=0).min() > 0 else np.eye(responses)
    )
    drawn = norm.rvs(size=(_DRAWS, count + 1, responses), random_state=seed % 2**32) @ together.T
    means = fit.means + drawn[:, -1] * np.sqrt(fit.noise / len(left))
    highest = np.full((_DRAWS, len(left)), 0.0)
    for response in range(responses):
        steps = drawn[:, :-1, response] @ _root(fit.covariances[response]).T
        coefficients = fit.coefficients[response] + steps
        np.maximum(highest, means[:, response, np.newaxis] + coefficients @ fit.basis.functions.T, out=highest)
    return float(highest.mean(axis=1).std(ddof=1))


def _root(covariance: Floats) -> Floats:
    """Return a matrix that times its own transpose is a covariance, which may be singular."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=np.float64)
