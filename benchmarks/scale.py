"""What the fast engine reaches: first results, memory, a study of Sobol's size, and forty-two systems against one.

Run by `make benchmark`; prints the table of RESULTS.md. The study takes some minutes; `--quick` makes it a hundredth.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.progress import Progress

from simulation.execution.assumptions import sample_assumptions
from simulation.model.run import run_designs, run_ensemble
from simulation.model.system import build_system
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "scenarios/mid-south-essex.yaml"
DESIGNS, REPLICATES = 17_408, 48
ROUNDS = 5

FIRST_RESULT = f"""
from simulation import load_scenario, run_ensemble
run_ensemble(load_scenario({str(PLACE)!r}), replicates=1, seed=1, engine="compiled")
"""
MEMORY = f"""
import resource, sys
from simulation import load_scenario, run_designs, run_ensemble
from simulation.execution.assumptions import sample_assumptions
place, kind, number = load_scenario({str(PLACE)!r}), sys.argv[1], int(sys.argv[2])
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
run_ensemble(place, replicates=64, seed=1, engine="compiled")
rows = sample_assumptions(number, seed=1) if kind == "designs" else []
before = peak()
if kind == "replicates":
    kept = run_ensemble(place, replicates=number, seed=1, engine="compiled")
for design in run_designs(rows, replicates=48, seed=1, place=place, engine="compiled"):
    design["gap"].mean()
print(peak() - before)
"""


def seconds_to_first_result() -> tuple[float, float]:
    """Of a whole process: with nothing compiled yet, and with the cache (median of several)."""
    with tempfile.TemporaryDirectory() as folder:
        settings = os.environ | {"NUMBA_CACHE_DIR": folder}
        taken = []
        for _ in range(ROUNDS + 1):
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", FIRST_RESULT], env=settings, check=True, cwd=ROOT)
            taken.append(time.perf_counter() - started)
    return taken[0], statistics.median(taken[1:])


def megabytes(kind: str, number: int) -> float:
    """Peak memory above what is imported and loaded, of so many replicates or designs."""
    measured = subprocess.run(
        [sys.executable, "-c", MEMORY, kind, str(number)], check=True, cwd=ROOT, capture_output=True, text=True
    )
    return float(measured.stdout)


def seconds_of_study(designs: int) -> float:
    """A study of so many sets of assumptions, each reduced as it comes, with a progress bar."""
    place, rows = load_scenario(PLACE), sample_assumptions(designs, seed=1)
    gaps = []
    with Progress(transient=True) as bar:
        task = bar.add_task(f"{designs} designs × {REPLICATES} replicates", total=designs * REPLICATES)
        started = time.perf_counter()
        for design in run_designs(
            rows, replicates=REPLICATES, seed=1, place=place, progress=lambda done: bar.advance(task, done)
        ):
            gaps.append(design["gap"][:, -1].mean())
        taken = time.perf_counter() - started
    if len(gaps) != designs:
        raise SystemExit(f"only {len(gaps)} of {designs} designs came back")
    return taken


def nanoseconds_per_relationship_month(systems: int, replicates: int) -> tuple[float, int]:
    """On one thread, and how many relationships there are."""
    place = load_scenario(PLACE)
    place = replicate_systems(place, systems, title=f"{systems} systems") if systems > 1 else place
    relationships = len(build_system(place).baseline)
    run_ensemble(place, replicates=16, seed=1, engine="compiled", threads=1)
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run_ensemble(place, replicates=replicates, seed=1, engine="compiled", threads=1)
        taken.append(time.perf_counter() - started)
    return 1e9 * min(taken) / replicates / relationships / place.months, relationships


def main() -> None:
    """Measure, and print the table."""
    designs = DESIGNS // 100 if "--quick" in sys.argv[1:] else DESIGNS
    cold, cached = seconds_to_first_result()
    rows = [
        ("first result, nothing compiled yet", f"{cold:.1f} s", "compiling ≤ 10 s"),
        ("first result, from the cache", f"{cached:.2f} s", "≤ 1.5 s"),
        ("memory of 10,000 replicates, summary", f"{megabytes('replicates', 10_000):.0f} MB", "≤ 100 MB"),
        ("memory of 200 designs × 48 replicates", f"{megabytes('designs', 200):.0f} MB", "flat"),
        ("memory of 2,000 designs × 48 replicates", f"{megabytes('designs', 2000):.0f} MB", "flat"),
    ]
    study = seconds_of_study(designs)
    rows.append((f"{designs:,} designs × {REPLICATES} replicates", f"{study:.0f} s", "< 90 s for 17,408"))
    one, few = nanoseconds_per_relationship_month(1, 1600)
    many, all_ = nanoseconds_per_relationship_month(42, 256)
    rows += [
        (f"a relationship-month, one system ({few:,} relationships)", f"{one:.1f} ns", ""),
        (f"a relationship-month, 42 systems ({all_:,} relationships)", f"{many:.1f} ns", ""),
        ("42 systems against one", f"{many / one:.2f}", "≤ 1.5"),
    ]
    print("| measure | measured | target |\n|---|---|---|")
    for what, measured, reach in rows:
        print(f"| {what} | {measured} | {reach} |")


if __name__ == "__main__":
    main()
