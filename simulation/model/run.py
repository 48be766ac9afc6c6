"""Run many replicates of a scenario, or of many scenarios, with the faster engine; both give the same bits."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from simulation.known_names import check_name
from simulation.limits import MOST_REPLICATES
from simulation.memory import check_memory
from simulation.model.ensemble import cache
from simulation.model.replicate_sets import PlacePoint, ReplicateSet, sets_of_points, sets_of_rows, sets_of_scenarios
from simulation.model.system import build_system
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble, Keep, whole
from simulation.results.size import bytes_of_replicate
from simulation.scenario.given import scenario_of
from simulation.scenario.months import month_names
from simulation.scenario.schema import Scenario

Engine = Literal["auto", "compiled", "mesa"]
"""`compiled` runs many replicates at once, `mesa` one agent after the other, `auto` the faster of the two."""

Design = TypeVar("Design", Scenario, Parameters)

OnProgress = Callable[[int], None]
"""Called with the number of replicates done since it was last called."""

_COMPILING = 12.0
"""Seconds to compile the kernel, as measured in benchmarks/RESULTS.md."""

_MEETING = 2.5e-6
"""Seconds that the agents take for a month and a meeting, measured in the same way."""


def run_ensemble(
    scenario: Scenario | str | os.PathLike[str],
    *,
    replicates: int,
    seed: int,
    first: int = 0,
    engine: Engine = "auto",
    detail: Sequence[str] = (),
    detail_months: Sequence[int | str] | None = None,
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Ensemble:
    """Run replicates `first` to `first + replicates − 1` of a scenario.

    A replicate depends on the scenario, the seed and its own number alone. Each can be run by itself, by either
    engine, on any number of threads.

    Args:
        scenario: The scenario, or the path of its file.
        replicates: How many replicates, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        first: Number of the first replicate, 0 or more.
        engine: The engine.
        detail: Monthly tables to keep besides the summary: organisations, relationships, opportunities.
        detail_months: The months that these tables keep, as YYYY-MM or counted from 0; by default all.
        threads: How many threads the compiled engine uses; by default one for each processor.
        progress: Called with the number of replicates done since the last call.

    Returns:
        All replicates.

    Raises:
        ScenarioError: If there is a mistake in the file.
        TypeError: If it is neither a scenario nor a path.
        ValueError: If a number is out of range, or a name is not one of those above.
        TooLargeError: If the results need more memory than this machine has.
    """
    scenario = scenario_of(scenario)
    keep = Keep.of(scenario.months, detail, _months(scenario, detail_months))
    wanted = ReplicateSet.of_system(build_system(scenario), _numbers(replicates, first))
    chosen = choose_engine(scenario, len(wanted), engine)
    return next(_run([wanted], _seed(seed), keep, chosen, _threads(threads), progress))


def run_with_parameters(
    scenario: Scenario,
    rows: Sequence[Parameters],
    *,
    seed: int,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Ensemble:
    """Run one replicate for each set of parameters: row 0 as replicate 0, row 1 as replicate 1, and so on.

    Args:
        scenario: The scenario.
        rows: The parameters of each replicate, one row or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        engine: The engine.
        threads: How many threads the compiled engine uses; by default one for each processor.
        progress: Called with the number of replicates done since the last call.

    Raises:
        ValueError: If there is no row, or a number is out of range.
    """
    wanted = ReplicateSet.of_rows(scenario, rows, _numbers(len(rows), 0))
    chosen = choose_engine(scenario, len(wanted), engine)
    return next(_run([wanted], _seed(seed), Keep(), chosen, _threads(threads), progress))


def run_designs(
    designs: Iterable[Scenario] | Iterable[Parameters],
    *,
    replicates: int,
    seed: int,
    first: int = 0,
    points: Iterable[int | None] | None = None,
    place: Scenario | None = None,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Iterator[Ensemble]:
    """Run many designs with common random numbers, and yield the replicates of each in order.

    Designs of the same place share its arrays, and only a few ensembles are in memory at a time: if you summarise each
    as it comes, memory doesn't grow with the number of designs.

    Args:
        designs: Scenarios, or sets of parameters that `place` assumes in turn. Each is taken when it is needed.
        replicates: How many replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        first: Number of the first replicate of each, 0 or more.
        points: The point of each design, counted from 0, if designs of different points shall have random events of
            their own: replicate r of point p is numbered p · 2²⁰ + r. If left out, all designs share the same events.
        place: The scenario that assumes each set of parameters; leave it out if designs are scenarios.
        engine: The engine; `auto` takes the compiled one.
        threads: How many threads the compiled engine uses; by default one for each processor.
        progress: Called with the number of replicates done since the last call.

    Yields:
        The replicates of each design, without monthly detail.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If sets of parameters come without a place, or scenarios with one.
    """
    numbers = _numbers(replicates, first)
    chosen = choose_engine(None, len(numbers), engine)
    if place is None:
        sets = sets_of_scenarios(_each(designs, Scenario), numbers, repeat(None) if points is None else points)
    else:
        sets = sets_of_rows(place, _each(designs, Parameters), numbers, repeat(None) if points is None else points)
    return _run(sets, _seed(seed), Keep(), chosen, _threads(threads), progress)


def run_points(
    points: Iterable[PlacePoint],
    *,
    seed: int,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Iterator[Ensemble]:
    """Run the scenarios of many points, one replicate for each set of parameters, and yield them in order.

    The scenarios of a point have common random numbers; different points have different ones. A few sets of parameters
    at a point cost the compiled engine hardly more than one.

    Args:
        points: The points; each is taken when it is needed.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        engine: The engine; `auto` takes the compiled one.
        threads: How many threads the compiled engine uses; by default one for each processor.
        progress: Called with the number of replicates done since the last call.

    Yields:
        For each point in turn the replicates of its first scenario, of its second and so on.

    Raises:
        ValueError: If a number is out of range.
    """
    chosen = choose_engine(None, 1, engine)
    return _run(sets_of_points(points), _seed(seed), Keep(), chosen, _threads(threads), progress)


def choose_engine(scenario: Scenario | None, replicates: int, engine: Engine = "auto") -> Engine:
    """Return the engine; `auto` is the compiled one if it is on disk, or if compiling is faster than the agents.

    With NUMBA_DISABLE_JIT=1 it is Mesa, since the kernel would run as plain Python.

    Args:
        scenario: The scenario; None for many, for which compiling always pays.
        replicates: How many replicates to run.
        engine: The engine that the caller asked for.

    Raises:
        ValueError: If there is no such engine.
    """
    check_name("engine", engine, get_args(Engine))
    if engine != "auto":
        return engine
    if not cache.is_compiled_at_all():
        return "mesa"
    if scenario is None:
        return "compiled"
    meetings = sum(len(each.participants) * (len(each.participants) - 1) for each in scenario.opportunities.values())
    by_agents = replicates * scenario.months * meetings * _MEETING
    return "compiled" if cache.is_on_disk() or by_agents > _COMPILING else "mesa"


def prepare_engine(scenario: Scenario) -> None:
    """Compile the kernel and keep it on disk, unless it is there already; do this before many processes need it.

    Args:
        scenario: Any scenario.
    """
    if cache.is_compiled_at_all() and not cache.is_on_disk():
        run_ensemble(scenario, replicates=1, seed=0, engine="compiled", threads=1)


def _run(
    sets: Iterable[ReplicateSet],
    seed: int,
    keep: Keep,
    engine: Engine,
    threads: int | None,
    progress: OnProgress | None,
) -> Iterator[Ensemble]:
    """Yield the replicates of each design of each set, in order."""
    sets = _that_fit(sets, keep)
    if engine == "compiled":
        from simulation.model.ensemble.jobs import run_replicate_sets

        yield from run_replicate_sets(sets, seed=seed, keep=keep, threads=threads, progress=progress)
    else:
        from simulation.model.agents.replicates import run_replicate_set

        for each in sets:
            yield from each.split(run_replicate_set(each, seed=seed, keep=keep, progress=progress))


def _that_fit(sets: Iterable[ReplicateSet], keep: Keep) -> Iterator[ReplicateSet]:
    """Yield sets of replicates; the tables of each must fit in this machine's memory."""
    for each in sets:
        needed = len(each) * bytes_of_replicate(each.system.axes, keep)
        check_memory(needed, "run fewer replicates at a time, or keep fewer monthly tables")
        yield each


def _each(designs: Iterable[Any], kind: type[Design]) -> Iterator[Design]:
    """Yield designs; all must be of one kind."""
    for design in designs:
        if not isinstance(design, kind):
            message = "designs must be scenarios, or sets of parameters with place=…"
            raise TypeError(message)
        yield design


def _months(scenario: Scenario, named: Sequence[int | str] | None) -> list[int] | None:
    """Return months counted from 0; those that are written YYYY-MM are looked up."""
    if named is None:
        return None
    months = month_names(scenario.start, scenario.months)
    found = []
    for each in [named] if isinstance(named, str) else named:
        if isinstance(each, str) and each not in months:
            message = f"a month of detail_months must be from {months[0]} to {months[-1]} (given: {each})"
            raise ValueError(message)
        found.append(months.index(each) if isinstance(each, str) else each)
    return found


def _numbers(replicates: int, first: int) -> NDArray[np.int64]:
    """Return the numbers of the replicates."""
    replicates = whole("replicates", replicates, 1, MOST_REPLICATES)
    first = whole("the first replicate", first, 0, 2**63 - replicates)
    return np.arange(first, first + replicates, dtype=np.int64)


def _seed(seed: int) -> int:
    return whole("the seed", seed, 0, 2**64 - 1)


def _threads(threads: int | None) -> int | None:
    return None if threads is None else whole("threads", threads, 1, 2**16)
