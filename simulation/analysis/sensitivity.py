"""Drivers: the share of the variance of the gap that each varied number explains, alone and with interactions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Driver:
    """One varied number's shares of the variance of the mean gap in the last month, 0–1.

    Each share has half the width of its 95% interval.
    """

    factor: str
    first: float
    """Alone (first order)."""
    first_half_width: float
    total: float
    """With all its interactions (total order)."""
    total_half_width: float


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """Every varied number, those with the largest total effect first."""

    drivers: tuple[Driver, ...]
    points: int
    """Points in the sample."""

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each varied number."""
        import pandas as pd

        return pd.DataFrame([vars(driver) for driver in self.drivers])


def drivers(comparison: Comparison) -> Drivers:
    """Compute first-order and total effects of a Sobol sample by SALib (Saltelli 2002; total order by Jansen 1999).

    Args:
        comparison: A batch with `design: {kind: sobol, points: …}` of one scenario.

    Raises:
        ValueError: If it has another design or several scenarios, or is not finished.
    """
    variants = {case.variant for case in comparison.cases}
    if comparison.design != "sobol" or len(variants) != 1:
        message = "drivers need an experiment of one scenario with design: {kind: sobol, points: …}"
        raise ValueError(message)
    gaps = np.array([np.nanmean(case.gaps) if not np.isnan(case.gaps).all() else np.nan for case in comparison.cases])
    if np.isnan(gaps).any():
        failed = any(np.isnan(case.gaps).all() for case in comparison.cases) and comparison.left_out
        way_out = (
            "some failed; `trustsim retry` runs these again"
            if failed
            else "some are missing; the same `trustsim batch` goes on"
        )
        message = f"drivers need every design of the sample, and {way_out}"
        raise ValueError(message)
    from SALib.analyze import sobol

    names = list(comparison.factors)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    found = sobol.analyze(problem, gaps, calc_second_order=False, print_to_console=False, seed=1)
    each = zip(names, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    shares = [
        Driver(factor=n, first=float(s), first_half_width=float(sc), total=float(t), total_half_width=float(tc))
        for n, s, sc, t, tc in each
    ]
    return Drivers(drivers=tuple(sorted(shares, key=lambda d: (-d.total, d.factor))), points=len(gaps))
