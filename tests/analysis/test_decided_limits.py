"""Limits of a search in words: whom they protect, how many candidates they excluded, and what goes by them."""

from dataclasses import replace

import pytest

from simulation.analysis.decided import Decided, decide_between
from simulation.analysis.decided_limits import ANY_START, limits_lines, limits_sentence
from simulation.analysis.decided_sections import LIMITS, decided_sections, recommended_lines
from simulation.analysis.decided_words import first_step_lines, rule_lines, sure_sentence
from simulation.analysis.first_steps import Delay
from simulation.analysis.money_words import money_sentence
from simulation.analysis.precision import Precision
from simulation.charts.front import front_of_decided
from simulation.charts.start_month import start_month
from simulation.cli._decide_words import decided_data, options_table
from simulation.formatting import without_joiners
from simulation.levers import Lever
from tests.analysis.made_up_decisions import Worth, decided

pytestmark = pytest.mark.unit

LEVERS = {
    "coaching": (1, Worth(9, 8, (5, -2))),
    "gain_share": (1, Worth(5, 4, (3, 1))),
    "menu_framing": (1, Worth(4, 4, (1, -2))),
}
"""By the second organisation's loss only pulling none and gain share alone keep the limit."""
CLOSING = (
    "Every answer here is within these limits: without them, another option might be recommended, and more money might "
    "buy something else."
)


def protecting(folder, limits="", levers=LEVERS) -> Decided:
    """Return the result of a search that excluded all but the candidates by which the second organisation loses."""
    limits = f"  budget: 3\n{limits}"
    place = decided(folder, levers, limits).decision.place
    second = list(place.organisations)[1]
    every = decided(folder, levers, f"{limits}  not_worse_off: [{second}]\n")
    kept = [each for each in every.options if each.organisations[second].mean >= 0]
    found = decide_between(every.decision, kept, title="A trial", seed=1, is_exhaustive=True)
    return found.with_runs([], [], len(every.options), len(every.options) - len(kept))


def name_of(found: Decided) -> str:
    entries, (protected,) = found.decision.place.organisations, found.decision.not_worse_off
    return entries[protected].name or protected


def test_the_first_million_is_said_to_go_by_a_limit_that_took_a_better_one_away(tmp_path):
    """Coaching closes £9m for the first million, but makes an organisation worse off that must not be."""
    assert money_sentence(decided(tmp_path, LEVERS, "  budget: 3\n")).startswith("The first million closes £9m")
    found = protecting(tmp_path)
    assert money_sentence(found).startswith("Within the limits, the first million closes £5m")
    assert recommended_lines(found)[3].startswith("Within the limits, it is the cheapest of those")
    assert rule_lines(found)[0] == "Within the limits, the three rules choose the same option."
    assert "than which none within the limits for the same money" in first_step_lines(found)[0]
    assert options_table(found).title.startswith("Options within the limits. ")


def test_who_is_protected_is_named_with_how_many_candidates_that_excluded(tmp_path):
    found = protecting(tmp_path)
    assert limits_lines(found) == [
        f"{name_of(found)} must not be worse off over the run, by the mean. "
        "That limit excluded 6 of the 8 candidates that were run.",
        CLOSING,
    ]
    assert dict(decided_sections(found))[LIMITS] == tuple(limits_lines(found))
    assert sure_sentence(found).startswith(
        "All 8 candidates within the limits on money and levers were run: 6 of them are excluded, since an "
        "organisation that must not be worse off would be, and the 2 others compared at "
    )
    assert "the best" not in sure_sentence(found)


def test_of_many_that_keep_a_limit_the_best_are_compared(tmp_path):
    found = replace(protecting(tmp_path), candidates=300, excluded=40)
    assert "40 of them are excluded, since" in sure_sentence(found)
    assert "would be, and the best 2 of the others compared at " in sure_sentence(found)
    alone = replace(found, options=found.options[:1], candidates=8, excluded=7)
    assert "7 of them are excluded, since" in sure_sentence(alone)
    assert "would be, and the one that is left compared at " in sure_sentence(alone)
    searched = replace(found, is_exhaustive=False)
    assert "and the best 2 within the limits compared at " in sure_sentence(searched)
    assert limits_lines(searched)[0].endswith("That limit excluded 40 of the candidates that were run.")


def test_a_limit_that_excluded_nothing_decides_nothing(tmp_path):
    found = decided(tmp_path, LEVERS)
    second = list(found.decision.place.organisations)[1]
    kept = decided(tmp_path, {"gain_share": LEVERS["gain_share"]}, f"  budget: 3\n  not_worse_off: [{second}]\n")
    assert limits_lines(kept) == [
        f"{name_of(kept)} must not be worse off over the run, by the mean. No candidate that was run breaks that limit."
    ]
    assert limits_sentence(kept) == ""
    assert money_sentence(kept).startswith("The first million")
    assert LIMITS not in dict(decided_sections(found))
    roomy = "  budget: 9\n  most_levers: 3\n  budget_each_year: 4\n"
    assert LIMITS not in dict(decided_sections(decided(tmp_path, LEVERS, roomy)))


@pytest.mark.parametrize(
    ("limits", "lines"),
    [
        (
            "  most_levers: 2\n",
            [
                "An option has at most 2 levers.",
                "Of 8 candidates that there are, 7 keep the limits on money and levers.",
            ],
        ),
        (
            "  exclude: [[gain_share, coaching]]\n",
            [
                "Coaching and gain share are never pulled together.",
                "Of 8 candidates that there are, 6 keep the limits on money and levers.",
            ],
        ),
        (
            "  exclude: [[gain_share, coaching, menu_framing]]\n",
            [
                "No two of coaching, gain share and menu of contributions are pulled together.",
                "Of 8 candidates that there are, 4 keep the limits on money and levers.",
            ],
        ),
        (
            "  budget_by_year: {2024/25: 1, 2025/26: 2}\n",
            [
                "Levers cost at most £1m in 2024/25.",
                "Of 8 candidates that there are, 7 keep the limits on money and levers.",
            ],
        ),
        (
            "  budget_each_year: 0.6\n",
            [
                "Levers cost at most £0.6m in each financial year.",
                "Of 8 candidates that there are, 4 keep the limits on money and levers.",
            ],
        ),
    ],
)
def test_limits_on_levers_and_by_year_are_named_where_they_rule_something_out(limits, lines, tmp_path):
    found = decided(tmp_path, LEVERS, limits)
    assert [without_joiners(each) for each in limits_lines(found)] == [*lines, CLOSING]
    assert money_sentence(found).startswith("Within the limits, the ")
    (first, *_) = lines
    said = f"{first[:1].lower()}{first[1:]}"
    assert without_joiners(limits_sentence(found)) == f"Options are within the limits of the search: {said}"


def test_the_budget_is_named_and_what_money_buys_does_not_go_by_it(tmp_path):
    found = decided(tmp_path, {**LEVERS, "celebration": (1, Worth(0))}, "  budget: 3\n")
    assert [without_joiners(each) for each in limits_lines(found)] == [
        "Levers cost at most £3m over the run.",
        "Of 16 candidates that there are, 15 keep the limits on money and levers.",
    ]
    assert money_sentence(found).startswith("The first million closes £9m")


def test_all_organisations_and_many_of_them_are_named_in_few_words(tmp_path):
    found = protecting(tmp_path)
    all_of = replace(found, decision=replace(found.decision, not_worse_off=tuple(found.decision.place.organisations)))
    assert limits_sentence(all_of) == (
        "Options are within the limits of the search: no organisation may be worse off over the run, by the mean."
    )


def test_charts_and_json_name_the_limit(tmp_path):
    found = protecting(tmp_path)
    said = f"{name_of(found)} must not be worse off over the run, by the mean."
    texts = front_of_decided(found)
    assert without_joiners(texts.headline) == "Within the limits, £1m closes £5m a year"
    assert said in texts.note
    assert said in texts.alt
    free = front_of_decided(decided(tmp_path, LEVERS))
    assert "limits" not in f"{free.headline} {free.note} {free.alt}"
    data = decided_data(found)
    assert data["excluded"] == 6
    assert data["limits"]["not_worse_off"] == list(found.decision.not_worse_off)


def test_a_start_that_limits_rule_out_may_be_valued_and_the_text_says_so(tmp_path):
    worth = Precision(mean=1.0, half_width=0.1, replicates=100)
    delay = Delay(
        lever=Lever.GAIN_SHARE, months=("2024-04", "2025-04"), after=(0, 12), worth=(worth, worth), per_month=worth
    )
    found = replace(protecting(tmp_path), delays=(delay,))
    assert dict(decided_sections(found))["What waiting costs"][-1] == ANY_START
    assert ANY_START in start_month(found).note
    free = replace(decided(tmp_path, LEVERS), delays=(delay,))
    assert ANY_START not in dict(decided_sections(free))["What waiting costs"]
