"""A batch that is killed at any moment, time and again, ends like one that nobody disturbed.

Ten kills with the suite; `make soak` makes two hundred of a batch that takes a minute.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest

from simulation.execution.record import read_designs
from simulation.execution.status import read_status
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.store import Store
from simulation.results.batch.tables import numbers_of
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from simulation.scenario.writing import scenario_to_yaml
from tests.execution.small import tables

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
SOAK = "TRUSTSIM_SOAK" in os.environ
KILLS, REPLICATES, LONGEST = (200, 6000, 5.0) if SOAK else (10, 1500, 2.0)
"""How often it is killed, replicates of each design, and seconds that it may go on before the next kill."""

SYSTEMS = 16
"""Systems of the place that is soaked: a minute of work on them is no more rows than can be looked at each time."""

EXPERIMENT = f"""
title: To be killed
scenario: {ROOT}/scenarios/mid-south-essex-partnership.yaml
replicates: {REPLICATES}
compare:
  left alone: {{levers: null}}
  half: {{}}
vary:
  parameters.loss_ratio: [0.5, 1, 2, 3]
"""


def start(path: Path, folder: Path) -> subprocess.Popen[bytes]:
    """The command as its user gives it, in a group of its own."""
    command = [sys.executable, "-m", "simulation", "batch", str(path), "--out", str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def finish(path: Path, folder: Path) -> None:
    """Run it to its end."""
    batch = start(path, folder)
    _, told = batch.communicate()
    assert batch.returncode == 0, told.decode()


def test_killed_at_any_moment_it_ends_the_same(tmp_path):
    path = tmp_path / "killed.yaml"
    path.write_text(EXPERIMENT)
    if SOAK:
        place = replicate_systems(
            load_scenario(ROOT / "scenarios/mid-south-essex-partnership.yaml"), SYSTEMS, title="Many"
        )
        (tmp_path / "many.yaml").write_text(scenario_to_yaml(place, schema=None))
        path.write_text(EXPERIMENT.replace(f"{ROOT}/scenarios/mid-south-essex-partnership.yaml", "many.yaml"))
    began = time.monotonic()
    finish(path, tmp_path / "undisturbed")
    undisturbed = time.monotonic() - began
    expected = tables(tmp_path / "undisturbed")
    chance, killed, rounds = Random(1), 0, 0
    while killed < KILLS:
        rounds += 1
        folder = tmp_path / f"killed-{rounds}"
        killed += kill_until_done(path, folder, chance, KILLS - killed)
        assert tables(folder) == expected
        assert sorted(each.name for each in (folder / "chunks").iterdir()) == []
    batches = "one batch" if rounds == 1 else f"{rounds} batches"
    print(f"{killed} kills of {batches} of {undisturbed:.0f} s undisturbed: all ended the same")


def kill_until_done(path: Path, folder: Path, chance: Random, most: int) -> int:
    """Start a batch and kill it, again and again, until it gets to its end; how often it was killed."""
    killed = 0
    while killed < most:
        batch = start(path, folder)
        try:
            batch.communicate(timeout=chance.uniform(0.3, LONGEST))
        except subprocess.TimeoutExpired:
            if chance.random() < 0.5:
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


def check_what_is_there(folder: Path) -> None:
    """What is on disk after a kill can be read, and no design is more than a round ahead of another."""
    if not (folder / "manifest.json").exists():
        return
    designs = read_designs(folder, Manifest.read(folder).factors)
    found = {design.number: [] for design in designs}
    for design, rows in Store(folder).rows("system", designs, ["month"]):
        found[design.number].append((numbers_of(rows["replicate"]), numbers_of(rows["month"])))
    counts = []
    for some in found.values():
        replicates, months = np.concatenate(some, axis=1) if some else np.zeros((2, 0))
        assert (months.reshape(-1, 40) == np.arange(40)).all()
        assert (replicates[::40] == np.arange(len(replicates) // 40)).all()
        counts.append(len(replicates) // 40)
    assert max(counts) - min(counts) <= 1024
    assert [each.gap.replicates for each in read_status(folder).precisions] == counts


def test_ctrl_c_says_how_to_go_on_and_leaves_nobody_working(tmp_path):
    path = tmp_path / "interrupted.yaml"
    path.write_text(EXPERIMENT.replace(f"replicates: {REPLICATES}", "replicates: 100000"))
    batch = start(path, tmp_path / "out")
    until = time.monotonic() + 60
    while len(list((tmp_path / "out" / "chunks").glob("0*"))) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    os.killpg(batch.pid, signal.SIGINT)
    _, told = batch.communicate(timeout=30)
    assert batch.returncode == 130
    assert "Traceback" not in told.decode()
    lines = told.decode().splitlines()
    assert f"interrupted: what was run is kept in {tmp_path / 'out'}, and the same command goes on" in lines
    until = time.monotonic() + 10
    while is_group_alive(batch.pid):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_full_disk_leaves_what_was_run_and_says_so(tmp_path):
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
    told = f"full: file too large; what was run is kept in {folder}, and the same command goes on"
    assert batch.stderr.splitlines()[-1] == told
    assert not list(folder.rglob(".unfinished-*"))
    finish(path, folder)
    finish(path, tmp_path / "undisturbed")
    assert tables(folder) == tables(tmp_path / "undisturbed")
