"""Which assumptions decide which of two choices is better: a rule that is tried on points that were held out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.boxes import Booleans, Rule
from simulation.analysis.choices import choices_of, points_of
from simulation.analysis.measure import Measure
from simulation.analysis.rank_correlations import Correlation, correlate
from simulation.analysis.rule_search import best_rule, hold_out
from simulation.analysis.smallest_advantage import MARGIN, are_enough, points_for, smallest_advantage
from simulation.analysis.verdict import THRESHOLD, advantage
from simulation.extras import is_installed, missing_words
from simulation.known_names import check_name
from simulation.results.comparison import Comparison

_WIDER = 2.0
"""The stretch of the ranges at which rules are looked for too: there assumptions can matter more."""

LEAST_POINTS = 60
"""Points from which on rules are looked for; of fewer, too few can be held out."""

_SURE = 0.05


@dataclass(frozen=True, kw_only=True)
class TriedRule:
    """A rule, and how it did on points that were held out. Shares are of cases: a point with one replicate.

    Attributes:
        rule: The rule; its answer is yes where the first choice is better.
        names: The parameters by column of the rule's limits.
        right: Share of held-out points at which it is right, 0–1.
        gain: How much more that is than the share at which the commoner answer is right.
        density: Share of cases within the rule's boxes in which the first is better.
        elsewhere: The same outside them.
        size: Share of all cases that are within the boxes.
        coverage: Share of the cases with the answer that are within the boxes.
        cases: Number of held-out cases.
    """

    rule: Rule
    names: tuple[str, ...]
    right: float
    gain: float
    density: float
    elsewhere: float
    size: float
    coverage: float
    cases: int

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that it needs."""
        return tuple(self.names[column] for column in self.rule.columns)


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """The assumptions that decide whether the first of two choices is better.

    Attributes:
        first: Label of the choice that is judged.
        second: Label of the one that it is compared with.
        measure: The measure.
        stretch: Factor by which the ranges of assumptions were stretched.
        points: Number of points.
        held_out: How many of them were held out.
        commoner: Share of these at which the commoner answer is right, 0–1; NaN if there are none.
        rarer: Share of all points with the rarer answer, 0–0.5.
        found: The rule; None if none beats the commoner answer, or none could be looked for.
        looked: True if rules were looked for, which needs scikit-learn and enough points.
        correlations: Of every parameter that was varied, the strongest first.
        drawn: Number of assumptions that an experiment draws itself, while all others stay; 0 if all were drawn.
    """

    first: str
    second: str
    measure: Measure
    stretch: float
    points: int
    held_out: int
    commoner: float
    found: TriedRule | None
    looked: bool
    correlations: tuple[Correlation, ...]
    rarer: float = 0.0
    drawn: int = 0

    @property
    def smallest(self) -> float:
        """The smallest advantage over the commoner answer that so many points could well have shown, 0–1."""
        return smallest_advantage(max(1, self.held_out), self.rarer)

    @property
    def is_enough(self) -> bool:
        """True if a rule that counts would well have been found, or no rule could gain so much."""
        return are_enough(self.points, self.held_out, self.rarer)

    @property
    def would_do(self) -> int:
        """The number of points that it takes to find a rule that counts."""
        return points_for(MARGIN, self.rarer)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter that was varied, those that decide first: of the rule, then by correlation."""
        ranked = [each.parameter for each in self.correlations]
        own = self.found.parameters if self.found else ()
        return tuple(sorted(own, key=ranked.index)) + tuple(name for name in ranked if name not in own)


def stretches_tried(comparison: Comparison) -> tuple[float | None, ...]:
    """Return the samples in which rules are looked for: the one that papers show, and a wider one.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        None for the first, as `deciding` takes it; the other by the factor that stretched its ranges.
    """
    choices = choices_of(comparison)
    return (None, _WIDER) if choices and choices[0].stretch < _WIDER else (None,)


def deciding(
    comparison: Comparison,
    first: str,
    second: str,
    *,
    stretch: float | None = None,
    measure: Measure | str = Measure.GAP,
    threshold: float = THRESHOLD,
) -> Deciding | None:
    """Find out which assumptions decide whether one choice is better than another.

    The answer at a point is yes if the first is better by more than the threshold, in the mean of the point's
    replicates. No different counts as no. Rules come from PRIM and from decision trees (CART). The one that does best
    in a cross-validation within two thirds of the points is tried on the rest. It counts only if it is right there at
    5 in 100 points more than the commoner answer, and by more than chance (sign test, 95%).

    Args:
        comparison: Cases with common random numbers.
        first: Label of the choice that is judged.
        second: Label of the one that it is compared with.
        stretch: Which of the samples of assumptions, by the factor that stretched their ranges.
        measure: What they are compared by.
        threshold: Differences of up to this count as none, in the measure's unit.

    Returns:
        None if the two were not run at the same points with assumptions drawn one set by one: of sets that a design
        chose, or that share values, none can be held out.

    Raises:
        ValueError: If there is no such measure, or no case of such a label.
    """
    measure = Measure(measure)
    cases = {case.label for case in comparison.cases_in_tables} | {choice.label for choice in choices_of(comparison)}
    for label in (first, second):
        check_name("case", label, sorted(cases))
    by_label = {choice.label: choice for choice in choices_of(comparison, stretch)}
    if first not in by_label or second not in by_label or first == second:
        return None
    one, other = by_label[first], by_label[second]
    names, points = points_of(one, other)
    gains = advantage(one, other, measure)
    if one.chosen or not names or np.isnan(gains).any():
        return None
    answers = gains.mean(axis=1) > threshold
    held = hold_out(len(points))
    looked = is_installed("sklearn") and len(points) >= LEAST_POINTS
    rule = best_rule(points[~held], answers[~held]) if looked else None
    return Deciding(
        first=first,
        second=second,
        measure=measure,
        stretch=one.stretch_of_all,
        points=len(points),
        held_out=int(held.sum()),
        commoner=_commoner(answers[held]),
        found=None if rule is None else try_rule(rule, names, points[held], gains[held], threshold),
        looked=looked,
        correlations=correlate(names, points, gains.mean(axis=1)),
        rarer=1 - _commoner(answers),
        drawn=one.drawn_of_model,
    )


def rules_lack(comparison: Comparison) -> str:
    """Return what has to be installed before rules are looked for; empty if they are, or there are too few points.

    Args:
        comparison: Cases with common random numbers.
    """
    choices = choices_of(comparison)
    return missing_words("sklearn") if choices and len(choices[0].gaps) >= LEAST_POINTS else ""


def try_rule(rule: Rule, names: Sequence[str], points: Floats, gains: Floats, threshold: float) -> TriedRule | None:
    """Try a rule on points that were held out when it was found.

    Args:
        rule: The rule.
        names: The parameters by column.
        points: The held-out points, `[point, column]`.
        gains: By how much the first is better, `[point, replicate]`.
        threshold: Differences of up to this count as none.

    Returns:
        How it did; None if it does not clearly beat the commoner answer.
    """
    answers, better = gains.mean(axis=1) > threshold, gains > threshold
    within, said = rule.holds(points), rule.answers(points)
    commoner = bool(answers.mean() >= 0.5)
    right = float((said == answers).mean())
    if within.all() or not within.any() or right < _commoner(answers) + MARGIN or not _is_sure(said, answers, commoner):
        return None
    wanted = better if rule.inside else ~better
    return TriedRule(
        rule=rule,
        names=tuple(names),
        right=right,
        gain=right - _commoner(answers),
        density=float(better[within].mean()),
        elsewhere=float(better[~within].mean()),
        size=float(within.mean()),
        coverage=float(wanted[within].sum()) / max(1.0, float(wanted.sum())),
        cases=better.size,
    )


def _commoner(answers: Booleans) -> float:
    share = float(answers.mean()) if len(answers) else nan
    return max(share, 1 - share)


def _is_sure(said: Booleans, answers: Booleans, commoner: bool) -> bool:
    """True if, where the rule and the commoner answer differ, the rule is right more often than by chance."""
    from scipy.stats import binomtest

    differ = said != commoner
    count = int(differ.sum())
    return count > 0 and binomtest(int((said == answers)[differ].sum()), count, alternative="greater").pvalue <= _SURE
