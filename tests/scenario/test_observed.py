"""What was observed in a scenario file: it is kept with its source, and each mistake has one message."""

import pytest

from simulation.scenario.loading import load_scenario
from simulation.scenario.months import financial_year_of, month_number
from simulation.scenario.writing import scenario_to_yaml
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

MISTAKES = [
    (
        "{organisations: [meht, bthu], by_year: {2016/17: -4}}",
        '19:46: observed.outturns[0].organisations[1]: unknown organisation (given: "bthu"); did you mean btuh?',
    ),
    (
        "{organisations: [meht, btuh, meht], by_year: {2016/17: -4}}",
        '19:52: observed.outturns[0].organisations[2]: is named twice; remove one (given: "meht")',
    ),
    (
        "{organisations: [], by_year: {2016/17: -4}}",
        "19:39: observed.outturns[0].organisations: must name at least one organisation (given: an empty list)",
    ),
    (
        "{organisations: [meht], by_year: {2017: -4}}",
        "19:57: observed.outturns[0].by_year.2017: names must be text; put it in quotes, or write a month as 2017-04"
        " (given: 2017)",
    ),
    (
        "{organisations: [meht], by_year: {2017-04: -4}}",
        "19:57: observed.outturns[0].by_year.2017-04: must be a financial year written YYYY/YY, such as 2017/18",
    ),
    (
        "{organisations: [meht], by_year: {2017/2018: -4}}",
        "19:57: observed.outturns[0].by_year.2017/2018: must be a financial year written YYYY/YY, such as 2017/18;"
        " write 2017/18",
    ),
    (
        "{organisations: [meht], by_year: {2017/19: -4}}",
        "19:57: observed.outturns[0].by_year.2017/19: must end in the next year: 2017/18",
    ),
    (
        "{organisations: [meht], by_year: {2018/19: -4}}",
        "19:57: observed.outturns[0].by_year.2018/19: is outside the run, 2016-04 to 2018-03; remove it",
    ),
    (
        "{organisations: [meht], by_year: {2016/17: much}}",
        '19:66: observed.outturns[0].by_year.2016/17: must be a number (given: "much")',
    ),
    (
        "{organisations: [meht], by_year: {}}",
        "19:56: observed.outturns[0].by_year: must name at least one financial year (given: 0)",
    ),
    ("{organisations: [meht]}", "19:23: observed.outturns[0].by_year: is missing"),
]


@pytest.mark.parametrize(("entry", "said"), MISTAKES)
def test_a_mistake_in_reported_outturns_has_one_message(complaints: Complaints, entry: str, said: str) -> None:
    assert complaints(f"{VALID}observed: {{outturns: [{entry}]}}\n") == [f"a.yaml:{said}"]


@pytest.mark.parametrize(("year", "said"), [("2015/16", "is only partly within"), ("2014/15", "is outside")])
def test_a_year_must_lie_within_the_run_in_full(complaints: Complaints, year: str, said: str) -> None:
    """The run's outturn of a part of a year is not what was reported of the whole."""
    later = VALID.replace("start: 2016-04", "start: 2015-12").replace("2016-04: 10", "2015-12: 10")
    text = f"{later}observed: {{outturns: [{{organisations: [meht], by_year: {{{year}: -4}}}}]}}\n"
    assert complaints(text) == [
        f"a.yaml:19:57: observed.outturns[0].by_year.{year}: {said} the run, 2015-12 to 2017-11; remove it"
    ]


def test_a_reported_outturn_keeps_its_source(write: Write) -> None:
    outturn = "{value: -4, unit: £m, source: A board paper, status: sourced}"
    entry = f"{{title: Two, organisations: [meht, btuh], by_year: {{2016/17: {outturn}}}}}"
    observed = load_scenario(write(f"{VALID}observed: {{outturns: [{entry}]}}\n")).observed
    assert observed is not None
    (entry,) = observed.outturns
    assert (entry.title, entry.organisations, entry.by_year) == ("Two", ("meht", "btuh"), {"2016/17": -4})
    assert getattr(entry.by_year["2016/17"], "evidence").source == "A board paper"  # noqa: B009


@pytest.mark.parametrize(
    ("year", "first"), [("2017/18", "2017-04"), ("1999/00", "1999-04"), ("2017/17", None), ("2017-18", None), (3, None)]
)
def test_a_financial_year_begins_in_april(year: object, first: str | None) -> None:
    assert financial_year_of(year) == (None if first is None else month_number(first))


TRUST_MISTAKES = [
    (
        "{of: meth, in: ccg, by_month: {2016-06: 0.4}}",
        '19:25: observed.trust[0].of: unknown organisation (given: "meth"); did you mean meht?',
    ),
    (
        "{of: meht, in: meht, by_month: {2016-06: 0.4}}",
        '19:35: observed.trust[0].in: must be another organisation than the one that trusts (given: "meht")',
    ),
    (
        "{of: btuh, in: ccg, by_month: {2016-06: 0.4}}",
        "19:20: observed.trust[0]: they share no programme or contract, so there is no relationship; remove it "
        "(given: btuh in ccg)",
    ),
    (
        "{of: meht, in: ccg, by_month: {2016-06: 0.4}}, {of: meht, in: ccg, by_month: {2016-07: 0.4}}",
        "19:67: observed.trust[1]: is given twice: entry 1 of the list has it too; remove one (given: meht in ccg)",
    ),
    (
        "{by_month: {2016-06: 0.4}}, {by_month: {2016-07: 0.4}}",
        "19:48: observed.trust[1]: the mean of the place is in entry 1 of the list too; make one of them",
    ),
    (
        "{of: meht, by_month: {2016-06: 0.4}}",
        "19:20: observed.trust[0].in: is missing; give both organisations, or neither for the mean of the place "
        "(it has of)",
    ),
    ("{by_month: {}}", "19:31: observed.trust[0].by_month: must name at least one month (given: 0)"),
    ("{of: meht, in: ccg}", "19:20: observed.trust[0].by_month: is missing"),
    ("{by_month: {2016-06: 4}}", "19:41: observed.trust[0].by_month.2016-06: must be at most 1 (given: 4)"),
    (
        "{by_month: {2016/17: 0.4}}",
        "19:32: observed.trust[0].by_month.2016/17: must be a month written YYYY-MM, such as 2015-12; write"
        " 2016-04 for the first month of 2016/17",
    ),
]


@pytest.mark.parametrize(("entries", "said"), TRUST_MISTAKES)
def test_a_mistake_in_observed_trust_has_one_message(complaints: Complaints, entries: str, said: str) -> None:
    assert complaints(f"{VALID}observed: {{trust: [{entries}]}}\n") == [f"a.yaml:{said}"]


def test_observed_trust_is_kept_when_a_scenario_is_written(write: Write) -> None:
    figure = "{value: 0.45, low: 0.4, high: 0.5, source: 'survey of June 2016, 9 respondents', status: sourced}"
    pair = f"{{of: meht, in: ccg, by_month: {{2016-06: {figure}, 2014-01: 0.3}}}}"
    place = load_scenario(write(f"{VALID}observed: {{trust: [{pair}, {{by_month: {{2016-06: 0.5}}}}]}}\n"))
    again = load_scenario(write(scenario_to_yaml(place), "b.yaml"))
    assert again == place
    assert again.observed is not None
    first, pooled = again.observed.trust
    assert (first.of, first.in_, list(first.by_month)) == ("meht", "ccg", ["2014-01", "2016-06"])
    assert getattr(first.by_month["2016-06"], "evidence").high == 0.5  # noqa: B009
    assert (pooled.of, pooled.in_, dict(pooled.by_month)) == (None, None, {"2016-06": 0.5})
