"""No retired word in code, help, messages or documents, and docstrings that say what a thing is or does."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE

pytestmark = pytest.mark.architecture

ROOT = PACKAGE.parent

WORDS = {
    r"(?<!browser's )histor(?:y|ies)(?!\.[a-z]|\[)": "replicate; in charts, papers and the page: simulated run",
    r"luck\w*": "random draws, random seed, chance, common random numbers",
    r"told|tells": "report, say, return; result_of",
    r"mend(?:s|ed)?": "fix",
    r"heed(?:s|ed)?": "respond to",
    r"anew": "again",
    r"noughts?": "zeros",
    r"whoever": "anyone who, or name the party",
    r"(?:let|lets|letting) go of": "release",
    r"laid": "applied to, merged, set out",
    r"coalitions?": "lever combination",
    r"players?": "lever",
    r"arms?": "variant; in tables and files: scenario",
    r"no forecast": "not a forecast",
    r"left alone|if nothing is done|do nothing new|against doing nothing": "no joint action, or before any savings",
    r"with assumptions varied too": "allowing for uncertain assumptions",
    r"held against": "compared with",
    r"has no room": "too many organisations to label, with the limit",
    r"worse off in": "runs in which it loses",
    r"costs the others": "cost to the others",
    r"never moving pays": "gain if it never moves",
    r"make these numbers again": "how to reproduce these figures",
}
NAMES = {
    "several_systems": "replicate_systems",
    "why_not": "reason_unavailable",
    "turn_to": "set_month",
    r"(?:advantage|stakes|exposure|stance)_in": "advantage_for(membership) and so on",
    "suffer_breach": "apply_breach",
    "carry_out|GivenWorkers|_Crew": "run_tasks, ExternalExecutor, _TaskPool",
    "holder_of": "lock_owner",
    "Spread|Levels|Wanted|Brought|Progressed": "Distribution, Values, DesignRequest, TaskResult, Progress",
}
"""Retired words in any case, and retired names, as regular expressions; and what to write instead."""

LEFT_OUT = "tests/architecture/test_words.py"
"""This list itself. The changelog is not looked at either: past entries stay as they were written."""

PATTERNS = {re.compile(rf"\b(?:{word})\b", re.IGNORECASE): instead for word, instead in WORDS.items()} | {
    re.compile(rf"\b(?:{name})\b"): instead for name, instead in NAMES.items()
}
ANY = (
    re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE),
    re.compile(rf"\b(?:{'|'.join(NAMES)})\b"),
)
"""All of them at once, to look at a file's lines one by one only where there is something to find."""

OPENINGS = re.compile(r"(?:What|Who|Whom|Whose|Whether)\b")


def files() -> list[Path]:
    """Return all that people read or write: code, tests, documents, scenarios, notebooks and targets."""
    found = [
        path
        for folder in ("simulation", "tests", "benchmarks", "docs", "scenarios", "notebooks", ".ci")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".md", ".yaml", ".json", ".ipynb", ".typ", ".j2", ".js", ".css"} or path.name == "run"
    ]
    found += [
        ROOT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml", "results/README.md")
    ]
    return [path for path in found if relative(path) != LEFT_OUT]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Each line that a person wrote, with its number; of a notebook each cell without its outputs."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        yield from enumerate(text.splitlines(), 1)
        return
    for number, cell in enumerate(json.loads(text)["cells"], 1):
        yield from ((number, line) for line in "".join(cell["source"]).splitlines())


def retired_words(path: Path) -> list[str]:
    """Each retired word in a file, with its line."""
    found: list[str] = []
    lines = list(lines_of(path))
    if not any(pattern.search("\n".join(line for _, line in lines)) for pattern in ANY):
        return found
    for number, line in lines:
        for pattern, instead in PATTERNS.items():
            words = pattern.findall(line)
            found += [f"{relative(path)}:{number}: {word!r} (write: {instead})" for word in words]
    return found


def test_no_retired_word():
    assert [found for path in files() for found in retired_words(path)] == []


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """The first line of each docstring, attributes' included, with its number."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for statement in getattr(node, "body", []) if isinstance(getattr(node, "body", None), list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                value = statement.value.value
                if isinstance(value, str):
                    yield statement.lineno, value.strip().splitlines()[0]


def test_docstrings_open_with_what_a_thing_is_or_does():
    modules = [path for path in files() if path.suffix == ".py" and relative(path).startswith("simulation")]
    assert [
        f"{relative(path)}:{number}: {line}"
        for path in modules
        for number, line in docstrings(path)
        if OPENINGS.match(line)
    ] == []


def test_a_retired_word_is_found(tmp_path, monkeypatch):
    written = tmp_path / "page.md"
    written.write_text("By luck, 5 histories.\nA Wanted poster, wanted.\nAn alarm.\n")
    monkeypatch.setattr("tests.architecture.test_words.ROOT", tmp_path)
    assert [line.split(":")[1] for line in retired_words(written)] == ["1", "1", "2"]
