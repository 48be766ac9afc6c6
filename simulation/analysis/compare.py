"""One scenario against another with common random numbers: how far apart, how sure, and how often one beats it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.comparison import Case, Comparison

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Paired:
    """A difference replicate by replicate: the gap in the last month minus the baseline's, £m a year."""

    precision: Precision
    """Mean and half the width of its 95% interval."""
    band: Interval
    """Where the differences of single replicates lie."""
    beats: int
    """Replicates in which the gap is smaller than the baseline's."""
    worse: int
    """Replicates in which it is larger; in the rest it is the same."""
    of: int
    """Replicates that were compared."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A case against its baseline."""

    label: str
    baseline: str
    chance: Paired
    """On the same random draws, at the assumptions of the scenario."""
    assumptions: Paired | None
    """On the same random draws and the same assumptions, drawn from their ranges; None if they were not varied."""


def compare(comparison: Comparison) -> tuple[Difference, ...]:
    """Every case against its baseline, replicate by replicate; what failed in either is left out.

    Args:
        comparison: Cases with common random numbers.
    """
    found = []
    for case in comparison.cases:
        if case.baseline is None or comparison.cases[case.baseline] is case:
            continue
        baseline = comparison.cases[case.baseline]
        if np.isnan(case.gaps - baseline.gaps).all():
            continue
        found.append(
            Difference(
                label=case.label,
                baseline=baseline.label,
                chance=_paired(case.gaps - baseline.gaps),
                assumptions=_assumed(case, baseline),
            )
        )
    return tuple(found)


def differences_to_frame(differences: tuple[Difference, ...]) -> "pd.DataFrame":
    """A row for each difference and for what is varied: chance, or assumptions too."""
    import pandas as pd

    rows = [
        {
            "scenario": each.label,
            "against": each.baseline,
            "varied": varied,
            "mean": paired.precision.mean,
            "half_width_95": paired.precision.half_width,
            **paired.band._asdict(),
            "beats_in": paired.beats,
            "worse_in": paired.worse,
            "of": paired.of,
        }
        for each in differences
        for varied, paired in (("chance", each.chance), ("chance and assumptions", each.assumptions))
        if paired is not None
    ]
    named = ["scenario", "against", "varied", "mean", "half_width_95", *Interval._fields[1:]]
    return pd.DataFrame(rows, columns=[*named, "beats_in", "worse_in", "of"])


def _assumed(case: Case, baseline: Case) -> Paired | None:
    own, other = (None if each.study is None else each.study.assumptions for each in (case, baseline))
    if own is None or other is None or len(own) != len(other):
        return None
    return _paired(own["gap"][:, -1] - other["gap"][:, -1])


def _paired(differences: Floats) -> Paired:
    known = differences[~np.isnan(differences)]
    (precision,) = precisions_of(known[np.newaxis])
    return Paired(
        precision=precision,
        band=interval_of(known),
        beats=int((known < 0).sum()),
        worse=int((known > 0).sum()),
        of=len(known),
    )
