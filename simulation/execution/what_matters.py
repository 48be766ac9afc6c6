"""A search for the guesses that matter: what each number of a place is worth to what its levers achieve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.worths import Worths, find_worths, find_worths_within
from simulation.execution.assumptions import sample_assumptions
from simulation.execution.points import points_of
from simulation.experiment.schema import Distribution, Experiment, Factor
from simulation.model.replicate_sets import PlacePoint
from simulation.model.run import Engine, OnProgress, run_points
from simulation.parameters import TABLE, Parameters
from simulation.results.unread_parameters import unread_parameters
from simulation.scenario.changes import without_levers
from simulation.scenario.evidence import Evidence
from simulation.scenario.held import held_parameters
from simulation.scenario.own_numbers import UncertainNumber, find_own_numbers
from simulation.scenario.own_values import OwnValues
from simulation.scenario.schema import Scenario

DRAWS = 32
"""Sets of parameters at each point; the compiled engine runs them at little more than the cost of one."""

POINTS = 1024
"""Usual number of points."""


class Matter(NamedTuple):
    """An uncertain number and its worth.

    Attributes:
        number: The number: one of the place's own, or a parameter.
        worth: By how many £m a year the result moves from the low to the high end of its range.
        half_width: Half the width of its 95% interval.
        is_clear: True if it moves the result by more than a shuffled number might.
    """

    number: UncertainNumber
    worth: float
    half_width: float
    is_clear: bool


@dataclass(frozen=True, kw_only=True)
class WhatMatters:
    """Every uncertain number of a place by its worth, the largest first.

    Attributes:
        numbers: The place's own numbers.
        between: `[number, number]`, half the width of the 95% interval of the difference in size between the worths of
            two of the place's own numbers, in their order here, £m a year.
        parameters: The model's assumptions.
        kept: The place's own numbers that stay as they are: those at 0, and those that follow from others.
        has_levers: True if the result is by how much the levers reduce the gap in the last month, £m a year; False if
            it is that gap itself, since the place has no levers.
        mean: The mean result over all points, £m a year.
        floor: The worth that shuffled own numbers stay below in 95 of 100 shuffles, £m a year.
        explained: Share of the variance between points that straight lines explain, 0–1, after those of the model's
            assumptions are taken out.
        points: Number of points, each one set of the place's own numbers.
        draws: Sets of parameters at each point.
        held: The values of parameters that the place sets itself without a range, by name; they are not varied.
        unread: Names of the parameters that no rule reads in this place, in the order of the table: they change
            nothing, so they have no worth.
    """

    numbers: tuple[Matter, ...]
    between: Floats = field(repr=False, compare=False)
    parameters: tuple[Matter, ...]
    kept: tuple[UncertainNumber, ...]
    has_levers: bool
    mean: float
    floor: float
    explained: float
    points: int
    draws: int = DRAWS
    held: Mapping[str, float] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def can_distinguish(self, first: int, second: int) -> bool:
        """Return True if two of the place's own numbers differ in what they are worth by more than chance.

        Args:
            first: The index of one of them.
            second: The index of the other.
        """
        sizes = [abs(self.numbers[index].worth) for index in (first, second)]
        return bool(abs(sizes[0] - sizes[1]) > self.between[first, second])


def count_replicates(scenario: Scenario, points: int) -> int:
    """Return how many replicates `find_what_matters` runs."""
    return points * DRAWS * (2 if scenario.levers else 1)


def find_what_matters(
    scenario: Scenario,
    *,
    points: int = POINTS,
    seed: int = 1,
    engine: Engine = "auto",
    progress: OnProgress | None = None,
) -> WhatMatters:
    """Vary all of a place's own uncertain numbers and all parameters, and find out what each is worth.

    The place is run with its levers and without any, with common random numbers, at the points of a Latin hypercube of
    its own numbers. At each point, a few sets of parameters are drawn from another one, one replicate for each.

    Args:
        scenario: The place.
        points: Number of points; more than it has uncertain numbers.
        seed: Random seed.
        engine: The engine.
        progress: Called with the number of replicates done since the last call.

    Raises:
        ValueError: If the place has no uncertain number, or there are too few points for so many.
    """
    numbers = [each for each in find_own_numbers(scenario) if each.moves_gap]
    varied = [each for each in numbers if each.is_varied]
    if not varied:
        message = (
            "the place has no uncertain number of its own that moves the gap: all are sourced or 0 without a range"
        )
        raise ValueError(message)
    assumed = _parameters(scenario)
    held = held_parameters(scenario).without({str(each.path[1]): each for each in assumed})
    values = _sample(varied, points, seed)
    ranges = {str(each.path[1]): (each.low, each.high) for each in assumed}
    rows = sample_assumptions(points * DRAWS, (seed + 1) % 2**64, ranges=ranges, held=held)
    designs = _points(scenario, varied, values, rows)
    gaps = np.array([each["gap"][:, -1] for each in run_points(designs, seed=seed, engine=engine, progress=progress)])
    results = gaps[1::2] - gaps[::2] if scenario.levers else gaps
    unread = _unread(scenario, varied)
    read = [each for each in assumed if each.path[1] not in unread]
    drawn = np.array([[getattr(row, str(each.path[1])) for each in read] for row in rows], dtype=np.float64)
    of_parameters, freed = _worths_of_parameters(read, drawn.reshape(points, DRAWS, -1), results)
    own = find_worths(_portions(varied, _used(scenario, varied, values))[:, np.newaxis, :], freed)
    order = _order(varied, own)
    return WhatMatters(
        numbers=_ranked(varied, own, order),
        between=own.between[np.ix_(order, order)],
        parameters=of_parameters,
        kept=tuple(each for each in numbers if not each.is_varied),
        has_levers=bool(scenario.levers),
        mean=float(results.mean()),
        floor=own.floor,
        explained=own.explained,
        points=points,
        held=held.values,
        unread=tuple(str(each.path[1]) for each in assumed if each not in read),
    )


def _used(scenario: Scenario, varied: Sequence[UncertainNumber], values: Floats) -> Floats:
    """Return the values that were used for those drawn, `[point, number]`: shares and savings are held together."""
    place = OwnValues(scenario, varied)
    return np.array([place.used(row) for row in values.tolist()])


def _unread(scenario: Scenario, varied: Sequence[UncertainNumber]) -> frozenset[str]:
    """Return the parameters that no rule reads in a place, neither as it is nor with its numbers at their high ends."""
    names = [each.where for each in varied]
    highest = OwnValues(scenario, varied).at([each.high for each in varied])
    return unread_parameters(scenario, names) & unread_parameters(highest, names)


def _sample(varied: Sequence[UncertainNumber], points: int, seed: int) -> Floats:
    """Return values of own numbers, `[point, number]`: a Latin hypercube over their ranges."""
    factors = tuple(
        Factor(
            address=each.where,
            values=Distribution(
                distribution="uniform", low=each.low, high=each.high, counts="whole" if each.whole else "number"
            ),
        )
        for each in varied
    )
    experiment = Experiment(
        name="own numbers",
        title="Own numbers",
        seed=seed,
        replicates=1,
        variants=(),
        factors=factors,
        design="latin-hypercube",
        points=points,
    )
    return np.array(list(points_of(experiment)), dtype=np.float64)


def _points(
    scenario: Scenario, varied: Sequence[UncertainNumber], values: Floats, parameters: Sequence[Parameters]
) -> Iterator[PlacePoint]:
    """Yield the place at each point: with its levers and without, or once if it has none."""
    place = OwnValues(scenario, varied)
    for index, point in enumerate(values.tolist()):
        each = place.at(point)
        rows = parameters[index * DRAWS : (index + 1) * DRAWS]
        yield PlacePoint((each, without_levers(each)) if scenario.levers else (each,), rows)


def _parameters(scenario: Scenario) -> list[UncertainNumber]:
    """Return every parameter that varies with its range: the file's where it gives one, else the table's.

    A parameter that the file sets without a range is held.
    """
    resolved, found = scenario.resolve_parameters(), []
    own = held_parameters(scenario).values
    for row in TABLE:
        evidence = getattr(getattr(scenario.parameters, row.name), "evidence", None) or Evidence()
        has_range = evidence.low is not None and evidence.high is not None and evidence.low < evidence.high
        if row.name in own and not has_range:
            continue
        low, high = (evidence.low, evidence.high) if has_range else (row.low, row.high)
        found.append(
            UncertainNumber(
                path=("parameters", row.name),
                where=f"parameters.{row.name}",
                value=getattr(resolved, row.name),
                low=float(low or 0.0),
                high=float(high or 0.0),
                whole=row.whole,
                unit=row.unit,
                status=row.status,
                has_range=has_range,
            )
        )
    return found


def _worths_of_parameters(
    assumed: Sequence[UncertainNumber], drawn: Floats, results: Floats
) -> tuple[tuple[Matter, ...], Floats]:
    """Return what each parameter that varies is worth, and the mean result of each point, freed of them."""
    if not assumed:
        return (), results.mean(axis=1, keepdims=True)
    worths, freed = find_worths_within(_portions(assumed, drawn), results)
    return _ranked(assumed, worths, _order(assumed, worths)), freed


def _portions(numbers: Sequence[UncertainNumber], values: Floats) -> Floats:
    """Return where values `[…, number]` lie between the low end of each number's range, 0, and the high, 1."""
    lows, highs = (np.array([getattr(each, end) for each in numbers]) for end in ("low", "high"))
    portions: Floats = (values - lows) / (highs - lows)
    return portions


def _order(numbers: Sequence[UncertainNumber], worths: Worths) -> list[int]:
    """Return the indices of numbers by what they are worth, the largest first."""
    return sorted(range(len(numbers)), key=lambda index: (-abs(worths.worth[index]), numbers[index].where))


def _ranked(numbers: Sequence[UncertainNumber], worths: Worths, order: Sequence[int]) -> tuple[Matter, ...]:
    """Return what each number is worth, in an order."""
    found = list(zip(numbers, worths.worth.tolist(), worths.half_width.tolist(), worths.is_clear.tolist(), strict=True))
    return tuple(Matter(*found[index]) for index in order)
