"""Effects of numbers on the gap, on functions with known answers."""

import numpy as np
import pytest
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami

from simulation.analysis.assumptions import assumption_swings
from simulation.analysis.sensitivity import drivers
from simulation.analysis.too_late import starts_of, too_late
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.scenario.schema import Scenario
from tests.made_up_cases import made_up_case
from tests.places import place

pytestmark = pytest.mark.unit


def test_swings_of_a_straight_line_are_its_slopes_over_the_ranges():
    rng = np.random.default_rng(1)
    trust, pressure = rng.uniform(0.25, 0.55, 50), rng.uniform(0.1, 0.3, 50)
    gaps = 100 - 40 * trust + 100 * pressure
    gap = np.repeat(gaps, 2)[:, None] + np.tile([1.0, -1.0], 50)[:, None]
    parameters = {"opening_trust": trust, "accountability_pressure": pressure, "exposure": np.ones(50)}
    found = assumption_swings(Replicates(columns={"gap": gap}, parameters=parameters))
    assert [each.parameter for each in found.swings] == ["accountability_pressure", "opening_trust"]
    assert [each.swing for each in found.swings] == pytest.approx([20.0, -12.0])
    assert (found.stretch, found.explained, found.points) == (1.0, pytest.approx(1.0), 50)


def test_swings_are_over_the_ranges_that_were_drawn_from():
    """Half as wide again, pressure has 0.05 to 0.35; exposure is held by its limit to 0 to 0.6."""
    rng = np.random.default_rng(1)
    pressure, exposure = rng.uniform(0.05, 0.35, 50), rng.uniform(0, 0.6, 50)
    parameters = {"accountability_pressure": pressure, "exposure": exposure}
    columns = {"gap": (100 * pressure + 10 * exposure)[:, None]}
    found = assumption_swings(Replicates(columns=columns, parameters=parameters, stretch=1.5))
    assert {each.parameter: each.swing for each in found.swings} == pytest.approx(
        {"accountability_pressure": 30.0, "exposure": 6.0}
    )
    assert found.stretch == 1.5


def test_of_many_assumptions_that_move_nothing_one_seems_to_in_few_samples():
    """All at once, at most 5% of samples by Bonferroni's bound: 15 of 200 or more in under one try of fourteen."""
    names = [row.name for row in TABLE if row.name != "trust_rule"][:30]
    by_chance, alone, explained = 0, 0, []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        parameters = {name: rng.uniform(size=120) for name in names}
        found = assumption_swings(Replicates(columns={"gap": rng.normal(size=(120, 1))}, parameters=parameters))
        by_chance += any(each.is_clear for each in found.ranked)
        explained.append(found.explained)
        alone += any(abs(each.swing) > each.half_width for each in found.ranked)
    assert by_chance < 15
    assert alone > 100
    assert np.mean(explained) == pytest.approx(0, abs=0.03)  # adjusted for 30 numbers; 30/119 of it else


def test_an_assumption_among_many_that_moves_the_gap_is_clear():
    names = [row.name for row in TABLE if row.name != "trust_rule"][:30]
    rng = np.random.default_rng(1)
    parameters = {name: rng.uniform(size=120) for name in names}
    gap = (5 * parameters[names[3]] + rng.normal(size=120))[:, None]
    found = assumption_swings(Replicates(columns={"gap": gap}, parameters=parameters))
    assert [each.parameter for each in found.ranked if each.is_clear] == [names[3]]
    assert found.to_pandas().set_index("parameter")["is_clear"].idxmax() == names[3]


def test_few_points_cannot_tell_parameters_apart():
    parameters = {"exposure": np.arange(3.0), "quorum": np.arange(3.0) ** 2}
    with pytest.raises(ValueError, match="3 points cannot tell 2 parameters apart; draw 4 or more"):
        assumption_swings(Replicates(columns={"gap": np.ones((3, 1))}, parameters=parameters))


def comparison(cases, factors, design="grid"):
    scenario = Scenario.model_validate(place())
    return Comparison(
        name="c", title="C", seed=1, replicates=1, scenario=scenario, cases=tuple(cases), factors=factors, design=design
    )


def test_drivers_of_the_ishigami_function():
    """Known: first order 0.314, 0.442, 0; total 0.558, 0.442, 0.244."""
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
    sample = sobol_sample.sample(problem, 1024, calc_second_order=False, seed=1)
    gaps = Ishigami.evaluate(sample)
    cases = [made_up_case(label="p", variant="a", gaps=np.array([gap])) for gap in gaps]
    found = {each.factor: each for each in drivers(comparison(cases, ("x1", "x2", "x3"), "sobol")).drivers}
    assert [found[x].first for x in ("x1", "x2", "x3")] == pytest.approx([0.314, 0.442, 0.0], abs=0.03)
    assert [found[x].total for x in ("x1", "x2", "x3")] == pytest.approx([0.558, 0.442, 0.244], abs=0.03)


@pytest.mark.parametrize(
    ("design", "gap", "words"), [("grid", 1.0, "need an experiment of one"), ("sobol", np.nan, "some are missing")]
)
def test_drivers_say_what_they_need(design, gap, words):
    cases = [made_up_case(label="p", variant="a", gaps=np.array([gap]))]
    with pytest.raises(ValueError, match=words):
        drivers(comparison(cases, ("x",), design))


def test_starts_are_in_order_with_the_place_without():
    address = "levers.*.from"
    cases = [
        made_up_case(label="alone", variant="alone", gaps=np.array([100.0, 110.0])),
        made_up_case(label="late", variant="package", values={address: "2020-10"}, gaps=np.array([80.0, 90.0])),
        made_up_case(label="early", variant="package", values={address: "2020-04"}, gaps=np.array([40.0, 50.0])),
    ]
    found = too_late(comparison(cases, (address,)))
    assert [(each.month, each.gap.mean) for each in found.starts] == [("2020-04", 45.0), ("2020-10", 85.0)]
    assert (found.without.mean, found.without_label, found.variant) == (105.0, "alone", "package")
    assert found.to_pandas()["start"].tolist() == ["2020-04", "2020-10", "never"]
    assert found.lever == ""
    assert [(each.lost.mean, each.lost.half_width) for each in found.starts] == [(0, 0), (40, 0)]
    assert starts_of(comparison(cases, ("months",))) is None
    with pytest.raises(ValueError, match="varies the month in which levers start"):
        too_late(comparison(cases, ("months",)))


def test_what_a_later_start_leaves_is_a_mean_of_differences_run_by_run():
    """Random events move the gap by £50m, and each start alike; starting later costs £2m to £3m in every run."""
    address = "levers.coaching.from"
    chance = np.linspace(0, 50, 40)
    cases = [
        made_up_case(label="early", variant="both", values={address: "2020-04"}, gaps=chance),
        made_up_case(
            label="late",
            variant="both",
            values={address: "2020-10"},
            gaps=chance + np.where(np.arange(40) % 2, 2.0, 3.0),
        ),
    ]
    cases[1].gaps[-1] = np.nan
    found = too_late(comparison(cases, (address,)))
    assert found.lever == "coaching"
    lost = found.starts[1].lost
    assert (lost.replicates, lost.mean) == (39, pytest.approx(2.5, abs=0.02))
    assert lost.half_width < 0.2 < found.starts[1].precision.half_width
