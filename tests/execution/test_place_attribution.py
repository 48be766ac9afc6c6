"""An attribution over the ranges varies the place's own assumed numbers where the experiment asks for that."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.attribution import attribute
from simulation.charts.attribution import attribution
from simulation.execution.points import count_points
from simulation.execution.record import read_plan
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import MOST_OVER_RANGES, MOST_VALUES_OVER_RANGES, supporting_experiments
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample, Attribution
from simulation.experiment.schema import Variant
from simulation.experiment.supporting import WITHIN, MixedPlaceVariant, PlaceVariant
from simulation.levers import Lever
from simulation.results.load import load_comparison
from simulation.scenario.changes import mix_scenarios
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash
from tests.execution.small import experiment, run_all
from tests.places import place

pytestmark = pytest.mark.unit

OWN = {"opening_trust": 0.5}
ALONE = Scenario.model_validate(place(months=6, parameters={"mobilisation": 0}))
LEVERS = {"coaching": {"strength": 1, "cost": 1}, "menu_framing": {"strength": 1, "cost": 2}}
TOGETHER = Scenario.model_validate(
    place(months=6, levers=LEVERS, title="Together", parameters={"mobilisation": 0, **OWN})
)
ASKED = experiment(
    variants=(Variant(name="alone", scenario=ALONE), Variant(name="together", scenario=TOGETHER)),
    replicates=2,
    detail=FOR_CHARTS,
    attribution=Attribution(first="alone", second="together"),
    assumptions=AssumptionSample(points=8, replicates=1, place=True),
)
GAP, COST = f"{WITHIN}do_nothing.2020-04", f"{WITHIN}levers.coaching.cost"


def over_ranges(asked):
    return next(each for each in supporting_experiments(asked) if each.supporting == "attribution-ranges")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "small"
    run_all(ASKED, folder)
    return folder


def test_its_points_are_those_of_the_sample_so_its_ends_are_the_scenarios_there(folder):
    found = load_comparison(folder)
    over = found.attribution_over_ranges
    assert (over.points, over.levers) == (8, ("coaching", "menu_framing", "everything_else"))
    for case, at in zip(found.cases, (0, 1), strict=True):
        assert np.array_equal(over.gaps[:, at, at, at], case.study.assumptions["gap"][:, -1])
    assert np.ptp(over.gaps[:, 0, 0, 0]) > 5  # the gap before savings alone is from £10m to £30m a year


def test_in_memory_it_is_the_same(folder):
    stored = load_comparison(folder).attribution_over_ranges
    here = run_in_memory(ASKED, [over_ranges(ASKED)]).attribution_over_ranges
    assert np.array_equal(stored.gaps, here.gaps)
    assert (stored.stretch.with_place, here.stretch.with_place) == (True, True)


def test_a_mix_takes_each_part_with_its_numbers_at_the_point():
    (mixed,) = over_ranges(ASKED).variants
    at = {GAP: 1.0, COST: 0.25, "parameters.exposure": 0.2}
    given = {"coaching": "together", "menu_framing": "alone", "everything_else": "alone"}
    ends = [
        PlaceVariant(name=each.name, scenario=each.scenario).with_values({GAP: 1.0, COST: 0.25})
        for each in ASKED.variants
    ]
    expected = mix_scenarios(*ends, frozenset({"coaching"}))
    found = mixed.with_values({**at, **given})
    assert found.do_nothing == {"2020-04": 30.0}
    assert [each.cost for each in found.levers["coaching"]] == [0.75]
    assert found.parameters.exposure == 0.2
    assert scenario_hash(mixed.with_values({GAP: 1.0, COST: 0.25, **given})) == scenario_hash(expected)
    assert scenario_hash(pickle.loads(pickle.dumps(mixed)).with_values({**at, **given})) == scenario_hash(found)
    assert scenario_hash(mixed.with_values(given)) == scenario_hash(
        mix_scenarios(ALONE, TOGETHER, frozenset({"coaching"}))
    )


def test_what_an_end_holds_is_held_at_every_point(folder):
    over = read_plan(folder / "attribution-ranges")
    assert isinstance(over.experiment.variants[0], MixedPlaceVariant)
    everything = over.experiment.addresses.index("everything_else")
    for design in over.designs:
        trust = over.scenario(design).parameters.opening_trust
        assert (trust == 0.5) == (design.values[everything] == "together")


def test_the_chart_says_that_the_place_was_varied_too(folder):
    comparison = load_comparison(folder)
    found = attribute(comparison.attribution, comparison.attribution_over_ranges)
    assert found.varied.stretch.with_place
    said = "Over the ranges: the mean of 8 sets of assumptions (with the place’s own assumed numbers), a simulated run"
    assert said in " ".join(attribution(comparison).note.split())


def test_without_being_asked_only_parameters_vary():
    plain = over_ranges(replace(ASKED, assumptions=AssumptionSample(points=8, replicates=1)))
    assert not any(factor.address.startswith(WITHIN) for factor in plain.factors)
    assert not any(isinstance(variant, MixedPlaceVariant) for variant in plain.variants)


def test_many_numbers_leave_room_for_fewer_points():
    """Ten levers and a place of 90 organisations, each with three numbers left at a default."""
    who = {f"o{n}": {"role": "provider", "income": 10.0, "deficit_share": 1, "efficiency_pool": 1} for n in range(90)}
    everyone = place(months=3)["organisations"] | who
    ten = {str(lever): {"strength": 1, "cost": 1} for lever in [*Lever][:10]}
    pair = (place(months=3, organisations=everyone), place(months=3, organisations=everyone, levers=ten))
    variants = tuple(
        Variant(name=name, scenario=Scenario.model_validate(each))
        for name, each in zip(("alone", "together"), pair, strict=True)
    )
    asked = replace(ASKED, variants=variants, assumptions=AssumptionSample(place=True))
    over = over_ranges(asked)
    assert over.points == MOST_VALUES_OVER_RANGES // len(over.factors) // 2**10 < MOST_OVER_RANGES // 2**10
    assert over.points > 1
    assert count_points(over) == over.points * 2**10
