"""Options by what they cost and what they close, from a search or from a comparison that was run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.choices import choices_of
from simulation.analysis.compare import has_only_choices
from simulation.analysis.decided import Decided
from simulation.analysis.options import Amount
from simulation.analysis.precision import half_widths
from simulation.results.comparison import Comparison
from simulation.scenario.paths import lever_costs


@dataclass(frozen=True, kw_only=True)
class FrontPoint:
    """An option on the front, or near it.

    Attributes:
        label: Its name.
        cost: What its levers cost over the run, £m.
        closes: By how much it closes the gap in the last month, £m a year.
        worst_off: The name of the organisation that gains least or loses most; empty if that was not kept.
        change: The change of that organisation's position over the run, £m.
        beaten: True if another gains as much for less money, or more for the same.
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
    """

    points: tuple[FrontPoint, ...]
    others: Floats
    cases: int

    @property
    def steps(self) -> Floats:
        """The most that money closes: the cost and gain of each candidate that none beats, by cost, `[step, 2]`."""
        every = np.vstack([[(each.cost, each.closes.mean) for each in self.points], self.others])
        every = every[np.lexsort((-every[:, 1], every[:, 0]))]
        highest = np.maximum.accumulate(np.concatenate([[0.0], every[:, 1]]))
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
    return FrontPoints(points=_marked(points, rest), others=rest, cases=len(decided.options[0].by_point))


def points_of_comparison(comparison: Comparison) -> FrontPoints | None:
    """Return the scenarios of a comparison with what they close of the baseline's gap, allowing for assumptions.

    Args:
        comparison: Scenarios with common random numbers.

    Returns:
        None if assumptions were not varied, the cases are no choices, or no two scenarios cost different amounts.
    """
    choices = {each.label: each for each in choices_of(comparison)} if has_only_choices(comparison) else {}
    studies = comparison.studies
    baseline = comparison.cases[0].label
    if baseline not in choices or baseline not in studies:
        return None
    base, first = choices[baseline], studies[baseline].ensemble
    begin = lever_costs(first.scenario).sum() / 12
    points = []
    for label, study in studies.items():
        if label == baseline or label not in choices:
            continue
        closed = (base.gaps - choices[label].gaps).mean(axis=1)
        cost = float(lever_costs(study.ensemble.scenario).sum() / 12 - begin)
        who, change = _worst_off(study.ensemble.outturns, first.outturns, study.ensemble.axes.organisations)
        closes = Amount(mean=float(closed.mean()), half_width=float(half_widths(closed[np.newaxis])[0]))
        name = study.ensemble.axes.organisation_name(who) if who else ""
        points.append(FrontPoint(label=label, cost=cost, closes=closes, worst_off=name, change=change))
    if not points or len({round(each.cost, 6) for each in points} | {0.0}) < 2:
        return None
    points.sort(key=lambda each: (each.cost, -each.closes.mean))
    none = np.empty((0, 2))
    return FrontPoints(points=_marked(points, none), others=none, cases=len(base.gaps))


def _worst_off(own: Floats, base: Floats, organisations: Sequence[str]) -> tuple[str, Amount]:
    """Return the organisation with the least mean change of its position over the run, and that change."""
    if own.shape[1:] != base.shape[1:] or not own.shape[2]:
        return "", Amount(mean=float("nan"), half_width=float("nan"))
    both = min(len(own), len(base))
    changes = (own[:both] - base[:both]).sum(axis=1).T
    worst = int(changes.mean(axis=1).argmin())
    wide = float(half_widths(changes[worst][np.newaxis])[0])
    return organisations[worst], Amount(mean=float(changes[worst].mean()), half_width=wide)


def _marked(points: Sequence[FrontPoint], others: Floats) -> tuple[FrontPoint, ...]:
    """Mark the options that another one, or another candidate, beats by cost and gain."""
    all_of = np.vstack([[(each.cost, each.closes.mean) for each in points], others])
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
