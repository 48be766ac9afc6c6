"""The sheets of scenarios: what each leaves with both bands, and what is left at every set of assumptions."""

from collections.abc import Iterable, Iterator

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of, varied_interval
from simulation.analysis.choices import distinct_cases, group_points
from simulation.analysis.compare import has_only_choices
from simulation.analysis.place_position import place_position, positions_of
from simulation.analysis.precision import precisions_of
from simulation.analysis.summary import summarise
from simulation.charts.text.comparison_words import horizon_of, target_met
from simulation.charts.text.gap_words import outcome_of
from simulation.charts.text.words import parameter_words
from simulation.formatting import capital, discount_words
from simulation.report.choices_table import count_known, mean_of, positions_at
from simulation.report.workbook.sheet import Cell, Column, Format, Sheet, cell_of
from simulation.results.comparison import Case, Comparison

_BAND = ("median", "middle half, from", "middle half, to", "9 in 10, from", "9 in 10, to")
_WIDE = "allowing for uncertain assumptions, "


def scenario_sheets(comparison: Comparison, rests: str) -> Iterator[Sheet]:
    """Yield the table of scenarios with both bands; of sets of assumptions that of choices, and that of every set.

    Args:
        comparison: The results.
        rests: What the numbers rest on.
    """
    if has_only_choices(comparison):
        yield _side_by_side(comparison, rests)
        return
    yield _choices(comparison, rests)
    yield _sets(comparison, rests)


def _side_by_side(comparison: Comparison, rests: str) -> Sheet:
    bands = [
        Column(f"{what}: {over}{limit}", Format.MONEY) for what in _WHAT for over in ("", _WIDE) for limit in _BAND
    ]
    return Sheet(
        name="Scenarios",
        title="The scenarios side by side",
        holds=(
            f"Gap in {horizon_of(comparison)}, £m a year; position of all organisations together over the run, £m, "
            f"costs included, {discount_words(comparison.discount)}. Medians and bands over simulated runs."
        ),
        rests=rests,
        columns=(
            Column("Scenario"),
            Column("Outcome"),
            Column("Part of the gap closed, a surplus as all", Format.SHARE),
            Column("Gap before any savings", Format.MONEY),
            Column("Target", Format.MONEY),
            Column("Target met in", Format.WHOLE),
            Column("Simulated runs", Format.WHOLE),
            Column("Delivered of plan: median", Format.SHARE),
            Column("Delivered of plan: 9 in 10, from", Format.SHARE),
            Column("Delivered of plan: 9 in 10, to", Format.SHARE),
            *bands,
        ),
        rows=[_row(case) for case in comparison.cases_in_tables],
        frozen=1,
    )


_WHAT = ("Gap", "Position")


def _row(case: Case) -> tuple[Cell, ...]:
    outcome = outcome_of(case)
    delivered = None if case.study is None else summarise(case.study.ensemble).delivered_of_paper
    shares = (None,) * 3 if delivered is None else (delivered.median, delivered.low_90, delivered.high_90)
    position = (None, None) if case.positions is None else place_position(case)
    bands = (interval_of(case.gaps), varied_interval(case.study), *position)
    return (
        capital(case.label),
        outcome.cell,
        outcome.closed,
        outcome.before,
        outcome.target,
        *target_met(case),
        *shares,
        *(cell for band in bands for cell in _limits(band)),
    )


def _limits(band: Interval | None) -> tuple[Cell, ...]:
    """Return the median and the limits of both bands; empty cells if it is not known."""
    return (None,) * 5 if band is None else (band.median, band.low_50, band.high_50, band.low_90, band.high_90)


def _choices(comparison: Comparison, rests: str) -> Sheet:
    heads = [f"{what}: {limit}" for what in _WHAT for limit in (*_BAND, "lowest", "highest")]
    return Sheet(
        name="Choices",
        title="The choices over all sets of assumptions",
        holds=(
            f"Gap in {horizon_of(comparison)}, £m a year; position over the run, £m, costs included, "
            f"{discount_words(comparison.discount)}: the means at each set of assumptions, their median and range."
        ),
        rests=rests,
        columns=(
            Column("Choice"),
            Column("Sets of assumptions", Format.WHOLE),
            *(Column(head, Format.MONEY) for head in heads),
        ),
        rows=[
            (
                capital(label),
                count_known(cases.values()),
                *_over(cases.values(), gaps=True),
                *_over(cases.values(), gaps=False),
            )
            for label, cases in group_points(comparison).items()
        ],
        frozen=1,
    )


def _over(cases: Iterable[Case], *, gaps: bool) -> tuple[Cell, ...]:
    means = np.array([mean_of(case.gaps if gaps else positions_at(case)) for case in cases])
    if np.isnan(means).all():
        return (None,) * 7
    return (*_limits(interval_of(means)), float(np.nanmin(means)), float(np.nanmax(means)))


def _sets(comparison: Comparison, rests: str) -> Sheet:
    factors = comparison.factors
    numbers = ("mean", "± half the 95% interval", "median", "9 in 10, from", "9 in 10, to")
    return Sheet(
        name="Sets of assumptions",
        title="What is left at every set of assumptions",
        holds=(
            f"Gap in {horizon_of(comparison)}, £m a year; position over the run, £m, costs included, "
            f"{discount_words(comparison.discount)}. Bands by chance alone. An empty cell keeps the scenario’s own "
            "value."
        ),
        rests=rests,
        columns=(
            Column("Scenario"),
            *(Column(parameter_words(factor), Format.PLAIN) for factor in factors),
            Column("Simulated runs", Format.WHOLE),
            *(Column(f"{what}: {number}", Format.MONEY) for what in _WHAT for number in numbers),
        ),
        rows=[
            (
                case.variant,
                *(cell_of(case.values.get(factor)) for factor in factors),
                int((~np.isnan(case.gaps)).sum()),
                *_numbers(case.gaps),
                *_numbers(positions_of(case)),
            )
            for case in distinct_cases(comparison)
        ],
        frozen=1,
    )


def _numbers(values: Floats | None) -> tuple[Cell, ...]:
    if values is None or np.isnan(values).all():
        return (None,) * 5
    (precision,), band = precisions_of(values[np.newaxis]), interval_of(values)
    return (precision.mean, precision.half_width, band.median, band.low_90, band.high_90)
