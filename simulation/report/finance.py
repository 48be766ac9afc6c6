"""The tables of a paper on money: costs and position of every scenario by financial year, and when each pays back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.analysis.bands import Floats, interval_of
from simulation.analysis.compare import baseline_words, has_only_choices
from simulation.analysis.finance import Finance, finance_of
from simulation.analysis.pay_back import pay_back
from simulation.charts.text.comparison_words import money_unit_of, uncertain_in
from simulation.charts.text.finance_words import pay_back_cells
from simulation.charts.text.words import band_words
from simulation.formatting import capital, discount_words, first_few
from simulation.money_unit import MoneyUnit
from simulation.report.paper import Table
from simulation.results.comparison import Comparison
from simulation.results.financial_year import FinancialYear

_MOST_BY_YEAR = 3
"""The most scenarios of which every line is shown by year; of more, the one in detail."""

_MOST, _MOST_NAMED = 24, 4
_MOST_YEARS = 4
_Line = tuple[str, tuple[str, ...]]
"""The name of a line and the items of `analysis.finance` that it is the sum of."""

_LINES: tuple[_Line, ...] = (
    ("gap before any savings", ("do_nothing",)),
    ("own savings", ("efficiency",)),
    ("saved by programmes", ("programmes",)),
    ("saved in contracts", ("contracts",)),
    ("set-up", ("set_up",)),
    ("levers", ("levers",)),
)
_POSITION: _Line = ("position", ("position",))


@dataclass(frozen=True)
class _Period:
    """Financial years that share a column."""

    head: str
    years: slice


def finance_tables(comparison: Comparison, in_detail: Collection[str] = (), contracts: str = "") -> tuple[Table, ...]:
    """Return the tables of costs and position, over the run and by financial year, and of pay-back.

    Nothing where that is not known. Of sets of assumptions, none is shown, since a board does not choose among them.

    Args:
        comparison: The results; scenarios whose tables were not kept, or that run over other months, are left out.
        in_detail: Labels of the scenarios whose lines are shown by year if there are many; the first one if left out.
        contracts: What is saved in contracts, in a sentence or two for the note of the last table of costs.
    """
    found = {label: finance_of(study) for label, study in comparison.studies_in_tables.items()}
    if not found or not has_only_choices(comparison):
        return ()
    first = next(iter(found.values()))
    alike = {label: each for label, each in found.items() if each.months == first.months}
    shown = dict(list(alike.items())[:_MOST])
    detail = shown
    if len(shown) > _MOST_BY_YEAR:
        detail = {label: each for label, each in shown.items() if label in (in_detail or list(shown)[:1])}
    costs = [_over_run(comparison, shown)] if len(detail) < len(shown) else []
    costs += [_by_year(comparison, detail, _periods(first.years))] if detail else []
    others = "The other scenarios by year are in costs-and-position.csv." if len(detail) < len(shown) else ""
    left_out = _left_out([each for each in found if each not in alike], len(alike) - len(shown))
    note = " ".join(each for each in (_note(comparison), others, left_out, contracts) if each)
    return (*costs[:-1], replace(costs[-1], note=note), *_pay_back(comparison, shown))


def _left_out(of_other_months: Sequence[str], more: int) -> str:
    """Say which scenarios have no lines here, and where they are."""
    parts = []
    if of_other_months:
        run, are = ("runs", "is") if len(of_other_months) == 1 else ("run", "are")
        named = first_few([f"“{label}”" for label in of_other_months], _MOST_NAMED)
        parts.append(f"{named} {run} over other months and {are} not here.")
    if more:
        parts.append(f"{more} more are in costs-and-position.csv.")
    return " ".join(parts)


def _by_year(comparison: Comparison, shown: Mapping[str, Finance], periods: Sequence[_Period]) -> Table:
    width, unit = 0.44 / len(periods), money_unit_of(comparison)
    return Table(
        caption=f"Costs and position by financial year, {unit.head}",
        heads=("Scenario and line", *(each.head for each in periods), "Whole run"),
        rows=tuple(row for label, each in shown.items() for row in ((capital(label),), *_rows(each, periods, unit))),
        widths=(0.34, *[width] * len(periods), 0.22),
        note=_note(comparison),
    )


def _over_run(comparison: Comparison, shown: Mapping[str, Finance]) -> Table:
    """Return a row for each scenario, with its lines over the whole run side by side."""
    rows, unit = [], money_unit_of(comparison)
    for label, each in shown.items():
        over = {name: np.sum([each.over_run(item) for item in items], axis=0) for name, items in (*_LINES, _POSITION)}
        cells = [unit.cell(float(amounts.mean())) for amounts in over.values()]
        cells[-1] += _band(over[_POSITION[0]], unit)
        rows.append((capital(label), *cells))
    return Table(
        caption=f"Costs and position over the whole run, {unit.head}",
        heads=("Scenario", *(capital(name) for name, _ in _LINES), "Position"),
        rows=tuple(rows),
        widths=(0.225, 0.12, 0.09, 0.135, 0.1, 0.065, 0.075, 0.19),
        note=f"{_means_words(comparison)}.",
    )


def _periods(years: Sequence[FinancialYear]) -> tuple[_Period, ...]:
    """Return a column for each year; of many years the later ones share the last column."""
    alone = len(years) if len(years) <= _MOST_YEARS else _MOST_YEARS - 1
    single = [
        _Period(f"{year.label} (part)" if year.is_part else year.label, slice(number, number + 1))
        for number, year in enumerate(years[:alone])
    ]
    rest = years[alone:]
    if not rest:
        return tuple(single)
    part = " (part)" if rest[-1].is_part else ""
    return (*single, _Period(f"{rest[0].label} to {rest[-1].label}{part}", slice(alone, None)))


def _rows(finance: Finance, periods: Sequence[_Period], unit: MoneyUnit) -> Iterator[tuple[str, ...]]:
    """Yield a row for each line that is not 0 throughout as it is shown; the last is the position, with its band."""
    for name, items in (*_LINES, _POSITION):
        by_year = np.sum([finance.by_year(item) for item in items], axis=0)
        amounts = [by_year[:, each.years].sum(axis=1) for each in periods]
        whole = by_year.sum(axis=1)
        cells = [unit.cell(float(each.mean())) for each in (*amounts, whole)]
        if name != _POSITION[0] and set(cells) == {"0"}:
            continue
        if name == _POSITION[0]:
            cells[-1] += _band(whole, unit)
        yield (capital(name), *cells)


def _band(amounts: Floats, unit: MoneyUnit) -> str:
    interval = interval_of(amounts)
    return f" ({band_words(interval, unit.cell)})" if interval.low_90 < interval.high_90 else ""


def _means_words(comparison: Comparison) -> str:
    bands = "; in brackets 9 in 10 simulated runs, by chance alone" if comparison.replicates > 1 else ""
    return f"Means, {discount_words(comparison.discount)}{bands}"


def _note(comparison: Comparison) -> str:
    return (
        f"{_means_words(comparison)}. Means add up, medians do not: but for rounding, the "
        "lines of a scenario add up to its position, and medians of the same may differ a little. Costs are below 0; "
        "cost shifts between the two sides of a contract add up to 0."
    )


def _pay_back(comparison: Comparison, shown: Collection[str]) -> tuple[Table, ...]:
    """Return the table of pay-back months; nothing if no scenario has a baseline."""
    found = [each for each in pay_back(comparison) if each.scenario in shown]
    if not found:
        return ()
    against = baseline_words(comparison, [each.baseline for each in found])
    return (
        Table(
            caption=f"When the position over the run catches up with {against}",
            heads=(
                "Scenario", "By chance alone", "Within the run in",
                f"Allowing for {uncertain_in(comparison)}", "Within the run in",
            ),
            rows=tuple(
                (capital(each.scenario), *pay_back_cells(each.by_chance), *pay_back_cells(each.varied))
                for each in found
            ),
            widths=(0.275, 0.25, 0.1125, 0.25, 0.1125),
            note=(
                "The first month from which the place is never again worse off, costs included, with the same random "
                f"events, {discount_words(comparison.discount)}: of the middle simulated run, in brackets of 9 in 10."
            ),
        ),
    )  # fmt: skip
