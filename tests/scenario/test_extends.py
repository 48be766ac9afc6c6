"""`extends`: what is merged by place, what is taken whole, what null removes, and how chains can go wrong."""

from pathlib import Path

import pytest

from simulation.scenario.loading import find_problems, load_scenario
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

NO_CHANGE = "is empty, which changes nothing; write null to remove all of it, or leave the line out"


def complaints_of(path: Path) -> list[str]:
    return [str(problem).replace(f"{path.parent}/", "") for problem in find_problems(path)]


def test_a_file_may_give_only_the_differences(write: Write) -> None:
    write(VALID, "base.yaml")
    place = load_scenario(write("extends: base.yaml\ntitle: Another\n", "b.yaml"))
    assert place.title == "Another"
    assert place.months == 24


def test_an_organisation_is_merged_field_by_field(write: Write) -> None:
    write(VALID, "base.yaml")
    place = load_scenario(
        write("extends: base.yaml\norganisations: {meht: {income: 99}, new: {role: provider, income: 1}}\n")
    )
    assert place.organisations["meht"].income == 99
    assert place.organisations["meht"].role == "provider"
    assert set(place.organisations) == {"meht", "btuh", "ccg", "new"}


def test_a_programme_is_merged_field_by_field_but_its_shares_and_activity_are_whole(write: Write) -> None:
    write(VALID, "base.yaml")
    changes = "{shares: {btuh: 0.2, ccg: 0.8}, activity: [{to: btuh, income: 9}]}"
    frailty = load_scenario(write(f"extends: base.yaml\nprogrammes: {{frailty: {changes}}}\n")).programmes["frailty"]
    assert frailty.shares == {"btuh": 0.2, "ccg": 0.8}
    assert [(move.from_, move.to, move.income) for move in frailty.activity] == [(None, "btuh", 9)]
    assert frailty.value == 3


def test_what_a_programme_saves_can_be_written_in_the_other_form(write: Write) -> None:
    write(VALID, "base.yaml")
    changes = "{value: null, shares: null, saves: {meht: 5, ccg: -1}}"
    place = load_scenario(write(f"extends: base.yaml\nprogrammes: {{frailty: {changes}}}\n"))
    assert place.programmes["frailty"].paper_value == 4
    assert complaints_of(write("extends: base.yaml\nprogrammes: {frailty: {saves: {meht: 5, ccg: -1}}}\n")) == [
        "a.yaml:2:31: programmes.frailty.saves: replaces value and shares; remove it, or value and shares"
    ]


def test_a_contract_is_merged_field_by_field(write: Write) -> None:
    write(VALID, "base.yaml")
    changes = "{deal: {payment: shared}, new: {commissioner: ccg, provider: btuh, amount: 5}}"
    place = load_scenario(write(f"extends: base.yaml\ncontracts: {changes}\n"))
    assert place.payment_of("deal") == "shared"
    assert (place.contracts["deal"].amount, place.contracts["new"].amount) == (200, 5)


def test_a_dated_path_is_whole(write: Write) -> None:
    write(VALID, "base.yaml")
    place = load_scenario(write("extends: base.yaml\ndo_nothing: {2017-01: 5}\n"))
    assert place.do_nothing == {"2017-01": 5}


def test_skills_are_whole(write: Write) -> None:
    write(VALID.replace("income: 300}", "income: 300, skills: {general: 0.2, other: 0.3}}"), "base.yaml")
    place = load_scenario(write("extends: base.yaml\norganisations: {meht: {skills: {general: 0.9}}}\n"))
    assert place.organisations["meht"].skills == {"general": 0.9}


def test_levers_are_merged_by_name_and_a_levers_settings_are_whole(write: Write) -> None:
    write(VALID.replace("{strength: 0.5}", "{strength: 0.5, ramp: 3}"), "base.yaml")
    place = load_scenario(
        write("extends: base.yaml\nlevers: {coaching: [{strength: 0.1}, {strength: 0.2}], gain_share: {strength: 1}}\n")
    )
    assert [setting.strength for setting in place.levers["coaching"]] == [0.1, 0.2]
    assert place.levers["coaching"][0].ramp == 1
    assert "gain_share" in place.levers


def test_parameters_relationships_and_observed_are_merged_by_name(write: Write) -> None:
    write(VALID + "parameters: {quorum: 0.6, exposure: 0.4}\nobserved: {gap: {2016-04: 9}}\n", "base.yaml")
    text = (
        "extends: base.yaml\nparameters: {quorum: 0.8}\nrelationships: {overrides: [{of: meht, in: ccg, trust: 0.3}]}\n"
    )
    place = load_scenario(write(text))
    assert (place.parameters.quorum, place.parameters.exposure) == (0.8, 0.4)
    assert place.observed is not None
    assert place.observed.gap == {"2016-04": 9}
    assert len(place.relationships.overrides) == 1


def test_a_sourced_number_is_whole(write: Write) -> None:
    write(VALID.replace("income: 300}", "income: {value: 300, source: accounts}}"), "base.yaml")
    place = load_scenario(write("extends: base.yaml\norganisations: {meht: {income: {value: 310, unit: £m}}}\n"))
    assert place.organisations["meht"].income.evidence == ("£m", None, "assumed", None, None)


def test_events_are_whole(write: Write) -> None:
    write(VALID, "base.yaml")
    place = load_scenario(write("extends: base.yaml\nevents: []\n"))
    assert place.events == ()


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("organisations: {btuh: null}\nprogrammes: {surgery: null}", ("organisations", "btuh")),
        ("contracts: {deal: null}", ("contracts", "deal")),
        ("contracts: null", ("contracts", "deal")),
        ("programmes: {frailty: {activity: null}}", ("programmes", "frailty", "activity")),
        ("levers: {coaching: null}", ("levers", "coaching")),
        ("levers: null", ("levers", "coaching")),
        ("parameters: {quorum: null}", ("parameters", "quorum")),
        ("organisations: {meht: {name: null}}", ("organisations", "meht", "name")),
        ("description: ~", ("description",)),
    ],
)
def test_null_removes(write: Write, text: str, gone: tuple[str, ...]) -> None:
    base = VALID.replace("income: 300}", "income: 300, name: A}") + "parameters: {quorum: 0.6}\ndescription: D\n"
    write(base, "base.yaml")
    data = load_scenario(write(f"extends: base.yaml\n{text}\n")).model_dump(exclude_unset=True, exclude_none=True)
    for part in gone[:-1]:
        data = data.get(part, {})
    assert gone[-1] not in data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "organisations: {mehtt: null}",
            "a.yaml:2:24: organisations.mehtt: nothing to remove: the file that this one extends does not have it;"
            " did you mean meht?",
        ),
        (
            "levers: {coachng: null}",
            "a.yaml:2:19: levers.coachng: nothing to remove: the file that this one extends does not have it;"
            " did you mean coaching?",
        ),
        (
            "organisations: {meht: {sector: null}}",
            "a.yaml:2:32: organisations.meht.sector: nothing to remove:"
            " the file that this one extends does not have it",
        ),
        (
            "plan: null",
            "a.yaml:2:7: plan: nothing to remove: the file that this one extends does not have it",
        ),
        (
            "programmes: {frailty: {shares: {meht: null, ccg: 1}}}",
            "a.yaml:2:39: programmes.frailty.shares.meht: has no value; give one, or leave the line out",
        ),
        (
            "contracts: {deel: null}",
            "a.yaml:2:19: contracts.deel: nothing to remove: the file that this one extends does not have it;"
            " did you mean deal?",
        ),
        (
            "levers: {coaching: {strength: 0.5, cost: null}}",
            "a.yaml:2:42: levers.coaching.cost: has no value; give one, or leave the line out",
        ),
        ("levers: {}", f"a.yaml:2:9: levers: {NO_CHANGE}"),
        ("programmes: {frailty: {}}", f"a.yaml:2:23: programmes.frailty: {NO_CHANGE}"),
        ("events: [null]", "a.yaml:2:10: events[0]: has no value; give one, or leave the line out"),
        ("title: null", "a.yaml:2:1: title: is missing"),
    ],
)
def test_null_with_nothing_to_remove(write: Write, text: str, said: str) -> None:
    write(VALID, "base.yaml")
    assert complaints_of(write(f"extends: base.yaml\n{text}\n")) == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("months: 24", "months:", "a.yaml:3:8: months: has no value; give one, or leave the line out"),
        (
            "income: 300}",
            "income: 300, name: }",
            "a.yaml:7:45: organisations.meht.name: has no value; give one, or leave the line out",
        ),
        (
            "  meht: {role: provider, income: 300}",
            "  meht:",
            "a.yaml:7:8: organisations.meht: has no value; give one, or leave the line out",
        ),
    ],
)
def test_null_in_a_file_that_extends_nothing(complaints: Complaints, old: str, new: str, said: str) -> None:
    assert complaints(VALID.replace(old, new)) == [said]


def test_an_error_in_an_inherited_value_names_the_base(write: Write) -> None:
    write(VALID.replace("income: 300", "income: -3"), "base.yaml")
    assert complaints_of(write("extends: base.yaml\ntitle: B\n", "b.yaml")) == [
        "base.yaml:7:34: organisations.meht.income: must be more than 0 (given: -3)"
    ]


def test_mistakes_in_both_files_are_reported_at_once(write: Write) -> None:
    write(VALID.replace("income: 300", "income: -3"), "base.yaml")
    said = complaints_of(
        write("extends: base.yaml\ntitle: 3\nprogrammes: {frailty: {shares: {meht: 1, cgc: 1}}}\n", "b.yaml")
    )
    assert said == [
        "b.yaml:2:8: title: must be text; put it in quotes (given: 3)",
        "b.yaml:3:32: programmes.frailty.shares: shares must add up to 1 (given: they add up to 2)",
        'b.yaml:3:42: programmes.frailty.shares.cgc: unknown organisation (given: "cgc"); did you mean ccg?',
        "base.yaml:7:34: organisations.meht.income: must be more than 0 (given: -3)",
    ]


def test_a_contradiction_is_reported_where_it_arises(write: Write) -> None:
    write(VALID, "base.yaml")
    assert complaints_of(write("extends: base.yaml\norganisations: {btuh: null}\n", "b.yaml")) == [
        'base.yaml:14:43: programmes.surgery.shares.btuh: unknown organisation (given: "btuh")'
    ]


def test_chains_and_folders(write: Write) -> None:
    write(VALID, "base.yaml")
    write("extends: ../base.yaml\nmonths: 30\n", "variants/long.yaml")
    place = load_scenario(write("extends: long.yaml\ntitle: C\n", "variants/c.yaml"))
    assert (place.title, place.months) == ("C", 30)


def test_a_base_in_another_folder_is_named_from_where_one_stands(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(VALID.replace("months: 24", "months: 0"), "base.yaml")
    write("extends: ../base.yaml\n", "variants/c.yaml")
    monkeypatch.chdir(tmp_path)
    said = [str(problem) for problem in find_problems("variants/c.yaml")]
    assert said == ["base.yaml:3:9: months: must be at least 1 (given: 0)"]


def test_a_circle_is_refused_with_its_chain(write: Write) -> None:
    write("extends: b.yaml\ntitle: A\n", "a.yaml")
    write("extends: c.yaml\ntitle: B\n", "b.yaml")
    said = complaints_of(write("extends: a.yaml\ntitle: C\n", "c.yaml"))
    assert said == [
        "b.yaml:1:10: extends: files must not extend one another in a circle: c.yaml → a.yaml → b.yaml → c.yaml"
    ]


def test_a_file_that_extends_itself(complaints: Complaints) -> None:
    assert complaints("extends: ./a.yaml\n") == [
        "a.yaml:1:10: extends: files must not extend one another in a circle: a.yaml → a.yaml"
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("bse.yaml", "no such file (paths start at this file's folder) (given: bse.yaml); did you mean base.yaml?"),
        ("folder", "is a folder, not a scenario file (given: folder)"),
        ("3", "must be the path of a scenario file (given: 3)"),
        ("", "must be the path of a scenario file (given: nothing)"),
        ("[base.yaml]", "must be the path of a scenario file (given: a list)"),
        ('"a\\0b"', 'no such file (paths start at this file\'s folder) (given: "a\\u0000b")'),
    ],
)
def test_a_missing_base_is_reported(write: Write, tmp_path: Path, written: str, said: str) -> None:
    write(VALID, "base.yaml")
    (tmp_path / "folder").mkdir()
    column = 10 if written else 9
    assert complaints_of(write(f"extends: {written}\n")) == [f"a.yaml:1:{column}: extends: {said}"]


def test_missing_fields_are_not_reported_if_the_base_is_missing(write: Write) -> None:
    text = "extends: nowhere.yaml\norganisations: {meht: {income: -1}, btuh: null}\n"
    text += "levers: {gain_share: {strength: 1, only: [frailty]}}\n"
    assert complaints_of(write(text)) == [
        "a.yaml:1:10: extends: no such file (paths start at this file's folder) (given: nowhere.yaml)",
        "a.yaml:2:32: organisations.meht.income: must be more than 0 (given: -1)",
    ]


def test_a_base_that_cannot_be_read(write: Write) -> None:
    write("a: [1", "base.yaml")
    assert complaints_of(write("extends: base.yaml\ntitle: A\n")) == [
        "base.yaml:1:4: is not valid YAML: a list in [ ] is not closed, or a comma is missing"
    ]


THREE_DEALS = """
  deal: {commissioner: ccg, provider: meht, amount: 200, payment: tariff, title: Acute}
  home: {commissioner: ccg, provider: btuh, amount: 10}
"""


def test_a_star_stands_for_every_contract_that_the_other_file_has(write: Write) -> None:
    write(VALID.replace(VALID[VALID.index("  deal:") : VALID.index("programmes:")], THREE_DEALS[1:]), "base.yaml")
    changes = '{"*": {payment: block, title: null}, home: {payment: shared}}'
    place = load_scenario(write(f"extends: base.yaml\ncontracts: {changes}\norganisations: {{'*': {{income: 300}}}}\n"))
    assert [place.payment_of(each) for each in ("deal", "home")] == ["block", "shared"]
    assert place.contracts["deal"].title is None
    assert {float(each.income) for each in place.organisations.values()} == {300.0}


def test_a_star_has_no_effect_where_there_is_none_and_null_removes_all(write: Write) -> None:
    write(VALID, "base.yaml")
    write("extends: base.yaml\ncontracts: {'*': null}\n", "b.yaml")
    assert load_scenario(write("extends: b.yaml\ncontracts: {'*': {payment: block}}\n")).contracts == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "programmes: {'*': {valu: 3, milestones: 0}}",
            [
                "a.yaml:2:20: programmes.*.valu: unknown field; did you mean value?",
                "a.yaml:2:41: programmes.*.milestones: must be at least 1 (given: 0)",
            ],
        ),
        ("contracts: {'*': 4}", ["a.yaml:2:18: contracts.*: must be a mapping of names to values (given: 4)"]),
        (
            "contracts: {'*': {}}",
            [
                "a.yaml:2:18: contracts.*: is empty, which changes nothing; say what changes in each, or leave the "
                "line out"
            ],
        ),
        (
            "organisations: {'*': {incme: null}}",
            [
                "a.yaml:2:30: organisations.*.incme: nothing to remove: none of them has it; did you mean income?",
            ],
        ),
        (
            "organisations: {'*': {skills: {elderly: }}}",
            ["a.yaml:2:41: organisations.*.skills.elderly: has no value; give one, or leave the line out"],
        ),
        (
            "levers: {'*': {from: 2016-12}}",
            [
                "a.yaml:2:10: levers.*: `*` stands for organisations, contracts and programmes only; name each lever "
                "and give its whole setting"
            ],
        ),
    ],
)
def test_a_mistake_in_what_a_star_says_is_reported_once(text: str, expected: list[str], write: Write) -> None:
    write(VALID, "base.yaml")
    assert complaints_of(write(f"extends: base.yaml\n{text}\n")) == expected


def test_a_star_in_a_file_that_extends_none_is_a_name_like_any_other(write: Write) -> None:
    assert any("letters, digits, - and _" in each for each in complaints_of(write(VALID.replace("deal:", "'*':"))))
