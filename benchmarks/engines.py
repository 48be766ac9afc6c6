"""How fast the engines are: plain Mesa, this project's two, and strict C, checked against each other and timed in turn.

Run by `python benchmarks/engines.py`; prints the tables of RESULTS.md. A failed check ends the run with exit code 1.
"""

import argparse
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from peers.plain_mesa import run_plain_mesa
from peers.strict_c import has_compiler, run_strict_c

from simulation.model.run import run_ensemble
from simulation.model.system import System, build_system
from simulation.results.ensemble import Ensemble
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "scenarios/mid-south-essex.yaml"
MADE_UP = 12
"""How many made-up places the engines are held to, besides the scenarios of the project."""
SEED = 1
A_ROUND = 1.0
"""Seconds that each engine's batch should take."""
AT_LEAST = 64
"""Replicates of a batch of compiled code are a multiple of this: whole pieces for every thread."""
FIGURES = ("gap", "trust", "population_first", "milestones_value")
TABLES = ("system", "outturns", "agreements", "memberships")
PLAIN, AGENTS, ONE, ALL, LIMIT = (
    "plain Mesa, `batch_run`, one process",
    "this project's Mesa engine",
    "compiled, one thread",
    "compiled, all cores",
    "strict C, one thread",
)

Run = Callable[[int], object]
"""Runs so many replicates."""


class Engine(NamedTuple):
    """One way to run replicates."""

    run: Run
    multiple: int
    """Replicates come in multiples of this."""


class DisagreementError(Exception):
    """Two engines disagree."""


def list_engines(scenario: Scenario, system: System) -> dict[str, Engine]:
    place = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    each_core = AT_LEAST * count_cores()
    engines = {
        PLAIN: Engine(lambda replicates: run_plain_mesa(place, replicates), 1),
        AGENTS: Engine(lambda replicates: run_ensemble(scenario, replicates=replicates, seed=SEED, engine="mesa"), 1),
        ONE: Engine(lambda replicates: run_compiled(scenario, replicates, threads=1), AT_LEAST),
        ALL: Engine(lambda replicates: run_compiled(scenario, replicates), each_core),
    }
    if has_compiler():
        engines[LIMIT] = Engine(lambda replicates: run_strict_c(system, replicates, SEED), AT_LEAST)
    return engines


def run_compiled(scenario: Scenario, replicates: int, seed: int = SEED, threads: int | None = None) -> Ensemble:
    return run_ensemble(scenario, replicates=replicates, seed=seed, engine="compiled", threads=threads)


def count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_engines(scenarios: dict[str, Scenario]) -> None:
    """Hold every engine to the compiled one: to the bit, and plain Mesa, which has draws of its own, in the mean.

    Raises:
        DisagreementError: If one disagrees.
    """
    for name, scenario in scenarios.items():
        compiled = run_compiled(scenario, 2000)
        check_bits(AGENTS, name, run_ensemble(scenario, replicates=2, seed=SEED, engine="mesa"), compiled)
        if has_compiler():
            check_bits(LIMIT, name, SimpleNamespace(**run_strict_c(build_system(scenario), 80, SEED)), compiled)
        place = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
        plain = [row for row in run_plain_mesa(place, 200) if row["month"] == scenario.months - 1]
        check_means(name, {figure: np.array([row[figure] for row in plain], float) for figure in FIGURES}, compiled)
    bits = f"{AGENTS}{' and strict C' if has_compiler() else ''}"
    print(f"Checked in {len(scenarios)} scenarios, made-up places among them: {bits} to the bit, ", end="")
    print("and plain Mesa in the mean within 4 standard errors.")


def list_scenarios() -> dict[str, Scenario]:
    """Return the scenarios of the project and some made-up places."""
    sys.path.append(str(ROOT))
    from tests.places import random_place

    shipped = {path.stem: load_scenario(path) for path in sorted((ROOT / "scenarios").glob("*.yaml"))}
    return shipped | {f"made-up place {k}": Scenario.model_validate(random_place(k)) for k in range(MADE_UP)}


def check_bits(engine: str, name: str, replicates: Any, compiled: Ensemble) -> None:
    """Compare the first replicates' tables.

    Raises:
        DisagreementError: If one differs by any bit.
    """
    for table in TABLES:
        own = getattr(replicates, table)
        if not is_equal(own, getattr(compiled, table)[: len(own)]):
            raise DisagreementError(f"{engine}: table {table} of {name} differs from the compiled engine's")


def check_means(name: str, figures: dict[str, np.ndarray], compiled: Ensemble) -> None:
    """Compare plain Mesa's means of the last month with those of the compiled engine, where there is a value.

    Raises:
        DisagreementError: If one differs by more than four standard errors.
    """
    for figure, found in figures.items():
        sample, reference = (each[~np.isnan(each)] for each in (found, compiled[figure][:, -1]))
        if not len(reference):
            continue
        error = np.sqrt(sample.var(ddof=1) / len(sample) + reference.var(ddof=1) / len(reference))
        apart = abs(sample.mean() - reference.mean())
        if not apart <= 4 * error + 1e-9:
            means = f"{sample.mean():.4g}, compiled {reference.mean():.4g}, standard error {error:.2g}"
            message = f"plain Mesa: mean {figure} of {name} {means}"
            raise DisagreementError(message)


def is_equal(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


def seconds(run: Run, replicates: int) -> float:
    started = time.perf_counter()
    run(replicates)
    return time.perf_counter() - started


def size_batch(engine: Engine) -> int:
    """As many replicates as take about `A_ROUND`, found by doubling, which warms the engine up as well."""
    replicates = engine.multiple
    engine.run(replicates)
    while (taken := seconds(engine.run, replicates)) < A_ROUND / 4:
        replicates *= 2
    return max(1, round(replicates * A_ROUND / taken / engine.multiple)) * engine.multiple


def time_engines(engines: dict[str, Engine], rounds: int) -> dict[str, list[float]]:
    """Milliseconds per replicate, engine after engine, round after round."""
    batches = {name: size_batch(engine) for name, engine in engines.items()}
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, replicates in batches.items():
            times[name].append(1000 * seconds(engines[name].run, replicates) / replicates)
    return times


def print_table(times: dict[str, list[float]]) -> None:
    print(
        "\n| engine | ms per replicate, min | median | x as fast as plain Mesa, median | min | time against strict C |"
    )
    print("|---|---|---|---|---|---|")
    for name, taken in times.items():
        faster = [plain / own for plain, own in zip(times[PLAIN], taken, strict=True)]
        limit = [own / best for own, best in zip(taken, times.get(LIMIT, ()), strict=False)]
        against = f"{statistics.median(limit):,.2f}" if limit else "not measured"
        print(f"| {name} | {min(taken):.4g} | {statistics.median(taken):.4g} ", end="")
        print(f"| {statistics.median(faster):,.2f} | {min(faster):,.2f} | {against} |")


def print_ten_thousand(engines: dict[str, Engine], rounds: int) -> None:
    """Ten thousand replicates by the compiled engine against 25 by the agents."""
    pairs = [(seconds(engines[ALL].run, 10_000), seconds(engines[AGENTS].run, 25)) for _ in range(rounds)]
    many, few = zip(*pairs, strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"\n10,000 replicates compiled on all cores: {min(many):.2f} s min, {statistics.median(many):.2f} s median; ",
        end="",
    )
    print(f"25 under this project's Mesa engine: {min(few):.2f} s min, {statistics.median(few):.2f} s median; ", end="")
    print(f"the first takes {ratio:.2f} of the time of the second (median of {rounds} pairs).")


def describe_machine() -> str:
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [
            line.split(":")[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        processor = models[0] if models else processor
    gcc = "no gcc: strict C is left out"
    if has_compiler():
        answer = subprocess.run(["gcc", "-dumpfullversion"], check=True, capture_output=True, text=True)
        gcc = f"gcc {answer.stdout.strip()}"
    versions = ", ".join(f"{name} {importlib.metadata.version(name.lower())}" for name in ("Mesa", "numba", "numpy"))
    where = f"{platform.system()} {platform.machine()}, {processor}, {count_cores()} cores"
    return f"{where}; Python {platform.python_version()}, {versions}, {gcc}"


def main() -> None:
    """Check the engines, time them in turn, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds after the warm-up (5)")
    rounds = parser.parse_args().rounds
    scenario = load_scenario(PLACE)
    system = build_system(scenario)
    print(f"{describe_machine()}; {PLACE.stem}, {rounds} rounds in turn after a warm-up.\n", flush=True)
    try:
        check_engines(list_scenarios())
    except DisagreementError as problem:
        sys.exit(f"The engines do not agree. {problem}.")
    engines = list_engines(scenario, system)
    print_table(time_engines(engines, rounds))
    print_ten_thousand(engines, min(rounds, 3))


if __name__ == "__main__":
    main()
