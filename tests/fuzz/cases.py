"""A case: files, the commands that are given them, and the paths at which these may write."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LARGEST_KEPT = 200_000
"""Bytes of a case that is kept in a folder; a larger one can be made again from its seed."""


@dataclass(frozen=True)
class Case:
    """One input.

    Attributes:
        name: Its kind and seed, such as `scenario:1234`; of a kept case the name of its folder.
        steps: The words after `trustsim` of each command; each is tried if the one before it succeeded.
        files: The content of each file, by path from the working folder.
        writes: The paths, from the working folder, at and below which commands may write.
        results: The results that are put into the folder before: `run`, `batch` or nothing.
        changes: What is done to the results, in order.
        expected: Exit code of each command, if it is known.
    """

    name: str
    steps: Sequence[Sequence[str]]
    files: dict[str, bytes] = field(default_factory=dict)
    writes: Sequence[str] = ()
    results: str = ""
    changes: Sequence[Sequence[Any]] = ()
    expected: Sequence[int] = ()

    @property
    def kind(self) -> str:
        """The kind of its input."""
        return self.name.partition(":")[0]

    def put_into(self, folder: Path) -> None:
        """Write its files into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def keep(self, folder: Path) -> Path | None:
        """Keep it below a folder; return its own, or None if it is too large."""
        if sum(map(len, self.files.values())) > LARGEST_KEPT:
            return None
        own = folder / self.name.replace(":", "-")
        own.mkdir(parents=True, exist_ok=True)
        self.put_into(own)
        about = {"steps": self.steps, "writes": self.writes, "results": self.results, "changes": self.changes}
        text = json.dumps({key: value for key, value in about.items() if value}, indent=1)
        (own / "case.json").write_text(text + "\n", encoding="utf-8")
        return own


def read_kept(folder: Path) -> Case:
    """Read a case that was kept in a folder of its own."""
    about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "case.json"]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Case(name=folder.name.replace("-", ":", 1), files=files, **about)
