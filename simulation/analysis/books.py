"""The books: how the gap of every month adds up to the organisations' outturns."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.finance import finance_of
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

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

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each step, £m over the run; a step that lowers the outturn is below 0."""
        import pandas as pd

        return pd.DataFrame([{"step": step, **interval._asdict()} for step, interval in self.intervals().items()])


def books(ensemble: Ensemble) -> Books:
    """Reconcile the gap with the organisations' outturns, in nominal, undiscounted amounts.

    Args:
        ensemble: The replicates.
    """
    finance = finance_of(Study(ensemble=ensemble))
    saved = finance.over_run("do_nothing") + finance.over_run("efficiency") + finance.over_run("programmes")
    return Books(
        gap=0.0 - saved,
        contracts=finance.over_run("contracts"),
        set_up=0.0 - finance.over_run("set_up"),
        levers=0.0 - finance.over_run("levers"),
        outturn=ensemble.outturns.sum(axis=(1, 2)),
    )
