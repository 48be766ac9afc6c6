"""Addresses in a scenario: what they lead to, and that putting values there is like writing them in the file."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.experiment.addresses import (
    AddressError,
    parse_address,
    resolve_address,
    set_value,
    to_plain,
    with_values,
)
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import Fingerprints, scenario_hash
from tests.scenario.strategies import floats

FULL = load_scenario(Path(__file__).parents[2] / "scenarios/mid-south-essex-partnership-full.yaml")
WITH_LITTLE = Scenario.model_construct(
    title="",
    months=1,
    contracts={},
    description=None,
    events=(),
    levers={},
    parameters=type(FULL.parameters)(),
    programmes={},
)

VALUES = {
    "levers.coaching.strength": floats(0, 1),
    "levers.coaching[0].cost": floats(0, 9),
    "levers.top_down_instruction.strength": floats(0, 1),
    "levers.*.from": st.sampled_from(["2015-12", "2017-01"]),
    "parameters.loss_ratio": floats(0.5, 4),
    "parameters.trust_rule": st.sampled_from(["linear", "confirmatory"]),
    "organisations.btuh.orientation": floats(0, 1),
    "organisations.btuh.skills.estates": floats(0, 1),
    "relationships.btuh.meht": floats(0, 1),
    "relationships.meht.btuh": floats(0, 1),
    "do_nothing.2017-06": floats(50, 300),
    "months": st.integers(20, 60),
    "target": floats(0, 50),
}


@pytest.mark.property
@given(
    st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=6).flatmap(
        lambda chosen: st.fixed_dictionaries({address: VALUES[address] for address in chosen})
    )
)
def test_putting_values_is_like_writing_them_in_the_file(values):
    plain = to_plain(FULL)
    for address, value in values.items():
        for place in resolve_address(plain, parse_address(address)):
            set_value(plain, place, value)
    written = Scenario.model_validate(plain, by_alias=True, by_name=False)
    given_values = with_values(FULL, values)
    assert given_values == written
    assert scenario_hash(given_values) == scenario_hash(written)


@pytest.mark.property
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(["levers.coaching.strength", "months", "parameters.quorum"])),
            st.sets(st.sampled_from(["contracts", "description", "events", "levers", "parameters", "programmes"])),
        ),
        max_size=8,
    )
)
@example([({"parameters.quorum"}, each) for each in (set(), set(), {"programmes"}, {"programmes"})])
def test_fingerprints_are_hashes_whatever_was_hashed_before(changes):
    fingerprints = Fingerprints()
    for step, (addresses, emptied) in enumerate(changes):
        values = {address: 30 + step if address == "months" else 0.1 + step / 10 for address in addresses}
        empty = {name: getattr(WITH_LITTLE, name) for name in emptied}
        scenario = with_values(FULL, values).model_copy(update=empty)
        assert fingerprints.hash_of(scenario) == scenario_hash(scenario)


@pytest.mark.unit
def test_unchanged_parts_are_shared():
    other = with_values(FULL, {"levers.coaching.strength": 0.3})
    assert other.organisations is FULL.organisations
    assert FULL.levers != other.levers


@pytest.mark.unit
@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("levers.coaching.strength", [("levers", "coaching", 0, "strength")]),
        ("levers.top_down_instruction.strength", [("levers", "top_down_instruction", 0, "strength")]),
        ("relationships.btuh.meht", [("relationships", "btuh", "meht")]),
        ("parameters.quorum", [("parameters", "quorum")]),
        ("organisations.*.orientation", [("organisations", name, "orientation") for name in FULL.organisations]),
        ("months", [("months",)]),
    ],
)
def test_an_address_leads_to_paths(address, places):
    assert resolve_address(to_plain(FULL), parse_address(address)) == places


@pytest.mark.unit
def test_a_lever_with_several_settings_must_say_which():
    plain = to_plain(FULL) | {"levers": {"coaching": [{"strength": 0.2}, {"strength": 0.4}]}}
    with pytest.raises(AddressError, match=r"has 2 settings; name one, such as levers\.coaching\[0\]"):
        resolve_address(plain, parse_address("levers.coaching.strength"))
    assert resolve_address(plain, parse_address("levers.coaching[1].strength")) == [
        ("levers", "coaching", 1, "strength")
    ]
    with pytest.raises(AddressError, match=r"levers\.coaching has 2 entries, counted from 0"):
        resolve_address(plain, parse_address("levers.coaching[2].strength"))


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a[b]", "a[-1]", "[0]"])
def test_a_bad_address_is_refused(text):
    with pytest.raises(AddressError, match="must be names joined by dots"):
        parse_address(text)


@pytest.mark.unit
def test_a_value_that_is_not_valid_there_is_refused():
    with pytest.raises(ValueError, match="less than or equal to 1"):
        with_values(FULL, {"levers.coaching.strength": 2})


@pytest.mark.unit
@pytest.mark.parametrize("number", [np.int64(0), np.float32(0.25), np.float64(0.2)])
def test_a_number_of_numpy_is_set_as_its_value(number):
    assert with_values(FULL, {"parameters.exposure": number}).parameters.exposure == float(number)
