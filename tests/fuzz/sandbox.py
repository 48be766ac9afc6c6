"""A folder in which a case is tried: the working folder, a home and a folder for temporary files."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from simulation.model.ensemble.cache import cache_root
from tests.fuzz import process
from tests.fuzz.cases import Case
from tests.fuzz.kinds import commands, results

OWN_CACHE = "home/.cache"
"""The user's cache folder: what the program may keep outside its output folder."""


class Sandbox(NamedTuple):
    """The folders of a case."""

    root: Path

    @property
    def work(self) -> Path:
        """The working folder."""
        return self.root / "work"

    def environment(self) -> Mapping[str, str]:
        """Return the variables that commands see."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "XDG_CACHE_HOME": str(self.root / OWN_CACHE),
            "NUMBA_CACHE_DIR": str(cache_root().parent),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "MPLBACKEND": "Agg",
            "BROWSER": "true",
            "COLUMNS": "100",
        }

    def run(self, words: list[str]) -> process.Finished:
        """Run a command in the working folder."""
        return process.run(words, self.work, self.environment(), self.root / "streams")

    def listing(self) -> dict[str, str]:
        """Return what is at each path: the digest of a file, else its kind."""
        return {path: state for path, state in list_folder(self.root).items() if not path.startswith("streams")}


def list_folder(root: Path) -> dict[str, str]:
    """Return what is at each path below a folder: the digest of a file, else its kind."""
    found = {}
    for above, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(above, name)
            found[str(path.relative_to(root))] = _state(path)
    return found


def _state(path: Path) -> str:
    if path.is_symlink():
        return f"a link to {path.readlink()}"
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return "a folder" if path.is_dir() else "neither file nor folder"


@contextmanager
def open_sandbox(case: Case | None = None) -> Iterator[Sandbox]:
    """Make a sandbox with a case's files in it, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="trustsim-fuzz-") as folder:
        sandbox = Sandbox(Path(folder))
        for name in ("work", "home", "tmp", "streams"):
            (sandbox.root / name).mkdir()
        if case is not None:
            case.put_into(sandbox.work)
            _put_results(case, sandbox.work)
        yield sandbox


def _put_results(case: Case, work: Path) -> None:
    if case.results == "both":
        for kind in ("batch", "run"):
            shutil.copytree(made_results(kind) / kind, work / kind)
        commands.lay_out(work)
    elif case.results:
        made = made_results(case.results)
        shutil.copytree(made, work, dirs_exist_ok=True)
        shutil.rmtree(work / "whole", ignore_errors=True)
        results.change_results(work / results.FOLDERS[case.results], case.changes)


_made: dict[str, Path] = {}
"""The folders with results that this process has made, by kind."""


def made_results(kind: str) -> Path:
    """Make a folder with results of a kind and what they were made from, once; it stays until `remove_results`."""
    if kind not in _made:
        _made[kind] = _make_results(kind)
    return _made[kind]


def _make_results(kind: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="trustsim-fuzz-results-"))
    with open_sandbox() as sandbox:
        place = (commands.ROOT / "scenarios/two-trusts.yaml").read_bytes()
        for name in ("place.yaml", "two-trusts.yaml"):
            (sandbox.work / name).write_bytes(place)
        (sandbox.work / "e.yaml").write_bytes(results.EXPERIMENT)
        commanded = [["simulation", *results.MAKING[kind]]]
        if kind == "unfinished":
            commanded.append(["tests.fuzz.unfinished", *results.STOPPING])
        for words in commanded:  # without the limits of cases, since the engine may have to be compiled
            command = [sys.executable, "-m", *words]
            subprocess.run(command, cwd=sandbox.work, env=sandbox.environment(), check=True, capture_output=True)
        shutil.copytree(sandbox.work, folder, dirs_exist_ok=True)
    return folder


def remove_results() -> None:
    """Remove the results that were made for cases."""
    while _made:
        shutil.rmtree(_made.popitem()[1])
