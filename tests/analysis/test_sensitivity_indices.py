"""Sensitivity indices of functions whose indices are known, with chance and without."""

import numpy as np
import pytest
from SALib.analyze import morris

from simulation.analysis.index_noise import find_variance_parts
from simulation.analysis.sensitivity_indices import find_indices
from simulation.analysis.shapley_effects import find_shapley_effects
from tests.analysis.sensitivity_samples import V1, V2, V13, VARIANCE, ishigami, sample_of, with_chance

pytestmark = pytest.mark.unit

USUAL = {"sobol": 1024, "morris": 64, "pawn": 1024}
each_method = pytest.mark.parametrize("method", ["sobol", "morris", "pawn"])


def by_factor(found):
    return {each.factor: each for each in found.parameters}


def test_ishigami_is_found_within_the_intervals():
    sample, names = sample_of("sobol", 5, 1024)
    found = by_factor(find_indices("sobol", sample, np.repeat(ishigami(sample)[:, None], 2, axis=1), names))
    known = {"x1": (V1, V1 + V13), "x2": (V2, V2), "x3": (0.0, V13)}
    for factor, (first, total) in known.items():
        values, widths = found[factor].values, found[factor].half_widths
        assert abs(values["first"] - first / VARIANCE) < widths["first"] < 0.1
        assert abs(values["total"] - total / VARIANCE) < widths["total"] < 0.1
    assert [each for each in found if not found[each].is_clear] == ["x4", "x5"]


@pytest.mark.parametrize("sd", [2.0, 5.0])
def test_chance_is_taken_out_of_ishigami(sd):
    """With chance of variance v, each share is that of Ishigami times V / (V + v); without correction it is more."""
    sample, names = sample_of("sobol", 5, 2048)
    result = find_indices("sobol", sample, with_chance(ishigami(sample), sd, 4), names)
    found, whole = by_factor(result), VARIANCE + sd**2
    assert result.chance == pytest.approx(sd**2 / whole, abs=0.02)
    assert result.sd == pytest.approx(np.sqrt(whole), rel=0.03)
    for factor, (first, total) in {"x1": (V1, V1 + V13), "x2": (V2, V2), "x3": (0, V13), "x4": (0, 0)}.items():
        values, widths = found[factor].values, found[factor].half_widths
        assert values["first"] == pytest.approx(first / whole, abs=1.5 * widths["first"])
        assert values["total"] == pytest.approx(total / whole, abs=1.5 * widths["total"])
    assert [found[f"x{n}"].is_clear for n in range(1, 6)] == [True, True, True, False, False]


def test_the_sum_of_two_straight_lines():
    """Of y = 3 x1 + 4 x2, shares are 9/25 and 16/25, alone and in total, and Shapley effects of the same."""
    sample, names = sample_of("sobol", 3, 1024)
    means = 3 * sample[:, 0] + 4 * sample[:, 1]
    found = by_factor(find_indices("sobol", sample, np.repeat(means[:, None], 3, axis=1), names))
    for factor, share in {"x1": 9 / 25, "x2": 16 / 25, "x3": 0}.items():
        assert found[factor].values == pytest.approx({"first": share, "total": share}, abs=0.03)
    shapley = find_shapley_effects(np.repeat(means[:, None], 2, axis=1), 3)
    assert shapley.effects[:, 0] == pytest.approx([9 / 25, 16 / 25, 0], abs=0.03)


@pytest.mark.parametrize("sd", [0.0, 2.0])
def test_shapley_effects_of_ishigami_share_the_interaction_in_halves(sd):
    sample, _ = sample_of("sobol", 3, 2048)
    found = find_shapley_effects(with_chance(ishigami(sample), sd, 4), 3)
    known = np.array([V1 + V13 / 2, V2, V13 / 2]) / (VARIANCE + sd**2)
    assert (np.abs(found.effects[:, 0] - known) < 1.5 * found.effects[:, 1]).all()
    assert (found.effects[:, 1] < 0.08).all()
    assert found.order == pytest.approx(2, abs=0.3)


def test_what_three_do_together_is_shared_out_in_thirds():
    """Of y = (x1 − 1/2)(x2 − 1/2)(x3 − 1/2), all of the variance is of three together: a third for each."""
    sample, _ = sample_of("sobol", 4, 2048)
    means = np.prod(sample[:, :3] - 0.5, axis=1)
    found = find_shapley_effects(np.repeat(means[:, None], 2, axis=1), 4)
    assert found.effects[:, 0] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0], abs=0.04)
    assert found.order == pytest.approx(3, abs=0.15)


def test_shapley_effects_are_never_above_the_total_effect_however_few_the_points():
    for seed in range(1, 11):
        sample, names = sample_of("sobol", 6, 16, seed)
        outcomes = with_chance(ishigami(sample), 2.0, 2, seed)
        shapley = find_shapley_effects(outcomes, 6).effects[:, 0]
        totals = by_factor(find_indices("sobol", sample, outcomes, names))
        assert all(share <= totals[name].values["total"] + 1e-9 for name, share in zip(names, shapley, strict=True))


def test_shapley_effects_add_up_to_what_parameters_do():
    sample, _ = sample_of("sobol", 3, 2048)
    outcomes = with_chance(ishigami(sample), 3.0, 4)
    found = find_shapley_effects(outcomes, 3)
    assert found.effects[:, 0].sum() == pytest.approx(VARIANCE / (VARIANCE + 9), abs=0.03)
    assert find_shapley_effects(np.ones((20, 2)), 3).effects[:, 0].tolist() == [0, 0, 0]


def test_morris_of_a_straight_line_has_its_slopes_and_no_sigma():
    sample, names = sample_of("morris", 4, 16)
    means = sample @ np.array([5.0, -2.0, 1.0, 0.0])
    found = by_factor(find_indices("morris", sample, np.repeat(means[:, None], 2, axis=1), names))
    assert [found[f"x{n}"].values["mu"] for n in range(1, 5)] == pytest.approx([5, -2, 1, 0])
    assert [found[f"x{n}"].values["mu_star"] for n in range(1, 5)] == pytest.approx([5, 2, 1, 0])
    assert {found[each].values["sigma"] for each in found} == {0.0}
    assert [found[f"x{n}"].is_clear for n in range(1, 5)] == [True, True, True, False]


def test_morris_of_what_moves_through_another_part_of_its_range_has_the_same_slope():
    """A word moves through its whole range in each step, and a number of three values through half of it."""
    sample, names = sample_of("morris", 3, 16)
    of_two, of_three = np.rint(sample[:, 0]), np.clip(np.rint(3 * sample[:, 1] - 0.5), 0, 2) / 2
    places = np.column_stack([of_two, of_three, sample[:, 2]])
    means = places @ np.array([5.0, -2.0, 1.0])
    found = by_factor(find_indices("morris", sample, np.repeat(means[:, None], 2, axis=1), names, places=places))
    assert [found[f"x{n}"].values["mu"] for n in range(1, 4)] == pytest.approx([5, -2, 1])
    assert {found[each].values["sigma"] for each in found} == {0.0}


def test_morris_of_a_share_that_is_held_back_has_the_same_slope_though_others_move_it_further():
    """The second moves through 0.4 of each step that is drawn for it, and by more when the first moves."""
    sample, names = sample_of("morris", 3, 16)
    places = np.column_stack([sample[:, 0], 0.4 * sample[:, 1] + 0.6 * (1 - sample[:, 0]), sample[:, 2]])
    means = places @ np.array([0.0, 3.0, 1.0])
    found = by_factor(find_indices("morris", sample, np.repeat(means[:, None], 2, axis=1), names, places=places))
    assert [found[f"x{n}"].values["mu"] for n in range(1, 4)] == pytest.approx([-1.8, 3, 1])
    still = np.column_stack([sample[:, 0], np.full(len(sample), 0.5), sample[:, 2]])
    found = by_factor(find_indices("morris", sample, np.repeat(means[:, None], 2, axis=1), names, places=still))
    assert found["x2"].values["mu_star"] == 0.0, "a share that is held back altogether has no effect of its own"


def test_morris_of_salib_is_the_same_where_every_step_is_two_thirds():
    sample, names = sample_of("morris", 3, 32)
    means = ishigami(sample)
    found = by_factor(find_indices("morris", sample, np.repeat(means[:, None], 2, axis=1), names))
    problem = {"num_vars": 3, "names": names, "bounds": [[0.0, 1.0]] * 3}
    theirs = morris.analyze(problem, sample, means, num_levels=4, seed=1)
    for number, name in enumerate(names):
        assert found[name].values["mu_star"] == pytest.approx(theirs["mu_star"][number])
        assert found[name].values["mu"] == pytest.approx(theirs["mu"][number])
        assert found[name].half_widths["mu_star"] == pytest.approx(theirs["mu_star_conf"][number], rel=0.3)


def test_morris_of_a_straight_line_with_chance_has_less_sigma_than_its_noise():
    """Chance of 1 in a mean of 8 gives an effect a standard deviation of sqrt(2 / 8) / (2 / 3), 0.75."""
    sample, names = sample_of("morris", 4, 200)
    outcomes = with_chance(sample @ np.array([5.0, -2.0, 0.0, 0.0]), 1.0, 8)
    result = find_indices("morris", sample, outcomes, names)
    found = by_factor(result)
    assert all(each.values["sigma"] < 0.3 for each in result.parameters)
    assert found["x1"].values["mu_star"] == pytest.approx(5, abs=0.2)
    assert found["x3"].values["mu_star"] == pytest.approx(0.75 * np.sqrt(2 / np.pi), abs=0.1)
    assert result.chance_index == pytest.approx(1, abs=0.05)
    assert [found[f"x{n}"].is_clear for n in range(1, 5)] == [True, True, False, False]


@each_method
def test_a_parameter_without_effect_stays_below_its_dummy(method):
    """Of 8 such parameters and all seeds, hardly any passes: a true dummy does in 5 of 100 samples for all at once."""
    passed, size = 0, {"sobol": 128, "morris": 32, "pawn": 200}[method]
    for seed in range(1, 5 if method == "pawn" else 21):
        sample, names = sample_of(method, 10, size, seed)
        means = 6 * sample[:, 0] + 3 * sample[:, 1]
        found = by_factor(find_indices(method, sample, with_chance(means, 1.0, 4, seed), names))
        assert found["x1"].is_clear
        passed += any(found[f"x{n}"].is_clear for n in range(3, 11))
    assert passed <= 2


@each_method
def test_chance_alone_is_said_to_be_chance(method):
    sample, names = sample_of(method, 4, USUAL[method])
    found = find_indices(method, sample, with_chance(np.zeros(len(sample)), 2.0, 4), names)
    assert found.chance > 0.95
    assert not any(each.is_clear for each in found.parameters)


@each_method
def test_the_same_chance_at_all_points_is_chance_and_no_parameter(method):
    """Common random numbers move all points alike: it is chance, and no index of a parameter notices it."""
    sample, names = sample_of(method, 3, USUAL[method])
    alike = np.broadcast_to([[1.0, -2.0, 4.0, 0.5]], (len(sample), 4))
    found = find_indices(method, sample, alike, names)
    assert found.chance == 1.0
    assert not any(each.is_clear for each in found.parameters)
    moved = find_indices(method, sample, alike + 3 * sample[:, :1], names)
    still = find_indices(method, sample, np.zeros_like(alike) + 3 * sample[:, :1], names)
    assert (still.chance, moved.chance > 0.5) == (0.0, True)
    of_both = by_factor(still), by_factor(moved)
    scale = still.sd**2 / moved.sd**2 if method == "sobol" else 1.0
    for name in names:
        one, other = (each[name] for each in of_both)
        assert other.values == pytest.approx({k: v * scale for k, v in one.values.items()}, abs=1e-6)
        assert one.is_clear == other.is_clear


@each_method
def test_nothing_moves_what_is_constant(method):
    sample, names = sample_of(method, 3, USUAL[method])
    found = find_indices(method, sample, np.full((len(sample), 2), 7.0), names)
    assert (found.chance, found.sd) == (0.0, 0.0)
    assert not any(each.is_clear for each in found.parameters)


def test_an_effect_of_rounding_alone_is_none():
    """What moves an outcome by 3e-15 of £1m, in every replicate alike, moves it by nothing."""
    sample, names = sample_of("morris", 2, USUAL["morris"])
    outcomes = np.repeat((sample[:, 0] + 3e-15 * sample[:, 1])[:, np.newaxis], 2, axis=1)
    found = find_indices("morris", sample, outcomes, names)
    moves, nothing = found.parameters
    assert moves.values["mu_star"] == pytest.approx(1)
    assert {*nothing.values.values(), *nothing.half_widths.values()} == {0.0}
    assert not nothing.is_clear


def test_a_single_replicate_and_a_missing_one_are_refused():
    sample, names = sample_of("sobol", 2, 8)
    with pytest.raises(ValueError, match="one replicate at each point cannot tell chance from parameters; run 2"):
        find_indices("sobol", sample, np.ones((len(sample), 1)), names)
    with pytest.raises(ValueError, match="indices need every replicate of every point"):
        find_indices("sobol", sample, np.full((len(sample), 2), np.nan), names)


def test_the_parts_of_the_variance_on_average():
    """Points of variance 4 and chance of variance 9, 3 replicates: the means of many small samples."""
    rng = np.random.default_rng(1)
    found = [find_variance_parts(rng.normal(0, 2, (40, 1)) + rng.normal(0, 3, (40, 3))) for _ in range(400)]
    assert np.mean([each.chance for each in found]) == pytest.approx(9, rel=0.03)
    assert np.mean([each.points for each in found]) == pytest.approx(4, rel=0.06)
