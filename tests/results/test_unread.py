"""What an experiment varies itself and no rule reads in a scenario is known when its results are read."""

import numpy as np
import pytest

from simulation.analysis.choices import choices_of, points_of
from simulation.analysis.information_varied import find_varied
from simulation.experiment.schema import Variant
from simulation.results.batch.readback import load_batch
from simulation.results.batch.unread import find_unread
from simulation.scenario.schema import Scenario
from tests.execution.small import experiment, run_all
from tests.places import place

pytestmark = pytest.mark.unit

MENU, TRUST, STRENGTH = "parameters.menu_effect", "parameters.opening_trust", "levers.menu_framing.strength"
LOSS = "parameters.loss_ratio"
FACTORS = (MENU, TRUST)


def variant(**levers) -> dict[str, Variant]:
    return {"a": Variant(name="a", scenario=Scenario.model_validate(place(months=6, levers=levers)))}


def test_the_effect_of_a_lever_that_nobody_has_is_unread():
    cases = [("a", {MENU: effect, TRUST: 0.4}) for effect in (0.1, 0.3)]
    assert find_unread(variant(), FACTORS, cases) == {"a": {"menu_effect"}}
    assert find_unread(variant(menu_framing={"strength": 1}), FACTORS, cases) == {"a": frozenset()}


def test_it_is_read_if_one_strength_of_many_is_above_0():
    cases = [("a", {MENU: 0.1, STRENGTH: strength}) for strength in (0.0, 0.0, 0.5)]
    weak = variant(menu_framing={"strength": 0})
    assert find_unread(weak, (MENU, STRENGTH), cases) == {"a": frozenset()}
    assert find_unread(weak, (MENU, STRENGTH), cases[:2]) == {"a": {"menu_effect"}}


def test_without_such_a_parameter_nothing_is_looked_at():
    assert find_unread({}, (LOSS,), [("unknown", {LOSS: 1.5})]) == {}


def test_results_that_vary_it_themselves_rank_it_nowhere(tmp_path):
    goal = Scenario.model_validate(place(months=6, levers={"superordinate_goal": {"strength": 1}}))
    nothing = Scenario.model_validate(place(months=6))
    variants = tuple(Variant(name=name, scenario=each) for name, each in (("nothing", nothing), ("goal", goal)))
    vary = {MENU: (0.02, 0.1, 0.2, 0.3), "parameters.goal_effect": (0.02, 0.1, 0.2), TRUST: (0.3, 0.5)}
    run_all(experiment(vary, variants=variants, replicates=2), tmp_path)
    read = load_batch(tmp_path)
    assert read.unread == {"nothing": {"menu_effect", "goal_effect"}, "goal": {"menu_effect"}}
    choices = choices_of(read)
    assert [each.unmoved_by for each in choices] == [{"menu_effect", "goal_effect"}, {"menu_effect"}]
    assert points_of(*choices)[0] == ("goal_effect", "opening_trust")
    asked = find_varied(choices, np.ones(24, dtype=bool), nothing)
    assert {each.name for each in asked} == {"goal_effect", "opening_trust"}
