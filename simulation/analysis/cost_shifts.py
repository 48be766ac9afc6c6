"""Cost shifts by organisation: what each takes from, or loses to, the other sides of its contracts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation import columns
from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.ensemble import Ensemble
from simulation.scenario.entries import ContractEntry

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class CostShift:
    """One organisation's gain by cost shifts over the whole run, £m; below 0 it loses."""

    organisation: str
    """Id."""
    name: str
    precision: Precision
    """Mean and half the width of its 95% interval."""
    band: Interval
    """Bands by chance alone."""


def cost_shifts(ensemble: Ensemble, *, discount: float = 0.0) -> tuple[CostShift, ...]:
    """Return what each organisation gains by cost shifts over the run, in id order.

    A shift moves money between the two sides of a contract, so in every replicate they add up to 0 over the place.

    Args:
        ensemble: Replicates that kept the table opportunities for every month.
        discount: % a year, see `analysis.discounting`; 0 for nominal, undiscounted amounts.

    Raises:
        ValueError: If the table was not kept.
    """
    amounts = cost_shifts_by_month(ensemble) * discounting(ensemble.axes.months, discount).by_month[:, np.newaxis]
    over_run, axes = amounts.sum(axis=1), ensemble.axes
    return tuple(
        CostShift(
            organisation=each, name=axes.organisation_name(each), precision=precision, band=interval_of(over_run[:, o])
        )
        for o, (each, precision) in enumerate(zip(axes.organisations, precisions_of(over_run.T), strict=True))
    )


def cost_shifts_by_month(ensemble: Ensemble) -> Floats:
    """Return what each organisation gains by cost shifts, `[replicate, month, organisation]`, £m this month.

    Args:
        ensemble: Replicates that kept the table opportunities for every month.

    Raises:
        ValueError: If the table was not kept.
    """
    axes, kept = ensemble.axes, ensemble.opportunities
    if kept is None or len(ensemble.detail_months) != len(axes.months):
        message = "cost shifts need every month of the table opportunities; run again with detail=('opportunities',)"
        raise ValueError(message)
    gained = np.zeros((len(ensemble), len(axes.months), len(axes.organisations)))
    for k, name in enumerate(axes.opportunities):
        contract = axes.opportunity(name)
        if isinstance(contract, ContractEntry):
            first, second = (axes.organisations.index(each) for each in contract.participants)
            shifted = np.nan_to_num(kept[:, :, k, columns.OPPORTUNITIES.cost_shifted])
            gained[:, :, first] += shifted
            gained[:, :, second] -= shifted
    return gained


def cost_shifts_to_pandas(shifts: tuple[CostShift, ...]) -> "pd.DataFrame":
    """Return a row for each organisation, £m over the run: mean with interval, and bands."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"organisation": each.organisation, "name": each.name, "mean": each.precision.mean}
            | {"half_width_95": each.precision.half_width}
            | {name: value for name, value in each.band._asdict().items() if name != "mean"}
            for each in shifts
        ]
    )
