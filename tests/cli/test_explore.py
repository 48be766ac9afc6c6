"""`trustsim explore`: the page in a folder of its own, opened in the browser that the machine has."""

import stat
import sys
from pathlib import Path

import pytest

from tests.cli.test_run import TWO_TRUSTS, trustsim
from tests.page.made import held

pytestmark = pytest.mark.e2e

BROWSER = """#!/bin/sh
echo "$1" >> "{asked}"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a place, and a machine whose temporary folder and whose one browser are in it."""
    (tmp_path / "mine.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 12\n", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    browser = tmp_path / "browser"
    browser.write_text(BROWSER.format(asked=tmp_path / "asked"), encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    return tmp_path


def explore(folder, *words):
    return trustsim("explore", *words, cwd=folder)


def opened(folder):
    """The addresses that the browser was asked for."""
    asked = folder / "asked"
    return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


def written(folder):
    return [path for path in (folder / "temporary").rglob("*") if path.is_file()]


def test_it_writes_a_page_prints_its_file_and_asks_a_browser_to_open_it(folder):
    before = set(folder.iterdir())
    done = explore(folder, "mine.yaml", "--seed", 2**64 - 1)
    assert done.returncode == 0, done.stderr
    page = Path(done.stdout.removesuffix("\n"))
    assert written(folder) == [page]
    assert page.name == "mine.html"
    assert opened(folder) == [page.as_uri()]
    assert page.read_bytes().startswith(b"<!DOCTYPE html>\n")
    place = held(page.read_bytes(), "place")
    assert (place["name"], place["seed"]) == ("mine", str(2**64 - 1))
    assert set(folder.iterdir()) == before | {folder / "asked"}


def test_without_a_name_it_opens_the_reference_place(folder):
    done = explore(folder)
    assert done.returncode == 0, done.stderr
    (page,) = written(folder)
    assert opened(folder) == [page.as_uri()]
    place = held(page.read_bytes(), "place")
    assert (place["name"], place["seed"]) == ("mid-south-essex", "1")


@pytest.mark.skipif(sys.platform != "linux", reason="a machine without a browser is made by hiding all programs")
def test_without_a_browser_the_page_is_written_and_its_file_printed(folder, monkeypatch):
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(folder / "temporary"))
    done = explore(folder, "mine.yaml")
    assert done.returncode == 0, done.stderr
    assert [str(page) for page in written(folder)] == done.stdout.splitlines()


def test_mistakes_are_reported_each_with_its_line_and_nothing_is_opened(folder):
    (folder / "bad.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 0\nstrat: 2020-01\n", encoding="utf-8")
    done = explore(folder, "bad.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "bad.yaml:2:9: months: must be at least 1 (given: 0)",
        "bad.yaml:3:1: strat: unknown field; did you mean start?",
    ]
    missing = explore(folder, "none.yaml")
    assert (missing.returncode, missing.stderr.splitlines()[0].partition(";")[0]) == (2, "none.yaml: no such file")
    assert (written(folder), opened(folder)) == ([], [])


def test_a_seed_out_of_range_is_refused(folder):
    done = explore(folder, "mine.yaml", "--seed", 2**64)
    assert (done.returncode, written(folder), opened(folder)) == (2, [], [])
    assert "--seed" in done.stderr
