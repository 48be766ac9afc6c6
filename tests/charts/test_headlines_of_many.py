"""Headlines of charts of several scenarios, of organisations and of assumptions, from numbers that go every way."""

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from simulation.analysis.assumptions import Swing, Swings
from simulation.analysis.attribution import attribute, is_strongest
from simulation.analysis.bands import Interval
from simulation.analysis.compare import Counts, Difference, Paired
from simulation.analysis.organisations_positions import OrganisationPosition
from simulation.analysis.precision import Precision
from simulation.analysis.process_behaviour import process_behaviour
from simulation.analysis.sensitivity import Driver, Drivers
from simulation.analysis.too_late import Start, TooLate, too_late
from simulation.charts import CHARTS, trajectory
from simulation.charts.actuals import headline as actuals_headline
from simulation.charts.attribution import headline as attribution_headline
from simulation.charts.chance import headline as chance_headline
from simulation.charts.drivers import headline as drivers_headline
from simulation.charts.paired_difference import headline as paired_headline
from simulation.charts.text.words import parameter_words
from simulation.charts.too_late import headline as late_headline
from simulation.charts.tornado import headline as tornado_headline
from simulation.charts.who_wins import headline as who_headline
from simulation.formatting import pounds, range_words
from simulation.results.case_labels import address_words
from simulation.results.lever_combinations import LeverCombinations
from simulation.results.replicates import Replicates
from simulation.scenario.changes import LeverChange
from simulation.scenario.schema import Scenario
from tests.charts.conftest import comparison_of, study_of
from tests.made_up_cases import made_up_case
from tests.places import place

MORE = "Coaching strength drives more of the gap’s variance than anything else"

pytestmark = pytest.mark.unit

TARGET_OF_10 = Scenario.model_validate(place(target=10.0))


def test_a_chart_of_one_scenario_says_which_there_are():
    several = comparison_of("no joint action")
    with pytest.raises(ValueError, match="'as it is', 'the other'"):
        trajectory(several)
    alone = replace(several, cases=several.cases[:1])
    assert trajectory(alone).headline == trajectory(several.cases[0].study).headline


def case(label, *gaps):
    return made_up_case(label=label, variant=label, gaps=np.array(gaps), target=10.0)


def always(amount):
    return Interval(*[float(amount)] * 6)


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        (
            [case("a", 5.0, 15.0), case("b", 1.0, 2.0)],
            "Simulated runs that meet the target of £10m: 1 of 2 by a and 2 of 2 by b",
        ),
        (
            [case("a", 50.0), case("b", 40.0)],
            "The target of £10m is met in no simulated run: the 2 scenarios leave £40m to £50m",
        ),
        ([case(name, 5.0) for name in "abcd"], "4 of 4 meet the target of £10m in some simulated runs"),
        ([case("a", 50.0, 60.0)], "The target is met in no simulated run: £55m left against £10m"),
        ([case("a", 5.0, 60.0)], "The gap meets the target of £10m in 1 of 2 simulated runs"),
    ],
)
def test_how_often_the_target_is_met(cases, words):
    assert chance_headline(of_target_10(*cases)) == words


def of_target_10(*cases):
    return replace(comparison_of("no joint action"), cases=cases, scenario=TARGET_OF_10)


@pytest.mark.parametrize(
    ("assumed", "words"),
    [
        ([9.0, 50.0], "By chance alone, the target is met in no simulated run: £55m left against £10m"),
        ([11.0, 50.0], "The target is met in no simulated run: £55m left against £10m"),
    ],
)
def test_a_target_that_uncertain_assumptions_may_meet_is_missed_by_chance_alone(assumed, words):
    study = study_of("no joint action")
    varied = Replicates(columns={"gap": np.array(assumed)[:, None]}, parameters={"exposure": np.array([0.1, 0.2])})
    missed = replace(case("a", 50.0, 60.0), study=replace(study, assumptions=varied))
    assert chance_headline(of_target_10(missed)) == words


def difference(label, mean, half_width):
    counts = Counts(better=4, tied=0, worse=0)
    paired = Paired(precision=Precision(4, mean, half_width), band=always(mean), counts=counts)
    return Difference(label=label, baseline="alone", chance=paired, assumptions=None)


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ([difference("a", -88.0, 1.0)], "A closes £88m a year more than alone"),
        ([difference("a", -1.5, 2.0)], "A leaves no clearly different gap from alone"),
        ([difference("a", -0.9, 0.1)], "A leaves no clearly different gap from alone"),
        ([difference("a", 9.0, 1.0)], "A leaves £9m a year more than alone"),
        ([difference("a", -9.0, nan)], "A closes £9m a year more than alone, in one simulated run"),
        ([difference("a", 9.0, nan)], "A leaves £9m a year more than alone, in one simulated run"),
        ([difference("a", 0.0, nan)], "A leaves no clearly different gap from alone"),
        (
            [difference("a", -8.0, 1.0), difference("b", 9.0, 1.0)],
            "Means over the 2 other scenarios close up to £8m and leave up to £9m a year more than the baseline",
        ),
        (
            [difference("a", 1.5, 1.0), difference("b", 2.2, 1.0)],
            "Means over the 2 other scenarios leave £1.5m to £2.2m a year more than the baseline",
        ),
        (
            [difference("a", -8.0, 1.0), difference("b", -3.0, 1.0)],
            "Means over the 2 other scenarios close £3m to £8m a year more than the baseline",
        ),
        (
            [difference("a", 0.235, 0.241), difference("b", 0.02, 0.08)],
            "No mean over the 2 other scenarios is distinguishable from the baseline’s",
        ),
        (
            [difference("a", -8.0, 1.0), difference("b", 0.235, 0.241)],
            "Means over the 2 other scenarios close £8m a year more than the baseline; 1 of 2 is not distinguishable "
            "from it",
        ),
        (
            [difference("a", -8.0, nan), difference("b", 3.0, nan)],
            "Means over the 2 other scenarios close up to £8m and leave up to £3m a year more than the baseline, in "
            "one simulated run",
        ),
    ],
)
def test_what_closes_more(differences, words):
    assert (
        paired_headline(comparison_of("no joint action", varied=False), differences)
        == f"{words}; assumptions were not varied"
    )


@pytest.mark.parametrize(
    ("differences", "words"),
    [
        ([difference("a", -7.0, 1.0)], "A leaves £7m a year less than alone"),
        ([difference("a", 9.0, 1.0)], "A leaves £9m a year more than alone"),
        (
            [difference("a", -8.0, 1.0), difference("b", 9.0, 1.0)],
            "Means over the 2 other scenarios leave up to £8m a year less and up to £9m more than the baseline",
        ),
        (
            [difference("a", -8.0, 1.0), difference("b", -3.0, 1.0)],
            "Means over the 2 other scenarios leave £3m to £8m a year less than the baseline",
        ),
    ],
)
def test_of_another_gap_before_any_savings_less_is_left_and_not_more_closed(differences, words):
    assert paired_headline(with_own_gaps(), differences) == f"{words}; assumptions were not varied"
    assert "; below 0 leaves less." in CHARTS["paired_difference"](with_own_gaps()).subtitle


def with_own_gaps():
    """Return scenarios of which each has another gap before any savings, £10m less than the one before it."""
    found = comparison_of("no joint action", varied=False)
    cases = (replace(case, before_savings=100.0 - 10 * number) for number, case in enumerate(found.cases))
    return replace(found, cases=tuple(cases))


def test_an_attribution_says_that_scenarios_have_other_gaps_before_any_savings():
    """Everything else closes 7 of the gap, as it is 10 smaller before any savings; coaching closes 0.02."""
    found = with_own_gaps()
    first, second = (case.label for case in found.cases[:2])
    gaps = np.broadcast_to(17 - np.array([[0.0, 7.0], [0.02, 7.02]]), (4, 2, 2))
    split = LeverCombinations(first=first, second=second, levers=("coaching", "everything_else"), gaps=gaps)
    drawn = CHARTS["attribution"](replace(found, attribution=split))
    assert drawn.headline.startswith(
        "Everything else accounts for £7m of the £7m that is left less; alone it leaves £7m"
    )
    assert f"The gap before any savings is £100m in “{first}”, £90m in “{second}”: everything else" in drawn.note
    assert "closes £7m" not in drawn.headline


@pytest.mark.parametrize(
    ("worths", "words"),
    [
        ((60.0, 20.0), "Coaching accounts for £60m of the £80m closed; alone it closes £60m"),
        ((40.0, 40.0), "Coaching and gain share account for £80m of the £80m closed; each alone closes £40m"),
        ((0.0, 0.0), "What together closes beyond alone is not distinguishable from 0"),
        ((-30.0, 10.0), "Together leaves £20m more than alone"),
    ],
)
def test_what_levers_bring(worths, words):
    gaps = 100 - np.array([[[0.0, worths[1]], [worths[0], sum(worths)]]])
    levers = ("coaching", "gain_share")
    assert (
        attribution_headline(attribute(LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps)))
        == f"{words}; assumptions were not varied"
    )


def test_what_levers_bring_is_no_finding_where_chance_may_make_it():
    """0.5 closed on average over two replicates of −1 and 2, beside 9 of 8 and 10."""
    for closed, said in (
        ((-1.0, 2.0), "What together closes beyond alone is not disting"),
        ((8.5, 9.5), "Coaching closes £9m"),
    ):
        gaps = 100 - np.array([[0.0, each] for each in closed])
        found = attribute(LeverCombinations(first="alone", second="together", levers=("coaching",), gaps=gaps))
        assert attribution_headline(found).startswith(said)


def test_levers_that_close_more_than_all_differences_do_not_account_for_them():
    """Coaching closes 5; without the instruction 2 are lost, so that 3 are closed. Pulled together they do 1 less."""
    gaps = 100 - np.array([[[0.0, 4.5], [-2.5, 3.0]]] * 2)
    split = LeverCombinations(
        first="order",
        second="coach",
        levers=("top_down_instruction", "coaching"),
        changes={"top_down_instruction": LeverChange.DROPPED},
        gaps=gaps,
    )
    found = attribute(split)
    assert attribution_headline(found).startswith("Coaching closes £5m, all differences together £3m; ")
    note = CHARTS["attribution"](replace(comparison_of("no joint action"), attribution=split)).note
    assert " Instruction from above and coaching do less together, by £1m" in note


def split_among(worths, noise, runs=60):
    """Return an attribution to levers that close these means, each run with chance of its own."""
    drawn = np.random.default_rng(3)
    gaps = np.full((runs, *[2] * len(worths)), 100.0)
    for lever, worth in enumerate(worths):
        joined = np.arange(2).reshape([1, *[2 if each == lever else 1 for each in range(len(worths))]])
        chance = noise * drawn.normal(size=runs)
        gaps = gaps - joined * (worth + chance - chance.mean()).reshape(-1, *[1] * len(worths))
    levers = ("coaching", "gain_share", "menu_framing", "pooled_budget", "celebration")[: len(worths)]
    return attribute(LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps))


def test_what_a_lever_accounts_for_has_the_range_of_9_in_10():
    found = split_among((60.0, 15.0), 2.0)
    band = found.worths[0].band
    assert attribution_headline(found).startswith(
        f"Coaching accounts for £60m ({pounds(band.low_90)} to {pounds(band.high_90)}) of the £75m closed; alone it "
    )


def test_levers_whose_intervals_overlap_are_named_together_or_not_at_all():
    """40 and 38 are not apart by chance of 10; of five that are alike none accounts for most."""
    assert attribution_headline(split_among((50.0, 22.0, 8.0), 1.0)).startswith("Coaching accounts for £50m (")
    assert attribution_headline(split_among((50.0, 48.0, 2.0), 20.0)).startswith("Coaching and gain share account for ")
    assert attribution_headline(split_among((21.0, 20.5, 20.0, 19.5, 19.0), 10.0)) == (
        "Together closes £100m; no lever clearly accounts for most of it; assumptions were not varied"
    )


def test_only_an_interaction_that_is_clearly_the_strongest_is_called_so():
    """Two pairs do 10 and 9 more together, with chance of 10 in each run; then 10 and 1."""
    for other, is_most in ((9.0, False), (1.0, True)):
        drawn, gaps = np.random.default_rng(4), np.full((60, 2, 2, 2), 100.0)
        gaps[:, 1, 1, :] -= 10.0 + 10 * drawn.normal(size=(60, 1))
        gaps[:, :, 1, 1] -= other + 10 * drawn.normal(size=(60, 1))
        levers = ("coaching", "gain_share", "menu_framing")
        found = attribute(LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps))
        assert is_strongest(found) == is_most


def test_a_headline_says_what_levers_close_over_the_ranges():
    """At the central assumptions 20 are closed; at 21 points of their ranges from 0 to 20, one more at each."""
    gaps = np.stack([np.full(21, 100.0), 100.0 - np.arange(21)], axis=1)
    one = {"first": "alone", "second": "together", "levers": ("coaching",)}
    over = LeverCombinations(**one, gaps=gaps, points=21)
    assert attribution_headline(attribute(LeverCombinations(**one, gaps=gaps[-1:]), over)) == (
        "Coaching closes £20m at our central assumptions; over the ranges all levers close £1m to £19m (9 in 10)"
    )


def position(name, plan, loses_in=0, wide=0.0):
    return OrganisationPosition(
        organisation=name,
        name=name,
        against_plan=always(plan),
        precision=Precision(10, plan, wide),
        against_no_savings=always(0),
        loses_in=loses_in,
        replicates=10,
    )


@pytest.mark.parametrize(
    ("positions", "words"),
    [
        (
            [position("a", -5.0), position("b", 1.0)],
            "1 of 2 organisations ends below its own plan, by £5m; none is worse off than before any "
            "savings in over half of the simulated runs",
        ),
        (
            [position("a", -5.0, 9), position("b", -1.0, 6)],
            "Both organisations end below their own plan, by £6m together; 2 are worse off than before any "
            "savings, each in over half of the simulated runs",
        ),
        (
            [position("a", -5.0, wide=1.0), position("c", -0.02, wide=0.05), position("b", 1.0)],
            "1 of 3 organisations clearly ends below its own plan, by £5m; none is worse off than before any "
            "savings in over half of the simulated runs",
        ),
        (
            [position("c", -0.02, wide=0.05), position("b", 1.0)],
            "No organisation clearly ends below its own plan; none is worse off than before any "
            "savings in over half of the simulated runs",
        ),
        (
            [position("a", 0.0), position("b", 2.0, 6)],
            "No organisation ends below its own plan; one is worse off than before any savings in over half of the "
            "simulated runs",
        ),
    ],
)
def test_who_loses(positions, words):
    assert who_headline(positions) == words


@pytest.mark.parametrize(
    ("swings", "words"),
    [
        (
            [("opening_trust", -40.0, 5.0), ("exposure", 1.0, 5.0)],
            "Opening trust matters most: it moves the gap by up to £40m",
        ),
        (
            [("exposure", 40.0, 5.0), ("opening_trust", -30.0, 5.0)],
            "Risk of opening up first matters most: it moves the gap by up to £40m; 2 of 2 assumptions clearly move it",
        ),
        (
            [
                ("exposure", 40.0, 8.0),
                ("opening_trust", -30.0, 5.0),
                ("orientation", 35.0, 50.0),
                ("loss_ratio", 9.0, 1.0),
            ],
            "Which of 3 assumptions moves the gap most is not clear",
        ),
        ([("exposure", 4.0, 5.0)], "No single assumption clearly moves the gap"),
        ([], "No single assumption clearly moves the gap"),
    ],
)
def test_what_assumption_moves_the_gap(swings, words):
    found = tuple(
        Swing(parameter=name, swing=swing, half_width=wide, is_clear=abs(swing) > wide) for name, swing, wide in swings
    )
    assert tornado_headline(Swings(swings=found, explained=0.5, points=60)) == words


def test_a_headline_of_stretched_ranges_says_so():
    first = Swing(parameter="opening_trust", swing=-40.0, half_width=5.0, is_clear=True)
    found = Swings(swings=(first,), explained=0.5, points=60, stretch=1.5)
    assert tornado_headline(found) == (
        "Opening trust matters most: it moves the gap by up to £40m (ranges stretched by a factor of 1.5)"
    )


def test_what_drives_the_gap():
    def driver(total):
        return Driver(factor="levers.coaching.strength", first=0.1, first_half_width=0, total=total, total_half_width=0)

    most = "Coaching strength drives most of the gap’s variance: 80% in all"
    assert drivers_headline(Drivers(drivers=(driver(0.8),), points=8)) == most
    assert drivers_headline(Drivers(drivers=(driver(0.0),), points=8)) == "Nothing that is varied moves the gap"


@pytest.mark.parametrize(
    ("totals", "half_width", "words"),
    [
        ((0.8, 0.1), 0.05, "Coaching strength drives most of the gap’s variance: 80% (75% to 85%) in all"),
        (
            (0.3, 0.1),
            0.05,
            f"{MORE}: 30% (25% to 35%) in all",
        ),
        (
            (0.78, 0.1),
            0.46,
            f"{MORE}: 78% (32% to 100%) in all",
        ),
        (
            (0.32, 0.3),
            0.05,
            "Coaching strength and Opening trust drive the gap’s variance most: 32% (27% to 37%) and 30% (25% to "
            "35%) in all, which is no clear difference",
        ),
        ((0.3, 0.3, 0.3, 0.3), 0.2, "Which of 4 that are varied moves the gap most is not established"),
        ((0.1, 0.05), 0.2, "Nothing that is varied clearly moves the gap"),
    ],
)
def test_one_driver_is_called_the_largest_only_where_that_is_more_than_chance(totals, half_width, words):
    names = ("levers.coaching.strength", "parameters.opening_trust", "parameters.trust_rule", "parameters.exposure")
    found = tuple(
        Driver(factor=name, first=0, first_half_width=0, total=total, total_half_width=half_width)
        for name, total in zip(names, totals, strict=False)
    )
    assert drivers_headline(Drivers(drivers=found, points=8)) == words


def starts_with(*lost, half_width=0.5, over_ranges=None):
    """Return starts half a year apart that leave so much more than the first, £m a year."""
    months = ("2015-12", "2016-06", "2016-12")
    return tuple(
        Start(
            month=month,
            gap=always(40 + each),
            precision=Precision(9, 40 + each, 30.0),
            lost=Precision(9, each, half_width),
            lost_over_ranges=over_ranges,
        )
        for month, each in zip(months, lost, strict=False)
    )


@pytest.mark.parametrize(
    ("lost", "half_width", "words"),
    [
        ((0, 70), 0.5, "Starting in June 2016 instead of December 2015 costs £70m a year"),
        ((0, -70), 0.5, "Starting in June 2016 instead of December 2015 saves £70m a year"),
        ((0, 2.4), 0.84, "Starting in June 2016 instead of December 2015 costs £2.4m a year"),
        ((0, 2.4), 2.5, "Starting in June 2016 instead of December 2015 costs nothing clear"),
        ((0, 0.9), 0.5, "Starting in June 2016 instead of December 2015 costs £0.9m a year"),
        ((0, 0), 0, "Starting in June 2016 instead of December 2015 costs nothing"),
        ((0, 9, 3), 1, "Starting in December 2016 instead of December 2015 costs £3m a year"),
        ((0, 9), nan, "Starting in June 2016 instead of December 2015 costs £9m a year, in one simulated run"),
        ((0, 0.4), nan, "Starting in June 2016 instead of December 2015 costs £0.4m a year, in one simulated run"),
        ((0,), 0, "A start in December 2015 leaves £40m"),
    ],
)
def test_what_a_late_start_costs_is_judged_by_the_paired_difference(lost, half_width, words):
    """However wide the single starts lie by chance (here ±£30m), all of them face the same random events."""
    found = TooLate(variant="a", starts=starts_with(*lost, half_width=half_width), without=None)
    assert late_headline(found) == f"{words}; assumptions were not varied"


def test_a_late_start_says_of_which_scenario_it_is_and_what_it_costs_in_the_others():
    """Two packages start in June or September; the later one leaves 2 to 4 more in the first, 1 in the second."""
    whole, factor = comparison_of("no joint action"), "levers.*.from"
    gaps = np.linspace(40.0, 50.0, len(whole.cases[0].gaps))
    later = {"a": gaps + np.linspace(2.0, 4.0, len(gaps)), "b": gaps + 1.0}
    cases = tuple(
        replace(whole.cases[0], label=f"{variant} {month}", variant=variant, values={factor: month}, gaps=some)
        for variant in ("a", "b")
        for month, some in (("2020-09", later[variant]), ("2020-06", gaps))
    )
    several = replace(whole, cases=cases, factors=(factor,))
    chart = CHARTS["too_late"](several)
    assert chart.headline.startswith(
        "Starting the levers of “b” in September 2020 instead of June 2020 costs £1m a year"
    )
    (other,) = too_late(several).others
    low, high = (other.lost.mean + sign * other.lost.half_width for sign in (-1, 1))
    assert other.lost.mean == pytest.approx(3)
    ends = range_words(low, high)
    assert f"Run too, and not drawn: “a” (starting last leaves {ends} more)." in chart.note
    alone = CHARTS["too_late"](replace(several, cases=cases[2:]))
    assert alone.headline.startswith("Starting in September 2020 instead of June 2020 costs £1m a year")
    assert "not drawn" not in alone.note


def test_a_late_start_names_the_one_lever_that_starts_late():
    found = TooLate(variant="both", lever="coaching", starts=starts_with(0, 70), without=None)
    assert late_headline(found).startswith("Starting coaching in June 2016 instead of December 2015 costs £70m")


def test_a_late_start_of_one_setting_of_a_lever_says_which():
    """Coaching has two settings, and only the second one starts later: the lever itself starts as before."""
    whole = comparison_of("no joint action")
    dates = ("2020-06", "2020-09")
    cases = tuple(
        replace(case, variant="both", values={"levers.coaching[1].from": month})
        for case, month in zip(whole.cases, dates, strict=True)
    )
    chart = CHARTS["too_late"](replace(whole, cases=cases, factors=("levers.coaching[1].from",)))
    assert chart.headline.startswith("Starting coaching (setting 2) in September 2020 instead of June 2020 ")
    assert "by the month in which coaching (setting 2) starts, all else as in “both”" in chart.subtitle
    assert "coaching (setting 2) starts" in chart.alt
    assert address_words("levers.coaching[1].from") == "coaching from (setting 2)"
    assert parameter_words("levers.coaching[1].strength") == "Coaching strength (setting 2)"
    assert parameter_words("levers.coaching.strength") == "Coaching strength"


def test_a_late_start_says_what_it_costs_over_uncertain_assumptions():
    starts = starts_with(0, 70, over_ranges=Precision(64, 50.0, 60.0))
    assert late_headline(TooLate(variant="a", starts=starts, without=None)) == (
        "Starting in June 2016 instead of December 2015 costs £70m a year at our central assumptions, and costs "
        "nothing clear on average over uncertain assumptions"
    )


def series(*values):
    return {f"20{15 + number // 12}-{number % 12 + 1:02d}": value for number, value in enumerate(values)}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((94.0,), "One observed gap: £94m in January 2015"),
        ((94.0, 99.0), "2 observed gaps, too few for limits: £94m, last £99m"),
        ((10, 11, 10, 11, 10, 11, 10), "Only routine variation about £10m a year"),
        ((10, 11, 10, 11, 10, 11, 60), "More than routine variation: £60m in July 2015"),
        ((9, 9, 9, 9, 9, 9, 9, 12, 12, 12, 12, 12, 12, 12), "More than routine variation: £12m in February 2016"),
    ],
)
def test_whether_what_was_observed_is_more_than_routine(values, words):
    assert actuals_headline(process_behaviour(series(*values))) == words


def test_process_limits_are_the_mean_and_2_66_mean_moving_ranges():
    found = process_behaviour(series(10, 12, 9, 11, 10, 12))
    assert found.mean == pytest.approx(64 / 6)
    assert found.limits == pytest.approx((64 / 6 - 2.66 * 2.0, 64 / 6 + 2.66 * 2.0))
    assert found.signals == ()
    assert process_behaviour(series(1, 2)).limits is None
    with pytest.raises(ValueError, match="no observed series"):
        process_behaviour({})


def test_a_choice_of_which_no_run_worked_is_not_said_to_miss_the_target():
    several = comparison_of("no joint action")
    cases = tuple(
        replace(several.cases[0], label=label, gaps=np.array(gaps), target=10.0)
        for label, gaps in (("one", [5.0, 15.0]), ("lost", [nan, nan]), ("two", [5.0, 5.0]))
    )
    said = chance_headline(replace(several, cases=cases))
    assert said == "By chance alone, simulated runs that meet the target of £10m: 1 of 2 by one and 2 of 2 by two"
