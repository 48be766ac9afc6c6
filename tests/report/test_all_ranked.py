"""What is said to move the gap or the difference most is so of all that was varied, the place's own numbers too."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import t as student

from simulation import run_comparison
from simulation.analysis.assumptions import assumption_swings, study_swings
from simulation.charts.catalogue import reason_unavailable
from simulation.charts.tornado import tornado
from simulation.formatting import Stretch, pounds, range_words
from simulation.parameters import TABLE
from simulation.report.register import register_table, register_to_pandas
from simulation.report.requests import requests_of
from simulation.report.risks import risks_of
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison, as_comparison
from simulation.results.replicates import Replicates
from simulation.scenario.own_numbers import find_own_numbers
from simulation.scenario.schema import Scenario
from tests.places import place

pytestmark = pytest.mark.unit

NAMES = ("efficiency_rate", "opening_trust")
GAP, INCOME, VALUE = "do_nothing.2020-04", "organisations.a.income", "programmes.more.value"
GAP_NAME, INCOME_NAME = "Gap before any savings, April 2020", "A: income"
POINTS = 60
DRAWN = np.random.default_rng(3).uniform(size=(5, POINTS))
CHANCE = np.random.default_rng(4).normal(size=POINTS)
RANGES = {row.name: (row.low, row.high) for row in TABLE}


@cache
def plain() -> Comparison:
    more = {"value": 2.0, "shares": {"a": 0.5, "b": 0.5}}
    programmes = place()["programmes"] | {"more": more}
    places = {"as it stands": place(months=6), "one": place(months=6, programmes=programmes), "two": place(months=6)}
    return run_comparison({name: Scenario.model_validate(each) for name, each in places.items()}, replicates=4, seed=1)


def sample(effects, points=POINTS, held=()):
    """Make up gaps of effects by own savings, opening trust, gap before savings, income and a value, and of chance."""
    drawn = {
        name: np.full(points, 0.5) if name in held else part
        for name, part in zip((*NAMES, GAP, INCOME, VALUE), DRAWN[:, :points], strict=True)
    }
    moved = sum(effect * part for effect, part in zip(effects, drawn.values(), strict=True))
    gap = (30 + moved + CHANCE[:points])[:, None]
    return Replicates(
        columns={"gap": gap, "cumulative_position": -gap},
        parameters={name: low + (high - low) * drawn[name] for name in NAMES for low, high in [RANGES[name]]},
        own_numbers={name: drawn[name] for name in (GAP, INCOME, VALUE)},
        stretch=Stretch(1, with_place=True),
    )


def compared(*samples):
    cases = tuple(
        replace(case, study=replace(case.study, assumptions=each))
        for case, each in zip(plain().cases, samples, strict=False)
    )
    return replace(plain(), cases=cases)


def alone(each):
    """Return a comparison of the place without levers by itself."""
    return as_comparison(replace(plain().cases[0].study, assumptions=each))


def by_hand(sample, names, gaps=None):
    """Return the slope of each number over its range and half its 95% interval, by normal equations."""
    gaps = sample["gap"][:, -1] if gaps is None else gaps
    columns = [
        sample.own_numbers[name]
        if name in sample.own_numbers
        else (sample.parameters[name] - RANGES[name][0]) / (RANGES[name][1] - RANGES[name][0])
        for name in names
    ]
    table = np.column_stack([np.ones(len(gaps)), *columns])
    inverse = np.linalg.inv(table.T @ table)
    slopes = inverse @ table.T @ gaps
    left = gaps - table @ slopes
    freedom = len(gaps) - table.shape[1]
    wide = student.ppf(0.975, freedom) * np.sqrt(np.diag(inverse) * (left @ left) / freedom)
    return {name: (slope, half) for name, slope, half in zip(names, slopes[1:], wide[1:], strict=True)}


def size_words(slope, half):
    return f"{pounds(abs(slope))} a year ({range_words(abs(slope) - half, abs(slope) + half)})"


def test_the_swings_are_those_of_one_least_squares_on_all_that_was_varied():
    given = sample((-3, -2, 12, 5, 0))
    expected = by_hand(given, (*NAMES, GAP, INCOME, VALUE))
    found = assumption_swings(given)
    assert {each.parameter: (each.swing, each.half_width) for each in found.ranked} == {
        name: pytest.approx(both) for name, both in expected.items()
    }
    assert [each.parameter for each in found.ranked][:2] == [GAP, INCOME]
    sizes = [abs(each.swing) for each in found.ranked]
    assert sizes == sorted(sizes, reverse=True)
    assert list(found.to_pandas()["parameter"]) == [each.parameter for each in found.ranked]


@pytest.mark.parametrize(
    ("effects", "first", "called"),
    [
        ((-3, -2, 12, 5, 0), GAP, f"“{GAP_NAME}”"),
        ((-3, -2, 4, 9, 0), INCOME, f"“{INCOME_NAME}”"),
        ((-3, -12, 4, 5, 0), "opening_trust", "opening trust"),
    ],
)
def test_every_output_names_the_same_first(effects, first, called):
    given = sample(effects)
    comparison = alone(given)
    study = comparison.cases[0].study
    slope, half = by_hand(given, (*NAMES, GAP, INCOME))[first]
    (said, *_) = risks_of(subject_of(comparison))
    assert said == (
        f"The assumption that moves the gap most: {called}, by {size_words(slope, half)} from one end of its range to "
        "the other (with the place’s own assumed numbers)."
    )
    chart = tornado(study)
    label = called.strip("“”")
    assert chart.headline.lower().startswith(f"{label.lower()} matters most: it moves the gap by up to")
    assert chart.data["parameter"].iloc[0] == first
    assert tuple(chart.data.iloc[0][["swing", "half_width_95"]]) == pytest.approx((slope, half))
    asked = next(each for each in requests_of(comparison, subject_of(comparison)) if each.startswith("choose"))
    assert asked.partition(": ")[2].lower().startswith(f"“{label.lower()}”")
    frame = register_to_pandas(study.ensemble.scenario, study)
    largest = frame.loc[frame["worth"].abs().idxmax()]
    assert (largest["where"].removeprefix("parameters."), largest["worth"]) == (first, pytest.approx(slope))


def test_a_number_that_a_scenario_does_not_have_is_not_among_those_that_move_it():
    """The value of a programme that it doesn't have was varied for the sake of another scenario."""
    given = sample((-3, -2, 1, 1, 30))
    without, with_it = (study_swings(case.study) for case in compared(given, given).cases[:2])
    assert VALUE not in [each.parameter for each in without.ranked]
    assert with_it.ranked[0].parameter == VALUE
    assert not without.unranked


def test_whichever_is_chosen_is_said_of_a_number_that_comes_first_in_all():
    most = (-3, -2, 12, 5, 0)
    first = risks_of(subject_of(compared(sample(most), sample(most), sample(most))))[0]
    assert first.startswith(f"The assumption that moves the gap most, whichever is chosen: “{GAP_NAME}”, by ")
    first = risks_of(subject_of(compared(sample(most), sample(most), sample((-3, -2, 4, 9, 0)))))[0]
    assert ", whichever is chosen" not in first


@pytest.mark.parametrize(
    ("stands", "one", "first", "called"),
    [
        ((-3, -2, 12, 5, 0), (-9, -2, 12, 5, 0), "efficiency_rate", "how fast own savings are found"),
        ((-3, -2, 12, 5, 0), (-5, -2, 12, 14, 0), INCOME, f"“{INCOME_NAME}”"),
        ((-3, -2, 12, 5, 0), (-5, -2, 12, 5, 9), VALUE, "“More: value on paper”"),
    ],
    ids=["a parameter", "a number of both", "a number of one"],
)
def test_what_moves_the_difference_most_is_of_all_that_either_varied(stands, one, first, called):
    own, other = (
        sample(one),
        replace(sample(stands), columns={"gap": 20 + sample(stands)["gap"] + CHANCE[::-1][:, None]}),
    )
    other = replace(other, columns={**other.columns, "cumulative_position": -other["gap"]})
    comparison = compared(other, own)
    expected = by_hand(own, (*NAMES, GAP, INCOME, VALUE), (own["gap"] - other["gap"])[:, -1])
    assert max(expected, key=lambda name: abs(expected[name][0])) == first
    said = next(each for each in risks_of(subject_of(comparison)) if "the difference" in each)
    between = "the difference between one and as it stands"
    assert said == f"What moves {between} most: {called}, by {size_words(*expected[first])}."


def test_a_parameter_that_one_choice_holds_counts_among_the_numbers():
    own, other = sample((-3, -11, 12, 5, 0)), sample((-3, -11, 12, 5, 0), held=["opening_trust"])
    said = next(each for each in risks_of(subject_of(compared(other, own))) if "the difference" in each)
    assert said.startswith("What moves the difference between one and as it stands most: opening trust, by £11m")


def test_where_points_are_too_few_for_all_no_output_ranks_parameters_as_if_they_were_all():
    given = sample((-30, -2, 60, 5, 0), points=5)
    comparison = alone(given)
    study = comparison.cases[0].study
    found, count = study_swings(study), len([GAP, INCOME])
    assert (found.own, found.unranked) == ((), count)
    not_ranked = f"Not ranked: {count} numbers of the place’s own that varied too. One of them may move it more, but 5 "
    (said, *_) = risks_of(subject_of(comparison))
    assert said.startswith(("Of the model’s assumptions, the one that", "None of the model’s assumptions by itself"))
    assert not_ranked in said
    chart = tornado(study)
    assert chart.headline.startswith(("Of the model’s assumptions, ", "None of the model’s assumptions by itself"))
    assert not_ranked in " ".join(chart.note.split())
    asked = " ".join(requests_of(comparison, subject_of(comparison)))
    assert "the assumptions that matter most" not in asked
    note = register_table(study.ensemble.scenario, study).note
    assert "was not computed: they were varied, but 5 points are too few for 4 numbers. Ask for 8 or more" in note
    assert "or an experiment with" not in note


def test_a_tornado_needs_no_parameter_where_own_numbers_were_varied():
    given = sample((0, 0, 12, 5, 0), held=NAMES)
    study = alone(given).cases[0].study
    assert reason_unavailable("tornado", study) is None
    assert tornado(study).headline.startswith(f"{GAP_NAME} matters most")


def test_a_tornado_shows_the_range_of_an_own_number_as_the_scenario_has_it():
    study = alone(sample((-3, -2, 12, 5, 0))).cases[0].study
    shown = {text.get_text() for text in tornado(study).axes[0].texts}
    assert {"10 to 30", "50 to 150"} <= shown


def test_the_register_gives_the_range_that_a_worth_is_of():
    """Of parameters the stretched one, of the place's own numbers the one that was drawn though the file gives none."""
    given = sample((-3, -2, 12, 5, 0))
    study = alone(replace(given, stretch=Stretch(2, with_place=True))).cases[0].study
    frame = register_to_pandas(study.ensemble.scenario, study).set_index("where")
    row = next(row for row in TABLE if row.name == "opening_trust")
    assert tuple(frame.loc["parameters.opening_trust", ["low", "high"]]) == row.stretched(2.0)
    own = next(each for each in find_own_numbers(study.ensemble.scenario) if each.where == INCOME)
    assert tuple(frame.loc[INCOME, ["low", "high"]]) == (own.low, own.high)
    assert own.low < own.high
    plain_study = alone(replace(given, own_numbers={}, stretch=1.0)).cases[0].study
    frame = register_to_pandas(plain_study.ensemble.scenario, plain_study).set_index("where")
    assert tuple(frame.loc["parameters.opening_trust", ["low", "high"]]) == (row.low, row.high)
    assert np.isnan(frame.loc[INCOME, "low"])
