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


def precision_of(values: Floats) -> Precision:
    """How precisely the mean of one number is known.

    Args:
        values: `[replicate]`; NaN where a history is missing, which is left out.
    """
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return Precision(0, nan, nan)
    half_width = float(half_widths(known[np.newaxis])[0])
    return Precision(len(known), float(known.mean()), half_width)


def half_widths(values: Floats) -> Floats:
    """Half the width of the 95% interval of each row's mean, `[row]`; NaN with fewer than two histories.

    Args:
        values: `[row, replicate]`; NaN where a history is missing.
    """
    from scipy.special import stdtrit

    present = ~np.isnan(values)
    histories = present.sum(axis=1)
    enough = np.maximum(histories, 2)
    means = np.where(present, values, 0.0).sum(axis=1) / np.maximum(histories, 1)
    squares = (np.where(present, values - means[:, np.newaxis], 0.0) ** 2).sum(axis=1)
    wide = stdtrit(enough - 1, 0.975) * np.sqrt(squares / (enough - 1) / enough)
    return np.where(histories < 2, nan, wide)
