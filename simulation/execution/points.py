"""The points of an experiment: every combination of values, one factor at a time, or a sample."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import ceil, floor
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.addresses import Value
from simulation.experiment.entries import DRAWN_APART, DesignKind
from simulation.experiment.schema import Distribution, Experiment, Factor, Values
from simulation.experiment.supporting import DRAWN
from simulation.model.draws import uniform
from simulation.model.system import subject_of
from simulation.scenario.months import month_name
from simulation.vocabulary import Purpose

Floats = NDArray[np.float64]

Point = tuple[Value | None, ...]
"""A value for each factor; None where the scenario's own value is kept."""

MORRIS_LEVELS = 4


def points_of(experiment: Experiment) -> Iterator[Point]:
    """Yield the points of an experiment in order.

    A grid takes every combination of values, the last factor changing fastest. One at a time starts with the scenario
    as it is, then sets each factor alone to each of its values. A Latin hypercube (McKay, Beckman and Conover 1979)
    draws as many points as asked; a Sobol sample `points · (factors + 2)` for first and total effects (Saltelli 2002),
    a Morris sample `points · (factors + 1)` on four levels (Morris 1991). Where points are drawn independently of each
    other, every combination of what a board chooses is at each point, as is every lever combination in an attribution
    over the ranges; the combination changes slowest.

    Args:
        experiment: With its factors, its design, and the random seed of the sample.
    """
    factors = experiment.factors
    if not factors:
        yield ()
    elif experiment.design == "grid":
        yield from product(*(_levels(factor) for factor in factors))
    elif experiment.design == "one-at-a-time":
        yield from _one_at_a_time(factors)
    elif at_each := _at_each_point(experiment):
        drawn = [factor for factor in factors if factor not in at_each]
        sample = list(_sample(experiment, drawn))
        order = np.argsort([factors.index(factor) for factor in (*at_each, *drawn)]).tolist()
        in_order = itemgetter(*order) if len(order) > 1 else tuple
        for combination in product(*(_levels(factor) for factor in at_each)):
            for point in sample:
                yield in_order((*combination, *point))
    else:
        yield from _sample(experiment, factors)


def count_points(experiment: Experiment) -> int:
    """Return the number of points without making them."""
    factors, points = len(experiment.factors), experiment.points or 1
    levels = [len(factor.values.values) for factor in experiment.factors if isinstance(factor.values, Values)]
    match experiment.design:
        case _ if not factors:
            return 1
        case "grid":
            return int(np.prod(levels, dtype=object))
        case "one-at-a-time":
            return 1 + sum(levels)
        case "sobol":
            return points * (factors + 2)
        case "morris":
            return points * (factors + 1)
        case _:
            return int(points * np.prod([len(_levels(each)) for each in _at_each_point(experiment)], dtype=object))


def portions(kind: DesignKind, factors: Sequence[Factor], points: int, seed: int) -> Floats:
    """Return a sample of the unit cube, `[point, factor]`, 0–1.

    Args:
        kind: latin-hypercube, sobol, morris or random.
        factors: One for each dimension.
        points: Number of points, as the experiment asks.
        seed: Random seed.
    """
    names = [factor.address for factor in factors]
    problem: dict[str, Any] = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    if kind == "latin-hypercube":
        from scipy.stats import qmc

        sample = qmc.LatinHypercube(d=len(names), rng=seed).random(points)
    elif kind == "sobol":
        from SALib.sample import sobol

        sample = sobol.sample(problem, points, calc_second_order=False, seed=seed)
    elif kind == "morris":
        from SALib.sample import morris

        sample = morris.sample(problem, points, num_levels=MORRIS_LEVELS, seed=seed)
    else:
        subjects = np.array([[subject_of(name, str(point)) for name in names] for point in range(points)], np.uint64)
        sample = uniform(seed, 0, subjects, 0, int(Purpose.ASSUMPTION_POINT))
    return np.asarray(sample, dtype=np.float64)


def hypercube_state(seed: int) -> tuple[int, int]:
    """Return the state and the increment of the PCG64 generator with which a Latin hypercube begins.

    Args:
        seed: Random seed of the sample.
    """
    from scipy.stats import qmc

    state = qmc.LatinHypercube(d=1, rng=seed).rng.bit_generator.state["state"]
    return int(state["state"]), int(state["inc"])


def _sample(experiment: Experiment, factors: Sequence[Factor]) -> Iterator[Point]:
    """Yield the points of a design that draws them."""
    if not factors:
        yield from [()] * (experiment.points or 1)
        return
    sample = portions(experiment.design, factors, experiment.points or 1, experiment.seed)
    yield from zip(*(values_at(factor, column) for factor, column in zip(factors, sample.T, strict=True)), strict=True)


def _at_each_point(experiment: Experiment) -> list[Factor]:
    """Return the factors of which every combination is at each drawn point: choices, or levers of an attribution."""
    factors = experiment.factors
    if experiment.supporting == "attribution-ranges":
        return [factor for factor in factors if not factor.address.startswith(DRAWN)]
    return [factor for factor in factors if factor.is_choice] if experiment.design in DRAWN_APART else []


def _levels(factor: Factor) -> tuple[Value, ...]:
    if not isinstance(factor.values, Values):
        message = f"{factor.address} has a distribution, not values; list values, or use a design that draws a sample"
        raise TypeError(message)
    return factor.values.values


def _one_at_a_time(factors: Sequence[Factor]) -> Iterator[Point]:
    own: Point = (None,) * len(factors)
    yield own
    for index, factor in enumerate(factors):
        for value in _levels(factor):
            yield (*own[:index], value, *own[index + 1 :])


def values_at(factor: Factor, portion: Floats) -> list[Value]:
    """Return the quantiles of a factor's values at portions, 0–1."""
    values = factor.values
    if isinstance(values, Values):
        return [values.values[index] for index in _index_at(values, portion)]
    if values.counts == "number":
        return [float(value) for value in _quantiles(values, portion, values.low, values.high)]
    whole = [int(value) for value in _whole_at(values, portion)]
    return [month_name(month) for month in whole] if values.counts == "month" else [*whole]


def places_at(factor: Factor, portion: Floats) -> Floats:
    """Return where a factor's values at portions lie: 0 at the first or lowest, 1 at the last or highest.

    Where values are listed or whole, several portions lead to one of a few places, evenly apart; where there is one
    value alone, its place is the portion.

    Args:
        factor: The factor.
        portion: 0–1.
    """
    values = factor.values
    if isinstance(values, Values):
        return _index_at(values, portion) / (len(values.values) - 1) if len(values.values) > 1 else portion
    if values.counts == "number":
        return portion
    low, high = ceil(values.low), floor(values.high)
    return (_whole_at(values, portion) - low) / (high - low) if low < high else portion


def _index_at(values: Values, portion: Floats) -> NDArray[np.int64]:
    count = len(values.values)
    return np.minimum((portion * count).astype(np.int64), count - 1)


def _whole_at(values: Distribution, portion: Floats) -> Floats:
    low, high = ceil(values.low), floor(values.high)
    return np.clip(np.rint(_quantiles(values, portion, low - 0.5, high + 0.5)), low, high)


def _quantiles(distribution: Distribution, portion: Floats, low: float, high: float) -> Floats:
    if distribution.distribution == "uniform":
        return low + portion * (high - low)
    from scipy import stats

    if distribution.mode is not None:
        shape = stats.triang((distribution.mode - low) / (high - low), low, high - low)
    else:
        mean, sd = distribution.mean or 0.0, distribution.sd or 1.0
        shape = stats.truncnorm((low - mean) / sd, (high - mean) / sd, loc=mean, scale=sd)
    return np.clip(np.asarray(shape.ppf(portion), dtype=np.float64), low, high)
