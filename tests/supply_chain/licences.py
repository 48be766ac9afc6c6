"""Write the tables of docs/licences.md: `make tables`, or `python -m tests.supply_chain.licences`."""

import re
from collections.abc import Iterator
from typing import Any

from tests.supply_chain.packages import DEVELOPERS, OWN_LOCK, ROOT, licence_of, npm_packages, read_lock, users

DOCUMENT = ROOT / "docs" / "licences.md"
OLDEST = "3.11"
"""The Python whose lock the document lists; the other lock has no package that this one lacks."""

Row = tuple[str, str, str]

_TABLE = re.compile(r"(?<=<!-- packages: )(\w+)( -->\n).*?(?=<!-- end of packages -->)", re.DOTALL)
_HEAD = "| package | licence | for |\n|---|---|---|\n"


def rows() -> Iterator[Row]:
    """Yield name, licence and users of each package of the lock."""
    for name, locked in sorted(read_lock(OWN_LOCK).items()):
        yield locked.name, licence_of(name), users()[name]


def npm_rows() -> Iterator[Row]:
    """Yield the same of each package from npm; those of one name for many platforms in one row."""
    found = {(_without_platform(name, about), about["license"]) for name, about in npm_packages().items()}
    yield from ((name, licence, DEVELOPERS) for name, licence in sorted(found))


def _without_platform(name: str, about: dict[str, Any]) -> str:
    platforms = {f"-{system}-{processor}" for system in about.get("os", ()) for processor in about.get("cpu", ())}
    return next((name.removesuffix(each) + "-*" for each in platforms if name.endswith(each)), name)


def with_packages(text: str) -> str:
    """Return the document with its tables as the installed packages and package-lock.json state them."""
    tables = {"locks": rows, "npm": npm_rows}
    return _TABLE.sub(lambda found: f"{found[1]}{found[2]}{_HEAD}{_lines(tables[found[1]]())}", text)


def _lines(found: Iterator[Row]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in found)


if __name__ == "__main__":
    if OWN_LOCK == OLDEST:
        DOCUMENT.write_text(with_packages(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
