"""The assumptions that decide: a box that is there must be found, and nothing in noise."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.boxes import Limits, Rule, prim
from simulation.analysis.choices import choices_of
from simulation.analysis.deciding import Deciding, TriedRule, deciding, rules_lack, stretches_tried, try_rule
from simulation.analysis.deciding_words import (
    deciding_headline,
    deciding_sentence,
    deciding_sentences,
    depends_words,
    label_of,
    none_decide_words,
    smallest_words,
    where_words,
)
from simulation.analysis.decision_trees import tree_rule
from simulation.analysis.measure import Measure
from simulation.analysis.rank_correlations import Correlation, correlate
from simulation.analysis.rule_search import hold_out
from simulation.analysis.smallest_advantage import points_for, smallest_advantage
from simulation.extras import is_installed
from simulation.formatting import Stretch
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit

needs_trees = pytest.mark.skipif(not is_installed("sklearn"), reason="the extra discovery is not installed")
ROWS = {row.name: row for row in TABLE}


def points_at(count, seed=1, names=tuple(row.name for row in TABLE)):
    """Points that fill the ranges of the table, whole numbers where it counts, by name."""
    drawn = np.random.default_rng(seed).uniform(size=(len(names), count))
    rows = [ROWS[name] for name in names]
    spread = {row.name: row.low + (row.high - row.low) * part for row, part in zip(rows, drawn, strict=True)}
    return {name: np.round(values) if ROWS[name].whole else values for name, values in spread.items()}


def two_choices(parameters, gains, stretch=1.0, stretched=None):
    """No joint action and partnership, which leaves less by `gains`, `[point, replicate]`."""

    def case(label, gaps, wider):
        columns = {"gap": gaps.reshape(-1, 1), "cumulative_position": -gaps.reshape(-1, 1)}
        sample = Replicates(columns=columns, parameters=parameters, stretch=stretch)
        others = {} if wider is None else {2.0: Replicates(**{**vars(sample), **wider, "stretch": 2.0})}
        study = Study(ensemble=by_hand(2), assumptions=sample, stretched=others)
        return made_up_case(label=label, variant=label, gaps=np.full(2, 50.0), study=study)

    wide = [None, None]
    if stretched is not None:
        wide = [
            {"columns": {"gap": gaps.reshape(-1, 1), "cumulative_position": -gaps.reshape(-1, 1)}, "parameters": own}
            for own, more in [stretched]
            for gaps in (np.full_like(more, 90.0), 90.0 - more)
        ]
    cases = case("no joint action", np.full_like(gains, 90.0), wide[0]), case("partnership", 90.0 - gains, wide[1])
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=2, cases=cases, scenario=scenario)


def in_a_box(count=900, wrong=0.05):
    """Partnership leaves £10m less where trust is high and pressure low, £10m more elsewhere; a few cases are wrong."""
    parameters = points_at(count)
    better = (parameters["opening_trust"] > 0.35) & (parameters["accountability_pressure"] < 0.25)
    flipped = np.random.default_rng(2).uniform(size=(count, 4)) < wrong
    return two_choices(parameters, np.where(better[:, np.newaxis] ^ flipped, 10.0, -10.0))


def noise(count=900, seed=1, share=0.5):
    parameters = points_at(count, seed)
    gains = np.where(np.random.default_rng(seed + 100).uniform(size=(count, 1)) < share, 10.0, -10.0)
    return two_choices(parameters, np.repeat(gains, 2, axis=1))


@needs_trees
def test_a_box_that_is_there_is_found_and_put_into_words():
    found = deciding(in_a_box(), "partnership", "no joint action")
    assert set(found.found.parameters) == {"opening_trust", "accountability_pressure"}
    limits = {found.found.names[column]: each for box in found.found.rule.boxes for column, each in box.items()}
    trust, pressure = limits["opening_trust"], limits["accountability_pressure"]
    edge = [each for each in trust if abs(each) < np.inf]
    assert edge == [pytest.approx(0.35, abs=0.02)]
    edge = [each for each in pressure if abs(each) < np.inf]
    assert edge == [pytest.approx(0.25, abs=0.02)]
    assert found.found.right > 0.93
    assert (found.held_out, found.points) == (300, 900)


def test_peeling_finds_the_box():
    points = np.random.default_rng(3).uniform(size=(800, 30))
    answers = (points[:, 4] > 0.4) & (points[:, 9] <= 0.6) & (points[:, 20] > 0.2)
    rule = prim(points, answers)
    assert rule.columns == (4, 9, 20)
    (box,) = rule.boxes
    assert (box[4].above, box[9].below, box[20].above) == pytest.approx((0.4, 0.6, 0.2), abs=0.05)
    assert prim(points, ~answers, inside=False) == Rule(rule.boxes, inside=False)


@pytest.mark.parametrize("answer", [True, False])
def test_one_answer_everywhere_needs_no_box(answer):
    points = np.random.default_rng(3).uniform(size=(90, 3))
    assert prim(points, np.full(90, answer)).boxes == ({},)


@needs_trees
def test_a_tree_finds_two_boxes_and_at_most_three_assumptions():
    points = np.random.default_rng(4).uniform(size=(900, 20))
    either = (points[:, 2] > 0.7) | ((points[:, 2] <= 0.7) & (points[:, 5] > 0.6))
    rule = tree_rule(points, either, 3)
    assert rule.columns == (2, 5)
    assert (rule.answers(points) == either).mean() > 0.97
    noisy = np.random.default_rng(5).uniform(size=900) < 0.5
    for depth in (1, 2, 3):
        found = tree_rule(points, noisy, depth)
        assert found is None or len(found.columns) <= 3


@needs_trees
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_nothing_is_reported_in_pure_noise(share):
    for seed in range(12):
        found = deciding(noise(seed=seed, share=share), "partnership", "no joint action")
        assert found.looked
        assert found.found is None
        assert depends_words(found) == ""
        assert deciding_sentence(found).startswith(NONE if share == 0.9 else f"900 {TOO_FEW}")


NONE = "No two or three assumptions decide whether partnership leaves less than no joint action."
TOO_FEW = "sets of assumptions are too few to say if two or three assumptions decide whether "


def in_a_faint_box(count, seed=5):
    """Half of the points are in a box, where partnership is better at 70 in 100; elsewhere it is at 30 in 100."""
    parameters = points_at(count, seed)
    middle = ROWS["opening_trust"].low + (ROWS["opening_trust"].high - ROWS["opening_trust"].low) / 2
    is_turned = np.random.default_rng(seed + 1).uniform(size=count) < 0.3
    gains = np.where((parameters["opening_trust"] > middle) ^ is_turned, 10.0, -10.0)
    return two_choices(parameters, np.repeat(gains[:, np.newaxis], 2, axis=1))


@needs_trees
def test_where_few_points_show_no_rule_it_is_not_said_that_there_is_none():
    """The rule is right in 20 of 100 more: of 120 points none is found, of 2,000 it is."""
    few = deciding(in_a_faint_box(120), "partnership", "no joint action")
    assert few.found is None
    assert deciding_sentence(few) == (
        f"120 {TOO_FEW}partnership leaves less than no joint action; about 3,000 would do."
    )
    assert smallest_words(few) == (
        "So few sets are likely to show a rule only if it is right in 25 of 100 cases more than the commoner answer "
        "is; one of 5 counts. "
    )
    assert deciding_headline([few]) == f"120 {TOO_FEW}partnership leaves less than no joint action"
    many = deciding(in_a_faint_box(2000), "partnership", "no joint action")
    assert many.found.parameters == ("opening_trust",)
    assert depends_words(many) == "depends on opening trust"


@needs_trees
def test_where_many_points_show_no_rule_it_is_said_that_there_is_none():
    found = deciding(noise(4000), "partnership", "no joint action")
    assert deciding_sentence(found) == NONE
    assert deciding_headline([found]) == NONE.removesuffix(".")


@needs_trees
def test_where_one_answer_holds_everywhere_few_points_say_that_nothing_decides():
    """Of 90 points none is worse, so fewer than 5 in 100 are, and no rule could be right at 5 in 100 more."""
    found = deciding(two_choices(points_at(90), np.full((90, 2), 10.0)), "partnership", "no joint action")
    assert deciding_sentence(found) == NONE


@needs_trees
def test_of_two_samples_that_are_too_few_it_is_said_once():
    narrow = deciding(noise(120), "partnership", "no joint action")
    wide = replace(narrow, stretch=2)
    said = deciding_sentences([narrow, wide])
    assert said.count("too few") == 1
    assert "no joint action, even where every range of assumptions is twice as wide within hard limits; about" in said
    enough = replace(narrow, rarer=0.0)
    assert deciding_sentences([enough, replace(enough, stretch=2)]) == (
        f"{NONE.removesuffix('.')}, even where every range of assumptions is twice as wide within hard limits."
    )
    assert deciding_sentences([enough, wide]) == NONE
    assert deciding_sentences([narrow, replace(enough, stretch=2)]).endswith(
        f"would do. Over ranges stretched by a factor of 2, {NONE[0].lower()}{NONE[1:]}"
    )


def test_the_smallest_advantage_is_found_in_80_of_100_samples():
    """At 300 held-out points of which 3 in 10 are better, it is 2.487 standard errors of the 90 where answers differ.

    Where the rule says better, 1 in 2 and half the advantage are, for each such point; elsewhere the rest of them.
    """
    advantage = smallest_advantage(300, 0.3)
    assert advantage == pytest.approx(2.487 * np.sqrt(90) / 300)
    drawn, found = np.random.default_rng(1), 0
    for _ in range(400):
        says_better = drawn.uniform(size=300) < 0.3
        often = np.where(says_better, 0.5 + advantage / 0.6, (0.15 - advantage / 2) / 0.7)
        better = drawn.uniform(size=300) < often
        gains, points = np.where(better, 10.0, -10.0)[:, np.newaxis], says_better[:, np.newaxis].astype(float)
        found += try_rule(Rule(({0: Limits(above=0.5)},)), ["exposure"], points, gains, 1.0) is not None
    assert 0.7 < found / 400 < 0.9


def test_so_many_points_find_an_advantage():
    assert points_for(0.05, 0.5) == 3800
    assert smallest_advantage(3800 // 3, 0.5) <= 0.05 < smallest_advantage(3600 // 3, 0.5)
    assert points_for(0.05, 0.01) == points_for(0.05, 0.05) == 380


def test_no_different_counts_as_not_better():
    """At half of the points partnership leaves £0.5m less, which is no different; at a tenth £10m less."""
    gains = np.zeros((100, 2))
    gains[:50], gains[:10] = 0.5, 10.0
    found = deciding(two_choices(points_at(100), gains), "partnership", "no joint action")
    assert found.commoner == pytest.approx(1 - 3 / 33)


def rows_of(answers):
    return np.where(np.array(answers, bool)[:, np.newaxis], 10.0, -10.0)


@pytest.mark.parametrize(("wrong", "is_reported"), [(450, True), (451, False)])
def test_a_rule_must_be_right_at_five_in_a_hundred_more_points_than_the_commoner_answer(wrong, is_reported):
    """2,000 points, half of them better: the commoner answer is right in 1,000, so that a rule must be in 1,100."""
    answers = np.arange(2000) < 1000
    points = np.where(answers, 1.0, 0.0)
    points[:wrong] = 0.0
    points[1000 : 1000 + wrong] = 1.0
    found = try_rule(Rule(({0: Limits(above=0.5)},)), ["exposure"], points[:, np.newaxis], rows_of(answers), 1.0)
    assert (found is not None) == is_reported


def test_a_rule_on_few_points_may_be_right_by_chance():
    """Of 20 points it is right at 12, the commoner answer at 10: 10 in 100 more, but no more than a coin would be."""
    answers = np.arange(20) < 10
    points = np.array([1.0] * 6 + [0.0] * 4 + [1.0] * 4 + [0.0] * 6)[:, np.newaxis]
    assert try_rule(Rule(({0: Limits(above=0.5)},)), ["exposure"], points, rows_of(answers), 1.0) is None


def test_density_coverage_and_size_by_hand():
    """Of ten points four are in the box; of the eight cases there seven are better, of the twelve others one is.

    Four times over, so that it is sure. The tenth point is better in the mean of its cases, and so the rule is wrong.
    """
    points = np.array([1.0] * 4 + [0.0] * 6)[:, np.newaxis]
    gains = np.full((10, 2), -10.0)
    gains[:4] = 10.0
    gains[0, 1], gains[9, 0] = 1.0, 25.0
    points, gains = np.tile(points, (4, 1)), np.tile(gains, (4, 1))
    found = try_rule(Rule(({0: Limits(above=0.5)},)), ["exposure"], points, gains, 1.0)
    assert (found.density, found.elsewhere, found.size, found.coverage) == pytest.approx((7 / 8, 1 / 12, 0.4, 7 / 8))
    assert found.cases == 80
    assert found.right == 0.9


def test_every_third_point_is_held_out():
    assert hold_out(7).tolist() == [False, False, True, False, False, True, False]


def test_limits_are_rounded_before_they_are_tried():
    points = np.column_stack([np.linspace(0.25, 0.55, 50), np.arange(50) % 5])
    rule = Rule(({0: Limits(0.351234, 0.5), 1: Limits(above=2.5)},)).rounded(points)
    assert rule.boxes == ({0: Limits(0.35, 0.5), 1: Limits(above=2.0)},)


@needs_trees
def test_wider_ranges_are_a_sample_of_their_own():
    """Over the ranges nothing decides; over wider ones opening trust does."""
    narrow, wide = points_at(300), points_at(600, 7)
    wide["opening_trust"] = 0.1 + 2 * (wide["opening_trust"] - 0.25)
    plain = np.full((300, 2), 10.0)
    turned = np.repeat(np.where(wide["opening_trust"] > 0.3, 10.0, -10.0)[:, np.newaxis], 2, axis=1)
    both = two_choices(narrow, plain, stretched=(wide, turned))
    here, there = (deciding(both, "partnership", "no joint action", stretch=stretch) for stretch in (1.0, 2.0))
    assert here.found is None
    assert there.found.parameters == ("opening_trust",)
    assert depends_words(there) == "depends on opening trust, over ranges stretched by a factor of 2"
    assert deciding_sentence(there).startswith(
        "Over ranges stretched by a factor of 2, where opening trust is above 0.3, partnership leaves less than no "
        "joint action in 100 of 100 cases, elsewhere in 0. "
    )


def test_without_the_extra_it_gives_the_simple_answer_and_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    found = deciding(in_a_box(), "partnership", "no joint action")
    assert found.found is None
    assert rules_lack(in_a_box()) == "scikit-learn: pip install 'trust-between-trusts[discovery]'"
    assert depends_words(found) == ""
    said = deciding_sentence(found)
    assert said.startswith("Partnership gains most on no joint action where ")
    assert "opening trust is higher" in said
    assert "“how hard each budget is held to account” is lower" in said
    assert said.endswith(
        "this is the simple answer, by rank correlation of one assumption at a time, since rules need the extra "
        "discovery."
    )
    quiet = deciding_sentence(deciding(noise(), "partnership", "no joint action"))
    assert quiet.startswith(
        "No single assumption clearly moves whether partnership leaves less than no joint action; this is the simple"
    )


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("points", [2, 3, 5])
def test_very_few_points_raise_no_alarm(points):
    found = deciding(noise(points), "partnership", "no joint action")
    assert not found.looked
    assert "too few for rules" in deciding_sentence(found)


def test_few_points_give_the_simple_answer():
    said = deciding_sentence(deciding(noise(30), "partnership", "no joint action"))
    assert said.endswith("since 30 sets of assumptions are too few for rules.")


def test_rank_correlation_is_one_for_any_rising_curve():
    points = np.column_stack([np.linspace(0, 1, 200), np.sin(np.arange(200) * 7.0)])
    first, second = correlate(("exposure", "quorum"), points, np.exp(5 * points[:, 0]))
    assert (first.parameter, first.is_clear) == ("exposure", True)
    assert first.rho == pytest.approx(1)
    assert not second.is_clear


def test_a_choice_that_was_not_run_or_the_same_has_no_answer():
    both = in_a_box(60)
    assert deciding(both, "partnership", "partnership") is None
    with pytest.raises(ValueError, match="there is no case 'another'"):
        deciding(both, "another", "partnership")
    assert deciding(both, "partnership", "no joint action", stretch=1.5) is None


def test_points_know_their_parameters():
    both = in_a_box(60)
    for choice in choices_of(both):
        assert len(choice.parameters["opening_trust"]) == 60


def words(**limits):
    """The words for one box by hand."""
    names = tuple(limits)
    box = {column: Limits(*each) for column, each in enumerate(limits.values())}
    rule = TriedRule(
        rule=Rule((box,)), names=names, right=1, gain=0.5, density=1, elsewhere=0, size=0.5, coverage=1, cases=100
    )
    return where_words(rule)


def test_limits_in_words():
    inf = np.inf
    assert words(opening_trust=(0.35, inf)) == "opening trust is above 0.35"
    assert words(opening_trust=(0.35, inf), exposure=(-inf, 0.25)) == (
        "opening trust is above 0.35 and risk of opening up first is at most 0.25"
    )
    assert words(quorum=(0.6, 0.7)) == "co-ownership needed to agree is above 0.6 and at most 0.7"
    assert words(pace=(2, inf)) == "promised months for each milestone is at least 3"
    assert words(trust_rule=(0, inf)) == "“how trust moves” is confirmatory"
    assert words(trust_rule=(-inf, 0)) == "“how trust moves” is linear"


def judged(rule, names):
    """A rule that holds, with figures by hand, in its sentence."""
    tried = TriedRule(
        rule=rule, names=names, right=0.81, gain=0.19, density=0.9, elsewhere=0.4, size=1 / 3, coverage=0.53, cases=3000
    )
    return Deciding(
        first="partnership",
        second="an instruction",
        measure=Measure.GAP,
        stretch=1.0,
        points=900,
        held_out=300,
        commoner=0.62,
        found=tried,
        looked=True,
        correlations=tuple(Correlation(parameter=name, rho=0.1, is_clear=True) for name in names),
    )


@pytest.mark.parametrize(("stretch", "tried"), [(1.0, (None, 2.0)), (1.5, (None, 2.0)), (2.0, (None,)), (3.0, (None,))])
def test_rules_are_looked_for_in_the_sample_that_papers_show_and_in_a_wider_one(stretch, tried):
    assert stretches_tried(two_choices(points_at(60), np.full((60, 1), 10.0), stretch)) == tried


def test_choices_with_too_few_sets_are_told_from_those_of_which_nothing_decides():
    none = replace(judged(Rule(({0: Limits(above=0.35)},)), ("opening_trust",)), found=None, points=9000)
    enough = replace(none, first="coaching", held_out=9000)
    few = replace(none, first="gain share", held_out=30, points=90, rarer=0.5)
    assert none_decide_words([few, enough], "it") == (
        "90 sets of assumptions are too few to say if two or three assumptions decide it for gain share, and no two or "
        "three assumptions decide it for coaching"
    )


def test_of_a_few_assumptions_that_were_drawn_no_sentence_speaks_of_others():
    """A board reads which were drawn: that two or three of all don't decide was not tried."""
    none = replace(judged(Rule(({0: Limits(above=0.35)},)), ("opening_trust",)), found=None, drawn=2, points=9000)
    enough = replace(none, held_out=9000)
    assert none_decide_words([enough], "it") == "no rule on the 2 assumptions that were drawn decides it"
    with_place = replace(enough, stretch=Stretch(1, with_place=True))
    of_model = "no rule on the 2 assumptions of the model that were drawn decides it"
    assert none_decide_words([with_place], "it") == of_model
    few = replace(none, held_out=30, points=90, rarer=0.5)
    one = none_decide_words([replace(few, drawn=1)], "it")
    assert one == "90 sets of assumptions are too few to say if the one assumption that was drawn decides it"
    unclear = tuple(replace(each, is_clear=False) for each in none.correlations)
    simple = deciding_sentence(replace(none, looked=False, correlations=unclear))
    assert simple.startswith("None of the 2 assumptions that were drawn clearly moves whether partnership leaves less")


def test_a_rule_in_a_sentence():
    inf = np.inf
    box = {0: Limits(above=0.35), 1: Limits(below=0.25)}
    found = judged(Rule((box,)), ("opening_trust", "exposure"))
    assert deciding_sentence(found) == (
        "Where opening trust is above 0.35 and risk of opening up first is at most 0.25, partnership leaves less than "
        "an instruction in 90 of 100 cases, elsewhere in 40. Of all cases, 33 of 100 lie there, and 53 of 100 of those "
        "in which it is better. At 300 sets of assumptions that were held out, this rule is right in 81 of 100, and "
        "the commoner answer alone in 62."
    )
    assert depends_words(found) == "depends on opening trust and risk of opening up first"
    assert deciding_headline([found]) == (
        "It depends on opening trust and risk of opening up first whether partnership leaves less than an instruction"
    )
    assert deciding_headline([found, found, replace(found, found=None)]) == (
        "For 2 of 3 choices it depends on few assumptions whether they leave less than an instruction"
    )
    either = judged(Rule((box, {1: Limits(0.4, inf)}), inside=False), ("opening_trust", "exposure"))
    assert "at most 0.25, or risk of opening up first is above 0.4, partnership" in deciding_sentence(either)
    assert "of those in which it is not better." in deciding_sentence(either)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_no_code_name_is_in_a_sentence(row):
    assert "_" not in label_of(row.name)
