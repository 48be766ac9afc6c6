"""The verdict on choices: in how many cases each is better than another, by how much, and how far from the best."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.at_centre import at_centre
from simulation.analysis.bands import Floats
from simulation.analysis.choices import Choice, choices_of, stretches_run
from simulation.analysis.compare import MATERIAL
from simulation.analysis.grades import HOLDS_FROM, Grade, HoldsTo, Shares, grade_of, holds_to, shares_of_gains
from simulation.analysis.measure import Measure
from simulation.analysis.regret import Regret, regrets_of
from simulation.analysis.resampling import Sampled
from simulation.known_names import unknown_name
from simulation.results.comparison import Comparison
from simulation.results.left_out import how_to_vary, unvaried_words

if TYPE_CHECKING:
    import pandas as pd

THRESHOLD = MATERIAL
"""£m a year of gap, £m of position over the run. Differences of up to this count as none."""


@dataclass(frozen=True, kw_only=True)
class PairVerdict:
    """The verdict on two choices by one measure.

    Attributes:
        first: Label of the one that is judged.
        second: Label of the one that it is compared with.
        measure: The measure.
        shares: In how many cases the first is better, no different, and worse.
        median: Median over cases of the first's number minus the second's, £m a year or £m.
        low: One case in twenty lies below.
        high: One case in twenty lies above.
        central: Median of the same difference at the scenarios' own assumptions; NaN if that was not run.
        drawn: Number of assumptions that an experiment draws itself, while all others stay; 0 if all were drawn.
        central_side: Its sign as far as chance and the medians of both let a reader see it; see `AtCentre`.
        points: Number of points, each one set of assumptions.
        cases: Number of cases: points times replicates.
        threshold: Differences of up to this count as none, in the measure's unit.
        stretch: Factor by which the ranges of assumptions were stretched.
        sampled: The part of the cases that is a sample of others, and that the intervals are over.
        holds_to: How far it holds; None where the first is not better in 60 of 100 cases, or nothing else was tried.
    """

    first: str
    second: str
    measure: Measure
    shares: Shares
    median: float
    low: float
    high: float
    central: float
    points: int
    cases: int
    threshold: float
    stretch: float = 1.0
    sampled: Sampled = Sampled.POINTS
    holds_to: HoldsTo | None = None
    central_side: int = 0
    drawn: int = 0

    @property
    def chosen(self) -> bool:
        """True if the points were chosen by the experiment's design, and not drawn one by one from ranges."""
        return self.sampled is not Sampled.POINTS

    @property
    def runs(self) -> int:
        """Number of simulated runs at each point."""
        return self.cases // self.points

    @property
    def has_intervals(self) -> bool:
        """True if there is a sample whose intervals can be given: drawn points, or several runs at chosen ones."""
        return self.sampled is Sampled.POINTS or (self.sampled is Sampled.RUNS and self.runs > 1)

    @property
    def grade(self) -> Grade:
        """The strength of the finding."""
        return grade_of(self.shares)

    @property
    def central_sign(self) -> int:
        """1 if the first is better at the central assumptions, −1 if worse, 0 if no different, not clear or unknown."""
        is_material = abs(self.central) > self.threshold and np.sign(self.central) == self.central_side
        return (-self.central_side if self.measure is Measure.GAP else self.central_side) if is_material else 0


@dataclass(frozen=True, kw_only=True, repr=False)
class Verdict:
    """The verdict on all choices of a comparison by one measure.

    Attributes:
        measure: The measure.
        labels: The choices, in the order of the comparison.
        pairs: Every ordered pair of two choices.
        regrets: One for each choice.
    """

    measure: Measure
    labels: tuple[str, ...]
    pairs: tuple[PairVerdict, ...]
    regrets: tuple[Regret, ...]

    def __repr__(self) -> str:
        from simulation.analysis.verdict_table import verdict_to_text

        return verdict_to_text(self)

    def _repr_html_(self) -> str:
        from simulation.analysis.verdict_table import verdict_to_html

        return verdict_to_html(self)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each ordered pair of choices, see `verdict_to_pandas`."""
        return verdict_to_pandas([self])

    def between(self, first: str, second: str) -> PairVerdict:
        """Return the verdict on one choice against another.

        Raises:
            KeyError: If these are not two of the choices.
        """
        for pair in self.pairs:
            if (pair.first, pair.second) == (first, second):
                return pair
        for name in (first, second):
            if name not in self.labels:
                raise KeyError(unknown_name("choice", name, self.labels))
        message = f"{first!r} and {second!r} are not two of the choices {', '.join(self.labels)}"
        raise KeyError(message)

    @property
    def later_against_earlier(self) -> tuple[PairVerdict, ...]:
        """Each pair once: the later choice of the comparison against the earlier one, in the order of the earlier."""
        order = {label: number for number, label in enumerate(self.labels)}
        pairs = [pair for pair in self.pairs if order[pair.first] > order[pair.second]]
        return tuple(sorted(pairs, key=lambda pair: (order[pair.second], order[pair.first])))

    @property
    def unbeaten(self) -> tuple[str, ...]:
        """The choices that are found worse than no other."""
        beaten = {pair.first for pair in self.pairs if pair.grade.says_worse}
        return tuple(label for label in self.labels if label not in beaten)

    @property
    def best_at_centre(self) -> str | None:
        """The choice that beats every other at the central assumptions; None if none does, or that was not run."""
        for label in self.labels:
            if all(pair.central_sign > 0 for pair in self.pairs if pair.first == label):
                return label
        return None


def verdict(comparison: Comparison, measure: Measure | str = Measure.GAP, *, threshold: float = THRESHOLD) -> Verdict:
    """Judge every pair of choices over all cases that evidence cannot rule out; see `find_verdict`.

    Args:
        comparison: Cases with common random numbers, such as `run_comparison(..., supporting_runs=True)` returns.
        measure: What they are compared by: gap or position.
        threshold: Differences of up to this count as none, in the measure's unit, 0 or more.

    Raises:
        ValueError: If there is no such measure, no two choices were run at the same points or the threshold is below 0.
    """
    found = find_verdict(comparison, measure, threshold=threshold)
    if found is not None:
        return found
    few = "a verdict needs two scenarios to choose from, at least"
    message = few if len(comparison.cases) < 2 else f"{unvaried_words(comparison)}: {how_to_vary(comparison)}"
    if comparison.has_sets_of_assumptions:
        message = "no two choices were run at the same set of assumptions without a failure"
    raise ValueError(message)


def find_verdict(
    comparison: Comparison, measure: Measure | str = Measure.GAP, *, threshold: float = THRESHOLD
) -> Verdict | None:
    """Judge every pair of choices over all cases that evidence cannot rule out.

    A case is one point (one set of assumptions) and one replicate, with common random numbers. Shares are over cases,
    with intervals by bootstrap over points (Field and Welsh 2007), since replicates of one point are not independent.
    Where points were chosen, as in a grid, they stay as they are and replicates are drawn again, all points together.

    Args:
        comparison: Cases with common random numbers.
        measure: What they are compared by.
        threshold: Differences of up to this count as none, in the measure's unit, 0 or more.

    Returns:
        None if there are not two choices that were run at the same points.

    Raises:
        ValueError: If the threshold is below 0 or not a number.
    """
    measure = Measure(measure)
    if not threshold >= 0:
        message = f"the threshold must be 0 or more (given: {threshold})"
        raise ValueError(message)
    choices = choices_of(comparison)
    if not choices:
        return None
    shares = _all_shares(choices, measure, threshold, comparison.seed)
    tried = _better_by_stretch(comparison, measure, threshold)
    pairs = [
        _pair(one, other, measure, threshold, shares[one.label, other.label], tried)
        for one in choices
        for other in choices
        if one is not other
    ]
    return Verdict(
        measure=measure,
        labels=tuple(choice.label for choice in choices),
        pairs=tuple(pairs),
        regrets=_regrets(choices, measure),
    )


def verdict_to_pandas(verdicts: Iterable[Verdict]) -> "pd.DataFrame":
    """Return a row for each ordered pair of choices and measure: shares of cases, median difference, grade.

    Shares are 0–1 with the ends of 95% intervals over points, runs where points were chosen, or None. `holds_to` is the
    stretch to which the first is better in 60 of 100 cases. Differences, first less second, are in £m a year or £m.
    """
    import pandas as pd

    columns = [
        "measure", "first", "second", "better", "better_low", "better_high", "no_different", "no_different_low",
        "no_different_high", "worse", "worse_low", "worse_high", "median", "low_90", "high_90", "central", "grade",
        "holds_to", "holds_to_at_least", "points", "cases", "interval_over",
    ]  # fmt: skip
    rows = [
        (
            *(pair.measure.value, pair.first, pair.second, *_share_cells(pair)),
            *(pair.median, pair.low, pair.high, pair.central, pair.grade.value),
            *((None, None) if pair.holds_to is None else pair.holds_to[:2]),
            *(pair.points, pair.cases, pair.sampled.value if pair.has_intervals else None),
        )
        for each in verdicts
        for pair in each.pairs
    ]
    return pd.DataFrame(rows, columns=columns)


def _share_cells(pair: PairVerdict) -> Iterator[float]:
    """Yield each share with the ends of its interval; NaN for these where there is none."""
    for share in (pair.shares.better, pair.shares.same, pair.shares.worse):
        yield from share if pair.has_intervals else (share.share, np.nan, np.nan)


def advantage(one: Choice, other: Choice, measure: Measure | str) -> Floats:
    """Return by how much one choice is better than another, `[point, replicate]`.

    Args:
        one: The choice that is judged.
        other: The one that it is compared with, at the same points.
        measure: What they are compared by.

    Returns:
        £m a year of gap or £m of position; above 0 the first is better.
    """
    measure = Measure(measure)
    difference = _numbers(one, measure) - _numbers(other, measure)
    return -difference if measure is Measure.GAP else difference


def _numbers(choice: Choice, measure: Measure) -> Floats:
    return choice.gaps if measure is Measure.GAP else choice.positions


def _all_shares(
    choices: Sequence[Choice], measure: Measure, threshold: float, seed: int
) -> dict[tuple[str, str], Shares]:
    """Return the shares of every ordered pair; one bootstrap serves them all."""
    pairs = list(combinations(choices, 2))
    gains = np.stack([advantage(one, other, measure) for one, other in pairs])
    found = shares_of_gains(gains, threshold, seed, choices[0].sampled)
    shares: dict[tuple[str, str], Shares] = {}
    for each, (one, other) in zip(found, pairs, strict=True):
        shares[one.label, other.label], shares[other.label, one.label] = each, each.mirrored
    return shares


def _better_by_stretch(
    comparison: Comparison, measure: Measure, threshold: float
) -> dict[float, dict[tuple[str, str], float]]:
    """Return the share of cases in which the first of two choices is better, by stretch of the ranges."""
    found: dict[float, dict[tuple[str, str], float]] = {}
    for stretch in stretches_run(comparison):
        choices = choices_of(comparison, stretch)
        if choices and not any(np.isnan(_numbers(choice, measure)).any() for choice in choices):
            found[stretch] = {
                (one.label, other.label): float((advantage(one, other, measure) > threshold).mean())
                for one in choices
                for other in choices
                if one is not other
            }
    return found if len(found) > 1 else {}


def _pair(
    one: Choice,
    other: Choice,
    measure: Measure,
    threshold: float,
    shares: Shares,
    tried: dict[float, dict[tuple[str, str], float]],
) -> PairVerdict:
    differences = _numbers(one, measure) - _numbers(other, measure)
    median, low, high = np.quantile(differences, (0.5, 0.05, 0.95))
    named = one.label, other.label
    centre = at_centre(
        *(each.central_gap if measure is Measure.GAP else each.central_position for each in (one, other))
    )
    is_found = grade_of(shares) is not Grade.NOT_ESTABLISHED
    by_stretch = [(stretch, better[named]) for stretch, better in tried.items() if named in better]
    return PairVerdict(
        first=one.label,
        second=other.label,
        measure=measure,
        shares=shares,
        median=float(median),
        low=float(low),
        high=float(high),
        central=centre.median,
        central_side=centre.side,
        points=len(differences),
        cases=differences.size,
        threshold=threshold,
        stretch=one.stretch,
        sampled=one.sampled,
        drawn=one.drawn,
        holds_to=holds_to(by_stretch, one.stretch) if is_found and shares.better.share >= HOLDS_FROM else None,
    )


def _regrets(choices: Sequence[Choice], measure: Measure) -> tuple[Regret, ...]:
    means = np.array([_numbers(choice, measure).mean(axis=1) for choice in choices])
    return regrets_of([choice.label for choice in choices], -means if measure is Measure.GAP else means)
