"""What a batch costs beyond the kernel: workers, store, manifest and progress, for 1,000 designs of 100 replicates.

Run by `make benchmark`; prints the table of RESULTS.md. Kernel and batch take turns, on the same designs and the same
number of processors.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from simulation import load_results
from simulation.execution.batch import run_batch
from simulation.execution.executors import ExternalExecutor, run_tasks
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.plan import Plan, plan_batch
from simulation.execution.record import record_of, write_record
from simulation.execution.tasks import Task, simulate
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from simulation.model.run import run_designs
from simulation.results import digests
from simulation.results.batch.store import Store
from simulation.scenario.loading import load_scenario

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "scenarios/mid-south-essex-partnership-full.yaml"
DESIGNS, REPLICATES = 1000, 100
ROUNDS = 5
READINGS = 15


def plan_of(designs: int) -> Plan:
    """As many strengths of one lever, everything else left as it is."""
    place = load_scenario(PLACE)
    levels = Values(values=tuple(design / designs for design in range(designs)))
    return plan_batch(
        Experiment(
            name="benchmark",
            title="Benchmark",
            seed=1,
            replicates=REPLICATES,
            variants=(Variant(name="package", scenario=place),),
            factors=(Factor(address="levers.coaching.strength", values=levels),),
        )
    )


def kernel_alone(plan: Plan) -> float:
    """Seconds that the kernel takes for the same replicates on all processors, nothing kept."""
    scenarios = [plan.scenario(design) for design in plan.designs]
    started = time.perf_counter()
    for ensemble in run_designs(scenarios, replicates=REPLICATES, seed=1, engine="compiled"):
        ensemble["gap"].mean()
    return time.perf_counter() - started


def whole_batch(plan: Plan) -> float:
    """Seconds from a plan to finished tables."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        run_batch(plan, Path(folder) / "batch", progress=lambda _progressed: None)
        return time.perf_counter() - started


def starting(plan: Plan) -> float:
    """Seconds until every process of a pool has run a first replicate."""
    workers = LocalWorkers()
    tasks = [plan.task(plan.designs[:1], replicate, 1) for replicate in range(workers.max_workers)]
    started = time.perf_counter()
    for _ in run_tasks(tasks, simulate, workers):
        pass
    return time.perf_counter() - started


def putting_together(plan: Plan) -> float:
    """Seconds that it takes to make the tables of the parts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ThreadPoolExecutor(1) as pool:
            tasks: list[Task] = list(plan.tasks({}, REPLICATES))
            run = _run_without_end(folder, plan, ExternalExecutor(pool, 1), tasks)
        started = time.perf_counter()
        run.compact(plan.designs, plan.tables, REPLICATES)
        return time.perf_counter() - started


def _run_without_end(folder: Path, plan: Plan, workers: ExternalExecutor, tasks: list[Task]) -> Store:
    from simulation.execution.batch_runner import entries_of

    write_record(folder, plan, record_of(folder, plan))
    store = Store(folder)
    for task, result in run_tasks(tasks, simulate, workers):
        if isinstance(result, Exception):
            raise result
        store.add(entries_of(task), result.tables, result.failures)
    return store


def checking(plan: Plan) -> float:
    """Time to read finished tables whose files are hashed, over that without the check."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "batch"
        run_batch(plan, folder)
        settled, digests.SETTLED = digests.SETTLED, 2**63  # no digest is kept, so that every file is hashed
        try:
            ratios = [reading(folder) / reading(folder, skip_integrity_check=True) for _ in range(READINGS)]
        finally:
            digests.SETTLED = settled
    return statistics.median(ratios)


def reading(folder: Path, *, skip_integrity_check: bool = False) -> float:
    """Seconds that it takes to read a batch's monthly table."""
    started = time.perf_counter()
    load_results(folder, skip_integrity_check=skip_integrity_check).to_pandas()
    return time.perf_counter() - started


MEMORY = f"""
import sys, tempfile
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from benchmarks.batches import plan_of, run_batch
def peak():
    peak = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    return int(peak.split()[0]) / 1024
def main():
    with tempfile.TemporaryDirectory() as folder:
        run_batch(plan_of(4), Path(folder) / "small")
        before = peak()
        run_batch(plan_of(int(sys.argv[1])), Path(folder) / "batch")
        print(peak() - before)
"""


def memory_of(designs: int) -> float:
    """Peak memory of the coordinating process above that of a small batch, MB."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "memory.py"
        script.write_text(f"{MEMORY}\nif __name__ == '__main__':\n    main()\n", encoding="utf-8")
        measured = subprocess.run(
            [sys.executable, str(script), str(designs)], check=True, capture_output=True, text=True, cwd=ROOT
        )
    return float(measured.stdout)


def main() -> None:
    """Print the table."""
    plan = plan_of(DESIGNS)
    kernel_alone(plan_of(4))
    taken: dict[str, list[float]] = {"kernel": [], "batch": [], "starting": [], "together": []}
    for _ in range(ROUNDS):
        taken["kernel"].append(kernel_alone(plan))
        taken["batch"].append(whole_batch(plan))
        taken["starting"].append(starting(plan))
        taken["together"].append(putting_together(plan))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ratios = [batch / kernel for kernel, batch in zip(taken["kernel"], taken["batch"], strict=True)]
    working = [
        (batch - start) / kernel
        for kernel, batch, start in zip(taken["kernel"], taken["batch"], taken["starting"], strict=True)
    ]
    print(f"\n{DESIGNS:,} designs x {REPLICATES} replicates, {ROUNDS} rounds in turn; medians\n")
    print("| measure | measured | target |\n|---|---|---|")
    print(f"| kernel alone, all processors | {medians['kernel']:.2f} s | |")
    print(f"| whole batch, from plan to tables | {medians['batch']:.2f} s | |")
    print(f"| of that until every process has run a replicate | {medians['starting']:.2f} s | |")
    print(f"| of that merging tables | {medians['together']:.2f} s | |")
    print(f"| batch against kernel | {statistics.median(ratios):.2f} | |")
    print(f"| the same without starting processes | {statistics.median(working):.2f} | <= 1.15 |")
    print(f"| reading tables with their digests checked against without | {checking(plan_of(4)):.2f} | <= 1.6 |")
    for designs in (200, 2000):
        print(f"| memory of {designs:,} designs, coordinating process | {memory_of(designs):.0f} MB | flat |")


if __name__ == "__main__":
    main()
