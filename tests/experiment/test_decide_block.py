"""The `decide` block: what it comes to, what candidates cost, and every mistake with its location and its fix."""

from pathlib import Path

import pytest

from simulation.experiment.loading import find_experiment_problems, load_experiment
from simulation.experiment.oddities import find_experiment_oddities
from simulation.levers import Lever
from simulation.scenario.paths import lever_costs

pytestmark = pytest.mark.unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TWO_TRUSTS = SCENARIOS / "two-trusts.yaml"
HEAD = f"title: A trial\nscenario: {TWO_TRUSTS}\n"
"""Two years from April 2024: financial years 2024/25 and 2025/26."""


def load(folder: Path, block: str, head: str = HEAD):
    path = folder / "trial.yaml"
    path.write_text(f"{head}decide:\n{block}")
    return load_experiment(path)


def problems_in(folder: Path, block: str, head: str = HEAD) -> list[str]:
    path = folder / "trial.yaml"
    path.write_text(f"{head}decide:\n{block}")
    return [str(problem).removeprefix(f"{path}:") for problem in find_experiment_problems(path)]


def test_the_least_that_a_block_says(tmp_path):
    experiment = load(tmp_path, "  levers: {coaching: {cost: 1.5}}\n")
    decision = experiment.decision
    (coaching,) = decision.levers
    (setting,) = coaching.settings
    assert coaching.lever is Lever.COACHING
    assert (setting.strength, setting.from_, setting.cost, setting.ramp) == (1, "2024-04", 1.5, 1)
    assert decision.combinations == 2
    assert decision.objectives == ("gap", "worst_off")
    assert decision.budget is None
    assert decision.years == ("2024/25", "2025/26")


def test_ways_are_by_month_and_then_by_strength_and_levers_as_in_the_table(tmp_path):
    block = (
        "  levers:\n    gain_share: {cost: 1}\n"
        "    coaching: {cost: 2, strengths: [1, 0.5], from: [2025-01, 2024-04], ramp: 3, only: [hospital]}\n"
    )
    decision = load(tmp_path, block).decision
    assert [each.lever for each in decision.levers] == [Lever.COACHING, Lever.GAIN_SHARE]
    ways = [(each.from_, each.strength, each.ramp, each.only) for each in decision.levers[0].settings]
    assert ways == [(month, strength, 3, ("hospital",)) for month in ("2024-04", "2025-01") for strength in (0.5, 1.0)]
    assert decision.combinations == 5 * 2


def test_costs_are_those_that_the_model_charges(tmp_path):
    block = (
        "  levers:\n    coaching: {cost: 2, strengths: 0.5, from: [2024-04, 2025-01], ramp: 3}\n"
        "    gain_share: {cost: 1.2, from: 2025-02}\n"
    )
    decision = load(tmp_path, block).decision
    # Coaching from January 2025: 2 x 0.5 / 12 a month in full, a third and two thirds in its first two months.
    full = 1 / 12
    assert decision.costs_by_year((2, 0)) == pytest.approx([2 * full, 12 * full])
    assert decision.costs_by_year((2, 1)) == pytest.approx([2 * full + 0.2, 12 * full + 1.2])
    for candidate in ((0, 0), (1, 0), (2, 1)):
        charged = lever_costs(decision.scenario_of(candidate)).sum() / 12
        assert decision.cost(candidate) == pytest.approx(charged)
    assert decision.cost(decision.nothing) == 0


def test_limits_that_are_known_without_a_run(tmp_path):
    block = (
        "  levers: {coaching: {cost: 1}, gain_share: {cost: 1}, celebration: {cost: 1, from: [2024-04, 2025-04]}}\n"
        "  budget: 4\n  budget_by_year: {2024/25: 1}\n  most_levers: 2\n  exclude: [[coaching, gain_share]]\n"
    )
    decision = load(tmp_path, block).decision
    allowed = {
        candidate
        for candidate in [(a, b, c) for a in range(2) for b in range(2) for c in range(3)]
        if decision.within_limits(candidate)
    }
    # One lever a year from the first, or celebration a year later beside one of the two.
    assert allowed == {(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 2), (1, 0, 2), (0, 1, 2)}
    assert decision.excess((1, 1, 0)) == pytest.approx(1 + 1)  # £1m over in the first year, and a pair that is excluded
    assert decision.excess((1, 1, 2)) == pytest.approx(1 + 1 + 1 + 1)  # £1m over in all too, and a lever too many


def test_a_budget_for_each_year_gives_way_to_one_by_name(tmp_path):
    block = "  levers: {coaching: {cost: 1}}\n  budget_each_year: 2\n  budget_by_year: {2025/26: 3}\n"
    assert load(tmp_path, block).decision.budget_by_year == {"2024/25": 2, "2025/26": 3}


def test_a_lever_that_no_budget_pays_for_is_a_warning(tmp_path):
    block = "  levers: {coaching: {cost: 9}, celebration: {cost: 1}}\n  budget: 3.1\n"
    found = find_experiment_oddities(load(tmp_path, block), left_out=False)
    assert "decide.levers.coaching: costs £18m at least, more than the budget, so it is never chosen" in found


LEVERS = "  levers: {coaching: {cost: 1}, gain_share: {cost: 1}}\n"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("  budget: 1\n", "4:3: decide.levers: is missing"),
        ("  levers: {}\n", "4:11: decide.levers: must name at least one lever"),
        ("  levers: {coching: {cost: 1}}\n", "4:12: decide.levers.coching: unknown lever; did you mean coaching?"),
        ("  levers: {coaching: {}}\n", "4:22: decide.levers.coaching.cost: is missing"),
        (
            "  levers: {coaching: {cost: 1, strength: 1}}\n",
            "4:32: decide.levers.coaching.strength: unknown field; did you mean strengths?",
        ),
        (
            "  levers: {coaching: {cost: 1, strengths: [0]}}\n",
            "4:44: decide.levers.coaching.strengths[0]: must be more than 0 (given: 0)",
        ),
        (
            "  levers: {coaching: {cost: 1, strengths: 50}}\n",
            "4:43: decide.levers.coaching.strengths: must be at most 1: write 0.5 for 50% (given: 50)",
        ),
        (
            "  levers: {coaching: {cost: 1, strengths: []}}\n",
            "4:43: decide.levers.coaching.strengths: must name at least one, or be left out (given: an empty list)",
        ),
        (
            "  levers: {coaching: {cost: 1, from: [2024-04, 2024-04]}}\n",
            '4:48: decide.levers.coaching.from[1]: is given twice; remove one (given: "2024-04")',
        ),
        (
            "  levers: {coaching: {cost: 1, from: 2026-04}}\n",
            '4:38: decide.levers.coaching.from: must be within the run, 2024-04 to 2026-03 (given: "2026-04")',
        ),
        (
            "  levers: {coaching: {cost: 1, from: soon}}\n",
            '4:38: decide.levers.coaching.from: must be a month written YYYY-MM, such as 2015-12 (given: "soon")',
        ),
        (
            "  levers: {coaching: {cost: 1, only: [hospitl]}}\n",
            '4:39: decide.levers.coaching.only[0]: unknown organisation (given: "hospitl"); did you mean hospital?',
        ),
        (
            "  levers: {coaching: {cost: 1, only: [care_at_home]}}\n",
            "4:39: decide.levers.coaching.only[0]: coaching acts on organisations; care_at_home is a programme",
        ),
        (LEVERS + "  budget: -1\n", "5:11: decide.budget: must be at least 0 (given: -1)"),
        (
            LEVERS + "  budget: 1\n",
            "5:11: decide.budget: pays for no lever: the cheapest, coaching, costs £2m over the run (given: 1)",
        ),
        (
            LEVERS + "  budget_by_year: {2027/28: 1}\n",
            "5:20: decide.budget_by_year.2027/28: is outside the run, 2024/25 to 2025/26",
        ),
        (
            LEVERS + "  budget_by_year: {2024/26: 1}\n",
            "5:20: decide.budget_by_year.2024/26: must end in the next year: 2024/25",
        ),
        (LEVERS + "  most_levers: 0\n", "5:16: decide.most_levers: must be at least 1 (given: 0)"),
        (
            LEVERS + "  most_levers: 3\n",
            "5:16: decide.most_levers: is more than the 2 levers to choose from; remove it (given: 3)",
        ),
        (
            LEVERS + "  exclude: [[coaching]]\n",
            "5:13: decide.exclude[0]: must name at least two levers, of which one at most may be pulled "
            "(given: a list)",
        ),
        (
            LEVERS + "  exclude: [[coaching, celebration]]\n",
            '5:24: decide.exclude[0][1]: is not one of the levers to choose from (given: "celebration")',
        ),
        (
            LEVERS + "  exclude: [[coaching, coaching]]\n",
            '5:24: decide.exclude[0][1]: is given twice; remove one (given: "coaching")',
        ),
        (
            LEVERS + "  not_worse_off: [hospitl]\n",
            '5:19: decide.not_worse_off[0]: unknown organisation (given: "hospitl"); did you mean hospital?',
        ),
        (
            LEVERS + "  objectives: [gap, gap]\n",
            '5:21: decide.objectives[1]: is given twice; remove one (given: "gap")',
        ),
        (
            LEVERS + "  objectives: [gaps]\n",
            "5:16: decide.objectives[0]: must be gap, position, position_at_horizon or worst_off "
            '(given: "gaps"); did you mean gap?',
        ),
        (
            LEVERS + "  objectives: [worst_off, gap]\n",
            "5:16: decide.objectives[0]: cannot be the first objective, since it has no number for each set of "
            'assumptions; name another first (given: "worst_off")',
        ),
        (LEVERS + "  points: 2\n", "5:11: decide.points: must be at least 16 (given: 2)"),
        (
            LEVERS + "  points: 1000\n  replicates: 2000\n",
            "5:11: decide.points: points times replicates come to 2,000,000; the limit is 1,000,000 (given: 1000)",
        ),
        (LEVERS + "  evaluations: 0\n", "5:16: decide.evaluations: must be at least 1 (given: 0)"),
        (LEVERS + "  colour: red\n", "5:3: decide.colour: unknown field"),
        (
            LEVERS + "compare: {a: {}}\n",
            "5:1: compare: cannot stand beside decide, which makes its own comparison; remove it, "
            "or ask in another file",
        ),
    ],
)
def test_each_mistake_is_one_message(block, expected, tmp_path):
    assert problems_in(tmp_path, block) == [expected]


def test_a_lever_that_the_place_uses_is_no_choice(tmp_path):
    place = tmp_path / "place.yaml"
    place.write_text(f"extends: {TWO_TRUSTS}\ntitle: With coaching\nlevers: {{coaching: {{strength: 1}}}}\n")
    expected = (
        "4:12: decide.levers.coaching: is used in the scenario already, so it is no choice; remove it here, or there"
    )
    assert problems_in(tmp_path, LEVERS, f"title: A trial\nscenario: {place}\n") == [expected]
