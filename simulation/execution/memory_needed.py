"""Estimate the memory of runs before anything is run, from the places and the tables alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simulation.execution.plan import Plan
from simulation.execution.points import count_points
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Experiment, Variant
from simulation.memory import check_memory
from simulation.results.axes import axes_of, chosen_months
from simulation.results.ensemble import DETAIL, Keep
from simulation.results.replicates import VARIED
from simulation.results.size import bytes_of_replicate
from simulation.results.table_rows import rows_of_replicate
from simulation.scenario.own_numbers import find_own_numbers
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

_DRAWN = 7000
"""Bytes of a set of parameters that is drawn, with what is worked out of it: of 32 sets at each of 4,096 and 16,384
points of a small place, and of 512 and 2,048 of Mid and South Essex, the estimate is 1.0 to 1.5 times the largest
memory."""

_OWN = 250
"""Bytes of one of a place's own numbers at a point, with what is worked out of it; measured in the same way."""

_TOGETHER = 3
"""Ensembles that a search holds at once: the place without its levers, a candidate, and one that is being made."""

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
    needed = _BEGINNING + sum(
        _of_batch(each.experiment, each.replicates / len(each.experiment.variants)) for each in plans
    )
    check_memory(needed, "ask for fewer replicates, points or scenarios")


def check_experiments(experiments: Iterable[Experiment]) -> None:
    """Refuse experiments whose batches could not be read back in the memory of this machine, before they are planned.

    Args:
        experiments: An experiment and its supporting ones.

    Raises:
        TooLargeError: If they do not fit.
    """
    check_memory(memory_of_batches(experiments), "ask for fewer replicates, points or scenarios")


def check_decision(experiment: Experiment, *, is_compared: bool = True) -> None:
    """Refuse a search that needs more memory than this machine has, or whose options could not be compared.

    Args:
        experiment: The experiment, with its decision.
        is_compared: True if the options that are found are run as a batch.

    Raises:
        TooLargeError: If it does not fit.
    """
    needed = memory_of_decision(experiment, is_compared=is_compared)
    check_memory(needed, "lower points or replicates, of decide, of assumptions or of the experiment")


def check_what_matters(scenario: Scenario, points: int) -> None:
    """Refuse a search for the guesses that matter that needs more memory than this machine has.

    Args:
        scenario: The place.
        points: Number of points.

    Raises:
        TooLargeError: If it does not fit.
    """
    check_memory(memory_of_what_matters(scenario, points), "ask for fewer --points")


def memory_of_batches(experiments: Iterable[Experiment]) -> float:
    """Return about how many bytes the results of experiments take once they are read back.

    Args:
        experiments: An experiment and its supporting ones.
    """
    return _BEGINNING + sum(_of_batch(each, count_points(each) * each.replicates) for each in experiments)


def memory_of_decision(experiment: Experiment, *, is_compared: bool = True) -> float:
    """Return about how many bytes a search takes at most, and then the comparison of as many options as it may name.

    Args:
        experiment: The experiment, with its decision.
        is_compared: True if the options that are found are run as a batch.

    Raises:
        ValueError: If it has no decision.
    """
    from simulation.analysis.decided import MOST_NAMED

    decision = experiment.decision
    if decision is None:
        message = f"{experiment.name} has no decide block"
        raise ValueError(message)
    rows = decision.points * decision.replicates
    each = bytes_of_replicate(axes_of(decision.place), Keep())
    search = _BEGINNING + rows * _TOGETHER * each + decision.points * _DRAWN
    if not is_compared:
        return search
    options = tuple(Variant(name=f"option {number}", scenario=decision.place) for number in range(MOST_NAMED + 1))
    assumed = experiment.assumptions or AssumptionSample()
    compared = replace(experiment, variants=options, decision=None, attribution=None, assumptions=assumed)
    return max(search, memory_of_batches([compared, *supporting_experiments(compared)]))


def memory_of_what_matters(scenario: Scenario, points: int) -> float:
    """Return about how many bytes a search for the guesses that matter takes.

    Args:
        scenario: The place.
        points: Number of points.
    """
    from simulation.execution.what_matters import DRAWS

    own = sum(each.is_varied for each in find_own_numbers(scenario))
    return _BEGINNING + points * (DRAWS * _DRAWN + own * _OWN)


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


def _of_batch(experiment: Experiment, replicates: float) -> float:
    """Return about how many bytes the results of a batch take once they are read back.

    Where nothing is varied, all summary tables are read; at points, a few columns alone.

    Args:
        experiment: The experiment.
        replicates: Replicates of each of its scenarios.
    """
    places = [variant.scenario for variant in experiment.variants]
    if experiment.factors:
        return sum(replicates * _of_columns(place) for place in places)
    return sum(replicates * _READ * bytes_of_replicate(axes_of(place), Keep()) for place in places)


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
