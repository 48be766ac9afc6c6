"""Firefox for tests of the page: visits are written in firefox_visits.mjs, what they must find in the tests."""

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from tests.browser import FIREFOX

HERE = Path(__file__).parent

PATIENCE = 120
"""Seconds after which a visit is taken to hang; a visit takes a few."""


class Visit(NamedTuple):
    """What a visit of a page found.

    Attributes:
        found: What the visit returned.
        asked: Addresses that the page asked for.
        wrong: Errors and warnings on the page.
    """

    found: Any
    asked: list[str]
    wrong: list[str]


class Firefox:
    """A headless Firefox; each visit has a window with a memory of its own.

    Args:
        downloads: Folder in which it saves files.

    Attributes:
        version: Its name and version.
    """

    def __init__(self, downloads: Path) -> None:
        self.downloads = downloads
        patience = str(1000 * PATIENCE)
        self._process = subprocess.Popen(
            [str(shutil.which("node")), HERE / "firefox.mjs", str(FIREFOX), downloads, patience],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.version: str = self._answer()["found"]

    def __enter__(self) -> "Firefox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def visit(self, name: str, address: str, *, before: str = "", **given: Any) -> Visit:
        """Open a page and do what a visit says.

        Args:
            name: The visit, a function of firefox_visits.mjs.
            address: Of the page.
            before: Script that runs before those of the page.
            **given: What the visit takes.
        """
        asked = {"name": name, "address": address, "before": before, "given": given}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        assert "failed" not in answer, answer["failed"]
        return Visit(**answer)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"Firefox ended: {self._process.communicate()[1]}"
        answer: dict[str, Any] = json.loads(line)
        return answer
