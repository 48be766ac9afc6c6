"""Charts of choices over a grid of assumptions: choices are compared at each point, and no assumption is praised."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_hex

from simulation.analysis.grid import Grid, grid_of
from simulation.charts import CHARTS, reason_unavailable
from simulation.charts.catalogue import MOST_CELLS, MOST_LEVELS
from simulation.charts.drawing.palette import contrast
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, NHS
from simulation.charts.text.grid_words import assumption_words, least_headline, span_headline, value_words
from simulation.results.comparison import Comparison
from tests.charts.conftest import over_grid
from tests.made_up_cases import made_up_case
from tests.places import place, scenario

pytestmark = pytest.mark.unit

OPENING, RULE = "parameters.opening_trust", "parameters.trust_rule"
STRENGTH = "levers.*.strength"


def comparison(cases, factors, **fields):
    """Return a comparison by hand of (variant, values of the factors, gaps)."""
    made = tuple(
        made_up_case(
            label="unused",
            variant=variant,
            values={name: value for name, value in zip(factors, values, strict=True) if value is not None},
            gaps=np.array(gaps, float),
        )
        for variant, values, gaps in cases
    )
    return Comparison(
        name="c", title="C", seed=1, replicates=2, cases=made, scenario=scenario(place()), factors=factors, **fields
    )


def grid(medians, labels=("none", "some", "more")):
    """Return a grid by hand, `[choice][level of one assumption]`, with one replicate."""
    gaps = np.array(medians, float)
    levels = tuple(round(0.1 * level, 1) for level in range(1, gaps.shape[1] + 1))
    return Grid(labels=labels[: len(gaps)], assumptions=(OPENING,), levels=(levels,), gaps=gaps[..., np.newaxis])


def test_medians_by_choice_and_point_whatever_the_order_of_the_cases():
    cases = [
        ("none", (0.4, "linear"), [54, 56]),
        ("some", (0.4, "linear"), [40, 42]),
        ("none", (0.2, "linear"), [70, 70]),
        ("none", (0.4, "confirmatory"), [55, 55]),
        ("none", (0.2, "confirmatory"), [80, np.nan]),
        ("some", (0.2, "linear"), [70.5, 71]),
        ("some", (0.2, "confirmatory"), [30, 30]),
    ]
    found = grid_of(comparison(cases, (OPENING, RULE)))
    assert found.labels == ("none", "some")
    assert found.levels == ((0.2, 0.4), ("linear", "confirmatory"))
    assert found.medians[0].tolist() == [[70, 80], [55, 55]]
    assert found.medians[1][1].tolist() == pytest.approx([41, np.nan], nan_ok=True)
    assert found.leaves_least.tolist() == [[[True, False], [False, False]], [[True, True], [True, False]]]


def test_a_choice_that_is_varied_is_a_line_and_not_a_direction():
    cases = [
        ("none", (None, 0.2), [50, 50]),
        ("none", (None, 0.4), [50, 50]),
        ("the package", (0.5, 0.2), [40, 40]),
        ("the package", (0.5, 0.4), [40, 40]),
        ("the package", (1.0, 0.2), [30, 30]),
        ("the package", (1.0, 0.4), [45, 45]),
    ]
    both = comparison(cases, (STRENGTH, OPENING), choices=(STRENGTH,))
    found = grid_of(both)
    assert found.labels == ("none", "the package, levers strength 0.5", "the package, levers strength 1")
    assert (found.assumptions, found.points) == ((OPENING,), 2)
    assert least_headline(found) == (
        "Which choice leaves least depends: the package, levers strength 0.5 at 1 of 2 values of opening trust, "
        "the package, levers strength 1 at 1"
    )
    assert reason_unavailable("gap_by_factor", both) is None


@pytest.mark.parametrize(
    ("medians", "words"),
    [
        ([[50, 60], [40, 50], [41.5, 52]], "Some leaves least at all 2 values of opening trust"),
        ([[50, 60], [40, 50], [41, 52]], "Some leaves least at all 2 values of opening trust, tied with others at 1"),
        (
            [[50, 60], [50.5, 60.9]],
            "No clear difference between the choices: within £1m at all 2 values of opening trust",
        ),
        (
            [[50, 60], [40, 51], [41, 50]],
            "Some and more leave least at all 2 values of opening trust, within £1m of each other",
        ),
        (
            [[9, 20, 30, 40], [9, 10, 40, 50], [20, 20, 20, 30]],
            "Which choice leaves least depends: more at 2 of 4 values of opening trust, some at 1, a tie at 1",
        ),
        (
            [[9, 20], [9, 9], [20, 9]],
            "Some leaves least at all 2 values of opening trust, tied with others at 2",
        ),
        (
            [[9, 20, 9], [9, 9, 20], [20, 9, 9]],
            "At all 3 values of opening trust several choices tie for the smallest gap",
        ),
        ([[np.nan], [np.nan]], "Which choice leaves least is not known at any of 1 value of opening trust"),
        (
            [[50, np.nan, 60], [40, np.nan, 50], [41.5, np.nan, 52]],
            "Some leaves least at all 2 values of opening trust",
        ),
    ],
)
def test_the_headline_names_the_choice_that_leaves_least_and_ties_as_ties(medians, words):
    assert least_headline(grid(medians)) == words


def test_the_headline_counts_the_choices_that_it_does_not_name():
    medians = np.where(np.eye(6)[:, [0, 0, 0, 1, 1, 2, 3, 4, 4]], 10.0, 30.0)
    assert least_headline(grid(medians, labels=("a", "b", "c", "d", "e", "f"))) == (
        "Which choice leaves least depends: a at 3 of 9 values of opening trust, b at 2, e at 2, 2 others at 2"
    )


@pytest.mark.parametrize(
    ("medians", "words"),
    [
        ([[50, 60]], "The gap is £50m to £60m over 2 values of opening trust"),
        (
            [[50, 60], [40, 90]],
            "The assumptions move the gap least with none, by £10m, and most with some, by £50m, in one simulated run",
        ),
        ([[50, 60], [40, 50.5]], "The assumptions move the gap about as much with every choice, by £10m"),
    ],
)
def test_the_headline_of_amounts_says_how_far_assumptions_move_each_choice(medians, words):
    assert span_headline(grid(medians)) == words


def moved_by(chance, *amounts):
    """Return a grid of choices that an assumption moves by these amounts, and by chance of its own in every run."""
    drawn = np.random.default_rng(3).normal(0, chance, (len(amounts), 2, 40))
    alike = np.random.default_rng(4).normal(0, 10, 40)
    gaps = 50 + alike + drawn + np.array([[[0.0], [amount]] for amount in amounts])
    return Grid(
        labels=("none", "some", "more")[: len(amounts)], assumptions=(OPENING,), levels=((0.1, 0.2),), gaps=gaps
    )


@pytest.mark.parametrize(
    ("chance", "amounts", "words"),
    [
        (0.1, (10, 12.15), "least with none, by £10m, and most with some, by £12m"),
        (9.0, (10, 12.15), "by £9.9m to £10m, and with which choice most is not established"),
        (60.0, (10, 30), "and with which choice most is not established"),
        (0.1, (10, 10.9), "about as much with every choice, by"),
        (0.1, (10, 30, 30.2), "least with none, by £10m, and most with some and more, by £30m"),
        (0.1, (10, 10.2, 30), "least with none and some, by £10m, and most with more, by £30m"),
        (0.1, (10, 10.9, 11.8), "more with more, by £12m, than with none, by £10m"),
        (0.1, (10, 20, 30), "least with none, by £10m, and most with more, by £30m"),
    ],
)
def test_only_choices_whose_paired_difference_is_established_are_ranked(chance, amounts, words):
    found = span_headline(moved_by(chance, *amounts))
    assert found.startswith("The assumptions move the gap ")
    assert words in found


def leaving(*least, chance=0.0):
    """Return a grid of choices that leave so much at two points in 40 runs, each with chance of its own."""
    drawn = np.random.default_rng(3).normal(0, chance, (len(least), 2, 40))
    gaps = drawn + np.array(least)[..., np.newaxis]
    return Grid(labels=("none", "some", "more")[: len(least)], assumptions=(OPENING,), levels=((0.1, 0.2),), gaps=gaps)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (1.0, "Some leaves least at all 2 values of opening trust"),
        (20.0, "Which choice leaves least is not established at all 2 values of opening trust"),
    ],
)
def test_a_choice_leaves_least_alone_only_where_the_paired_difference_is_established(chance, words):
    assert least_headline(leaving([53.0, 53.0], [50.0, 50.0], chance=chance)) == words


def test_choices_that_leave_less_than_a_third_tie_where_chance_may_make_their_difference():
    found = leaving([100.0, 100.0], [50.0, 50.0], [52.0, 52.0])
    up_and_down = np.resize([9.0, -9.0, 0.0], 40)
    found = replace(found, gaps=found.gaps + np.array([0.0, 1.0, -1.0])[:, np.newaxis, np.newaxis] * up_and_down)
    assert found.ties_by_chance
    assert least_headline(found) == (
        "Some and more leave least at all 2 values of opening trust, none of them established to leave more than the "
        "smallest"
    )


def test_choices_that_tie_with_the_smallest_are_not_said_to_be_alike():
    """Each of the last two ties with the first by chance, and yet one leaves £2m more than the other in every run."""
    up_and_down = np.resize([9.0, -9.0, 0.0], 40)
    gaps = np.array([50.0 + up_and_down, 51.5 - up_and_down, 53.5 - up_and_down, np.full(40, 99.0)])
    found = Grid(
        labels=("one", "two", "three", "four"), assumptions=(OPENING,), levels=((0.1,),), gaps=gaps[:, np.newaxis]
    )
    assert found.leaves_least[:, 0].tolist() == [True, True, True, False]
    assert least_headline(found) == (
        "One, two and three leave least at the only set of assumptions, none of them established to leave more than "
        "the smallest"
    )


def test_the_same_random_events_keep_a_small_difference_apart():
    alike = np.random.default_rng(4).normal(0, 20, 40)
    found = leaving([52.0, 52.0], [50.0, 50.0])
    found = replace(found, gaps=found.gaps + alike)
    assert least_headline(found) == "Some leaves least at all 2 values of opening trust"


def test_values_and_assumptions_are_named_in_words():
    assert [value_words(value) for value in (0.25, 3, "2016-04", "population_first")] == [
        "0.25",
        "3",
        "Apr 2016",
        "population first",
    ]
    assert assumption_words(RULE) == "how trust moves"
    assert assumption_words("levers.coaching.strength") == "coaching strength"


@pytest.mark.parametrize("name", ["gap_by_point", "best_by_point", "gap_by_factor"])
def test_no_code_name_is_drawn_and_no_assumption_is_called_best(name):
    chart = CHARTS[name](over_grid("partnership", 8, 1 if name == "gap_by_factor" else 2))
    said = f"{chart.headline} {chart.subtitle} {chart.note} {chart.alt}"
    drawn = " ".join(text.get_text() for panel in chart.axes for text in panel.texts)
    assert "opening_trust" not in said + drawn
    assert "trust_rule" not in said + drawn
    assert "parameters" not in said + drawn
    assert "0.6" not in chart.headline
    assert "linear" not in chart.headline


@pytest.mark.parametrize("theme", [ANALYSIS_FUNCTION, NHS], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["gap_by_point", "best_by_point"])
def test_letters_in_cells_stand_out_from_the_fill(name, theme):
    chart = CHARTS[name](over_grid("partnership", 8, 2), theme=theme)
    fills = [
        to_hex(colour)
        for panel in chart.axes
        for cells in panel.collections
        if isinstance(cells, PatchCollection)
        for colour in cells.get_facecolor()
    ]
    assert len(fills) >= 6
    assert min(contrast(theme.palette.ink, fill) for fill in fills) >= 4.5


@pytest.mark.parametrize("name", ["scenario_table", "chance", "paired_difference"])
@pytest.mark.parametrize(("assumptions", "instead"), [(1, "gap_by_factor"), (2, "gap_by_point")])
def test_points_are_not_listed_as_if_they_were_scenarios(name, assumptions, instead):
    points = over_grid("partnership", 8, assumptions)
    assert reason_unavailable(name, points) == (
        f"the cases are sets of assumptions, not scenarios; {instead} shows them"
    )
    choices = replace(points, choices=points.factors)
    assert name == "paired_difference" or reason_unavailable(name, choices) is None


@pytest.mark.parametrize(
    ("name", "points_of", "reason"),
    [
        ("gap_by_point", lambda: over_grid("partnership", 8, 1), "it needs a grid of 2 assumptions; this one has 1"),
        ("gap_by_factor", lambda: over_grid("partnership", 8, 2), "it needs a grid of 1 assumption; this one has 2"),
        (
            "gap_by_factor",
            lambda: replace(over_grid("partnership", 8, 1), choices=(OPENING,)),
            "the experiment itself varies no assumption",
        ),
        (
            "best_by_point",
            lambda: replace(over_grid("partnership", 8, 2), design="one-at-a-time"),
            "the design is one-at-a-time, not a grid",
        ),
        (
            "gap_by_factor",
            lambda: comparison([("a", (n,), [n]) for n in range(MOST_LEVELS + 1)], (OPENING,)),
            "too many values of an assumption to label (13; the limit is 12)",
        ),
        (
            "gap_by_factor",
            lambda: comparison([(f"{n}", (0.1,), [n]) for n in range(9)], (OPENING,)),
            "too many choices to label (9; the limit is 8)",
        ),
        (
            "gap_by_point",
            lambda: comparison(
                [(v, (a, b), [1]) for v in "abc" for a in range(9) for b in range(9)],
                (OPENING, "parameters.exposure"),
            ),
            f"too many numbers to label (243; the limit is {MOST_CELLS})",
        ),
        (
            "best_by_point",
            lambda: comparison([("a", (n, 0.1), [n]) for n in (0.1, 0.2)], (OPENING, "parameters.exposure")),
            "there are no two choices",
        ),
    ],
)
def test_the_reason_why_a_chart_of_a_grid_is_left_out(name, points_of, reason):
    assert reason_unavailable(name, points_of()) == reason
