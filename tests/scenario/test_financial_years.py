"""A financial year in a dated path stands for the month that begins at its middle."""

import pytest

from simulation.scenario.loading import load_scenario
from simulation.scenario.paths import undisturbed_gap
from simulation.scenario.writing import scenario_hash
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

PATH = "do_nothing: {2016-04: 10, 2018-03: 20}"


def test_a_year_is_the_month_at_its_middle(write: Write) -> None:
    by_year = VALID.replace(
        PATH, "do_nothing: {2017/18: 20, 2016/17: {value: 10, source: accounts}}\nplan: {2017/18: 5}"
    )
    by_month = VALID.replace(
        PATH, "do_nothing: {2016-10: {value: 10, source: accounts}, 2017-10: 20}\nplan: {2017-10: 5}"
    )
    loaded = load_scenario(write(by_year))
    assert list(loaded.do_nothing) == ["2016-10", "2017-10"]
    assert loaded.do_nothing["2016-10"].evidence.source == "accounts"
    assert scenario_hash(loaded) == scenario_hash(load_scenario(write(by_month)))


def test_a_line_through_the_middles_has_the_rate_of_each_year_to_half_a_month(write: Write) -> None:
    steady = VALID.replace(PATH, "do_nothing: {2015/16: 0, 2018/19: 36}")
    gap = undisturbed_gap(load_scenario(write(steady)))
    # 2016/17 is 12 and 2017/18 is 24; the twelve months of a year lie half a month before its middle, on average.
    assert gap[:12].mean() == pytest.approx(12 - 0.5)
    assert gap[12:].mean() == pytest.approx(24 - 0.5)


def test_what_is_wrong_with_a_year_is_said_where_it_is(complaints: Complaints) -> None:
    assert complaints(VALID.replace(PATH, "do_nothing: {2016/18: 10, 2018-03: 20}")) == [
        "a.yaml:5:14: do_nothing.2016/18: must end in the next year: 2016/17"
    ]
    twice = (
        f"{PATH[:-1]}, 2016/17: 12}}\nplan: {{2017/18: 1, 2017-10: 2}}\nobserved: {{gap: {{2016/17: 1, 2016-10: 1}}}}"
    )
    assert complaints(VALID.replace(PATH, twice.replace("2018-03", "2016-10"))) == [
        "a.yaml:5:40: do_nothing.2016/17: stands for 2016-10, the month that begins at its middle, which is given too;"
        " remove one",
        "a.yaml:6:8: plan.2017/18: stands for 2017-10, the month that begins at its middle, which is given too;"
        " remove one",
        "a.yaml:7:18: observed.gap.2016/17: stands for 2016-10, the month that begins at its middle, which is given"
        " too; remove one",
    ]
