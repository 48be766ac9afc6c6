"""The table of claims: each can be found by its words, and its switch takes away its mechanism and nothing else."""

import numpy as np
import pytest

from simulation.experiment import switches
from simulation.experiment.claims import CLAIMS, find_claims
from simulation.levers import Lever
from simulation.model.run import run_designs
from simulation.scenario.loading import load_scenario
from simulation.vocabulary import EventKind, LeverScope
from tests.places import SCENARIOS, fixed, month_after, no_turnover, place, random_place, scenario, written

pytestmark = pytest.mark.unit

HALF = "mid-south-essex-partnership.yaml"
ORDERED = "mid-south-essex-instruction.yaml"
CARE = {"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 20}}
"""A programme that is delivered for as long as the place lasts."""


def run_with(subject, change=switches.same_assumptions):
    """One replicate of a scenario by the agents, with changed parameters."""
    rows = [change(subject.resolve_parameters())]
    (only,) = run_designs(rows, replicates=1, seed=1, place=subject, engine="mesa")
    return only


def test_names_are_distinct():
    assert len({claim.name for claim in CLAIMS}) == len(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_claim_is_found_by_its_name_and_by_its_sentence(claim):
    assert find_claims(claim.name) == [claim]
    assert claim in find_claims(claim.sentence.upper().replace("’", "'"))


@pytest.mark.parametrize("words", ["Plan on a page", "  plan  on a PAGE "])
def test_words_of_a_sentence_find_all_that_stand_on_it(words):
    assert [claim.name for claim in find_claims(words)] == ["plan-on-a-page", "owners"]


def test_other_words_find_nothing():
    assert find_claims("a balanced scorecard") == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_switch_changes_what_it_acts_on_and_not_what_is_handed_in(claim):
    changed = []
    for name in (HALF, ORDERED):
        before = load_scenario(SCENARIOS / name)
        after = claim.place(before)
        rows = before.resolve_parameters(), claim.assumptions(before.resolve_parameters())
        changed.append(after != before or rows[0] != rows[1])
        assert before == load_scenario(SCENARIOS / name)
    assert any(changed)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    "claim", [claim for claim in CLAIMS if claim.place is not switches.same_place], ids=lambda claim: claim.name
)
def test_a_switched_place_is_one_that_a_file_could_write(claim, seed):
    scenario(written(claim.place(scenario(random_place(seed)))))


def test_without_a_lever_its_cost_goes_too():
    subject = load_scenario(SCENARIOS / HALF)
    assert set(switches.without(Lever.COACHING)(subject).levers) == set(subject.levers) - {Lever.COACHING}


def test_one_lever_takes_the_place_of_another_only_where_that_is_used():
    change = switches.in_place_of(Lever.COACHING, Lever.TOP_DOWN_INSTRUCTION)
    assert change(load_scenario(SCENARIOS / ORDERED)) == load_scenario(SCENARIOS / ORDERED)
    assert Lever.TOP_DOWN_INSTRUCTION in change(load_scenario(SCENARIOS / HALF)).levers


def test_everyone_institutional_overrides_what_the_scenario_fixed():
    subject = no_turnover(
        place(events=[*fixed({"a": "open"}), {"event": "cost_shock", "month": month_after(2), "size": 1}])
    )
    events = switches.everyone_institutional(subject).events
    assert [event.event for event in events] == [EventKind.COST_SHOCK, *[EventKind.FIXED_STANCE] * 2]
    assert run_with(switches.everyone_institutional(subject))["population_first"].max() == 0


def test_without_programmes_nothing_names_one():
    subject = no_turnover(
        place(
            levers={
                "gain_share": {"strength": 1},
                "menu_framing": [{"strength": 1, "only": ["care"]}, {"strength": 0.5, "only": ["care", "deal"]}],
            }
        )
    )
    without = switches.without_programmes(subject)
    assert not without.programmes
    assert {lever: [setting.only for setting in settings] for lever, settings in without.levers.items()} == {
        Lever.MENU_FRAMING: [("deal",)]
    }
    assert all(lever.scope is not LeverScope.PROGRAMME for lever in without.levers)


def test_no_trust_from_milestones_leaves_meetings_as_they_are():
    """Two always meet well and deliver: without the milestones trust goes as if the programme met none."""
    parts = {"programmes": CARE, "events": fixed({"a": "open", "b": "open"})}
    delivered = no_turnover(place(**parts, parameters={"delivery_floor": 1, "mobilisation": 0}))
    never = no_turnover(place(**parts, parameters={"delivery_floor": 0, "mobilisation": 24, "behind": 0}))
    switched = run_with(delivered, switches.no_trust_from_milestones)
    assert switched["milestones_value"][0, -1] > 1
    np.testing.assert_allclose(switched["trust"], run_with(never)["trust"], rtol=1e-6)
    assert run_with(delivered)["trust"][0, -1] > switched["trust"][0, -1]


def test_no_gains_of_trust_leave_losses_to_the_bit():
    closed = no_turnover(place(programmes={}, events=fixed({"a": "closed", "b": "closed"})))
    opened = no_turnover(place(programmes={}, events=fixed({"a": "open", "b": "open"})))
    np.testing.assert_array_equal(run_with(closed, switches.no_gains_of_trust)["trust"], run_with(closed)["trust"])
    np.testing.assert_allclose(run_with(opened, switches.no_gains_of_trust)["trust"], 0.4, atol=1e-6)


def test_larger_pools_save_as_much_in_the_first_month_and_hardly_less_later():
    subject = no_turnover(place(programmes={}))
    before = run_with(subject)["efficiency"][0]
    after = run_with(switches.larger_pools(subject), switches.slower_savings)["efficiency"][0]
    assert after[0] == pytest.approx(before[0])
    assert after[-1] - after[-2] > 0.97 * after[0]
