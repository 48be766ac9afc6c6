"""`make soak`: disturb batches by every kind of fault, and print what was tried and what went wrong.

A single trial is repeated by `python -m tests.faults.soak --only SIGINT:17`.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.trial import ENDS, Outcome, Undisturbed, run_undisturbed, try_fault

TRIALS = {"SIGINT": 50, "SIGTERM": 50, "SIGKILL": 50, "scheduler": 5}
"""Trials of each fault; of the others `OTHERS`."""

OTHERS = 15

NEEDS = {"full": "mount", "clock": "faketime", "read-only": "setpriv"}
"""Programs without which a fault cannot be tried."""

FOR_ROOT = {"full"}
"""Faults that only root can try."""

HEADINGS = ("fault", "tried", "replicates lost", "wrong results", "unclear messages", "processes left", "files left")


def obstacle_to(fault: str) -> str | None:
    """Return the reason why a fault cannot be tried here; None if it can."""
    program = NEEDS.get(fault)
    if program is not None and shutil.which(program) is None:
        return f"{program} is not installed"
    return "only root can mount a disk" if fault in FOR_ROOT and os.geteuid() else None


def trials(only: Sequence[str], seed: int) -> Iterator[tuple[str, int]]:
    """Yield faults and their seeds."""
    if only:
        for each in only:
            fault, _, number = each.rpartition(":")
            yield fault, int(number)
        return
    for fault in ENDS:
        obstacle = obstacle_to(fault)
        if obstacle is None:
            yield from ((fault, seed + number) for number in range(TRIALS.get(fault, OTHERS)))
        else:
            print(f"{fault}: not tried, because {obstacle}")


def table_of(outcomes: Sequence[Outcome]) -> str:
    """Return a row for each fault, as a table in Markdown."""
    rows = ["| " + " | ".join(HEADINGS) + " |", "|---" + "|---:" * (len(HEADINGS) - 1) + "|"]
    for fault in dict.fromkeys(each.fault for each in outcomes):
        some = [each for each in outcomes if each.fault == fault]
        counts = (
            len(some),
            sum(each.lost for each in some),
            sum(bool(each.wrong) for each in some),
            sum(bool(each.unclear) for each in some),
            sum(each.orphans for each in some),
            sum(len(each.stray) for each in some),
        )
        rows.append(f"| {fault} | " + " | ".join(f"{count:,}" for count in counts) + " |")
    return "\n".join(rows)


def main() -> None:
    """Run the trials, say of each where it happened, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed of each fault")
    parser.add_argument("--only", nargs="*", default=[], metavar="FAULT:SEED", help="repeat these trials")
    asked = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory() as name:
        undisturbed = run_undisturbed(Path(name))
        print(f"undisturbed: {undisturbed.steps:,} steps, {undisturbed.size:,} bytes of tables")
        for fault, seed in trials(asked.only, asked.seed):
            outcomes.append(_try(fault, seed, Path(name), undisturbed))
    print(f"\n{table_of(outcomes)}")
    sys.exit(not all(outcome.is_good for outcome in outcomes))


def _try(fault: str, seed: int, folder: Path, undisturbed: Undisturbed) -> Outcome:
    own = folder / f"{fault.replace(' ', '-')}-{seed}"
    outcome = try_fault(fault, seed, own, undisturbed)
    shutil.rmtree(own, ignore_errors=True)
    print(f"{fault}:{seed}  exit {outcome.code}  {outcome.where}", flush=True)
    if not outcome.is_good:
        print(f"  {outcome}", flush=True)
    return outcome


if __name__ == "__main__":
    main()
