"""The verdict where settings were chosen, as in a grid: the runs are a sample, the settings are not (ADR 46)."""

from math import isnan

import numpy as np
import pytest
from scipy.stats import binom

from simulation.analysis.grades import Grade, Share, share_unseen, shares_of_gains
from simulation.analysis.resampling import Sampled, sampled_by
from simulation.analysis.verdict import find_verdict, verdict, verdict_to_pandas
from simulation.analysis.verdict_words import headline, pair_headline, pair_sentence, regret_words, sure_words
from simulation.results.comparison import Comparison
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit

TRUST = "parameters.opening_trust"


def settings(gains, design="grid"):
    """Two choices at settings of trust; `[setting, run]`, by how much the second leaves less than the first."""
    cases = [
        made_up_case(
            label=f"{variant} {at}",
            variant=variant,
            values={TRUST: at / 10},
            gaps=50.0 - sign * np.array(row, float),
            positions=np.zeros(len(row)),
        )
        for variant, sign in (("none", 0), ("some", 1))
        for at, row in enumerate(gains)
    ]
    return Comparison(
        name="c", title="C", seed=1, replicates=len(gains[0]), cases=tuple(cases), scenario=by_hand(1).scenario,
        factors=(TRUST,), design=design,
    )  # fmt: skip


def judged(gains, design="grid"):
    return verdict(settings(gains, design)).between("some", "none")


@pytest.mark.parametrize(
    ("design", "sampled"),
    [
        ("grid", Sampled.RUNS),
        ("one-at-a-time", Sampled.RUNS),
        ("latin-hypercube", Sampled.POINTS),
        ("random", Sampled.POINTS),
        ("sobol", Sampled.STEPS),
        ("morris", Sampled.STEPS),
    ],
)
def test_the_design_says_what_is_a_sample(design, sampled):
    assert sampled_by(design) is judged([[9.0, 9.0]] * 2, design).sampled is sampled


def test_four_settings_at_which_all_runs_agree():
    """Better by 5 at each of four settings in all of 100 runs: as many as 3 in 100 other runs may differ, no more.

    Counted as drawn, four settings would leave room for half of all.
    """
    found = judged([[5.0] * 100] * 4)
    unseen = share_unseen(100)
    assert found.shares.better == Share(1, 1 - unseen, 1)
    assert found.shares.worse == Share(0, 0, unseen)
    assert found.grade is Grade.ROBUSTLY_BETTER
    assert pair_headline(found) == (
        "Some leaves less than none nearly everywhere (100 of 100 runs), at the 4 settings tried"
    )
    assert judged([[5.0] * 100] * 4, "random").grade is not Grade.ROBUSTLY_BETTER
    assert judged([[5.0]] * 4, "random").grade is Grade.NOT_ESTABLISHED


def test_a_setting_that_goes_the_other_way_counts_as_what_it_is():
    """Better at three of four settings in all of 100 runs; what 3 in 100 other runs show may be anything."""
    found = judged([[5.0] * 100] * 3 + [[-5.0] * 100])
    unseen = share_unseen(100)
    assert found.shares.better == pytest.approx((0.75, 0.75 * (1 - unseen), 0.75 + 0.25 * unseen))
    assert found.shares.worse == pytest.approx((0.25, 0.25 * (1 - unseen), 0.25 + 0.75 * unseen))
    assert found.grade is Grade.BETTER_IN_MOST
    assert ", some leaves less than none in 75 of 100 runs (73 to 76), more in 25;" in pair_sentence(found)


@pytest.mark.parametrize("count", [1, 3])
def test_the_interval_is_that_of_a_binomial_over_runs_however_many_settings(count):
    """One run in eight of 256 is better, at every setting alike: 22 to 43 of 256, by the binomial distribution."""
    gains = np.where(np.arange(256) % 8 == 0, 9.0, -9.0)
    found = judged(np.tile(gains, (count, 1)).tolist())
    low, high = binom.ppf([0.025, 0.975], 256, 1 / 8) / 256
    assert found.shares.better == Share(1 / 8, low, high)
    assert (low, high) == (22 / 256, 43 / 256)
    assert (found.points, found.runs, found.cases) == (count, 256, 256 * count)


def test_a_run_is_drawn_again_at_all_settings_together():
    """Of two settings one is better in half of the runs. If the other is so in the other half, each run shows one."""
    half = np.arange(400) % 2 == 0
    alike, apart = (judged(np.where([half, other], 9.0, -9.0).tolist()).shares.better for other in (half, ~half))
    assert alike.share == apart.share == 0.5
    assert (alike.high - alike.low) / 2 == pytest.approx(1.96 * np.sqrt(0.25 / 400), abs=0.002)
    assert (apart.high - apart.low) / 2 == pytest.approx(share_unseen(400) / 2)


def test_settings_that_hold_in_part_have_the_interval_of_a_mean_of_runs():
    """Three settings, better in a run with chances of 0.9, 0.5 and 0.2, apart: the variance of a mean of 500 runs."""
    rng = np.random.default_rng(3)
    gains = np.where(rng.random((3, 500)) < np.array([[0.9], [0.5], [0.2]]), 9.0, -9.0)
    found = judged(gains.tolist()).shares.better
    error = (gains > 0).mean(axis=0).std(ddof=1) / np.sqrt(500)
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.06)


@pytest.mark.parametrize(
    ("runs", "grade"),
    [
        (2, Grade.NOT_ESTABLISHED),
        (5, Grade.NOT_ESTABLISHED),
        (6, Grade.BETTER_IN_MOST),
        (58, Grade.BETTER_IN_MOST),
        (59, Grade.ROBUSTLY_BETTER),
    ],
)
def test_few_runs_show_little_even_if_they_agree(runs, grade):
    """Of 5 runs that agree up to 45 in 100 may differ (0.05 = 0.55⁵), of 6 up to 39, of 59 up to 5."""
    assert judged([[5.0] * runs] * 4).grade is grade


def test_one_run_at_each_setting_has_no_interval():
    whole = settings([[5.0], [6.0], [-4.0]])
    found = verdict(whole)
    pair = found.between("some", "none")
    assert pair.shares.better.share == pytest.approx(2 / 3)
    assert all(isnan(end) for share in pair.shares for end in share[1:])
    assert pair.grade is Grade.NOT_ESTABLISHED
    assert pair_headline(pair) == (
        "Whether some leaves less than none is not established: less in 2 of 3 runs, more in 1, at the 3 settings tried"
    )
    assert pair_sentence(pair).startswith(
        "At the 3 settings tried, some leaves less than none in 2 of 3 runs, more in 1;"
    )
    assert sure_words(found) == (
        "Shares of runs rest on 3 settings that were chosen, not drawn, so they are no probabilities; one run at each "
        "shows nothing of chance, so there is no interval and nothing is established"
    )
    frame = verdict_to_pandas([found])
    assert frame.filter(regex="(better|different|worse)_(low|high)").isna().all(axis=None)
    assert frame["interval_over"].isna().all()
    assert ">–</td>" in found._repr_html_()


def test_the_sentence_says_that_the_interval_is_of_runs():
    found = verdict(settings([[5.0] * 100] * 3 + [[-5.0] * 100]))
    assert sure_words(found) == (
        "Shares of runs rest on 4 settings that were chosen, not drawn, so they are no probabilities; with 100 runs "
        "at each they are within ±3 in 100 at most, by 95% intervals of the runs at these settings, not of other "
        "assumptions"
    )
    assert "95% interval of the runs" in found._repr_html_()
    assert "400 runs of each, 4 settings" in repr(found)
    assert verdict_to_pandas([found])["interval_over"].eq("runs").all()


def test_a_single_setting_in_words():
    assert sure_words(verdict(settings([[5.0] * 10]))).startswith("Shares of runs rest on 1 setting that was chosen,")


@pytest.mark.parametrize("design", ["sobol", "morris"])
def test_points_that_were_drawn_in_steps_are_no_sample_and_nothing_is_established_by_them(design):
    """Even where one choice is better in every run."""
    whole = settings([[5.0] * 10, [6.0] * 10], design)
    assert sure_words(find_verdict(whole)) == (
        "Shares of runs rest on 2 settings that were drawn in steps, not as cases, so they are no probabilities; "
        "there is no interval, and nothing is established"
    )
    assert {pair.grade for pair in find_verdict(whole).pairs} == {Grade.NOT_ESTABLISHED}
    assert verdict_to_pandas([find_verdict(whole)])["better_low"].isna().all()


def test_regret_over_settings_is_of_settings():
    """None is 10 and 0 behind, some 0 and 2, by the means of two runs."""
    assert regret_words(verdict(settings([[9.0, 11.0], [-1.0, -3.0]]))) == (
        "By the mean of the runs at each setting, at most this far from the choice that is best there: "
        "none £5m a year in half of the settings and £10m in all; some £1m a year in half of the settings and £2m in "
        "all"
    )


def test_headlines_of_several_choices_at_settings_name_a_winner():
    cases = settings([[5.0] * 60] * 3).cases
    more = tuple(
        made_up_case(
            label=f"more {at}", variant="more", values={TRUST: at / 10}, gaps=np.full(60, 30.0), positions=np.zeros(60)
        )
        for at in range(3)
    )
    whole = settings([[5.0] * 60] * 3)
    three = Comparison(**{**vars(whole), "cases": (*cases, *more)})
    assert headline(verdict(three)) == "More leaves less than each of the others in all runs, at the 3 settings tried"


def test_one_bootstrap_serves_points_and_runs():
    """The same cases on their side; of runs there is room beside for those that no run shows (7 in 100 of 40)."""
    gains = np.random.default_rng(5).normal(1, 5, (1, 40, 40))
    (by_points,) = shares_of_gains(gains, 1.0, seed=1)
    (by_runs,) = shares_of_gains(gains.transpose(0, 2, 1), 1.0, 1, Sampled.RUNS)
    for one, other in zip(by_points, by_runs, strict=True):
        assert one.share == other.share
        assert one.low - share_unseen(40) < other.low <= one.low < one.high <= other.high < one.high + share_unseen(40)
