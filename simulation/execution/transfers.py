"""Transfers by contract: how programmes change what commissioners pay providers, with bands over replicates."""

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Interval, bands_of
from simulation.execution.tracing import payment_changes
from simulation.results.dates import first_days
from simulation.results.ensemble import Ensemble
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    import pandas as pd

TRANSFERS = "transfers"
"""The name of the table."""

_KEYS = ("programme", "payer", "payee", "contract")


def transfers_by_contract(results: Trajectory | Ensemble) -> "pd.DataFrame":
    """Return how programmes change what commissioners pay providers, month by month and contract by contract.

    Every row changes two organisations' income by the same amount. In proportion to what a programme is worth so far,
    activity moves and income follows it as far as the contract leaves the risk with the commissioner. A commissioner
    without a contract with the provider to which activity moves pays as all contracts of that provider do on average,
    weighted by amount.

    Args:
        results: One replicate; or several, run with `detail=("opportunities",)`.

    Returns:
        A row for each month and payment of a programme: month (counted from 0), date (its first day), programme, payer
        (the commissioner), payee (the provider), contract (that of the two; empty if they have none), then mean, median
        and the limits of the 50% and 90% bands over replicates, £m a year; below 0 the payer pays less.

    Raises:
        ValueError: If the detail was not kept for all months.
    """
    import pandas as pd

    index = np.arange(len(results.axes.months))
    days = first_days(results.axes.scenario.start, index)
    frames = [pd.DataFrame(columns=["month", "date", *_KEYS, *Interval._fields])]
    for change in payment_changes(results):
        bands = bands_of(change.amounts)
        named = {name: getattr(change, name) for name in _KEYS}
        limits = {name: getattr(bands, name) for name in Interval._fields}
        frames.append(pd.DataFrame({"month": index, "date": days, **named} | limits))
    whole = pd.concat(frames[1:] or frames, ignore_index=True)
    return whole.sort_values("month", kind="stable", ignore_index=True)
