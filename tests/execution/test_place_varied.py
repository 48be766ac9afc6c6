"""Supporting runs in which the place's own assumed numbers vary as well as the parameters."""

import pickle
from dataclasses import replace

import pytest

from simulation.analysis.assumptions import assumption_swings
from simulation.analysis.deciding import deciding
from simulation.analysis.deciding_words import deciding_headline, deciding_sentence, deciding_sentences
from simulation.analysis.verdict import verdict
from simulation.analysis.verdict_words import allowing
from simulation.charts.deciding import deciding_chart
from simulation.charts.turning_point import turning_point_chart
from simulation.execution.plan import plan_batch
from simulation.execution.record import read_plan
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample
from simulation.experiment.schema import Variant
from simulation.experiment.supporting import WITHIN, PlaceVariant
from simulation.formatting import Stretch, stretch_words
from simulation.parameters import TABLE
from simulation.report.content import build_paper
from simulation.report.register import register_to_pandas
from simulation.results.load import load_comparison
from simulation.scenario.schema import Scenario
from tests.execution.small import experiment, run_all
from tests.places import place

pytestmark = pytest.mark.unit

WITH_PLACE = " (with the place’s own assumed numbers)"
CHEAP, DEAR = (
    Scenario.model_validate(
        place(months=5, title=title, levers={"coaching": {"strength": 1, "cost": cost}}, do_nothing={"2020-04": 20.0})
    )
    for title, cost in (("Cheap", 0.2), ("Dear", 0.8))
)
ASKED = experiment(
    variants=(Variant(name="cheap", scenario=CHEAP), Variant(name="dear", scenario=DEAR)),
    replicates=2,
    detail=FOR_CHARTS,
    assumptions=AssumptionSample(points=80, replicates=1, place=True, also_stretched=(2.0,)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "small"
    run_all(ASKED, folder)
    return folder


def varied_of(asked):
    return next(each for each in supporting_experiments(asked) if each.supporting == "assumptions")


def test_without_being_asked_only_parameters_vary():
    plain = varied_of(replace(ASKED, assumptions=AssumptionSample(points=80, replicates=1)))
    assert [factor.address for factor in plain.factors] == [f"parameters.{row.name}" for row in TABLE]
    assert not any(isinstance(variant, PlaceVariant) for variant in plain.variants)
    assert stretch_words(plain.stretch) == ""


def test_asked_for_it_varies_every_guess_of_the_place_after_the_parameters():
    varied = varied_of(ASKED)
    addresses = [factor.address for factor in varied.factors]
    assert addresses[: len(TABLE)] == [f"parameters.{row.name}" for row in TABLE]
    assert f"{WITHIN}do_nothing.2020-04" in addresses
    assert f"{WITHIN}levers.coaching.cost" in addresses
    assert "assumptions and the place's own assumed numbers varied" in varied.title


def test_each_scenario_keeps_to_its_own_ranges_so_that_they_still_differ():
    cheap, dear = varied_of(ASKED).variants[:2]
    at = {f"{WITHIN}levers.coaching.cost": 0.25, f"{WITHIN}do_nothing.2020-04": 1.0, "parameters.opening_trust": 0.3}
    cheap, dear = cheap.with_values(at), dear.with_values(at)
    (low,), (high,) = (each.levers["coaching"] for each in (cheap, dear))
    assert (low.cost, high.cost) == pytest.approx((0.15, 0.6))  # a quarter of the way from half to one and a half
    assert cheap.do_nothing == dear.do_nothing == {"2020-04": 30.0}
    assert cheap.parameters.opening_trust == 0.3


def test_a_scenario_without_the_lever_passes_its_cost_over():
    bare = varied_of(ASKED).variants[2]
    assert bare.with_values({f"{WITHIN}levers.coaching.cost": 0.0}).levers == {}


def test_what_was_run_says_so_wherever_assumptions_are_named(folder):
    comparison = load_comparison(folder)
    found = verdict(comparison)
    assert allowing(found.pairs[0]) == f"Allowing for uncertain assumptions{WITH_PLACE}"
    assert load_comparison(folder).cases[0].study.stretched[2.0].stretch.with_place


def test_the_gap_before_savings_is_worth_what_it_is(folder):
    study = load_comparison(folder).cases[0].study
    first = assumption_swings(study.assumptions).own[0]
    assert first.parameter == "do_nothing.2020-04"
    assert first.swing == pytest.approx(20, abs=2)  # from £10m to £30m a year


def test_the_register_lists_what_is_worth_most_first(folder):
    study = load_comparison(folder).cases[0].study
    frame = register_to_pandas(CHEAP, study)
    assert frame["where"].iloc[0] == "do_nothing.2020-04"
    assert frame["worth"].iloc[0] == pytest.approx(20, abs=2)


def test_what_was_searched_is_said_where_something_decides(folder):
    comparison = load_comparison(folder)
    searched = "Only the model’s assumptions were searched; the place’s own assumed numbers varied with them."
    for draw in (deciding_chart, turning_point_chart):
        assert searched in " ".join(draw(comparison).note.split())
    base, other = (case.label for case in comparison.cases)
    found = deciding(comparison, other, base)
    assert deciding_sentences([found]).endswith(searched)
    plain = replace(found, stretch=float(found.stretch))
    assert searched not in deciding_sentences([plain])


def test_what_decides_is_said_of_the_model_s_assumptions_alone(folder):
    """The place's own numbers varied too, and were not searched."""
    comparison = load_comparison(folder)
    base, other = (case.label for case in comparison.cases)
    found = deciding(comparison, other, base)
    assert "by the two of the model’s assumptions that go furthest with that" in " ".join(
        deciding_chart(comparison).subtitle.split()
    )
    assert turning_point_chart(comparison).headline.startswith(
        "No change in the order of two choices along one of the model’s"
    )
    none = replace(found, found=None, looked=True)
    assert deciding_sentence(none).startswith("No two or three of the model’s assumptions decide")
    assert deciding_headline([none]).startswith("No two or three of the model’s assumptions decide")
    simple = replace(found, found=None, looked=False)
    assert deciding_sentence(replace(simple, correlations=())).startswith("None of the model’s assumptions by itself")
    unclear = [replace(each, is_clear=False) for each in simple.correlations]
    assert deciding_headline([replace(simple, correlations=tuple(unclear))]).startswith(
        "None of the model’s assumptions"
    )
    clear = [replace(each, is_clear=True) for each in simple.correlations]
    assert deciding_headline([replace(simple, correlations=tuple(clear))]).startswith("Of the model’s assumptions, ")
    plain = replace(none, stretch=float(none.stretch))
    assert deciding_sentence(plain).startswith("No two or three assumptions decide")


def test_the_paper_says_that_the_place_was_varied_too(folder):
    method = " ".join(build_paper(load_comparison(folder), with_charts=False).method)
    assert "in which every parameter and every uncertain number of the place is drawn from its range" in method
    assert "not what it chooses (strengths and months of levers, plan and target), its months, population and" in method


def test_a_stopped_batch_goes_on_with_the_same_designs(folder):
    varied = varied_of(ASKED)
    again, first = read_plan(folder / "assumptions"), plan_batch(varied)
    assert [each.scenario_hash for each in again.designs] == [each.scenario_hash for each in first.designs]
    assert again.scenario(again.designs[3]) == first.scenario(first.designs[3])


def test_in_memory_it_is_the_same(folder):
    stored = load_comparison(folder).cases[1].study.assumptions
    here = run_in_memory(ASKED, supporting_experiments(ASKED)).cases[1].study.assumptions
    assert (stored["gap"] == here["gap"]).all()
    assert stored.own_numbers.keys() == here.own_numbers.keys()


def test_a_stretch_says_what_was_varied_and_survives_a_worker():
    assert stretch_words(1.0) == ""
    assert stretch_words(Stretch(1, with_place=True)) == WITH_PLACE
    both = pickle.loads(pickle.dumps(Stretch(2, with_place=True)))
    assert both == 2
    assert stretch_words(both) == " (ranges stretched by a factor of 2; with the place’s own assumed numbers)"
