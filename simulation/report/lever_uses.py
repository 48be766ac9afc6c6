"""The cost and the worth of levers, each of one setting: that of a scenario, or the difference between two."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulation.analysis.attribution import Worth, attribute
from simulation.analysis.bands import Floats, Interval
from simulation.analysis.compare import Difference, compare
from simulation.analysis.discounting import discounting
from simulation.formatting import counted
from simulation.levers import Lever
from simulation.money_unit import is_none
from simulation.results.comparison import Comparison
from simulation.results.lever_combinations import LeverCombinations
from simulation.results.study import Study
from simulation.scenario.changes import LeverChange, acting_settings, find_differing_levers
from simulation.scenario.paths import lever_costs


class Closes(NamedTuple):
    """The amount of the gap in the last month that a lever closes, £m a year: a mean, with where 9 in 10 lie."""

    mean: float
    band: Interval
    varied: Interval | None
    """The same over the ranges of assumptions; None if they were not varied."""
    runs: int
    """Number of simulated runs that the mean and the band rest on."""
    points: int
    """Number of sets of assumptions that `varied` rests on; 0 if they were not varied."""

    @property
    def opposite(self) -> "Closes":
        """The amount that is lost without the lever, taken as what it closes, or the other way round."""
        varied = None if self.varied is None else closed_band(self.varied)
        return self._replace(mean=-self.mean, band=closed_band(self.band), varied=varied)


@dataclass(frozen=True, kw_only=True)
class LeverUse:
    """One setting of a lever, with its cost and its worth.

    Attributes:
        label: The scenario whose setting it is.
        change: The way in which it differs within the package that was split among its levers; None outside of it.
        cost: £m over the run; of a lever that the package drops or changes, what that adds to the cost.
        closes: The amount that it closes with this setting; None if that was not run.
        worth_of: The scenario in which it closes that; None if it was not run.
    """

    label: str
    change: LeverChange | None = None
    cost: float
    closes: Closes | None = None
    worth_of: str | None = None

    @property
    def is_difference(self) -> bool:
        """True if cost and worth are of dropping or changing the lever, and not of pulling it."""
        return self.change not in {None, LeverChange.ADDED}


def uses_of(comparison: Comparison, focus: Sequence[str] = ()) -> dict[Lever, LeverUse]:
    """Return the setting of each lever that is shown, in the order of the table of levers.

    Of a lever in the package that was split it is the package's, and bears another label only where settings and cost
    are the same. Of another lever it is that of the scenarios that come first, if one of them pulls it, else of a
    scenario that shows what it closes, else of the first that pulls it.

    Args:
        comparison: The results.
        focus: Labels of the scenarios that come first: those that the paper is about.
    """
    package, worths, alone = package_of(comparison), worths_of(comparison), alone_of(comparison)
    found: dict[Lever, LeverUse] = {}
    for lever in Lever:
        if package is not None and lever in worths:
            found[lever] = _in_package(comparison, package, lever, worths[lever], focus)
        elif (use := _by_itself(comparison, lever, alone.get(lever, {}), focus)) is not None:
            found[lever] = use
    return found


def _in_package(
    comparison: Comparison, package: LeverCombinations, lever: Lever, worth: Worth, focus: Sequence[str]
) -> LeverUse:
    studies, label = comparison.studies, package.second
    closes = closes_within(comparison, package, worth)
    if worth.change is not LeverChange.ADDED:
        cost = cost_over_run(studies[label], lever) - cost_over_run(studies[package.first], lever)
        return LeverUse(label=label, change=worth.change, cost=cost, closes=closes, worth_of=label)
    cost = cost_over_run(studies[label], lever)
    alike = (each for each in focus if _act_alike(comparison, each, label, lever))
    own = next((each for each in alike if is_none(cost_over_run(studies[each], lever) - cost)), label)
    return LeverUse(label=own, change=worth.change, cost=cost, closes=closes, worth_of=label)


def _by_itself(
    comparison: Comparison, lever: Lever, alone: Mapping[str, Difference], focus: Sequence[str]
) -> LeverUse | None:
    studies = comparison.studies
    order = (*focus, *alone, *studies)
    label = next((each for each in order if lever in levers_of(studies.get(each))), None)
    if label is None:
        return None
    cost = cost_over_run(studies[label], lever)
    shown = [each for each in (label, *alone) if each in alone]
    worth_of = next((each for each in shown if _act_alike(comparison, label, each, lever)), None)
    if worth_of is None:
        return LeverUse(label=label, cost=cost)
    closes = _closes_alone(comparison, alone[worth_of])
    return LeverUse(label=label, cost=cost, closes=closes, worth_of=worth_of)


def _act_alike(comparison: Comparison, one: str, other: str, lever: Lever) -> bool:
    """Return True if two scenarios pull a lever with the same settings, whatever these cost."""
    if one not in comparison.studies or other not in comparison.studies:
        return False
    scenarios = [comparison.studies[label].ensemble.scenario for label in (one, other)]
    own, others = (acting_settings(scenario, lever) for scenario in scenarios)
    return all(lever in scenario.levers for scenario in scenarios) and own == others


def levers_of(study: Study | None) -> Collection[str]:
    """Return the levers of a scenario, if there is one.

    Args:
        study: Its results.
    """
    return () if study is None else study.ensemble.scenario.levers


def cost_over_run(study: Study, lever: Lever) -> float:
    """Return what one lever costs over the run, £m, at the study's rate of discount.

    Args:
        study: A scenario; the lever costs nothing in one that does not use it.
        lever: The lever.
    """
    return float(lever_cost_by_month(study, lever).sum())


def lever_cost_by_month(study: Study, lever: Lever) -> Floats:
    """Return what one lever costs, `[month]`, £m this month, at the study's rate of discount.

    Args:
        study: A scenario; the lever costs nothing in one that does not use it.
        lever: The lever.
    """
    scenario = study.ensemble.scenario
    alone = scenario.model_copy(
        update={"levers": {name: use for name, use in scenario.levers.items() if name == lever}}
    )
    factors = discounting(study.ensemble.axes.months, study.discount).by_month
    return np.asarray(factors * lever_costs(alone) / 12, dtype=np.float64)


def package_of(comparison: Comparison) -> LeverCombinations | None:
    """Return the package that was split among its levers; None if there is none, or the tables of an end are missing.

    Args:
        comparison: The results.
    """
    split = comparison.attribution
    return split if split is not None and {split.first, split.second} <= comparison.studies.keys() else None


def worths_of(comparison: Comparison) -> dict[str, Worth]:
    """Return what each lever of the package that was split is worth, by lever; nothing if none was split.

    Args:
        comparison: The results.
    """
    if package_of(comparison) is None or comparison.attribution is None:
        return {}
    return {each.lever: each for each in attribute(comparison.attribution, comparison.attribution_over_ranges).worths}


def alone_of(comparison: Comparison) -> dict[Lever, dict[str, Difference]]:
    """Return the scenarios that differ in one lever alone from a baseline without levers, by lever and by label.

    Args:
        comparison: The results.
    """
    studies = comparison.studies
    found: dict[Lever, dict[str, Difference]] = {}
    for each in compare(comparison):
        if each.label not in studies or each.baseline not in studies:
            continue
        own, base = (studies[label].ensemble.scenario for label in (each.label, each.baseline))
        differing = find_differing_levers(base, own)
        if len(differing) == 1 and not base.levers and [*map(str, own.levers)] == [*differing]:
            found.setdefault(Lever(differing[0]), {})[each.label] = each
    return found


def closes_by_setting(comparison: Comparison) -> Iterator[tuple[tuple[str, Lever], Closes]]:
    """Yield what levers close in the scenarios that pull them, by scenario and lever, as far as that was run.

    In the package that was split it is the worth within it; of a lever that the package drops, in its first scenario.
    Nothing is known of a setting that the package changes.

    Args:
        comparison: The results.
    """
    for lever, some in alone_of(comparison).items():
        for label, difference in some.items():
            yield (label, lever), _closes_alone(comparison, difference)
    package = package_of(comparison)
    if package is None:
        return
    for name, worth in worths_of(comparison).items():
        closes = closes_within(comparison, package, worth)
        if name in set(Lever) and worth.change is LeverChange.ADDED:
            yield (package.second, Lever(name)), closes
        elif name in set(Lever) and worth.change is LeverChange.DROPPED:
            yield (package.first, Lever(name)), closes.opposite


def closes_within(comparison: Comparison, package: LeverCombinations, worth: Worth) -> Closes:
    """Return what a lever closes within the package that was split.

    Args:
        comparison: The results.
        package: The package.
        worth: The lever's worth.
    """
    over = comparison.attribution_over_ranges
    points = 0 if over is None or worth.varied is None else over.points
    return Closes(worth.shapley.mean, worth.band, worth.varied, len(package.gaps), points)


def runs_within_words(comparison: Comparison) -> str:
    """Say on how many simulated runs worths in the package rest; nothing if that is the number of all results.

    Args:
        comparison: The results.
    """
    package = package_of(comparison)
    if package is None or len(package.gaps) == comparison.replicates:
        return ""
    runs, of_all = counted(len(package.gaps), "simulated run"), f"{comparison.replicates:,}"
    return f"Worths within “{package.second}” are of {runs} of each lever combination, not of {of_all}."


def _closes_alone(comparison: Comparison, difference: Difference) -> Closes:
    wide = None if difference.assumptions is None else closed_band(difference.assumptions.band)
    varied = comparison.studies[difference.label].assumptions
    points = 0 if wide is None or varied is None else varied.points
    chance = difference.chance
    return Closes(-chance.precision.mean, closed_band(chance.band), wide, chance.precision.replicates, points)


def closed_band(band: Interval) -> Interval:
    """Return the band of an amount that is closed from that of a difference of gaps, or of its opposite.

    Args:
        band: The band of the difference.
    """
    return Interval(-band.mean, -band.median, -band.high_50, -band.low_50, -band.high_90, -band.low_90)
