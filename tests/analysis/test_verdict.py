"""The verdict on choices, worked out on paper."""

import numpy as np
import pytest

from simulation.analysis.at_centre import at_centre
from simulation.analysis.choices import choices_of
from simulation.analysis.grades import Grade, HoldsTo, Share, Shares, grade_of, holds_to, share_unseen, shares_of
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import find_verdict, verdict, verdict_to_pandas
from simulation.analysis.verdict_words import headline
from simulation.charts.verdict import verdict_chart
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit


def sample(gaps, positions=None, stretch=1.0):
    """Replicates with varied assumptions by hand, `[point, replicate]`."""
    points = np.array(gaps, float)
    at_end = np.zeros_like(points) if positions is None else np.array(positions, float)
    columns = {"gap": points.reshape(-1, 1), "cumulative_position": at_end.reshape(-1, 1)}
    return Replicates(columns=columns, parameters={"exposure": np.arange(len(points)) / 10}, stretch=stretch)


def case(label, central, gaps=None, positions=None, stretched=None):
    """A case by hand: its gaps at the central assumptions, and at points of their ranges."""
    study = Study(
        ensemble=by_hand(len(central)),
        assumptions=None if gaps is None else sample(gaps, positions),
        stretched={stretch: sample(some, stretch=stretch) for stretch, some in (stretched or {}).items()},
    )
    return made_up_case(label=label, variant=label, gaps=np.array(central, float), study=study)


def comparison(*cases, **fields):
    scenario = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=2, cases=cases, scenario=scenario, **fields)


SIX_POINTS = comparison(
    case("none", [50, 50], [[50], [60], [70], [80], [90], [100]], [[-1], [-2], [-3], [-4], [-5], [-6]]),
    case("some", [32, 32], [[40], [50], [69], [81], [89.5], [110]], [[-4], [-2], [-1], [-4], [-5], [-1]]),
)


def test_a_pair_on_six_points_by_hand():
    """Some leaves 10, 10, 1, −1, 0.5 and −10 less than none: better twice, a tie three times, worse once."""
    found = verdict(SIX_POINTS).between("some", "none")
    assert [each.share for each in found.shares] == pytest.approx([2 / 6, 3 / 6, 1 / 6])
    assert (found.median, found.central) == (-0.75, -18)
    assert (found.low, found.high) == pytest.approx((-10, 7.75))
    assert (found.points, found.cases, found.central_sign) == (6, 6, 1)


def test_the_other_way_round_is_the_mirror_image():
    one, other = verdict(SIX_POINTS).between("some", "none"), verdict(SIX_POINTS).between("none", "some")
    assert other.shares == one.shares.mirrored
    assert (other.median, other.low, other.high) == pytest.approx((-one.median, -one.high, -one.low))
    assert other.central_sign == -1


def test_more_position_is_better():
    """Some has −3, 0, 2, 0, 0 and 5 more: better twice, worse once."""
    found = verdict(SIX_POINTS, Measure.POSITION).between("some", "none")
    assert [each.share for each in found.shares] == pytest.approx([2 / 6, 3 / 6, 1 / 6])
    assert found.median == 0


def test_another_threshold_moves_ties():
    found = verdict(SIX_POINTS, threshold=0.4).between("some", "none")
    assert [each.share for each in found.shares] == pytest.approx([4 / 6, 0, 2 / 6])
    with pytest.raises(ValueError, match="0 or more"):
        verdict(SIX_POINTS, threshold=-1)


def test_a_case_is_a_point_and_a_replicate():
    """Two replicates at each of two points: three cases better, one worse."""
    none, some = case("none", [9, 9], [[10, 10], [20, 20]]), case("some", [9, 9], [[5, 5], [15, 25]])
    found = verdict(comparison(none, some)).between("some", "none")
    assert [each.share for each in found.shares] == [0.75, 0, 0.25]
    assert (found.points, found.cases) == (2, 4)


def test_regret_is_the_distance_from_the_best_at_each_point():
    """Some is 0, 0, 0, 1, 0 and 10 behind the better of the two; none is 10, 10, 1, 0, 0.5 and 0 behind."""
    none, some = verdict(SIX_POINTS).regrets
    assert some == ("some", 0, 10, 10)
    assert none == ("none", 0.75, 10, 10)
    position = {each.label: each.median for each in verdict(SIX_POINTS, Measure.POSITION).regrets}
    assert position == {"none": 0, "some": 0}


@pytest.mark.parametrize(("points", "behind", "high"), [(19, 1, 7), (20, 1, 0), (20, 2, 7), (40, 2, 0), (40, 3, 7)])
def test_a_high_regret_is_that_of_a_point_which_19_of_20_do_not_pass(points, behind, high):
    """7 behind at one point of 20, 19 of 20 are no distance behind; at two of 20, only 18 are."""
    none, some = case("none", [9], [[10]] * points), case("some", [9], [[10]] * (points - behind) + [[17]] * behind)
    assert verdict(comparison(none, some)).regrets[1] == ("some", 0, high, 7)


def test_the_bootstrap_over_points_agrees_with_the_binomial():
    """One case at each of 1,024 points: ±3 in 100 at one half; ten equal cases at each point know no more."""
    rng = np.random.default_rng(7)
    by_point = (rng.random(1024) < 0.5).astype(float)
    (found,) = shares_of(by_point[:, np.newaxis], seed=1)
    expected = 1.96 * np.sqrt(found.share * (1 - found.share) / 1024)
    assert (found.high - found.low) / 2 == pytest.approx(expected, rel=0.06)
    assert expected == pytest.approx(0.03, abs=0.001)
    repeated = np.repeat(by_point[:, np.newaxis], 10, axis=1).mean(axis=1)
    assert shares_of(repeated[:, np.newaxis], seed=1) == [found]


def test_one_case_at_each_point_has_exact_limits_whatever_the_seed():
    """A point holds or not, so the count of 256 points drawn again is binomial: 22 to 43 at one in eight."""
    by_point = (np.arange(256) % 8 == 0).astype(float)[:, np.newaxis]
    assert shares_of(by_point, seed=1) == shares_of(by_point, seed=2) == [Share(0.125, 22 / 256, 43 / 256)]


@pytest.mark.parametrize("points", [1, 2, 20, 64, 1024])
def test_what_no_case_shows_may_still_be(points):
    """By the rule of three, of 64 points that all agree up to 5 in 100 of all points may differ."""
    by_point = np.zeros((points, 4))
    by_point[:, 1], by_point[0, 2], by_point[:, 3] = 1, 0.01, np.arange(points) % 2
    never, always, once, half = shares_of(by_point, seed=1)
    unseen = share_unseen(points)
    assert (1 - unseen) ** points == pytest.approx(0.05, rel=1e-3)
    assert unseen == pytest.approx(3 / points, rel=0.05) or points < 30
    assert never == Share(0, 0, unseen)
    assert always == Share(1, 1 - unseen, 1)
    assert once.high >= unseen
    assert half.low <= half.share <= half.high


def test_few_points_that_all_agree_show_nothing_nearly_everywhere():
    """0.05 to the power of 1/59 is 0.951, so it takes 59 points to rule out that more than 5 in 100 are worse."""
    sizes = (2, 10, 58, 59)
    found = [grade_of(Shares(*shares_of(np.tile([1.0, 0.0, 0.0], (points, 1)), seed=1))) for points in sizes]
    most = Grade.BETTER_IN_MOST
    assert found == [Grade.NOT_ESTABLISHED, most, most, Grade.ROBUSTLY_BETTER]


def shares(better, same, worse, half=0.0):
    """Shares in hundredths, each within ± half."""
    return Shares(*(Share(each / 100, (each - half) / 100, (each + half) / 100) for each in (better, same, worse)))


@pytest.mark.parametrize(
    ("better", "same", "worse", "half", "grade"),
    [
        (10, 80, 10, 0, Grade.NO_CLEAR_DIFFERENCE),
        (20, 80, 0, 0, Grade.NO_CLEAR_DIFFERENCE),
        (95, 0, 5, 0, Grade.ROBUSTLY_BETTER),
        (90, 5, 5, 0, Grade.ROBUSTLY_BETTER),
        (89, 6, 5, 0, Grade.BETTER_OR_NO_DIFFERENT),
        (30, 68, 2, 0, Grade.BETTER_OR_NO_DIFFERENT),
        (91, 3, 6, 0, Grade.BETTER_IN_MOST),
        (60, 0, 40, 0, Grade.BETTER_IN_MOST),
        (59, 0, 41, 0, Grade.NOT_ESTABLISHED),
        (42, 18, 40, 0, Grade.NOT_ESTABLISHED),
        (5, 0, 95, 0, Grade.ROBUSTLY_WORSE),
        (2, 68, 30, 0, Grade.WORSE_OR_NO_DIFFERENT),
        (40, 0, 60, 0, Grade.WORSE_IN_MOST),
    ],
)
def test_a_finding_s_strength(better, same, worse, half, grade):
    assert grade_of(shares(better, same, worse, half)) is grade


@pytest.mark.parametrize(
    ("better", "same", "worse", "weaker"),
    [
        (18, 81, 1, Grade.BETTER_OR_NO_DIFFERENT),
        (9, 82, 9, Grade.NOT_ESTABLISHED),
        (92, 7, 1, Grade.BETTER_OR_NO_DIFFERENT),
        (93, 4, 3, Grade.BETTER_IN_MOST),
        (62, 0, 38, Grade.NOT_ESTABLISHED),
        (38, 0, 62, Grade.NOT_ESTABLISHED),
    ],
)
def test_where_an_interval_crosses_a_bound_the_weaker_word_is_used(better, same, worse, weaker):
    assert grade_of(shares(better, same, worse, half=3)) is weaker
    assert grade_of(shares(better, same, worse)) is not weaker


@pytest.mark.parametrize(
    ("better", "found"),
    [
        ((0.9, 0.8, 0.7, 0.5), HoldsTo(1.75, at_least=False, fewer_at=(2.0,))),
        ((0.9, 0.8, 0.7, 0.6), HoldsTo(2.0, at_least=True)),
        # a share may rise as ranges widen: it is better in most cases over the ranges, and in fewer over narrower ones
        ((0.55, 0.63, 0.67, 0.73), HoldsTo(2.0, at_least=True, fewer_at=(0.5,))),
        ((0.5, 0.7, 0.5, 0.9), HoldsTo(1.25, at_least=False, fewer_at=(0.5, 1.5))),
        ((0.7, 0.5, 0.9, 0.9), None),
    ],
)
def test_the_stretch_up_to_which_a_finding_holds(better, found):
    assert holds_to([*zip((0.5, 1.0, 1.5, 2.0), better, strict=True)]) == found


def test_a_finding_is_tried_at_every_stretch_that_was_run():
    """Better everywhere at 0.5 and 1, in one half at 1.5: 60 of 100 lies four fifths of the way."""
    none = case("none", [9], [[10]] * 40, stretched={0.5: [[10]], 1.5: [[10], [10]], 2.0: [[10]]})
    some = case("some", [9], [[5]] * 40, stretched={0.5: [[5]], 1.5: [[5], [10]], 2.0: [[10]]})
    found = verdict(comparison(none, some))
    assert found.between("some", "none").holds_to == HoldsTo(pytest.approx(1.4), at_least=False, fewer_at=(1.5, 2.0))
    assert found.between("none", "some").holds_to is None


def test_a_stretch_of_ones_own_is_tried_and_named_as_the_most():
    """Better everywhere at 1 and 2.5, in no case at 4: 60 of 100 lies two fifths of the way from 2.5 to 4."""
    none = case("none", [9], [[10]] * 40, stretched={2.5: [[10]], 4.0: [[10]]})
    some = case("some", [9], [[5]] * 40, stretched={2.5: [[5]], 4.0: [[15]]})
    found = verdict(comparison(none, some))
    assert found.between("some", "none").holds_to == HoldsTo(pytest.approx(3.1), False, 4.0, (4.0,))
    assert "4 is the most tried" in verdict_chart(comparison(none, some)).note


def test_what_is_not_established_is_not_said_to_hold_up_to_any_stretch():
    """Better at 25 of 40 points, which 40 points can't tell from 60 of 100 or less."""
    none = case("none", [9], [[10]] * 40, stretched={2.0: [[10]]})
    some = case("some", [9], [[5]] * 25 + [[15]] * 15, stretched={2.0: [[15]]})
    found = verdict(comparison(none, some)).between("some", "none")
    assert (found.grade, found.holds_to) == (Grade.NOT_ESTABLISHED, None)


def test_a_choice_may_lead_at_the_central_assumptions_and_lose_over_the_ranges():
    none = case("none", [100, 100], [[100]] * 100)
    bold = case("bold", [40, 40], [[150]] * 70 + [[20]] * 30)
    steady = case("steady", [60, 60], [[80]] * 100)
    found = verdict(comparison(none, bold, steady))
    assert found.best_at_centre == "bold"
    assert found.unbeaten == ("steady",)
    assert found.between("bold", "none").shares.better.share == pytest.approx(0.3)


def test_what_leads_at_the_central_assumptions_is_said_only_where_a_reader_can_see_it():
    """Bold leaves 4 less in three runs of five, and much more in two: 15.6 more by the mean, with an interval round 0.

    By its median, 96, it leaves less than none; no order can be distinguished, so none is said.
    """
    none = case("none", [100, 100, 100, 100, 100], [[100]] * 20)
    bold = case("bold", [96, 96, 96, 145, 145], [[100]] * 20)
    found = verdict(comparison(none, bold))
    assert found.between("bold", "none").central == -4
    assert found.between("bold", "none").central_sign == found.between("none", "bold").central_sign == 0
    assert found.best_at_centre is None
    assert "central" not in headline(found)


@pytest.mark.parametrize(
    ("first", "second", "side"),
    [
        ([96, 95, 97, 96], [100, 100, 100, 100], -1),
        ([100, 100, 100, 100], [96, 95, 97, 96], 1),
        ([90], [100], 0),  # a single run shows nothing of chance
        ([90, 90, np.nan], [100, 100, 0], -1),
        ([20, 110, 120], [100, 100, 100], 0),  # the mean, 83, and the median, 110, are on different sides
        ([50, 50], [50, 50], 0),
        ([], [50, 50], 0),
    ],
)
def test_the_order_at_the_centre_by_hand(first, second, side):
    assert at_centre(np.array(first, float), np.array(second, float)).side == side


def test_there_is_no_verdict_without_uncertain_assumptions_or_on_one_choice():
    assert find_verdict(comparison(case("none", [50]), case("some", [40]))) is None
    assert find_verdict(comparison(case("none", [50], [[50], [60]]))) is None
    with pytest.raises(ValueError, match=r"assumptions were not varied: run it with .*supporting_runs=True"):
        verdict(comparison(case("none", [50]), case("some", [40])))
    with pytest.raises(ValueError, match=r"^a verdict needs two scenarios to choose from, at least$"):
        verdict(comparison(case("none", [50], [[50], [60]])))


def test_a_measure_may_be_named_by_its_word():
    assert verdict(SIX_POINTS, measure="gap") == verdict(SIX_POINTS)
    with pytest.raises(ValueError, match=r"^there is no measure 'gab'; did you mean gap\? There are gap, position$"):
        verdict(SIX_POINTS, measure="gab")


def test_a_verdict_shows_itself_in_a_line_and_in_a_table():
    found = verdict(SIX_POINTS)
    assert repr(found).startswith("<Verdict by gap: ")
    assert len(repr(found)) < 300
    shown = found._repr_html_()
    assert shown.count("<tr>") == 2
    assert all(words in shown for words in ("Some", "none", "95% interval", "£m a year"))
    assert len(found.to_pandas()) == 2


def at(variant, exposure, gap):
    values = {"parameters.exposure": exposure}
    end = np.array([gap], float)
    return made_up_case(label=f"{variant}, {exposure}", variant=variant, values=values, gaps=end, positions=-end)


def test_where_the_cases_are_points_scenarios_are_compared_at_the_same_point():
    """States of the world are not choices: two scenarios at three exposures make one pair, three points."""
    cases = [at(*each) for each in [("a", 0.1, 9), ("a", 0.2, 20), ("a", 0.3, 30), ("b", 0.2, 10), ("b", 0.1, 9)]]
    whole = case("x", [1]).study.ensemble.scenario
    grid = Comparison(
        name="c", title="C", seed=1, replicates=1, cases=(*cases, at("b", 0.3, 40)), scenario=whole,
        factors=("parameters.exposure",),
    )  # fmt: skip
    assert [choice.label for choice in choices_of(grid)] == ["a", "b"]
    found = verdict(grid).between("b", "a")
    assert [each.share for each in found.shares] == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert np.isnan(found.central)
    assert verdict(grid).best_at_centre is None


def test_a_row_for_each_ordered_pair():
    frame = verdict_to_pandas([verdict(SIX_POINTS), verdict(SIX_POINTS, Measure.POSITION)])
    assert frame[["measure", "first", "second"]].to_numpy().tolist() == [
        [measure, *pair] for measure in ("gap", "position") for pair in (("none", "some"), ("some", "none"))
    ]
    assert frame["points"].eq(6).all()
