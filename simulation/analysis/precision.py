"""The precision of a mean over replicates, and the replicates that would halve its interval."""

from math import isnan, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats
from simulation.money_unit import ROUNDING


class Precision(NamedTuple):
    """A mean over replicates with its 95% interval, by Student's t."""

    replicates: int
    mean: float
    half_width: float
    """Half the width of the 95% interval, in the mean's own unit; NaN with fewer than two replicates."""

    @property
    def to_halve(self) -> int:
        """Replicates in all that would halve it: four times as many, since it falls with their square root."""
        return 4 * self.replicates


def sign_of(precision: Precision) -> int:
    """Return the sign of a mean as far as the replicates show it: 0 if its 95% interval holds 0.

    Of a single replicate, which has no interval, it is the sign of its value.

    Args:
        precision: A mean with its interval.
    """
    mean, wide = precision.mean, 0.0 if isnan(precision.half_width) else precision.half_width
    least = max(wide, ROUNDING)
    return int(mean > least) - int(mean < -least)


def is_unclear(precision: Precision) -> bool:
    """Return True if replicates do not show the sign of a mean: its 95% interval holds 0, and they are not all 0.

    Args:
        precision: A mean with its interval.
    """
    return not sign_of(precision) and precision.half_width > ROUNDING


def precisions_of(values: Floats) -> list[Precision]:
    """Return the mean of each row with its 95% interval.

    Args:
        values: `[row, replicate]`; NaN where a replicate is missing. NaN is left out.
    """
    replicates, means = _means(values)
    rows = zip(replicates, means, half_widths(values), strict=True)
    return [Precision(int(each), float(mean) if each else nan, float(half_width)) for each, mean, half_width in rows]


def precision_over_sets(values: Floats, sets: int) -> Precision:
    """Return the mean over sets of assumptions with its 95% interval: replicates of one set count as one, their mean.

    Args:
        values: `[replicate]`, set by set, equally many of each.
        sets: Number of sets.
    """
    (precision,) = precisions_of(values.reshape(sets, -1).mean(axis=1)[np.newaxis])
    return precision


def half_widths(values: Floats) -> Floats:
    """Return half the width of the 95% interval of each row's mean, `[row]`; NaN with fewer than two replicates.

    Args:
        values: `[row, replicate]`; NaN where a replicate is missing.
    """
    from scipy.special import stdtrit

    replicates, means = _means(values)
    enough = np.maximum(replicates, 2)
    squares = np.nansum((values - means[:, np.newaxis]) ** 2, axis=1)
    wide = stdtrit(enough - 1, 0.975) * np.sqrt(squares / (enough - 1) / enough)
    return np.where(replicates < 2, nan, wide)


def _means(values: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return the number of replicates in each row, and their mean; 0 if there are none."""
    replicates = (~np.isnan(values)).sum(axis=1)
    return replicates, np.nansum(values, axis=1) / np.maximum(replicates, 1)
