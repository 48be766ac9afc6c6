"""The worked conversion in the document on typical values."""

import re
from pathlib import Path

import pytest

from simulation.scenario.loading import load_scenario
from simulation.scenario.paths import undisturbed_gap
from tests.scenario.scenario_files import VALID

ROOT = Path(__file__).parents[2]


@pytest.mark.unit
def test_a_cumulative_gap_becomes_a_path(tmp_path):
    text = (ROOT / "docs/typical-values.md").read_text(encoding="utf-8")
    (path,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    place = VALID.replace("do_nothing: {2016-04: 10, 2018-03: 20}\n", path)
    place = (
        place.replace("start: 2016-04", "start: 2026-04")
        .replace("months: 24", "months: 36")
        .replace("2016-05", "2026-05")
    )
    (tmp_path / "a.yaml").write_text(place)
    gap = undisturbed_gap(load_scenario(tmp_path / "a.yaml"))
    assert [gap[year * 12 + 6] for year in range(3)] == [25, 30, 35]
    assert gap.sum() / 12 == pytest.approx(90, abs=1.5)
