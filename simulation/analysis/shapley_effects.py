"""Shapley effects: the variance of an outcome shared out among parameters, interactions in equal parts.

With independent parameters and the variance of the outcome in parts V(u), one for each set u of parameters (Sobol’s
decomposition), the Shapley effect of a parameter is the sum of V(u)/|u| over the sets that it is in (Owen 2014). It
lies between its first-order and its total effect, and all of them add up to the variance that parameters explain.

Song, Nelson and Staum (2016) estimate it from runs of its own, some for each parameter in each random order. Here it
comes from the runs of a Sobol sample: a surrogate of Legendre polynomials in single parameters and in pairs is fitted
to the means at all points, and its coefficients are the parts (Sudret 2008). What three or more parameters do together
is not in it.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats

_MOST_DEGREE = 10
_FURTHER = 3
"""By how much the degree in a single parameter exceeds that of pairs."""
_POINTS_EACH = 8
"""Points of the sample for each term of the surrogate, at least."""
_GROUPS = 20
_WIDE = 1.959964


class ShapleyEffects(NamedTuple):
    """The Shapley effects of one outcome."""

    effects: Floats
    """Share of the variance between cases and half the width of its 95% interval, `[parameter, 2]`."""
    explained: float
    """Share of the variance of the means at points that the surrogate explains, 0–1."""


def find_shapley_effects(
    sample: Floats, outcomes: Sequence[Floats], chances: Sequence[float], block: int
) -> list[ShapleyEffects]:
    """Return the Shapley effects of several outcomes of one sample.

    Intervals come from a jackknife over twenty groups of base points. The square of a coefficient is too large by the
    square of its standard error, which is taken off.

    Args:
        sample: The points in the unit cube, `[point, parameter]`.
        outcomes: Means over replicates, `[point]` each.
        chances: Variance between cases of each outcome that means over replicates do not have.
        block: Points that belong together, those of one base point of a Sobol sample.

    Returns:
        One for each outcome; none if there are too few points for a surrogate.
    """
    terms = _terms(sample.shape[1], len(sample))
    if not terms or len(sample) // block < _GROUPS:
        return []
    design = _design(sample, terms)
    target = np.column_stack([each - each.mean() for each in outcomes])
    group = np.arange(len(sample)) // block % _GROUPS
    grams = [
        (design[rows].T @ design[rows], design[rows].T @ target[rows]) for rows in (group == g for g in range(_GROUPS))
    ]
    gram, moment = np.sum([each for each, _ in grams], axis=0), np.sum([each for _, each in grams], axis=0)
    whole = _solve(gram, moment)
    parts = np.array([_solve(gram - left, moment - right) for left, right in grams])
    errors = (_GROUPS - 1) * parts.var(axis=0)
    members, around = _members(terms, sample.shape[1]), target.var(axis=0)
    rest = np.square(target - design @ whole).sum(axis=0) / max(1, len(sample) - 1 - len(terms))
    beside = rest + np.asarray(chances)
    shares = _shares(members, np.square(whole) - errors, beside)
    left_out = np.array([_shares(members, np.square(part) - errors, beside) for part in parts])
    spread = np.sqrt((_GROUPS - 1) * left_out.var(axis=0))
    return [
        ShapleyEffects(
            np.column_stack([shares[:, n], _WIDE * spread[:, n]]),
            float(max(0.0, 1 - rest[n] / around[n])) if around[n] > 0 else 0.0,
        )
        for n in range(len(outcomes))
    ]


def _shares(members: Floats, parts: Floats, beside: Floats) -> Floats:
    """Return each parameter's share of the variance between cases, `[parameter, outcome]`.

    Args:
        members: The part of each term that goes to each parameter, `[parameter, term]`.
        parts: The variance of the constant and of each term, `[1 + term, outcome]`.
        beside: The variance that is in no term, `[outcome]`.
    """
    found = members @ parts[1:]
    whole = parts[1:].sum(axis=0) + beside
    return np.asarray(np.divide(found, whole, out=np.zeros_like(found), where=whole > 0), dtype=np.float64)


_Term = tuple[tuple[int, int], ...]
"""Pairs of a parameter and its degree, one or two of them."""


def _terms(count: int, points: int) -> list[_Term]:
    """Return the terms of the largest surrogate that the points can carry; nothing if they cannot carry pairs."""
    for degree in range(_MOST_DEGREE, 1, -1):
        alone = [((i, d),) for i in range(count) for d in range(1, degree + _FURTHER + 1)]
        pairs = [
            ((i, d), (j, e))
            for i, j in combinations(range(count), 2)
            for d in range(1, degree)
            for e in range(1, degree - d + 1)
        ]
        if (len(alone) + len(pairs)) * _POINTS_EACH <= points:
            return [*alone, *pairs]
    return []


def _design(sample: Floats, terms: Sequence[_Term]) -> Floats:
    """Return the values of a constant and of each term, `[point, 1 + term]`, with mean square 1 over the unit cube."""
    from numpy.polynomial import legendre

    most = max(degree for term in terms for _, degree in term)
    powers = legendre.legvander(2 * sample - 1, most) * np.sqrt(2 * np.arange(most + 1) + 1)
    columns = np.empty((len(sample), 1 + len(terms)))
    columns[:, 0] = 1.0
    for n, term in enumerate(terms, start=1):
        columns[:, n] = np.prod([powers[:, i, degree] for i, degree in term], axis=0)
    return columns


def _members(terms: Sequence[_Term], count: int) -> Floats:
    """Return the part of each term that goes to each parameter, `[parameter, term]`."""
    members = np.zeros((count, len(terms)))
    for n, term in enumerate(terms):
        for i, _ in term:
            members[i, n] = 1 / len(term)
    return members


def _solve(gram: Floats, moment: Floats) -> Floats:
    ridge = 1e-10 * np.trace(gram) / len(gram)
    return np.asarray(np.linalg.solve(gram + ridge * np.eye(len(gram)), moment), dtype=np.float64)
