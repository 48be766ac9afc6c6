"""A replicate is a pure function of scenario, seed and replicate: not of how, with what or in what order it is run."""

import re

import numpy as np
import pytest

from simulation.experiment.addresses import with_values
from simulation.levers import Lever
from simulation.model.agents.model import TrustModel
from simulation.model.run import run_designs, run_ensemble, run_with_parameters
from simulation.model.system import build_system
from simulation.parameters import default_parameters
from simulation.scenario.loading import load_scenario
from simulation.scenario.what_if import with_levers
from tests.places import SCENARIOS, place, random_place, run, same, scenario

PARTNERSHIP = "mid-south-essex-partnership.yaml"
DRAWS = ("leader_change", "stance", "instruction", "milestone", "realisation")
ARRAYS = ("system", "outturns", "agreements", "memberships")


@pytest.mark.parity
@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_a_replicate_alone_is_the_replicate_of_a_run(engine):
    subject = scenario(random_place(6))
    many = run_ensemble(subject, replicates=20, seed=5, engine=engine)
    alone = run_ensemble(subject, replicates=1, seed=5, first=7, engine=engine)
    assert many.replicates.tolist() == list(range(20))
    assert alone.replicates.tolist() == [7]
    for name in ARRAYS:
        assert getattr(alone, name)[0].tobytes() == getattr(many, name)[7].tobytes()
        assert getattr(alone, name)[0].tobytes() != getattr(many, name)[8].tobytes()


@pytest.mark.parity
@pytest.mark.parametrize("seed", range(10))
def test_agents_that_act_in_a_random_order_make_the_same_replicate(seed):
    system = build_system(scenario(random_place(seed)))
    ordered, shuffled = TrustModel(system, seed=seed), TrustModel(system, seed=seed, shuffled=True)
    before = shuffled.random.getstate()
    assert same(shuffled.run(), ordered.run())
    assert shuffled.random.getstate() != before, "nothing was shuffled"


@pytest.mark.parity
def test_a_system_can_be_used_again():
    subject = scenario(random_place(6))
    system = build_system(subject)
    first = TrustModel(system, seed=1).run()
    TrustModel(system, seed=2, replicate=3).run()
    assert same(TrustModel(system, seed=1).run(), first)
    assert same(TrustModel(build_system(subject), seed=1).run(), first)


@pytest.mark.parity
def test_two_models_side_by_side_do_not_disturb_each_other():
    system = build_system(scenario(random_place(8)))
    one, other = TrustModel(system, seed=1), TrustModel(system, seed=2)
    for _ in range(system.months):
        one.step()
        other.step()
    assert same(one.trajectory, run(scenario(random_place(8)), seed=1))
    assert same(other.trajectory, run(scenario(random_place(8)), seed=2))


@pytest.mark.parity
@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_parameters_given_with_a_scenario_act_as_those_written_in_it(engine):
    parameters = default_parameters()._replace(decision_sharpness=2.0, turnover=0.03, trust_rule=1.0)
    plain = random_place(6) | {"parameters": {}}
    given = {"decision_sharpness": 2.0, "turnover": 0.03, "trust_rule": "confirmatory"}
    supporting = run_with_parameters(scenario(plain), [default_parameters(), parameters], seed=4, engine=engine)
    written = run_ensemble(scenario(plain | {"parameters": given}), replicates=2, seed=4, engine=engine)
    for name in ARRAYS:
        assert getattr(supporting, name)[1].tobytes() == getattr(written, name)[1].tobytes()


def draws_of(subject, seed=1, replicate=2, months=4):
    """Return every draw of a replicate by month, purpose and subject."""
    model = TrustModel(subject, seed=seed, replicate=replicate)
    drawn, axes = model.draws, model.system.axes
    about = {
        "leader_change": axes.organisations,
        "stance": axes.memberships,
        "instruction": axes.opportunities,
        "milestone": axes.opportunities,
        "realisation": axes.opportunities,
    }
    draws = {}
    for month in range(min(months, subject.months)):
        model.step()
        for name in DRAWS:
            for subject_id, draw in zip(about[name], getattr(drawn, name), strict=True):
                draws[month, name, subject_id] = draw
    return draws


@pytest.mark.unit
def test_no_draw_is_used_twice():
    draws = draws_of(scenario(random_place(7)))
    once = [draw for (month, name, _), draw in draws.items() if name != "realisation" or month == 0]
    assert len(set(once)) == len(once)


@pytest.mark.unit
def test_a_programmes_realisation_is_drawn_once():
    draws = draws_of(scenario(random_place(7)))
    assert all(draws[month, name, k] == draws[0, name, k] for month, name, k in draws if name == "realisation")


@pytest.mark.parity
@pytest.mark.parametrize("lever", Lever)
def test_changing_a_lever_changes_no_random_draw(lever):
    plain = random_place(3)
    changed = plain | {"levers": plain["levers"] | {lever.value: {"strength": 1.0}}}
    assert draws_of(scenario(changed)) == draws_of(scenario(plain))


@pytest.mark.parity
def test_adding_parts_to_a_file_changes_no_random_draw_of_the_rest():
    plain = random_place(11)
    assert len(plain["programmes"]) > 2
    gone = next(iter(plain["programmes"]))
    fewer = plain | {
        "programmes": {name: entry for name, entry in plain["programmes"].items() if name != gone},
        "levers": {},
        "relationships": {},
        "events": [],
        "parameters": {"decision_sharpness": 1},
        "months": plain["months"] + 9,
    }
    fewer["organisations"] = plain["organisations"] | {
        "another": {
            "role": "provider",
            "income": 1.0,
            **({"deficit_share": 1.0} if "deficit_share" in next(iter(plain["organisations"].values())) else {}),
        }
    }
    before, after = draws_of(scenario(plain)), draws_of(scenario(fewer))
    shared = before.keys() & after.keys()
    assert len(shared) > 50
    assert all(before[question] == after[question] for question in shared)


@pytest.mark.property
@pytest.mark.parametrize(
    "levers",
    [{"menu_framing": {"strength": 1}}, {"coaching": {"strength": 1}}, {"superordinate_goal": {"strength": 0.7}},
     {"regulator_acknowledgement": {"strength": 1}}],
)  # fmt: skip
def test_under_the_same_chance_a_lever_that_helps_turns_nobody_away_in_its_first_month(levers):
    plain = place(months=1, parameters={"decision_sharpness": 1})
    ids = {each: {"role": "provider", "income": 10.0} for each in "abcdefgh"}
    shares = {each: 1 / len(ids) for each in ids}
    joint = {f"p{number}": {"value": 1.0, "shares": shares} for number in range(6)}
    plain |= {"organisations": ids, "contracts": {}, "programmes": joint}
    turned = 0
    for replicate in range(5):
        without = stances_of(scenario(plain), replicate)
        with_lever = stances_of(scenario(plain | {"levers": levers}), replicate)
        assert all(with_lever >= without)
        turned += (with_lever > without).sum()
    assert turned > 0


def stances_of(subject, replicate):
    model = TrustModel(subject, seed=1, replicate=replicate)
    model.step()
    return np.array([part.is_population_first for opportunity in model.opportunities for part in opportunity.members])


@pytest.mark.parity
def test_stepping_is_running():
    subject = load_scenario(SCENARIOS / PARTNERSHIP)
    model = TrustModel(subject, seed=3, replicate=1)
    for month in range(subject.months):
        assert model.month == month
        model.step()
        assert model.gap == model.trajectory["gap"][month]
        assert np.isnan(model.trajectory["gap"][month + 1 :]).all()
    assert same(model.trajectory, run(subject, seed=3, replicate=1))


@pytest.mark.parity
def test_seeds_of_64_bits_all_give_different_replicates():
    subject = scenario(random_place(1))
    replicates = [run(subject, seed=seed) for seed in (0, 1, 2**32, 2**32 + 1, 2**63, 2**64 - 1)]
    assert len({replicate.system.tobytes() for replicate in replicates}) == len(replicates)


# What is refused


@pytest.mark.unit
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seed": -1}, "the seed must be from 0 to 2⁶⁴ − 1 (given: -1)"),
        ({"seed": 2**64}, "the seed must be from 0 to 2⁶⁴ − 1 (given: 18446744073709551616)"),
        ({"replicate": -2}, "the replicate must be from 0 to 2⁶⁴ − 1 (given: -2)"),
    ],
)
def test_a_number_out_of_range_is_refused(given, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        TrustModel(scenario(place()), **given)


@pytest.mark.unit
def test_no_replicates_are_refused():
    with pytest.raises(ValueError, match=r"^replicates must be from 1 to 1000000 \(given: 0\)$"):
        run_ensemble(scenario(place()), replicates=0, seed=1)


@pytest.mark.unit
def test_an_unknown_table_is_refused_before_anything_runs():
    done = []
    with pytest.raises(
        ValueError, match=r"^there is no table 'regulators'; there are organisations, relationships, opportunities$"
    ):
        run_ensemble(scenario(place()), replicates=1, seed=1, detail=("regulators",), progress=done.append)
    assert done == []


@pytest.mark.unit
def test_a_first_replicate_below_0_is_refused():
    with pytest.raises(ValueError, match=rf"^the first replicate must be from 0 to {2**63 - 2} \(given: -1\)$"):
        run_ensemble(scenario(place()), replicates=2, seed=1, first=-1)


@pytest.mark.unit
def test_no_parameters_are_refused():
    with pytest.raises(ValueError, match=r"^replicates must be from 1 to 1000000 \(given: 0\)$"):
        run_with_parameters(scenario(place()), [], seed=1)


@pytest.mark.unit
def test_there_is_no_month_after_the_last():
    model = TrustModel(scenario(place(months=2)))
    model.run()
    with pytest.raises(ValueError, match=r"^the scenario ends after 2 months; build a new TrustModel to start again$"):
        model.step()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("engine", "replicates", "expected"), [("mesa", 3, [1, 1, 1]), ("compiled", 150, [64, 64, 22])]
)
def test_progress_is_called_as_replicates_finish(engine, replicates, expected):
    done = []
    run_ensemble(scenario(place(months=2)), replicates=replicates, seed=1, engine=engine, progress=done.append)
    assert done == expected


@pytest.mark.parity
@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_scenarios_that_differ_in_parameters_alone_are_run_together_as_if_alone(engine):
    """The third has other levers, so that it cannot be run together with the two before it."""
    plain = scenario(place(months=6))
    scenarios = [
        with_values(plain, {"parameters.loss_ratio": 1.0}),
        with_values(plain, {"parameters.loss_ratio": 3.0}),
        with_levers(plain, coaching=1),
    ]
    together = list(run_designs(scenarios, replicates=3, seed=1, engine=engine))
    for found, each in zip(together, scenarios, strict=True):
        alone = run_ensemble(each, replicates=3, seed=1, engine=engine)
        assert found.scenario is each
        assert all(np.array_equal(getattr(found, n), getattr(alone, n), equal_nan=True) for n in alone.arrays)
