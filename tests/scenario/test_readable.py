"""A file with mistakes is reported with the sizes in it that are hardly meant, as far as it can be read."""

from pathlib import Path

import pytest

from simulation.scenario.loading import find_problems, load_scenario, locate_warnings
from simulation.scenario.oddities import find_oddities
from simulation.scenario.readable import find_sizes_beside_mistakes
from tests.scenario.scenario_files import Write
from tests.scenario.test_oddities import PLAUSIBLE
from tests.scenario.workbook.books import make_book, rows
from tests.scenario.workbook.changes import typed

pytestmark = pytest.mark.unit

IN_POUNDS = (
    "programmes.frailty.value: £900,000m is more than the incomes of those in it, £800m;"
    " write 0.9 if these are pounds: money is in £m"
)


def sizes_after(write: Write, *changes: tuple[str, str]) -> list[str]:
    """Return the warnings about a file with mistakes, in which parts of the plausible scenario are replaced."""
    text = PLAUSIBLE
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is not there once"
        text = text.replace(old, new)
    path = write(text)
    assert find_problems(path)
    return [each.replace("\N{WORD JOINER}", "") for each in find_sizes_beside_mistakes(path)]


POUNDS = ("value: 3, shares: {meht: 0.4", "value: 900000, shares: {meht: 0.4")


@pytest.mark.parametrize(
    "mistake",
    [
        ("title: A small place", "titel: A small place"),
        ("start: 2016-04", "start: 2016-4"),
        ("months: 24", "months: two years"),
        ("population: 600000", "population: 0.6 million"),
        ("do_nothing: {2016-04: 10,", "do_nothing: {2016-04: '10,5',"),
        ("btuh: {role: provider", "btuh: {deficit_share: 1, role: provider"),
        ("ccg: {role: commissioner", "ccg: {role: comissioner"),
        ("income: 310", "income: a lot"),
        ("amount: 200", "amount: 200, block: yes"),
        ("provider: meht", "provider: mehd"),
        ("meht: 0.5, btuh: 0.5", "meht: 50, btuh: 50"),
        ("from: meht, income: 2", "from: meht, income: 2,5"),
        ("coaching: {strength: 0.5}", "couching: {strength: 0.5}"),
        ("month: 2016-05, organisation: meht", "month: 2016-05, organisation: north"),
    ],
)
def test_an_amount_in_pounds_is_reported_beside_a_mistake_elsewhere(write: Write, mistake: tuple[str, str]) -> None:
    assert sizes_after(write, POUNDS, mistake) == [IN_POUNDS]


def test_nothing_is_said_of_sizes_that_are_plausible(write: Write) -> None:
    assert sizes_after(write, ("coaching: {strength: 0.5}", "couching: {strength: 0.5}")) == []
    assert sizes_after(write, ("income: 300", "income: a lot"), ("income: 500", "income: more")) == []


def test_money_in_pounds_throughout_is_seen_where_only_the_organisations_are_read(write: Write) -> None:
    text = """\
title: In pounds
population: 600
organisations:
  a: {role: commissioner, income: 900000}
  b: {role: provider, income: 600000}
opportunities: {x: {kind: programme, value: 2}}
"""
    assert [each.replace("\N{WORD JOINER}", "") for each in find_sizes_beside_mistakes(write(text))] == [
        "organisations: net incomes come to £2,500,000,000 for each of 600 people; £1,500 to £5,000 is usual."
        " If money is in pounds here, write all of it in £m"
    ]


@pytest.mark.parametrize("text", ["", "title: x\n", "- a\n", "title: x\nscenario: a.yaml\nvary: {}\n", "a: [\n"])
def test_a_file_that_is_no_scenario_has_no_sizes(write: Write, text: str) -> None:
    assert find_sizes_beside_mistakes(write(text)) == []


def test_what_is_reported_of_a_valid_file_includes_it(write: Write) -> None:
    path = write(PLAUSIBLE.replace(*POUNDS))
    assert set(find_sizes_beside_mistakes(path)) < set(find_oddities(load_scenario(path)))


def test_in_a_workbook_it_names_the_cell(tmp_path: Path) -> None:
    content = rows()
    content["Place"][0]["People"] = 600_000
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_book(content, typed("Contracts", E4=900_000, F4="tarif")))
    assert find_problems(path)
    found = [each.replace("\N{WORD JOINER}", "") for each in locate_warnings(path, find_sizes_beside_mistakes(path))]
    assert found == [
        "Contracts!E4: deal, Amount: £900,000m is more than the income of ccg, £500m;"
        " write 0.9 if these are pounds: money is in £m"
    ]
