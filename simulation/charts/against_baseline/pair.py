"""A scenario and its baseline, run with common random numbers in the same place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.charts.text.comparison_words import source_of
from simulation.charts.text.study_words import period_words
from simulation.charts.text.words import replicates_words
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two scenarios that a chart shows in one picture.

    Attributes:
        baseline: The baseline.
        changed: The scenario that is compared with it.
        names: Their names in the same order, as a sentence uses them: "as it stands", "with your changes".
        title: Title of the comparison.
        source: The source line.
    """

    baseline: Study
    changed: Study
    names: tuple[str, str]
    title: str
    source: str

    @property
    def replicates(self) -> int:
        """Number of replicates of each."""
        return len(self.changed.ensemble)

    @property
    def place(self) -> str:
        """Place and period, for a subtitle."""
        return f"{self.title}, {period_words(self.changed.ensemble)}"

    def runs(self, statistic: str) -> str:
        """Return the statistic and the replicates, for a subtitle.

        Args:
            statistic: Such as Medians.
        """
        if self.replicates == 1:
            return "One simulated run each, so chance is not shown"
        return f"{statistic} of {replicates_words(self.replicates)} each, with the same random events"

    def note(self, bands: str) -> str:
        """Return a note on bands; of a single replicate, that assumptions are not varied.

        Args:
            bands: The sentences on bands.
        """
        return bands if self.replicates > 1 else "Assumptions are not varied."

    def stack(self, frames: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
        """Stack the tables of the two scenarios, with their names as the first column."""
        import pandas as pd

        named = [each.assign(scenario=name) for name, each in zip(self.names, frames, strict=True)]
        whole = pd.concat(named, ignore_index=True)
        return whole[["scenario", *(column for column in whole.columns if column != "scenario")]]


def pair_of(comparison: Comparison) -> Pair:
    """Return the two scenarios of a comparison.

    Args:
        comparison: Two scenarios of one place, the baseline first.

    Raises:
        ValueError: If they cannot be compared with each other; `reason_no_pair` says why.
    """
    reason = reason_no_pair(comparison)
    if reason is not None:
        raise ValueError(reason)
    baseline, changed = comparison.cases
    return Pair(
        baseline=_study(baseline),
        changed=_study(changed),
        names=(baseline.label, changed.label),
        title=comparison.title,
        source=source_of(comparison),
    )


def reason_no_pair(comparison: Comparison) -> str | None:
    """Return in words why two scenarios can't be shown in one picture; None if they can."""
    if len(comparison.cases) != 2 or any(case.study is None for case in comparison.cases):
        return "it shows two scenarios with all their simulated runs, a baseline and one that is compared with it"
    one, other = (_study(case).ensemble.axes for case in comparison.cases)
    if (one.months, one.organisations) != (other.months, other.organisations):
        return "the two scenarios are not of the same organisations in the same months"
    return None


def _study(case: Case) -> Study:
    if case.study is None:
        message = f"the simulated runs of {case.label} were not kept"
        raise ValueError(message)
    return case.study
