"""Differences between scenarios with common random numbers: their size, their precision, and how often one is less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.precision import Precision, precision_over_sets, precisions_of
from simulation.money_unit import ROUNDING
from simulation.results.comparison import Case, Comparison
from simulation.results.replicates import Replicates

if TYPE_CHECKING:
    import pandas as pd

MATERIAL = 1.0
"""£m a year. Two mean gaps that differ by at most this count as no different."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Numbers of replicates or cases in which a scenario leaves less than another, no different, and more."""

    better: int
    tied: int
    worse: int
    stretch: float = 1.0
    """Of cases, the factor by which the ranges of assumptions were stretched."""

    @property
    def of(self) -> int:
        """Number compared."""
        return self.better + self.tied + self.worse

    @property
    def parts(self) -> tuple[int, int, int]:
        """Better, tied and worse."""
        return (self.better, self.tied, self.worse)


@dataclass(frozen=True, kw_only=True)
class Paired:
    """A difference replicate by replicate: the gap in the last month minus the baseline's, £m a year."""

    precision: Precision
    """Mean and half the width of its 95% interval: over replicates, or over sets of assumptions if these vary."""
    band: Interval
    """Bands of the differences of single replicates."""
    counts: Counts
    """Counts of replicates if chance alone varies (equal gaps are ties), of cases if assumptions vary."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The difference between a case and its baseline."""

    label: str
    baseline: str
    chance: Paired
    """With common random numbers, at the assumptions of the scenario."""
    assumptions: Paired | None
    """With common random numbers and the same assumptions, drawn from their ranges; None if they were not varied."""


def compare(comparison: Comparison) -> tuple[Difference, ...]:
    """Compare every case with its baseline, replicate by replicate; a replicate that failed in either is left out.

    Args:
        comparison: Cases with common random numbers.
    """
    return tuple(
        Difference(
            label=case.label,
            baseline=baseline.label,
            chance=_by_chance(case.gaps - baseline.gaps),
            assumptions=_with_assumptions(case, baseline),
        )
        for case, baseline in pairs_of(comparison)
    )


def has_only_choices(comparison: Comparison) -> bool:
    """True if the cases differ only in what a board chooses; False if they are points of uncertain assumptions.

    Compared scenarios are choices. A varied quantity is one only if the experiment says so.

    Args:
        comparison: Cases with common random numbers.
    """
    return not comparison.has_sets_of_assumptions


def count_cases(case: Case, other: Case) -> Counts | None:
    """Count the cases in which a scenario leaves less than another, no different, and more.

    A case is one set of assumptions and one replicate, with common random numbers. Differences of up to `MATERIAL` are
    ties.

    Args:
        case: The scenario.
        other: The scenario to compare it with.

    Returns:
        The counts; None unless the assumptions of both were varied at the same points of the same ranges.
    """
    own, others = (None if each.study is None else each.study.assumptions for each in (case, other))
    if own is None or others is None or _sample_of(own) != _sample_of(others):
        return None
    return replace(_count(own["gap"][:, -1] - others["gap"][:, -1], MATERIAL), stretch=own.stretch)


def _sample_of(varied: Replicates) -> tuple[int, int, float]:
    return len(varied), varied.points, varied.stretch


def differences_to_pandas(differences: tuple[Difference, ...]) -> "pd.DataFrame":
    """Return a row for each difference by chance, and one for it allowing for uncertain assumptions.

    The counts `less_in`, `no_different_in`, `more_in` and `of` are of replicates, then of cases.
    """
    import pandas as pd

    rows = [
        {
            "scenario": each.label,
            "against": each.baseline,
            "varied": varied,
            "mean": paired.precision.mean,
            "half_width_95": paired.precision.half_width,
            **paired.band._asdict(),
            "less_in": paired.counts.better,
            "no_different_in": paired.counts.tied,
            "more_in": paired.counts.worse,
            "of": paired.counts.of,
        }
        for each in differences
        for varied, paired in (("chance", each.chance), ("chance and assumptions", each.assumptions))
        if paired is not None
    ]
    named = ["scenario", "against", "varied", "mean", "half_width_95", *Interval._fields[1:]]
    return pd.DataFrame(rows, columns=[*named, "less_in", "no_different_in", "more_in", "of"])


def pairs_of(comparison: Comparison) -> Iterator[tuple[Case, Case]]:
    """Yield every case with its baseline, if any replicate was run in both.

    The baseline of a single scenario is the same place without levers, if that was run.

    Args:
        comparison: Cases with common random numbers.
    """
    reference = comparison.no_joint_action if len(comparison.cases) == 1 else None
    for case in comparison.cases:
        baseline = reference if case.baseline is None else comparison.cases[case.baseline]
        if baseline is None or len(case.gaps) != len(baseline.gaps):
            continue
        if not np.isnan(case.gaps - baseline.gaps).all():
            yield case, baseline


def have_own_gaps(comparison: Comparison) -> bool:
    """Return True if a case has another gap before any savings than its baseline: who leaves less may close no more.

    Args:
        comparison: Cases with common random numbers.
    """
    return any(abs(case.before_savings - base.before_savings) > ROUNDING for case, base in pairs_of(comparison))


def baseline_words(comparison: Comparison, baselines: Iterable[str], *, quoted: bool = False) -> str:
    """Name what scenarios are compared with; where their baselines differ, the scenario at the same values as each.

    Args:
        comparison: The scenarios.
        baselines: The name of each one's baseline.
        quoted: True for a name in quotes.
    """
    named = set(baselines)
    is_one = len(named) == 1
    names = named if is_one else {case.variant for case in comparison.cases if case.label in named}
    if len(names) != 1:
        return "its baseline"
    name = names.pop()
    return f"{f'“{name}”' if quoted else name}{'' if is_one else ' at the same values'}"


def _by_chance(differences: Floats) -> Paired:
    known = differences[~np.isnan(differences)]
    (precision,) = precisions_of(known[np.newaxis])
    return Paired(precision=precision, band=interval_of(known), counts=_count(known, 0.0))


def _with_assumptions(case: Case, baseline: Case) -> Paired | None:
    counts = count_cases(case, baseline)
    own, other = (None if each.study is None else each.study.assumptions for each in (case, baseline))
    if counts is None or own is None or other is None:
        return None
    differences = own["gap"][:, -1] - other["gap"][:, -1]
    precision = precision_over_sets(differences, own.points)
    return Paired(precision=precision, band=interval_of(differences), counts=counts)


def _count(differences: Floats, tie: float) -> Counts:
    better, worse = int((differences < -tie).sum()), int((differences > tie).sum())
    return Counts(better=better, tied=len(differences) - better - worse, worse=worse)
