"""Each organisation's outturn against its own plan, and against its part of the gap before any savings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.own_plan import against_own_plan
from simulation.analysis.precision import Precision, is_unclear, precisions_of, sign_of
from simulation.money_unit import ROUNDING
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class OrganisationPosition:
    """One organisation over the whole run, £m."""

    organisation: str
    """Id."""
    name: str
    against_plan: Interval
    """Outturn minus its part of the planned gap, as a deficit; below 0 it is worse off than planned."""
    precision: Precision
    """The mean of that with half the width of its 95% interval."""
    against_no_savings: Interval
    """Outturn minus its part of the gap before any savings, as a deficit; below 0 it loses by what is done."""
    loses_in: int
    """Replicates in which it ends worse off than before any savings."""
    replicates: int

    @property
    def is_below(self) -> bool:
        """True if it clearly ends below its own plan: the 95% interval of its mean is below 0."""
        return sign_of(self.precision) < 0

    @property
    def is_unclear(self) -> bool:
        """True if it may end above or below its own plan: the 95% interval of its mean holds 0."""
        return is_unclear(self.precision)


def organisations_positions(ensemble: Ensemble, *, discount: float = 0.0) -> tuple[OrganisationPosition, ...]:
    """Return every organisation's position, those furthest below their plan first.

    Args:
        ensemble: The replicates.
        discount: % a year, see `analysis.discounting`; 0 for nominal, undiscounted amounts.
    """
    axes, plan = ensemble.axes, against_own_plan(ensemble, discount=discount)
    nothing = against_no_savings(ensemble, discount=discount)
    order, precisions = np.argsort(plan.mean(axis=0), kind="stable"), precisions_of(plan.T)
    return tuple(
        OrganisationPosition(
            organisation=axes.organisations[o],
            name=axes.organisation_name(axes.organisations[o]),
            against_plan=interval_of(plan[:, o]),
            precision=precisions[o],
            against_no_savings=interval_of(nothing[:, o]),
            loses_in=int((nothing[:, o] < -ROUNDING).sum()),
            replicates=len(ensemble),
        )
        for o in order.tolist()
    )


def against_no_savings(ensemble: Ensemble, *, discount: float = 0.0) -> Floats:
    """Return each organisation's outturn beyond its part of the gap before any savings.

    Args:
        ensemble: The replicates.
        discount: % a year, see `analysis.discounting`; 0 for nominal, undiscounted amounts.

    Returns:
        `[replicate, organisation]`, £m over the run: its own efficiency, its gains and losses by programmes and
        contracts, less what it paid for setting up and for levers.
    """
    shares = np.array(list(ensemble.scenario.deficit_shares().values()))
    factors = discounting(ensemble.axes.months, discount)
    nothing = -(factors.by_month * ensemble["do_nothing"]).sum(axis=1)[:, np.newaxis] * shares / 12
    outturns = (ensemble.outturns * factors.by_year[:, np.newaxis]).sum(axis=1)
    return np.asarray(outturns - nothing, dtype=np.float64)


def positions_to_pandas(positions: tuple[OrganisationPosition, ...]) -> "pd.DataFrame":
    """Return a row for each organisation: against its plan and against the gap before any savings, with bands."""
    import pandas as pd

    rows = []
    for each in positions:
        row: dict[str, object] = {"organisation": each.organisation, "name": each.name}
        for what in ("against_plan", "against_no_savings"):
            row |= {f"{what}_{limit}": value for limit, value in getattr(each, what)._asdict().items()}
        rows.append({**row, "loses_in": each.loses_in, "replicates": each.replicates})
    return pd.DataFrame(rows)
