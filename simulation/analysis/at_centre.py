"""The order of two choices at the central assumptions, as far as a reader's statistics show it."""

from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.precision import precisions_of, sign_of


class AtCentre(NamedTuple):
    """The difference of two choices at the scenarios' own assumptions, the first's number minus the second's."""

    median: float
    """Median of the paired difference, £m a year or £m; NaN if it was not run there."""
    side: int
    """1 if the first's number is higher, −1 if it is lower, 0 if that cannot be distinguished from chance.

    It is said only where a reader finds the same: the 95% interval of the mean paired difference leaves out 0, and the
    medians of both, which papers show, are in that order too.
    """


def at_centre(first: Floats, second: Floats) -> AtCentre:
    """Compare the numbers of two choices at the central assumptions, with common random numbers.

    Args:
        first: The number of the first in each replicate; NaN where it is missing.
        second: The same of the second; replicates that only one of them has are left out.
    """
    both = min(len(first), len(second))
    pairs = np.stack([first[:both], second[:both]])
    pairs = pairs[:, ~np.isnan(pairs).any(axis=0)]
    replicates = pairs.shape[1]
    if not replicates:
        return AtCentre(float("nan"), 0)
    differences = pairs[0] - pairs[1]
    (mean,) = precisions_of(differences[np.newaxis])
    one, other = np.median(pairs, axis=1)
    is_shown = replicates > 1 and sign_of(mean) == np.sign(one - other)
    return AtCentre(float(np.median(differences)), sign_of(mean) if is_shown else 0)
