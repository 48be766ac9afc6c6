"""Helpers that write a workbook and gather what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulation.scenario.loading import find_problems
from tests.scenario.workbook.books import Rows, make_book

Gather = Callable[..., list[str]]


@pytest.fixture
def mistakes(tmp_path: Path) -> Gather:
    """Return the mistakes in a workbook, one line each, without the folder."""

    def gather(content: Rows | bytes | None = None, change: Callable[[Any], object] | None = None) -> list[str]:
        path = tmp_path / "a.xlsx"
        path.write_bytes(content if isinstance(content, bytes) else make_book(content, change))
        return [str(problem).replace(f"{tmp_path}/", "") for problem in find_problems(path)]

    return gather
