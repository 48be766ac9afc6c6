"""Make a case from its name, try it, and return what came of it."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

from tests.fuzz.cases import Case
from tests.fuzz.judging import find_faults
from tests.fuzz.kinds import commands, experiments, results, scenarios, surveys, workbooks
from tests.fuzz.process import Finished
from tests.fuzz.sandbox import open_sandbox

MOST_REPLICATES = 40
"""Replicates of a planned batch above which it is not run."""

KINDS: dict[str, Callable[[random.Random, str], Case]] = {
    "scenario": scenarios.make,
    "experiment": experiments.make,
    "workbook": workbooks.make,
    "survey": surveys.make,
    "results": results.make,
    "command": commands.make,
}
"""The kinds of input."""

SHARES = {"scenario": 7, "experiment": 5, "workbook": 2, "survey": 2, "results": 2, "command": 2}
"""Parts of all cases."""


class Tried(NamedTuple):
    """What came of a case."""

    case: Case
    done: list[Finished]
    faults: list[str]

    @property
    def succeeded(self) -> bool:
        """True if every command did what it was asked."""
        return all(each.code == 0 for each in self.done)

    @property
    def got_past(self) -> bool:
        """True if the input got past the parser and the schema, which the first command goes through."""
        first = self.done[0]
        if self.case.kind == "command":
            return "\nError: " not in f"\n{first.stderr}"
        if self.case.kind == "results":
            return first.code == 0 or not re.search(r"(manifest|run)\.json", first.stderr)
        return first.code == 0

    @property
    def seconds(self) -> float:
        """Processor time of the command that took most."""
        return max(each.seconds for each in self.done)

    @property
    def megabytes(self) -> float:
        """Memory of the command that took most."""
        return max(each.megabytes for each in self.done)


def make_case(name: str) -> Case:
    """Make the case of a name such as `scenario:1234`: the same, always."""
    kind, _, _ = name.partition(":")
    return KINDS[kind](random.Random(name), name)


def attempt(case: Case) -> Tried:
    """Try a case."""
    done: list[Finished] = []
    with open_sandbox(case) as sandbox:
        before = sandbox.listing()
        for words in case.steps:
            if done and (done[-1].code != 0 or not _is_little(done[-1])):
                break
            done.append(sandbox.run(list(words)))
        return Tried(case, done, find_faults(case, done, before, sandbox))


def _is_little(planned: Finished) -> bool:
    counts = re.findall(r"^  replicates +([0-9,]+)", planned.stdout, re.MULTILINE) if planned.words[0] == "plan" else []
    return sum(int(each.replace(",", "")) for each in counts) <= MOST_REPLICATES
