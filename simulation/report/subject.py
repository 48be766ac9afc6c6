"""The choice that a paper's first page is about, and what it is compared with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from simulation.analysis.compare import has_only_choices
from simulation.analysis.detail import Leading, find_verdicts, leading_choices
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import PairVerdict, Verdict
from simulation.charts.text.comparison_words import money_unit_of
from simulation.money_unit import MoneyUnit
from simulation.results.comparison import Case, Comparison


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The choice in detail, the one that it is compared with, and the verdicts.

    Attributes:
        comparison: The results.
        case: The choice in detail.
        against: The first scenario of the comparison; if that is the choice in detail itself, no joint action if it
            was run beside the comparison, else the runner-up. None if there is nothing to compare with.
        verdicts: By measure; none if assumptions were not varied.
        leading: The choices that the results speak for, of which the choice in detail is one.
    """

    comparison: Comparison
    case: Case
    against: Case | None
    verdicts: Mapping[Measure, Verdict]
    leading: Leading

    @property
    def pair(self) -> PairVerdict | None:
        """The verdict by the gap on the choice in detail against the other; None if there is none."""
        found = self.verdicts.get(Measure.GAP)
        if found is None or self.against is None or self.against.label not in found.labels:
            return None
        return found.between(self.case.label, self.against.label)

    @property
    def unit(self) -> MoneyUnit:
        """The unit of the place's money."""
        return money_unit_of(self.comparison)

    def answered(self) -> "Iterator[tuple[Subject, Measure]]":
        """Yield a subject for each choice that the paper answers for, with the measure by which it is judged."""
        by_label = {case.label: case for case in self.comparison.cases_in_tables}
        for label, measure in self.leading.answered.items():
            case = by_label[label]
            if case is self.case:
                yield self, measure
            else:
                against = _other(self.comparison, case, self.verdicts.get(Measure.GAP))
                yield replace(self, case=case, against=against), measure

    @property
    def has_others(self) -> bool:
        """True if the choice in detail is one of several, so that a sentence on it alone names it."""
        return len(self.comparison.cases_in_tables) > 1

    @property
    def others_answered(self) -> "tuple[Subject, ...]":
        """The subjects of the choices that the paper answers for beside the one in detail."""
        return tuple(each for each, _ in self.answered() if each.case is not self.case)

    @property
    def in_question(self) -> tuple[Case, ...]:
        """The choices that the paper answers for, that in detail first."""
        return (self.case, *(each.case for each in self.others_answered))

    @property
    def others_described(self) -> "tuple[Subject, ...]":
        """Those of them that need sentences of their own, since the one in detail is not compared with them."""
        return tuple(each for each in self.others_answered if each.case is not self.against)


def subject_of(comparison: Comparison) -> Subject | None:
    """Return the choice that a paper is about; None if the cases are sets of assumptions, of which none is singled out.

    Args:
        comparison: The results.
    """
    found = find_verdicts(comparison) if has_only_choices(comparison) else {}
    leading = leading_choices(comparison, found)
    if leading is None:
        return None
    focus = next(case for case in comparison.cases_in_tables if case.label == leading.in_detail)
    return Subject(
        comparison=comparison,
        case=focus,
        against=_other(comparison, focus, found.get(Measure.GAP)),
        verdicts=found,
        leading=leading,
    )


def _other(comparison: Comparison, focus: Case, found: Verdict | None) -> Case | None:
    """Return the baseline; if that is the choice in detail, no joint action or the choice with the smallest regret."""
    if focus is not comparison.cases[0]:
        return comparison.cases[0]
    others = [case for case in comparison.cases if case is not focus]
    if comparison.no_joint_action is not None or not others:
        return comparison.no_joint_action
    regrets = {} if found is None else {each.label: (each.median, each.high) for each in found.regrets}
    return min(others, key=lambda case: regrets.get(case.label, (float("inf"), float("inf"))))
