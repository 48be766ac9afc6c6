"""The choice that a paper's first page is about, and what it is compared with."""

from dataclasses import dataclass

from simulation.analysis.detail import case_in_detail
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import PairVerdict, Verdict, find_verdict
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study
from simulation.scenario.schema import Scenario


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The choice in detail, the one that it is compared with, and the verdicts.

    Attributes:
        comparison: The results.
        case: The choice in detail.
        against: The first scenario of the comparison; if that is the choice in detail itself, no joint action if it
            was run beside the comparison, else the runner-up. None if there is nothing to compare with.
        verdicts: By measure; none if assumptions were not varied.
    """

    comparison: Comparison
    case: Case
    against: Case | None
    verdicts: dict[Measure, Verdict]

    @property
    def pair(self) -> PairVerdict | None:
        """The verdict by the gap on the choice in detail against the other; None if there is none."""
        found = self.verdicts.get(Measure.GAP)
        if found is None or self.against is None or self.against.label not in found.labels:
            return None
        return found.between(self.case.label, self.against.label)


def subject_of(comparison: Comparison) -> Subject | None:
    """Return the choice that a paper is about; None if the cases are sets of assumptions, of which none is singled out.

    Args:
        comparison: The results.
    """
    focus = case_in_detail(comparison)
    if focus is None:
        return None
    found = {measure: each for measure in Measure if (each := find_verdict(comparison, measure)) is not None}
    return Subject(
        comparison=comparison, case=focus, against=_other(comparison, focus, found.get(Measure.GAP)), verdicts=found
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


def register_source(comparison: Comparison) -> tuple[Scenario, Study | None]:
    """Return the scenario whose assumptions the paper lists, and its results; None if they were not kept.

    Args:
        comparison: The results.
    """
    focus = case_in_detail(comparison)
    study = focus.study if focus else None
    return (study.ensemble.scenario if study else comparison.scenario), study
