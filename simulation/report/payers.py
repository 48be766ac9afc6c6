"""The table of who gains and who pays with each choice, since the paper has details of one of them alone."""

from collections.abc import Collection, Sequence
from math import fsum

from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange
from simulation.formatting import capital, discount_words, pounds
from simulation.report.paper import Table
from simulation.results.comparison import Comparison

_HARDLY = 0.005
"""£m; a smaller change is none."""

_MOST_CHOICES = 24
_NONE = "–"


def payers_table(comparison: Comparison, changes: Collection[OrganisationChange]) -> Table | None:
    """Return a row for each choice: who gains and who pays against its baseline, and who pays most.

    Args:
        comparison: Results whose cases are choices.
        changes: Every organisation's changes in each choice.

    Returns:
        None where a single choice is compared with the baseline: a sentence and a chart say it of that one.
    """
    by_choice: dict[str, list[OrganisationChange]] = {}
    for each in changes:
        if each.period == WHOLE_RUN:
            by_choice.setdefault(each.scenario, []).append(each)
    if len(by_choice) < 2:
        return None
    shown = list(by_choice.values())[:_MOST_CHOICES]
    bases = {choice[0].baseline for choice in shown}
    against = bases.pop() if len(bases) == 1 else "its baseline"
    more = len(by_choice) - len(shown)
    return Table(
        caption=f"Who gains and who pays with each choice, against {against}",
        heads=("Choice", "Gain", "Pay", "Pays most", "Of it"),
        rows=tuple(map(_row, shown)),
        widths=(0.31, 0.11, 0.1, 0.4, 0.08),
        note=(
            f"Means over the run, {discount_words(comparison.discount)}, costs included."
            f"{f' {more} more are in the data.' if more else ''}"
        ),
    )


def _row(choice: Sequence[OrganisationChange]) -> tuple[str, ...]:
    gaining = [each for each in choice if each.precision.mean >= _HARDLY]
    paying = [each for each in choice if each.precision.mean <= -_HARDLY]
    cells = (capital(choice[0].scenario), _together(gaining), _together(paying))
    if not paying:
        return (*cells, _NONE, _NONE)
    most = min(paying, key=lambda each: each.precision.mean)
    return (*cells, most.name, pounds(-most.precision.mean))


def _together(some: Sequence[OrganisationChange]) -> str:
    """Write how many organisations change in one direction, and by how much together: 12: £43m."""
    if not some:
        return "none"
    return f"{len(some)}: {pounds(abs(fsum(each.precision.mean for each in some)))}"
