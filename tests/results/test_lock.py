"""The lock of a batch's folder: one process at a time, dead owners, and owners on other machines."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.results.batch.errors import FolderLockedError
from simulation.results.batch.lock import lock_folder, lock_owner

ROOT = Path(__file__).parents[2]
HOLDING = (
    "import sys; from pathlib import Path; from simulation.results.batch.lock import lock_folder\n"
    "with lock_folder(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def owner(tmp_path):
    """Another process that holds the folder."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()


@pytest.mark.e2e
def test_a_locked_folder_names_its_owner(owner, tmp_path):
    described = lock_owner(tmp_path)
    assert described.startswith(f"process {owner.pid} of ")
    with pytest.raises(FolderLockedError) as refused, lock_folder(tmp_path):
        pass
    assert str(refused.value) == f"{tmp_path} is being written to by {described}; wait for it, or name another folder"


@pytest.mark.e2e
def test_an_owner_that_was_killed_holds_no_lock(owner, tmp_path):
    owner.kill()
    owner.wait()
    assert lock_owner(tmp_path) is None
    with lock_folder(tmp_path) as before:
        assert before.startswith(f"process {owner.pid} of ")
    with lock_folder(tmp_path) as before:
        assert before is None


@pytest.mark.unit
def test_it_is_released_however_the_work_ends(tmp_path):
    with pytest.raises(ZeroDivisionError):
        _fail_while_holding(tmp_path)
    assert lock_owner(tmp_path) is None
    with lock_folder(tmp_path) as before:
        assert before is None


@pytest.mark.unit
def test_an_owner_on_another_machine_is_trusted_until_its_file_is_removed(tmp_path):
    owner = {"user": "ann", "machine": "far-away", "process": 12, "since": "2026-11-24T10:00:00"}
    (tmp_path / "lock-owner.json").write_text(json.dumps(owner))
    message = r"is locked by process 12 of ann on far-away.* remove .*owner\.json"
    with pytest.raises(FolderLockedError, match=message), lock_folder(tmp_path):
        pass
    assert "cannot check whether" in lock_owner(tmp_path)
    (tmp_path / "lock-owner.json").unlink()
    with lock_folder(tmp_path) as before:
        assert before is None


def _fail_while_holding(folder):
    with lock_folder(folder):
        assert lock_owner(folder).startswith(f"process {os.getpid()} of ")
        raise ZeroDivisionError
