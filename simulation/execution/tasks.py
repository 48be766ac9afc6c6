"""What a worker does: some replicates of some designs, from scenario to tables, told to whoever asked."""

import pickle
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.schema import Value, Variant
from simulation.model.run import choose_engine, run_designs, run_ensemble
from simulation.results.axes import chosen_months
from simulation.results.batch.chunks import Failure
from simulation.results.batch.tables import to_arrow, to_parquet
from simulation.results.ensemble import DETAIL, Ensemble
from simulation.results.provenance import model_version
from simulation.scenario.schema import Scenario


class OtherModelError(Exception):
    """A worker has another version of the model than the batch."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One design of a piece of work.

    Attributes:
        number: Its number.
        scenario_hash: Hash of its scenario.
        variant: Position of its variant.
        given: What goes into the variant's scenario, value by address.
    """

    number: int
    scenario_hash: str
    variant: int
    given: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Replicates `first` to `first + count − 1` of some designs: all that a worker needs to run them.

    Attributes:
        variants: The compared scenarios that are needed, pickled, by position.
        designs: In the order of their numbers.
        first: Number of the first replicate.
        count: How many of each.
        seed: Random seed.
        tables: The tables that are wanted.
        model: The version of the model that must run them.
    """

    variants: Mapping[int, bytes]
    designs: tuple[Wanted, ...]
    first: int
    count: int
    seed: int
    tables: tuple[str, ...]
    model: str

    def __len__(self) -> int:
        """How many replicates."""
        return self.count * len(self.designs)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of a piece of work.

    Attributes:
        tables: Each table as the bytes of a Parquet file; none if all replicates failed.
        gaps: The gap in the last month, £m a year, `[replicate]` for each design; NaN where a replicate failed.
        failures: Replicates that could not be run.
    """

    tables: dict[str, bytes]
    gaps: tuple[NDArray[np.float64], ...]
    failures: tuple[Failure, ...]


def simulate(piece: Piece) -> Brought:
    """Run a piece of work on one thread; a replicate that fails is told and takes no other with it.

    Raises:
        OtherModelError: If this is another version of the model.
    """
    if piece.model != model_version():
        message = f"a worker has version {model_version()} of the model, the batch {piece.model}; install the same"
        raise OtherModelError(message)
    failures: list[Failure] = []
    try:
        run = [[ensemble] for ensemble in _run_all(piece)]
    except Exception:
        run = [list(_run_what_can_be(piece, wanted, failures)) for wanted in piece.designs]
    numbers = [wanted.number for wanted, found in zip(piece.designs, run, strict=True) for _ in found]
    ensembles = [ensemble for found in run for ensemble in found]
    return Brought(
        tables={table: to_parquet(to_arrow(table, numbers, ensembles)) for table in piece.tables if ensembles},
        gaps=tuple(_last_gaps(piece, found) for found in run),
        failures=tuple(failures),
    )


@lru_cache(maxsize=32)
def _unpickled(variant: bytes) -> Variant:
    told: Variant = pickle.loads(variant)
    return told


def _variant(piece: Piece, wanted: Wanted) -> Variant:
    return _unpickled(piece.variants[wanted.variant])


def _scenario(piece: Piece, wanted: Wanted) -> Scenario:
    return _variant(piece, wanted).under(dict(wanted.given))


def _run_all(piece: Piece) -> Iterator[Ensemble]:
    detail = _detail(piece)
    scenarios = (_scenario(piece, wanted) for wanted in piece.designs)
    if not detail:
        yield from run_designs(scenarios, replicates=piece.count, seed=piece.seed, first=piece.first, threads=1)
        return
    for scenario in scenarios:
        yield _run(scenario, piece, piece.first, piece.count, detail)


def _run(scenario: Scenario, piece: Piece, first: int, count: int, detail: list[str]) -> Ensemble:
    engine = choose_engine(None, count)
    return run_ensemble(
        scenario,
        replicates=count,
        seed=piece.seed,
        first=first,
        engine=engine,
        detail=detail,
        detail_months=chosen_months(scenario.months) if _only_for_charts(piece) else None,
        threads=1,
    )


def _detail(piece: Piece) -> list[str]:
    """The monthly tables to keep."""
    return [t for t in DETAIL if t in piece.tables or (t == "relationships" and "trust" in piece.tables)]


def _only_for_charts(piece: Piece) -> bool:
    """Whether trust at the months that charts show is all that is kept by month."""
    return "trust" in piece.tables and not any(table in DETAIL for table in piece.tables)


def _run_what_can_be(piece: Piece, wanted: Wanted, failures: list[Failure]) -> Iterator[Ensemble]:
    """The replicates of one design that can be run, one by one if not all can; the others are added to the failures."""
    detail = _detail(piece)
    replicates = range(piece.first, piece.first + piece.count)
    try:
        scenario = _scenario(piece, wanted)
    except Exception as error:
        failures += [failure_of(piece, wanted, replicate, error) for replicate in replicates]
        return
    try:
        yield _run(scenario, piece, piece.first, piece.count, detail)
    except Exception:
        for replicate in replicates:
            try:
                yield _run(scenario, piece, replicate, 1, detail)
            except Exception as error:
                failures.append(failure_of(piece, wanted, replicate, error))


def failure_of(piece: Piece, wanted: Wanted, replicate: int, error: Exception) -> Failure:
    """One replicate of a piece of work as a failure."""
    return Failure(
        design=wanted.number,
        scenario=_variant(piece, wanted).name,
        replicate=replicate,
        error=f"{type(error).__name__}: {error}",
        traceback="".join(traceback.format_exception(error)),
        scenario_hash=wanted.scenario_hash,
    )


def _last_gaps(piece: Piece, found: list[Ensemble]) -> NDArray[np.float64]:
    gaps = np.full(piece.count, np.nan)
    for ensemble in found:
        gaps[ensemble.replicates - piece.first] = ensemble["gap"][:, -1]
    return gaps
