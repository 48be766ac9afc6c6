"""The wheel and the source distribution, and an environment with nothing but the wheel and what it depends on."""

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MINUTES = 600
"""Seconds after which a command hangs."""

_PINNED = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)


def run(*words, cwd, **variables):
    """Run a program and return it finished, with what it printed.

    Args:
        words: The program and its arguments.
        cwd: The folder in which it runs.
        variables: Changes of the environment; None removes a variable.
    """
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "COLUMNS"}}
    environment |= variables
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [*map(str, words)], check=False, cwd=cwd, env=environment, capture_output=True, text=True, timeout=MINUTES
    )


@dataclass(frozen=True)
class Environment:
    """A virtual environment.

    Attributes:
        folder: Its folder.
    """

    folder: Path

    @property
    def python(self):
        """Its Python."""
        return self.folder / "bin" / "python"

    @property
    def packages(self):
        """The folder with what is installed."""
        return next(self.folder.glob("lib/python*/site-packages"))

    def trustsim(self, *words, cwd, **variables):
        """Run a command that must work, and return what it printed on stdout."""
        done = run(self.folder / "bin" / "trustsim", *words, cwd=cwd, **variables)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    def install(self, *requirements, pins):
        """Install packages in the versions of the lock."""
        pip = [self.python, "-m", "pip", "install", "--quiet", "--no-compile", "--constraint", pins]
        done = run(*pip, *requirements, cwd=self.folder)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the wheel and the source distribution, from a copy of all that git has."""
    copy = tmp_path_factory.mktemp("copy")
    copy_all_that_git_has(copy)
    return build(copy, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def wheel(built):
    """The wheel."""
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def pins(tmp_path_factory):
    """The versions of the lock, without hashes, which a wheel made here cannot have."""
    lock = ROOT / "requirements" / ("python3.11.txt" if sys.version_info < (3, 12) else "python3.13.txt")
    path = tmp_path_factory.mktemp("pins") / "pins.txt"
    path.write_text("\n".join(_PINNED.findall(lock.read_text(encoding="utf-8"))), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def installed(wheel, pins, tmp_path_factory):
    """An environment with the wheel and its dependencies, no extra and nothing for developers."""
    environment = Environment(tmp_path_factory.mktemp("empty") / "environment")
    venv.create(environment.folder, with_pip=True)
    environment.install(wheel, pins=pins)
    return environment


def copy_all_that_git_has(copy):
    """Copy the repository's files, without what git keeps, to a folder."""
    for name in files_of_git():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)


def build(copy, folder, **variables):
    """Build the wheel and the source distribution of a copy, and return the folder that they are in."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, copy]
    done = run(*command, cwd=copy, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def files_of_git(*folders):
    """Return the names of all files that git has, or would add, in folders of the repository."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", *folders, cwd=ROOT)
    assert listed.returncode == 0, listed.stderr
    return sorted(name for name in listed.stdout.splitlines() if (ROOT / name).is_file())
