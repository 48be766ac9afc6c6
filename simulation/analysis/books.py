"""The books: from the gap month by month to what organisations' accounts show in the end."""

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
    """What makes up the outturn of all organisations together over the whole run, £m, `[replicate]`.

    outturn = contracts − gap − set_up − levers, in every replicate.
    """

    gap: Floats
    """The gap of every month, a twelfth of its rate: what the place spends beyond its income."""
    contracts: Floats
    """What contracts yield; what one party takes from another cancels."""
    set_up: Floats
    """What setting programmes up costs."""
    levers: Floats
    """What levers cost."""
    outturn: Floats
    """What the organisations' accounts add up to."""

    def intervals(self) -> dict[str, Interval]:
        """Each step with its band; what lowers the outturn below 0."""
        signs = {"gap": -1.0, "set_up": -1.0, "levers": -1.0}
        return {step: interval_of(signs.get(step, 1.0) * getattr(self, step) + 0.0) for step in STEPS}

    def to_frame(self) -> "pd.DataFrame":
        """A row for each step, £m over the run; what lowers the outturn below 0."""
        import pandas as pd

        return pd.DataFrame([{"step": step, **told._asdict()} for step, told in self.intervals().items()])


def books(ensemble: Ensemble) -> Books:
    """Reconcile the gap with the organisations' outturns.

    Contracts are what is left when all else is known: the summary does not keep them month by month.

    Args:
        ensemble: The replicates.
    """
    outturn = ensemble.outturns.sum(axis=(1, 2))
    gap = ensemble["gap"].sum(axis=1) / 12
    levers = np.full(len(ensemble), float(lever_costs(ensemble.scenario).sum()) / 12)
    set_up = _set_up(ensemble)
    return Books(gap=gap, contracts=outturn + gap + set_up + levers, set_up=set_up, levers=levers, outturn=outturn)


def _set_up(ensemble: Ensemble) -> Floats:
    """Spent evenly over as many months in delivery as there are milestones, from the month after agreement."""
    axes, agreed = ensemble.axes, ensemble.agreement("agreed")
    spent = np.zeros(len(ensemble))
    for position in axes.programmes:
        entry = axes.opportunity(axes.opportunities[position])
        left = len(axes.months) - 1 - agreed[:, position]
        months = np.clip(np.nan_to_num(left, nan=0.0), 0, entry.milestones)
        spent += float(entry.set_up_cost) / entry.milestones * months
    return spent
