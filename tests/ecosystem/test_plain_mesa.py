"""The same model as a plain Mesa user would write it, which benchmarks compare with, runs every shipped place."""

from pathlib import Path

import pytest

from simulation import load_scenario

pytestmark = [pytest.mark.unit, pytest.mark.filterwarnings("ignore:The `iterations` keyword:DeprecationWarning")]

ROOT = Path(__file__).parents[2]
PLACES = sorted((ROOT / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.stem)
def test_plain_mesa_runs_a_shipped_place_to_its_end(path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    from peers.plain_mesa import run_plain_mesa

    scenario = load_scenario(path)
    place = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    rows = [row for row in run_plain_mesa(place, 2) if row["month"] == scenario.months - 1]
    assert len(rows) == 2
    assert all(0 <= row["trust"] <= 1 for row in rows)
