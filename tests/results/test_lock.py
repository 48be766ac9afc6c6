"""Who holds a batch's folder: one process at a time, none that is dead, and none that cannot be looked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.results.batch.errors import FolderHeldError
from simulation.results.batch.lock import hold, holder_of

ROOT = Path(__file__).parents[2]
HOLDING = (
    "import sys, time; from pathlib import Path; from simulation.results.batch.lock import hold\n"
    "with hold(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()


@pytest.mark.e2e
def test_a_folder_that_is_held_says_by_whom(holder, tmp_path):
    told = holder_of(tmp_path)
    assert told.startswith(f"process {holder.pid} of ")
    with pytest.raises(FolderHeldError) as refused, hold(tmp_path):
        pass
    assert str(refused.value) == f"{tmp_path} is being written to by {told}; wait for it, or name another folder"


@pytest.mark.e2e
def test_a_holder_that_was_killed_holds_nothing(holder, tmp_path):
    holder.kill()
    holder.wait()
    assert holder_of(tmp_path) is None
    with hold(tmp_path) as before:
        assert before.startswith(f"process {holder.pid} of ")
    with hold(tmp_path) as before:
        assert before is None


@pytest.mark.unit
def test_it_is_let_go_of_however_the_work_ends(tmp_path):
    with pytest.raises(ZeroDivisionError):
        _fail_while_holding(tmp_path)
    assert holder_of(tmp_path) is None
    with hold(tmp_path) as before:
        assert before is None


@pytest.mark.unit
def test_a_holder_on_another_machine_is_believed_until_its_file_is_removed(tmp_path):
    told = {"user": "ann", "machine": "far-away", "process": 12, "since": "2026-11-24T10:00:00"}
    (tmp_path / "holder.json").write_text(json.dumps(told))
    told = r"was held by process 12 of ann on far-away.* remove .*holder\.json"
    with pytest.raises(FolderHeldError, match=told), hold(tmp_path):
        pass
    assert "which cannot be seen from here" in holder_of(tmp_path)
    (tmp_path / "holder.json").unlink()
    with hold(tmp_path) as before:
        assert before is None


def _fail_while_holding(folder):
    with hold(folder):
        assert holder_of(folder).startswith(f"process {os.getpid()} of ")
        raise ZeroDivisionError
