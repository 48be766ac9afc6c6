"""Many systems of one shape: valid, sparse, tied by organisations that belong to two, and the same every time."""

from itertools import permutations
from pathlib import Path

import pytest

from simulation.levers import Lever
from simulation.scenario.entries import Setting
from simulation.scenario.loading import find_problems, load_scenario
from simulation.scenario.replicate_systems import describe_replicate_systems, replicate_systems
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers
from simulation.scenario.writing import scenario_to_yaml
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def reference() -> Scenario:
    return load_scenario(SCENARIOS / "mid-south-essex.yaml")


@pytest.fixture(scope="module")
def three(reference: Scenario) -> Scenario:
    return replicate_systems(reference, 3, title="Three")


def file_of(shape: Scenario, systems: int) -> str:
    place = replicate_systems(shape, systems, title="Many")
    return describe_replicate_systems(shape, systems) + scenario_to_yaml(place, schema=None)


def relationships_of(place: Scenario) -> set[tuple[str, str]]:
    return {pair for entry in place.opportunities.values() for pair in permutations(entry.participants, 2)}


def systems_of(organisation: str) -> set[int]:
    """Return the systems that an id stands for: `s03-x` is in 3, `s01_s04-x` in 1 to 4."""
    marks = [int(mark.removeprefix("s")) for mark in organisation.split("-", maxsplit=1)[0].split("_")]
    return set(range(marks[0], marks[-1] + 1))


def test_the_file_is_valid_and_loads_back_equal(reference: Scenario, three: Scenario, write: Write) -> None:
    path = write(describe_replicate_systems(reference, 3) + scenario_to_yaml(three, schema=None))
    assert find_problems(path) == []
    assert load_scenario(path) == three


def test_the_same_number_of_systems_gives_the_same_text(reference: Scenario) -> None:
    assert file_of(reference, 5) == file_of(reference, 5)
    assert file_of(reference, 5) != file_of(reference, 6)


def test_as_many_as_england_has(reference: Scenario) -> None:
    england = replicate_systems(reference, 42, title="England")
    assert len(england.organisations) == 455
    assert len(england.programmes) == 42 * 22
    assert len(england.contracts) == 778  # 840 less those of two who meet in two systems
    assert len(relationships_of(england)) == 7840
    comment = describe_replicate_systems(reference, 42)
    assert "# In all 455 organisations, 155 of them in two systems or more; 924 programmes;\n" in comment
    assert "#   778 contracts; and 7,840 relationships (" in comment
    assert "It describes no real system" in comment
    assert all(line.startswith("#") for line in comment.rstrip().splitlines())


def test_size_grows_with_the_number_of_systems_and_not_with_its_square(reference: Scenario) -> None:
    places = [replicate_systems(reference, systems, title="Many") for systems in (4, 8, 12, 16)]
    for count in (
        [len(place.organisations) for place in places],
        [len(relationships_of(place)) for place in places],
        [len(place.opportunities) for place in places],
    ):
        assert count[1] - count[0] == count[2] - count[1] == count[3] - count[2] > 0
    assert len(relationships_of(places[3])) / 16 == pytest.approx(len(relationships_of(reference)), rel=0.06)


def part_of(organisation: str | None) -> str | None:
    """Return the organisation of the shape whose part an organisation plays."""
    return organisation and organisation.split("-", 1)[1]


def test_each_system_has_the_programmes_of_the_shape(reference: Scenario, three: Scenario) -> None:
    for mark in ("s01", "s02", "s03"):
        for name, entry in reference.programmes.items():
            made = three.programmes[f"{mark}-{name}"]
            assert {part_of(who): share for who, share in (made.shares or {}).items()} == entry.shares
            assert [(part_of(move.from_), part_of(move.to)) for move in made.activity] == [
                (move.from_, move.to) for move in entry.activity
            ]
            assert (made.domain, made.milestones, made.from_, made.benefit) == (
                entry.domain, entry.milestones, entry.from_, entry.benefit,
            )  # fmt: skip


def test_two_that_work_in_several_systems_have_one_contract(reference: Scenario, three: Scenario) -> None:
    pairs = [contract.participants for contract in three.contracts.values()]
    assert len(set(pairs)) == len(pairs)
    for name, entry in reference.contracts.items():
        made = {each: contract for each, contract in three.contracts.items() if part_of(each) == name}
        assert {part_of(contract.provider) for contract in made.values()} == {entry.provider}
        assert {three.payment_of(each) for each in made} == {reference.payment_of(name)}
        assert sum(contract.amount for contract in made.values()) == pytest.approx(3 * entry.amount)
    joined = three.contracts["s02-contract_castle_point_rochford_eput"]
    assert joined.participants == ("s02_s03-castle_point_rochford_ccg", "s02_s03-eput")
    assert joined.amount == 100  # 50 x (0.9 + 1.1)
    assert "s03-contract_castle_point_rochford_eput" not in three.contracts


def test_a_lever_on_a_contract_names_each_of_its_contracts_once(reference: Scenario) -> None:
    name = "contract_castle_point_rochford_eput"
    reform = with_levers(reference, payment_reform=Setting(strength=1, only=(name,)))
    (setting,) = replicate_systems(reform, 3, title="Three").levers[Lever.PAYMENT_REFORM]
    assert setting.only == (f"s01-{name}", f"s02-{name}")


def test_only_organisations_in_two_systems_link_systems(three: Scenario) -> None:
    assert {of for of in three.organisations if len(systems_of(of)) > 1} == {
        "s01_s02-btuh", "s01_s02-nelft", "s01_s02-southend_council", "s01_s02-thurrock_ccg",
        "s02_s03-castle_point_rochford_ccg", "s02_s03-eput", "s02_s03-provide", "s01_s03-eeast",
    }  # fmt: skip
    pairs = relationships_of(three)
    assert {("s01-meht", "s01_s02-btuh"), ("s02-meht", "s01_s02-btuh"), ("s02-meht", "s02_s03-eput")} <= pairs
    assert all(systems_of(of) & systems_of(trusted) for of, trusted in pairs)


@pytest.mark.parametrize("systems", [2, 3, 9, 42])
def test_trust_can_travel_from_the_first_system_to_the_last(reference: Scenario, systems: int) -> None:
    place = replicate_systems(reference, systems, title="Many")
    reached = {1}
    for organisation in sorted(place.organisations, key=lambda each: min(systems_of(each))):
        if systems_of(organisation) & reached:
            reached |= systems_of(organisation)
    assert reached == set(range(1, systems + 1))


def test_names_give_the_system_and_the_kind_and_nobody_real(three: Scenario) -> None:
    assert three.organisations["s02-meht"].name == "System 2 · acute 1"
    assert three.organisations["s01_s02-btuh"].name == "Systems 1 and 2 · acute 2"
    assert three.organisations["s01_s03-eeast"].name == "Systems 1 to 3 · ambulance"
    assert three.programmes["s03-frailty_mid"].title == "System 3 · frailty mid"
    contract = three.contracts["s03-contract_mid_essex_meht"]
    assert contract.title == "System 3 · contract of commissioning 1 and acute 1"
    assert "Essex" not in scenario_to_yaml(three)


def test_systems_differ_in_size_and_the_shared_are_the_sum_of_their_parts(three: Scenario) -> None:
    assert [three.organisations[f"{mark}-meht"].income for mark in ("s01", "s02", "s03")] == [275, 247.5, 302.5]
    assert three.organisations["s01_s02-btuh"].income == 547.2  # 288 x (1 + 0.9)
    assert three.organisations["s01_s03-eeast"].efficiency_pool == 6.6  # 2.2 x (1 + 0.9 + 1.1)
    assert [three.programmes[f"{mark}-medicines"].value for mark in ("s01", "s02", "s03")] == [7.6, 8.4, 6.8]
    assert three.programmes["s01-medicines"].reach == 22325  # 23,500 x 0.95
    assert [move.income for move in three.programmes["s03-frailty_mid"].activity] == [6.8]  # 8 x 0.85
    amounts = [three.contracts[f"{mark}-contract_mid_essex_meht"].amount for mark in ("s01", "s02", "s03")]
    assert amounts == [220, 198, 242]


def test_seven_systems_add_up_to_seven_times_the_shape(reference: Scenario) -> None:
    seven = replicate_systems(reference, 7, title="Seven")
    assert seven.population == 7 * reference.population
    assert seven.do_nothing == {month: 7 * gap for month, gap in reference.do_nothing.items()}
    for total in ("income", "deficit_share", "efficiency_pool"):
        of_one = sum(getattr(entry, total) for entry in reference.organisations.values())
        assert sum(getattr(entry, total) for entry in seven.organisations.values()) == pytest.approx(7 * of_one)
    values = [sum(entry.paper_value for entry in place.programmes.values()) for place in (reference, seven)]
    assert values[1] == pytest.approx(7 * values[0])
    nets = [sum(place.net_incomes().values()) for place in (reference, seven)]
    assert nets[1] == pytest.approx(7 * nets[0])
    parts = seven.deficit_shares()
    assert sum(parts.values()) == pytest.approx(1)
    assert parts["s01-meht"] == pytest.approx(reference.deficit_shares()["meht"] / 7)


def test_levers_events_and_parameters_are_those_of_the_shape(write: Write) -> None:
    more = (
        "levers:\n"
        "  coaching: [{strength: 0.5, cost: 2, only: [btuh, ccg]}, {strength: 0.1}]\n"
        "  celebration: {strength: 1, from: 2016-05, only: [frailty, deal]}\n"
        "events:\n"
        "  - {event: breach, month: 2016-05, organisation: btuh, size: 0.5}\n"
        "  - {event: cost_shock, month: 2016-06, size: 4}\n"
        "  - {event: grip_shock, size: 0.2, until: 2017-04, only: [btuh]}\n"
        "  - {event: grip_shock, size: 0.3}\n"
        "parameters: {loss_ratio: {value: 3, source: a study}}\n"
        "plan: {2016-04: 10, 2018-03: 2}\n"
        "target: 1\n"
        "relationships: {overrides: [{of: meht, in: ccg, trust: 0.7}, {of: btuh, in: meht, trust: 0.3}]}\n"
        "observed: {gap: {2016-10: 12}}\n"
    )
    place = replicate_systems(load_scenario(write(VALID.split("levers:")[0] + more)), 3, title="Three")
    first, second = place.levers["coaching"]
    assert first.only == ("s01_s02-btuh", "s03-btuh", "s01-ccg", "s02-ccg", "s03-ccg")
    assert (first.strength, first.cost, second.strength, second.only) == (0.5, 6, 0.1, None)
    assert place.levers["celebration"][0].only == (
        "s01-frailty", "s02-frailty", "s03-frailty", "s01-deal", "s02-deal", "s03-deal",
    )  # fmt: skip
    said = [event.model_dump(exclude_unset=True, by_alias=True) for event in place.events]
    assert [(event["event"], event.get("organisation") or event.get("only"), event["size"]) for event in said] == [
        ("breach", "s01_s02-btuh", 0.5), ("breach", "s03-btuh", 0.5), ("cost_shock", None, 12),
        ("grip_shock", ("s01_s02-btuh", "s03-btuh"), 0.2), ("grip_shock", None, 0.3),
    ]  # fmt: skip
    assert (place.parameters.loss_ratio, place.parameters.loss_ratio.evidence.source) == (3, "a study")
    assert (place.plan, place.target, place.observed) == ({"2016-04": 30, "2018-03": 6}, 3, None)
    assert [(each.of, each.in_, each.trust) for each in place.relationships.overrides] == [
        ("s01-meht", "s01-ccg", 0.7), ("s01_s02-btuh", "s01-meht", 0.3), ("s02-meht", "s02-ccg", 0.7),
        ("s01_s02-btuh", "s02-meht", 0.3), ("s03-meht", "s03-ccg", 0.7), ("s03-btuh", "s03-meht", 0.3),
    ]  # fmt: skip


def test_an_opening_trust_of_two_that_share_two_systems_is_written_once(write: Write) -> None:
    shape = VALID.replace("role: provider,", "role: provider, sector: community,") + (
        "relationships: {overrides: [{of: meht, in: btuh, trust: 0.7}]}\n"
    )
    place = replicate_systems(load_scenario(write(shape)), 4, title="Four")
    assert [(each.of, each.in_) for each in place.relationships.overrides] == [
        ("s01_s02-meht", "s01-btuh"), ("s01_s02-meht", "s02_s03-btuh"),
        ("s03_s04-meht", "s02_s03-btuh"), ("s03_s04-meht", "s04-btuh"),
    ]  # fmt: skip
    one_pair = load_scenario(
        write(shape.replace("  ccg: {role: commissioner,", "  ccg: {role: commissioner, sector: ambulance,"))
    )
    again = one_pair.model_dump(mode="json", by_alias=True, exclude_unset=True)
    again["relationships"] = {"overrides": [{"of": "meht", "in": "ccg", "trust": 0.7}]}
    made = replicate_systems(Scenario.model_validate(again), 4, title="Four")
    assert [(each.of, each.in_) for each in made.relationships.overrides] == [
        ("s01_s02-meht", "s01_s04-ccg"), ("s03_s04-meht", "s01_s04-ccg"),
    ]  # fmt: skip


def test_a_shape_without_equal_sectors_is_still_linked() -> None:
    place = replicate_systems(load_scenario(SCENARIOS / "two-trusts.yaml"), 2, title="Two")
    assert set(place.organisations) == {"s01-commissioner", "s02-commissioner", "s01_s02-hospital"}


def test_ids_are_distinct_for_a_hundred_systems(reference: Scenario) -> None:
    hundred = replicate_systems(reference, 100, title="Hundred")
    assert {"s001-meht", "s100-meht", "s001_s002-btuh"} <= set(hundred.organisations)


def test_ids_never_meet(write: Write) -> None:
    shape = load_scenario(write(VALID.replace("meht", "s02-btuh")))
    assert set(replicate_systems(shape, 2, title="Two").organisations) == {
        "s01-s02-btuh", "s02-s02-btuh", "s01_s02-btuh", "s01-ccg", "s02-ccg",
    }  # fmt: skip


@pytest.mark.parametrize("systems", [-1, 0, 1, 101])
def test_too_few_or_too_many_are_refused(reference: Scenario, systems: int) -> None:
    with pytest.raises(ValueError, match=rf"^systems must be from 2 to 100 \(given: {systems}\)$"):
        replicate_systems(reference, systems, title="No")


def test_more_than_a_file_may_hold_is_refused(reference: Scenario) -> None:
    ten = replicate_systems(reference, 10, title="Ten")
    expected = r"^100 systems of the shape of Ten hold [0-9,]+ values; a scenario file may hold 200,000$"
    with pytest.raises(ValueError, match=expected):
        replicate_systems(ten, 100, title="A thousand")


def test_a_title_that_no_comment_could_hold_does_not_break_the_file(write: Write) -> None:
    shape = load_scenario(write(VALID.replace("A small place", '"a\\nb\\a: c"')))
    assert load_scenario(write(file_of(shape, 2), "b.yaml")).title == "Many"


def test_savings_in_place_of_shares_are_scaled(write: Write) -> None:
    text = VALID.replace(
        "value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: {value: 5, source: costing}, ccg: -1}"
    )
    two = replicate_systems(load_scenario(write(text)), 2, title="Two")
    assert two.programmes["s01-frailty"].saves == {"s01-meht": 4.75, "s01-ccg": -0.95}
    assert two.programmes["s02-frailty"].paper_value == pytest.approx(4.2)


def test_a_shape_of_contracts_alone_or_programmes_alone(write: Write) -> None:
    before, rest = VALID.split("contracts:")
    contracts, programmes = rest.split("programmes:")
    assert list(
        replicate_systems(load_scenario(write(f"{before}contracts:{contracts}")), 2, title="Two").contracts
    ) == [
        "s01-deal",
        "s02-deal",
    ]
    two = replicate_systems(load_scenario(write(f"{before}programmes:{programmes}")), 2, title="Two")
    assert (len(two.contracts), len(two.programmes)) == (0, 4)
