"""What once failed no longer does; the judge of cases notices what it is there for."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.cases import Case, read_kept
from tests.fuzz.judging import find_faults
from tests.fuzz.process import Finished
from tests.fuzz.sandbox import open_sandbox
from tests.fuzz.trying import KINDS, make_case

ROOT = Path(__file__).parents[2]


@pytest.mark.e2e
def test_what_once_failed_no_longer_does():
    command = [sys.executable, "-m", "tests.fuzz", "--found", "--jobs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.unit
@pytest.mark.parametrize("kind", KINDS)
def test_a_case_is_the_same_whenever_it_is_made_and_can_be_kept(kind, tmp_path):
    case = make_case(f"{kind}:7")
    again = make_case(f"{kind}:7")
    if kind == "workbook":  # openpyxl writes into it when it was saved
        again = replace(again, files=case.files)
    assert again == case
    assert make_case(f"{kind}:8") != case
    folder = case.keep(tmp_path)
    assert folder is not None
    kept = read_kept(folder)
    assert (kept.name, kept.files) == (case.name, case.files)
    assert [*map(list, kept.steps)] == [*map(list, case.steps)]


@pytest.mark.unit
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "workbook"])
def test_making_cases_changes_none_that_is_made_later(kind):
    names = [f"{kind}:{number}" for number in range(1, 400)]
    first = [make_case(name) for name in names]
    assert [make_case(name) for name in names] == first


FINE = Finished(["validate", "a.yaml"], 0, "a.yaml: ok\n", "", 0.1, 10)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("done", "fault"),
    [
        (FINE, None),
        (FINE._replace(code=2, stderr="a.yaml:3:1: months: is missing\n"), None),
        (FINE._replace(code=2, stderr="Error: No such option: --no-such\n"), None),
        (
            FINE._replace(code=1, stderr="Traceback (most recent call last):\nKeyError: 'a'\n"),
            "a traceback: KeyError: 'a'",
        ),
        (FINE._replace(code=1, stderr="it failed\n"), "exit code 1: it failed"),
        (FINE._replace(code=-9), "exit code -9: "),
        (FINE._replace(code=2, stderr="wrong number\n"), "the message names nothing that was given: 'wrong number'"),
        (FINE._replace(seconds=5.1), "5.1 s of processor time"),
        (FINE._replace(megabytes=1100), "1100 MB"),
    ],
)
def test_what_a_command_must_not_do_is_noticed(done, fault):
    case = Case("scenario:1", [done.words], {"a.yaml": b""})
    with open_sandbox(case) as sandbox:
        found = find_faults(case, [done], sandbox.listing(), sandbox)
    assert found == ([] if fault is None else [f"validate: {fault}"])


@pytest.mark.unit
def test_a_message_about_a_name_with_line_breaks_is_located():
    done = Finished(["validate", "a\r\nb\n"], 2, "", "a\r\nb\n: no such file\n", 0.1, 10)
    case = Case("command:1", [done.words])
    with open_sandbox(case) as sandbox:
        assert find_faults(case, [done], sandbox.listing(), sandbox) == []
        elsewhere = done._replace(stderr="c\nd: no such file\n")
        assert find_faults(case, [elsewhere], sandbox.listing(), sandbox) != []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("path", "noticed"),
    [("work/out/b", False), ("home/.cache/b", False), ("work/b", True), ("tmp/b", True), ("work/a.yaml", True)],
)
def test_a_file_outside_the_output_folder_is_noticed(path, noticed):
    case = Case("scenario:1", [FINE.words], {"a.yaml": b""}, writes=["out"])
    with open_sandbox(case) as sandbox:
        before = sandbox.listing()
        target = sandbox.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"x")
        found = find_faults(case, [FINE], before, sandbox)
    assert [each.partition(":")[0] for each in found] == ([path] if noticed else [])
