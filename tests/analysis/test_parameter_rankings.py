"""Rankings of parameters by several indices, side by side."""

import pytest

from simulation.analysis.parameter_rankings import rank_parameters
from simulation.results.indices import OutcomeIndices, ParameterIndices

pytestmark = pytest.mark.unit


def outcome(**totals_and_firsts):
    rows = tuple(
        ParameterIndices(
            factor=factor, values={"total": total, "first": first}, half_widths={}, dummy=0.0, is_clear=True
        )
        for factor, (total, first) in totals_and_firsts.items()
    )
    about = {"quantity": "gap", "choice": "a", "against": "", "mean": 0.0, "sd": 1.0, "chance": 0.0}
    return OutcomeIndices(**about, chance_index=0.0, parameters=rows)


def test_each_index_has_an_order_of_its_own():
    total, first = rank_parameters(outcome(x=(0.5, 0.1), y=(0.4, 0.4), z=(0.0, 0.0)))
    assert (total.by, total.factors, total.values) == ("total", ("x", "y", "z"), (0.5, 0.4, 0.0))
    assert (first.by, first.factors, first.rank("x")) == ("first", ("y", "x", "z"), 2)


def test_the_value_of_information_stands_beside_them():
    found = rank_parameters(outcome(x=(0.5, 0.1), y=(0.4, 0.4)), {"evppi": {"x": 0.0, "y": 3.0}})
    assert [each.by for each in found] == ["total", "first", "evppi"]
    assert found[-1].factors == ("y", "x")


@pytest.mark.parametrize("further", [{"evppi": {"x": 1.0}}, {"guess": {"x": 1.0, "y": 2.0}}])
def test_what_is_of_other_parameters_or_unknown_is_refused(further):
    with pytest.raises(ValueError, match="cannot be ranked beside the other indices"):
        rank_parameters(outcome(x=(0.5, 0.1), y=(0.4, 0.4)), further)


def test_nothing_is_ranked_of_nothing():
    assert rank_parameters(outcome()) == ()
