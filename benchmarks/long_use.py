"""Memory of a process that runs a million replicates, and seconds that a batch of 10,000 chunks takes to be read.

Run by `make benchmark`; prints the tables of RESULTS.md. Each row has a process of its own. Times are of the processor.
With --quick it makes a hundredth of it.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from simulation import load_results, load_scenario, run_ensemble
from simulation.execution.batch import run_batch
from simulation.execution.batch_runner import entries_of
from simulation.execution.evaluation import set_values
from simulation.execution.plan import Plan, plan_batch
from simulation.execution.record import record_of, write_record
from simulation.execution.status import read_status
from simulation.execution.tasks import simulate
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from simulation.results.batch.readback import load_batch
from simulation.results.batch.store import Store

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "scenarios/two-trusts.yaml"
REPLICATES = 1_000_000
CHUNKS = 10_000
TURNS = 200
PARTS = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Parts of the turns after which memory is measured."""

OPEN_FILES = 1024
"""The usual limit of open files of a process."""


def memory() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def plan_of(designs: int, replicates: int) -> Plan:
    """A plan of so many strengths of one lever."""
    levels = Values(values=tuple(design / designs for design in range(designs)))
    return plan_batch(
        Experiment(
            name="long-use",
            title="Long use",
            seed=1,
            replicates=replicates,
            variants=(Variant(name="coached", scenario=load_scenario(PLACE)),),
            factors=(Factor(address="levers.coaching.strength", values=levels),),
        )
    )


def turn_of(kind: str, replicates: int) -> Callable[[int], object]:
    """What a process does again and again."""
    place = load_scenario(PLACE)
    if kind == "one place":
        return lambda turn: run_ensemble(place, replicates=replicates, seed=turn)
    if kind == "another place each time, as a table":
        return lambda turn: run_ensemble(
            set_values(place, {"coaching": turn / TURNS}), replicates=replicates, seed=1
        ).to_pandas()
    plan = plan_of(TURNS, replicates)
    return lambda turn: simulate(plan.task([plan.designs[turn]], 0, replicates))


KINDS = ("one place", "another place each time, as a table", "tasks of a batch")


def measure_memory(kind: str, replicates: int) -> None:
    """Print the memory after each part of the turns."""
    turn = turn_of(kind, replicates // TURNS)
    after = {round(part * TURNS) for part in PARTS}
    found = []
    for number in range(TURNS):
        turn(number)
        if number + 1 in after:
            found.append(memory())
    print(json.dumps(found))


def measure_chunks(designs: int, replicates: int) -> None:
    """Make a folder with a chunk for each design, or for each replicate of all; print what reading it takes."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "batch"
        folder.mkdir()
        plan = plan_of(designs, replicates)
        write_record(folder, plan, record_of(folder, plan))
        store = Store(folder)
        together = designs < replicates
        count = 1 if together else replicates
        for first in range(0, replicates, count):
            for some in [plan.designs] if together else [[design] for design in plan.designs]:
                task = plan.task(some, first, count)
                result = simulate(task)
                store.add(entries_of(task), result.tables, result.failures)
        works = {
            "status": lambda: read_status(folder),
            "load_results": lambda: load_results(folder).to_pandas(),
            "for charts and papers": lambda: load_batch(folder),
            "resume and merge": lambda: run_batch(plan, folder),
            "status, merged": lambda: read_status(folder),
        }
        found = {"chunks": len(store.chunks), "replicates": plan.replicates}
        for name, work in works.items():
            started = time.process_time()
            work()
            found[name] = time.process_time() - started
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps(found))


def ask(*words: object) -> list[float] | dict[str, float]:
    """Measure one row in a process of its own."""
    command = [sys.executable, __file__, *map(str, words)]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    found: list[float] | dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, and print the tables."""
    less = 100 if "--quick" in sys.argv[1:] else 1
    heads = [f"{round(part * REPLICATES / less):,}" for part in PARTS]
    print(f"| one process runs | {' | '.join(f'MB after {head}' for head in heads)} |")
    print("|---" * (1 + len(PARTS)) + "|")
    for kind in KINDS:
        found = ask("memory", kind, REPLICATES // less)
        print(f"| {kind} | {' | '.join(f'{each:.0f}' for each in found)} |", flush=True)
    print()
    for head, (designs, replicates) in {
        "a chunk for each design": (CHUNKS // less, 16),
        "the same ten designs in every chunk": (10, CHUNKS // less),
    }.items():
        measured = ask("chunks", designs, replicates)
        if not isinstance(measured, dict):
            raise SystemExit("nothing was measured")
        chunks, made, peak = (measured.pop(name) for name in ("chunks", "replicates", "MB"))
        print(f"{chunks:,} chunks, {made:,} replicates, {head}: peak {peak:,.0f} MB\n")
        print("\n".join(f"| {name} | {seconds:.1f} s |" for name, seconds in measured.items()) + "\n", flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["memory", kind, replicates]:
            measure_memory(kind, int(replicates))
        case ["chunks", designs, replicates]:
            measure_chunks(int(designs), int(replicates))
        case _:
            main()
