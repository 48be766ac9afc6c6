"""What a command may do with any input, and what it has done against that."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulation.scenario.problems import one_line
from tests.fuzz.cases import Case
from tests.fuzz.kinds.results import FOLDERS, RECORDS, edit_and_seal_record
from tests.fuzz.process import Finished
from tests.fuzz.sandbox import OWN_CACHE, Sandbox, list_folder, made_results

MOST_SECONDS = 5.0
"""Processor time of one command."""
MOST_MEGABYTES = 1024.0

USAGE = re.compile(r"^Error: .{8,}", re.MULTILINE)
"""A message of the parser of command lines."""
OUTSIDE = re.compile(
    r"no space left|input/output error|invalid argument|operation not supported|is a directory|too long"
)
"""Causes outside the program, for which the exit code is 1."""


def find_faults(case: Case, done: Sequence[Finished], before: Mapping[str, str], sandbox: Sandbox) -> list[str]:
    """Return what commands did that they must not do; nothing if all is well.

    Args:
        case: The case.
        done: Its commands, as they ended.
        before: What was in the sandbox.
        sandbox: The folders after them.
    """
    faults = [fault for each in done for fault in _of_command(case, each)]
    for each, code in zip(done, case.expected, strict=False):
        if each.code != code:
            faults.append(f"{each.words[0]}: exit code {each.code}, not {code}")
    after = sandbox.listing()
    faults += _of_files(case, before, after)
    if case.results in FOLDERS and case.changes and done[-1].code == 0:
        faults += _of_belief(case, done[-1], before, after, sandbox)
    return faults


def _of_command(case: Case, done: Finished) -> list[str]:
    name, faults = done.words[0] if done.words else "", []
    printed = f"{done.stdout}\n{done.stderr}"
    if "Traceback (most recent call last)" in printed:
        faults.append(f"{name}: a traceback: {printed.strip().splitlines()[-1][:200]}")
    elif done.code not in {0, 2} and not (done.code == 1 and OUTSIDE.search(done.stderr)):
        faults.append(f"{name}: exit code {done.code}: {done.stderr.strip()[-200:]}")
    elif done.code == 2 and not _is_located(case, done):
        faults.append(f"{name}: the message names nothing that was given: {done.stderr.strip()[-200:]!r}")
    if done.seconds > MOST_SECONDS:
        faults.append(f"{name}: {done.seconds:.1f} s of processor time")
    if done.megabytes > MOST_MEGABYTES:
        faults.append(f"{name}: {done.megabytes:.0f} MB")
    return faults


def _is_located(case: Case, done: Finished) -> bool:
    """True if the messages name a file, a folder or an option that was given."""
    if USAGE.search(done.stderr):
        return True
    given = {*case.files, *(form for word in done.words[1:] for form in _forms(word))}
    printed = done.stderr
    for word in (each for each in [*given] if len(each.splitlines()) > 1):  # a name of a file may hold line breaks
        joined = " ".join(word.split())
        printed = printed.replace(word, joined)
        given.add(joined)
    lines = [line for line in printed.splitlines() if line.strip()]
    if case.results:
        return any(word in line for word in given for line in lines)
    # A warning may stand beside the mistakes; every line has its place.
    return bool(lines) and all(any(word in line for word in given) for line in lines if not _is_progress(line))


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as messages may write it."""
    option, _, value = word.partition("=")
    given = value if option.startswith("--") and value else word
    shown = given or "''"
    return shown, str(Path(given)), shown.encode("utf-8", "replace").decode(), json.dumps(shown), one_line(shown)


def _is_progress(line: str) -> bool:
    return " replicates" in line or line.startswith(("next: ", "  "))


def _of_files(case: Case, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return files that were written, changed or removed where nothing should be."""
    allowed = [os.path.normpath(f"work/{path}") for path in case.writes] + [OWN_CACHE]

    def may_change(path: str) -> bool:
        return any(
            each in {".", path} or path.startswith(f"{each}/") or each.startswith(f"{path}/") for each in allowed
        )

    paths = sorted({*before, *after})
    return [
        f"{path}: {before.get(path, 'nothing')[:40]!r} became {after.get(path, 'nothing')[:40]!r}"
        for path in paths
        if before.get(path) != after.get(path) and not may_change(path)
    ]


def _of_belief(
    case: Case, done: Finished, before: Mapping[str, str], after: Mapping[str, str], sandbox: Sandbox
) -> list[str]:
    """Return that changed results were believed, or not restored as they were."""
    sealed = any(name == edit_and_seal_record.__name__ for name, _ in case.changes)
    if sealed or "--skip-integrity-check" in done.words:
        return []  # a digest beside the data cannot stop someone who edits both
    restored, made = done.words[0] == "batch", made_results(case.results)
    # An unfinished batch that is run again ends as one that never stopped.
    model = made / ("whole" if restored and case.results == "unfinished" else FOLDERS[case.results])
    folder, state = f"work/{FOLDERS[case.results]}", after if restored else before
    wrong = [
        path
        for path, was in list_folder(model).items()
        if was != "a folder" and path != "lock" and state.get(f"{folder}/{path}") != was
    ]
    if restored:
        there = sandbox.root / folder
        wrong = [path for path in wrong if path not in RECORDS or not _same_record(model / path, there / path)]
    what = "was not restored as it was" if restored else "was changed, which was not noticed"
    return [f"{path} {what}" for path in wrong]


def _same_record(one: Path, other: Path) -> bool:
    """True if two records differ at most in when and with what they were made."""
    if not other.is_file():
        return False
    contents = [json.loads(path.read_bytes()) for path in (one, other)]
    kept = [
        {key: value for key, value in each.items() if key not in {"made", "software", "digest"}} for each in contents
    ]
    return kept[0] == kept[1]
