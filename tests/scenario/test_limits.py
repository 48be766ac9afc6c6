"""Every limit is refused with its place: in files, in workbooks and in functions; what is at a limit is accepted."""

import re
from pathlib import Path
from typing import Any

import pytest

from simulation import limits, load_scenario, with_events, with_levers, with_parameters
from simulation.scenario.dates import find_date_contradictions
from simulation.scenario.loading import find_problems
from simulation.scenario.months import MONTH_PATTERN
from simulation.scenario.references import find_reference_contradictions
from tests.scenario.scenario_files import VALID, Complaints, Write
from tests.scenario.test_json_schema import mistakes
from tests.scenario.workbook.books import make_book, rows
from tests.scenario.workbook.changes import typed

pytestmark = pytest.mark.unit

TINY = "is closer to 0 than 1e-300; write 0"
BEYOND = [
    ("months: 24", "months: 601", "3:9: months: must be at most 600 months (given: 601)"),
    ("months: 24", f"months: {10**9}", "3:9: months: must be at most 600 months (given: 1000000000)"),
    (
        "population: 1000",
        f"population: {10**12 + 1}",
        "4:13: population: must be at most 1,000,000,000,000 (given: 1000000000001)",
    ),
    (
        "population: 1000",
        f"population: {'9' * 26}",
        f"4:13: population: is a whole number of more than 25 digits, which nothing here can be (given: {'9' * 26})",
    ),
    (
        "{2016-04: 10,",
        "{2016-04: 1.0e+308,",
        "5:23: do_nothing.2016-04: must be at most £1,000,000m a year (given: 1e+308)",
    ),
    (
        "{2016-04: 10,",
        "{2016-04: -1000000.5,",
        "5:23: do_nothing.2016-04: must be at least -£1,000,000m a year; write -1 if this is in pounds"
        " (given: -1000000.5)",
    ),
    ("value: 3, shares: {meht: 0.4", "value: 3.0e-310, shares: {meht: 0.4", f"13:20: programmes.frailty.value: {TINY}"),
    (
        "value: 3, shares: {meht: 0.4",
        "milestones: 121, value: 3, shares: {meht: 0.4",
        "13:25: programmes.frailty.milestones: must be at most 120 milestones (given: 121)",
    ),
    ("{strength: 0.5}", "{strength: 5.0e-324}", f"16:24: levers.coaching.strength: {TINY} (given: 5e-324)"),
    ("month: 2016-05,", "month: 2216-05,", "18:28: events[0].month: must be within 1900 to 2199"),
    ("start: 2016-04", "start: 1899-12", "2:8: start: must be within 1900 to 2199"),
    ("2018-03: 20", "2200/01: 20", "5:27: do_nothing.2200/01: must be within 1900 to 2199"),
]


@pytest.mark.parametrize(("old", "new", "said"), BEYOND)
def test_what_is_beyond_a_limit_is_refused_with_its_place(
    complaints: Complaints, old: str, new: str, said: str
) -> None:
    (found, *_) = [each for each in complaints(VALID.replace(old, new, 1)) if each.startswith(f"a.yaml:{said}")]
    assert "Traceback" not in found


@pytest.mark.parametrize(("old", "new", "_said"), BEYOND)
def test_the_schema_refuses_it_too(old: str, new: str, _said: str) -> None:
    assert mistakes(VALID) == []
    assert mistakes(VALID.replace(old, new, 1)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months: 24", "months: 600"),
        ("population: 1000", f"population: {10**12}"),
        ("{2016-04: 10,", "{2016-04: -1000000,"),
        ("value: 3, shares: {meht: 0.4", "milestones: 120, value: 1000000, shares: {meht: 0.4"),
        ("{strength: 0.5}", "{strength: 1.0e-300}"),
        ("2018-03: 20", "1900-01: 20, 2199-12: 30"),
    ],
)
def test_what_is_at_a_limit_is_accepted(write: Write, old: str, new: str) -> None:
    text = VALID.replace(old, new, 1)
    assert find_problems(write(text)) == []
    assert mistakes(text) == []


def test_the_last_month_is_within_the_limits_of_dates(complaints: Complaints) -> None:
    text = VALID.replace("2016-0", "2198-0")
    assert complaints(text.replace("months: 24", "months: 21")) == []
    assert complaints(text.replace("months: 24", "months: 22")) == [
        "a.yaml:3:9: months: the last month, 2200-01, must be within 1900 to 2199 (given: 22)"
    ]


def test_the_pattern_of_months_has_the_years_of_the_limits() -> None:
    within = [year for year in range(10_000) if re.match(MONTH_PATTERN, f"{year:04d}-01")]
    assert within == list(range(limits.FIRST_YEAR, limits.LAST_YEAR + 1))


@pytest.mark.parametrize(
    ("section", "entry", "most"),
    [
        ("organisations", "{role: provider, income: 1}", limits.MOST_ORGANISATIONS),
        ("programmes", "{value: 1, shares: {meht: 0.5, ccg: 0.5}}", limits.MOST_OPPORTUNITIES),
    ],
)
def test_more_entries_than_a_place_has_are_refused(complaints: Complaints, section: str, entry: str, most: int) -> None:
    more = "".join(f"  more{number}: {entry}\n" for number in range(most))
    (said,) = complaints(VALID.replace(f"\n{section}:\n", f"\n{section}:\n{more}"))
    count = most + {"organisations": 3, "programmes": 2}[section]
    line = VALID.partition(f"\n{section}:")[0].count("\n") + 3
    assert said == f"a.yaml:{line}:3: {section}: must have at most {most:,} {section} (given: {count:,})"


def test_contracts_and_programmes_are_counted_together(complaints: Complaints) -> None:
    more = "".join(f"  more{number}: {{value: 1, shares: {{meht: 0.5, ccg: 0.5}}}}\n" for number in range(19_998))
    said = complaints(VALID.replace("\nprogrammes:\n", f"\nprogrammes:\n{more}"))
    assert [each.partition(": ")[2] for each in said] == [
        "programmes: contracts and programmes together must be at most 20,000 (given: 20,001)"
    ]


def test_a_chain_of_files_has_an_end(tmp_path: Path) -> None:
    (tmp_path / "a0.yaml").write_text(VALID)
    for number in range(1, 52):
        (tmp_path / f"a{number}.yaml").write_text(f"extends: a{number - 1}.yaml\ntitle: {number}th\n")
    assert load_scenario(tmp_path / "a50.yaml").title == "50th"
    (problem,) = find_problems(tmp_path / "a51.yaml")
    assert problem.what == "files must not extend one another more than 50 times in a row"
    assert Path(problem.location.file).name == "a1.yaml"


@pytest.mark.parametrize("digits", [26, 4301, 5001, 100_000])
@pytest.mark.parametrize(
    "form", ["{0}", "0{0}", "-{0}", "0x{0}", "1_{0}", "1.{0}", "{0}.0", "1.0e+{0}", "{{value: {0}}}"]
)
def test_any_number_of_digits_is_a_mistake_with_its_place(complaints: Complaints, digits: int, form: str) -> None:
    said = complaints(VALID.replace("population: 1000", f"population: {form.format('9' * digits)}"))
    assert said
    assert all(each.startswith("a.yaml:4:") and len(each) < 300 for each in said)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"E4": 1_000_001}, "Contracts!E4: deal, Amount: must be at most £1,000,000m a year; write 1 if this is in po"),
        ({"E4": 1e308}, "Contracts!E4: deal, Amount: must be at most £1,000,000m a year (given: 1e+308)"),
        ({"E4": 1e-310}, f"Contracts!E4: deal, Amount: {TINY}"),
    ],
)
def test_a_workbook_has_the_same_limits(tmp_path: Path, cells: dict[str, Any], said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_book(rows(), typed("Contracts", **cells)))
    assert any(f"a.xlsx: {said}" in str(each) for each in find_problems(path))


@pytest.mark.parametrize("power", [13, 400, 5000])
def test_functions_refuse_whole_numbers_of_any_size(write: Write, power: int) -> None:
    for number in (10**power, -(10**power)):
        with pytest.raises(ValueError, match=r"with_parameters: loss_ratio: must be (at most|at least|within) "):
            with_parameters(load_scenario(write(VALID)), loss_ratio=number)
        with pytest.raises(ValueError, match=r"with_events: cost_shock\.size: must be (at most|at least|within) "):
            with_events(load_scenario(write(VALID)), cost_shock=("2016-05", number))


@pytest.mark.parametrize("number", [1e13, 1e308, 5e-324, float("inf"), float("nan")])
def test_functions_have_the_same_limits(write: Write, number: float) -> None:
    place = load_scenario(write(VALID))
    with pytest.raises(ValueError, match="with_parameters: loss_ratio: "):
        with_parameters(place, loss_ratio=number)
    with pytest.raises(ValueError, match=r"with_levers: coaching.*cost: "):
        with_levers(place, coaching={"cost": number})
    with pytest.raises(ValueError, match=r"with_events: cost_shock\.size: "):
        with_events(place, cost_shock=("2016-05", number))
    with pytest.raises(ValueError, match=r"with_events: breach\.month: must be within 1900 to 2199"):
        with_events(place, breach=("2200-01", "meht", 0.5))


def test_long_lists_are_checked_without_comparing_each_with_each() -> None:
    """With quadratic work, these would take minutes."""
    stances = ("institutional", "population_first")
    fixed = [
        {"event": "fixed_stance", "organisation": "a", "stance": stances[number % 2], "from": "2020-01"}
        for number in range(40_000)
    ]
    found = list(find_date_contradictions({"start": "2020-01", "months": 12, "events": fixed}))
    assert len(found) == 39_999
    programmes = {f"p{number}": {"shares": {"a": 0.5, "b": 0.5}} for number in range(5_000)}
    pairs = [{"of": "a", "in": "b", "trust": 0.5}] * 20_000
    data = {"organisations": {"a": {}, "b": {}}, "programmes": programmes, "relationships": {"overrides": pairs}}
    assert len(list(find_reference_contradictions(data))) == 19_999


def test_after_a_thousand_mistakes_no_more_are_said(complaints: Complaints) -> None:
    said = complaints(VALID + "".join(f"name{number}: 1\n" for number in range(3_000)))
    assert len(said) == limits.MOST_MISTAKES + 1
    assert "has more than 1,000 mistakes; fix these first" in said[0]
