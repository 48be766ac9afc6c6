"""The books: how the gap of every month adds up to the organisations' outturns."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.results.ensemble import Ensemble
from simulation.scenario.paths import lever_costs

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("gap", "contracts", "set_up", "levers", "outturn")


@dataclass(frozen=True, kw_only=True)
class Books:
    """The parts of the outturn of all organisations together over the whole run, £m, `[replicate]`.

    outturn = contracts − gap − set_up − levers, in every replicate.
    """

    gap: Floats
    """Sum of a twelfth of every month's gap: spending beyond income."""
    contracts: Floats
    """Yield of contracts; amounts that one party takes from another cancel out."""
    set_up: Floats
    """Cost of setting programmes up."""
    levers: Floats
    """Cost of levers."""
    outturn: Floats
    """Sum of the organisations' outturns."""

    def intervals(self) -> dict[str, Interval]:
        """Return each step with its band; a step that lowers the outturn is below 0."""
        signs = {"gap": -1.0, "set_up": -1.0, "levers": -1.0}
        return {step: interval_of(signs.get(step, 1.0) * getattr(self, step) + 0.0) for step in STEPS}

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each step, £m over the run; a step that lowers the outturn is below 0."""
        import pandas as pd

        return pd.DataFrame([{"step": step, **interval._asdict()} for step, interval in self.intervals().items()])


def books(ensemble: Ensemble) -> Books:
    """Reconcile the gap with the organisations' outturns.

    Contracts are the remainder, since results do not keep them month by month.

    Args:
        ensemble: The replicates.
    """
    outturn = ensemble.outturns.sum(axis=(1, 2))
    gap = ensemble["gap"].sum(axis=1) / 12
    levers = np.full(len(ensemble), float(lever_costs(ensemble.scenario).sum()) / 12)
    set_up = _set_up(ensemble)
    return Books(gap=gap, contracts=outturn + gap + set_up + levers, set_up=set_up, levers=levers, outturn=outturn)


def _set_up(ensemble: Ensemble) -> Floats:
    """Return the set-up cost spent, £m, `[replicate]`.

    It is spread evenly over the months of delivery, as many as there are milestones, from the month after agreement.
    """
    axes, agreed = ensemble.axes, ensemble.agreement("agreed")
    spent = np.zeros(len(ensemble))
    for index in axes.programmes:
        entry = axes.programme(index)
        left = len(axes.months) - 1 - agreed[:, index]
        months = np.clip(np.nan_to_num(left, nan=0.0), 0, entry.milestones)
        spent += float(entry.set_up_cost) / entry.milestones * months
    return spent
