"""The table of who gains and who pays with each choice, since the paper has details of one of them alone."""

from collections.abc import Collection, Sequence

from simulation.analysis.compare import baseline_words
from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange, other_organisations_words, sides_of
from simulation.charts.text.comparison_words import money_unit_of
from simulation.formatting import capital, discount_words
from simulation.money_unit import MoneyUnit
from simulation.report.paper import Table
from simulation.results.comparison import Comparison

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
    against = baseline_words(comparison, [choice[0].baseline for choice in shown])
    more, unit = len(by_choice) - len(shown), money_unit_of(comparison)
    return Table(
        caption=f"Who gains and who pays with each choice, against {against}",
        heads=("Choice", "Gain", "Pay", "Not clear", "Pays most", "Of it"),
        rows=tuple(_row(choice, unit) for choice in shown),
        widths=(0.27, 0.12, 0.11, 0.08, 0.32, 0.1),
        note=(
            f"Means over the run, {discount_words(comparison.discount)}, costs included. Not clear: the 95% interval "
            "holds 0."
            f"{f' {more} more are in the data.' if more else ''}{other_organisations_words(comparison, by_choice)}"
        ),
    )


def _row(choice: Sequence[OrganisationChange], unit: MoneyUnit) -> tuple[str, ...]:
    sides = sides_of(choice)
    gain, pay = _together(sides.gaining, sides.gained, unit), _together(sides.paying, sides.paid, unit)
    cells = (capital(choice[0].scenario), gain, pay, str(len(sides.unclear) or "none"))
    if not sides.paying:
        return (*cells, _NONE, _NONE)
    return (*cells, sides.paying[0].name, unit.words(-sides.paying[0].precision.mean))


def _together(some: Sequence[OrganisationChange], amount: float, unit: MoneyUnit) -> str:
    """Write how many organisations change in one direction, and by how much together: 12: £43m."""
    return f"{len(some)}: {unit.words(amount)}" if some else "none"
