"""A decision as it is searched for: the ways to pull each lever, what they cost by month, and the limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, inf, prod

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.decide_entries import DecideEntry, LeverOptions, Objective
from simulation.levers import Lever
from simulation.scenario.entries import Setting
from simulation.scenario.fields import FrozenDict
from simulation.scenario.months import month_number
from simulation.scenario.paths import lever_costs
from simulation.scenario.schema import Scenario

Candidate = tuple[int, ...]
"""For each lever of a decision 0 if it is not pulled, or the number of its setting, counted from 1."""

Floats = NDArray[np.float64]

ROUNDING = 1e-9
"""£m by which sums of money may differ through rounding alone."""

_APRIL = 3


@dataclass(frozen=True, kw_only=True)
class LeverWays:
    """A lever with the settings of which one may be chosen, by start month and then by strength."""

    lever: Lever
    settings: tuple[Setting, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The choices for a place: the ways to pull its levers, the limits, and the objectives.

    Attributes:
        place: The place without any of the levers to choose from; candidates are compared with it.
        levers: The levers to choose from, in the order of the table of levers.
        budget: The most that a candidate may cost over the run, £m; None for no limit.
        budget_by_year: The same by financial year, such as 2016/17; years that are not named have no limit.
        most_levers: The most levers that a candidate may have; None for no limit.
        exclude: Groups of levers of which a candidate may have one at most.
        not_worse_off: Ids of organisations whose mean position over the run must not be worse than the place's.
        objectives: What candidates are compared by besides their cost; the first one is the main one.
        points: Number of points at which the best candidates are compared.
        replicates: Replicates of each candidate at each of them.
        evaluations: The most candidates that the search runs at first, at few points.
        seed: Random seed of the search.
    """

    place: Scenario = field(repr=False)
    levers: tuple[LeverWays, ...]
    budget: float | None = None
    budget_by_year: Mapping[str, float] = field(default_factory=FrozenDict)
    most_levers: int | None = None
    exclude: tuple[frozenset[Lever], ...] = ()
    not_worse_off: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ("gap", "worst_off")
    points: int = 512
    replicates: int = 4
    evaluations: int = 6000
    seed: int = 1

    @property
    def combinations(self) -> int:
        """The number of all candidates, those outside the limits included."""
        return prod(len(each.settings) + 1 for each in self.levers)

    @property
    def nothing(self) -> Candidate:
        """The candidate that pulls no lever."""
        return (0,) * len(self.levers)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The financial years of the run, in order."""
        return years_of(self.place)

    def settings_of(self, candidate: Candidate) -> dict[Lever, Setting]:
        """Return the settings of a candidate, by lever."""
        return {each.lever: each.settings[way - 1] for each, way in zip(self.levers, candidate, strict=True) if way > 0}

    def scenario_of(self, candidate: Candidate) -> Scenario:
        """Return the place with a candidate's levers; its title stays."""
        chosen = {lever: (setting,) for lever, setting in self.settings_of(candidate).items()}
        return self.place.model_copy(update={"levers": FrozenDict({**self.place.levers, **chosen})})

    def costs_by_year(self, candidate: Candidate) -> Floats:
        """Return what a candidate's levers cost in each financial year of the run, `[year]`, £m."""
        costs = [self.costs_of_ways[lever][way] for lever, way in enumerate(candidate)]
        return np.asarray(np.sum(costs, axis=0), dtype=np.float64)

    def cost(self, candidate: Candidate) -> float:
        """Return what a candidate's levers cost over the run, £m."""
        return float(self.costs_by_year(candidate).sum())

    @property
    def own_cost(self) -> float:
        """The cost over the run of the levers that the place pulls already, £m; no part of a candidate's cost."""
        return float(lever_costs(self.place).sum() / 12)

    def excess(self, candidate: Candidate) -> float:
        """Return how far a candidate is outside the limits that are known without running it; 0 if it keeps them.

        Money counts in £m, levers that are too many or exclude each other by their number.
        """
        chosen = [self._listed_costs[place][way] for place, way in enumerate(candidate) if way > 0]
        by_year = [fsum(year) for year in zip(*chosen, strict=True)]
        over = 0.0 if self.budget is None else max(0.0, fsum(by_year) - self.budget - ROUNDING)
        if self.budget_by_year:
            limits = zip(by_year, self._year_limits, strict=False)
            over += fsum(max(0.0, cost - limit - ROUNDING) for cost, limit in limits)
        too_many = 0 if self.most_levers is None else max(0, len(chosen) - self.most_levers)
        return over + too_many + self._clashes(candidate)

    def _clashes(self, candidate: Candidate) -> int:
        """Return how many levers a candidate has too many of those that exclude each other."""
        if not self.exclude:
            return 0
        pulled = {each.lever for each, way in zip(self.levers, candidate, strict=True) if way > 0}
        return sum(max(0, len(pulled & group) - 1) for group in self.exclude)

    def within_limits(self, candidate: Candidate) -> bool:
        """Return True if a candidate keeps every limit that is known without running it."""
        return self.excess(candidate) <= 0.0

    @cached_property
    def costs_of_ways(self) -> list[Floats]:
        """For each lever its cost `[way, year]`, £m; way 0, which does not pull it, costs nothing."""
        return [
            np.array([np.zeros(len(self.years)), *(costs_by_year(self.place, s, each.lever) for s in each.settings)])
            for each in self.levers
        ]

    @cached_property
    def _listed_costs(self) -> list[list[list[float]]]:
        """The same as plain numbers, which are faster for so few."""
        return [costs.tolist() for costs in self.costs_of_ways]

    @cached_property
    def _year_limits(self) -> list[float]:
        return [self.budget_by_year.get(year, inf) for year in self.years]


def costs_by_year(place: Scenario, setting: Setting, lever: Lever) -> Floats:
    """Return what one setting of a lever costs in each financial year of a place's run, `[year]`, £m."""
    alone = place.model_copy(update={"levers": FrozenDict({lever: (setting,)})})
    monthly = lever_costs(alone) / 12
    number = _year_numbers(place)
    by_year = np.bincount(number - number[0], weights=monthly, minlength=int(number[-1] - number[0]) + 1)
    return by_year.astype(np.float64)


def years_of(place: Scenario) -> tuple[str, ...]:
    """Return the financial years that a place's run covers, whole or in part, such as 2016/17."""
    numbers = _year_numbers(place)
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(int(numbers[0]), int(numbers[-1]) + 1))


def ways_of(lever: Lever, options: LeverOptions, start: str) -> LeverWays:
    """Return a lever with all its settings, by start month and then by strength.

    Args:
        lever: The lever.
        options: What the file gives to choose from.
        start: The place's first month.
    """
    return LeverWays(lever=lever, settings=tuple(_settings(options, start)))


def resolve_decision(entry: DecideEntry, place: Scenario) -> Decision:
    """Return a file's block as a decision about a place.

    Args:
        entry: The block, without mistakes.
        place: The place, which uses none of the levers to choose from.
    """
    each_year = {} if entry.budget_each_year is None else dict.fromkeys(years_of(place), float(entry.budget_each_year))
    by_year = {year: float(amount) for year, amount in (entry.budget_by_year or {}).items()}
    return Decision(
        place=place,
        levers=tuple(ways_of(lever, entry.levers[lever], place.start) for lever in Lever if lever in entry.levers),
        budget=None if entry.budget is None else float(entry.budget),
        budget_by_year=FrozenDict({**each_year, **by_year}),
        most_levers=entry.most_levers,
        exclude=tuple(frozenset(group) for group in entry.exclude),
        not_worse_off=entry.not_worse_off,
        objectives=entry.objectives,
        points=entry.points,
        replicates=entry.replicates,
        evaluations=entry.evaluations,
        seed=entry.seed,
    )


def _settings(options: LeverOptions, start: str) -> Iterator[Setting]:
    months: Sequence[str] = options.from_ or (start,)
    for month in sorted(months):
        for strength in sorted(map(float, options.strengths)):
            given = {"strength": strength, "from": month, "cost": float(options.cost)}
            given |= {"ramp": int(options.ramp)} if options.ramp != 1 else {}
            given |= {"only": list(options.only)} if options.only is not None else {}
            yield Setting.model_validate(given)


def _year_numbers(place: Scenario) -> NDArray[np.int64]:
    """Return the year in which each month's financial year begins, `[month]`."""
    months = month_number(place.start) + np.arange(place.months, dtype=np.int64)
    return (months - _APRIL) // 12
