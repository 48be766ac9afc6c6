"""A batch that is killed again and again, at any moment, ends like an undisturbed one.

`make cluster` kills one ten times; `make soak` kills one that takes a minute two hundred times.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

import numpy as np
import pytest

from simulation import load_experiment
from simulation.execution.plan import plan_batch
from simulation.execution.status import read_status
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.opened import read_designs
from simulation.results.batch.store import Store
from simulation.results.batch.tables import numbers_of
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from simulation.scenario.writing import scenario_to_yaml
from tests.execution.small import run, tables
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("TRUSTSIM_KILLS", "10"))
SOAK = KILLS >= 100
REPLICATES, MOST_RESULTS = (6000, 20) if SOAK else (1500, 4)
"""Replicates of each design, and results that it may write at most before the next kill."""

SYSTEMS = 16
"""Systems of the place that is soaked: a minute of work on them is no more rows than can be looked at each time."""

EXPERIMENT = f"""
title: To be killed
scenario: {ROOT}/scenarios/mid-south-essex-partnership.yaml
replicates: {REPLICATES}
compare:
  no joint action: {{levers: null}}
  half: {{}}
vary:
  parameters.loss_ratio: [0.5, 1, 2, 3]
"""


def start(path: Path, folder: Path) -> subprocess.Popen[bytes]:
    """The command as its user gives it, in a group of its own."""
    command = [sys.executable, "-m", "simulation", "batch", str(path), "--out", str(folder)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - it only sets how a signal is handled
    )


def _hear_interrupts() -> None:
    """Undo what a shell does to the tests that it runs in the background, and a command would rightly keep."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def finish(path: Path, folder: Path) -> None:
    """Run it to its end."""
    batch = start(path, folder)
    _, printed = batch.communicate()
    assert batch.returncode == 0, printed.decode()


def run_undisturbed(path: Path, folder: Path) -> None:
    """Run it to its end in this process, with threads: a batch's tables are the same however it is run."""
    run(plan_batch(load_experiment(path)), folder, number=2)


def test_killed_at_any_moment_it_ends_the_same(tmp_path):
    path = tmp_path / "killed.yaml"
    path.write_text(EXPERIMENT)
    if SOAK:
        place = replicate_systems(
            load_scenario(ROOT / "scenarios/mid-south-essex-partnership.yaml"), SYSTEMS, title="Many"
        )
        (tmp_path / "many.yaml").write_text(scenario_to_yaml(place, schema=None))
        path.write_text(EXPERIMENT.replace(f"{ROOT}/scenarios/mid-south-essex-partnership.yaml", "many.yaml"))
    run_undisturbed(path, tmp_path / "undisturbed")
    expected = tables(tmp_path / "undisturbed")
    chance, alone, killed, rounds = Random(1), cycle([False, True]), 0, 0
    while killed < KILLS:
        rounds += 1
        folder = tmp_path / f"killed-{rounds}"
        killed += kill_until_done(path, folder, chance, alone, KILLS - killed)
        assert tables(folder) == expected
        assert sorted(each.name for each in (folder / "chunks").iterdir()) == []
    print(f"{killed} kills of {rounds} batches: all ended the same")


def kill_until_done(path: Path, folder: Path, chance: Random, alone: Iterator[bool], most: int) -> int:
    """Start a batch and kill it, again and again, until it gets to its end; return how often it was killed.

    It is killed when it has written some results, or a moment later, so that it gets on however slow the machine is.
    """
    killed = 0
    while killed < most:
        enough = results_in(folder) + chance.randint(0, MOST_RESULTS)
        batch = start(path, folder)
        wait_until(
            lambda batch=batch, enough=enough: batch.poll() is not None or results_in(folder) >= enough, "results"
        )
        try:
            batch.communicate(timeout=chance.uniform(0, 0.5))
        except subprocess.TimeoutExpired:
            if next(alone):
                batch.kill()  # the coordinator alone; its workers see that it is gone
            else:
                os.killpg(batch.pid, signal.SIGKILL)  # as when the machine goes down
            batch.communicate()
            killed += 1
            check_what_is_there(folder)
        else:
            assert batch.returncode == 0
            return killed
    finish(path, folder)
    return killed


def results_in(folder: Path) -> int:
    """Return the number of chunks in a batch's folder."""
    return len(list((folder / "chunks").glob("0*")))


def check_what_is_there(folder: Path) -> None:
    """Check that results on disk can be read after a kill, and that every replicate is whole and there once.

    Rounds may be missing in between: the workers were at work on them.
    """
    if not (folder / "manifest.json").exists():
        return
    designs = read_designs(folder, Manifest.read(folder).factors)
    found = {design.number: [] for design in designs}
    for rows in Store(folder).rows("system", designs, ["month"]):
        numbers, replicates, months = (numbers_of(rows[name]) for name in ("design", "replicate", "month"))
        for number in np.unique(numbers):
            found[number].append((replicates[numbers == number], months[numbers == number]))
    counts = []
    for some in found.values():
        rows = np.concatenate(some, axis=1) if some else np.zeros((2, 0))
        replicates, months = (column.reshape(-1, 40) for column in rows)
        assert (months == np.arange(40)).all()
        assert (replicates == replicates[:, :1]).all()
        assert (np.diff(replicates[:, 0]) > 0).all()
        counts.append(len(replicates))
    assert [each.gap.replicates for each in read_status(folder).precisions] == counts


def test_ctrl_c_says_how_to_go_on_and_leaves_no_process(tmp_path):
    path = tmp_path / "interrupted.yaml"
    path.write_text(EXPERIMENT.replace(f"replicates: {REPLICATES}", "replicates: 100000"))
    batch = start(path, tmp_path / "out")
    wait_until(lambda: batch.poll() is not None or results_in(tmp_path / "out") >= 2, "the first results")
    os.killpg(batch.pid, signal.SIGINT)
    _, printed = batch.communicate(timeout=PATIENCE)  # ends when the last process that writes there is gone
    assert batch.returncode == 130
    assert "Traceback" not in printed.decode()
    lines = printed.decode().splitlines()
    assert f"interrupted: results are kept in {tmp_path / 'out'}: run the same command to go on" in lines


def test_a_full_disk_is_reported_and_keeps_earlier_results(tmp_path):
    """A limit on the size of files stands for the disk: writing beyond it fails in the same way."""
    path = tmp_path / "full.yaml"
    path.write_text(EXPERIMENT.replace(f"replicates: {REPLICATES}", "replicates: 100"))
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000));"
        "from simulation.cli.main import main; sys.argv[0] = 'trustsim'; main()"
    )
    folder = tmp_path / "out"
    command = [sys.executable, "-c", script, "batch", str(path), "--out", str(folder)]
    batch = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert batch.returncode == 1
    assert "Traceback" not in batch.stderr
    message = f"full: file too large; results are kept in {folder}: run the same command to go on"
    assert batch.stderr.splitlines()[-1] == message
    assert not list(folder.rglob(".unfinished-*"))
    finish(path, folder)
    run_undisturbed(path, tmp_path / "undisturbed")
    assert tables(folder) == tables(tmp_path / "undisturbed")
