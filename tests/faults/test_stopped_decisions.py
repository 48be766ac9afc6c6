"""`trustsim decide`, stopped by Ctrl-C and SIGTERM in each of its stages: it says so, and goes on to the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.cli.test_decide import asked
from tests.cli.test_run import trustsim
from tests.execution.small import tables
from tests.faults.injected import Injection, read_log
from tests.faults.trial import Ended, Process, end_of

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]

WORDS = ("decide", "small.yaml", "--workers", "2", "--json")

CODES = {"SIGINT": (130, "interrupted"), "SIGTERM": (143, "terminated")}

STAGES = {
    "the search": ("find_candidates", ("deciding/",)),
    "start months": ("_find_delays", ("deciding/",)),
    "wider ranges": ("_find_stretches", ("deciding/", "results/batch/files")),
    "the options": ("write_options", ("deciding/", "results/batch/files", "pathlib")),
    "the charts": ("front_of_decided", ("charts/", "results/batch/files", "pathlib")),
    "the record": ("write_record", ("results/", "deciding/", "pathlib")),
    "the comparison": ("run_batch", ("execution/", "results/", "concurrent/", "pathlib")),
}
"""For each stage the function that begins it, and the files whose functions make steps."""

STEPS = 60
"""A signal comes at one of so many steps from the beginning of a stage; each has more."""


def stop(folder: Path, stage: str, fault: str, seed: int) -> Ended:
    """Run the decision in a folder, with a signal at a step of a stage that the seed chooses."""
    after, files = STAGES[stage]
    step = Random(f"{stage} {fault} {seed}").randint(1, STEPS)
    request, log = folder.with_suffix(".request.json"), folder.with_suffix(".log.json")
    log.unlink(missing_ok=True)
    Injection(fault=fault, step=step, seed=seed, folder=str(folder), log=str(log), after=after, files=files).write(
        request
    )
    program = [sys.executable, "-m", "tests.faults.injected", str(request)]
    return end_of(
        Process(
            [*program, *WORDS],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    )


def begin(folder: Path) -> Path:
    folder.mkdir()
    (folder / "small.yaml").write_text(asked())
    return folder


def written(folder: Path) -> dict[str, bytes]:
    """All files but those of the comparison, of which tables alone are the same bytes each time."""
    results = folder / "results/small"
    return {
        path.relative_to(results).as_posix(): path.read_bytes()
        for path in results.rglob("*")
        if path.is_file() and path.relative_to(results).parts[0] != "comparison"
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = begin(tmp_path_factory.mktemp("undisturbed") / "whole")
    ended = trustsim(*WORDS, cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return folder, ended.stdout


@pytest.mark.parametrize(
    ("stage", "fault"),
    [
        ("the search", "SIGINT"),
        ("the search", "SIGTERM"),
        ("start months", "SIGTERM"),
        ("wider ranges", "SIGINT"),
        ("the options", "SIGTERM"),
        ("the charts", "SIGINT"),
        ("the record", "SIGTERM"),
        ("the comparison", "SIGINT"),
        ("the comparison", "SIGTERM"),
    ],
)
def test_stopped_in_any_stage_it_goes_on_to_the_same_bytes(stage, fault, undisturbed, tmp_path):
    whole, printed = undisturbed
    folder, seed = begin(tmp_path / "stopped"), list(STAGES).index(stage)
    stopped = stop(folder, stage, fault, seed)
    where = read_log(folder.with_suffix(".log.json"))
    code, word = CODES[fault]
    assert "where" in where, f"{stage} takes fewer than {where['step']} steps"
    assert (stopped.code, stopped.data, stopped.orphans) == (code, "", 0), (where, stopped)
    kept = folder / "results/small"
    name = "comparison" if stage == "the comparison" else ""
    assert stopped.printed.endswith(
        f"are kept in {Path('results/small') / name}: run the same command to go on\n{word}\n"
    )
    assert "Traceback" not in stopped.printed
    assert not [*folder.rglob(".unfinished-*"), *folder.rglob("lock-owner.json")], where
    there = written(folder)
    assert {path: content for path, content in there.items() if written(whole)[path] != content} == {}, where
    assert (kept / "decision.json").exists() == (stage not in {"the search", "start months", "wider ranges"})
    stamps = {path: path.stat().st_mtime_ns for path in (kept / "search").iterdir()}

    again = trustsim(*WORDS, cwd=folder)
    assert again.returncode == 0, again.stderr
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps  # nothing was run twice
    assert written(folder) == written(whole)
    assert tables(kept / "comparison") == tables(whole / "results/small/comparison")
    assert data_of(again.stdout) == data_of(printed)


def data_of(printed: str) -> dict:
    """What was found as data, without how much of the comparison was run in this execution."""
    data = json.loads(printed)
    return data | {"comparison": [each | {"new": 0} for each in data["comparison"]]}
