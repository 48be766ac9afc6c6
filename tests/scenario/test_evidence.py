"""Numbers with their evidence, months, and parameters in force."""

import copy
import pickle

import pytest

from simulation.parameters import default_parameters
from simulation.scenario.evidence import Count, Evidence, Figure
from simulation.scenario.fields import FrozenDict
from simulation.scenario.loading import load_scenario
from simulation.scenario.months import month_name, month_number
from simulation.scenario.problems import ScenarioError
from simulation.vocabulary import EvidenceStatus
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit


def test_a_figure_is_a_float_and_a_count_an_int() -> None:
    assert Figure(1.5) + 1 == 2.5
    assert type(Figure(1.5) + 1) is float
    assert Count(3) // 2 == 1
    assert Figure(1).evidence == Evidence(None, None, EvidenceStatus.ASSUMED)


@pytest.mark.parametrize("number", [Figure(1.5, Evidence("£m")), Count(3, Evidence(None, "census"))])
def test_evidence_survives_copies(number: Figure | Count) -> None:
    for other in (pickle.loads(pickle.dumps(number)), copy.deepcopy(number)):
        assert other == number
        assert other.evidence == number.evidence


@pytest.mark.parametrize(
    ("written", "evidence"),
    [
        ("300", Evidence()),
        ("{value: 300}", Evidence()),
        ("{value: 300, source: accounts}", Evidence(None, "accounts", EvidenceStatus.SOURCED)),
        ("{value: 300, source: a guess, status: assumed}", Evidence(None, "a guess", EvidenceStatus.ASSUMED)),
        ("{value: 300, unit: £m, status: derived}", Evidence("£m", None, EvidenceStatus.DERIVED)),
        ("{value: 300, low: 250, high: 310}", Evidence(low=250, high=310)),
    ],
)
def test_a_number_keeps_its_evidence(write: Write, written: str, evidence: Evidence) -> None:
    place = load_scenario(write(VALID.replace("income: 300", f"income: {written}")))
    assert place.organisations["meht"].income == 300
    assert place.organisations["meht"].income.evidence == evidence


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{value: 300, low: 250}", "has low without high; give both ends of its range, or neither"),
        ("{value: 300, high: 350}", "has high without low; give both ends of its range, or neither"),
        ("{value: 300, low: 310, high: 350}", "must be from low to high: 300 is not from 310 to 350"),
        ("{value: 300, low: 350, high: 250}", "must be from low to high: 300 is not from 350 to 250"),
    ],
)
def test_a_range_has_two_ends_and_the_number_in_it(write: Write, written: str, message: str) -> None:
    with pytest.raises(ScenarioError) as error:
        load_scenario(write(VALID.replace("income: 300", f"income: {written}")))
    (problem,) = error.value.problems
    assert (problem.where, problem.what) == ("organisations.meht.income", message)


def test_the_ends_of_a_range_are_within_the_bounds_of_the_number(write: Write) -> None:
    with pytest.raises(ScenarioError, match=r"organisations\.meht\.income\.low: must be more than 0"):
        load_scenario(write(VALID.replace("income: 300", "income: {value: 300, low: -1, high: 400}")))


def test_a_frozen_mapping_survives_pickling_and_refuses_change() -> None:
    frozen = FrozenDict({"a": 1})
    assert pickle.loads(pickle.dumps(frozen)) == {"a": 1}
    for change in (
        lambda: frozen.update(a=2),
        lambda: frozen.pop("a"),
        frozen.clear,
        lambda: frozen.setdefault("b", 1),
    ):
        with pytest.raises(TypeError, match="write a file that extends it"):
            change()


def test_months_count_from_january_of_the_year_0() -> None:
    assert month_number("2016-01") - month_number("2015-12") == 1
    assert month_name(month_number("2016-03")) == "2016-03"
    with pytest.raises(ValueError, match="a month is written YYYY-MM"):
        month_number("2016-3")


def test_parameters_in_force(write: Write) -> None:
    text = VALID + "parameters: {quorum: 0.6, lead_capacity: 3, trust_rule: confirmatory}\n"
    in_force = load_scenario(write(text)).resolve_parameters()
    assert in_force == default_parameters()._replace(quorum=0.6, lead_capacity=3.0, trust_rule=1.0)
    assert {type(value) for value in in_force} == {float}
