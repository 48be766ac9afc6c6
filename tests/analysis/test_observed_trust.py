"""Mean trust as observed beside the simulated: the same month, by hand."""

import numpy as np
import pytest

from simulation.analysis.observed_trust import compare_with_observed_trust
from simulation.charts.observed_trust import headline, observed_trust
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit

FIGURE = {"value": 0.45, "low": 0.4, "high": 0.5, "source": "survey of June 2019, 30 respondents"}


def study(**observed: object) -> Study:
    trust = np.linspace(0.4, 0.6, 12) + np.array([[-0.1], [0.0], [0.1]])
    return Study(ensemble=by_hand(3, months=12, system={"trust": trust}, observed={"trust": [{"by_month": observed}]}))


def test_each_observed_month_is_compared_with_the_same_month() -> None:
    ensemble = study(**{"2000-01": 0.1}).ensemble
    assert compare_with_observed_trust(ensemble) == ()
    first = ensemble.axes.months[0]
    last = ensemble.axes.months[-1]
    found = compare_with_observed_trust(study(**{last: 0.7, first: FIGURE, "2000-01": 0.1}).ensemble)
    assert [(each.month, each.index, each.trust, each.is_within) for each in found] == [
        (first, 0, 0.45, True),
        (last, 11, 0.7, None),
    ]
    assert [round(each.simulated.median, 6) for each in found] == [0.4, 0.6]
    assert headline(found[0]).startswith("Simulated trust lies within the observed interval in ")
    assert headline(found[1]).startswith("Simulated trust is below what was observed in ")
    assert headline(found[1]).endswith(": 0.60 against 0.70")


def test_the_chart_shows_the_place_alone_and_names_the_source() -> None:
    months = study(**{"2000-01": 0.1}).ensemble.axes.months
    chart = observed_trust(study(**{months[2]: FIGURE, "2000-01": 0.1}))
    rows = chart.data[chart.data.series == "observed"]
    assert rows[["month", "value", "observed_low", "observed_high"]].to_numpy().tolist() == [
        [months[2], 0.45, 0.4, 0.5]
    ]
    assert "survey of June 2019, 30 respondents" in chart.note
    assert "outside the run: January 2000" in chart.note


def test_without_a_mean_of_the_place_there_is_no_chart() -> None:
    with pytest.raises(ValueError, match="needs the mean trust of the place"):
        observed_trust(study(**{"2000-01": 0.1}))
