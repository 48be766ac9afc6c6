"""Rankings of parameters by several indices, side by side."""

import pytest

from simulation.analysis.parameter_rankings import rank_parameters, rank_worth, why_they_differ
from simulation.analysis.sensitivity_words import worth_words
from simulation.formatting import without_joiners
from simulation.results.indices import OutcomeIndices, ParameterIndices, Sensitivity

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


def with_worth(**worths) -> Sensitivity:
    about = {"name": "c", "title": "C", "points": 64, "designs": 64, "replicates": 4, "stretch": 1.0, "seed": 1}
    made = {"model": "0.0.0", "made": "2026-01-01", "scenarios": {}, "outcomes": ()}
    return Sensitivity(method="sobol", **about, **made, information=worths)


def test_what_is_clearly_worth_something_is_ranked_and_the_rest_is_not():
    """The 95% interval is 1.96 standard errors to either side."""
    found = with_worth(a=(1.0, 0.5), b=(1.0, 0.52), c=(3.0, 0.1), d=(0.0, 0.0), e=(0.3, 0.0))
    assert rank_worth(found) == ("c", "a", "e")
    said = {factor: without_joiners(worth_words(found, factor)) for factor in "abcde"}
    assert said == {"a": "£1m (2)", "b": "unclear", "c": "£3m (1)", "d": "£0m", "e": "£0.3m (3)"}


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (
            ("total", "first", "shapley", "evppi"),
            "the effect alone leaves it out, while the value of information counts",
        ),
        (("total", "first", "shapley"), "the Shapley effect divides it equally among them and the effect alone leaves"),
        (("pawn", "evppi"), "PAWN counts whatever moves the distribution, while the value of information counts only"),
        (("pawn",), ""),
        (("mu_star", "sigma"), ""),
    ],
)
def test_why_rankings_differ_names_those_that_are_shown(by, said):
    words = why_they_differ(by)
    assert said in words
    assert bool(words) == bool(said)
    assert ("value of information" in words) == ("evppi" in by and bool(said))
