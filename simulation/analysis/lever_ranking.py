"""Combinations of levers by what they close of the gap, and those that are tied with the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.grades import Grade, Shares, grade_of, shares_of
from simulation.analysis.held import held_words
from simulation.analysis.precision import Precision, precisions_of
from simulation.analysis.verdict import THRESHOLD
from simulation.display import html_table
from simulation.formatting import as_written, capital, counted, listed, millions, percent, pounds, range_words
from simulation.levers import Lever

if TYPE_CHECKING:
    import pandas as pd

_ROUNDING = 1e-9
"""How much of a per cent a sum of floats may lack of a whole one."""


@dataclass(frozen=True, kw_only=True)
class RankedCombination:
    """A combination of levers in all cases, compared with the one that closes most on average.

    Attributes:
        levers: The levers.
        closes: By how much it reduces the gap in the last month, £m a year: the mean with its 95% interval.
        best_in: Share of cases in which no other closes more, 0–1.
        behind: By how much more the first closes, case by case, £m a year.
        first_is_better: Share of cases in which the first closes more by over the threshold, 0–1.
        grade: The strength of the finding that the first closes more, over the cases.
        is_tied: True if it is not established to close less than the first by over the threshold, and for the first
            itself.
        threshold: Differences of up to this count as none, £m a year.
        is_first: True for the first itself.
    """

    levers: tuple[Lever, ...]
    closes: Precision
    best_in: float
    behind: Precision
    first_is_better: float
    grade: Grade
    is_tied: bool
    threshold: float
    is_first: bool = False

    @property
    def label(self) -> str:
        """The labels of its levers, without a capital at the beginning."""
        return listed(f"{lever.label[:1].lower()}{lever.label[1:]}" for lever in self.levers)

    @property
    def against_first(self) -> str:
        """The comparison with the first in words."""
        if self.is_first:
            return "the first"
        if self.is_tied:
            over = over_words(self.threshold)
            if self.grade is Grade.NO_CLEAR_DIFFERENCE:
                return f"no clear difference{over and f' of {over}'} from the first"
            return f"not established to close {over}{over and ' '}less"
        return f"{pounds(self.behind.mean)} less than the first"


@dataclass(frozen=True, kw_only=True, repr=False)
class LeverRanking:
    """Every combination of so many levers, the one that closes most on average first.

    The first was picked for its number, so that number is likely a little high: run it again with another seed.

    Attributes:
        combinations: The combinations, by what they close.
        size: The number of levers in each.
        cases: The number of cases, the same for each.
        uncertain: True if each case has a set of assumptions of its own; False if chance alone varies.
        threshold: Differences of up to this count as none, £m a year.
        held: The values of parameters that the place sets itself, by name, where the others were drawn.
    """

    combinations: tuple[RankedCombination, ...]
    size: int
    cases: int
    uncertain: bool
    threshold: float
    held: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def best(self) -> tuple[RankedCombination, ...]:
        """The first, with all that are not established to close less by over the threshold."""
        return tuple(each for each in self.combinations if each.is_tied)

    @property
    def headline(self) -> str:
        """The finding in a sentence without a full stop."""
        first, count, tied = self.combinations[0], len(self.combinations), len(self.best)
        widens = first.closes.mean < 0 and pounds(first.closes.mean) != pounds(0)
        amount = f"would {'widen the gap by' if widens else 'close'} {pounds(abs(first.closes.mean))} a year"
        if count == 1:
            said = f"{first.label} {amount}"
        elif tied == 1:
            said = f"{first.label} {amount}, {self._than_others('less' if widens else 'more')}"
        elif tied == count:
            less = f"closes {self._over}less than the first"
            said = f"no one combination is best: of no other is it established that it {less}"
        else:
            less = f"close {self._over}less than the first, {first.label}, which {amount}"
            said = f"no one combination is best: {tied} of {count} are tied, none of them established to {less}"
        low, high = _limits(first.closes)
        if amount in said and low <= 0 <= high and pounds(first.closes.mean) != pounds(0):
            said = f"{said}; the amount cannot be distinguished from none"
        return capital(said if self.uncertain else f"at the place's own assumptions, {said}")

    def _than_others(self, more: str) -> str:
        """Say that the first closes more than each of the others; where cases differ, in how many at least."""
        count = len(self.combinations)
        others = "the other combination" if count == 2 else f"each of the other {count - 1} combinations"
        if not self.uncertain:
            return f"{more} than {others}"
        least = min(each.first_is_better for each in self.combinations[1:])
        often = f"in {'' if count == 2 else 'at least '}{percent(floor(100 * least + _ROUNDING) / 100)} of cases"
        return f"{self._over}{more} than {others} {often}"

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each combination, in order.

        Columns: levers; closes with closes_low and closes_high, the 95% interval of the mean, £m a year; best_in, 0–1;
        behind with behind_low and behind_high, how much more the first closes; first_is_better, the share of cases in
        which it closes more by over the threshold, 0–1; tied; threshold, £m a year.
        """
        import pandas as pd

        rows = [
            {
                "levers": " + ".join(each.levers),
                **_with_limits("closes", each.closes),
                "best_in": each.best_in,
                **_with_limits("behind", each.behind),
                "first_is_better": each.first_is_better,
                "tied": each.is_tied,
                "threshold": each.threshold,
            }
            for each in self.combinations
        ]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return f"<LeverRanking: {self.headline}. {self._method}>"

    def _repr_html_(self) -> str:
        rows = [
            (
                capital(each.label),
                millions(each.closes.mean),
                range_words(*_limits(each.closes), millions),
                percent(each.best_in),
                each.against_first,
            )
            for each in self.combinations
        ]
        head = (
            "levers",
            "closes, £m a year",
            "95% interval of the mean",
            "no other closes more in",
            f"against the first (up to {_sum_words(self.threshold)} counts as none)"
            if self.threshold
            else "against the first",
        )
        return html_table(f"{self.headline}. {self._method}", head, rows, numbers=(1, 2, 3))

    @property
    def _over(self) -> str:
        """The words before "less" in a comparison, with a space after them; nothing if every difference counts."""
        over = over_words(self.threshold)
        return over and f"{over} "

    @property
    def _method(self) -> str:
        varied = "its own set of assumptions in each" if self.uncertain else "chance alone varies"
        counts = f"{counted(len(self.combinations), 'combination')} of {counted(self.size, 'lever')}"
        none = f"; a difference of up to {_sum_words(self.threshold)} counts as none" if self.threshold else ""
        held = held_words({"the place": self.held}).removesuffix(".")
        return f"{counts}, {counted(self.cases, 'case')} of each; {varied}{none}{held and '. '}{held}"


def over_words(threshold: float) -> str:
    """Say by how much something must differ to count, such as "over £1m a year"; nothing if every difference counts.

    Args:
        threshold: £m a year, 0 or more.
    """
    return f"over {_sum_words(threshold)}" if threshold else ""


def _sum_words(threshold: float) -> str:
    """Write a threshold as it was given: one of £0.002m would be £0m as an amount."""
    return f"£{as_written(threshold)}m a year"


def rank_combinations(
    levers: Sequence[tuple[Lever, ...]], closed: Floats, *, uncertain: bool, seed: int, threshold: float = THRESHOLD
) -> LeverRanking:
    """Rank combinations of levers by what they close.

    Chance alone: one is tied with the first if the 95% interval of their mean difference holds 0, or the difference is
    within the threshold. With uncertain assumptions: if the first is not found better over the cases, as a verdict
    grades it (ADR 24).

    Args:
        levers: The combinations.
        closed: What each closes of the gap, `[combination, case]`, £m a year; two cases or more, the same for each.
        uncertain: True if each case has a set of assumptions of its own.
        seed: Random seed of the bootstrap.
        threshold: Differences of up to this count as none, £m a year, 0 or more.
    """
    order = np.argsort(-closed.mean(axis=1), kind="stable")
    sorted_closed = closed[order]
    behind = sorted_closed[0] - sorted_closed
    best = (sorted_closed == sorted_closed.max(axis=0)).mean(axis=1)
    means, differences = precisions_of(sorted_closed), precisions_of(behind)
    shares = _shares(behind, threshold, seed)
    ranked = [
        RankedCombination(
            levers=tuple(levers[index]),
            closes=means[place],
            best_in=float(best[place]),
            behind=differences[place],
            first_is_better=shares[place].better.share,
            grade=grade_of(shares[place]),
            threshold=threshold,
            is_first=place == 0,
            is_tied=place == 0 or _is_tied(differences[place], shares[place], threshold, uncertain=uncertain),
        )
        for place, index in enumerate(order)
    ]
    return LeverRanking(
        combinations=tuple(ranked),
        size=len(levers[0]),
        cases=closed.shape[1],
        uncertain=uncertain,
        threshold=threshold,
    )


def _shares(behind: Floats, threshold: float, seed: int) -> list[Shares]:
    """Return the cases in which the first closes more, no different and less than each combination."""
    parts = (behind > threshold, np.abs(behind) <= threshold, behind < -threshold)
    found = shares_of(np.concatenate(parts).astype(np.float64).T, seed)
    count = len(behind)
    return [Shares(found[place], found[count + place], found[2 * count + place]) for place in range(count)]


def _is_tied(difference: Precision, shares: Shares, threshold: float, *, uncertain: bool) -> bool:
    if uncertain:
        return not grade_of(shares).says_better
    return difference.mean - difference.half_width <= 0 or difference.mean <= threshold


def _limits(found: Precision) -> tuple[float, float]:
    return found.mean - found.half_width, found.mean + found.half_width


def _with_limits(name: str, found: Precision) -> dict[str, float]:
    low, high = _limits(found)
    return {name: found.mean, f"{name}_low": low, f"{name}_high": high}
