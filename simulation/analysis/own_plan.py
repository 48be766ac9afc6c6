"""Each organisation's outturn against its own plan."""

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.discounting import discounting
from simulation.results.axes import Axes
from simulation.results.ensemble import Ensemble
from simulation.scenario.paths import planned_gap


def against_own_plan(ensemble: Ensemble, *, discount: float = 0.0) -> Floats:
    """Return each organisation's outturn minus its own plan; below 0 it is worse off than planned.

    Its plan is its deficit share of the planned gap, month by month, as a deficit: −share × Σ planned gap/12.

    Args:
        ensemble: The replicates.
        discount: % a year, see `analysis.discounting`; 0 for nominal, undiscounted amounts.

    Returns:
        `[replicate, organisation]`, £m over the run.
    """
    shares = np.array(list(ensemble.scenario.deficit_shares().values()))
    factors = discounting(ensemble.axes.months, discount)
    planned = -shares * (factors.by_month * planned_gap(ensemble.scenario)).sum() / 12
    outturns = (ensemble.outturns * factors.by_year[:, np.newaxis]).sum(axis=1)
    return np.asarray(outturns - planned, dtype=np.float64)


def run_income(axes: Axes) -> Floats:
    """Return each organisation's income over the whole run, `[organisation]`, £m."""
    yearly = np.array([axes.organisation(organisation).income for organisation in axes.organisations])
    return np.asarray(yearly * axes.scenario.months / 12, dtype=np.float64)
