"""Shapley effects: the variance of an outcome shared out among parameters, interactions in equal parts.

With independent parameters and the variance of the outcome in parts V(u), one for each set u of parameters (Sobol’s
decomposition), the Shapley effect of a parameter is the sum of V(u)/|u| over the sets that it is in (Owen 2014). It
lies between its first-order effect S and its total effect T, and all of them add up to the variance that parameters
explain.

Here they are S + (T − S)/m, with one m for all parameters, so that they add up: the average order of interactions. That
is exact if all interactions are of one order, as where parameters act in pairs alone (m = 2), and an approximation if
not. In a small sample S may be above T, which is known better: then T is taken for it. It needs no surrogate, nor the
runs of its own that the estimator of Song, Nelson and Staum (2016) asks for.
"""

from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.index_noise import covariance_of_means, find_variance_parts
from simulation.analysis.sensitivity_indices import split_sobol

_MOST_GROUPS = 32
_LEAST_ORDER = 2.0
_WIDE = 1.959964


class ShapleyEffects(NamedTuple):
    """The Shapley effects of one outcome."""

    effects: Floats
    """Share of the variance between cases and half the width of its 95% interval, `[parameter, 2]`."""
    order: float
    """The average order of interactions, 2 or more; infinite if nothing is left for interactions."""


def find_shapley_effects(outcomes: Floats, count: int) -> ShapleyEffects:
    """Return the Shapley effects of one outcome of a Sobol sample, chance taken out.

    The interval is from a jackknife over groups of base points, in which the average order is found again each time.

    Args:
        outcomes: `[point, replicate]` in SALib's order, of four base points or more with two replicates or more.
        count: Number of parameters.
    """
    a, b, ab = split_sobol(outcomes, count)
    ends = np.stack([a, b], axis=1)
    changes = ab - a[:, np.newaxis]
    centred = b.mean(axis=-1) - ends.mean()
    moves = changes.mean(axis=-1)
    alone = centred[:, np.newaxis] * moves
    alone -= covariance_of_means(np.broadcast_to(b[:, np.newaxis], changes.shape), changes)
    total = (np.square(moves) - covariance_of_means(changes, changes)) / 2
    effects, order = _share_out(alone, total, ends)
    groups = min(_MOST_GROUPS, len(a))
    rest = [np.arange(len(a)) % groups != left_out for left_out in range(groups)]
    left_out = np.array([_share_out(alone[rows], total[rows], ends[rows])[0] for rows in rest])
    spread = np.sqrt((groups - 1) * left_out.var(axis=0))
    return ShapleyEffects(np.column_stack([effects, _WIDE * spread]), order)


def _share_out(alone: Floats, total: Floats, ends: Floats) -> tuple[Floats, float]:
    """Return the effects and the average order of interactions.

    Args:
        alone: What each base point adds to the first-order effect of each parameter, as a variance.
        total: The same for the total effect.
        ends: Outcomes at the points A and B, `[base point, 2, replicate]`.
    """
    parts = find_variance_parts(ends.reshape(-1, ends.shape[-1]))
    if not parts.total > 0:
        return np.zeros(alone.shape[1]), _LEAST_ORDER
    whole = total.mean(axis=0) / parts.total
    first = np.minimum(alone.mean(axis=0) / parts.total, whole)
    together = whole - first
    left = parts.points / parts.total - float(first.sum())
    order = max(_LEAST_ORDER, float(together.sum()) / left) if left > 0 else float("inf")
    return first + together / order, order
