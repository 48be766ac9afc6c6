"""Mark results that were read without checking that their files are as they were written."""

from dataclasses import replace

from simulation.results.comparison import Case, Comparison


def unchecked(comparison: Comparison) -> Comparison:
    """Return results marked as read without checking that their files are as they were written.

    Args:
        comparison: The results.
    """

    def marked(case: Case) -> Case:
        return case if case.study is None else replace(case, study=replace(case.study, is_checked=False))

    reference = comparison.no_joint_action
    return replace(
        comparison,
        cases=tuple(map(marked, comparison.cases)),
        no_joint_action=None if reference is None else marked(reference),
        is_checked=False,
    )
