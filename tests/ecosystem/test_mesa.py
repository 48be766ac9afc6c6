"""Mesa's own ways to run, collect, vary, copy and branch, as its documents show them, on Mesa 3.3 and 3.5."""

import copy
import pickle
import re
from collections.abc import Iterable

import mesa
import numpy as np
import pandas as pd
import pytest

from simulation import TrustModel, load_scenario, with_events, with_levers, with_parameters
from simulation.columns import ORGANISATIONS, SYSTEM
from simulation.model.system import build_system
from tests.places import SCENARIOS, place, random_place, run, same, scenario

PATH = SCENARIOS / "two-trusts.yaml"
REFERENCE = SCENARIOS / "mid-south-essex.yaml"
RNG_IN_BATCH_RUN = hasattr(mesa.Model, "run_for")
"""True from Mesa 3.5 on, where `batch_run` has an argument `rng`."""

pytestmark = [pytest.mark.unit, pytest.mark.filterwarnings("ignore:The `iterations` keyword:DeprecationWarning")]


@pytest.fixture(scope="module")
def two_trusts():
    return load_scenario(PATH)


def batch(parameters, model=TrustModel, **asked):
    return pd.DataFrame(mesa.batch_run(model, {"collect": "system"} | parameters, display_progress=False, **asked))


def final_gap(subject, **given):
    return TrustModel(subject, **given).run()["gap"][-1]


# To the end


@pytest.mark.parametrize(
    "run_to_the_end",
    [
        TrustModel.run_model,
        TrustModel.run,
        lambda model: [model.step() for _ in iter(lambda: model.running, False)],
        lambda model: model.run_until(1000),
        lambda model: model.run_for(24.5),
    ],
)
def test_a_model_ends_quietly_at_its_horizon(two_trusts, run_to_the_end):
    model = TrustModel(two_trusts, seed=1)
    run_to_the_end(model)
    assert not model.running
    assert model.steps == model.month == 24 == getattr(model, "time", 24)
    assert same(model.trajectory, run(two_trusts, seed=1))
    model.run_for(1)
    model.run_until(25)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^the scenario ends after 24 months; build a new TrustModel"):
            model.step()
    assert model.steps == model.month == 24 == getattr(model, "time", 24)


def test_months_are_whole(two_trusts):
    model = TrustModel(two_trusts)
    model.run_for(2.9)
    assert model.month == 2
    model.run_until(2)
    assert model.month == model.steps == 2 == getattr(model, "time", 2)
    assert model.running


# Seeds


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.uint64])
def test_seeds_may_be_numpys(two_trusts, kind):
    expected = final_gap(two_trusts, seed=3, replicate=2)
    assert final_gap(two_trusts, seed=kind(3), replicate=kind(2)) == expected
    assert final_gap(two_trusts, rng=kind(3), replicate=kind(2)) == expected


def test_the_largest_seed_can_be_used(two_trusts):
    assert final_gap(two_trusts, seed=2**64 - 1) == final_gap(two_trusts, seed=np.uint64(2**64 - 1))


@pytest.mark.parametrize("name", ["seed", "replicate"])
@pytest.mark.parametrize("given", [True, np.True_, 1.0, np.float64(2), "1", [1]])
def test_what_is_no_whole_number_is_refused(two_trusts, name, given):
    with pytest.raises(ValueError, match=rf"^the {name} must be a whole number \(given: {re.escape(repr(given))}\)$"):
        TrustModel(two_trusts, **{name: given})


def test_months_that_are_simulated_stay_so(two_trusts):
    model = TrustModel(two_trusts, seed=1)
    with pytest.raises(ValueError, match=r"^the number of months must be 0 or more: .* \(given: -3\)$"):
        model.run_for(-3)


def test_a_seed_has_one_name(two_trusts):
    with pytest.raises(ValueError, match=r"^give seed or rng, not both"):
        TrustModel(two_trusts, seed=1, rng=1)


# Places and parameters


def test_a_place_is_one_value_and_a_key(two_trusts):
    again = load_scenario(PATH)
    assert not isinstance(two_trusts, Iterable)
    assert {two_trusts: "found"}[again] == "found"
    assert len({two_trusts, again, with_levers(again, coaching=1)}) == 2


def test_a_place_may_be_a_path(two_trusts):
    assert final_gap(str(PATH), seed=1) == final_gap(PATH, seed=1) == final_gap(two_trusts, seed=1)


def test_parameters_may_be_given_by_name(two_trusts):
    changed = scenario(place(parameters={"loss_ratio": 3.0, "trust_rule": "confirmatory"}))
    model = TrustModel(scenario(place()), seed=1, loss_ratio=np.int64(3), trust_rule="confirmatory")
    assert model.parameters.loss_ratio == 3.0
    assert same(model.run(), run(changed, seed=1))


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"exposur": 0.2}, TypeError, "there is no parameter 'exposur'; did you mean exposure?"),
        ({"coaching": 1}, TypeError, "coaching is a lever, not a parameter: use with_levers(place, coaching=0.5)"),
        ({"sed": 1}, TypeError, "there is no parameter 'sed'; did you mean seed?"),
        ({"exposure": 9}, ValueError, "with_parameters: exposure: must be at most 2 (given: 9)"),
        ({"collect": "agents"}, ValueError, "collect must be True, False or \"system\" (given: 'agents')"),
    ],
)
def test_a_mistake_in_a_parameter_is_refused(two_trusts, given, error, words):
    with pytest.raises(error, match=f"^{re.escape(words)}$"):
        TrustModel(two_trusts, **given)


def test_a_system_has_its_parameters(two_trusts):
    with pytest.raises(TypeError, match=r"^a system has its parameters already"):
        TrustModel(build_system(two_trusts), exposure=0.2)
    with pytest.raises(TypeError, match=r"^the scenario must be a Scenario or the path of its file \(given: 3\)$"):
        TrustModel(3)


# batch_run


@pytest.mark.parametrize("wrap", [lambda subject: subject, lambda subject: [subject], lambda _: str(PATH)])
def test_batch_run_takes_a_place_a_list_and_a_path(two_trusts, wrap):
    frame = batch({"scenario": wrap(two_trusts), "seed": [1, 2]})
    assert frame["gap"].tolist() == [final_gap(two_trusts, seed=1), final_gap(two_trusts, seed=2)]
    assert frame["seed"].tolist() == [1, 2]
    assert frame["month"].tolist() == [23, 23]


def test_results_of_several_places_are_grouped_by_place(two_trusts):
    slow = with_parameters(two_trusts, loss_ratio=3)
    quick = with_parameters(two_trusts, loss_ratio=1)
    frame = batch({"scenario": [slow, two_trusts, quick], "seed": [1, 2]})
    grouped = frame.groupby("scenario")["gap"].mean()
    assert len(grouped) == 3, "places of one title are not one place"
    assert list(grouped.index) == sorted([quick, two_trusts, slow])
    assert grouped.index[0] == two_trusts
    for each in (slow, two_trusts, quick):
        assert grouped[each] == np.mean([final_gap(each, seed=seed) for seed in (1, 2)])


def test_places_are_in_order_of_their_titles(two_trusts):
    titled = [two_trusts.model_copy(update={"title": title}) for title in ("B", "A")]
    assert [each.title for each in sorted(titled)] == ["A", "B"]
    slow = with_parameters(two_trusts, loss_ratio=3)
    same_title = with_parameters(two_trusts, loss_ratio=1)
    assert (slow < same_title) != (same_title < slow)
    assert not two_trusts < load_scenario(PATH)
    with pytest.raises(TypeError, match="not supported between"):
        sorted([two_trusts, "a path"])


def test_batch_run_varies_parameters(two_trusts):
    frame = batch({"scenario": two_trusts, "exposure": [0.2, 0.3], "behind": [0.0, 0.2]})
    expected = [final_gap(two_trusts, exposure=e, behind=b) for e in (0.2, 0.3) for b in (0.0, 0.2)]
    assert frame["gap"].tolist() == expected
    assert len(set(expected)) > 2
    assert frame["behind"].tolist() == [0.0, 0.2] * 2
    assert "system_behind" in frame


def test_iterations_are_replicates_and_can_be_repeated(two_trusts):
    parameters = {"scenario": two_trusts, "exposure": [0.2, 0.3]}
    frame = batch(parameters, iterations=3)
    assert frame["replicate"].tolist() == frame["iteration"].tolist() == [0, 0, 1, 1, 2, 2]
    assert frame["gap"].tolist() == [
        final_gap(two_trusts, exposure=exposure, replicate=each) for each in range(3) for exposure in (0.2, 0.3)
    ]
    assert frame.equals(batch(parameters, iterations=3))
    given = batch({"scenario": two_trusts, "replicate": [5]}, iterations=2)
    assert given["replicate"].tolist() == [5, 5]


def test_a_batch_run_that_hides_its_iteration_is_refused(two_trusts):
    other = {"__name__": "mesa.batchrunner"}
    exec("def run_one(build): return build()", other)
    with pytest.raises(RuntimeError, match="does not say which iteration this is; give rng, or replicate"):
        other["run_one"](lambda: TrustModel(two_trusts))
    assert other["run_one"](lambda: TrustModel(two_trusts, replicate=3)).trajectory.replicate == 3


@pytest.mark.skipif(not RNG_IN_BATCH_RUN, reason="batch_run has no rng before Mesa 3.5")
def test_rng_gives_each_iteration_its_seed(two_trusts):
    frame = batch({"scenario": two_trusts}, rng=[4, np.int64(5)])
    assert frame["gap"].tolist() == [final_gap(two_trusts, seed=4), final_gap(two_trusts, seed=5)]
    assert batch({"scenario": two_trusts}, rng=4)["seed"].tolist() == [4]


def test_each_month_of_batch_run_is_that_month(two_trusts):
    trajectory = TrustModel(two_trusts, seed=1).run()
    frame = batch({"scenario": two_trusts, "seed": [1]}, data_collection_period=1)
    assert frame["month"].tolist() == list(range(24))
    for column in SYSTEM._fields:
        np.testing.assert_array_equal(frame[column], trajectory[column])
    agents = batch({"scenario": two_trusts, "seed": [1], "collect": True}, data_collection_period=1)
    assert len(agents) == 24 * 2
    by_month = agents.pivot_table("orientation", "month", "organisation")
    np.testing.assert_array_equal(by_month, trajectory.organisations[..., ORGANISATIONS.orientation])
    assert agents.groupby("month")["gap"].first().tolist() == trajectory["gap"].tolist()
    sixth = batch({"scenario": two_trusts, "seed": [1]}, data_collection_period=6)
    assert sixth["gap"].tolist() == [trajectory["gap"][month] for month in sixth["month"]]


# The collector


def test_the_collector_holds_the_columns_of_the_tables(two_trusts):
    model = TrustModel(two_trusts, seed=1)
    trajectory = model.run()
    months = model.datacollector.get_model_vars_dataframe()
    assert set(SYSTEM._fields) < set(months)
    for column in SYSTEM._fields:
        np.testing.assert_array_equal(months[column], trajectory[column])
    organisations = model.datacollector.get_agent_vars_dataframe()
    assert organisations.index.get_level_values("Step").unique().tolist() == list(range(1, 25))
    last = organisations[organisations["month"] == 23].set_index("organisation")
    assert last["position"].sum() == pytest.approx(months["position"].iloc[-1])
    assert last["pressure"].mean() == pytest.approx(months["pressure"].iloc[-1])
    assert last["trust"].mean() == pytest.approx(months["trust"].iloc[-1])
    assert last["orientation"].mean() == pytest.approx(months["orientation"].iloc[-1])


def test_collecting_can_be_off_and_changes_nothing(two_trusts):
    off, system = TrustModel(two_trusts, collect=False), TrustModel(two_trusts, collect="system")
    assert same(off.run(), run(two_trusts, seed=0))
    assert same(system.run(), off.trajectory)
    assert not hasattr(off, "datacollector")
    assert not system.datacollector.agent_reporters


class Watched(TrustModel):
    """A subclass with a collector of its own, as in Mesa's tutorial."""

    def __init__(self, scenario, seed=0):
        super().__init__(scenario, seed=seed)
        self.datacollector = mesa.DataCollector(model_reporters={"final": "gap"})

    def step(self):
        super().step()
        self.datacollector.collect(self)


def test_a_subclass_collects_what_it_wants(two_trusts):
    rows = mesa.batch_run(Watched, {"scenario": [two_trusts]}, display_progress=False)
    assert [row["final"] for row in rows] == [final_gap(two_trusts)]
    model = Watched(two_trusts)
    model.step()
    twin = pickle.loads(pickle.dumps(model))
    twin.run_model()
    assert type(twin) is Watched
    assert len(twin.datacollector.model_vars["final"]) == 24
    assert len(model.datacollector.model_vars["final"]) == 1


# Copies


COPIES = {"copy": copy.copy, "deepcopy": copy.deepcopy, "pickle": lambda model: pickle.loads(pickle.dumps(model))}


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("months", [0, 13, 40])
def test_a_copy_of_the_reference_place_goes_on_to_the_same_bits(how, months):
    model = TrustModel(load_scenario(REFERENCE), seed=1, shuffled=True)
    model.run_for(months)
    model.watched = [model.organisations[3], model.opportunities[0].members[1]]
    twin = COPIES[how](model)
    assert twin.steps == twin.month == months == getattr(twin, "time", months)
    assert twin.running == model.running
    assert twin.watched == [twin.organisations[3], twin.opportunities[0].members[1]]
    assert repr(twin.organisations) == repr(model.organisations)
    before = copy.deepcopy(model.trajectory.system)
    twin.run()
    np.testing.assert_array_equal(model.trajectory.system, before)
    assert same(twin.trajectory, model.run())
    for frames in ("get_model_vars_dataframe", "get_agent_vars_dataframe"):
        pd.testing.assert_frame_equal(getattr(twin.datacollector, frames)(), getattr(model.datacollector, frames)())
    assert twin.random.random() == model.random.random()
    assert twin.rng.random() == model.rng.random()


@pytest.mark.parametrize("number", range(12))
def test_copies_of_made_up_places_go_on_to_the_same_bits(number):
    subject = scenario(random_place(number))
    model = TrustModel(subject, seed=number)
    twins = []
    while model.running:
        twins.append(copy.deepcopy(model))
        model.step()
    for month, twin in enumerate(twins):
        assert twin.month == month
        assert same(twin.run(), model.trajectory)


def test_an_organisation_is_copied_with_its_place(two_trusts):
    model = TrustModel(two_trusts)
    model.run_for(3)
    twin = copy.deepcopy(model.organisations[1])
    assert twin.model is not model
    assert twin is twin.model.organisations[1]
    assert twin.orientation == model.organisations[1].orientation


# Branches


def test_a_branch_is_the_replicate_of_its_scenario():
    model = TrustModel(load_scenario(REFERENCE), seed=1)
    model.run_until(12)
    branch = model.branch(with_events(model.place, leader_change=(model.next_month, "meht")))
    branch.step()
    assert branch.organisations[branch.system.axes.organisations.index("meht")].leader_changed
    assert same(branch.run(), run(branch.place, seed=1))
    assert branch.trajectory.axes.scenario is branch.place
    assert model.month == 12
    assert same(model.run(), run(model.place, seed=1))
    assert not same(branch.trajectory, model.trajectory)


def test_a_branch_may_use_a_lever_from_now_on(two_trusts):
    model = TrustModel(two_trusts, seed=1)
    model.run_until(6)
    branch = model.branch(with_levers(two_trusts, coaching=(1.0, model.next_month)))
    assert same(branch.run(), run(branch.place, seed=1))
    assert branch.organisations[0].orientation > model.run().organisations[-1, 0, ORGANISATIONS.orientation]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda subject: with_events(subject, leader_change=(subject.start, "hospital")),
            "leader leaves would change in 2024-04, which is already simulated; a branch may change 2024-10 and later",
        ),
        (lambda subject: with_levers(subject, coaching=0.5), "coaching would change in 2024-04, which is already"),
        (lambda subject: subject.model_copy(update={"months": 12}), "a branch keeps the place: start, months, organ"),
        (
            lambda subject: with_parameters(subject, loss_ratio=3),
            "a branch keeps the assumptions of its replicate; los",
        ),
    ],
)
def test_a_branch_cannot_change_the_past(two_trusts, change, words):
    model = TrustModel(two_trusts)
    model.run_until(6)
    assert model.next_month == "2024-10"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        model.branch(change(two_trusts))


def test_a_replicate_that_has_ended_has_no_other_future(two_trusts):
    model = TrustModel(two_trusts)
    model.run()
    assert model.next_month is None
    with pytest.raises(ValueError, match=r"^coaching would change in .* already simulated; it has ended$"):
        model.branch(with_levers(two_trusts, coaching=(0.5, "2026-03")))
    assert same(model.branch(two_trusts).trajectory, model.trajectory)


# Agents


def test_an_organisation_cannot_be_removed(two_trusts):
    model = TrustModel(two_trusts)
    with pytest.raises(TypeError, match=r"^commissioner cannot be removed during a run; run a scenario without it$"):
        model.agents[0].remove()
    with pytest.raises(TypeError, match="cannot be removed"):
        model.remove_all_agents()
    assert same(model.run(), run(two_trusts, seed=0))
