"""Run many replicates of a scenario, or of many scenarios, by the engine that is cheaper; both give the same bits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from simulation.model.batches import (
    Batch,
    batch_of_rows,
    batch_of_scenario,
    batches_of_rows,
    batches_of_scenarios,
)
from simulation.model.ensemble import cache
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble, Keep, whole
from simulation.scenario.schema import Scenario

Engine = Literal["auto", "compiled", "mesa"]
"""`compiled` runs many replicates at once, `mesa` one agent after the other, `auto` the cheaper of the two."""

Design = TypeVar("Design", Scenario, Parameters)

Progress = Callable[[int], None]
"""Called with the number of replicates done since it was last called."""

_COMPILING = 12.0
"""Seconds that it takes to compile the kernel; measured, see benchmarks/RESULTS.md."""

_MEETING = 2.5e-6
"""Seconds that the agents take to a month and meeting; measured likewise."""


def run_ensemble(
    scenario: Scenario,
    *,
    replicates: int,
    seed: int,
    first: int = 0,
    engine: Engine = "auto",
    detail: Sequence[str] = (),
    detail_months: Sequence[int] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run replicates `first` to `first + replicates − 1` of a scenario.

    A replicate depends on nothing but the scenario, the seed and its own number: any of them can be run alone, by
    either engine, on any number of threads.

    Args:
        scenario: The place.
        replicates: How many replicates, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        first: Number of the first replicate, 0 or more.
        engine: Which engine runs them.
        detail: Monthly tables to keep besides the summary: organisations, relationships, opportunities.
        detail_months: The months, counted from 0, of which these tables tell; all if left out.
        threads: How many threads the compiled engine uses; one for each processor if left out.
        progress: Told of replicates as they are done.

    Returns:
        All replicates.

    Raises:
        ValueError: If a number is out of range, or a name is not one of those above.
    """
    keep = Keep.of(scenario.months, detail, detail_months)
    batch = batch_of_scenario(scenario, _numbers(replicates, first))
    chosen = choose_engine(scenario, len(batch), engine)
    return next(_run([batch], _seed(seed), keep, chosen, _threads(threads), progress))


def run_with_parameters(
    scenario: Scenario,
    rows: Sequence[Parameters],
    *,
    seed: int,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Run one replicate for each set of parameters: row 0 as replicate 0, row 1 as replicate 1, and so on.

    Args:
        scenario: The place.
        rows: What to assume in each replicate, one row or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        engine: Which engine runs them.
        threads: How many threads the compiled engine uses; one for each processor if left out.
        progress: Told of replicates as they are done.

    Raises:
        ValueError: If there is no row, or a number is out of range.
    """
    batch = batch_of_rows(scenario, rows, _numbers(len(rows), 0))
    chosen = choose_engine(scenario, len(batch), engine)
    return next(_run([batch], _seed(seed), Keep(), chosen, _threads(threads), progress))


def run_designs(
    designs: Iterable[Scenario] | Iterable[Parameters],
    *,
    replicates: int,
    seed: int,
    first: int = 0,
    place: Scenario | None = None,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Ensemble]:
    """Run many designs with common random numbers, and yield the replicates of each in order.

    Nothing is compiled or built anew for another design of the same place, and only a few ensembles are in memory at a
    time: reduce each as it comes, and memory does not grow with designs.

    Args:
        designs: Scenarios; or sets of parameters, each to be assumed in `place`. Taken as they are needed.
        replicates: How many replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        first: Number of the first replicate of each, 0 or more.
        place: Where designs that are sets of parameters are assumed; left out with scenarios.
        engine: Which engine runs them; `auto` takes the compiled one, since a study has many.
        threads: How many threads the compiled engine uses; one for each processor if left out.
        progress: Told of replicates as they are done.

    Yields:
        The replicates of each design, without monthly detail.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If sets of parameters come without a place, or scenarios with one.
    """
    numbers = _numbers(replicates, first)
    chosen = choose_engine(None, len(numbers), engine)
    if place is None:
        batches = batches_of_scenarios(_each(designs, Scenario), numbers)
    else:
        batches = batches_of_rows(place, _each(designs, Parameters), numbers)
    return _run(batches, _seed(seed), Keep(), chosen, _threads(threads), progress)


def choose_engine(scenario: Scenario | None, replicates: int, engine: Engine = "auto") -> Engine:
    """Make `auto` one of the two engines: compiled if that is at hand, or if the agents would take longer to run.

    With NUMBA_DISABLE_JIT=1 it is Mesa, since the kernel would run as plain Python.

    Args:
        scenario: The place; left out for many, which are taken to be worth compiling for.
        replicates: How many are to be run.
        engine: What was asked for.

    Raises:
        ValueError: If there is no such engine.
    """
    if engine not in get_args(Engine):
        message = f"there is no engine {engine!r}; there are {', '.join(get_args(Engine))}"
        raise ValueError(message)
    if engine != "auto":
        return engine
    if not cache.is_compiled_at_all():
        return "mesa"
    if scenario is None:
        return "compiled"
    meetings = sum(len(each.shares) * (len(each.shares) - 1) for each in scenario.opportunities.values())
    by_agents = replicates * scenario.months * meetings * _MEETING
    return "compiled" if cache.is_on_disk() or by_agents > _COMPILING else "mesa"


def prepare_engine(scenario: Scenario) -> None:
    """Have the kernel compiled and kept on disk before many processes want it at once; nothing if it is.

    Args:
        scenario: Any place.
    """
    if cache.is_compiled_at_all() and not cache.is_on_disk():
        run_ensemble(scenario, replicates=1, seed=0, engine="compiled", threads=1)


def _run(
    batches: Iterable[Batch],
    seed: int,
    keep: Keep,
    engine: Engine,
    threads: int | None,
    progress: Progress | None,
) -> Iterator[Ensemble]:
    """The replicates of each design of each batch, in order."""
    if engine == "compiled":
        from simulation.model.ensemble.jobs import run_batches

        yield from run_batches(batches, seed=seed, keep=keep, threads=threads, progress=progress)
    else:
        from simulation.model.agents.replicates import run_batch

        for batch in batches:
            yield from batch.split(run_batch(batch, seed=seed, keep=keep, progress=progress))


def _each(designs: Iterable[Any], kind: type[Design]) -> Iterator[Design]:
    """Designs that must be of one kind."""
    for design in designs:
        if not isinstance(design, kind):
            message = "designs are scenarios, or with place=… sets of parameters"
            raise TypeError(message)
        yield design


def _numbers(replicates: int, first: int) -> NDArray[np.int64]:
    """The numbers of the replicates."""
    replicates = whole("replicates", replicates, 1, 2**31)
    first = whole("the first replicate", first, 0, 2**63 - replicates)
    return np.arange(first, first + replicates, dtype=np.int64)


def _seed(seed: int) -> int:
    return whole("the seed", seed, 0, 2**64 - 1)


def _threads(threads: int | None) -> int | None:
    return None if threads is None else whole("threads", threads, 1, 2**16)
