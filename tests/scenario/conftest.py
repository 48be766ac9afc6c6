"""Helpers that write files and gather what is wrong with them."""

from pathlib import Path

import pytest

from simulation.scenario.loading import find_problems
from tests.scenario.scenario_files import VALID, Complaints, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario file, `a.yaml` unless named otherwise."""

    def write_file(text: str | bytes, name: str = "a.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write_file


@pytest.fixture
def complaints(write: Write, tmp_path: Path) -> Complaints:
    """Return the mistakes in a file of this text, line by line, without the folder."""

    def gather(text: str | bytes, name: str = "a.yaml") -> list[str]:
        path = write(text, name)
        return [str(problem).replace(f"{tmp_path}/", "") for problem in find_problems(path)]

    return gather


@pytest.fixture
def complaints_after(complaints: Complaints) -> Complaints:
    """Return the mistakes in the valid scenario after a part of its text is replaced."""

    def gather(old: str, new: str) -> list[str]:
        assert VALID.count(old) == 1, f"{old!r} is not there once"
        return complaints(VALID.replace(old, new))

    return gather
