"""The worth of uncertain numbers: how far a result moves as each goes from one end of its range to the other.

All numbers are varied at once, and one linear regression on all of them gives the worth of each. It is exact where the
result is a straight line in each number, and elsewhere the slope of the straight line that fits best.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

_SHUFFLES = 200
_NORMAL = 1.96
"""Standard errors to either side of a 95% interval."""

_SURE = 0.95


@dataclass(frozen=True, kw_only=True)
class Worths:
    """The worth of each uncertain number, in the order of the columns and in the unit of the result.

    Attributes:
        worth: `[column]`, by how much the result moves from the low to the high end of the number's range.
        covariance: `[column, column]`, of the worths, by a jackknife over points.
        floor: The size that none of the numbers, shuffled, reaches in 95 of 100 shuffles.
        explained: Share of the variance of the results that the straight lines explain, 0–1 (adjusted R²).
        points: Number of points.
    """

    worth: Floats
    covariance: Floats
    floor: float
    explained: float
    points: int

    @property
    def half_width(self) -> Floats:
        """`[column]`, half the width of the 95% interval of each worth."""
        return np.asarray(_NORMAL * np.sqrt(np.diagonal(self.covariance)))

    @property
    def between(self) -> Floats:
        """`[column, column]`, half the width of the 95% interval of the difference in size between two worths."""
        signs = np.where(self.worth < 0, -1.0, 1.0)
        together = self.covariance * signs[:, np.newaxis] * signs
        variances = np.diagonal(together)
        squares = variances[:, np.newaxis] + variances - 2 * together
        return np.asarray(_NORMAL * np.sqrt(np.maximum(squares, 0.0)))

    @property
    def is_clear(self) -> NDArray[np.bool_]:
        """`[column]`, true if it moves the result by more than a number that has nothing to do with it might."""
        return np.abs(self.worth) > np.maximum(self.floor, self.half_width)


def find_worths(portions: Floats, results: Floats) -> Worths:
    """Return what each number is worth, by least squares on all of them together.

    Args:
        portions: `[point, draw, column]`, where each number lies between the low end of its range, 0, and the high, 1.
        results: `[point, draw]`.

    Raises:
        ValueError: If there are too few points for so many numbers.
    """
    points, draws, columns = portions.shape
    least = ceil((columns + 2) / draws)
    if points < least:
        message = f"{points} points are too few for {columns} uncertain numbers; take at least {least}"
        raise ValueError(message)
    given = portions - portions.mean(axis=(0, 1))
    result = results - results.mean()
    flat = given.reshape(-1, columns)
    inverse = np.linalg.pinv(flat.T @ flat, hermitian=True)
    worth = inverse @ (flat.T @ result.ravel())
    left = result - given @ worth
    freedom = points * draws - columns - 1
    whole = float((result**2).sum()) / (points * draws - 1)
    return Worths(
        worth=worth,
        covariance=_covariance(given, left, inverse),
        floor=_floor(given, left),
        explained=max(0.0, 1 - float((left**2).sum()) / freedom / whole) if whole else 0.0,
        points=points,
    )


def find_worths_within(portions: Floats, results: Floats) -> tuple[Worths, Floats]:
    """Return what each number that differs between the draws of a point is worth, and the results freed of it.

    Args:
        portions: As in `find_worths`.
        results: `[point, draw]`.

    Returns:
        The worths, from differences within points alone, and `[point, 1]` the mean result of each point as if all
        points had the same mean portions.
    """
    means, mean = portions.mean(axis=1, keepdims=True), results.mean(axis=1, keepdims=True)
    found = find_worths(portions - means, results - mean)
    return found, mean - (means - means.mean(axis=0)) @ found.worth


def _covariance(given: Floats, left: Floats, inverse: Floats) -> Floats:
    """Return the covariance of the coefficients from leaving out each point in turn, which needs no second fit.

    Args:
        given: `[point, draw, column]`, about its means.
        left: `[point, draw]`, residuals.
        inverse: Of the sums of squares and products of the columns.
    """
    points, draws, _ = given.shape
    leverage = np.eye(draws) - given @ inverse @ given.transpose(0, 2, 1)
    without = np.linalg.solve(leverage + 1e-12 * np.eye(draws), left[:, :, np.newaxis])
    moved = (given.transpose(0, 2, 1) @ without)[:, :, 0] @ inverse
    about = moved - moved.mean(axis=0)
    return np.asarray((points - 1) / points * (about.T @ about))


def _floor(given: Floats, left: Floats) -> float:
    """Return the 95% quantile of the largest worth of any number once all are shuffled between points.

    A shuffle moves the residuals on by some points, which for points in random order is a shuffle like any other. A
    shuffled number that joins the regression is fitted to the residuals; the others take up a part of its variance.
    """
    points, columns = len(given), given.shape[-1]
    flat = given.reshape(-1, columns)
    shifts = np.unique(np.linspace(1, points - 1, _SHUFFLES, dtype=int))
    shuffled = np.array([np.roll(left, shift, axis=0).ravel() for shift in shifts])
    sizes = (flat**2).sum(axis=0) * (1 - columns / len(flat))
    found = np.abs(shuffled @ flat) / np.where(sizes > 0, sizes, np.inf)
    return float(np.quantile(found.max(axis=1), _SURE))
