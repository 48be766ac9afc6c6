"""The choices that results speak for, and the scenario that charts and papers show in detail: one rule for all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import interval_of
from simulation.analysis.compare import has_only_choices
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import Verdict, find_verdict
from simulation.results.comparison import Case, Comparison

MOST_ANSWERED = 3
"""Choices that are each answered for; of more, one by each measure is."""


@dataclass(frozen=True, kw_only=True)
class Leading:
    """The choices that results speak for.

    Attributes:
        unbeaten_by: The choices that the results name, each with the measure by which no other beats it: by both, which
            counts as the gap; or where no choice is unbeaten by both, those by the gap, then those by the position. Of
            a search the one that it recommends. None if there is no reason to prefer any.
        answered: The choices of which a paper says what they cost, who pays and how sure that is, each with the measure
            by which it is judged: those that are named; of more than `MOST_ANSWERED` by each measure the one that is
            least far from the best; if none is named, that by the gap.
        in_detail: The one of these that charts and tables show: that by the gap which is least far from the best. If
            all that are named is no joint action that was run beside the cases, it is the case that is least far.
    """

    unbeaten_by: Mapping[str, Measure]
    answered: Mapping[str, Measure]
    in_detail: str

    @property
    def named(self) -> tuple[str, ...]:
        """The choices that the results name."""
        return tuple(self.unbeaten_by)

    @property
    def is_split(self) -> bool:
        """True if the gap and the position name different choices."""
        return Measure.POSITION in self.unbeaten_by.values()


def find_verdicts(comparison: Comparison) -> dict[Measure, Verdict]:
    """Return the verdict by each measure; none if assumptions were not varied.

    Args:
        comparison: Cases with common random numbers.
    """
    return {measure: each for measure in Measure if (each := find_verdict(comparison, measure)) is not None}


def leading_choices(comparison: Comparison, verdicts: Mapping[Measure, Verdict] | None = None) -> Leading | None:
    """Return the choices that results speak for: the only place where that is decided.

    Args:
        comparison: Cases with common random numbers.
        verdicts: The verdict by each measure; found if left out.

    Returns:
        None if the cases are sets of assumptions, of which none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    recommended = _recommended(comparison)
    if recommended is not None:
        only = {recommended: Measure.GAP}
        return Leading(unbeaten_by=only, answered=only, in_detail=recommended)
    found = find_verdicts(comparison) if verdicts is None else verdicts
    known = {case.label for case in comparison.cases_in_tables}
    gap = found.get(Measure.GAP)
    if gap is None or not {case.label for case in comparison.cases}.intersection(gap.labels):
        label = _smallest_gap(comparison.cases).label
        return Leading(unbeaten_by={}, answered={label: Measure.GAP}, in_detail=label)
    return _of_verdicts(gap, found.get(Measure.POSITION), {case.label for case in comparison.cases}, known)


def case_in_detail(comparison: Comparison) -> Case | None:
    """Return the scenario that is shown in detail, see `leading_choices`.

    Without a verdict it is the scenario with the smallest median gap, which does not make it the better choice.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        Of equals, the first; None if the cases are sets of assumptions, of which none is singled out.
    """
    leading = leading_choices(comparison)
    if leading is None:
        return None
    return next(case for case in comparison.cases_in_tables if case.label == leading.in_detail)


def _recommended(comparison: Comparison) -> str | None:
    """Return the label of the option that a search recommends, or else of the place as it stands, the baseline.

    Returns:
        None if results are of no search, or not of that option.
    """
    search = comparison.search
    if search is None:
        return None
    if search.recommended is None:
        return comparison.cases[0].label
    labels = (case.label for case in comparison.cases_in_tables)
    return next((label for label in labels if label.startswith(f"option {search.recommended} (")), None)


def _of_verdicts(gap: Verdict, position: Verdict | None, cases: Collection[str], known: Collection[str]) -> Leading:
    by_gap = _known(gap.unbeaten, known)
    by_position = by_gap if position is None else _known(position.unbeaten, known)
    both = tuple(label for label in by_gap if label in by_position)
    is_split = bool(by_gap and by_position and not both)
    wanted = (by_gap, by_position, gap.labels) if is_split else (both, gap.labels)
    detail = _closest(gap, next(filter(None, (_known(labels, cases) for labels in wanted))))
    if not is_split:
        alike, own = dict.fromkeys(both, Measure.GAP), both if 0 < len(both) <= MOST_ANSWERED else (detail,)
        return Leading(unbeaten_by=alike, answered=dict.fromkeys(own, Measure.GAP), in_detail=detail)
    named = dict.fromkeys(by_gap, Measure.GAP) | dict.fromkeys(by_position, Measure.POSITION)
    answered = named
    if len(named) > MOST_ANSWERED and position is not None:
        answered = {_closest(gap, by_gap): Measure.GAP, _closest(position, by_position): Measure.POSITION}
    return Leading(unbeaten_by=named, answered=answered, in_detail=detail)


def _known(labels: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(label for label in labels if label in known)


def _closest(found: Verdict, labels: Iterable[str]) -> str:
    """Return the choice that is least far from the best.

    It is the one with the smallest median regret, of equals the one whose regret that is not passed at 19 of 20
    sets is smaller.
    """
    wanted = list(labels)
    regrets = [each for each in found.regrets if each.label in wanted]
    return min(regrets, key=lambda each: (round(each.median, 6), round(each.high, 6))).label


def _smallest_gap(cases: tuple[Case, ...]) -> Case:
    medians = np.round([interval_of(case.gaps).median for case in cases], 6)
    return cases[int(np.argmin(np.nan_to_num(medians, nan=np.inf)))]
