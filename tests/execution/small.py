"""Small experiments on the smallest place."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from simulation import load_scenario
from simulation.execution.batch import run_batch
from simulation.execution.executors import ExternalExecutor
from simulation.execution.outcome import FinishedBatch, Progress
from simulation.execution.plan import Plan, plan_batch
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.addresses import Value
from simulation.experiment.schema import Experiment, Factor, Values, Variant

TWO_TRUSTS = load_scenario(Path(__file__).parents[2] / "scenarios/two-trusts.yaml")


def experiment(
    vary: Mapping[str, tuple[Value, ...]] | None = None, choices: tuple[str, ...] = (), **changes: Any
) -> Experiment:
    """Return an experiment on the smallest place; arguments name what differs, and which factors are choices."""
    factors = [
        Factor(address=address, values=Values(values=values), is_choice=address in choices)
        for address, values in (vary or {}).items()
    ]
    given = {"name": "small", "title": "Small", "seed": 1, "replicates": 100, **changes}
    given.setdefault("variants", (Variant(name="as it is", scenario=TWO_TRUSTS),))
    return Experiment(factors=tuple(factors), **given)


def small_plan(vary: Mapping[str, tuple[Value, ...]] | None = None, **changes: Any) -> Plan:
    """The plan of such an experiment."""
    return plan_batch(experiment(vary, **changes))


@contextmanager
def threads(number: int = 2) -> Iterator[ExternalExecutor]:
    """Threads of this process as workers; they need no time to start."""
    with ThreadPoolExecutor(number) as pool:
        yield ExternalExecutor(pool, number)


def run_all(asked: Experiment, folder: Path) -> None:
    """Run a comparison and its supporting runs to the end."""
    for each in (asked, *supporting_experiments(asked)):
        run(plan_batch(each), folder / each.supporting_folder)


def run(plan: Plan, folder: Path, *, number: int = 1, **options: Any) -> FinishedBatch:
    """Run a batch with threads; a single one returns results in the order in which tasks were submitted."""
    with threads(number) as workers:
        return run_batch(plan, folder, workers=workers, **options)


class _BegunError(Exception):
    """Stops a batch before its first task."""


def begin(plan: Plan, folder: Path) -> None:
    """Write a batch's record and stop before its first task."""

    def stop(_progress: Progress) -> None:
        raise _BegunError

    with suppress(_BegunError):
        run(plan, folder, progress=stop)


def tables(folder: Path) -> dict[str, bytes]:
    """The bytes of all finished tables."""
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
