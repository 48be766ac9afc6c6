"""Penalised additive splines with products of two columns, smoothed by restricted maximum likelihood.

This is the regression of the value of information: the expected net benefit, given some of the parameters. Each column
has a straight line and a few curves, and each two columns have the product of their lines; a column of words has the
mean at each word. How far each of these parts may bend is estimated from the data, so that a column with no effect is
drawn to nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

MOST_IN_PAIRS = 14
"""Columns up to which products of two are fitted too."""

MOST_IN_CURVES = 24
"""Columns up to which curves are fitted, and each column is smoothed on its own; of more, lines that shrink alike."""

_SEGMENTS, _CURVES, _DEGREE = 6, 4, 3
_ROUNDS, _SETTLED = 40, 0.01
_LEAST = 1e-9


@dataclass(frozen=True)
class Basis:
    """The functions of some columns, each with mean 0 over the points.

    Attributes:
        functions: `[point, function]`.
        parts: The part that each function belongs to, `[function]`; the functions of a part are smoothed alike.
    """

    functions: Floats
    parts: NDArray[np.intp]


@dataclass(frozen=True)
class Fit:
    """Regressions of several responses on one basis.

    Attributes:
        basis: The basis.
        means: Mean of each response, `[response]`.
        coefficients: `[response, function]`.
        covariances: Their covariance, `[response, function, function]`.
        noise: Variance of what is left, `[response]`.
    """

    basis: Basis
    means: Floats
    coefficients: Floats
    covariances: Floats
    noise: Floats

    @property
    def fitted(self) -> Floats:
        """The expected response at each point, `[point, response]`."""
        return self.means + self.basis.functions @ self.coefficients.T


def basis_of(columns: Floats, words: Collection[int] = ()) -> Basis:
    """Return the functions of some columns: a line and curves of each, and the products of two lines.

    Of a column of words, which have no order, they are one function for each word.

    Args:
        columns: `[point, column]`, each with two values at least.
        words: Indices of the columns whose numbers stand for words.
    """
    lines = [_categories(column) if index in words else _line(column) for index, column in enumerate(columns.T)]
    if len(lines) > MOST_IN_CURVES:
        together = np.column_stack(lines)
        return Basis(together, np.zeros(together.shape[1], dtype=np.intp))
    groups = [
        group
        for index, (line, column) in enumerate(zip(lines, columns.T, strict=True))
        for group in ([line] if index in words else _of_column(line, column))
    ]
    if len(lines) > 1 and sum(line.shape[1] for line in lines) <= MOST_IN_PAIRS:
        products = np.column_stack([_products(one, other) for one, other in combinations(lines, 2)])
        groups.append(products - products.mean(axis=0))
    sizes = [group.shape[1] for group in groups]
    return Basis(np.hstack(groups), np.repeat(np.arange(len(groups)), sizes))


def fit_splines(basis: Basis, responses: Floats) -> Fit:
    """Fit every response on a basis; each part of it is smoothed by restricted maximum likelihood (MacKay 1992).

    Args:
        basis: The basis.
        responses: `[point, response]`.
    """
    functions, parts = basis.functions, basis.parts
    points, count = functions.shape
    means, scales = responses.mean(axis=0), responses.std(axis=0)
    rest = (responses - means) / np.where(scales > 0, scales, 1.0)
    products, against = functions.T @ functions, rest.T @ functions
    squares = (rest**2).sum(axis=0)
    belongs = (parts[:, np.newaxis] == np.arange(parts.max() + 1)).astype(np.float64)
    sizes = belongs.sum(axis=0)
    noise, spreads = np.full(len(means), 0.5), np.full((len(means), len(sizes)), 0.5 / len(sizes))
    own, before = np.arange(count), np.zeros((len(means), len(sizes)))
    for _ in range(_ROUNDS):
        precision = products / noise[:, np.newaxis, np.newaxis]
        precision[:, own, own] += 1 / spreads[:, parts]
        covariances = np.linalg.inv(precision)
        coefficients = (covariances @ against[:, :, np.newaxis])[:, :, 0] / noise[:, np.newaxis]
        free = np.maximum(sizes - covariances[:, own, own] @ belongs / spreads, _LEAST)
        spreads = np.maximum(coefficients**2 @ belongs / free, _LEAST)
        bent = (coefficients @ products * coefficients).sum(axis=1)
        left = squares - 2 * (coefficients * against).sum(axis=1) + bent
        noise = np.maximum(left / np.maximum(points - 1 - free.sum(axis=1), 1.0), _LEAST)
        if np.abs(free - before).max() < _SETTLED:
            break
        before = free
    return Fit(
        basis=basis,
        means=means,
        coefficients=scales[:, np.newaxis] * coefficients,
        covariances=scales[:, np.newaxis, np.newaxis] ** 2 * covariances,
        noise=scales**2 * noise,
    )


def _line(column: Floats) -> Floats:
    """Return a column with mean 0 and spread 1, `[point, 1]`."""
    return np.asarray((column - column.mean()) / column.std(), dtype=np.float64)[:, np.newaxis]


def _categories(column: Floats) -> Floats:
    """Return a function for each word, which all shrink alike towards the mean of all; two words are one line.

    Taken so, nothing depends on the order of the words.
    """
    values, codes = np.unique(column, return_inverse=True)
    if len(values) < 3:
        return _line(column)
    apart = np.eye(len(values))[codes]
    apart -= apart.mean(axis=0)
    return np.asarray(apart * np.sqrt(len(column) / (apart**2).sum()), dtype=np.float64)


def _products(one: Floats, other: Floats) -> Floats:
    return (one[:, :, np.newaxis] * other[:, np.newaxis, :]).reshape(len(one), -1)


def _of_column(line: Floats, column: Floats) -> list[Floats]:
    """Return the line of a column, and its curves: what a cubic spline adds to it, the smoothest first."""
    values = len(np.unique(column))
    if values < 3:
        return [line]
    from scipy.interpolate import BSpline

    segments = min(_SEGMENTS, values - 1)
    along = (column - column.min()) / np.ptp(column) * (1 - _LEAST)
    knots = np.arange(-_DEGREE, segments + _DEGREE + 1) / segments
    splines = BSpline.design_matrix(along, knots, _DEGREE).toarray()
    bends = np.diff(np.eye(splines.shape[1]), 2, axis=0)
    curves = splines @ bends.T @ np.linalg.inv(bends @ bends.T)
    ground = np.column_stack([np.ones(len(line)), line])
    curves -= ground @ (ground.T @ curves) / len(line)
    shapes, sizes, _ = np.linalg.svd(curves, full_matrices=False)
    kept = sizes[:_CURVES] > _LEAST * sizes[0]
    scaled = shapes[:, :_CURVES][:, kept] * sizes[:_CURVES][kept]
    return [line, scaled * np.sqrt(len(line) / (sizes[:_CURVES][kept] ** 2).sum())]
