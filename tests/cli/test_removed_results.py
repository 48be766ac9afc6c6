"""A batch whose folder is removed while it is written, at whichever moment, says so in words."""

import os
import shutil
import sys
from itertools import count
from pathlib import Path

import pytest

from simulation.cli.batch import run_plan
from simulation.execution.outcome import Stop
from tests.execution.small import small_plan, threads

pytestmark = pytest.mark.unit

MOMENTS = {"open", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.scandir"}
"""Events of the interpreter, of those that name a file, at which a folder is removed; to look at a file is none."""


class Removal:
    """Removes a folder at one of the moments at which it, or what is in it, is read or written.

    Attributes:
        folder: The folder; None while nothing is watched.
        left: Moments to wait for.
    """

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.left = 0
        sys.addaudithook(lambda event, arguments: self.see(arguments[0]) if event in MOMENTS else None)

    def watch(self, folder: Path, moment: int) -> None:
        """Remove a folder at a moment, counted from 0."""
        self.folder, self.left = folder, moment

    def see(self, path: object) -> None:
        """Remove the folder if it is watched, the path is in it, and the moment has come."""
        folder = self.folder
        if folder is None or not str(path).startswith(str(folder)):
            return
        self.left -= 1
        if self.left < 0:
            self.folder = None  # what follows looks at files too
            if folder.exists():
                shutil.rmtree(folder)
            else:
                self.folder = folder


REMOVAL = Removal()
"""One for all tests, since the interpreter cannot forget a hook."""


@pytest.fixture
def _looks_are_moments(monkeypatch):
    look = os.stat

    def see_and_look(path, *args, **kwargs):
        REMOVAL.see(path)
        return look(path, *args, **kwargs)

    monkeypatch.setattr(os, "stat", see_and_look)


@pytest.mark.usefixtures("_looks_are_moments")
def test_a_batch_whose_folder_is_removed_says_so_at_whichever_moment(tmp_path, capsys):
    plan, codes = small_plan({"levers.coaching.strength": (0.0, 1.0)}, replicates=3), []
    with threads(1) as workers:
        for moment in count():
            folder = tmp_path / f"{moment}"
            REMOVAL.watch(folder, moment)
            _, code = run_plan(plan, folder, workers, False, Stop())
            is_removed, REMOVAL.folder = REMOVAL.folder is None, None
            if not is_removed:
                break
            printed = [line for line in capsys.readouterr().err.splitlines() if not line.endswith(" of 6 replicates")]
            gone = f"small: {folder} was moved or removed while results were written to it; put it back and run the "
            assert (code, printed) in [(0, []), (1, [f"{gone}same command"])]
            codes.append(code)
    before, during, after = codes[:3], codes[3:-9], codes[-9:]  # not there yet, and looked at after the last is written
    assert set(during) == {1}
    assert len(during) > 150
    assert 0 in before
    assert 0 in after
