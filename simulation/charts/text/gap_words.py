"""Words for a gap: how much of the gap itself is closed, and if the target is met."""

from dataclasses import dataclass
from math import isnan, nan

from simulation.analysis.bands import interval_of
from simulation.analysis.target import is_met
from simulation.formatting import NOT_KNOWN, percent, pounds
from simulation.money_unit import ROUNDING
from simulation.results.comparison import Case

_OUTCOMES = ((0.9, "nearly closes"), (0.5, "mostly closes"), (0.1, "stays open"), (-0.1, "hardly changes"))
"""Closed part of the gap before any savings, and the outcome above it; further down the gap grows."""

_LITTLE = 0.1
"""Closed part of the gap before any savings, up or down, under which a sentence calls it hardly changed."""

_SHOWN = 0.005
"""£m, less than which is written £0m, and the part of the gap before any savings, less than which is none."""


@dataclass(frozen=True)
class GapOutcome:
    """A gap in the last month, beside the gap before any savings and the target.

    Attributes:
        left: Gap left, £m a year.
        before: Gap before any savings, £m a year.
        target: Gap to be reached, £m a year.
    """

    left: float
    before: float
    target: float

    @property
    def is_met(self) -> bool:
        """True if the target is met."""
        return is_met(self.left, self.target)

    @property
    def is_closed(self) -> bool:
        """True if no gap is left; that a target above zero is met doesn't close it."""
        if self.had_none:
            return False
        return self.left <= ROUNDING or (self.is_met and self.left < _SHOWN * min(1.0, self.before))

    @property
    def had_none(self) -> bool:
        """True if there was no gap to close before any savings, or a surplus, and there is none now."""
        return self.before <= ROUNDING and self.left <= ROUNDING

    @property
    def closed(self) -> float:
        """Closed part of the gap before any savings: 1 is all, below 0 it grows; NaN if there was none or is not known.

        The target plays no part in it.
        """
        if self.is_closed:
            return 1.0
        return (self.before - self.left) / self.before if self.before > 0 else nan

    @property
    def words(self) -> str:
        """The outcome in a word or two."""
        if isnan(self.left) or isnan(self.before):
            return NOT_KNOWN
        if self.had_none:
            return "no gap to close"
        if self.is_closed:
            return "closes"
        return next((words for least, words in _OUTCOMES if self.closed > least), "grows")

    @property
    def cell(self) -> str:
        """The outcome with the part of the gap that is closed and, if so, that the target is met."""
        if self.words == NOT_KNOWN:
            return NOT_KNOWN
        met = "; target met" if self.is_met and not self.is_closed else ""
        missed = "; target not met" if self.is_closed and not self.is_met else ""
        part = f", {percent(self.closed)} closed" if 0 < self.closed < 1 else ""
        return f"{self.words}{part}{met}{missed}"

    def sentence(self, horizon: str) -> str:
        """Say if the target is met, and how much of the gap is closed, or if it changes little or grows.

        Args:
            horizon: The last month, in words.
        """
        left, before, target = map(pounds, (self.left, self.before, self.target))
        if self.had_none:
            return f"There is no gap to close before any savings: it is {left} in {horizon}, and the target {target}"
        if self.is_closed and not self.is_met:
            return f"The gap closes, but the target is not met: {left} against a target of {target} in {horizon}"
        if self.is_closed:
            return f"The gap closes: {left} against a target of {target} in {horizon}"
        if self.is_met and self.before < self.left:
            return f"The target of {target} is met, but the gap grows: {left} remains in {horizon}"
        if self.is_met:
            return f"The target of {target} is met: {_small(self.left)} of {before} remains in {horizon}"
        return self._unmet(horizon)

    def _unmet(self, horizon: str) -> str:
        """Say how much of the gap is closed where some is left and the target is not met."""
        left, before = _small(self.left), pounds(self.before)
        if not self.closed >= -_LITTLE:
            return f"The gap grows beyond that before any savings: {left} against {before} in {horizon}"
        if self.closed < 0:
            return f"The gap hardly changes: {left} remains in {horizon}, {before} before any savings"
        if self.closed < _LITTLE:
            return f"The gap hardly changes: {left} of {before} remains in {horizon}"
        return f"{pounds(self.before - self.left)} of the {before} gap is closed; {left} remains in {horizon}"


def outcome_of(case: Case) -> GapOutcome:
    """Return the outcome of the median gap of a case."""
    return GapOutcome(interval_of(case.gaps).median, case.before_savings, case.target)


def _small(left: float) -> str:
    """Write a gap that is left, which is never nothing."""
    return "under £5,000" if ROUNDING < left < _SHOWN else pounds(left)
