"""The how-to for Python: what it says runs, is short, and its messages are those that are printed."""

import re
from pathlib import Path

import pytest

from simulation import load_scenario, with_levers

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/how-to/python.md").read_text(encoding="utf-8")
START, *BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_ten_questions_and_more_take_three_lines_at_most():
    assert len(re.findall(r"^## .*\?$", TEXT, re.MULTILINE)) >= 10
    assert {block.count("\n") for block in BLOCKS} <= {1, 2, 3}


def test_every_block_runs_and_its_last_line_shows_something(monkeypatch):
    """With fewer replicates than the document has, which change none of the names."""
    pytest.importorskip("xarray")
    pytest.importorskip("polars")
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(START.replace("replicates=200", "replicates=8"), names)
    for block in BLOCKS:
        *lines, last = re.sub(r"replicates=\d+", "replicates=8", block).splitlines()
        exec("\n".join(lines), names)
        assert eval(last, names) is not None


def test_the_messages_are_those_that_are_printed():
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    messages = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)[0].splitlines()
    for message, use in zip(messages, ({"coching": 1}, {"coaching": 50}, {"coaching": (1, "2031-12")}), strict=True):
        with pytest.raises(ValueError, match=re.escape(message)):
            with_levers(place, **use)
