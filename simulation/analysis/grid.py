"""The gap of each choice over a grid of one or two assumptions, and which choice leaves least at each point."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats, interval_of
from simulation.analysis.choices import Point, group_points
from simulation.analysis.compare import MATERIAL
from simulation.analysis.precision import precisions_of
from simulation.experiment.addresses import Value
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

MOST_ASSUMPTIONS = 2
"""The most assumptions whose values a picture can lay out."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The gap of each choice at every combination of the values of one or two assumptions.

    Attributes:
        labels: The choices, in the order of the comparison.
        assumptions: Addresses of the assumptions.
        levels: The values of each, ascending; values that are words in the order of the experiment.
        gaps: The gap in the last month, `[choice, level of the first, level of the second, replicate]`, £m a year; the
            third axis is missing with one assumption. NaN where a replicate failed or was not run.
    """

    labels: tuple[str, ...]
    assumptions: tuple[str, ...]
    levels: tuple[tuple[Value, ...], ...]
    gaps: Floats = field(repr=False)

    @property
    def points(self) -> int:
        """Number of sets of assumptions at which all choices are known."""
        return int(self.is_known.sum())

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """True where every choice was run, and nothing is left out, `[level, …]`."""
        return np.asarray(~np.isnan(self.gaps).all(axis=-1).any(axis=0))

    @property
    def medians(self) -> Floats:
        """Medians over replicates, `[choice, level, …]`, £m a year; NaN where none was run."""
        found = np.full(self.gaps.shape[:-1], np.nan)
        for index in np.ndindex(found.shape):
            found[index] = interval_of(self.gaps[index]).median
        return found

    @property
    def leaves_least(self) -> NDArray[np.bool_]:
        """True for the choices with the least median at a point and for those that tie with it, `[choice, level, …]`.

        A choice ties if its median is within £1m, or if the mean of its differences run by run, with the same random
        events, is not above half of its 95% interval. No choice leaves least where one of them was not run.
        """
        medians = self.medians
        least = np.asarray(medians <= medians.min(axis=0) + MATERIAL)
        for index in np.ndindex(medians.shape[1:]):
            here, gaps = medians[(slice(None), *index)], self.gaps[(slice(None), *index)]
            if not np.isnan(here).any():
                differences = precisions_of(gaps - gaps[here.argmin()])
                least[(slice(None), *index)] |= [each.mean <= each.half_width for each in differences]
        return least

    @property
    def ties_by_chance(self) -> bool:
        """True if choices tie at some point whose medians are more than £1m apart."""
        medians = self.medians
        return bool((self.leaves_least & (medians > medians.min(axis=0) + MATERIAL)).any())

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each choice and point: its assumptions, the bands of the gap, and if it leaves least."""
        import pandas as pd

        least = self.leaves_least
        rows = []
        for index in np.ndindex(least.shape):
            choice, *at = index
            values = {name: levels[n] for name, levels, n in zip(self.assumptions, self.levels, at, strict=True)}
            band = interval_of(self.gaps[index])._asdict()
            rows.append({"choice": self.labels[choice], **values, **band, "leaves_least": bool(least[index])})
        return pd.DataFrame(rows)


def grid_of(comparison: Comparison) -> Grid | None:
    """Return the gaps of a comparison over its one or two assumptions.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        None unless the design is a grid that varies one or two assumptions.
    """
    assumptions = comparison.assumptions
    if comparison.design != "grid" or not 1 <= len(assumptions) <= MOST_ASSUMPTIONS:
        return None
    by_choice = group_points(comparison)
    points = [point for cases in by_choice.values() for point in cases]
    levels = tuple(_in_order([point.values[axis] for point in points]) for axis in range(len(assumptions)))
    if not all(levels):
        return None
    most = max(len(case.gaps) for case in comparison.cases)
    gaps = np.full((len(by_choice), *map(len, levels), most), np.nan)
    for choice, cases in enumerate(by_choice.values()):
        for index, values in zip(np.ndindex(gaps.shape[1:-1]), product(*levels), strict=True):
            if (case := cases.get(Point(values))) is not None:
                gaps[choice, *index, : len(case.gaps)] = case.gaps
    return Grid(labels=tuple(by_choice), assumptions=assumptions, levels=levels, gaps=gaps)


def _in_order(values: Sequence[Value | None]) -> tuple[Value, ...]:
    """Return each value once: numbers ascending, words as they come."""
    found = tuple(value for value in dict.fromkeys(values) if value is not None)
    numbers = [value for value in found if isinstance(value, int | float)]
    return tuple(sorted(numbers)) if len(numbers) == len(found) else found
