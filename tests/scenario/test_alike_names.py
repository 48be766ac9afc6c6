"""Names of organisations, programmes and compared scenarios that readers cannot distinguish are refused."""

import pytest

from simulation import load_scenario, run_comparison
from simulation.scenario.alike_names import find_alike_names, shapes_of
from tests.surroundings import ROOT

pytestmark = pytest.mark.unit

ALIKE = {
    "the same": ("The trust", "The trust"),
    "capitals": ("The trust", "THE Trust"),
    "spaces": ("The trust", " The \u00a0trust"),
    "a space without width": ("The trust", "The tr\u200bust"),
    "a soft hyphen": ("The trust", "The tr\u00adust"),
    "a variant of a letter": ("The trust", "The trust\ufe0f"),
    "full width": ("The trust", "The tru\uff53t"),
    "an accent apart": ("Caf\u00e9", "Cafe\u0301"),
    "hyphens": ("a-b", "a\u2010b"),
    "a dash": ("a-b", "a\u2013b"),
    "quotes": ("St Mary's", "St Mary\u2019s"),
    "a small Cyrillic letter": ("menu", "m\u0435nu"),
    "a Cyrillic capital": ("Menu", "\u041cenu"),
    "a small Greek letter": ("vote", "\u03bdote"),
    "a Greek capital": ("NHS", "\u039dHS"),
}
DIFFERENT = {"a number": ("Trust 1", "Trust 2"), "an accent": ("Cafe", "Caf\u00e9"), "a letter": ("menu", "many")}


@pytest.mark.parametrize(("first", "second"), ALIKE.values(), ids=ALIKE)
@pytest.mark.parametrize(("section", "field"), [("organisations", "name"), ("programmes", "title")])
def test_entries_with_names_that_look_the_same_are_refused(section, field, first, second):
    (found,) = find_alike_names({section: {"a1": {field: first}, "b2": {field: second}}})
    assert found.path == (section, "b2", field)
    assert f"looks the same as the name of a1, {first!r}; give each" in found.what


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT)
def test_entries_with_other_names_are_not(first, second):
    assert not shapes_of(first) & shapes_of(second)
    assert not [*find_alike_names({"organisations": {"a1": {"name": first}, "b2": {"name": second}}})]


def test_a_name_that_is_the_id_of_another_is_refused_once_for_each():
    entries = {"acute": {"name": "Mental"}, "mental": {"name": "acute"}, "board": {"name": "Board"}}
    found = [*find_alike_names({"organisations": entries})]
    assert [each.path for each in found] == [("organisations", "acute", "name"), ("organisations", "mental", "name")]
    assert {each.what for each in found} == {
        "is the id of another organisation, so it could mean either; give it another name"
    }


def test_an_organisation_without_a_name_has_its_id_as_name():
    (found,) = find_alike_names({"organisations": {"acute": {}, "b2": {"name": "Acute"}}})
    assert found.path == ("organisations", "acute")


@pytest.mark.parametrize(("first", "second"), [("a", "A"), ("ab", "a\u200bb"), ("menu", "m\u0435nu")])
def test_scenarios_compared_in_memory_are_held_to_the_same_rule(first, second):
    place = load_scenario(ROOT / "scenarios" / "two-trusts.yaml")
    with pytest.raises(ValueError, match=r"cannot be distinguished from .* in charts and tables; give it another"):
        run_comparison({first: place, second: place}, replicates=1, seed=1)
