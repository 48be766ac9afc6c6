"""Charts as files, and a reason for each that the results have no data for."""

from dataclasses import replace
from pathlib import Path

import pytest

from simulation.charts import CHARTS, publish
from simulation.charts.publish_all import publish_all
from tests.analysis.test_deciding import noise

pytestmark = pytest.mark.unit


def test_a_chart_of_a_scenario_whose_tables_were_not_kept_is_left_out_with_the_reason(tmp_path):
    comparison = noise()
    monthly = replace(comparison, cases=tuple(replace(case, study=None) for case in comparison.cases))
    (done,) = publish_all(monthly, tmp_path, only=("trajectory",))
    assert done.files == ()
    assert done.left_out == (
        "no scenario's tables were kept; the experiment needs detail: [outturns, agreements, memberships, trust]"
    )
    assert not any(tmp_path.iterdir())


def test_a_chart_of_a_scenario_is_left_out_of_sets_of_assumptions_whatever_tables_were_kept(tmp_path):
    comparison = noise()
    values = [{"parameters.loss_ratio": float(number)} for number, _ in enumerate(comparison.cases)]
    cases = tuple(replace(case, study=None, values=each) for case, each in zip(comparison.cases, values, strict=True))
    sets = replace(comparison, cases=cases, factors=("parameters.loss_ratio",))
    done, front = publish_all(sets, tmp_path, only=("trajectory", "front"))
    assert {done.left_out, front.left_out} == {
        "it is of one scenario, and these results are of sets of assumptions; run the scenario by itself",
        "it compares scenarios that an experiment lists, and these results are of sets of assumptions",
    }


@pytest.mark.parametrize("stopped", range(4))
def test_a_stopped_chart_leaves_each_of_its_files_as_it_was_or_whole(stopped, tmp_path, monkeypatch):
    """Half of a file is written when Ctrl-C comes."""
    chart = CHARTS["chance"](noise())
    before = {path: path.read_bytes() for path in publish(chart, tmp_path)}
    write, left = Path.write_bytes, iter(range(stopped))

    def half(path, content):
        if next(left, None) is None:
            write(path, content[: len(content) // 2])
            raise KeyboardInterrupt
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(KeyboardInterrupt):
        publish(chart, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
