"""One run from scenario to folder: replicates, headline, tables and charts."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.analysis.summary import Summary, summarise
from simulation.execution.study import replicates_in_study, run_for_charts, run_study
from simulation.model.run import Engine, Progress, choose_engine, run_ensemble
from simulation.results.comparison import as_comparison
from simulation.results.ensemble import Ensemble
from simulation.results.provenance import RunRecord, describe_machine, name_run
from simulation.results.store import fill_folder, find_record, hold_folder, write_run
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash

if TYPE_CHECKING:
    from simulation.charts.publish_all import Published


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What is to be run, and where it goes.

    Attributes:
        name: The scenario's short name, that of its file.
        scenario: The place.
        replicates: How many replicates.
        seed: Random seed.
        out: The folder that the user named; None for `results/<name>/<run>`.
        tables: Monthly tables to write besides the summary.
        charts: Whether to draw charts.
        engine: Which engine runs it; results do not depend on it.
        source: The scenario file, as it was named.
    """

    name: str
    scenario: Scenario
    replicates: int
    seed: int
    out: Path | None = None
    tables: Sequence[str] = ()
    charts: bool = True
    engine: Engine = "auto"
    source: str = ""

    @property
    def run(self) -> str:
        """What names the run: a hash of scenario, seed, replicates and version."""
        return name_run(scenario_hash(self.scenario), self.seed, 0, self.replicates)

    @property
    def folder(self) -> Path:
        """Where the run's files go."""
        return Path("results") / self.name / self.run if self.out is None else self.out / self.name

    @property
    def total_replicates(self) -> int:
        """Replicates of the scenario and of its supporting runs."""
        return replicates_in_study(self.scenario, self.replicates) if self.charts else self.replicates

    @property
    def chosen_engine(self) -> Engine:
        """The engine that runs it: the cheaper one for so many replicates, if that is left open."""
        return choose_engine(self.scenario, self.total_replicates, self.engine)


@dataclass(frozen=True, kw_only=True)
class FinishedRun:
    """What a run came to, and where it is."""

    summary: Summary
    record: RunRecord
    folder: Path
    charts: tuple[Path, ...]
    """The pictures (PNG), in the order in which to read them."""
    left_out: tuple[str, ...] = ()
    """Charts that have no room for all that they would name."""


def check_folders(requests: Sequence[RunRequest]) -> None:
    """Make sure that every run has a folder of its own before any is run.

    Raises:
        FolderInUseError: If a folder holds something else, or two runs would share one.
    """
    taken: dict[Path, str] = {}
    for request in requests:
        hold_folder(request.folder, request.run, taken.get(request.folder))
        taken[request.folder] = request.run


def run_and_store(request: RunRequest, progress: Progress | None = None) -> FinishedRun:
    """Run a scenario and write what it came to.

    Args:
        request: What is to be run.
        progress: Told of each replicate that is done.

    Raises:
        FolderInUseError: If the folder holds another run.
        OSError: If a file cannot be written.
    """
    hold_folder(request.folder, request.run)
    started, engine = time.perf_counter(), request.chosen_engine
    ensemble = _run(request, engine, progress)
    record = _record(request, engine, time.perf_counter() - started)
    study = Study(ensemble=ensemble, version=record.version, made=record.made)
    if request.charts:
        study = run_study(
            ensemble,
            seed=request.seed,
            version=record.version,
            made=record.made,
            engine=engine,
            progress=progress,
        )
    with fill_folder(request.folder) as partial:
        drawn = _draw(study, partial / "charts") if request.charts else []
        write_run(partial, study, record, tables=request.tables)
    return FinishedRun(
        summary=summarise(ensemble),
        record=record,
        folder=request.folder,
        charts=tuple(request.folder / "charts" / each.files[0].name for each in drawn if each.files),
        left_out=tuple(each.name for each in drawn if each.has_no_room),
    )


def _run(request: RunRequest, engine: Engine, progress: Progress | None) -> Ensemble:
    if request.charts:
        return run_for_charts(
            request.scenario,
            replicates=request.replicates,
            seed=request.seed,
            tables=request.tables,
            engine=engine,
            progress=progress,
        )
    return run_ensemble(
        request.scenario,
        replicates=request.replicates,
        seed=request.seed,
        engine=engine,
        detail=request.tables,
        progress=progress,
    )


def _record(request: RunRequest, engine: Engine, elapsed: float) -> RunRecord:
    before = find_record(request.folder)
    made = before.get("made") if before else None
    return RunRecord(
        run=request.run,
        title=request.scenario.title,
        scenario_hash=scenario_hash(request.scenario),
        seed=request.seed,
        first=0,
        replicates=request.replicates,
        made=str(made or date.today().isoformat()),
        engine=engine,
        elapsed=round(elapsed, 3),
        source=request.source,
        **describe_machine(),
    )


def _draw(study: Study, folder: Path) -> "list[Published]":
    """Draw every chart of one scenario that fits on a page into a folder."""
    from simulation.charts.publish_all import publish_all

    folder.mkdir(parents=True)
    return publish_all(as_comparison(study), folder)
