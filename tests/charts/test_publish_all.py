"""Charts as files, and a reason for each that the results have no data for."""

from dataclasses import replace

import pytest

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
