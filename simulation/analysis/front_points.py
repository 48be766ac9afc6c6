"""Options by what they cost and what they close, from a search or from a comparison that was run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.choices import choices_of
from simulation.analysis.compare import has_only_choices, have_own_gaps
from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import limits_sentence
from simulation.analysis.discounting import discounting
from simulation.analysis.options import Amount
from simulation.analysis.organisation_changes import OutturnDifferences, outturn_differences
from simulation.analysis.precision import half_widths
from simulation.money_unit import ROUNDING
from simulation.results.comparison import Comparison
from simulation.results.study import Study
from simulation.scenario.changes import differ_in_levers_alone
from simulation.scenario.paths import lever_costs

_OF_THE_GAP = ("do_nothing", "events")
"""Starts of the names of the place's own numbers of which the gap before any savings is made."""


@dataclass(frozen=True, kw_only=True)
class FrontPoint:
    """An option on the front, or near it.

    Attributes:
        label: Its name.
        cost: What its levers cost over the run, £m; less what those of the baseline cost.
        closes: By how much it closes the gap in the last month, £m a year.
        worst_off: The name of the organisation that gains least or loses most; empty if that was not kept.
        change: The change of that organisation's position over the run, £m; the mean.
        beaten: True if another, or the baseline, gains as much for less money, or more for the same.
    """

    label: str
    cost: float
    closes: Amount
    worst_off: str
    change: Amount
    beaten: bool = False


@dataclass(frozen=True, kw_only=True)
class FrontPoints:
    """Options by cost, and the others that were compared.

    Attributes:
        points: The named options, by cost.
        others: Cost and gain of every other candidate, `[candidate, 2]`.
        cases: The number of sets of assumptions that means are over.
        own_cost: What the levers of the baseline cost over the run, £m, which is no part of any cost here.
        discount: Rate at which money over the run is discounted, % a year; 0 for nominal, undiscounted amounts.
        is_central: True if the changes of organisations are at the central assumptions, since their outturns were not
            kept with uncertain ones.
        limits: The limits of the search within which options are, in a sentence; empty if none excluded any.
        levers_alone: True if the options and the baseline differ in their levers alone: it is these that close.
        before_savings: The lowest and the highest gap before any savings in the last month, £m a year, if each closes
            of its own; None if all have the same.
    """

    points: tuple[FrontPoint, ...]
    others: Floats
    cases: int
    own_cost: float = 0.0
    discount: float = 0.0
    is_central: bool = False
    limits: str = ""
    levers_alone: bool = True
    before_savings: tuple[float, float] | None = None

    @property
    def steps(self) -> Floats:
        """The most that money closes: cost and gain of each that none beats, the baseline too, by cost, `[step, 2]`."""
        every = np.vstack([[(0.0, 0.0)], [(each.cost, each.closes.mean) for each in self.points], self.others])
        every = every[np.lexsort((-every[:, 1], every[:, 0]))]
        highest = np.maximum.accumulate(np.concatenate([[-np.inf], every[:, 1]]))
        return np.asarray(every[every[:, 1] > highest[:-1]], dtype=np.float64).reshape(-1, 2)


def points_of_decided(decided: Decided) -> FrontPoints:
    """Return the named options of a search.

    Args:
        decided: The result of a search.
    """
    entries = decided.decision.place.organisations
    points = []
    for index in decided.named:
        option = decided.options[index]
        who, change = option.worst_off
        points.append(
            FrontPoint(
                label=f"{decided.letter(index)}: {option.name}",
                cost=option.cost,
                closes=option.gains["gap"],
                worst_off=entries[who].name or who,
                change=change,
            )
        )
    others = [
        (each.cost, each.gains["gap"].mean)
        for index, each in enumerate(decided.options)
        if index not in decided.named and each.settings
    ]
    rest = np.array(others, dtype=np.float64).reshape(-1, 2)
    return FrontPoints(
        points=_marked(points, rest),
        others=rest,
        cases=len(decided.options[0].by_point),
        own_cost=decided.decision.own_cost,
        limits=limits_sentence(decided),
    )


def points_of_comparison(comparison: Comparison) -> FrontPoints | None:
    """Return the scenarios of a comparison with what they close beyond the baseline, allowing for assumptions.

    Where their gaps before any savings differ, each closes of its own.

    Args:
        comparison: Scenarios with common random numbers.

    Returns:
        None if assumptions were not varied, the cases are no choices, or no two scenarios cost different amounts; or if
        their gaps before any savings differ and were drawn, so that what each closes is not known at a set.
    """
    if has_drawn_gaps(comparison):
        return None
    choices = {each.label: each for each in choices_of(comparison)} if has_only_choices(comparison) else {}
    baseline = comparison.cases[0]
    if baseline.study is None or baseline.label not in choices:
        return None
    base, own_cost = choices[baseline.label], _lever_costs_over_run(baseline.study)
    cases = [(each, each.study) for each in comparison.cases[1:] if each.study is not None and each.label in choices]
    changes = {case.label: outturn_differences(case, baseline) for case, _ in cases}
    is_central = any(each is not None and each.varied is None for each in changes.values())
    points = []
    for case, study in cases:
        closed = (base.gaps - choices[case.label].gaps).mean(axis=1) + (case.before_savings - baseline.before_savings)
        who, change = _worst_off(changes[case.label], None if is_central else len(base.gaps))
        closes = Amount(mean=float(closed.mean()), half_width=float(half_widths(closed[np.newaxis])[0]))
        cost = _lever_costs_over_run(study) - own_cost
        points.append(FrontPoint(label=case.label, cost=cost, closes=closes, worst_off=who, change=change))
    if not points or len({round(each.cost, 6) for each in points} | {0.0}) < 2:
        return None
    points.sort(key=lambda each: (each.cost, -each.closes.mean))
    none, before = np.empty((0, 2)), [each.before_savings for each in (baseline, *(case for case, _ in cases))]
    scenarios = [each.ensemble.scenario for each in (baseline.study, *(study for _, study in cases))]
    return FrontPoints(
        points=_marked(points, none),
        others=none,
        cases=len(base.gaps),
        own_cost=own_cost,
        discount=comparison.discount,
        is_central=is_central,
        limits="" if comparison.search is None else comparison.search.limits,
        levers_alone=differ_in_levers_alone(scenarios),
        before_savings=(min(before), max(before)) if max(before) - min(before) > ROUNDING else None,
    )


def has_drawn_gaps(comparison: Comparison) -> bool:
    """Return True if gaps before any savings differ between scenarios, and their own numbers were drawn.

    Args:
        comparison: Scenarios with common random numbers.
    """
    samples = [study.assumptions for study in comparison.studies.values() if study.assumptions is not None]
    is_drawn = any(name.startswith(_OF_THE_GAP) for sample in samples for name in sample.own_numbers)
    return is_drawn and have_own_gaps(comparison)


def _lever_costs_over_run(study: Study) -> float:
    """Return what a scenario's levers cost over the run, £m, at its rate of discount."""
    factors = discounting(study.ensemble.axes.months, study.discount).by_month
    return float((factors * lever_costs(study.ensemble.scenario) / 12).sum())


def _worst_off(differences: OutturnDifferences | None, points: int | None) -> tuple[str, Amount]:
    """Return the name of the organisation with the least mean change of its position over the run, and that change.

    Args:
        differences: The changes of outturns; None if they are not known.
        points: The number of sets of assumptions that the mean is over; None for the central assumptions.
    """
    if differences is None or not differences.axes.organisations:
        return "", Amount(mean=float("nan"), half_width=float("nan"))
    found = differences.central if points is None or differences.varied is None else differences.varied
    over_run = found.sum(axis=1)
    # Runs at the same assumptions are alike, so that an interval over sets is of the means at each.
    by_set = over_run if points is None else over_run.reshape(points, -1, over_run.shape[1]).mean(axis=1)
    changes = by_set.T
    worst = int(changes.mean(axis=1).argmin())
    wide = float(half_widths(changes[worst][np.newaxis])[0])
    name = differences.axes.organisation_name(differences.axes.organisations[worst])
    return name, Amount(mean=float(changes[worst].mean()), half_width=wide)


def _marked(points: Sequence[FrontPoint], others: Floats) -> tuple[FrontPoint, ...]:
    """Mark the options that another one, another candidate, or the baseline beats by cost and gain."""
    all_of = np.vstack([[(0.0, 0.0)], [(each.cost, each.closes.mean) for each in points], others])
    return tuple(
        replace(
            each,
            beaten=bool(
                (
                    (all_of[:, 0] <= each.cost)
                    & (all_of[:, 1] >= each.closes.mean)
                    & ((all_of[:, 0] < each.cost) | (all_of[:, 1] > each.closes.mean))
                ).any()
            ),
        )
        for each in points
    )
