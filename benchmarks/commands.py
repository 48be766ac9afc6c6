"""How long commands take as a user waits for them: whole processes, taken in turn, against bare Python in the same run.

Run by `make benchmark`; prints the table of RESULTS.md.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5
PLACE = str(ROOT / "scenarios/mid-south-essex.yaml")
TRUSTSIM = (sys.executable, "-m", "simulation")

COMMANDS = {
    "bare Python": (sys.executable, "-c", "pass"),
    "bare Python that imports Mesa": (sys.executable, "-c", "import mesa"),
    "trustsim --help": (*TRUSTSIM, "--help"),
    "trustsim validate": (*TRUSTSIM, "validate", PLACE),
    "trustsim run, one replicate, no charts": (*TRUSTSIM, "run", PLACE, "--replicates", "1", "--no-charts"),
    "trustsim run, one replicate, charts": (*TRUSTSIM, "run", PLACE, "--replicates", "1"),
    "trustsim run, 20 replicates, no charts": (*TRUSTSIM, "run", PLACE, "--replicates", "20", "--no-charts"),
    "trustsim run, 20 replicates, charts": (*TRUSTSIM, "run", PLACE, "--replicates", "20"),
}
REACH = {
    "trustsim --help": "under 0.3 s",
    "trustsim validate": "under 0.6 s",
    "trustsim run, one replicate, no charts": "under 3 s",
    "trustsim run, one replicate, charts": "under 8 s",
}


def seconds(words: tuple[str, ...]) -> float:
    """Wall time of one command in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        subprocess.run(words, cwd=folder, check=True, capture_output=True)
        return time.perf_counter() - started


def main() -> None:
    """Time every command in turn, round after round, and print the table."""
    for words in COMMANDS.values():
        seconds(words)
    times = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, words in COMMANDS.items():
            times[name].append(seconds(words))
    reference = statistics.median(times["bare Python that imports Mesa"])
    print(
        f"{ROUNDS} rounds after a warm-up, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end=""
    )
    print(f"Python {platform.python_version()}; times are whole processes.\n")
    print("| command | seconds, min | median | × importing Mesa | target |\n|---|---|---|---|---|")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"| {name} | {min(taken):.2f} | {middle:.2f} | {middle / reference:.2f} | {REACH.get(name, '')} |")


if __name__ == "__main__":
    main()
