"""The scenarios side by side: what each leaves, how much of the gap that closes, and its position."""

from math import isnan

from simulation.analysis.bands import Interval, interval_of, varied_interval
from simulation.analysis.place_position import place_position
from simulation.analysis.summary import summarise
from simulation.charts.scenario_table import HEADS, delivered_words
from simulation.charts.text.comparison_words import (
    before_savings_words,
    money_unit_of,
    replicates_of,
    short_frequency,
    target_met,
    uncertain_in,
    varied_replicates,
)
from simulation.charts.text.gap_words import outcome_of
from simulation.charts.text.words import within_words
from simulation.formatting import capital, counted, discount_words, one_decimal, percent
from simulation.money_unit import MILLIONS, MoneyUnit
from simulation.report.paper import Table
from simulation.results.comparison import JOINT_ACTION, Case, Comparison
from simulation.scenario.changes import differ_in_levers_alone

_HEADS = (HEADS[0], "Gap closed", *HEADS[2:])
_WIDTHS = (0.16, 0.08, 0.125, 0.155, 0.07, 0.11, 0.15, 0.15)
_TARGET = 4
_WITHOUT_TARGET = (0.19, 0.08, 0.13, 0.16, 0.115, 0.16, 0.165)
_NONE = "–"

MOST_CASES = 24
"""The most scenarios in a table."""


def side_by_side(comparison: Comparison) -> Table:
    """Return a row for each scenario: medians of its gap and its position, with both bands.

    Args:
        comparison: Results whose cases are choices.
    """
    every = comparison.cases_in_tables
    shown = every[:MOST_CASES]
    more = len(every) - len(shown)
    varied = varied_replicates(comparison)
    met = any(target_met(case)[0] for case in shown)
    only = " Target met in: by chance alone." if varied else ""
    never = only if met else " By chance alone no simulated run meets the target."
    has_surplus = any(outcome_of(case).left < 0 for case in shown)
    surplus = ", all of it also where a surplus is left" if has_surplus else ""
    unit = money_unit_of(comparison)
    rows = [_row(case, unit) for case in shown]
    heads = tuple(head.replace(MILLIONS.head, unit.head) for head in _HEADS)
    also = f"; assumptions: the same of {varied:,}, allowing for {uncertain_in(comparison)}" if varied else ""
    return Table(
        caption="The scenarios side by side" if len(every) > 1 else "The scenario in numbers",
        heads=heads if met else _without_target(heads),
        rows=tuple(row if met else _without_target(row) for row in rows),
        widths=_WIDTHS if met else _WITHOUT_TARGET,
        note=(
            f"Gap closed: the part of the gap before any savings, {before_savings_words(shown)}, by the median"
            f"{surplus}. "
            "Delivered: of the plan on paper, the median. Gap a year. "
            f"Position over the run: income less spending, costs included, {discount_words(comparison.discount)}. "
            f"Chance: the median of {replicates_of(comparison)}, with 9 in 10 in brackets{also}.{never}"
            f"{f' {more} more are in the data.' if more else ''}{_reference_words(comparison)}"
        ),
    )


def _reference_words(comparison: Comparison) -> str:
    """Say what no joint action is, where it was run beside the cases; programmes are agreed without levers too."""
    reference = comparison.no_joint_action
    if reference is None:
        return _without_reference(comparison)
    joint = " Joint action: the scenario with its levers." if comparison.cases[0].label == JOINT_ACTION else ""
    said = f"{joint} {capital(reference.label)}: the same place without levers"
    if reference.study is None or not reference.study.ensemble.axes.programmes:
        return f"{said}."
    agreements = summarise(reference.study.ensemble).agreements
    agreed = agreements.win_win + agreements.win_neutral + agreements.win_lose
    of = counted(len(reference.study.ensemble.axes.programmes), "programme")
    return f"{said}, where {one_decimal(agreed)} of {of} are agreed all the same (mean)."


def _without_reference(comparison: Comparison) -> str:
    """Say why no joint action was not run beside the cases, where none of them is without levers."""
    scenarios = [study.ensemble.scenario for study in comparison.studies.values()]
    if not all(each.levers for each in scenarios) or not scenarios or differ_in_levers_alone(scenarios):
        return ""
    return (
        " No joint action was not run: the scenarios differ in more than their levers, so no one place without levers "
        "is a measure of them all."
    )


def _without_target(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out in how many runs the target is met, where that is none in every scenario."""
    return cells[:_TARGET] + cells[_TARGET + 1 :]


def _row(case: Case, unit: MoneyUnit) -> tuple[str, ...]:
    """Return a case's cells; – where not known."""
    interval, outcome = interval_of(case.gaps), outcome_of(case)
    closed = outcome.words if isnan(outcome.closed) or outcome.closed < 0 else percent(outcome.closed)
    met = short_frequency(*target_met(case))
    gap = (_with_band(interval, unit), _with_band(varied_interval(case.study), unit))
    known = case.positions is not None
    position = tuple(_with_band(each, unit) for each in place_position(case)) if known else (_NONE, _NONE)
    return (capital(case.label), closed, *gap, met, delivered_words(case), *position)


def _with_band(interval: Interval | None, unit: MoneyUnit) -> str:
    """Write a median with its band."""
    return _NONE if interval is None else f"{unit.cell(interval.median)}{within_words(interval, unit.cell)}"
