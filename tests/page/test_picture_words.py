"""The headlines of the page's pictures say the direction that the numbers have."""

import re
from copy import deepcopy
from functools import cache
from math import nan
from typing import Any

import pytest

from simulation.charts.text.gap_words import GapOutcome
from simulation.formatting import month_words
from tests.page.made_up_results import made_up
from tests.page.node import HERE, call, needs_node

pytestmark = [needs_node, pytest.mark.unit]

DRAW = HERE / "draw_all.js"
GAP, QUESTIONS, TRUST, GAINS, PLAN, MONEY = range(6)


@cache
def seven() -> dict[str, Any]:
    """Return a made-up place of seven organisations, to be copied."""
    return next(
        each
        for each in map(made_up, range(1000))
        if len(each["place"]["organisations"]) == 7
        and len(each["place"]["months"]) == 40
        and each["results"]["replicates"] == 9
        and len(each["place"]["relationships"]) > 2
        and len(each["place"]["opportunities"]) == 6
    )


@pytest.fixture
def sample() -> dict[str, Any]:
    """A place of seven organisations whose two variants are the same, over two years."""
    case = deepcopy(seven())
    place = case["place"]
    place["paths"] = {"do_nothing": [100.0] * 40, "plan": [0.0] * 40, "target": 0.0}
    place["opportunities"] = [{"title": f"Programme {k}"} for k in range(6)]
    results = case["results"]
    results["gap"] = {"chance": level(60.0), "varied": None, "do_nothing": [100.0] * 40}
    results["last"] = {"chance": [60.0] * 9, "delivered": [30.0] * 9}
    results["questions"] = {"population_first": level(0.5), "varied": None, "runs": [[0.5] * 40] * 9}
    results["trust"]["runs"] = [[0.5] * 40] * 9
    results["trust"]["mean"] = [[0.5] * len(place["relationships"]) for _ in results["trust"]["months"]]
    results["trust"]["opening"] = [0.5] * len(place["relationships"])
    results["organisations"]["outturns"] = [[[0.0] * 7 for _ in place["years"]] for _ in range(9)]
    results["plan"] = [
        {"opportunity": k, "value": 10.0, "agreed": 1.0, "month": 2, "delivered": 5.0, "realised": 4.0}
        for k in range(6)
    ]
    results["money"]["position"] = [[0.0] * 40 for _ in range(9)]
    return {"place": place, "results": results, "baseline": deepcopy(results)}


def level(value: float) -> dict[str, list[float]]:
    """Bands without width that stay at one value."""
    return {name: [value] * 40 for name in ("median", "low50", "high50", "low90", "high90")}


def around(value: float, differences: tuple[float, ...]) -> list[list[float]]:
    """A value in each of nine runs, in all of 40 months."""
    return [[value + each] * 40 for each in differences]


def headlines(sample: dict[str, Any], *, alone: bool = False) -> list[str]:
    """The headlines of all pictures."""
    baseline = None if alone else sample["baseline"]
    (pictures,) = call(DRAW, [["drawAll", sample["results"], baseline, sample["place"], {"width": 640}]])
    return [each["headline"] for each in pictures]


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (30.0, "What is set here leaves £30m in July 2023: £30m less than the place as it stands"),
        (90.0, "What is set here leaves £90m in July 2023: £30m more than the place as it stands"),
        (61.0, "The gap hardly differs: what is set here leaves £61m in July 2023, the place as it stands £60m"),
        (61.4, "What is set here leaves £61m in July 2023: £1.4m more than the place as it stands"),
        (-5.0, "What is set here leaves −\u2060£5m in July 2023: £65m less than the place as it stands"),
    ],
)
def test_the_gap_against_another_variant(sample, gap, said):
    sample["results"]["gap"]["chance"] = level(gap)
    sample["results"]["last"]["chance"] = [gap] * 9
    assert _dated(headlines(sample)[GAP]) == said


UNCLEAR = [(-30, 25, -40, 35, -10, 50, -20, -5, 30), (30,) * 8 + (-400,)]
"""Differences of pairs of runs of which the mean is no further from 0 than chance may make."""


def test_a_mean_over_runs_that_goes_the_other_way_is_said(sample):
    sample["results"]["gap"]["chance"] = level(50.0)
    sample["results"]["last"]["chance"] = [62.0] * 9
    sample["results"]["money"]["position"] = [
        [value] * 40 for value in (0.5, 0.5, 0.5, 0.5, 0.5, -100, -100, -100, -100)
    ]
    said = headlines(sample)
    assert said[GAP].startswith("The mean over all runs is the other way round: what is set here leaves £50m")
    assert said[MONEY].endswith("stands. The mean over all runs is the other way round")


@pytest.mark.parametrize("differences", UNCLEAR)
def test_a_difference_of_medians_that_runs_do_not_show_may_be_chance(sample, differences):
    """On average over the same random events there is none, or one of the other sign."""
    sample["results"]["gap"]["chance"] = level(50.0)
    sample["results"]["last"]["chance"] = [60.0 + each for each in differences]
    both = "what is set here leaves £50m in July 2023, the place as it stands £60m"
    assert _dated(headlines(sample)[GAP]) == f"Chance alone may explain the difference: {both}"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (0.0, "The gap closes: £0m against a target of £0m in July 2023"),
        (60.0, "£40m of the £100m gap is closed; £60m remains in July 2023"),
        (95.0, "The gap hardly changes: £95m of £100m remains in July 2023"),
        (130.0, "The gap grows beyond that before any savings: £130m against £100m in July 2023"),
    ],
)
def test_the_gap_alone(sample, gap, said):
    sample["results"]["gap"]["chance"] = level(gap)
    assert _dated(headlines(sample, alone=True)[GAP]) == said


@pytest.mark.parametrize(
    ("gap", "do_nothing", "target"),
    [
        (0, 100, 0),
        (-3, 100, 0),
        (0.001, 104, 40),
        (39, 104, 40),
        (35, 30, 40),
        (60, 100, 0),
        (95, 100, 0),
        (130, 100, 0),
        (104, 100, 0),
        (20, 15, 18),
        (30.4, 32, 29.5),
        (-3, 100, -10),
        (0.004, 104, 0),
        (0.004, 0.02, 0.01),
        (3, -2, 0),
        (-18, -3, -4),
    ],
)
def test_the_page_and_the_chart_say_the_same_of_the_gap(sample, gap, do_nothing, target):
    sample["results"]["gap"] = {"chance": level(gap), "varied": None, "do_nothing": [do_nothing] * 40}
    sample["place"]["paths"] |= {"target": target}
    said = _dated(headlines(sample, alone=True)[GAP])
    assert said == GapOutcome(gap, do_nothing, target).sentence("July 2023")


@pytest.mark.parametrize(
    ("share", "begin"), [(0.8, "More ask for"), (0.2, "Fewer ask for"), (0.51, "The question hardly differs")]
)
def test_the_questions(sample, share, begin):
    sample["results"]["questions"] |= {"population_first": level(share), "runs": [[share] * 40] * 9}
    assert headlines(sample)[QUESTIONS].startswith(begin)


def test_a_question_that_hardly_changes_is_said_with_both_numbers(sample):
    sample["results"]["questions"]["population_first"]["median"] = [0.49] * 20 + [0.51] * 20
    said = "The question hardly changes: from 49% to 51% of decisions ask for “our population”"
    assert headlines(sample, alone=True)[QUESTIONS] == said


def met_in(case: dict[str, Any], share: float, months: list[int]) -> None:
    """Let each run ask in a share of decisions, until the month in which anybody meets in it for the last time."""
    runs = [[share if month <= last else nan for month in range(40)] for last in months]
    line = [share if month <= max(months) else nan for month in range(40)]
    bands = {name: [*line] for name in ("median", "low50", "high50", "low90", "high90")}
    case["questions"] = {"population_first": bands, "varied": None, "runs": runs}


def questions_of(sample: dict[str, Any], *, alone: bool = False) -> dict[str, Any]:
    baseline = None if alone else sample["baseline"]
    (pictures,) = call(DRAW, [["drawAll", sample["results"], baseline, sample["place"], {"width": 640}]])
    return pictures[QUESTIONS]


def test_questions_of_few_runs_say_of_how_many_and_until_when(sample):
    """In two of nine runs organisations meet until the 21st month, in the others until the tenth."""
    met_in(sample["results"], 0.5, [9] * 7 + [20] * 2)
    sample["results"]["questions"]["population_first"]["median"][:10] = [1.0] * 10
    place = sample["place"]
    last, end = month_words(place["months"][20]), month_words(place["months"][-1])
    found = questions_of(sample, alone=True)
    assert found["headline"] == (
        f"Fewer ask for “our population”: from 100% to 50% of decisions by {last} (2 of 9 runs), the last month in "
        "which anybody meets"
    )
    assert (
        f"50% (9 in 10 by chance: 50%) in {last}, of 2 of 9 runs, the last month in which anybody meets" in found["alt"]
    )
    assert "not known" not in found["alt"]
    first = month_words(place["months"][0])
    assert f"of the runs in which organisations meet (9 in {first}, 0 in {end}). " in found["note"]
    labels = re.sub("<[^>]*>", " ", found["file"])
    assert re.search(r"nobody\s+meets", labels)
    assert "not known" not in labels


def test_questions_are_compared_in_a_month_in_which_both_are_asked(sample):
    met_in(sample["results"], 0.8, [12] * 9)
    met_in(sample["baseline"], 0.5, [39] * 9)
    last = month_words(sample["place"]["months"][12])
    found = questions_of(sample)
    assert found["headline"] == (
        f"More ask for “our population”: 80% of decisions in {last} with what is set here, 50% with the place as it "
        "stands, the last month in which anybody meets with both"
    )
    assert found["alt"].endswith(
        f"With the place as it stands it is 50% in {month_words(sample['place']['months'][-1])}."
    )
    met_in(sample["baseline"], 0.5, [-1] * 9)
    found = questions_of(sample)
    assert found["headline"].startswith("The questions cannot be compared: in no month does anybody meet both with")
    assert found["alt"].endswith("With the place as it stands nobody meets.")


def test_compared_questions_of_few_runs_say_of_how_many(sample):
    met_in(sample["results"], 0.8, [9] * 5 + [39] * 4)
    met_in(sample["baseline"], 0.5, [39] * 9)
    assert "50% with the place as it stands (4 and 9 of 9 runs)" in questions_of(sample)["headline"]


@pytest.mark.parametrize("differences", UNCLEAR)
def test_questions_that_differ_by_chance_alone_are_not_called_different(sample, differences):
    questions = sample["results"]["questions"]
    questions |= {"population_first": level(0.8), "runs": around(0.5, tuple(each / 1000 for each in differences))}
    said = "Chance alone may explain the difference: “our population” in 80% of decisions"
    assert headlines(sample)[QUESTIONS].startswith(said)


def test_questions_whose_bands_overlap_differ_where_runs_with_the_same_events_do(sample):
    """Every run asks more than its pair, although they lie far apart."""
    spread = (-0.3, -0.2, -0.1, 0.0, 0.0, 0.05, 0.1, 0.15, 0.2)
    for name, share in (("results", 0.6), ("baseline", 0.5)):
        bands = level(share) | {"low90": [share - 0.3] * 40, "high90": [share + 0.2] * 40}
        sample[name]["questions"] |= {"population_first": bands, "runs": around(share, spread)}
    assert headlines(sample)[QUESTIONS].startswith("More ask for “our population”: 60% of decisions")


@pytest.mark.parametrize(
    ("trust", "begin", "alone"),
    [
        (0.7, "There is more trust in", "Trust grows: from 0.50 to 0.70"),
        (0.3, "There is less trust in", "Trust wears down: from 0.50 to 0.30"),
        (0.51, "Trust is much the same in", "Trust hardly moves: from 0.50 to 0.51"),
    ],
)
def test_trust(sample, trust, begin, alone):
    sample["results"]["trust"]["mean"][-1] = [trust] * len(sample["place"]["relationships"])
    sample["results"]["trust"]["runs"] = [[trust] * 40] * 9
    assert headlines(sample)[TRUST].startswith(begin)
    assert headlines(sample, alone=True)[TRUST].startswith(alone)


@pytest.mark.parametrize("month", [0, 39])
def test_trust_at_the_start_is_that_before_the_first_month(sample, month):
    """A breach of the first month is no part of the start: trust that falls at once and stays low wears down."""
    trust, pairs = sample["results"]["trust"], len(sample["place"]["relationships"])
    trust |= {"opening": [0.4] * pairs, "mean": [[0.0] * pairs for _ in trust["months"]]}
    picture = call(DRAW, [["drawAll", sample["results"], None, sample["place"], {"width": 640, "month": month}]])[0][
        TRUST
    ]
    assert picture["headline"].startswith("Trust wears down: from 0.40 to 0.00 by")
    assert "at the start mean trust was 0.40" in picture["alt"]
    assert {row[3] for row in picture["table"]["rows"]} == {0.4}


@pytest.mark.parametrize("differences", UNCLEAR)
def test_trust_that_differs_by_chance_alone_is_not_called_more(sample, differences):
    sample["results"]["trust"]["mean"][-1] = [0.7] * len(sample["place"]["relationships"])
    sample["results"]["trust"]["runs"] = around(0.5, tuple(each / 1000 for each in differences))
    said = "Chance alone may explain the difference: mean trust in July 2023 is 0.70 with what is set here"
    assert _dated(headlines(sample)[TRUST]).startswith(said)


def test_the_programmes_that_are_summed_say_which_share_of_their_value_is_agreed(sample):
    """Of six that no run agrees together, the one of most value is agreed in every run."""
    sample["place"]["opportunities"] = [{"title": f"Programme {k}"} for k in range(21)]
    sample["results"]["plan"] = [
        {"opportunity": k, "value": value, "agreed": agreed, "month": None, "delivered": 0.0, "realised": 0.0}
        for k, (value, agreed) in enumerate([(10.0, 0.5)] * 15 + [(4.0, 1.0)] + [(0.25, 0.0)] * 5)
    ]
    calls = [["drawAll", sample["results"], None, sample["place"], {"width": width}] for width in (640, 330)]
    picture, narrow = (each[PLAN] for each in call(DRAW, calls))
    assert picture["table"]["rows"][-1][:3] == ["The other 6 together", 5.25, 4 / 5.25]
    assert "76% of value" in picture["file"]
    assert "76% of their value" in narrow["file"]
    assert "of the rest, which share of their value is on average" in picture["note"]
    assert picture["table"]["heads"][2] == "Agreed, share of runs; of several, of their value"


def test_organisations_that_gain_and_pay_are_counted_with_their_sums(sample):
    years = len(sample["place"]["years"])
    for replicate in sample["results"]["organisations"]["outturns"]:
        for year in replicate:
            year[:4] = [3.0 / years, 2.0 / years, -4.0 / years, 0.001 / years]
    assert headlines(sample)[GAINS] == (
        "With what is set here 3 of 7 organisations gain £5m and 1 pays £4m, against the place as it stands"
    )


def test_an_organisation_whose_interval_holds_0_is_not_said_to_gain_or_pay(sample):
    """In 6 of 9 runs the first gains £3m, in 3 it loses £9m: the mean is −£1m, the interval ±£4.6m."""
    years = len(sample["place"]["years"])
    for number, replicate in enumerate(sample["results"]["organisations"]["outturns"]):
        for year in replicate:
            year[:2] = [(3.0 if number < 6 else -9.0) / years, 0.002 / years]
    assert headlines(sample)[GAINS] == (
        "With what is set here 1 of 7 organisations gains under £5,000 and none clearly pays; of 1 it is not clear, "
        "against the place as it stands"
    )


def test_what_organisations_gain_on_the_page_is_a_mean_as_in_papers(sample):
    """In 5 of 9 runs the first gains £1m, in 4 £10m: the median is £1m, the mean £5m."""
    years = len(sample["place"]["years"])
    for number, replicate in enumerate(sample["results"]["organisations"]["outturns"]):
        for year in replicate:
            year[0] = (1.0 if number < 5 else 10.0) / years
    assert headlines(sample)[GAINS] == (
        "With what is set here 1 of 7 organisations gains £5m and none pays, against the place as it stands"
    )
    (pictures,) = call(DRAW, [["drawAll", sample["results"], sample["baseline"], sample["place"], {"width": 640}]])
    drawn = pictures[GAINS]
    assert "Means of 9 simulated runs each" in drawn["subtitle"]
    assert drawn["table"]["rows"][-1][1] == pytest.approx(5)


def test_nobody_gains_or_pays_where_nothing_differs(sample):
    assert headlines(sample)[GAINS].startswith("No organisation is better or worse off")
    assert headlines(sample, alone=True)[GAINS].startswith("Nobody gains or pays yet")


@pytest.mark.parametrize(("delivered", "begin"), [(9.0, "More is"), (1.0, "Less is"), (5.1, "Delivery hardly differs")])
def test_delivery(sample, delivered, begin):
    for programme in sample["results"]["plan"]:
        programme["delivered"] = delivered
    sample["results"]["last"]["delivered"] = [6 * delivered] * 9
    assert headlines(sample)[PLAN].startswith(begin)


@pytest.mark.parametrize("differences", UNCLEAR)
def test_delivery_that_differs_by_chance_alone_is_not_called_more(sample, differences):
    for programme in sample["results"]["plan"]:
        programme["delivered"] = 9.0
    sample["results"]["last"]["delivered"] = [30 + each / 10 for each in differences]
    assert headlines(sample)[PLAN].startswith("Chance alone may explain the difference: 90% of the £60m plan")


def test_delivery_alone(sample):
    assert "50% of the £60m plan is delivered" in headlines(sample, alone=True)[PLAN]
    for programme in sample["results"]["plan"]:
        programme |= {"agreed": 0.0, "month": None, "delivered": 0.0}
    assert headlines(sample, alone=True)[PLAN].startswith("Nothing of the £60m plan is agreed")


@pytest.mark.parametrize(
    ("losing", "named", "words"),
    [
        (0, 10, "the 10 that gain most"),
        (1, 11, "the one that loses and the 10 that gain most"),
        (9, 19, "the 9 that lose and the 10 that gain most"),
        (15, 20, "the 10 that lose most and the 10 that gain most"),
        (30, 16, "the 10 that lose most and the 6 that gain"),
    ],
)
def test_of_many_organisations_none_that_gains_stands_among_those_that_lose(sample, losing, named, words):
    """Of 36 the least change was called one of the largest where fewer than ten lose."""
    place, results, baseline = sample["place"], sample["results"], sample["baseline"]
    place["organisations"] = [{"name": f"Trust {o}", "short": f"T{o}", "role": "provider"} for o in range(36)]
    years = len(place["years"])
    changes = [-float(losing - o) if o < losing else float(o - losing + 1) for o in range(36)]
    baseline["organisations"]["outturns"] = [[[0.0] * 36 for _ in range(years)] for _ in range(9)]
    results["organisations"]["outturns"] = [[changes, *([[0.0] * 36] * (years - 1))] for _ in range(9)]
    (picture,) = call("picture_gains.js", [["drawGains", results, baseline, place, {"width": 640}]])
    rows = picture["table"]["rows"]
    lost = min(losing, 10)
    assert [row[1] < 0 for row in rows[:lost]] == [True] * lost
    assert rows[lost][0] == f"The other {36 - named} together"
    assert all(row[1] > 0 for row in rows[lost + 1 :])
    assert len(rows) == named + 1
    assert picture["note"].startswith(f"36 organisations are too many to name. In the picture: {words}, and the ")


def test_a_place_pays_back_from_the_month_after_it_was_last_worse_off(sample):
    sample["results"]["money"]["position"] = [[-2.0] * 10 + [1.0] * 5 + [-1.0] * 5 + [6.0] * 20 for _ in range(9)]
    month = sample["place"]["months"][20]
    said = headlines(sample)[MONEY]
    assert f"pays back by {_words(month)}" in said
    assert "£6m better off" in said


def test_a_place_that_has_not_paid_back_is_not_said_to(sample):
    lines = [[-2.0] * 40 for _ in range(5)] + [[-2.0] * 39 + [1.0] for _ in range(4)]
    sample["results"]["money"]["position"] = lines
    said = headlines(sample)[MONEY]
    assert "in 4 of 9 simulated runs only" in said
    assert "£2m worse off" in said


def test_money_that_differs_by_chance_alone_says_so(sample):
    sample["results"]["money"]["position"] = [
        [value] * 40 for value in (0.5, 0.1, -0.4, 0.3, -9.0, 0.2, 0.1, -0.2, 0.1)
    ]
    assert headlines(sample)[MONEY].endswith(
        "the place is £0.1m better off than with the place as it stands. Chance alone may explain the difference"
    )


def test_a_place_that_is_as_well_off_in_the_middle_run_is_not_called_better_off(sample):
    sample["results"]["money"]["position"] = [[value] * 40 for value in (-0.5, -0.2, 0, 0, 0, 0.4, 0.3, -0.3, 0.2)]
    assert _dated(headlines(sample)[MONEY]) == (
        "By July 2023 the middle simulated run is as well off with what is set here as with the place as it stands"
    )
    sample["results"]["money"]["position"] = [[value] * 40 for value in (-2, -2, -2, -2, 0, 0, 0, 0.1, 0)]
    assert _dated(headlines(sample)[MONEY]) == (
        "By July 2023 the place is £0.88m worse off with what is set here than with the place as it stands on average, "
        "and as well off in the middle simulated run"
    )


def test_money_that_is_the_same_in_half_of_the_runs_or_more_is_said_to_be_so(sample):
    sample["results"]["money"]["position"] = [[value] * 40 for value in (0, 0, 0, 0, 0, 0, 0, 0.4, -0.2)]
    same = "costs and saves the same as the place as it stands in 7 of 9 simulated runs"
    assert headlines(sample)[MONEY] == f"What is set here {same}"


def test_runs_without_a_difference_have_nothing_to_pay_back(sample):
    """Of six that differ the middle one pays back in the 21st month; three never differ."""
    line = [-2.0] * 10 + [1.0] * 5 + [-1.0] * 5 + [6.0] * 20
    sample["results"]["money"]["position"] = [line] * 5 + [[-2.0] * 40] + [[0.0] * 40] * 3
    month = sample["place"]["months"][20]
    (pictures,) = call(DRAW, [["drawAll", sample["results"], sample["baseline"], sample["place"], {"width": 640}]])
    picture = pictures[MONEY]
    assert f"pays back by {_words(month)} in the middle simulated run of those that differ" in picture["headline"]
    assert "It has paid back within the run in 5 of 6 simulated runs that differ." in picture["alt"]


def test_money_that_does_not_differ(sample):
    assert headlines(sample)[MONEY] == "What is set here costs and saves the same as the place as it stands"


@pytest.mark.parametrize("width", [320, 900])
def test_a_year_of_which_the_run_has_some_months_is_marked_in_the_picture_itself(sample, width):
    """A place from December has four months of its first year; its bar stands beside those of whole years."""
    place = sample["place"]
    for year, (label, is_part) in enumerate([("2015/16", True), ("2016/17", False), ("2017/18", False)]):
        place["years"][year]["label"] = f"{label} (part)" if is_part else label
    for year in place["years"][3:]:
        year["label"] = year["label"].removesuffix(" (part)")

    def said() -> tuple[list[str], str]:
        (pictures,) = call(DRAW, [["drawAll", sample["results"], None, place, {"width": width}]])
        return re.findall(r">([^<>]+)</text>", pictures[MONEY]["file"]), pictures[MONEY]["note"]

    texts, note = said()
    bars = texts[texts.index("(part)") - 1 :]
    assert bars[:4] == ["2015/16", "(part)", "2016/17", "2017/18"]
    assert texts.count("(part)") == 1
    assert note.endswith("Part: the run has only some months of that year.")
    place["years"][0]["label"] = "2015/16"
    texts, note = said()
    assert "(part)" not in texts
    assert "Part:" not in note


def _words(month: str) -> str:
    from simulation.formatting import month_words

    return month_words(month)


def _dated(headline: str) -> str:
    """A headline of any place as one that ends in July 2023."""
    return headline.replace("March 2019", "July 2023")
