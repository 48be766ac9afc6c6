"""How fast this checkout is against another one: the same replicates by both, in pairs taken in turn.

Run by `python benchmarks/checkouts.py OTHER`; OTHER is the folder of the other checkout. Each reads scenarios from
its own checkout, so that two editions of the model can be compared. Both run in this environment, in a process of
their own each. The times are of the processor, which another user of the machine disturbs less than those of a clock.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from scipy.stats import t

HERE = Path(__file__).parents[1]
SCENARIOS = ("mid-south-essex", "mid-south-essex-instruction", "mid-south-essex-partnership-full")
KERNEL, AGENTS = "compiled", "mesa"
REPLICATES = {KERNEL: 1024, AGENTS: 6}
PAIRS = 15

RUNNER = """
import sys, time
from pathlib import Path
from simulation.model.run import run_ensemble
from simulation.scenario.loading import load_scenario
engine, replicates, *paths = sys.argv[1:]
scenarios = {path: load_scenario(Path(path)) for path in paths}
for path in sys.stdin:
    begun = time.process_time()
    run_ensemble(scenarios[path.strip()], replicates=int(replicates), seed=1, engine=engine, threads=1)
    print(time.process_time() - begun, flush=True)
"""


class Interval(NamedTuple):
    """A ratio and its 95% interval."""

    middle: float
    low: float
    high: float


class Runner:
    """One checkout's engine, in a process of its own.

    Args:
        checkout: The folder of the checkout.
        engine: `compiled` or `mesa`.
        scenarios: The paths of the scenarios that it runs.
    """

    def __init__(self, checkout: Path, engine: str, scenarios: list[Path]) -> None:
        command = [sys.executable, "-c", RUNNER, engine, str(REPLICATES[engine]), *map(str, scenarios)]
        settings = os.environ | {"PYTHONPATH": str(checkout)}
        self._process = subprocess.Popen(
            command, cwd=checkout, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def seconds(self, scenario: Path) -> float:
        """Return the processor seconds of one run.

        Raises:
            SystemExit: If the process ended; it has printed the reason.
        """
        if self._process.stdin is None or self._process.stdout is None:
            raise SystemExit("the runner has no pipes")
        print(scenario, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{scenario} did not run")
        return float(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


def ratio_of(own: list[float], other: list[float]) -> Interval:
    """Return the geometric mean of the ratios of pairs, with a 95% interval by Student's t."""
    logs = [math.log(mine / theirs) for mine, theirs in zip(own, other, strict=True)]
    middle = statistics.fmean(logs)
    half = float(t.ppf(0.975, len(logs) - 1)) * statistics.stdev(logs) / math.sqrt(len(logs))
    return Interval(math.exp(middle), math.exp(middle - half), math.exp(middle + half))


def time_pairs(runners: list[Runner], scenarios: list[Path], pairs: int) -> list[list[float]]:
    """Return the seconds of each runner; which of the two begins changes from pair to pair."""
    for runner, scenario in zip(runners, scenarios, strict=True):
        runner.seconds(scenario)
    times: list[list[float]] = [[], []]
    for pair in range(pairs):
        for turn in (0, 1) if pair % 2 == 0 else (1, 0):
            times[turn].append(runners[turn].seconds(scenarios[turn]))
    return times


def main() -> None:
    """Time both checkouts in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", type=Path, help="the folder of the other checkout")
    parser.add_argument("--scenarios", nargs="+", default=list(SCENARIOS), help="names of files in scenarios/")
    parser.add_argument("--engines", nargs="+", choices=(KERNEL, AGENTS), default=[KERNEL, AGENTS], help="both")
    parser.add_argument("--pairs", type=int, default=PAIRS, help=f"pairs of runs after a warm-up ({PAIRS})")
    parser.add_argument("--folder", type=Path, help="a folder of scenarios for this checkout (scenarios/)")
    asked = parser.parse_args()
    folders = (asked.folder or HERE / "scenarios").resolve(), asked.other.resolve() / "scenarios"
    files = [[folder / f"{name}.yaml" for name in asked.scenarios] for folder in folders]
    print("| engine | scenario | this, ms a replicate | other | ratio | 95% interval |\n|---|---|---|---|---|---|")
    for engine in asked.engines:
        with Runner(HERE, engine, files[0]) as own, Runner(asked.other.resolve(), engine, files[1]) as other:
            for name, *pair in zip(asked.scenarios, *files, strict=True):
                times = time_pairs([own, other], pair, asked.pairs)
                mine, theirs = (1000 * statistics.median(each) / REPLICATES[engine] for each in times)
                ratio = ratio_of(*times)
                print(f"| {engine} | {name} | {mine:.4g} | {theirs:.4g} ", end="")
                print(f"| {ratio.middle:.2f} | {ratio.low:.2f} to {ratio.high:.2f} |", flush=True)


if __name__ == "__main__":
    main()
