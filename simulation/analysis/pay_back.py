"""The month in which a scenario has paid back: from then on the place is never again worse off than in the baseline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Bands, Floats, bands_of
from simulation.analysis.compare import count_cases, pairs_of
from simulation.analysis.finance import SO_FAR, Finance, finance_of
from simulation.money_unit import ROUNDING
from simulation.results.comparison import Case, Comparison

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class PayBackMonths:
    """The pay-back month over the replicates that differ, YYYY-MM; None where it lies beyond the run."""

    median: str | None
    """By then half of the replicates have paid back."""
    early: str | None
    """By then one in twenty has."""
    late: str | None
    """By then nineteen in twenty have."""
    paid: int
    """Replicates that have paid back by the end of the run."""
    of: int
    """Replicates in which the two differ in any month."""
    same: int = 0
    """Replicates in which the two never differ, so that there is nothing to pay back."""

    @property
    def replicates(self) -> int:
        """Replicates in all."""
        return self.of + self.same

    @property
    def is_same(self) -> bool:
        """True if the two never differ in half of the replicates or more: no month is then named."""
        return self.same >= self.of


@dataclass(frozen=True, kw_only=True)
class PayBack:
    """A scenario's position against its baseline's, summed up month by month with common random numbers, £m."""

    scenario: str
    baseline: str
    months: tuple[str, ...]
    discount: float
    """% a year; 0 if amounts are nominal and undiscounted."""
    difference: Bands
    """`[month]`, of the position so far, by chance alone."""
    by_chance: PayBackMonths
    varied_difference: Bands | None = None
    """Allowing for uncertain assumptions; None where both did not have the same ones."""
    varied: PayBackMonths | None = None


def pay_back(comparison: Comparison) -> tuple[PayBack, ...]:
    """Compare every scenario's position so far with its baseline's, month by month, and find when it has paid back.

    The pay-back month is the first from which the difference stays at or above 0 to the end of the run.

    Args:
        comparison: Cases with common random numbers; those whose tables were not kept, or that run over other months
            than their baseline, are left out.
    """
    found = []
    for case, base in pairs_of(comparison):
        if case.study is None or base.study is None:
            continue
        own, other = finance_of(case.study), finance_of(base.study)
        numbers = case.study.ensemble.replicates, base.study.ensemble.replicates
        _, mine, theirs = np.intersect1d(*numbers, return_indices=True)
        if own.months != other.months or not len(mine):
            continue
        difference = own.monthly[SO_FAR.name][mine] - other.monthly[SO_FAR.name][theirs]
        wide = _varied(case, base, own, other)
        found.append(
            PayBack(
                scenario=case.label,
                baseline=base.label,
                months=own.months,
                discount=own.discount,
                difference=bands_of(difference),
                by_chance=_months_of(difference, own.months),
                varied_difference=None if wide is None else bands_of(wide),
                varied=None if wide is None else _months_of(wide, own.months),
            )
        )
    return tuple(found)


def pay_back_months(difference: Floats) -> NDArray[np.float64]:
    """Return the first month from which a difference stays at or above 0, `[replicate]`; infinity if it ends below.

    Args:
        difference: `[replicate, month]`, £m.
    """
    below = difference < -ROUNDING
    last = below.shape[1] - 1 - np.argmax(below[:, ::-1], axis=1)
    months = np.where(below.any(axis=1), last + 1.0, 0.0)
    return np.where(months < below.shape[1], months, np.inf)


def pay_back_to_pandas(found: Iterable[PayBack]) -> "pd.DataFrame":
    """Return a row for each scenario: the pay-back month by chance alone, and allowing for uncertain assumptions.

    `paid` is of the replicates that `differ`; in `same` there is nothing to pay back.
    """
    import pandas as pd

    return pd.DataFrame(
        [
            {"scenario": each.scenario, "against": each.baseline, "discount": each.discount, "varied": varied}
            | {name: getattr(months, name) for name in ("median", "early", "late", "paid", "same")}
            | {"differ": months.of}
            for each in found
            for varied, months in (("chance", each.by_chance), ("chance and assumptions", each.varied))
            if months is not None
        ]
    )


def _months_of(difference: Floats, months: tuple[str, ...]) -> PayBackMonths:
    differs = (np.abs(difference) > ROUNDING).any(axis=1)
    paid = np.sort(pay_back_months(difference[differs]))

    def by(hundredths: int) -> str | None:
        """Return the month by which so many of a hundred have paid back."""
        month = paid[-(-hundredths * len(paid) // 100) - 1] if len(paid) else np.inf
        return months[int(month)] if np.isfinite(month) else None

    found = int(np.isfinite(paid).sum())
    return PayBackMonths(median=by(50), early=by(5), late=by(95), paid=found, of=len(paid), same=int((~differs).sum()))


def _varied(case: Case, base: Case, own: Finance, other: Finance) -> Floats | None:
    """Return the difference of the positions so far where both had the same uncertain assumptions; else None."""
    mine, theirs = own.varied.get(SO_FAR.name), other.varied.get(SO_FAR.name)
    if mine is None or theirs is None or count_cases(case, base) is None:
        return None
    return np.asarray(mine - theirs, dtype=np.float64)
