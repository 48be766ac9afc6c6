"""How precisely a mean is known from so many histories, and how many would make it twice as precise."""

from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Precision(NamedTuple):
    """A mean over histories with its 95% interval, by Student's t."""

    histories: int
    mean: float
    half_width: float
    """Half the width of the 95% interval, in the mean's own unit; NaN with fewer than two histories."""

    @property
    def to_halve(self) -> int:
        """How many histories in all would halve it: four times as many, since it falls with their square root."""
        return 4 * self.histories


def precisions_of(values: Floats) -> list[Precision]:
    """How precisely the mean of each row is known.

    Args:
        values: `[row, replicate]`; NaN where a history is missing, which is left out.
    """
    histories, means = _means(values)
    told = zip(histories, means, half_widths(values), strict=True)
    return [Precision(int(each), float(mean) if each else nan, float(half_width)) for each, mean, half_width in told]


def half_widths(values: Floats) -> Floats:
    """Half the width of the 95% interval of each row's mean, `[row]`; NaN with fewer than two histories.

    Args:
        values: `[row, replicate]`; NaN where a history is missing.
    """
    from scipy.special import stdtrit

    histories, means = _means(values)
    enough = np.maximum(histories, 2)
    squares = np.nansum((values - means[:, np.newaxis]) ** 2, axis=1)
    wide = stdtrit(enough - 1, 0.975) * np.sqrt(squares / (enough - 1) / enough)
    return np.where(histories < 2, nan, wide)


def _means(values: Floats) -> tuple[NDArray[np.int64], Floats]:
    """How many histories each row has, and their mean; 0 where there are none."""
    histories = (~np.isnan(values)).sum(axis=1)
    return histories, np.nansum(values, axis=1) / np.maximum(histories, 1)
