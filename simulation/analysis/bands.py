"""Means, medians and bands over replicates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from simulation.results.ensemble import Ensemble
    from simulation.results.replicates import Replicates
    from simulation.results.study import Study

Floats = NDArray[np.float64]

LEAST_FOR_BANDS = 20
"""Below this number of replicates the ends of a 90% band are interpolated, and fewer than 90% may lie within."""

_QUANTILES = (0.5, 0.25, 0.75, 0.05, 0.95)


class Interval(NamedTuple):
    """Mean, median and bands of one number over replicates, in its own unit; NaN if no replicate has it."""

    mean: float
    median: float
    low_50: float
    """A quarter of the replicates lie below."""
    high_50: float
    """A quarter of the replicates lie above."""
    low_90: float
    """One replicate in twenty lies below."""
    high_90: float
    """One replicate in twenty lies above."""


@dataclass(frozen=True)
class Bands:
    """Means, medians and bands of a series of numbers over replicates, in their own unit.

    Every array has the same shape. With a single replicate, all arrays are that replicate.
    """

    mean: Floats
    median: Floats
    low_50: Floats
    high_50: Floats
    low_90: Floats
    high_90: Floats

    def at(self, index: int | tuple[int, ...]) -> Interval:
        """Return the interval at one index, such as −1 for the last month; of several axes, at one index of each."""
        return Interval(*(float(getattr(self, name)[index]) for name in Interval._fields))

    def to_pandas(self, months: tuple[str, ...]) -> "pd.DataFrame":
        """Return a row for each month: month as YYYY-MM, then mean, median and the limits of the bands."""
        import pandas as pd

        return pd.DataFrame({"month": list(months)} | {name: getattr(self, name) for name in Interval._fields})


def mean_of(values: Floats) -> Floats:
    """Return the mean over replicates; NaN where no replicate has a number.

    Args:
        values: `[replicate, ...]`; NaN where a replicate has no such number. NaN is left out.
    """
    found = np.full(np.shape(values)[1:], np.nan)
    seen = ~np.isnan(values).all(axis=0)
    if seen.any():
        found[seen] = np.nanmean(values[:, seen], axis=0)
    return found


def bands_of(values: Floats) -> Bands:
    """Return mean, median and the limits of the 50% and 90% bands over replicates.

    Args:
        values: `[replicate, ...]`; NaN where a replicate has no such number. NaN is left out.
    """
    flat = np.asarray(values, dtype=np.float64).reshape(len(values), -1)
    limits = np.full((len(Interval._fields), flat.shape[1]), np.nan)
    limits[0] = mean_of(flat)
    seen = ~np.isnan(flat).all(axis=0)
    if seen.any():
        quantile = np.nanquantile if np.isnan(flat[:, seen]).any() else np.quantile  # the same, and takes less time
        limits[1:, seen] = quantile(flat[:, seen], _QUANTILES, axis=0)
    return Bands(*limits.reshape(-1, *np.shape(values)[1:]))


def interval_of(values: Floats) -> Interval:
    """Return mean, median and bands of one number over replicates.

    Args:
        values: `[replicate]`; NaN where a replicate has no such number.
    """
    return bands_of(np.asarray(values, dtype=np.float64)[:, np.newaxis]).at(0)


def series_to_pandas(
    months: tuple[str, ...], series: Mapping[str, Bands | Floats | None], column: str
) -> "pd.DataFrame":
    """Return a row for each series and month: series, month, its value or median, and the limits of its bands.

    Args:
        months: YYYY-MM.
        series: Bands or single lines by name, in order; None for one to leave out.
        column: Name of the column of values and medians.
    """
    import pandas as pd

    frames = [
        each.to_pandas(months).drop(columns="mean").rename(columns={"median": column}).assign(series=name)
        if isinstance(each, Bands)
        else pd.DataFrame({"month": list(months), column: each, "series": name})
        for name, each in series.items()
        if each is not None
    ]
    return pd.concat(frames, ignore_index=True)[["series", "month", column, *Interval._fields[2:]]]


def month_of_half(values: Floats, months: tuple[str, ...]) -> str | None:
    """Return the month by which something has happened in half of the replicates; None if it never has in half.

    Args:
        values: `[replicate]`, month from the start, counted from 0; NaN if it never happens.
        months: YYYY-MM.
    """
    middle = np.sort(np.nan_to_num(values, nan=np.inf))[(len(values) - 1) // 2]
    return months[int(middle)] if np.isfinite(middle) else None


def monthly_bands(replicates: "Ensemble | Replicates", column: str) -> Bands:
    """Return the bands of one column of the system table over replicates, `[month]`.

    Args:
        replicates: Replicates that kept the column.
        column: One of `columns.SYSTEM`, such as gap.
    """
    return bands_of(replicates[column])


def varied_interval(study: "Study | None", column: str = "gap") -> Interval | None:
    """Return where a column ends over replicates with varied assumptions; None if there are none, or not of it.

    Args:
        study: A scenario's replicates; None if its tables were not kept.
        column: One of `columns.SYSTEM`, such as gap.
    """
    varied = None if study is None else study.assumptions
    return None if varied is None or column not in varied.columns else interval_of(varied[column][:, -1])
