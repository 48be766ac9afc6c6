"""Parts of the range of an assumption, and two choices over a grid of two assumptions."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats
from simulation.analysis.choices import choices_of
from simulation.analysis.deciding import Deciding
from simulation.analysis.verdict import THRESHOLD, advantage
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison

_ROWS = {row.name: row for row in TABLE}
_FEW_VALUES = 4


@dataclass(frozen=True, kw_only=True)
class Bins:
    """The parts into which the points are put by one parameter.

    Attributes:
        parameter: Its name.
        edges: The edges, one more than parts.
        values: The value of each part, if the parameter has a few values only; else none.
        index: The part of each point, `[point]`.
    """

    parameter: str
    edges: tuple[float, ...]
    values: tuple[float, ...]
    index: NDArray[np.intp] = field(repr=False)

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self.edges) - 1

    @property
    def middles(self) -> tuple[float, ...]:
        """The value, or the middle, of each part."""
        return self.values or tuple((low + high) / 2 for low, high in zip(self.edges, self.edges[1:], strict=False))


@dataclass(frozen=True, kw_only=True)
class Cells:
    """How often the first of two choices is better, by the two assumptions that decide most.

    Attributes:
        decided: The pair, and what decides.
        across: The first assumption.
        up: The second one.
        shares: Share of cases in which the first is better, `[up, across]`, 0–1; NaN where there is no point.
        points: Number of points in each cell.
        narrow: What was found of all pairs over the ranges themselves, if the cells are of wider ranges.
    """

    decided: Deciding
    across: Bins
    up: Bins
    shares: Floats = field(repr=False)
    points: NDArray[np.intp] = field(repr=False)
    narrow: tuple[Deciding, ...] = field(default=(), repr=False)


def bins_of(parameter: str, values: Floats, count: int, stretch: float = 1.0) -> Bins:
    """Put points into parts of equal width over the range of a parameter, or one for each of a few values that repeat.

    Args:
        parameter: Its name; one of the table has the table's range.
        values: Its value at each point.
        count: The number of parts.
        stretch: Factor by which the ranges were stretched.
    """
    few = np.unique(values)
    if len(few) <= _FEW_VALUES and 2 * len(few) <= len(values):
        between = (few[:-1] + few[1:]) / 2
        edges = (float(few[0]), *map(float, between), float(few[-1]))
        return Bins(
            parameter=parameter,
            edges=edges,
            values=tuple(map(float, few)),
            index=np.searchsorted(few, values).astype(np.intp),
        )
    low, high = _ROWS[parameter].stretched(stretch) if parameter in _ROWS else (values.min(), values.max())
    low, high = min(low, float(values.min())), max(high, float(values.max()))
    cuts = np.linspace(low, high, count + 1)
    index = np.clip(np.searchsorted(cuts, values, side="right") - 1, 0, count - 1)
    return Bins(parameter=parameter, edges=tuple(map(float, cuts)), values=(), index=index.astype(np.intp))


def cells_of(
    comparison: Comparison,
    decided: Deciding,
    count: int,
    *,
    stretch: float | None = None,
    threshold: float = THRESHOLD,
) -> Cells:
    """Count how often the first of two choices is better, over a grid of the two assumptions that decide most.

    Args:
        comparison: The comparison in which it was found what decides; two parameters or more were varied.
        decided: The pair, and what decides.
        count: Parts of each assumption.
        stretch: The stretch of the ranges for which it was found.
        threshold: Differences of up to this count as none, in the measure's unit.
    """
    by_label = {choice.label: choice for choice in choices_of(comparison, stretch)}
    one, other = by_label[decided.first], by_label[decided.second]
    better = (advantage(one, other, decided.measure) > threshold).mean(axis=1)
    across, up = (
        bins_of(name, np.asarray(one.parameters[name]), count, decided.stretch) for name in decided.parameters[:2]
    )
    at = up.index * len(across) + across.index
    points = np.bincount(at, minlength=len(across) * len(up))
    sums = np.bincount(at, weights=better, minlength=len(points))
    shares = np.divide(sums, points, out=np.full(len(points), np.nan), where=points > 0)
    shape = len(up), len(across)
    return Cells(decided=decided, across=across, up=up, shares=shares.reshape(shape), points=points.reshape(shape))
