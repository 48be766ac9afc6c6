"""Variants of supporting runs: what can be set in them, and which attributions cannot be made."""

import pytest

from simulation.experiment.schema import Variant
from simulation.experiment.supporting import (
    ALL_POPULATION_FIRST,
    WHO_NEVER_MOVES,
    FixedStanceVariant,
    MixedVariant,
    find_mixed_contradictions,
)
from simulation.scenario.changes import mix_scenarios
from simulation.scenario.writing import scenario_hash
from tests.places import place
from tests.places import scenario as scenario_of

pytestmark = pytest.mark.unit

ALONE = scenario_of(place(title="Alone", levers={"coaching": {"strength": 0.2}, "celebration": {"strength": 1}}))
TOGETHER = scenario_of(
    place(
        title="Together",
        levers={"coaching": {"strength": 1}, "celebration": {"strength": 1}, "gain_share": {"strength": 1}},
    )
)


def test_variants_accept_only_what_can_be_set_in_them():
    mixed = MixedVariant(name="alone", scenario=ALONE, other_name="together", other=TOGETHER)
    assert mixed.accepts("coaching")
    assert not mixed.accepts("celebration")
    under = mixed.with_values({"coaching": "together", "gain_share": "alone"})
    assert scenario_hash(under) == scenario_hash(mix_scenarios(ALONE, TOGETHER, frozenset({"coaching"})))
    fixed = FixedStanceVariant(name="alone", scenario=ALONE)
    assert isinstance(fixed, Variant)
    assert fixed.accepts(WHO_NEVER_MOVES)
    assert fixed.with_values({}) is ALONE
    assert {event.organisation for event in fixed.with_values({WHO_NEVER_MOVES: ALL_POPULATION_FIRST}).events} == {
        "a",
        "b",
    }
    with pytest.raises(ValueError, match="there is no organisation 'zz' in alone"):
        fixed.with_values({WHO_NEVER_MOVES: "zz"})


def test_a_mix_that_contradicts_itself_cannot_be_attributed():
    late = scenario_of(place(start="2021-04", levers={"coaching": {"strength": 1, "from": "2021-06"}}))
    early = scenario_of(place(start="2020-04", levers={"coaching": {"strength": 1, "from": "2020-06"}}))
    variants = [Variant(name="late", scenario=late), Variant(name="early", scenario=early)]
    (finding,) = find_mixed_contradictions({"attribution": {"from": "late", "to": "early"}}, variants)
    assert str(finding) == (
        "attribution: late with coaching of early contradicts itself: "
        'levers.coaching[0].from: is before the start, 2021-04 (given: "2020-06")'
    )
