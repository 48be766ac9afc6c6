"""Trust between organisations, in both directions and mutual."""

import numpy as np
import pytest

from simulation.analysis.trust_map import map_trust
from simulation.results.axes import chosen_months
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit

ORGANISATIONS = {name: {"role": "provider", "income": 100.0} for name in "abc"}
PAIR = {"care": {"value": 6.0, "shares": {"a": 0.5, "b": 0.5}}}


@pytest.mark.parametrize(
    ("months", "chosen"), [(1, (0,)), (2, (0, 1)), (3, (0, 1, 2)), (12, (0, 5, 11)), (42, (0, 20, 41))]
)
def test_the_first_the_middle_and_the_last_month_each_once(months, chosen):
    assert chosen_months(months) == chosen


def test_mutual_trust_is_the_mean_of_two_directions_and_of_the_replicates():
    trust = map_trust(by_hand(2, relationships=[[[0.2, 0.6]], [[0.4, 0.8]]]))
    # a in b: (0.2 + 0.4)/2 = 0.3; b in a: (0.6 + 0.8)/2 = 0.7; mutual 0.5
    assert trust.directed[-1, 0, 1] == pytest.approx(0.3)
    assert trust.directed[-1, 1, 0] == pytest.approx(0.7)
    assert trust.mutual[-1, 0, 1] == trust.mutual[-1, 1, 0] == pytest.approx(0.5)
    assert trust.overall == pytest.approx([0.5] * 3)
    assert trust.low_90[-1, 0, 1] == pytest.approx(0.21)


def test_organisations_without_dealings_have_no_trust():
    trust = map_trust(by_hand(1, relationships=0.4, organisations=ORGANISATIONS, programmes=PAIR, contracts={}))
    assert trust.pairs == ((0, 1),)
    assert np.isnan(trust.mutual[:, 2]).all()
    assert np.isnan(np.diagonal(trust.directed, axis1=1, axis2=2)).all()


def test_the_table_has_a_row_for_each_month_and_direction():
    frame = map_trust(by_hand(2, relationships=[[[0.2, 0.6]], [[0.4, 0.8]]]), months=[0, 11]).to_pandas()
    assert frame[["month", "trusting", "trusted"]].to_numpy().tolist() == [
        ["2020-04", "a", "b"], ["2020-04", "b", "a"], ["2021-03", "a", "b"], ["2021-03", "b", "a"],
    ]  # fmt: skip
    assert frame["mutual"].tolist() == pytest.approx([0.5] * 4)


def test_a_run_without_its_relationships_says_how_to_keep_them():
    with pytest.raises(ValueError, match="keep it with detail="):
        map_trust(by_hand(1))
