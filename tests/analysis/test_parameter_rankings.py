"""Rankings of parameters by several indices, side by side."""

from dataclasses import replace

import pytest

from simulation.analysis.parameter_rankings import rank_parameters, rank_worth, why_they_differ
from simulation.analysis.sensitivity_words import worth_words
from simulation.analysis.value_of_information import PartialWorth, seldom_reached
from simulation.cli._sensitivity_words import outcome_lines
from simulation.formatting import without_joiners
from simulation.results.indices import Knowledge, OutcomeIndices, ParameterIndices, Sensitivity

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
    assert (total.by, total.factors, total.values) == ("total", ("x", "y"), (0.5, 0.4))
    assert (first.by, first.factors, first.rank("x")) == ("first", ("y", "x"), 2)


def test_the_value_of_information_stands_beside_them():
    found = rank_parameters(outcome(x=(0.5, 0.1), y=(0.4, 0.4)), {"evppi": {"x": 0.0, "y": 3.0}})
    assert [each.by for each in found] == ["total", "first", "evppi"]
    assert found[-1].factors == ("y",)


def test_what_has_no_effect_or_one_of_rounding_alone_has_no_rank():
    total, first = rank_parameters(outcome(a=(0.0, 0.3), b=(3e-15, -0.1), c=(0.2, 1e-12)))
    assert (total.factors, first.factors) == (("c",), ("a",))


def test_the_terminal_ranks_nothing_that_has_no_effect_and_counts_it():
    found = replace(with_worth(), outcomes=(outcome(opening_trust=(0.4, 0.3), loss_ratio=(0.0, 0.0)),))
    (one,) = found.outcomes
    widths = {"total": 0.01, "first": 0.01}
    first, other = (replace(each, half_widths=widths) for each in one.parameters)
    one = replace(one, parameters=(first, replace(other, is_clear=False)))
    said = "\n".join(outcome_lines(found, one))
    assert "Opening trust" in said
    assert "Weight of losses" not in said
    assert "1 parameter of 2 has no measured effect (a share of 0 or less), and no rank." in said
    nothing = dict.fromkeys(widths, 0.0)
    none = replace(one, sd=0.0, parameters=(replace(first, values=nothing, is_clear=False), one.parameters[1]))
    said = "\n".join(outcome_lines(found, none))
    assert "Nothing that is varied moves" in said
    assert "The first 5 by" not in said
    assert "Opening trust" not in said
    assert "2 parameters of 2 have no measured effect" in said


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
    """The 95% interval is 1.96 standard errors to either side; a, f and g differ in the worth of shuffled numbers."""
    found = with_worth(
        a=Knowledge(1.0, 0.5, 0.99),
        b=Knowledge(1.0, 0.52, 0.0),
        c=Knowledge(3.0, 0.1, 0.0),
        d=Knowledge(0.0, 0.0, 0.0),
        e=Knowledge(0.3, 0.0, 0.0),
        f=Knowledge(1.0, 0.1, 1.0),
        g=Knowledge(1.0, 0.1, 1.5),
    )
    assert rank_worth(found) == ("c", "a", "e")
    said = {factor: without_joiners(worth_words(found, factor)) for factor in "abcdefg"}
    unclear = dict.fromkeys("bfg", "not clear")
    assert said == {"a": "£1m (2)", "c": "£3m (1)", "d": "£0m", "e": "£0.3m (3)", **unclear}


@pytest.mark.parametrize(
    ("value", "error", "shuffled"), [(1.0, 0.1, (1.1,) * 40), (1.0, 0.1, (0.9,) * 40), (1.0, 0.6, (0.1,) * 40)]
)
def test_one_rule_says_what_is_distinguishable_from_0(value, error, shuffled):
    worth = PartialWorth(value=value, standard_error=error, changes=0.5, by_chance=seldom_reached(shuffled))
    found = with_worth(x=Knowledge(value, error, worth.by_chance))
    assert (rank_worth(found) == ("x",)) == worth.is_clear == (shuffled[0] == 0.9)


def test_the_worth_of_knowing_is_read_back_with_that_of_shuffled_numbers(tmp_path):
    found = with_worth(x=Knowledge(1.0, 0.1, 0.25))
    (tmp_path / "indices.json").write_text(found.to_json(), encoding="utf-8")
    assert Sensitivity.read(tmp_path / "indices.json").information == {"x": Knowledge(1.0, 0.1, 0.25)}


def test_lines_name_what_is_clearly_worth_something_alone():
    known = {"x": Knowledge(1.0, 0.1, 0.2), "y": Knowledge(2.0, 0.1, 3.0)}
    values = {"total": 0.5, "first": 0.1, "shapley": 0.3}
    about = {"values": values, "half_widths": values, "dummy": 0.0, "is_clear": True}
    both = tuple(ParameterIndices(factor=name, **about) for name in "xy")
    position = replace(outcome(), quantity="position", against="b", parameters=both)

    def last_line(**worths):
        found = replace(with_worth(**worths), outcomes=(position,))
        return without_joiners(outcome_lines(found, position)[-1]).strip()

    assert last_line(**known) == "the value of information: x (£1m)"
    assert last_line(x=Knowledge(0.0, 0.0, 0.0), y=known["y"]).endswith(
        "none, since what knowing a single parameter would be worth is not distinguishable from 0"
    )
    nothing = dict.fromkeys("xy", Knowledge(0.0, 0.0, 0.0))
    assert last_line(**nothing).endswith("none, since knowing a single parameter would not change the choice")


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
