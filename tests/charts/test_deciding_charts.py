"""The charts of what would have to be true: their headlines, and which ranges they show."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from simulation.charts import CHARTS, reason_unavailable
from tests.analysis.test_along_assumption import along_trust
from tests.analysis.test_deciding import in_a_box, needs_trees, noise, points_at, two_choices

pytestmark = pytest.mark.unit

PLAIN = "partnership leaves less than no joint action"


def drawn(name, comparison):
    assert reason_unavailable(name, comparison) is None
    return CHARTS[name](comparison)


@needs_trees
def test_the_headline_names_the_assumptions_that_decide():
    chart = drawn("deciding", in_a_box())
    named = "opening trust", "“how hard each budget is held to account”"
    assert chart.headline in {
        f"It depends on {one} and {other} whether {PLAIN}" for one, other in (named, reversed(named))
    }
    assert set(chart.data["across"]) | set(chart.data["up"]) == {"opening_trust", "accountability_pressure"}
    assert chart.data["points"].sum() == 900
    assert chart.data["better"].min() < 0.2
    assert chart.data["better"].max() > 0.8


@needs_trees
def test_in_noise_it_says_that_nothing_decides():
    chart = drawn("deciding", noise(share=0.9))
    assert chart.headline == f"No two or three assumptions decide whether {PLAIN}"


@needs_trees
def test_of_few_points_it_says_that_they_are_too_few_over_the_ranges_themselves_too(only_wide):
    chart = drawn("deciding", noise())
    assert chart.headline == (
        f"900 sets of assumptions are too few to say if two or three assumptions decide whether {PLAIN}"
    )
    narrow = two_choices(
        {name: values[:70] for name, values in noise().cases[0].study.assumptions.parameters.items()},
        np.repeat(np.where(np.arange(70) % 2 == 0, 10.0, -10.0)[:, np.newaxis], 2, axis=1),
        stretched=wide_of(only_wide),
    )
    assert drawn("deciding", narrow).note.startswith(
        "Over the ranges themselves 70 sets of assumptions are too few to say if two or three assumptions decide it."
    )


def wide_of(comparison):
    """Return the parameters of the sample over stretched ranges, and by how much partnership leaves less there."""
    one, other = (case.study.stretched[2.0] for case in comparison.cases)
    return one.parameters, (one["gap"] - other["gap"]).reshape(one.points, -1)


def test_without_the_extra_it_says_that_this_is_rank_correlation(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    headline = drawn("deciding", in_a_box()).headline
    assert headline.endswith(f" goes furthest with whether {PLAIN}, by rank correlation alone")
    assert drawn("deciding", noise()).headline == (
        f"No single assumption clearly goes with whether {PLAIN}, by rank correlation alone"
    )


@pytest.fixture
def only_wide():
    """Partnership is better everywhere over the ranges, and only at high opening trust over wider ones."""
    narrow, wide = points_at(300), points_at(600, 7)
    wide["opening_trust"] = 0.1 + 2 * (wide["opening_trust"] - 0.25)
    turned = np.repeat(np.where(wide["opening_trust"] > 0.3, 10.0, -10.0)[:, np.newaxis], 2, axis=1)
    return two_choices(narrow, np.full((300, 2), 10.0), stretched=(wide, turned))


@needs_trees
def test_stretched_ranges_are_shown_if_only_there_something_decides_and_it_is_said(only_wide):
    chart = drawn("deciding", only_wide)
    assert chart.headline == f"Over ranges stretched by a factor of 2, it depends on opening trust whether {PLAIN}"
    assert "stretched by a factor of 2" in chart.subtitle
    assert chart.note.startswith("Over the ranges themselves no two or three assumptions decide it.")
    assert "of 600 sets of assumptions" in chart.note


def test_a_turning_point_over_stretched_ranges_says_so(only_wide):
    chart = drawn("turning_point", only_wide)
    assert chart.headline == (
        "Over ranges stretched by a factor of 2, no joint action more often leaves less than partnership where opening "
        "trust is at most 0.3, and less often above"
    )
    assert chart.note.endswith("Over the ranges themselves no change of order is confirmed.")


def test_a_turning_point_is_marked_and_named():
    chart = drawn("turning_point", along_trust(-8.0, 8.0))
    assert "Less and more: by over £1m a year." in chart.note
    value = chart.headline.split("at most ")[1].split(",")[0]
    assert float(value) == pytest.approx(0.4, abs=0.011)
    assert chart.headline.startswith("No joint action more often leaves less than partnership where opening trust is")
    marked = [text.get_text() for panel in chart.axes for text in panel.texts]
    assert f"The order changes at {value}" in marked


def test_a_grid_of_assumptions_has_charts_of_its_own():
    grid = replace(noise(), factors=("parameters.exposure",))
    assert reason_unavailable("deciding", grid) is not None
    assert reason_unavailable("turning_point", grid) is not None


def test_without_a_turning_point_nothing_is_marked():
    chart = drawn("turning_point", noise(share=0.99))
    assert chart.headline == "No change in the order of two choices along a single assumption is confirmed"
    assert not any("changes" in text.get_text() for panel in chart.axes for text in panel.texts)
    assert "would do" not in chart.note


def test_of_few_points_it_says_that_they_are_too_few_to_say_if_an_order_changes(only_wide):
    chart = drawn("turning_point", noise())
    assert chart.headline == (
        "900 sets of assumptions are too few to say if the order of two choices changes along a single assumption"
    )
    assert "sets of assumptions in 8 parts. About 3,600 sets would do. The assumption shown" in chart.note
    few = {name: values[:56] for name, values in along_trust(-8.0, 8.0).cases[0].study.assumptions.parameters.items()}
    turned = np.repeat(np.where(few["opening_trust"] > 0.4, 10.0, -10.0)[:, np.newaxis], 2, axis=1)
    assert drawn("turning_point", two_choices(few, turned)).headline.startswith("56 sets of assumptions are too few")
    alike = np.repeat(np.where(np.arange(56) % 2 == 0, 10.0, -10.0)[:, np.newaxis], 2, axis=1)
    narrow = two_choices(few, alike, stretched=wide_of(only_wide))
    said = "Over the ranges themselves the sets are too few to say if an order changes."
    assert drawn("turning_point", narrow).note.endswith(said)


def three_choices():
    """Return a third choice beside the two, which leaves £5m more than the partnership everywhere."""
    both = in_a_box(120)
    third = replace(both.cases[1], label="instruction", variant="instruction")
    sample = third.study.assumptions
    columns = {"gap": sample["gap"] + 5.0, "cumulative_position": sample["cumulative_position"] - 5.0}
    worse = replace(sample, columns=columns)
    return replace(both, cases=(*both.cases, replace(third, study=replace(third.study, assumptions=worse))))


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        ({}, {("partnership", "no joint action"), ("instruction", "no joint action")}),
        ({"first": "partnership"}, {("partnership", "no joint action")}),
        ({"second": "instruction"}, {("no joint action", "instruction"), ("partnership", "instruction")}),
        ({"first": "partnership", "second": "instruction"}, {("partnership", "instruction")}),
    ],
)
def test_deciding_compares_the_choices_that_are_named(pair, shown):
    chart = three_choices().plot("deciding", **pair)
    assert set(chart.data[["choice", "baseline"]].itertuples(index=False, name=None)) == shown
    if shown == {("partnership", "instruction")}:
        assert set(chart.data["better"]) == {1.0}
        assert "leaves less than instruction in" in chart.subtitle


@pytest.mark.parametrize("chart", ["deciding", "turning_point"])
@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ({"first": "partnershp"}, "first: there is no choice 'partnershp' whose assumptions were varied; did you mean"),
        ({"second": "x"}, "there are 'no joint action', 'partnership', 'instruction'"),
        ({"first": "no joint action"}, "first: 'no joint action' is the baseline; name another as second"),
        ({"first": "instruction", "second": "instruction"}, "'instruction' is second too; name two choices"),
    ],
)
def test_a_choice_that_is_unknown_or_compared_with_itself_is_refused(chart, pair, words):
    with pytest.raises(ValueError, match=r"first|second") as error:
        three_choices().plot(chart, **pair)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        ({}, ["no joint action", "partnership", "instruction"]),
        ({"first": "partnership"}, ["no joint action", "partnership"]),
        ({"second": "instruction"}, ["no joint action", "partnership", "instruction"]),
        ({"first": "partnership", "second": "instruction"}, ["partnership", "instruction"]),
    ],
)
def test_a_turning_point_is_of_the_choices_that_are_named(pair, shown):
    chart = three_choices().plot("turning_point", **pair)
    assert list(dict.fromkeys(chart.data["choice"])) == shown


def test_the_turning_point_of_a_pair_is_that_of_the_two_alone():
    """A third choice, whose order with another changes more clearly, does not decide what a pair shows."""
    three = three_choices()
    labels = ("no joint action", "partnership")
    alone = replace(three, cases=tuple(case for case in three.cases if case.label in labels))
    drawn_of_pair = three.plot("turning_point", first="partnership", second="no joint action")
    assert drawn_of_pair.data.equals(alone.plot("turning_point").data)
    assert drawn_of_pair.headline == alone.plot("turning_point").headline


def test_a_pair_can_be_drawn_of_too_many_choices_and_of_no_other_chart():
    three = three_choices()
    many = replace(three, cases=(*three.cases, *(replace(three.cases[1], label=f"choice {n}") for n in range(6))))
    assert reason_unavailable("deciding", many) == "too many choices to label (9; the limit is 7)"
    assert set(many.plot("deciding", first="choice 5", second="choice 3").data["choice"]) == {"choice 5"}
    with pytest.raises(ValueError, match="first is of the charts deciding and turning_point, and not of chance"):
        three.plot("chance", first="instruction")
