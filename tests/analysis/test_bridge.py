"""The bridge adds up, and its groups are those that close most."""

import numpy as np
import pytest

from simulation.analysis.bridge import build_bridge
from simulation.model.run import run_ensemble
from simulation.scenario.schema import Scenario
from tests.analysis.by_hand import by_hand
from tests.places import random_place

pytestmark = pytest.mark.unit

REPLICATES = by_hand(
    2,
    system={"do_nothing": 20.0, "efficiency": [[3.0], [5.0]], "gap": [[16.0], [10.0]]},
    agreements={("care", "worth"): [1.0, 2.0], ("home", "worth"): [0.0, 3.0]},
)


def test_a_worked_example():
    bridge = build_bridge(REPLICATES)
    # means: efficiency (3 + 5)/2 = 4; care (1 + 2)/2 = 1.5; home (0 + 3)/2 = 1.5; left (16 + 10)/2 = 13
    assert bridge.do_nothing == 20.0
    assert bridge.efficiency.mean == 4.0
    assert bridge.programmes == 3.0
    assert bridge.gap.mean == 13.0
    assert bridge.target == 0.0


def test_of_groups_that_close_as_much_the_more_valuable_on_paper_is_first():
    assert [group.domain for group in build_bridge(REPLICATES).groups] == ["near_home", "it"]


def test_what_is_not_named_is_one_group_and_last():
    bridge = build_bridge(REPLICATES, named=1)
    assert [(group.domain, group.programmes) for group in bridge.groups] == [
        ("near_home", ("care",)),
        (None, ("home",)),
    ]
    assert bridge.programmes == 3.0


def test_the_table_takes_off_what_closes_the_gap_and_has_no_negative_zero():
    frame = build_bridge(REPLICATES).to_pandas()
    assert frame["step"].tolist() == [
        "before any savings", "efficiency", "programmes", "programmes", "gap that is left", "target",
    ]  # fmt: skip
    assert frame["mean"].tolist() == [20.0, -4.0, -1.5, -1.5, 13.0, 0.0]
    assert (frame["low_90"] <= frame["high_90"]).all()
    nothing = build_bridge(by_hand(2, system={"do_nothing": 20.0, "gap": 20.0})).to_pandas()
    assert not np.signbit(nothing.loc[nothing["step"] != "target", "low_90"]).any()


def test_a_place_without_programmes_has_no_groups():
    bridge = build_bridge(by_hand(2, system={"do_nothing": 20.0, "gap": 20.0}, programmes={}))
    assert bridge.groups == ()
    assert bridge.programmes == 0


@pytest.mark.parametrize("number", range(3))
def test_simulated_replicates_add_up_whatever_the_place(number):
    bridge = build_bridge(run_ensemble(Scenario.model_validate(random_place(number)), replicates=3, seed=1))
    closed = bridge.efficiency.mean + bridge.programmes
    assert bridge.do_nothing - closed == pytest.approx(bridge.gap.mean, abs=1e-9)
    assert len([group for group in bridge.groups if group.domain is not None]) <= 4
