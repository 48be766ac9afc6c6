"""Estimate the memory of runs before anything is run, from the places and the tables alone."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from simulation.execution.plan import Plan
from simulation.execution.points import count_points
from simulation.experiment.schema import Experiment
from simulation.memory import check_memory
from simulation.results.axes import axes_of, chosen_months
from simulation.results.ensemble import DETAIL, Keep
from simulation.results.replicates import VARIED
from simulation.results.size import bytes_of_replicate
from simulation.results.table_rows import rows_of_replicate
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    from simulation.execution.run import RunRequest

_BEGINNING = 4e8
"""Bytes of the program and its libraries."""

_ROW = 350
"""Bytes of a row while its table is written: of the two shipped places that were measured, with and without charts, at
1,000 to 20,000 replicates, the estimate is 0.8 to 1.5 times the largest memory."""

_READ = 1.5
"""Times the size of its tables that a batch takes to be read back; measured as 1.2 and 1.5 at 20,000 to 60,000
replicates of two shipped places."""

_SUMMARY = ("system", "outturns", "agreements", "memberships")


def check_run(request: "RunRequest") -> None:
    """Refuse a run that needs more memory than this machine has.

    Raises:
        TooLargeError: If it does not fit.
    """
    check_memory(memory_of_run(request), "run fewer replicates, or `trustsim batch`, which keeps results on disk")


def check_study(experiment: Experiment, supporting: Sequence[Experiment]) -> None:
    """Refuse an experiment in memory that needs more than this machine has.

    Args:
        experiment: The comparison.
        supporting: Its supporting experiments.

    Raises:
        TooLargeError: If it does not fit.
    """
    check_memory(memory_of_study(experiment, supporting), "run fewer replicates, or keep fewer monthly tables")


def check_batches(plans: Iterable[Plan]) -> None:
    """Refuse batches whose results could not be read back in the memory of this machine.

    Args:
        plans: The plans of an experiment and of its supporting runs.

    Raises:
        TooLargeError: If they do not fit.
    """
    needed = _BEGINNING + sum(map(_of_batch, plans))
    check_memory(needed, "ask for fewer replicates, points or scenarios")


def memory_of_run(request: "RunRequest") -> float:
    """Return about how many bytes a run takes at most, the writing of its tables included."""
    tables = (*_SUMMARY, *(["trust"] if request.for_charts else []), *request.tables)
    rows = rows_of_replicate(request.scenario)
    written = request.replicates * _ROW * max(rows[table] for table in tables if table in rows)
    return memory_of_study(request.experiment, request.supporting) + written


def memory_of_study(experiment: Experiment, supporting: Sequence[Experiment]) -> float:
    """Return about how many bytes the replicates of an experiment and its supporting experiments take in memory.

    Args:
        experiment: The comparison.
        supporting: Its supporting experiments, of which most keep a few columns alone.
    """
    return _BEGINNING + _of_ensembles(experiment) + sum(map(_of_supporting, supporting))


def _of_batch(plan: Plan) -> float:
    """Return about how many bytes the results of a batch take once they are read back.

    Where nothing is varied, all summary tables are read; at points, a few columns alone.
    """
    variants = plan.experiment.variants
    each = plan.replicates / len(variants)
    if plan.experiment.factors:
        return sum(each * _of_columns(variant.scenario) for variant in variants)
    return sum(each * _READ * bytes_of_replicate(axes_of(variant.scenario), Keep()) for variant in variants)


def _of_ensembles(experiment: Experiment) -> float:
    return sum(
        experiment.replicates * bytes_of_replicate(axes_of(each.scenario), _keep(each.scenario, experiment.detail))
        for each in experiment.variants
    )


def _of_supporting(experiment: Experiment) -> float:
    if experiment.supporting == "no-joint-action":
        return _of_ensembles(experiment)
    replicates = count_points(experiment) * experiment.replicates
    return replicates * sum(_of_columns(each.scenario) for each in experiment.variants)


def _of_columns(scenario: Scenario) -> float:
    """Return the bytes of the columns that are kept of a replicate where assumptions are varied."""
    years = 1 + scenario.months // 12
    return 8.0 * (len(VARIED) * scenario.months + years * len(scenario.organisations))


def _keep(scenario: Scenario, detail: Sequence[str]) -> Keep:
    """Return the monthly tables that are kept; `trust` keeps relationships in the months that charts show."""
    named = [table for table in DETAIL if table in detail]
    if named or "trust" not in detail:
        tables = [*named, *(["relationships"] if "trust" in detail and "relationships" not in named else [])]
        return Keep.of(scenario.months, tables)
    return Keep.of(scenario.months, ["relationships"], chosen_months(scenario.months))
