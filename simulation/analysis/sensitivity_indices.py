"""Sensitivity indices of an outcome, by SALib and by elementary effects, with chance taken out or bounded."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.index_noise import (
    covariance_of_means,
    find_effect_of_dummy,
    find_highest_of,
    find_total_of_dummy,
    find_variance_parts,
)
from simulation.money_unit import ROUNDING
from simulation.results.indices import MAIN, Method, ParameterIndices

SLICES = 10
"""Slices of each parameter's range in PAWN."""

_RESAMPLES = 200
_PAWN_GROUPS = 10
_PAWN_DUMMIES = 60
_SEED = 1
_STILL = 1e-9
"""A part of a range through which a parameter counts as not moved."""

_WIDE = 1.959964
"""Standard deviations in half a 95% interval."""


class Indices(NamedTuple):
    """The indices of one outcome."""

    parameters: tuple[ParameterIndices, ...]
    """The largest main index first."""
    chance: float
    """Share of the variance between cases that is chance."""
    chance_index: float
    """The effect of chance on the scale of the main index."""
    sd: float
    """Standard deviation between cases."""


def find_indices(
    method: Method,
    sample: Floats,
    outcomes: Floats,
    names: Sequence[str],
    more: Mapping[str, Floats] | None = None,
    *,
    places: Floats | None = None,
) -> Indices:
    """Return the indices of one outcome by a method.

    Args:
        method: sobol, morris or pawn.
        sample: The points in the unit cube, `[point, parameter]`, in the order of SALib's sampler.
        outcomes: `[point, replicate]`, two replicates or more, with common random numbers over points.
        names: Names of the parameters.
        more: Further indices with their half-widths, `[parameter, 2]` by name.
        places: For Morris, where the numbers that were used lie within their ranges, `[point, parameter]`, if they are
            not where they were drawn: whole ones and words at a few places, shares where they were held together.

    Raises:
        ValueError: If there is one replicate alone, which cannot be distinguished from chance, or a number is missing.
    """
    if outcomes.shape[1] < 2:
        message = "one replicate at each point cannot tell chance from parameters; run 2 or more"
        raise ValueError(message)
    if not np.isfinite(outcomes).all():
        message = "indices need every replicate of every point, and some are missing"
        raise ValueError(message)
    if method == "morris":
        found = _morris(sample, sample if places is None else places, outcomes, list(names))
    else:
        found = {"sobol": _sobol, "pawn": _pawn}[method](sample, outcomes, list(names))
    columns = {index: _without_rounding(column) for index, column in {**found.columns, **(more or {})}.items()}
    main = columns[MAIN[method]]
    clear = (main[:, 0] > found.dummies) & (main[:, 0] > main[:, 1])
    rows = [
        ParameterIndices(
            factor=name,
            values={index: float(column[n, 0]) for index, column in columns.items()},
            half_widths={index: float(column[n, 1]) for index, column in columns.items()},
            dummy=float(found.dummies[n]),
            is_clear=bool(clear[n]),
        )
        for n, name in enumerate(names)
    ]
    rows.sort(key=lambda row: (-row.values[MAIN[method]], row.factor))
    parts = find_variance_parts(found.spread)
    share = parts.chance / parts.total if parts.total > 0 else 0.0
    index = share if found.chance_index is None else found.chance_index
    return Indices(tuple(rows), share, index, float(np.sqrt(parts.total)))


def _without_rounding(column: Floats) -> Floats:
    """Return an index and its half-width with 0 in place of errors of rounding, which would seem to be an effect."""
    return np.where(np.abs(column) > ROUNDING, column, 0.0)


class _Found(NamedTuple):
    columns: dict[str, Floats]
    """Each index with half the width of its interval, `[parameter, 2]`."""
    dummies: Floats
    """The main index that a parameter without effect stays below, `[parameter]`."""
    spread: Floats
    """The outcomes whose variance is divided, `[point, replicate]`."""
    chance_index: float | None = None
    """The effect of chance on the scale of the main index; its share of the variance if None."""


def split_sobol(outcomes: Floats, count: int) -> tuple[Floats, Floats, Floats]:
    """Return the outcomes of a Sobol sample at its points A, B and AB.

    Args:
        outcomes: `[point, replicate]` in SALib's order, without the points for second-order effects.
        count: Number of parameters.

    Returns:
        A and B, `[base point, replicate]`, and AB, `[base point, parameter, replicate]`.
    """
    by_base = outcomes.reshape(-1, count + 2, outcomes.shape[1])
    return by_base[:, 0], by_base[:, -1], by_base[:, 1:-1]


def _sobol(_sample: Floats, outcomes: Floats, names: Sequence[str]) -> _Found:
    """Return first-order and total effects as shares of the variance between cases, chance taken out.

    SALib estimates them from the means over replicates: the first order by Saltelli et al. (2010), the total by Jansen
    (1999). Their noise is cov(B, AB − A)/R and var(AB − A)/(2R) over replicates, which is taken off before they are
    divided by the variance between cases, at the points A and B, in place of that of the means.
    """
    from SALib.analyze import sobol

    means = outcomes.mean(axis=1)
    a, b, ab = split_sobol(outcomes, len(names))
    ends, changes = np.concatenate([a, b]), ab - a[:, np.newaxis]
    whole = find_variance_parts(ends).total
    if not (whole > 0 and np.ptp(means) > 0):
        nothing = np.zeros((len(names), 2))
        return _Found({"total": nothing, "first": nothing.copy()}, np.zeros(len(names)), ends)
    found = sobol.analyze(
        _problem(names), means, calc_second_order=False, num_resamples=_RESAMPLES, print_to_console=False, seed=_SEED
    )
    scale = ends.mean(axis=1).var() / whole
    noise = {
        "total": covariance_of_means(changes, changes) / 2,
        "first": covariance_of_means(np.broadcast_to(b[:, np.newaxis], changes.shape), changes),
    }
    columns = {}
    for index, (value, width) in {"total": ("ST", "ST_conf"), "first": ("S1", "S1_conf")}.items():
        of_noise = _WIDE * noise[index].std(axis=0, ddof=1) / np.sqrt(len(a)) / whole
        corrected = found[value] * scale - noise[index].mean(axis=0) / whole
        columns[index] = np.column_stack([corrected, np.hypot(found[width] * scale, of_noise)])
    return _Found(columns, find_total_of_dummy(changes, len(names)) / whole, ends)


def _morris(sample: Floats, places: Floats, outcomes: Floats, names: Sequence[str]) -> _Found:
    """Return mu*, mu and sigma of elementary effects over the whole range, in the outcome's unit.

    An effect is the change of the means over replicates, divided by the part of the range through which the parameter
    moved. That is two thirds for most; SALib takes it for all, but a word, a whole number or a share may move through
    another part. The variance of an effect over replicates, divided by their number, is its noise; its mean over
    trajectories is taken off the square of sigma. mu* is not corrected but judged against a dummy, since noise turns
    into absolute values.
    """
    count = len(names)
    effects = _elementary_effects(sample, places, outcomes, count)
    noise = covariance_of_means(effects, effects)
    by_mean = effects.mean(axis=2)
    rest = [np.arange(len(effects)) != left_out for left_out in range(len(effects))]
    left_out = np.array([_sigma(by_mean[rows], noise[rows]) for rows in rest])
    columns = {
        "mu_star": _mean_of(np.abs(by_mean)),
        "mu": _mean_of(by_mean),
        "sigma": np.column_stack([_sigma(by_mean, noise), _WIDE * _jackknife(left_out)]),
    }
    dummies = find_effect_of_dummy(noise.mean(axis=0), len(effects), outcomes.shape[1], count)
    return _Found(columns, dummies, outcomes, float(np.sqrt(find_variance_parts(outcomes).chance)))


def _mean_of(effects: Floats) -> Floats:
    """Return the mean of effects over trajectories and half the width of its 95% interval, `[parameter, 2]`."""
    return np.column_stack([effects.mean(axis=0), _WIDE * effects.std(axis=0, ddof=1) / np.sqrt(len(effects))])


def _jackknife(left_out: Floats) -> Floats:
    """Return the standard error of an index from its values with each group left out in turn, `[group, …]`."""
    groups = len(left_out)
    return np.asarray(np.sqrt((groups - 1) * left_out.var(axis=0)), dtype=np.float64)


def _sigma(effects: Floats, noise: Floats) -> Floats:
    """Return the standard deviation of effects over trajectories without their noise."""
    square = effects.var(axis=0, ddof=1) - noise.mean(axis=0)
    rounding = 1e-12 * np.square(effects).mean(axis=0)
    return np.asarray(np.sqrt(np.where(square > rounding, square, 0.0)), dtype=np.float64)


def _elementary_effects(sample: Floats, places: Floats, outcomes: Floats, count: int) -> Floats:
    """Return the effect of each parameter in each trajectory and replicate, `[trajectory, parameter, replicate]`.

    It is 0 where a parameter could not move at all.
    """
    drawn, steps = (np.diff(each.reshape(-1, count + 1, count), axis=1) for each in (sample, places))
    changes = np.diff(outcomes.reshape(-1, count + 1, outcomes.shape[1]), axis=1)
    where = np.abs(drawn).argmax(axis=1)
    size = np.take_along_axis(steps, where[:, np.newaxis], axis=1)[:, 0, :, np.newaxis]
    moved = np.take_along_axis(changes, where[:, :, np.newaxis], axis=1)
    return np.divide(moved, size, out=np.zeros_like(moved), where=np.abs(size) > _STILL)


def _pawn(sample: Floats, outcomes: Floats, names: Sequence[str]) -> _Found:
    """Return the median distance between the distribution of means in slices of a parameter and their distribution.

    The distance is that of Kolmogorov and Smirnov (Pianosi and Wagener 2015, 2018). Dummies are parameters that have
    nothing to do with the outcome, analysed in the same way (Khorashadi Zadeh et al. 2017): the sample's own, moved on
    by some points. Intervals are from a jackknife over ten groups of points. What chance does is the same index
    of the replicate's number over single runs.
    """
    means, points = outcomes.mean(axis=1), len(outcomes)
    values = _pawn_medians(sample, means, SLICES)
    groups = [np.arange(points) % _PAWN_GROUPS != left_out for left_out in range(_PAWN_GROUPS)]
    spread = _jackknife(np.array([_pawn_medians(sample[rows], means[rows], SLICES) for rows in groups]))
    shifts = np.linspace(0, points, _PAWN_DUMMIES + 2, dtype=int)[1:-1]
    moved = [np.roll(sample[:, n % sample.shape[1]], shift) for n, shift in enumerate(shifts)]
    dummies = _pawn_medians(np.column_stack(moved), means, SLICES)
    dummy = float(dummies.mean() + find_highest_of(len(names)) * dummies.std(ddof=1))
    replicate = np.broadcast_to(np.arange(outcomes.shape[1]) + 0.5, outcomes.shape).reshape(-1, 1)
    by_replicate = float(_pawn_medians(replicate, outcomes.ravel(), outcomes.shape[1])[0])
    columns = {"pawn": np.column_stack([values, _WIDE * spread])}
    return _Found(columns, np.full(len(names), dummy), outcomes, by_replicate)


def _pawn_medians(sample: Floats, outcomes: Floats, slices: int) -> Floats:
    from SALib.analyze import pawn

    names = [f"x{number}" for number in range(sample.shape[1])]
    with np.errstate(invalid="ignore", divide="ignore"):  # its coefficient of variation, where all distances are 0
        found = pawn.analyze(_problem(names), sample, outcomes, S=slices)
    return np.asarray(found["median"], dtype=np.float64)


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
