"""The exact sentences about a decision, where what each lever is worth is given, so that the right one is plain."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.budget import MoneyStep
from simulation.analysis.decided import AtStretch
from simulation.analysis.decided_limits import within
from simulation.analysis.decided_sections import decided_sections, recommended_lines, stretch_sentence
from simulation.analysis.decided_words import delay_sentence, first_step_lines, gain_words, rule_lines, sure_sentence
from simulation.analysis.first_steps import delay_of
from simulation.analysis.money_words import money_sentence
from simulation.analysis.options import Amount
from simulation.charts.start_month import start_month
from simulation.cli._decide_words import options_table
from simulation.formatting import pounds, without_joiners
from simulation.levers import Lever
from tests.analysis.made_up_decisions import POINTS, SPREAD, Worth, decided

pytestmark = pytest.mark.unit

THREE = {
    "coaching": (1, Worth(9, 8, (-1, 2))),
    "gain_share": (1, Worth(5, 4, (-0.5, 1))),
    "menu_framing": (1, Worth(4, 4)),
}
"""£9m, £5m and £4m a year for £1m each; 8 and 4 times the spread make intervals of ±£0.92m and ±£0.46m."""


def plain(sentences) -> list[str]:
    return [without_joiners(each) for each in sentences]


def money(folder, levers, limits="") -> str:
    return without_joiners(money_sentence(decided(folder, levers, limits)))


def test_each_million_and_what_it_closes(tmp_path):
    assert money(tmp_path, THREE, "  budget: 5\n") == (
        "The first million closes £9m a year (£8.1m to £9.9m), the second £5m a year (£4.5m to £5.5m), "
        "the third £4m a year (£3.5m to £4.5m), the fourth and the fifth nothing clear."
    )


@pytest.mark.parametrize(
    ("levers", "limits", "expected"),
    [
        pytest.param(
            {"coaching": (3, Worth(4))},
            "  budget: 7\n",
            "The first and the second million buy nothing clear, the third closes £4m a year, "
            "the fourth to the seventh nothing clear.",
            id="nothing before the third million and after it",
        ),
        pytest.param(
            {"coaching": (1, Worth(0)), "gain_share": (2, Worth(0))},
            "",
            "More money, up to £3m, buys nothing clear.",
            id="nothing gained",
        ),
        pytest.param(
            {"coaching": (1, Worth(-6)), "gain_share": (2, Worth(-6))},
            "",
            "More money, up to £3m, buys nothing clear.",
            id="every lever does harm",
        ),
        pytest.param(
            {"coaching": (1, Worth(5, 60))},
            "  budget: 3\n",
            "More money, up to £3m, buys nothing clear.",
            id="chance may explain it",
        ),
        pytest.param(
            {"coaching": (3, Worth(5))},
            "  budget: 3\n",
            "The first and the second million buy nothing clear, the third closes £5m a year.",
            id="one option",
        ),
        pytest.param(
            {"coaching": (1, Worth(5)), "gain_share": (1, Worth(5))},
            "  budget: 3\n  most_levers: 1\n",
            "Within the limits, the first million closes £5m a year, the second and the third nothing clear.",
            id="a tie",
        ),
        pytest.param(
            {"coaching": (0, Worth(5, 3)), "gain_share": (3, Worth(3))},
            "",
            "Levers that cost nothing close £5m (£4.7m to £5.3m) a year. "
            "The first and the second million buy nothing clear, the third closes £3m a year.",
            id="one for nothing",
        ),
        pytest.param(
            {"coaching": (0, Worth(5, 3))},
            "",
            "Levers that cost nothing close £5m (£4.7m to £5.3m) a year. "
            "All levers are free, so more money buys nothing.",
            id="all for nothing",
        ),
        pytest.param(
            {"coaching": (0, Worth(-5))}, "", "All levers are free, so more money buys nothing.", id="harm for nothing"
        ),
        pytest.param(
            {"coaching": (0, Worth(5)), "gain_share": (3, Worth(3))},
            "  budget: 0\n",
            "Levers that cost nothing close £5m a year. "
            "No option that was compared costs anything, so what more money buys is not known.",
            id="no money",
        ),
        pytest.param(
            {"coaching": (0.5, Worth(5)), "gain_share": (1, Worth(3))},
            "  budget: 2.5\n",
            "The step from £0m to £0.5m closes £5m a year, the step from £0.5m to £1m nothing clear, "
            "the step from £1m to £1.5m £3m a year, the steps from £1.5m to £2.5m nothing clear.",
            id="steps of half a million",
        ),
        pytest.param(
            {"coaching": (6, Worth(5)), "gain_share": (0.5, Worth(3))},
            "  budget: 6.5\n",
            "The first million closes £3m a year, the second to the fifth nothing clear, the sixth £2m a year, "
            "the step from £6m to £6.5m £3m a year.",
            id="what is left after whole millions",
        ),
        pytest.param(
            {"coaching": (20, Worth(50))},
            "  budget: 40\n",
            "The steps from £0m to £15m buy nothing clear, the step from £15m to £20m closes £50m a year, "
            "the steps from £20m to £40m nothing clear.",
            id="steps of five millions",
        ),
    ],
)
def test_what_more_money_buys(levers, limits, expected, tmp_path):
    assert money(tmp_path, levers, limits) == expected


def test_millions_that_each_add_little_are_judged_together(tmp_path):
    """Four of £0.9m each are nothing clear one by one, and £3.6m together; two of £0.4m are nothing even so."""
    little = {name: (1, Worth(0.9)) for name in ("coaching", "gain_share", "menu_framing", "celebration")}
    assert money(tmp_path, {**little, "payment_reform": (1, Worth(5))}) == (
        "The first million closes £5m a year, the second to the fifth together £3.6m a year."
    )
    assert money(tmp_path, little) == "The first to the fourth million together close £3.6m a year."
    less = {"coaching": (1, Worth(0.4)), "gain_share": (1, Worth(0.4)), "payment_reform": (1, Worth(5))}
    assert money(tmp_path, less) == "The first million closes £5m a year, the second and the third nothing clear."


@pytest.mark.parametrize(
    ("objective", "first"),
    [
        ("position", "The first million improves the place's position by £9m (£8.1m to £9.9m), the second £5m ("),
        (
            "position_at_horizon",
            "The first million improves the last month's position by £9m a year (£8.1m to £9.9m), "
            "the second £5m a year (",
        ),
    ],
)
def test_money_is_said_in_the_main_objective(objective, first, tmp_path):
    assert money(tmp_path, THREE, f"  objectives: [{objective}]\n").startswith(first)


@pytest.mark.parametrize(("spread", "is_clear"), [(0.1, True), (40.0, False)])
def test_a_gain_that_chance_may_explain_is_not_called_one(spread, is_clear, tmp_path):
    found = decided(tmp_path, {"coaching": (2, Worth(1.5, spread))}, "  budget: 2\n")
    option = next(each for each in found.options if each.settings)
    assert gain_words(found, option).endswith(", which cannot be distinguished from none") is not is_clear


def test_the_recommended_option_and_how_sure_it_is(tmp_path):
    found = decided(tmp_path, THREE, "  budget: 5\n")
    assert plain(recommended_lines(found)) == [
        "Option D (£3m). From April 2024 coaching, menu of contributions and gain share.",
        "Its levers cost £3m, of a budget of £5m: £1.5m in 2024/25 and £1.5m in 2025/26.",
        "It closes £18m (£16m to £20m) a year in March 2026. The place's position over the run, costs included, is "
        "better by £18m (£16m to £20m). The commissioner loses £1.5m over the run.",
        "It is the cheapest of those that each of the three rules chooses, or cannot tell from its choice.",
        "Wider and narrower ranges of the assumptions were not tried.",
    ]
    assert plain(rule_lines(found)) == [
        "The three rules choose the same option.",
        "By the mean over all cases: option D (£3m), £18m (£16m to £20m); no other is tied with it.",
        "By the regret that is not passed in 19 of 20 cases: option D (£3m), £0m; no other is tied with it.",
        "By how often it is within £1m of the best: option D (£3m), in 100 of 100 cases; no other is tied with it.",
    ]


@pytest.mark.parametrize(("objective", "waiting"), [("gap", 1), ("position", 2)])
def test_each_section_with_money_over_the_run_says_that_it_is_nominal(objective, waiting, tmp_path):
    """ADR 26: every figure over several years says it; a gap is a rate at one moment, which is never discounted."""
    found = decided(tmp_path, THREE, f"  budget: 5\n  objectives: [{objective}]\n")
    gains = np.array([np.full(9, 6.0), np.zeros(9)])
    delay = delay_of(Lever.COACHING, ["2024-04", "2025-04"], [0, 12], gains, np.zeros(9))
    sections = dict(decided_sections(replace(found, delays=(delay,))))
    for head in ("Recommended", "How sure is the choice", "What more money buys", "The options"):
        assert sections[head][-1] == "Money over the run is nominal, undiscounted."
    assert len(sections["What waiting costs"]) == waiting
    assert options_table(found).title == "Options. Money over the run is nominal, undiscounted."
    drawn = start_month(replace(found, delays=(delay,)))
    assert ("nominal, undiscounted" in drawn.note) == (objective == "position")


@pytest.mark.parametrize(
    ("objective", "least"), [("gap", "£1m a year"), ("position", "£1m"), ("position_at_horizon", "£1m a year")]
)
def test_a_difference_that_counts_as_none_is_named_where_the_text_goes_by_it(objective, least, tmp_path):
    """Options tie, and money buys nothing clear, by £1m in the unit of the objective, or by chance."""
    said = f"A difference of up to {least}, or one that chance may explain, counts as none."
    found = decided(tmp_path, THREE, f"  budget: 5\n  objectives: [{objective}]\n")
    sections = dict(decided_sections(found))
    for head in ("Recommended", "How sure is the choice", "What more money buys"):
        assert said in sections[head]
    assert not any(said in sections[head] for head in ("What to begin with", "The options", "What this rests on"))
    every_step = decided(tmp_path, THREE, f"  budget: 3\n  objectives: [{objective}]\n")
    bought = dict(decided_sections(every_step))["What more money buys"]
    assert (said in bought) == ("nothing clear" in bought[0])


def test_no_lever_is_recommended_by_the_same_difference(tmp_path):
    sections = dict(decided_sections(decided(tmp_path, {"coaching": (1, Worth(0))})))
    assert sections["Recommended"][:2] == (
        "No option within the limits is clearly better than pulling no lever.",
        "A difference of up to £1m a year, or one that chance may explain, counts as none.",
    )


def by_rule(gains):
    """Gains of three levers of which one may be pulled, in place of a sum of worths."""

    def by_point(decision, candidate):
        pulled = [gains[str(lever)] for lever in decision.settings_of(candidate)]
        return pulled[0] if pulled else np.full(POINTS, -99.0)

    return by_point


LEVERS = {"coaching": (3, Worth(0)), "gain_share": (2, Worth(0)), "menu_framing": (1, Worth(0))}
ONE = "  most_levers: 1\n"


def test_three_rules_that_choose_three_options(tmp_path):
    """One gains most on average, one is never far behind, one is most often the best."""
    bold, steady, often = np.full(POINTS, 34.0), np.full(POINTS, 17.0), np.full(POINTS, -30.0)
    bold[:20], bold[20:70] = -20.0, 32.0
    often[:20], often[20:70] = 20.0, 34.0
    # Means: (20 x −20 + 50 x 32 + 30 x 34)/100 = 22.2; 17; (20 x 20 + 50 x 34 + 30 x −30)/100 = 12.
    # At their worst points, more than one in twenty: 40, 17 and 64 behind. Near the best at 30, 0 and 70 of 100.
    gains = {"coaching": bold, "gain_share": steady, "menu_framing": often}
    found = decided(tmp_path, LEVERS, ONE, by_point=by_rule(gains))
    first, mean, regret, near = plain(rule_lines(found))
    assert first == (
        "Within the limits, the three rules choose 3 different options, and none is tied with all their choices."
    )
    assert mean.startswith("By the mean over all cases: option C (£3m), £22m (")
    assert mean.endswith("; no other is tied with it.")
    assert regret.startswith("By the regret that is not passed in 19 of 20 cases: option B (£2m), £17m")
    assert regret.endswith("; no other is tied with it.")
    assert near.startswith("By how often it is within £1m of the best: option A (£1m), in 70 of 100 cases (")
    assert near.endswith("; no other is tied with it.")
    said = "No option is chosen by all three rules or tied with their choices, so it is the choice by the mean."
    assert within(said) in plain(recommended_lines(found))


def test_equal_options_are_tied_and_the_cheapest_is_recommended(tmp_path):
    same = np.full(POINTS, 10.0)
    found = decided(tmp_path, LEVERS, ONE, by_point=by_rule(dict.fromkeys(LEVERS, same)))
    assert plain(rule_lines(found)) == [
        "Within the limits, the three rules choose the same option.",
        "By the mean over all cases: option A (£1m), £10m; 2 others are tied with it.",
        "By the regret that is not passed in 19 of 20 cases: option A (£1m), £0m; 2 others are tied with it.",
        "By how often it is within £1m of the best: option A (£1m), in 100 of 100 cases; 2 others are tied with it.",
    ]
    assert recommended_lines(found)[0] == "Option A (£1m). From April 2024 menu of contributions."


def test_rules_that_differ_among_options_that_are_tied(tmp_path):
    """£0.9m more, £0.9m apart: more by the mean, but none is further than £1m from the best."""
    gains = {"coaching": 10.9 + SPREAD, "gain_share": 10.0 + SPREAD, "menu_framing": -50.0 + SPREAD}
    found = decided(tmp_path, LEVERS, ONE, by_point=by_rule(gains))
    first, mean, _, near = plain(rule_lines(found))
    assert first == (
        "Within the limits, the three rules choose 2 different options, and 2 options are chosen or tied by all three."
    )
    assert mean == "By the mean over all cases: option B (£3m), £11m; 1 other is tied with it."
    assert (
        near
        == "By how often it is within £1m of the best: option A (£2m), in 100 of 100 cases; 1 other is tied with it."
    )
    assert recommended_lines(found)[0] == "Option A (£2m). From April 2024 gain share."


@pytest.mark.parametrize(
    ("levers", "best"),
    [
        pytest.param({"coaching": (1, Worth(0))}, "no joint action, £0m; 1 other is tied with it", id="nothing"),
        pytest.param({"coaching": (0, Worth(0.3, 0.5))}, "option A (£0m), £0.3m", id="next to nothing, for nothing"),
        pytest.param({"coaching": (1, Worth(-9))}, "no joint action, £0m; no other is tied with it", id="harm"),
        pytest.param({"coaching": (1, Worth(2, 30))}, "option A (£1m), £2m", id="what chance may explain"),
    ],
)
def test_where_nothing_is_clearly_gained_no_lever_is_recommended(levers, best, tmp_path):
    found = decided(tmp_path, levers)
    assert recommended_lines(found) == ["No option within the limits is clearly better than pulling no lever."]
    assert f"By the mean over all cases: {best}" in plain(rule_lines(found))[1]
    assert not found.options[found.recommended].settings


def test_what_to_begin_with(tmp_path):
    definition = (
        "Near the front is an option that costs at least half of the recommended one, and than which none for the same "
        "money or less gains over £1m more."
    )
    three = {"coaching": (1, Worth(9)), "gain_share": (1, Worth(5)), "menu_framing": (1, Worth(4.5))}
    assert first_step_lines(decided(tmp_path, three)) == [
        "First steps without regret: coaching from April 2024 is in every one of the 3 options near the front. "
        + definition
    ]  # all three for £3m; for £2m coaching with either of the others, £14m and £13.5m
    one = {"coaching": (1, Worth(9)), "gain_share": (1, Worth(7))}
    assert first_step_lines(decided(tmp_path, one)) == [
        "First steps without regret: coaching from April 2024 is in every one of the 2 options near the front. "
        + definition
    ]
    assert first_step_lines(decided(tmp_path, {"coaching": (1, Worth(9))})) == [
        f"First steps without regret: coaching from April 2024 is in the one option near the front. {definition}"
    ]
    assert first_step_lines(decided(tmp_path, {"coaching": (1, Worth(9)), "gain_share": (1, Worth(9))}, ONE)) == [
        "No lever is in all of the 2 options near the front. The most common are coaching in 1 and gain share in 1. "
        + definition.replace("none for", "none within the limits for")
    ]
    assert first_step_lines(decided(tmp_path, {"coaching": (1, Worth(-9))})) == [
        "One option is near the front, and it pulls no lever."
    ]


@pytest.mark.parametrize(
    ("worth_at", "expected"),
    [
        pytest.param((9, 6, 3), "each month of delay costs £0.5m a year", id="waiting costs"),
        pytest.param((3, 6, 9), "each month of delay saves £0.5m a year", id="waiting saves"),
        pytest.param((3, 9, 3), "a later start costs nothing clear", id="the last month is as good as the first"),
        pytest.param((0, 0, 0), "a later start costs nothing clear", id="nothing gained"),
        pytest.param((9.04, 9.02, 9), "each month of delay costs under £0.01m a year", id="hardly anything"),
    ],
)
def test_what_waiting_costs(worth_at, expected, tmp_path):
    """Twelve months from the first start to the last."""
    found = decided(tmp_path, THREE)
    gains = np.array([np.full(POINTS, float(each)) for each in worth_at])
    delay = delay_of(Lever.COACHING, ["2024-04", "2024-10", "2025-04"], [0, 6, 12], gains, np.zeros(POINTS))
    assert without_joiners(delay_sentence(found, delay)) == f"Coaching: {expected}, from April 2024 to April 2025."


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        (6, "each month of delay costs £0.5m a year (£0.44m to £0.56m)"),  # 1.98 x 0.586 x 6/12/√100 = 0.058
        (60, "a later start costs nothing clear"),
    ],
)
def test_a_delay_has_an_interval_and_chance_may_explain_it(spread, expected, tmp_path):
    gains = np.array([6 + spread * SPREAD, np.zeros(POINTS)])
    delay = delay_of(Lever.COACHING, ["2024-04", "2025-04"], [0, 12], gains, np.zeros(POINTS))
    said = delay_sentence(decided(tmp_path, THREE), delay)
    assert without_joiners(said) == f"Coaching: {expected}, from April 2024 to April 2025."


def test_a_delay_is_said_in_the_main_objective(tmp_path):
    delay = delay_of(
        Lever.COACHING, ["2024-04", "2025-04"], [0, 12], np.array([np.full(9, 6.0), np.zeros(9)]), np.zeros(9)
    )
    said = delay_sentence(decided(tmp_path, THREE, "  objectives: [position]\n"), delay)
    assert without_joiners(said) == "Coaching: each month of delay costs £0.5m, from April 2024 to April 2025."


def test_what_it_rests_on(tmp_path):
    found = decided(tmp_path, THREE)
    assert sure_sentence(found).startswith("All 8 candidates within the limits were run and compared at 100 sets of ")
    fewer = replace(found, candidates=300)
    assert sure_sentence(fewer).startswith("All 300 candidates within the limits were run, and the best 8 compared at ")
    searched = replace(found, candidates=300, is_exhaustive=False)
    assert sure_sentence(searched).startswith(
        "300 candidates were run, of 8 that there are, and the best 8 compared at "
    )


def test_sections_without_a_sentence_are_left_out(tmp_path):
    heads = [head for head, _ in decided_sections(decided(tmp_path, {"coaching": (1, Worth(-9))}))]
    assert heads == [
        "Recommended",
        "How sure is the choice",
        "What more money buys",
        "What to begin with",
        "What this rests on",
    ]


def test_a_step_is_clear_beyond_its_interval_and_beyond_a_million():
    for gain, half_width, is_clear in ((5, 1, True), (5, 6, False), (0.9, 0.1, False), (-5, 1, True), (1, 0, False)):
        assert MoneyStep(start=0, end=1, gain=gain, half_width=half_width).is_clear == is_clear


@pytest.mark.parametrize("is_tied", [True, False])
def test_over_wider_ranges_a_place_with_levers_of_its_own_is_tried_as_it_stands(tmp_path, is_tied):
    """No joint action, without its own levers, was not tried."""
    found = decided(tmp_path, {"coaching": (1, Worth(3))})
    found = replace(found, stretches=(AtStretch(stretch=1.5, is_tied=is_tied, ahead=1.0),))
    assert "pulling no lever" in stretch_sentence(found)
    place = found.decision.place.model_copy(update={"levers": {Lever.CELEBRATION: None}})
    said = stretch_sentence(replace(found, decision=replace(found.decision, place=place)))
    assert "the place as it stands" in said
    assert "pulling no lever" not in said


def test_the_organisation_that_clearly_loses_is_named_where_another_has_a_larger_loss_by_chance(tmp_path):
    found = decided(tmp_path, {"coaching": (1, Worth(3))})
    first, second = found.decision.place.organisations
    changes = {first: Amount(mean=-0.5, half_width=0.56), second: Amount(mean=-0.43, half_width=0.22)}
    (pulled,) = (index for index in found.named if found.options[index].settings)
    options = [replace(each, organisations=changes) for each in found.options]
    table = options_table(replace(found, options=tuple(options)))
    heads = {column.header: [*column.cells] for column in table.columns}
    shown = found.named.index(pulled)
    name = found.decision.place.organisations[second].name or second
    assert heads["loses most"][shown] == without_joiners(f"{name} {pounds(-0.43)}")
    assert heads["lose"][shown] == "1"
