"""The shares of the two questions: "what does this mean for my organisation?" and "what for our population?"."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Bands, Interval, bands_of, interval_of, mean_of
from simulation.formatting import counted
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd

HALF_YEAR = 6


@dataclass(frozen=True)
class QuestionMix:
    """Share of each question by month, 0–1; NaN in months in which nobody met."""

    months: tuple[str, ...]
    """YYYY-MM."""
    our_population: Bands
    """`[month]`, share of population-first stances."""
    my_organisation: Bands
    """`[month]`, share of institutional stances: the rest."""
    met: NDArray[np.int64]
    """`[month]`, replicates in which anyone met, which are those that the shares are of."""
    replicates: int

    @property
    def is_of_all(self) -> bool:
        """True if someone met in every month of every replicate."""
        return bool((self.met == self.replicates).all())

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each question and month: question, month, mean, median, limits of the bands, replicates."""
        import pandas as pd

        shares = {"our population": self.our_population, "my organisation": self.my_organisation}
        frames = [bands.to_pandas(self.months).assign(replicates=self.met) for bands in shares.values()]
        return pd.concat(frames, keys=shares, names=["question", None]).reset_index(level="question")


def question_mix(ensemble: Ensemble) -> QuestionMix:
    """Return the share of each question in all stances, month by month.

    Args:
        ensemble: The replicates.
    """
    share = ensemble["population_first"]
    met = (~np.isnan(share)).sum(axis=0)
    return QuestionMix(ensemble.axes.months, bands_of(share), bands_of(1 - share), met, len(ensemble))


@dataclass(frozen=True, kw_only=True)
class QuestionEnds:
    """Population-first share of stances in the first and in the last half-year, 0–1, and of how many replicates it is.

    A run of less than a year is halved. A replicate's share is the mean over the months in which anyone met.
    """

    early: Interval
    """In the first half-year; NaN if nobody met in any replicate."""
    late: Interval
    """In the last half-year, in the same way."""
    met_early: int
    """Replicates in which anyone met in the first half-year, which are those that the share is of."""
    met_late: int
    """The same in the last half-year."""
    met: int
    """Replicates in which anyone met in any month."""
    replicates: int
    months: int
    """Months of the run."""


def first_and_last(ensemble: Ensemble) -> QuestionEnds:
    """Return the population-first share of stances in the first and in the last half-year.

    Args:
        ensemble: The replicates.
    """
    share = ensemble["population_first"]
    met, span = ~np.isnan(share), _span(share.shape[1])
    first, last = slice(None, span), slice(-span, None)
    return QuestionEnds(
        early=interval_of(mean_of(share[:, first].T)),
        late=interval_of(mean_of(share[:, last].T)),
        met_early=int(met[:, first].any(axis=1).sum()),
        met_late=int(met[:, last].any(axis=1).sum()),
        met=int(met.any(axis=1).sum()),
        replicates=len(ensemble),
        months=share.shape[1],
    )


def end_words(months: int) -> str:
    """Name the first and the last part of a run that are compared.

    Args:
        months: Months of the run, 1 or more.

    >>> [end_words(months) for months in (12, 8, 3, 1)]
    ['half-year', '4 months', 'month', 'month']
    """
    span = _span(months)
    return "half-year" if span == HALF_YEAR else counted(span, "month").removeprefix("1 ")


def _span(months: int) -> int:
    """Return how many months at either end of a run are compared: six, or half of a run of less than a year."""
    return min(HALF_YEAR, max(1, months // 2))
