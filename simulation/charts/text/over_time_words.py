"""The headlines of charts of several scenarios month by month."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.graded_words import VERBS, Verbs, graded_words
from simulation.analysis.grades import HOLDS_FROM, Shares, grade_of, shares_of_gains
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import THRESHOLD
from simulation.charts.text.comparison_words import horizon_of, span_words
from simulation.formatting import capital, counted, month_words, parts_of_hundred, pounds, two_decimals
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words
from simulation.scenario.months import month_names

LEAST = 0.03
"""The least difference of mean trust that a headline counts."""

_TRUST_VERBS = Verbs("ends with more trust than", "ends with less trust than", "ends with most trust", ("more", "less"))


@dataclass(frozen=True)
class _Pair:
    """By how much one scenario is better than another month by month, with the same random events.

    Attributes:
        better: The one whose median ends better.
        other: The other one.
        gains: `[point, replicate, month]`, in the column's unit; above 0 the first is better. A point at which either
            failed is left out.
        varied: True if assumptions were drawn from their ranges, the same for both; a point is a set of them. If not,
            a point is a simulated run.
        seed: Random seed of the intervals; the verdict on the same cases has the same.
    """

    better: str
    other: str
    gains: Floats
    varied: bool
    seed: int

    @property
    def cases(self) -> int:
        """Number of cases: points times replicates."""
        return int(self.gains.shape[0] * self.gains.shape[1])

    def shares(self, least: float) -> list[Shares]:
        """Return in how many cases the first is better, no different and worse, by month.

        Args:
            least: Differences of up to this count as none, in the column's unit.
        """
        return shares_of_gains(np.moveaxis(self.gains, -1, 0), least, self.seed)

    def parts(self, shares: Shares) -> tuple[str, ...]:
        """Return better, no different and worse in parts of 100 cases that add up, as a verdict has them."""
        better, worse = (round(each.share * self.cases) for each in (shares.better, shares.worse))
        return parts_of_hundred((better, self.cases - better - worse, worse))

    def finding(self, shares: Shares, verbs: Verbs, within: str, horizon: str) -> str:
        """Return the verdict's grade of some shares in its own words, without a full stop.

        Args:
            shares: Of the cases, in the last month.
            verbs: The words for better and worse.
            within: The amount up to which there is no difference, in words.
            horizon: The last month, in words.
        """
        grade, named = grade_of(shares), (self.better, self.other)
        if grade.says_worse:
            shares, grade, named = shares.mirrored, grade_of(shares.mirrored), (self.other, self.better)
        noun = "case" if self.varied else "simulated run"
        of = counted(min(100, self.cases), noun)
        better, same, worse = (f"{part} of {of}" for part in self.parts(shares))
        said = graded_words(grade, named, verbs, (better, same, worse), within=within)
        # The first word of a label keeps its own case within the sentence.
        label = capital(named[0])
        rest = f"{named[0]}{said.removeprefix(label)}" if said.startswith(label) else said[:1].lower() + said[1:]
        return f"In {horizon}, {rest}"


def gap_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Say from when on one scenario leaves less than another, and how often: those whose medians end furthest apart.

    The verdict says which choice is better in the last month; this is what months add to it. Where one is never better
    in most cases, it says what the verdict's rules say of the last month.

    Args:
        comparison: The scenarios.
        medians: The median gap in the last month, by scenario, £m a year.
    """
    less, more = _furthest_apart(medians)
    pair = _pair(comparison, less, more, "gap", sign=-1)
    horizon = horizon_of(comparison)
    if not pair.varied:
        return f"{span_words([*medians.values()])} is left in {horizon}; {unvaried_words(comparison)}"
    if not pair.cases:
        return f"{span_words([*medians.values()])} is left in {horizon}; no case was run in full"
    shares = pair.shares(THRESHOLD)
    short = np.flatnonzero([each.better.low < HOLDS_FROM for each in shares])
    since = int(short[-1]) + 1 if len(short) else 0
    if since == len(shares):
        return pair.finding(shares[-1], VERBS[Measure.GAP], pounds(THRESHOLD), horizon)
    better = pair.parts(shares[-1])[0]
    often = f"in {better} of {min(100, pair.cases)} cases"
    if since == len(shares) - 1:
        if len(short) < since:
            return f"In {horizon}, and not in the month before, {less} clearly leaves less than {more}: {often}"
        return f"Only in {horizon} does {less} clearly leave less than {more}: {often}"
    month = month_words(month_names(comparison.scenario.start, comparison.scenario.months)[since])
    return f"From {month} on, {less} leaves less than {more} in most cases, and in {horizon} {often}"


def trust_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Say by the verdict's rules if trust ends higher with one scenario than with another: those furthest apart.

    Args:
        comparison: The scenarios.
        medians: Median trust in the last month, by scenario, 0–1.
    """
    low, high = _furthest_apart(medians)
    pair = _pair(comparison, high, low, "trust", sign=1)
    horizon = horizon_of(comparison)
    if not pair.cases:
        said = f"In {horizon}, nothing is known of trust: no case was run in full"
    else:
        said = pair.finding(pair.shares(LEAST)[-1], _TRUST_VERBS, f"{two_decimals(LEAST)} of trust", horizon)
    return said if pair.varied else f"{said}; {unvaried_words(comparison)}"


def _furthest_apart(medians: dict[str, float]) -> tuple[str, str]:
    """Return the scenario whose median is lowest, and another whose median is highest."""
    lowest = min(medians, key=lambda each: medians[each])
    return lowest, max((each for each in medians if each != lowest), key=lambda each: medians[each])


def _pair(comparison: Comparison, better: str, other: str, column: str, *, sign: int) -> _Pair:
    """Return two scenarios, over the ranges of assumptions if both were run at the same points.

    Args:
        comparison: The scenarios.
        better: Label of the first.
        other: Label of the second.
        column: What is compared.
        sign: 1 if more of it is better, −1 if less is.
    """
    first, second = comparison.studies[better], comparison.studies[other]
    one, two = first.assumptions, second.assumptions
    if one is not None and two is not None and column in one.columns and column in two.columns:
        same = (len(one), one.points, one.stretch) == (len(two), two.points, two.stretch)
        if same:
            gains = sign * (one[column] - two[column])
            by_point = gains.reshape(one.points, -1, gains.shape[-1])
            return _Pair(better, other, _whole(by_point), varied=True, seed=comparison.seed)
    gains = sign * (first.ensemble[column] - second.ensemble[column])
    return _Pair(better, other, _whole(gains[:, np.newaxis]), varied=False, seed=comparison.seed)


def _whole(gains: Floats) -> Floats:
    """Return the points at which nothing failed."""
    return gains[~np.isnan(gains).any(axis=(1, 2))]
