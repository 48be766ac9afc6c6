"""Check that the files of results are as they were written: every reader of results passes through here.

A record (`manifest.json` of a batch, `run.json` of a run) holds the digest of every other file, and its own. The name
of a chunk holds the digest of its entries, which hold those of its tables.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from simulation.results.batch.errors import OtherFormatError
from simulation.results.digests import digests_of

FORMAT = 3
"""Number of the format of results. Format 1 had no digests; in format 2 all supporting runs kept every month."""

_OLDEST = 2
"""The oldest format that can be read."""

UNCHECKED = "read without checking that the files are as they were written"
"""The mark of everything that is made of results with `--skip-integrity-check`."""

CHANGED = "was changed after it was written"
MISSING = "is missing"
FOREIGN = "does not belong to these results"

BATCH_AGAIN = "run the same `trustsim batch` again, which restores it"
SKIP = "read it as it is with --skip-integrity-check"


class Damage(NamedTuple):
    """A file that is not as it was written."""

    path: Path
    what: str
    """Its fault, in words that follow its path."""


class Recorded(NamedTuple):
    """The files that a record lists, by their paths from its folder."""

    files: Mapping[str, str]
    """Digest of each."""
    replacing: Mapping[str, str] = {}
    """Digest of each file that is being replaced, which may still be there; empty if there was none."""


def find_damage(folder: Path, recorded: Recorded, *, known: Sequence[str] = (), use_cache: bool = True) -> list[Damage]:
    """Compare the files in a folder with their digests.

    Args:
        folder: The folder of results.
        recorded: Its files.
        known: Names of files that readers read if they are there; one that is not recorded does not belong there.
        use_cache: False to hash every file again.
    """
    allowed = {name: {digest} for name, digest in recorded.files.items()}
    for name, before in recorded.replacing.items():
        allowed.setdefault(name, {""}).add(before)
    there = [name for name in (*allowed, *known) if (folder / name).exists()]
    digests = digests_of(folder, dict.fromkeys(there), use_cache=use_cache)
    wrong = [name for name in allowed if _state(digests, name) not in allowed[name]]
    wrong += [name for name in there if name not in allowed]
    return [Damage(folder / name, _what(folder / name, name in allowed)) for name in wrong]


def check_format(path: Path, number: int, again: str) -> None:
    """Check the number of the format of results.

    Args:
        path: The record that names it.
        number: The number in it.
        again: How to make the results again.

    Raises:
        OtherFormatError: If this version cannot read it.
    """
    if _OLDEST <= number <= FORMAT:
        return
    if number > FORMAT:
        message = (
            f"{path} has format {number}, of a later version of trustsim; this one reads format {FORMAT}: "
            "install the version that wrote it, or a later one"
        )
    else:
        message = (
            f"{path} has format {number}, from before files had digests, so that nobody can check them: {again}, or "
            f"{SKIP}"
        )
    raise OtherFormatError([message])


def in_words(damages: Sequence[Damage], again: str) -> list[str]:
    """Return one message for each damaged file, which says what to do.

    Args:
        damages: The damaged files.
        again: How to restore one.
    """
    return [f"{each.path} {each.what}: {again}, or {SKIP}" for each in damages]


def _state(digests: Mapping[str, str | None], name: str) -> str | None:
    """Return a file's digest; empty if there is no such file, None if it cannot be read."""
    return digests.get(name, "")


def _what(path: Path, is_recorded: bool) -> str:
    if not path.exists():
        return MISSING
    if path.is_dir():
        return "is a folder, and a file belongs there"
    if not path.is_file():
        return "is not a regular file"
    if not os.access(path, os.R_OK):
        return "cannot be read: permission denied"
    return CHANGED if is_recorded else FOREIGN
