"""A parameter is said to move an outcome most only where the intervals of the indices allow it."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.leading_parameters import find_leading, find_points
from simulation.analysis.sensitivity_words import headline
from simulation.formatting import without_joiners
from simulation.results.indices import MAIN, OutcomeIndices, ParameterIndices, Sensitivity

pytestmark = pytest.mark.unit


def made_up(method="sobol", points=64, chance=0.1, **rows) -> tuple[Sensitivity, OutcomeIndices]:
    """Indices of parameters by name: value, half-width, limit of a dummy, all in order of their value."""
    main = MAIN[method]
    parameters = tuple(
        ParameterIndices(
            factor=f"within.{name}",
            values={main: value},
            half_widths={main: half},
            dummy=dummy,
            is_clear=value > dummy and value > half,
        )
        for name, (value, half, dummy) in sorted(rows.items(), key=lambda row: -row[1][0])
    )
    about = {"quantity": "gap", "choice": "one", "against": "", "mean": 5.0, "sd": 1.0, "chance": chance}
    outcome = OutcomeIndices(**about, chance_index=chance, parameters=parameters)
    found = Sensitivity(
        method=method, name="c", title="C", points=points, designs=points, replicates=4, stretch=1.0, seed=1,
        model="0.0.0", made="2026-01-01", scenarios={}, outcomes=(outcome,),
    )  # fmt: skip
    return found, outcome


WIDE_LEADER = {"months": (0.12, 0.13, 0.04), "risk": (0.10, 0.13, 0.05), "saving": (0.003, 0.002, 0.001)}
"""Two large indices with intervals to below 0, and a small one that is known to a hair."""


@pytest.mark.parametrize("method", ["sobol", "morris", "pawn"])
@pytest.mark.parametrize("chance", [0.1, 0.8])
@pytest.mark.parametrize("short", [False, True])
def test_a_small_index_that_is_known_well_is_never_said_to_move_most(method, chance, short):
    found, outcome = made_up(method, chance=chance, **WIDE_LEADER)
    said = headline(found, outcome, short=short)
    assert "saving” (" not in said.partition(" is not clear")[0]
    if chance > 0.5:
        assert said.startswith("Mostly chance")
    else:
        assert said.startswith("Which parameter moves the gap of one most is not clear")


def test_what_cannot_be_distinguished_is_named_with_its_intervals_and_what_would_help():
    found, outcome = made_up(**WIDE_LEADER)
    assert without_joiners(headline(found, outcome)) == (
        "Which parameter moves the gap of one most is not clear: “months” (12% ±13%), “risk” (10% ±13%) and “saving” "
        "(<1% ±<1%) cannot be distinguished from each other at this size, 64 base points. About 128 base "
        "points would show it if the indices stay as they are"
    )
    found, outcome = made_up(chance=0.8, **WIDE_LEADER)
    assert (
        "chance makes 80% of its variance from case to case; which parameter moves it most is not clear, since “months”"
        in without_joiners(headline(found, outcome))
    )


def test_one_whose_interval_lies_above_all_others_moves_it_most():
    found, outcome = made_up(trust=(0.4, 0.1, 0.02), risk=(0.2, 0.09, 0.02), small=(0.15, 0.1, 0.2))
    assert headline(found, outcome) == "“trust” (40%) moves the gap of one most"
    found, outcome = made_up(trust=(0.4, 0.1, 0.02), risk=(0.2, 0.1, 0.02), small=(0.15, 0.1, 0.2))
    assert "cannot be distinguished from each other" in headline(found, outcome)


def test_several_that_cannot_be_distinguished_move_it_most_if_all_others_are_below_them():
    rows = {"trust": (0.3, 0.1, 0.02), "risk": (0.25, 0.1, 0.02), "small": (0.05, 0.04, 0.06)}
    found, outcome = made_up(**rows)
    assert headline(found, outcome) == "“trust” (30%) and “risk” (25%) move the gap of one most"
    assert headline(found, outcome, short=True) == "“trust” and “risk” move the gap of one most"
    found, outcome = made_up(chance=0.6, **rows)
    assert "which parameter moves it most is not clear, since “trust” (30% ±10%) and “risk” (25% ±10%)" in (
        without_joiners(headline(found, outcome))
    )


def test_a_leader_that_may_have_no_effect_is_not_said_to_move_it_most():
    found, outcome = made_up(trust=(0.4, 0.1, 0.5), rest=(0.02, 0.001, 0.001))
    assert "“trust” (40% ±10%) and no effect cannot be distinguished from each other" in without_joiners(
        headline(found, outcome)
    )


@pytest.mark.parametrize(
    ("method", "helps"),
    [
        ("sobol", "About 256 base points would show an effect if the indices stay as they are"),
        ("morris", "More replicates at each point may help"),
        ("pawn", "More points may help"),
    ],
)
def test_where_none_can_be_distinguished_that_is_said_with_what_would_help(method, helps):
    found, outcome = made_up(method, months=(0.12, 0.2, 0.04), risk=(0.10, 0.13, 0.15))
    assert headline(found, outcome) == (
        "No parameter can be distinguished from chance in the gap of one: chance makes 10% of its variance from case "
        f"to case. {helps}"
    )


def test_more_points_than_can_be_run_are_not_asked_for():
    found, outcome = made_up(points=512, one=(0.3, 0.1, 0.01), other=(0.3, 0.1, 0.01), third=(0.3, 0.1, 0.01))
    assert find_leading(outcome, "total").first == outcome.parameters
    found, outcome = made_up(points=512, **dict.fromkeys(("a", "b", "c", "d"), (0.3, 0.1, 0.01)))
    assert find_points(outcome, found) is None
    assert "more points than can be run" in headline(found, outcome)


def test_the_points_that_are_asked_for_set_the_first_apart():
    """With intervals and limits narrowed by the square root of the number of points, the finding is established."""
    draw = np.random.default_rng(1)
    for number in range(300):
        method = ("sobol", "morris", "pawn")[number % 3]
        rows = {f"x{n}": tuple(draw.uniform((0.01, 0.01, 0), (1, 0.6, 0.1))) for n in range(5)}
        found, outcome = made_up(method, points=64, **rows)
        more = find_points(outcome, found)
        if find_leading(outcome, found.main).first or more is None:
            continue
        narrower = (64 / more) ** 0.5
        again = {name: (value, half * narrower, dummy * narrower) for name, (value, half, dummy) in rows.items()}
        _, larger = made_up(method, points=more, **again)
        assert find_leading(larger, found.main).first


def test_nothing_is_moved_where_nothing_varies():
    found, outcome = made_up(trust=(0.0, 0.0, 0.0))
    assert headline(found, replace(outcome, sd=0.0)) == "Nothing that is varied moves the gap of one"
