"""Assemble supporting runs, in the same way from memory and from disk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.columns import HEADLINES
from simulation.experiment.addresses import Value
from simulation.experiment.schema import SupportingKind, Variant
from simulation.experiment.supporting import ALL_INSTITUTIONAL, ALL_POPULATION_FIRST, DRAWN, PARAMETERS, WITHIN
from simulation.formatting import Stretch
from simulation.results.ensemble import Ensemble
from simulation.results.lever_combinations import LeverCombinations
from simulation.results.replicates import VARIED, Replicates, parameter_number
from simulation.results.study import Study
from simulation.scenario.changes import changes_of_levers

Floats = NDArray[np.float64]

_BOUNDS = (ALL_POPULATION_FIRST, ALL_INSTITUTIONAL)


class DesignResult(NamedTuple):
    """The columns kept of one design of a supporting experiment."""

    variant: str
    """Name of the compared scenario that it comes from."""
    values: tuple[Value | None, ...]
    """A value for each factor; None where the scenario's own value is kept."""
    columns: Mapping[str, Floats]
    """Columns of the system table, `[replicate, month]`; of lever combinations the last month alone. NaN where a
    replicate is missing."""
    outturns: Floats | None = None
    """`[replicate, year, organisation]`, £m in the financial year."""


@dataclass(kw_only=True)
class SupportingResults:
    """Results of supporting experiments.

    Attributes:
        assumptions: By name of the compared scenario, replicates with the assumptions varied.
        stretched: By scenario, and by the factor that stretched the ranges, the last month of such replicates.
        fixed_stances: By scenario, and by the organisation (or all of them) whose stance is fixed.
        attribution: The gap under every lever combination.
        attribution_over_ranges: The same at points spread over the ranges of all parameters.
    """

    assumptions: dict[str, Replicates] = field(default_factory=dict)
    stretched: dict[str, dict[float, Replicates]] = field(default_factory=dict)
    fixed_stances: dict[str, dict[str, Replicates]] = field(default_factory=dict)
    attribution: LeverCombinations | None = None
    attribution_over_ranges: LeverCombinations | None = None

    def add(
        self,
        kind: SupportingKind,
        factors: Sequence[str],
        variants: Sequence[Variant],
        results: Iterable[DesignResult],
        stretch: float = 1.0,
        *,
        left_out: Collection[object] = (),
    ) -> None:
        """Add the results of one supporting experiment, as far as they are complete.

        Args:
            kind: The kind of the supporting experiment.
            factors: Addresses of its factors.
            variants: Its scenarios; of lever combinations, the first and the second one.
            results: Every design in order, all designs of a scenario together.
            stretch: Factor by which the ranges of all parameters were stretched, where they were varied.
            left_out: Points of a sample, or replicates of fixed stances and lever combinations, that are left out of
                all scenarios, counted from 0.
        """
        if kind == "assumptions":
            self.assumptions |= _replicates_by_scenario(factors, results, VARIED, stretch, left_out)
        elif kind == "stretched":
            for variant, replicates in _replicates_by_scenario(factors, results, HEADLINES, stretch, left_out).items():
                self.stretched.setdefault(variant, {})[stretch] = replicates
        elif kind == "fixed-stances":
            self._add_fixed_stances(results, left_out)
        else:
            gaps = np.array([each.columns["gap"][:, -1] for each in results])
            self.add_combinations(kind, factors, variants, gaps, stretch, left_out=left_out)

    def add_combinations(
        self,
        kind: SupportingKind,
        factors: Sequence[str],
        variants: Sequence[Variant],
        gaps: Floats,
        stretch: float = 1.0,
        *,
        left_out: Collection[object] = (),
    ) -> None:
        """Add the gaps of lever combinations, if they are complete.

        Args:
            kind: attribution or attribution-ranges.
            factors: Addresses of the factors.
            variants: The first and the second scenario.
            gaps: Gap in the last month, £m a year, `[design, replicate]`, combinations in order; NaN where one is
                missing.
            stretch: Factor by which the ranges of all parameters were stretched, where they were varied.
            left_out: Replicates, or points, that are left out of all combinations, counted from 0.
        """
        first, second = variants
        levers = [factor for factor in factors if not factor.startswith(DRAWN)]
        by_combination = gaps.reshape(2 ** len(levers), -1)
        kept = by_combination[:, _kept(by_combination.shape[1], left_out)]
        found = LeverCombinations.of(first.name, second.name, levers, kept)
        if found is not None:
            found = replace(found, changes=changes_of_levers(first.scenario, second.scenario))
        if kind == "attribution":
            self.attribution = found
        elif found is not None:
            self.attribution_over_ranges = replace(found, points=len(found.gaps), stretch=_stretch_of(factors, stretch))

    def study(self, ensemble: Ensemble, variant: str, *, version: str, made: str) -> Study:
        """Return a scenario's replicates with its supporting runs, as far as there are any.

        Args:
            ensemble: The scenario's replicates.
            variant: Its name.
            version: Version of the software that ran it.
            made: The day on which it was first run, YYYY-MM-DD.
        """
        fixed = self.fixed_stances.get(variant, {})
        return Study(
            ensemble=ensemble,
            all_population_first=fixed.get(ALL_POPULATION_FIRST),
            all_institutional=fixed.get(ALL_INSTITUTIONAL),
            assumptions=self.assumptions.get(variant),
            stretched=self.stretched.get(variant, {}),
            holding_out={who: replicates for who, replicates in fixed.items() if who not in _BOUNDS},
            version=version,
            made=made,
        )

    def _add_fixed_stances(self, results: Iterable[DesignResult], left_out: Collection[object]) -> None:
        for each in results:
            (who,) = each.values
            kept = _kept(len(each.columns["gap"]), left_out)
            columns = {name: values[kept] for name, values in each.columns.items()} if left_out else each.columns
            if who is not None and len(columns["gap"]) and not np.isnan(columns["gap"]).any():
                outturns = each.outturns if each.outturns is None or not left_out else each.outturns[kept]
                found = Replicates(columns=columns, outturns=outturns)
                self.fixed_stances.setdefault(each.variant, {})[str(who)] = found


def _kept(count: int, left_out: Collection[object]) -> list[int]:
    """Return the numbers below a count that are not left out."""
    return [number for number in range(count) if number not in left_out]


def _replicates_by_scenario(
    factors: Sequence[str],
    results: Iterable[DesignResult],
    columns: Sequence[str],
    stretch: float,
    left_out: Collection[object],
) -> dict[str, Replicates]:
    """Return the replicates of each scenario that has all of them, with the parameters of its points."""
    own = [factor.startswith(WITHIN) for factor in factors]
    names = [factor.removeprefix(PARAMETERS) for factor in factors]
    found: dict[str, Replicates] = {}
    for variant, some in groupby(results, key=lambda each: each.variant):
        points = [point for number, point in enumerate(some) if number not in left_out]
        if not points or any(np.isnan(point.columns["gap"]).any() for point in points):
            continue
        outturns = [point.outturns for point in points if point.outturns is not None]
        drawn = np.array([[parameter_number(value) for value in point.values] for point in points])
        found[variant] = Replicates(
            columns={name: np.concatenate([point.columns[name] for point in points]) for name in columns},
            parameters={name: drawn[:, n] for n, name in enumerate(names) if not own[n]},
            own_numbers={name.removeprefix(WITHIN): drawn[:, n] for n, name in enumerate(names) if own[n]},
            outturns=np.concatenate(outturns) if len(outturns) == len(points) else None,
            stretch=_stretch_of(factors, stretch),
        )
    return found


def _stretch_of(factors: Sequence[str], stretch: float) -> float:
    """Return a stretch that knows if the place's own numbers were varied too."""
    return Stretch(stretch, with_place=True) if any(each.startswith(WITHIN) for each in factors) else stretch
