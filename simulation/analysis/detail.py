"""The scenario that charts and papers show in detail, chosen by a rule that favours no assumption."""

from collections.abc import Container

import numpy as np

from simulation.analysis.bands import interval_of
from simulation.analysis.compare import has_only_choices
from simulation.analysis.verdict import Verdict, find_verdict
from simulation.results.comparison import Case, Comparison


def case_in_detail(comparison: Comparison) -> Case | None:
    """Return the scenario that is shown in detail.

    It is the only choice that the verdict by the gap finds unbeaten. Where there is none or several, it is the choice
    with the smallest median regret, of equals the one whose regret that is not passed at 19 of 20 sets is smaller.
    Without a verdict it is the scenario with the smallest median gap, which does not make it the better choice.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        Of equals, the first; None if the cases are sets of assumptions, of which none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    found = find_verdict(comparison)
    judged = {} if found is None else {case.label: case for case in comparison.cases if case.label in found.labels}
    if found is not None and judged:
        return judged[_label_in_detail(found, judged)]
    medians = np.round([interval_of(case.gaps).median for case in comparison.cases], 6)
    return comparison.cases[int(np.argmin(np.nan_to_num(medians, nan=np.inf)))]


def _label_in_detail(found: Verdict, cases: Container[str]) -> str:
    """Return the choice in detail among the cases; no joint action that was run beside them is none of them."""
    if len(found.unbeaten) == 1 and found.unbeaten[0] in cases:
        return found.unbeaten[0]
    regrets = [each for each in found.regrets if each.label in cases]
    return min(regrets, key=lambda each: (round(each.median, 6), round(each.high, 6))).label
