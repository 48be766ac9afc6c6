"""Any workbook, however it is spoilt, gives a scenario or located mistakes, in seconds; never another error.

TRUSTSIM_WORKBOOKS sets how many are tried; `make properties` tries 60, and `make workbooks` tries 2,000 and
prints the slowest.
"""

import os
import re
import time
from pathlib import Path

import pytest

from simulation.scenario.loading import find_problems, load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.readable import find_sizes_beside_mistakes
from tests.scenario.workbook.mutations import mutate

pytestmark = pytest.mark.property

WORKBOOKS = int(os.environ.get("TRUSTSIM_WORKBOOKS", "20"))
TOGETHER = 20
LONGEST = 10
"""Seconds."""
MISTAKE = re.compile(r"a\.xlsx: (?:[^:!]+(?:![A-Z]+[0-9]+)?: )?.{8,}")


def check(path: Path, seed: int) -> float:
    """Return how long it takes to read a spoilt workbook."""
    path.write_bytes(mutate(seed))
    begin = time.perf_counter()
    problems = find_problems(path, "a.xlsx")
    seconds = time.perf_counter() - begin
    assert all(MISTAKE.fullmatch(str(problem)) for problem in problems), [str(problem) for problem in problems]
    if problems:
        find_sizes_beside_mistakes(path)
        with pytest.raises(ScenarioError):
            load_scenario(path)
    else:
        load_scenario(path)
    assert seconds < LONGEST
    return seconds


@pytest.mark.parametrize("first", range(0, WORKBOOKS, TOGETHER))
def test_a_spoilt_workbook_gives_a_scenario_or_located_mistakes(tmp_path, first):
    seconds = {}
    for seed in range(first, min(first + TOGETHER, WORKBOOKS)):
        try:
            seconds[seed] = check(tmp_path / "a.xlsx", seed)
        except Exception as error:
            error.add_note(f"the workbook of seed {seed}")
            raise
    slowest = max(seconds, key=seconds.__getitem__)
    print(f"slowest: seed {slowest}, {seconds[slowest]:.1f} s")
