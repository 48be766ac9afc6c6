"""How long charts and papers take: whole processes, in turn with a Python that only imports matplotlib.

Run by `make benchmark`; prints the table of RESULTS.md.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 3
SCENARIOS = 10
TRUSTSIM = (sys.executable, "-m", "simulation")
FORMATS = "docx,pdf,html,pptx"

EXPERIMENT = f"""
title: Ten scenarios
scenario: {ROOT}/scenarios/mid-south-essex.yaml
replicates: 200
compare:
  no joint action: {{}}
"""
VARIANT = "  coaching at {strength} of {most}: {{levers: {{coaching: {{strength: {part:.3f}}}}}}}\n"
BESIDE = """
assumptions: {}
fixed_stances: {}
attribution: {from: no joint action, to: coaching at 9 of 9}
"""


def seconds(*words: str, folder: Path) -> float:
    """Wall time of one command."""
    started = time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Time each in turn and print the table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        most = SCENARIOS - 1
        variants = [VARIANT.format(strength=each, most=most, part=each / most) for each in range(1, SCENARIOS)]
        (folder / "ten.yaml").write_text("".join([EXPERIMENT, *variants, BESIDE]), encoding="utf-8")
        seconds(*TRUSTSIM, "batch", "ten.yaml", folder=folder)
        commands = {
            "bare Python that imports matplotlib.figure": (sys.executable, "-c", "import matplotlib.figure"),
            "trustsim chart, all of 10 scenarios": (*TRUSTSIM, "chart", "results/ten"),
            "trustsim report, four formats": (*TRUSTSIM, "report", "results/ten", "--format", FORMATS),
        }
        times = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, words in commands.items():
                times[name].append(seconds(*words, folder=folder))
        charts = len(list((folder / "results/ten/charts").rglob("*.png")))
    bare, *own = (statistics.median(each) for each in times.values())
    print(f"\n{charts} charts of {SCENARIOS} scenarios and a paper of them, {ROUNDS} rounds in turn, medians\n")
    print("| command | seconds, min | median | × importing matplotlib | target |\n|---|---|---|---|---|")
    for name, each in times.items():
        median = statistics.median(each)
        print(f"| {name} | {min(each):.2f} | {median:.2f} | {median / bare:.0f} | |")
    print(f"| both together | | {sum(own):.1f} | {sum(own) / bare:.0f} | under 30 s |")


if __name__ == "__main__":
    main()
