"""Rank correlations: the simple answer to which assumptions decide, one at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """The rank correlation of a parameter with how much better the first of two choices is."""

    parameter: str
    rho: float
    """Spearman's, −1 to 1; above 0 the first gains on the second as the parameter rises."""
    is_clear: bool
    """True if it differs from 0 at 95%, for all parameters together (Bonferroni)."""


def correlate(names: Sequence[str], points: Floats, gains: Floats) -> tuple[Correlation, ...]:
    """Return the rank correlation of each parameter with a gain, the strongest first.

    Args:
        names: The parameters by column.
        points: `[point, column]`.
        gains: By how much the first is better, `[point]`.
    """
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(np.column_stack([gains, points]), axis=0)
    centred = ranks - ranks.mean(axis=0)
    sizes = np.sqrt((centred**2).sum(axis=0))
    rhos = centred[:, 0] @ centred[:, 1:] / np.where(sizes[0] * sizes[1:] > 0, sizes[0] * sizes[1:], 1.0)
    least = float(ndtri(1 - 0.025 / len(names))) / np.sqrt(max(1, len(points) - 1))
    found = [
        Correlation(parameter=name, rho=float(rho), is_clear=bool(abs(rho) > least))
        for name, rho in zip(names, rhos, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.rho), each.parameter)))
