"""The run of one scenario: the request, the replicates with their supporting runs, and the record."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import count_replicates, default_supporting_experiments
from simulation.execution.transfers import TRANSFERS, transfers_by_contract
from simulation.experiment.schema import Experiment, Variant
from simulation.model.run import Engine, OnProgress, choose_engine
from simulation.results.comparison import Comparison
from simulation.results.day_made import day_made
from simulation.results.ensemble import DETAIL
from simulation.results.provenance import RunRecord, describe_machine, model_version, name_run
from simulation.results.store import check_folder_is_free, find_day_made
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash

if TYPE_CHECKING:
    import pandas as pd

TABLES = (*DETAIL, TRANSFERS)
"""The monthly tables that a run writes on request: its detail, and transfers by contract."""


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """A scenario to run, and the folder for its results.

    Attributes:
        name: The scenario's short name, that of its file.
        scenario: The place.
        replicates: Number of replicates, 1 or more.
        seed: Random seed.
        out: The folder that the user named; None for `results/<name>/<run>`.
        tables: Monthly tables to write besides the summary, of `TABLES`.
        for_charts: True to add what charts need: supporting runs, and trust at the months that charts show.
        engine: The engine that runs it; results do not depend on it.
        source: The scenario file, as it was named.
    """

    name: str
    scenario: Scenario
    replicates: int
    seed: int
    out: Path | None = None
    tables: Sequence[str] = ()
    for_charts: bool = True
    engine: Engine = "auto"
    source: str = ""

    @property
    def run(self) -> str:
        """The run's name: a hash of scenario, seed, replicates and version."""
        return name_run(scenario_hash(self.scenario), self.seed, 0, self.replicates)

    @property
    def folder(self) -> Path:
        """The folder of the run's files."""
        return Path("results") / self.name / self.run if self.out is None else self.out / self.name

    @property
    def total_replicates(self) -> int:
        """Replicates of the scenario and of its supporting runs."""
        return count_replicates([self.experiment, *self.supporting])

    @cached_property
    def experiment(self) -> Experiment:
        """The request as an experiment without a comparison."""
        return Experiment(
            name=self.name,
            title=self.scenario.title,
            seed=self.seed,
            replicates=self.replicates,
            variants=(Variant(name=self.scenario.title, scenario=self.scenario),),
            detail=(*self._detail, *(["trust"] if self.for_charts else [])),
        )

    @property
    def _detail(self) -> Sequence[str]:
        """The monthly detail that its tables are made of; transfers are made of the worth of programmes."""
        return tuple(dict.fromkeys("opportunities" if table == TRANSFERS else table for table in self.tables))

    @cached_property
    def supporting(self) -> Sequence[Experiment]:
        """Its supporting experiments; none if no charts are wanted."""
        return default_supporting_experiments(self.experiment) if self.for_charts else []


class FinishedRun(NamedTuple):
    """The results of a run."""

    results: Comparison
    """A comparison of one scenario, with its supporting runs."""
    record: RunRecord

    @property
    def study(self) -> Study:
        """The scenario's replicates with their supporting runs."""
        (study,) = self.results.studies.values()
        return study

    def monthly_tables(self, names: Sequence[str]) -> "dict[str, pd.DataFrame]":
        """Return the monthly tables that were asked for, by name.

        Args:
            names: Of `TABLES`.
        """
        ensemble = self.study.ensemble
        return {
            name: transfers_by_contract(ensemble) if name == TRANSFERS else ensemble.to_pandas(name) for name in names
        }


def check_folders(requests: Sequence[RunRequest]) -> None:
    """Check that every run has a folder of its own, before any is run.

    Raises:
        FolderInUseError: If a folder holds something else, or two runs would share one.
    """
    taken: dict[Path, str] = {}
    for request in requests:
        check_folder_is_free(request.folder, request.run, taken.get(request.folder))
        taken[request.folder] = request.run


def run_scenario(request: RunRequest, progress: OnProgress | None = None) -> FinishedRun:
    """Run a scenario in memory; nothing is written.

    Args:
        request: What is to be run.
        progress: Called with the number of replicates done since it was last called.
    """
    started = time.perf_counter()
    engine = choose_engine(request.scenario, request.total_replicates, request.engine)
    made = find_day_made(request.folder) or day_made()
    results = run_in_memory(request.experiment, request.supporting, made=made, engine=engine, progress=progress)
    record = RunRecord(
        run=request.run,
        title=request.scenario.title,
        scenario_hash=scenario_hash(request.scenario),
        seed=request.seed,
        first=0,
        replicates=request.replicates,
        made=made,
        engine=engine,
        elapsed=round(time.perf_counter() - started, 3),
        source=request.source,
        model=model_version(),
        **describe_machine(),
    )
    return FinishedRun(results, record)
