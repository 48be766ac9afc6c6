"""The tables of a paper on organisations' books: against the baseline, or against their own plans."""

from collections.abc import Sequence
from math import isnan

from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange, organisation_changes
from simulation.analysis.organisations_positions import organisations_positions
from simulation.charts.text.comparison_words import money_unit_of, short_frequency
from simulation.charts.text.words import band_words
from simulation.formatting import counted, discount_words, pounds
from simulation.money_unit import MoneyUnit
from simulation.report.paper import Table
from simulation.report.payers import payers_table
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study

_MOST_LOSERS = 4
_MOST_ORGANISATIONS = 24
"""Organisations in a table; of more, those that change most."""

_Changes = dict[str, dict[str, OrganisationChange]]
"""By organisation and period."""


def organisation_tables(comparison: Comparison, focus: Sequence[Case]) -> tuple[Table, ...]:
    """Return the tables of organisations' books, as far as they are known: one for each choice in question.

    Args:
        comparison: The results.
        focus: The scenarios that the paper is about, that in detail first; none if none is singled out.
    """
    if not focus or focus[0].study is None:
        return ()
    found: dict[str, _Changes] = {}
    changes = organisation_changes(comparison)
    for each in changes:
        found.setdefault(each.scenario, {}).setdefault(each.organisation, {})[each.period] = each
    if not found:
        return (_against_plan(focus[0].study, focus[0].label),)
    labels = [case.label for case in focus if case.label in found] or [next(iter(found))]
    of_choices, unit = payers_table(comparison, changes), money_unit_of(comparison)
    by_year = tuple(_by_year(label, found[label], comparison.discount, unit) for label in labels)
    return by_year if of_choices is None else (of_choices, *by_year)


def _by_year(scenario: str, changes: _Changes, discount: float, unit: MoneyUnit) -> Table:
    shown = _largest(changes)
    any_change = next(iter(changes.values()))
    years = [period for period in any_change if period != WHOLE_RUN]
    heads = [f"{year} (part)" if any_change[year].is_part else year for year in years]
    width = 0.46 / len(years)
    against = any_change[WHOLE_RUN].baseline
    return Table(
        caption=f"Change in each organisation’s books, {unit.head}: {scenario} against {against}",
        heads=("Organisation", *heads, "Whole run"),
        rows=tuple(_year_row(changes[name], years, unit) for name in shown),
        widths=(0.39, *[width] * len(years), 0.15),
        note=(
            f"Means, {discount_words(discount)}, costs of levers and set-up included, "
            "with the same random events; over the whole run with half the "
            f"95% interval, by chance alone.{_left_out(changes, shown)}"
        ),
    )


def _year_row(changes: dict[str, OrganisationChange], years: Sequence[str], unit: MoneyUnit) -> tuple[str, ...]:
    whole = changes[WHOLE_RUN]
    return (
        whole.name,
        *(unit.cell(changes[year].precision.mean, signed=True) for year in years),
        _mean_words(whole, unit),
    )


def _mean_words(change: OrganisationChange, unit: MoneyUnit) -> str:
    """Write a mean with half its 95% interval."""
    precision = change.precision
    shown = not isnan(precision.half_width) and unit.cell(precision.half_width) != "0"
    within = f" ±{unit.cell(precision.half_width)}" if shown else ""
    return f"{unit.cell(precision.mean, signed=True)}{within}"


def _largest(changes: _Changes) -> list[str]:
    """Return the organisations that change most, those that lose most first."""
    mean = {name: each[WHOLE_RUN].precision.mean for name, each in changes.items()}
    most = sorted(mean, key=lambda name: (-abs(mean[name]), name))[:_MOST_ORGANISATIONS]
    return sorted(most, key=lambda name: (mean[name], name))


def _left_out(changes: _Changes, shown: Sequence[str]) -> str:
    more = len(changes) - len(shown)
    return f" {more} more change less." if more else ""


def _against_plan(study: Study, label: str) -> Table:
    """Return the organisations furthest below their plan and those most often worse off."""
    positions = organisations_positions(study.ensemble, discount=study.discount)
    worst = [each for each in positions if 2 * each.loses_in > each.replicates and each not in positions[:_MOST_LOSERS]]
    shown = [*positions[:_MOST_LOSERS], *worst[:3], *([positions[-1]] if len(positions) > _MOST_LOSERS else [])]
    rows = {each.organisation: each for each in shown}.values()
    return Table(
        caption=f"Who ends lowest against its own plan, and who highest: {label}",
        heads=("Organisation", "Against its own plan", "9 in 10 simulated runs", "Runs in which it loses"),
        rows=tuple(
            (
                each.name,
                pounds(each.against_plan.mean, signed=True),
                band_words(each.against_plan),
                short_frequency(each.loses_in, each.replicates),
            )
            for each in rows
        ),
        widths=(0.39, 0.15, 0.25, 0.21),
        note=f"£m over the whole run, {discount_words(study.discount)}, means, by chance alone; "
        f"{counted(len(positions), 'organisation')} in all. One loses in a run if it "
        "ends worse off than before any savings.",
    )
