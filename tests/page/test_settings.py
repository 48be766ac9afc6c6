"""Settings of the page give the calendar, the parameters and the scenario that Python makes of the same."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from simulation.model.ensemble.packing import pack_calendar
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.scenario.loading import load_scenario
from tests.page.node import SCRIPT, call, call_with_engine, needs_node
from tests.page.random_settings import random_settings
from tests.places import SCENARIOS, SHIPPED, random_place

pytestmark = [pytest.mark.parity]

MADE_UP = range(12)
SETTINGS_EACH = 9


def write_made_up(folder: Path, seed: int) -> Path:
    """Write a made-up place as a scenario file."""
    path = folder / f"place-{seed}.yaml"
    path.write_text(yaml.safe_dump(random_place(seed), sort_keys=False), encoding="utf-8")
    return path


def data_of(path: Path) -> dict[str, Any]:
    """The page's data of a scenario file."""
    return place_data(load_scenario(path), path, date="2026-11-28")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The shipped scenarios, copied, and some made-up places."""
    folder = tmp_path_factory.mktemp("places")
    shipped = []
    for name in SHIPPED:
        shipped.append(folder / name)
        shipped[-1].write_bytes((SCENARIOS / name).read_bytes())
    return [*shipped, *(write_made_up(folder, seed) for seed in MADE_UP)]


def properties_of(typedef: str) -> set[str]:
    """The names of the properties of a type in types.js."""
    text = (SCRIPT / "types.js").read_text(encoding="utf-8")
    (block,) = (each for each in text.split("/**") if f"@typedef {{object}} {typedef}\n" in each)
    return set(re.findall(r"@property \{.*\} \[?(\w+)\]?", block))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_data_of_a_place_is_plain_and_complete(name):
    data = data_of(SCENARIOS / name)
    assert json.loads(json.dumps(data, allow_nan=False)) == json.loads(json.dumps(data))
    assert set(data) == properties_of("PlaceData") - {"packed", "digest", "digest_of"}
    for field, typedef in {"levers": "Lever", "parameters": "Parameter", "organisations": "Organisation",
                           "opportunities": "Opportunity", "years": "Year"}.items():  # fmt: skip
        assert {frozenset(each) for each in data[field]} == {frozenset(properties_of(typedef))}
    assert all(set(use) == properties_of("LeverUse") for lever in data["levers"] for use in lever["uses"])
    assert all(set(event) <= properties_of("PlaceEvent") for event in data["events"])
    assert set(data["payment"]) == properties_of("Payment")
    assert all(set(each) == properties_of("Transfer") for each in data["payment"]["transfers"])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_axes_of_the_data_are_those_of_the_model(name):
    data, system = data_of(SCENARIOS / name), build_system(load_scenario(SCENARIOS / name))
    assert [each["id"] for each in data["organisations"]] == list(system.axes.organisations)
    assert data["relationships"] == np.column_stack([system.trusting, system.trusted]).tolist()
    members = [o for each in data["opportunities"] for o in each["participants"]]
    assert members == system.member.tolist()
    assert len(data["payment"]["cost_share"]) == len(data["payment"]["side"]) == len(members)
    assert [row["value"] for row in data["parameters"]] == list(system.parameters)


def differing(calendar: dict[str, Any], packed: Any) -> Iterator[str]:
    """Yield the fields whose bits differ between the page's calendar and the kernel's."""
    for name in ("months", "organisations", "opportunities", "breaches"):
        records = getattr(packed, name)
        assert set(calendar[name]) == set(records.dtype.names)
        for field in records.dtype.names:
            if calendar[name][field].tobytes() != records[field].astype("<f8").tobytes():
                yield f"{name}.{field}"
    if calendar["shares"].tobytes() != packed.shares.tobytes():
        yield "shares"


@needs_node
def test_random_settings_give_the_calendar_and_the_scenario_of_python(files):
    cases = []
    for number, path in enumerate(files):
        place = data_of(path)
        cases += [(path, place, random_settings(place, 100 * number + each)) for each in range(SETTINGS_EACH)]
    assert len(cases) >= 120
    found = call_with_engine("settings_given.mjs", [("given", place, settings) for _, place, settings in cases])
    for number, ((path, place, settings), each) in enumerate(zip(cases, found, strict=True)):
        saved = path.with_name(f"saved-{number}.yaml")
        saved.write_text(each["text"], encoding="utf-8")
        system = build_system(load_scenario(saved))
        assert list(differing(each["calendar"], pack_calendar(system))) == [], (path.name, settings)
        assert each["parameters"] == list(system.parameters), (path.name, settings)
        assert place["title"] in system.scenario.title


NOTHING = {"levers": {}, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}


def lifted() -> dict[str, Any]:
    """A place in which an instruction ends before the last month."""
    return data_of(SCENARIOS / "mid-south-essex-partnership-instruction-lifted.yaml")


@needs_node
def test_what_is_put_back_counts_as_not_set():
    place = lifted()
    (coaching,) = next(each["uses"] for each in place["levers"] if each["name"] == "coaching")
    (quorum,) = (each["value"] for each in place["parameters"] if each["name"] == "quorum")
    moved, as_before = call(
        "settings.js",
        [
            ("withLever", place, NOTHING, "coaching", {"strength": 0.95}),
            ("withLever", place, NOTHING, "coaching", {"strength": coaching["strength"]}),
        ],
    )
    assert moved["levers"]["coaching"] == {each: coaching[each] for each in moved["levers"]["coaching"]} | {
        "strength": 0.95
    }
    assert as_before == NOTHING
    assert call("settings.js", [("withParameter", place, moved, "quorum", quorum)]) == [moved]
    assert call("settings.js", [("withoutLever", moved, "coaching")]) == [NOTHING]


@needs_node
@pytest.mark.parametrize("start", ["none", "partnership", "instruction"])
@pytest.mark.parametrize("name", ["as-it-happened", "partnership-instruction-lifted"])
def test_a_starting_place_uses_levers_in_full_whatever_the_file_limits_them_to(name, start):
    """As the story does: from the first month to the last, on all that they can act on."""
    place = data_of(SCENARIOS / f"mid-south-essex-{name}.yaml")
    assert any(use["only"] or use["from"] or use["until"] for each in place["levers"] for use in each["uses"])
    moved = NOTHING | {"parameters": {"quorum": 0.5}}
    (settings,) = call("starting_places.js", [("startingFrom", place, moved, start)])
    assert settings["parameters"] == {"quorum": 0.5}
    used = call("settings.js", [("leverUses", place, settings, each["name"]) for each in place["levers"]])
    for lever, uses in zip(place["levers"], used, strict=True):
        in_full = start != "none" and (lever["name"] == "top_down_instruction") == (start == "instruction")
        assert [{part: each[part] for part in ("strength", "from", "until", "only")} for each in uses] == (
            [{"strength": 1, "from": None, "until": None, "only": None}] if in_full else []
        )


@needs_node
def test_a_lever_that_ends_in_the_file_still_ends_when_it_is_moved():
    """It has no end any more if its start is moved past it."""
    place = lifted()
    (use,) = next(each["uses"] for each in place["levers"] if each["name"] == "top_down_instruction")
    assert use["until"] is not None
    starts = (None, use["until"])
    settings = [NOTHING | {"levers": {"top_down_instruction": {"strength": 0.3, "from": each}}} for each in starts]
    found = call("settings.js", [("leverSetting", place, each, "top_down_instruction") for each in settings])
    assert [each["until"] for each in found] == [use["until"], None]
