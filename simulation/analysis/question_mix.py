"""The shares of the two questions: "what does this mean for my organisation?" and "what for our population?"."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each question and month: question, month, then mean, median and the limits of the bands."""
        import pandas as pd

        shares = {"our population": self.our_population, "my organisation": self.my_organisation}
        frames = [bands.to_pandas(self.months) for bands in shares.values()]
        return pd.concat(frames, keys=shares, names=["question", None]).reset_index(level="question")


def question_mix(ensemble: Ensemble) -> QuestionMix:
    """Return the share of each question in all stances, month by month.

    Args:
        ensemble: The replicates.
    """
    share = ensemble["population_first"]
    return QuestionMix(ensemble.axes.months, bands_of(share), bands_of(1 - share))


def first_and_last(ensemble: Ensemble) -> tuple[Interval, Interval]:
    """Return the population-first share of stances in the first and in the last half-year, 0–1.

    A run of less than a year is halved. A replicate's share is the mean over the months in which anyone met.

    Args:
        ensemble: The replicates.
    """
    share = ensemble["population_first"]
    span = _span(share.shape[1])
    early, late = (interval_of(mean_of(months.T)) for months in (share[:, :span], share[:, -span:]))
    return early, late


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
