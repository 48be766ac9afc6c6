"""The sheets on costs: of the place by financial year, who pays them, and what each lever costs and closes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulation.analysis.compare import baseline_words, has_only_choices
from simulation.analysis.costs_by_organisation import costs_by_organisation_to_pandas
from simulation.analysis.finance_frames import finance_to_pandas
from simulation.analysis.pay_back import PayBack, pay_back, pay_back_to_pandas
from simulation.formatting import capital, discount_words
from simulation.levers import Lever
from simulation.report.lever_uses import Closes, closes_by_setting, lever_cost_by_month
from simulation.report.workbook.headings import after_colon
from simulation.report.workbook.names import Names
from simulation.report.workbook.sheet import Cell, Column, Format, Sheet, table_of
from simulation.results.comparison import Comparison
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import pandas as pd


def cost_sheets(comparison: Comparison, names: Names, rests: str) -> Iterator[Sheet]:
    """Yield the sheets on costs, as far as the tables for them were kept.

    Args:
        comparison: The results.
        names: The words for ids.
        rests: What the numbers rest on.
    """
    if not comparison.studies or not has_only_choices(comparison):
        return
    yield _costs(comparison, names, rests)
    paid = costs_by_organisation_to_pandas(comparison)
    if len(paid):
        yield _who_pays(comparison, paid, names, rests)
    compared = pay_back(comparison)
    if compared:
        yield _pay_back(comparison, compared, names, rests)
    levers = _levers(comparison, rests)
    if levers.rows:
        yield levers


def _costs(comparison: Comparison, names: Names, rests: str) -> Sheet:
    columns, rows = table_of(finance_to_pandas(comparison).drop(columns=["item", "discount"]), names)
    columns = tuple(column._replace(heading="Line") if column.heading == "Label" else column for column in columns)
    return Sheet(
        name="Costs",
        title="Costs and position of all organisations together, by financial year",
        holds=(
            f"£m, of the gap £m a year, {discount_words(comparison.discount)}. Costs are below 0. The means of the "
            "lines of a scenario add up to its position; the gap and the position so far are of the last month."
        ),
        rests=rests,
        columns=columns,
        rows=rows,
        frozen=2,
    )


def _who_pays(comparison: Comparison, frame: "pd.DataFrame", names: Names, rests: str) -> Sheet:
    named = ["scenario", "name", "organisation", "cost", "period", "part", "mean"]
    columns, rows = table_of(frame[[*named, *(name for name in frame if name not in named)]], names)
    return Sheet(
        name="Who pays",
        title="What each organisation pays for levers and for setting programmes up, by financial year",
        holds=(
            f"£m, {discount_words(comparison.discount)}; costs are above 0. All organisations pay for levers, by "
            "income; those that take part in a programme pay for setting it up, by income. The position counts both."
        ),
        rests=rests,
        columns=columns,
        rows=rows,
        frozen=2,
    )


def _pay_back(comparison: Comparison, found: Sequence[PayBack], names: Names, rests: str) -> Sheet:
    columns, rows = table_of(pay_back_to_pandas(found).drop(columns="discount"), names)
    against = baseline_words(comparison, [each.baseline for each in found])
    return Sheet(
        name="Pay-back",
        title=f"When the position over the run catches up with {against}",
        holds=(
            "The first month from which the place is never again worse off, costs included, with the same random "
            f"events, {discount_words(comparison.discount)}. By the median half have. An empty month is beyond the run."
        ),
        rests=rests,
        columns=columns,
        rows=rows,
        frozen=1,
    )


def _levers(comparison: Comparison, rests: str) -> Sheet:
    years = _years(comparison)
    heads = [f"{year}: cost" for year in years.values()]
    worth = ("mean", "low_90", "high_90", "varied_mean", "varied_low_90", "varied_high_90")
    return Sheet(
        name="Levers",
        title="What each lever costs, and what it closes of the gap",
        holds=(
            f"Cost in £m, {discount_words(comparison.discount)}, as the scenario assumes it; closes in £m a year in "
            "the last month: over every order in which the levers can be added, or by itself against the baseline. "
            "Empty: with these settings that was not run. What is closed rests on the simulated runs and the sets of "
            "assumptions of its own row."
        ),
        rests=rests,
        columns=(
            *(Column(head) for head in ("Scenario", "Lever", "Lever, id", "Who pulls it")),
            *(Column(head, Format.MONEY) for head in (*heads, "Whole run: cost")),
            *(Column(f"Closes: {after_colon(name)}", Format.MONEY) for name in worth),
            *(Column(f"Closes: {what}", Format.WHOLE) for what in ("simulated runs", "sets of assumptions")),
            Column("What it does", Format.LONG_TEXT),
        ),
        rows=list(_lever_rows(comparison, list(years))),
        frozen=2,
    )


def _years(comparison: Comparison) -> dict[str, str]:
    """Return the financial years of all scenarios, and how each is named in a heading."""
    found = {
        year.label: f"{year.label}{' (part)' if year.is_part else ''}"
        for study in comparison.studies.values()
        for year in financial_years(study.ensemble.axes.months)
    }
    return dict(sorted(found.items()))


def _lever_rows(comparison: Comparison, years: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    known = dict(closes_by_setting(comparison))
    for label, study in comparison.studies.items():
        own = {each.label: each for each in financial_years(study.ensemble.axes.months)}
        for lever in (each for each in Lever if each in study.ensemble.scenario.levers):
            monthly = lever_cost_by_month(study, lever)
            costs = [float(monthly[own[year].first : own[year].until].sum()) if year in own else None for year in years]
            named = (label, lever.label, str(lever), capital(lever.pulled_by))
            yield (*named, *costs, float(monthly.sum()), *_closes(known.get((label, lever))), lever.does)


def _closes(closes: Closes | None) -> tuple[Cell, ...]:
    if closes is None:
        return (None,) * 8
    wide = closes.varied
    varied = (None,) * 3 if wide is None else (wide.mean, wide.low_90, wide.high_90)
    return (closes.mean, closes.band.low_90, closes.band.high_90, *varied, closes.runs, closes.points or None)
