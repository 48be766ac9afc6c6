"""When a gap meets its target: the one rule, which allows for errors of rounding."""

import numpy as np

from simulation.analysis.bands import Floats
from simulation.money_unit import ROUNDING


def is_met(left: float, target: float) -> bool:
    """Return True if a gap meets its target.

    Args:
        left: Gap left, £m a year.
        target: Gap to be reached, £m a year.
    """
    return left <= target + ROUNDING


def count_met(gaps: Floats, target: float) -> int:
    """Count the replicates whose gap meets its target.

    Args:
        gaps: Gap left, £m a year, `[replicate]`; NaN where a replicate failed, which meets none.
        target: Gap to be reached, £m a year.
    """
    return int(np.count_nonzero(gaps <= target + ROUNDING))
