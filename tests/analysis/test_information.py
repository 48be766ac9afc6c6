"""What to find out first, on made-up choices: the groups, the words, the tables, and what is refused."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation import load_scenario
from simulation.analysis import information
from simulation.analysis.information import LEAST_POINTS, find_information, information_lack
from simulation.analysis.information_groups import GROUPS, OWN_NUMBERS
from simulation.analysis.information_varied import InquiryKind
from simulation.analysis.information_words import (
    NO_ONE_THING,
    NOTHING,
    basis_words,
    information_headline,
    inquiry_words,
    perfect_words,
    survey_words,
    surveys_sentence,
    worth_words,
)
from simulation.analysis.survey_worth import mean_trust
from simulation.charts import CHARTS
from simulation.charts.information import information_chart
from simulation.cli._verdict_words import verdict_lines
from simulation.experiment.entries import PaperTexts
from simulation.formatting import without_joiners
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.results.unread_parameters import unread_parameters
from tests.analysis.by_hand import by_hand
from tests.analysis.test_choices import comparison as drawn_points
from tests.analysis.test_deciding import points_at
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit

POINTS = 300
UNREAD = unread_parameters(by_hand(2).scenario)
"""Nothing is to be found out about them: the place has no levers."""


def compared(positions, parameters=None, own_numbers=None):
    """Choices by name with their positions, `[point, replicate]`, £m, at the same points."""
    points = len(next(iter(positions.values())))
    parameters = points_at(points) if parameters is None else parameters

    def case(label, found):
        columns = {name: found.reshape(-1, 1) for name in ("gap", "cumulative_position")}
        sample = Replicates(columns=columns, parameters=parameters, own_numbers=own_numbers or {})
        study = Study(ensemble=by_hand(2), assumptions=sample)
        return made_up_case(label=label, variant=label, gaps=np.full(2, 50.0), study=study)

    cases = tuple(case(label, found) for label, found in positions.items())
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=2, cases=cases, scenario=scenario)


def trust_decides(points=POINTS, replicates=4, **others):
    """Partnership gains £100m for each 0.15 of opening trust above 0.41, with chance of its own."""
    parameters = points_at(points)
    gains = 100 / 0.15 * (parameters["opening_trust"] - 0.41)
    chance = np.random.default_rng(4).normal(size=(points, replicates))
    positions = {"no joint action": np.zeros((points, replicates)), "partnership": gains[:, np.newaxis] + 5 * chance}
    return compared(positions, parameters, **others)


def partnership_is_best(points=POINTS):
    return compared({"no joint action": np.zeros((points, 2)), "partnership": np.full((points, 2), 40.0)})


@pytest.fixture(scope="module")
def found():
    return information(trust_decides(), survey_cost=0.02)


@pytest.mark.parametrize("seed", range(12))
def test_no_part_is_shown_worth_more_than_everything(seed):
    """One assumption decides alone, so that it is worth what all are, and its estimate is as often above as below."""
    parameters = points_at(60)
    gains = 100 / 0.15 * (parameters["opening_trust"] - 0.41)
    chance = np.random.default_rng(seed).normal(size=(60, 4))
    positions = {"no joint action": np.zeros((60, 4)), "partnership": gains[:, np.newaxis] + 20 * chance}
    found = information(compared(positions, parameters))
    worths = [each.worth for each in found.inquiries] + list(found.surveys)
    assert max(each.value for each in worths) <= found.perfect.value
    assert found.to_pandas()["worth"].max() == found.perfect.value
    above = [each for each in worths if each.above_all is not None]
    assert all(each.value == found.perfect.value < each.above_all for each in above)


def test_a_part_that_is_estimated_above_the_whole_is_said_to_be(found):
    first = found.groups[0]
    above = replace(first, worth=replace(first.worth, value=found.perfect.value, above_all=99.0))
    said = without_joiners(perfect_words(replace(found, groups=(above, *found.groups[1:]))))
    assert "finds more for how much these organisations trust each other now (£99m), as chance may" in said
    assert "what is found above the whole is shown as worth the whole." in said
    assert "Regression" not in perfect_words(replace(found, groups=(first,), single=(), surveys=()))


def test_each_parameter_is_in_one_group_at_most_and_each_name_is_a_parameter():
    grouped = [name for group in GROUPS for name in group.parameters]
    assert len(grouped) == len(set(grouped))
    assert {row.name for row in TABLE} - set(grouped) == {
        "decision_sharpness",
        "weakest_link",
        "co_ownership_memory",
        "quorum",
    }
    assert set(grouped) <= {row.name for row in TABLE}


def test_what_decides_comes_first_alone_and_in_its_group(found):
    assert found.best == "no joint action"
    assert [found.single[0].name, found.groups[0].name] == ["opening_trust", "trust"]
    # The mean of what lies above 0 of a uniform from −107 to 93: 93² / 2 / 200.
    assert found.single[0].worth.value == pytest.approx(93.33**2 / 400, abs=3 * found.single[0].worth.standard_error)
    assert found.perfect.value == pytest.approx(found.single[0].worth.value, rel=0.02)
    assert {each.name for each in found.clear} == {"opening_trust", "trust"}
    assert len(found.single) == len(TABLE) - len(UNREAD)
    assert {group.name for group in GROUPS} - {each.name for each in found.groups} == {"levers"}


def test_it_says_in_words_what_is_worth_most(found):
    first = found.first.worth
    count = round(100 * first.changes)
    assert information_headline(found) == (
        f"Knowing how much these organisations trust each other now would change the choice in {count} of 100 cases "
        f"and is worth £{first.value:.0f}m"
    )
    meeting = next(each for each in found.single if each.name == "meeting")
    assert worth_words(meeting.worth) == "not distinguishable from 0"
    assert inquiry_words(meeting, found.points) == (
        "What knowing weight of a meeting on trust would be worth is not distinguishable from 0"
    )
    by_chance = replace(found, perfect=replace(found.perfect, changes=0.0, value=0.002))
    assert " at most sets of assumptions, and another has it no more often than chance alone" in perfect_words(
        by_chance
    )
    nothing = replace(found, perfect=replace(found.perfect, changes=0.0, value=0.0, uncorrected=0.0))
    assert perfect_words(nothing).endswith("at every set of assumptions, so knowing them would change nothing.")
    assert perfect_words(found).startswith(
        "On average over the cases no joint action has the best position. Knowing every assumption exactly would "
        "change that in 47 "
    )
    assert basis_words(found) == (
        "Worth is the gain in the place’s position over the run, costs included, nominal, undiscounted, over 300 sets "
        "of assumptions"
    )


def test_a_survey_is_worth_less_than_knowing_and_is_held_against_its_cost(found):
    assert [each.respondents for each in found.surveys] == [10, 30, 100]
    small, middle, large = (each.value for each in found.surveys)
    assert 0 < small < middle < large < found.groups[0].worth.value
    said = survey_words(found.surveys[0], found.points)
    assert said.startswith("A survey in which 10 people answer would change the choice in ")
    assert said.endswith(", more than it costs (£0.02m)")
    dear = replace(found.surveys[0], cost=1000.0)
    assert survey_words(dear, found.points).endswith(", less than it costs (£1,000m)")
    assert not survey_words(replace(dear, cost=None), found.points).endswith(")")


def test_where_an_experiment_draws_a_few_assumptions_no_text_speaks_of_all():
    """Two that `vary` draws: what knowing all would be worth is not known, and no text claims it."""
    random = np.random.default_rng(6)
    factors = ("parameters.pace", "programmes.care_at_home.value")
    points = [*zip(2 + random.uniform(size=POINTS), random.uniform(4, 24, POINTS), strict=True)]
    results = drawn(factors, points, np.array([value - 14 for _, value in points]))
    found = information(results)
    said = perfect_words(found)
    assert "Knowing the 2 assumptions that were drawn exactly would change that in " in said
    assert " All others stayed at their central values, and are in no figure here." in said
    over = "over 300 sets of the 2 assumptions that were drawn, all others at their central values"
    assert basis_words(found).endswith(over)
    made = [information_chart(results), CHARTS["turning_point"](results), CHARTS["verdict"](results)]
    texts = [text for chart in made for text in (chart.headline, chart.subtitle, chart.note, chart.alt)]
    texts += [said, repr(found), found._repr_html_(), *verdict_lines(results, Path("results/c"))]
    every = re.compile(r"(all|every|all other) assumptions? (?!that were drawn)", re.IGNORECASE)
    assert [text for text in texts if every.search(text) or "uncertain" in text] == []
    known, turning, judged = made
    over_both = "2 assumptions that were drawn, all others at their central"
    assert all(over_both in each.subtitle for each in (known, judged))
    assert "the one assumption of the model that was drawn" in turning.subtitle
    assert "Only the model’s assumptions were searched; the place’s own" in turning.note
    assert "  Verdict. Allowing for the 2 assumptions that were drawn, all others at their central values:" in texts
    nothing = replace(found, groups=(), single=())
    assert information_headline(nothing).startswith("No one thing that can be found out about the 2 assumptions that ")


def test_where_one_choice_is_always_best_it_says_so():
    found = information(partnership_is_best())
    assert information_headline(found) == NOTHING.format("these assumptions")
    assert perfect_words(found) == (
        "By the mean of its simulated runs partnership has the best position at every set of assumptions, so knowing "
        "them would change nothing."
    )
    assert surveys_sentence(found) == (
        "What a survey of trust would be worth is not distinguishable from 0, even with 100 respondents."
    )
    assert found.clear == ()


def test_where_only_all_together_would_change_the_choice_it_says_so():
    drawn = np.random.default_rng(3).normal(size=(POINTS, 1))
    either = {"no joint action": np.zeros((POINTS, 2)), "partnership": np.repeat(30 * drawn + 3, 2, axis=1)}
    found = information(compared(either))
    assert information_headline(found) == NO_ONE_THING.format("these assumptions")
    assert found.perfect.value > 5


def drawn(factors, points, gains, replicates=2):
    """No joint action at 0 and partnership with its gains at drawn points, £m: what `vary` itself draws."""
    cases = [("no joint action", point, [0.0] * replicates) for point in points]
    cases += [("partnership", point, [-gain] * replicates) for point, gain in zip(points, gains, strict=True)]
    return drawn_points(cases, factors, design="random")


RULE_AND_VALUE = ("parameters.pace", "parameters.trust_rule", "programmes.care_at_home.value")


def test_whatever_varies_is_tried_by_itself_and_in_its_group():
    """A programme's value decides: the partnership gains its value less 14, on average 0 of 4 to 24."""
    random = np.random.default_rng(5)
    values = random.uniform(4, 24, POINTS)
    points = [
        (2 + pace, ("linear", "confirmatory")[rule], value)
        for pace, rule, value in zip(random.uniform(size=POINTS), random.integers(2, size=POINTS), values, strict=True)
    ]
    found = information(drawn(RULE_AND_VALUE, points, values - 14 + 3 * random.normal(size=POINTS)))
    by_bins = [values[part].mean() - 14 for part in np.array_split(np.argsort(values), 10)]
    gain = abs(np.mean([max(0.0, each) for each in by_bins]) - max(0.0, np.mean(values) - 14))
    value, *others = found.single
    assert value.name == "programmes.care_at_home.value"
    assert value.kind is InquiryKind.VARIED
    assert value.worth.value == pytest.approx(gain, abs=3 * value.worth.standard_error)
    assert {each.name for each in others} == {"pace", "trust_rule"}
    assert not any(each.worth.is_clear for each in others)
    assert {each.name: each.parameters for each in found.groups} == {
        OWN_NUMBERS.name: ("programmes.care_at_home.value",),
        "delivery": ("pace",),
        "trust_moves": ("trust_rule",),
    }
    assert information_headline(found).startswith("Knowing the value of care at home would change the choice in ")
    assert "trust_rule" not in found._repr_html_()


@pytest.mark.parametrize("field", ["target", "population"])
def test_a_number_of_the_place_as_a_whole_is_judged_among_its_own(field):
    """It is named by one word, with no part after it: its value decides, the partnership gains it less 14."""
    values = np.random.default_rng(5).uniform(4, 24, POINTS)
    points = list(zip(values, np.linspace(2, 3, POINTS), strict=True))
    varied = information(drawn((field, "parameters.pace"), points, values - 14))
    first = varied.single[0]
    assert (first.name, first.label, first.kind) == (field, f"the {field}", InquiryKind.VARIED)
    assert information_headline(varied).startswith(f"Knowing the {field} would change the choice in ")
    assert {each.name: each.parameters for each in varied.groups}[OWN_NUMBERS.name] == (field,)
    own = {field: values, "do_nothing.2020-04": np.linspace(0, 1, POINTS)}
    gains = np.repeat((values - 14)[:, np.newaxis], 2, axis=1)
    found = information(compared({"no joint action": np.zeros((POINTS, 2)), "partnership": gains}, own_numbers=own))
    assert (found.single[0].label, found.single[0].kind) == (f"the {field}", InquiryKind.OWN_NUMBER)


@pytest.mark.parametrize("words", [("block", "shared", "tariff"), ("tariff", "block", "shared")])
def test_words_are_worth_the_mean_at_each_in_whatever_order(words):
    """Of three words, one gains £6m, the others lose £3m and £6m, £1m on average: 6 / 3 = £2m by knowing which."""
    gains = dict(zip(words, (6.0, -3.0, -6.0), strict=True))
    chance = np.random.default_rng(9).normal(size=POINTS)
    points = [(words[index % 3], index / POINTS) for index in range(POINTS)]
    factors = ("contracts.hospital.payment", "parameters.pace")
    found = information(drawn(factors, points, [gains[word] for word, _ in points] + 2 * (chance - chance.mean())))
    first, other = found.single
    assert (first.name, first.label) == ("contracts.hospital.payment", "the payment of hospital")
    assert first.worth.value == pytest.approx(2, abs=2 * first.worth.standard_error)
    assert 0.1 < first.worth.standard_error < 0.5
    assert first.worth.changes == pytest.approx(1 / 3)
    assert first.worth.by_chance < 0.5
    assert first.worth.is_clear
    assert not other.worth.is_clear


def test_words_without_effect_are_not_distinguishable_from_0():
    random = np.random.default_rng(2)
    clear = 0
    for _ in range(20):
        points = [(f"word {index % 9}", pace) for index, pace in enumerate(random.uniform(size=LEAST_POINTS))]
        found = information(drawn(("contracts.x.payment", "parameters.pace"), points, random.normal(size=len(points))))
        clear += sum(each.worth.is_clear for each in found.single)
    assert clear <= 2


def test_words_and_numbers_that_decide_together_are_worth_most_in_their_group():
    """The sign of what pace does depends on the word: neither alone would change anything."""
    random = np.random.default_rng(3)
    paces, rules = random.uniform(-1, 1, POINTS), random.integers(3, size=POINTS)
    gains = 10 * paces * np.array([1, 0, -1])[rules] - 0.5
    points = [(f"{rule}x", pace) for rule, pace in zip(rules, paces, strict=True)]
    found = information(drawn(("contracts.x.payment", "organisations.y.income"), points, gains))
    group = found.groups[0]
    assert group.parameters == ("organisations.y.income", "contracts.x.payment")
    assert group.worth.value == pytest.approx(found.perfect.value, rel=0.15)
    assert all(each.worth.value < group.worth.value / 3 for each in found.single)


def test_months_count_as_numbers_and_a_strength_is_what_its_lever_does():
    years = [2016 + index % 6 for index in range(POINTS)]
    strengths = np.random.default_rng(3).uniform(size=POINTS)
    points = [(f"{year}-04", strength) for year, strength in zip(years, strengths, strict=True)]
    factors = ("programmes.x.from", "levers.coaching.strength")
    found = information(drawn(factors, points, [year - 2018.4 for year in years]))
    # The partnership gains £0.1m on average and is taken now; in the first three years of six it loses 2.4, 1.4, 0.4.
    assert found.single[0].worth.value == pytest.approx((2.4 + 1.4 + 0.4) / 6, abs=0.01)
    assert {each.name for each in found.groups} == {OWN_NUMBERS.name, "levers"}
    assert {each.label for each in found.single} == {"the start month of x", "coaching strength"}


def test_the_places_own_numbers_are_a_group_of_their_own():
    drawn = np.random.default_rng(3).uniform(size=POINTS)
    gains = np.repeat(100 * (drawn - 0.45)[:, np.newaxis], 2, axis=1)
    own = {"levers.coaching.cost": drawn, "do_nothing.2020-04": np.random.default_rng(8).uniform(size=POINTS)}
    found = information(compared({"no joint action": np.zeros((POINTS, 2)), "partnership": gains}, own_numbers=own))
    assert {each.name for each in found.clear} == {OWN_NUMBERS.name, "levers.coaching.cost"}
    assert {each.kind for each in found.single} == {InquiryKind.PARAMETER, InquiryKind.OWN_NUMBER}


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("programmes.care_at_home.value", "the value of “Care at home in place of a hospital bed”"),
        ("programmes.care_at_home.activity[0].income", "the activity (1 income) of “Care at home in place of a"),
        ("organisations.commissioner.efficiency_pool", "the efficiency pool of The commissioner"),
        ("levers.superordinate_goal.cost", "shared goal cost"),
        ("levers.*.strength", "levers strength"),
        ("do_nothing.2024-04", "do nothing 2024-04"),
    ],
)
def test_a_number_of_the_place_is_named_by_whose_it_is(address, label):
    place = load_scenario(Path(__file__).parents[2] / "scenarios/two-trusts.yaml")
    values = np.random.default_rng(3).uniform(size=LEAST_POINTS)
    both = drawn((address,), [(value,) for value in values], values - 0.5)
    (found,) = information(replace(both, scenario=place)).single
    assert (found.name, found.label[: len(label)]) == (address, label)


def test_many_numbers_at_once_are_known_by_their_lines():
    drawn = np.random.default_rng(3).uniform(size=(POINTS, 40))
    gains = np.repeat((60 * (drawn[:, :1] - 0.45) + 60 * (drawn[:, 1:2] - 0.5)), 2, axis=1)
    own = {f"programmes.p{number}.value": drawn[:, number] for number in range(40)}
    found = information(compared({"no joint action": np.zeros((POINTS, 2)), "partnership": gains}, own_numbers=own))
    assert found.clear[0].name == OWN_NUMBERS.name
    assert found.clear[0].worth.value == pytest.approx(found.perfect.value, rel=0.1)


def test_trust_of_the_place_counts_relationships_within_a_sector():
    place = by_hand(2).scenario
    drawn = {"opening_trust": np.array([0.3, 0.5]), "same_sector_premium": np.array([0.0, 0.2])}
    low, high = mean_trust(drawn, place)
    assert low == pytest.approx(0.3)
    assert 0.5 <= high <= 0.7
    alone = mean_trust({"opening_trust": np.array([0.3, 0.5])}, place)
    assert alone[1] - alone[0] == pytest.approx(0.2)
    assert mean_trust({"meeting": np.array([0.1, 0.2])}, place) is None


def test_without_trust_among_the_assumptions_no_survey_is_judged():
    others = {name: values for name, values in points_at(POINTS).items() if name == "meeting"}
    gains = np.zeros((POINTS, 2))
    found = information(compared({"one": gains, "other": gains}, others))
    assert found.surveys == ()
    assert surveys_sentence(found) == ""


def test_choices_that_are_not_open_can_be_left_out():
    positions = {name: np.full((POINTS, 2), worth) for name, worth in (("a", 1.0), ("b", 2.0), ("c", 3.0))}
    both = compared(positions)
    assert information(both).best == "c"
    assert information(both, among=("a", "b")).labels == ("a", "b")
    with pytest.raises(ValueError, match="among: there is no choice 'd'; there are 'a', 'b', 'c'"):
        information(both, among=("a", "d"))


def test_points_without_a_position_are_left_out():
    both = trust_decides()
    both.cases[1].study.assumptions["cumulative_position"][:8] = np.nan
    assert information(both).points == POINTS - 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"respondents": (0,)}, "respondents: each must be 1 or more \\(given: 0\\)"),
        ({"survey_cost": -1.0}, "survey_cost must be 0 or more \\(given: -1.0\\)"),
        ({"survey_cost": float("nan")}, "survey_cost must be 0 or more \\(given: nan\\)"),
    ],
)
def test_numbers_out_of_range_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        information(partnership_is_best(), **given)


def test_the_cost_of_a_survey_is_that_of_the_experiment_file_unless_another_is_given():
    asked = replace(trust_decides(), paper=PaperTexts(survey_cost=0.5))
    found = find_information(asked)
    assert {each.cost for each in found.surveys} == {0.5}
    assert "£0.5m" in surveys_sentence(found)
    assert {each.cost for each in information(asked).surveys} == {0.5}
    assert {each.cost for each in information(asked, survey_cost=0.02).surveys} == {0.02}
    assert {each.cost for each in find_information(trust_decides()).surveys} == {None}


def test_too_few_points_and_too_few_choices_are_said():
    few = partnership_is_best(LEAST_POINTS - 1)
    lack = "positions are known at 59 sets of assumptions; it takes 60"
    assert information_lack(few) == lack
    assert find_information(few) is None
    with pytest.raises(ValueError, match=f"the value of information cannot be estimated: {lack}"):
        information(few)
    assert information_lack(partnership_is_best(LEAST_POINTS)) == ""
    alone = partnership_is_best()
    alone = replace(alone, cases=alone.cases[:1])
    assert information_lack(alone) == "there are no two choices whose assumptions were varied"


def test_it_reads_as_a_line_a_table_and_rows(found):
    assert repr(found).startswith("<Information: Knowing how much these organisations trust each other now would")
    html = found._repr_html_()
    assert "How much these organisations trust each other now" in html
    assert "not distinguishable from 0" in html
    rows = found.to_pandas().set_index("what")
    assert len(rows) == 1 + len(GROUPS) - 1 + len(TABLE) - len(UNREAD) + 3
    assert rows.loc["opening_trust", "is_clear"]
    assert rows.loc["all", "worth"] == found.perfect.value
    assert rows.loc["survey of 30", "net"] == pytest.approx(rows.loc["survey of 30", "worth"] - 0.02)
    assert (rows["low_95"] >= 0).all()
