"""A place as a model of the EMA Workbench: parameters as uncertainties, levers as levers, outcomes as outcomes.

It needs the extra [ema]: EMA Workbench 2.5, or 3 on Python 3.12 and newer.
"""

import multiprocessing
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulation.analysis.outcomes import OUTCOMES, outcomes_of
from simulation.columns import SYSTEM
from simulation.execution.evaluation import PARAMETERS, TRUST_RULE, Value, check_names, set_values
from simulation.extras import check_installed
from simulation.levers import Lever
from simulation.model.run import prepare_engine, run_designs
from simulation.scenario.given import scenario_of
from simulation.scenario.held import held_parameters
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

check_installed("simulation.ema", "ema_workbench")

from ema_workbench import (  # noqa: E402  a missing package is reported first, with the extra that installs it
    CategoricalParameter,
    IntegerParameter,
    Model,
    RealParameter,
    ScalarOutcome,
    TimeSeriesOutcome,
)

_BY_MONTH = "_by_month"
_KINDS = {"lower": ScalarOutcome.MINIMIZE, "higher": ScalarOutcome.MAXIMIZE, None: ScalarOutcome.INFO}


@dataclass(frozen=True, kw_only=True)
class PlaceFunction:
    """The function of an EMA Workbench model: it runs a place at the values of one experiment.

    It can be pickled, so that every evaluator works.
    """

    place: Scenario
    series: tuple[str, ...]
    replicates: int
    seed: int

    def __call__(self, **values: Value) -> dict[str, Any]:
        """Return the outcomes of an experiment.

        Args:
            **values: Parameters and lever strengths by name; what is left out stays as it is in the place.
        """
        # An evaluator's worker processes share the cores already.
        threads = None if multiprocessing.parent_process() is None else 1
        designs = [set_values(self.place, values)]
        (run,) = run_designs(designs, replicates=self.replicates, seed=self.seed, threads=threads)
        return outcomes_of(run) | {f"{name}{_BY_MONTH}": run[name].mean(axis=0) for name in self.series}


def ema_model(
    place: Scenario | str | os.PathLike[str],
    *,
    levers: Iterable[str] | None = None,
    parameters: Iterable[str] | None = None,
    series: Iterable[str] = (),
    replicates: int = 16,
    seed: int = 1,
    name: str = "place",
) -> Model:
    """Return a place as a model of the EMA Workbench, for `perform_experiments` and `optimize`.

    The gap is to be minimised; the position and the outturn of the worst-off organisation are to be maximised. All
    experiments have common random numbers. The kernel is compiled first, if it is not on disk yet, so that no worker
    process has to.

    Args:
        place: The place, or the path of its file. A lever that it uses keeps its months, costs and subjects, at the
            strength that an experiment sets; any other acts from the first month, on all, at no cost.
        levers: The levers that may vary, with strengths from 0 to 1; by default all.
        parameters: The parameters that are uncertain, over their ranges in the table; by default all that the place
            does not set itself.
        series: Columns of the table system, such as gap, whose mean in each month is an outcome too: gap_by_month.
        replicates: Replicates of each experiment, 1 or more.
        seed: Random seed.
        name: Name of the model; letters and digits.

    Raises:
        ScenarioError: If there is a mistake in the file.
        ValueError: If there is no such lever, parameter or column.
    """
    place = scenario_of(place)
    varied = check_names(Lever if levers is None else levers, Lever, "lever")
    drawn = [name for name in PARAMETERS if name not in held_parameters(place).values]
    uncertain = check_names(drawn if parameters is None else parameters, PARAMETERS, "parameter")
    by_month = check_names([series] if isinstance(series, str) else series, SYSTEM._fields, "column")
    prepare_engine(place)
    function = PlaceFunction(place=place, series=by_month, replicates=replicates, seed=seed)
    model = Model(name, function=function)
    model.levers = [RealParameter(each, 0, 1) for each in varied]
    model.uncertainties = [_uncertainty(each) for each in uncertain]
    scalars = [ScalarOutcome(each.name, kind=_KINDS[each.better]) for each in OUTCOMES]
    model.outcomes = scalars + [TimeSeriesOutcome(f"{each}{_BY_MONTH}") for each in by_month]
    return model


def _uncertainty(name: str) -> Any:
    """Return a parameter of the table as one of the EMA Workbench."""
    row = PARAMETERS[name]
    if name == TRUST_RULE:
        return CategoricalParameter(name, list(map(str, TrustRule)))
    return IntegerParameter(name, int(row.low), int(row.high)) if row.whole else RealParameter(name, row.low, row.high)
