"""The scenarios side by side: the outcome of each in words, a symbol and numbers."""

from collections.abc import Sequence
from math import isnan, nan
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Wedge

from simulation.analysis.bands import Interval, interval_of, varied_interval
from simulation.analysis.compare import has_only_choices
from simulation.analysis.place_position import place_position
from simulation.analysis.summary import summarise
from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import headline as verdict_headline
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter_block
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    all_cases,
    before_savings_words,
    comparison_of,
    horizon_of,
    replicates_of,
    short_frequency,
    source_of,
    span_words,
    target_met,
    uncertain_in,
    varied_replicates,
)
from simulation.charts.text.gap_words import outcome_of
from simulation.charts.text.study_words import at_central
from simulation.charts.text.words import band_words, within_words
from simulation.formatting import capital, discount_words, listed, millions, percent, pounds
from simulation.results.comparison import Case, Comparison
from simulation.results.left_out import unvaried_words

if TYPE_CHECKING:
    import pandas as pd

HEADS = (
    "Scenario",
    "Outcome",
    "Gap left, £m (chance)",
    "Gap left, £m (assumptions)",
    "Target met in",
    "Delivered of plan",
    "Position, £m (chance)",
    "Position, £m (assumptions)",
)
_WIDTHS = (2.45, 2.35, 1.7, 2.3, 1.25, 1.6, 1.75, 2.3)
_MOST_NAMED = 3
"""Scenarios that a headline has room to name."""

_SYMBOL = 0.19
_PAD = 0.22


def scenario_table(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw a line for each scenario: outcome, gap and position with both bands, target, delivery and trust.

    Args:
        results: A comparison, or a single study or ensemble.
        theme: The fonts and colours.
    """
    comparison = comparison_of(results)
    rows = [table_row(case) for case in comparison.cases]
    varied = varied_replicates(comparison)
    bands = f"9 in 10 of {replicates_of(comparison)} by chance" if comparison.replicates > 1 else "one simulated run"
    wide = f"Assumptions: 9 in 10 of {varied:,} allowing for {uncertain_in(comparison)}"
    wide = wide if varied else capital(unvaried_words(comparison, were="are"))
    texts = Texts(
        name="scenario_table",
        headline=headline(comparison),
        subtitle=(
            f"Gap a year in {horizon_of(comparison)}, and position of all organisations together over the run, costs "
            f"included, {discount_words(comparison.discount)}: medians, with their bands."
        ),
        note=(
            f"Chance: {bands}, in brackets. {wide}. Outcome and circle: how much is closed of the gap before any "
            f"savings, {before_savings_words(comparison.cases)}.{' Target met in: by chance alone.' if varied else ''}"
        ),
        source=source_of(comparison),
        alt=(
            "Table of scenarios, with how much is closed of the gap before any savings, "
            f"{before_savings_words(comparison.cases)}. {'. '.join(_alt(comparison, row) for row in rows)}."
        ),
    )
    with theme.applied():
        widths = column_widths(rows)
        blocks = [_wrapped(row, widths) for row in rows]
        heads = [
            wrap(head, width - 0.12, bold=True) if width else [""] for head, width in zip(HEADS, widths, strict=True)
        ]
        heights = [max(len(cell) for cell in block) * line_height() + _PAD for block in blocks]
        top = max(map(len, heads)) * line_height() + _PAD
        chart = Chart(texts, _data(comparison, rows), theme, body_height=top + sum(heights) + 0.1, height=0.0)
        stretch = (chart.body_height - top - 0.1) / sum(heights)
        heights = [height * stretch for height in heights]
        _draw(chart, comparison, widths, heads, blocks, [top, *heights])
    return chart


def headline(comparison: Comparison) -> str:
    """Return the finding: the verdict on all choices, or what a single scenario leaves.

    Args:
        comparison: Cases, the baseline first.
    """
    cases = comparison.cases
    medians = [interval_of(case.gaps).median for case in cases]
    if len(cases) == 1:
        alone, study = outcome_of(cases[0]).sentence(horizon_of(comparison)), cases[0].study
        return alone if study is None else at_central(study, alone)
    found = find_verdict(comparison)
    if found is not None:
        return verdict_headline(found)
    if not has_only_choices(comparison):
        return f"{capital(all_cases(comparison))} leave {span_words(medians)}"
    if len(cases) > _MOST_NAMED:
        return f"{capital(all_cases(comparison))} leave {span_words(medians)}; {unvaried_words(comparison)}"
    left = [f"{case.label} {pounds(median)}" for case, median in zip(cases, medians, strict=True)]
    return f"Gap left: {listed(left)}; {unvaried_words(comparison)}"


def delivered_words(case: Case) -> str:
    """Write the part of the plan on paper that is delivered, the median; – if it is not known, or there is no plan."""
    part = nan if case.study is None else summarise(case.study.ensemble).delivered_of_paper.median
    return "–" if isnan(part) else percent(part)


def table_row(case: Case) -> tuple[str, ...]:
    """Return a case's cells in the order of `HEADS`; – where not known."""
    interval = interval_of(case.gaps)
    met = short_frequency(*target_met(case))
    position, varied_position = ("–", "–") if case.positions is None else _both_bands(*place_position(case))
    gap, varied_gap = _both_bands(interval, varied_interval(case.study))
    return (
        capital(case.label),
        outcome_of(case).cell,
        gap,
        varied_gap,
        met,
        delivered_words(case),
        position,
        varied_position,
    )


def _both_bands(chance: Interval, wide: Interval | None) -> tuple[str, str]:
    """Return a median with its band by chance, and the band allowing for uncertain assumptions."""
    return f"{millions(chance.median)}{within_words(chance, millions)}", "–" if wide is None else band_words(
        wide, millions
    )


def _alt(comparison: Comparison, row: Sequence[str]) -> str:
    if not varied_replicates(comparison):
        return f"{row[0]}: {row[1]}; gap left £m {row[2]} by chance, position £m {row[6]}"
    return (
        f"{row[0]}: {row[1]}; gap left £m {row[2]} by chance and {row[3]} allowing for {uncertain_in(comparison)}, "
        f"position £m {row[6]} and {row[7]}"
    )


def column_widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the width of each column, cm; 0 for one with nothing in it, whose room the others have.

    Args:
        rows: The cells of each case, in the order of `HEADS`.
    """
    shown = [number < 2 or any(row[number] != "–" for row in rows) for number in range(len(HEADS))]
    widths = [width if is_shown else 0.0 for width, is_shown in zip(_WIDTHS, shown, strict=True)]
    room = sum(_WIDTHS) - sum(widths)
    names = min(0.55 * room, max(0.0, max(measure(row[0], bold=True) for row in rows) + 0.3 - widths[0]))
    each = (room - names) / (sum(shown) - 1)
    return [width and width + (each if number else names) for number, width in enumerate(widths)]


def _wrapped(row: Sequence[str], widths: Sequence[float]) -> list[list[str]]:
    rooms = [width - 0.12 - (0.5 if number == 1 else 0.0) for number, width in enumerate(widths)]
    return [
        wrap(cell, room, bold=number == 0) if room > 0 else [""]
        for number, (cell, room) in enumerate(zip(row, rooms, strict=True))
    ]


def _draw(
    chart: Chart,
    comparison: Comparison,
    widths: Sequence[float],
    heads: list[list[str]],
    blocks: list[list[list[str]]],
    heights: list[float],
) -> None:
    sheet, palette = chart.add_sheet(), chart.theme.palette
    lefts = [0.15 + sum(widths[:number]) for number in range(len(widths))]
    level = chart.body_height
    for number, (block, height) in enumerate(zip([heads, *blocks], heights, strict=True)):
        middle = level - height / 2
        for column, (left, lines) in enumerate(zip(lefts, block, strict=True)):
            indent = 0.5 if column == 1 and number else 0.0
            weight = "bold" if number == 0 or column == 0 else "normal"
            letter_block(sheet, left + indent, middle, lines, weight=weight)
        if number:
            _draw_symbol(sheet, lefts[1] + _SYMBOL, middle, outcome_of(comparison.cases[number - 1]).closed, palette)
        level -= height
        sheet.plot([0.15, WIDTH - 0.15], [level] * 2, color=palette.grid, lw=1.0 if number == 0 else 0.6, zorder=0.5)


def _draw_symbol(sheet: Axes, x: float, y: float, closed: float, palette: Palette) -> None:
    """Draw a circle filled clockwise from the top by the part that is closed."""
    part = 0.0 if isnan(closed) else min(1.0, max(0.0, closed))
    if part > 0:
        sheet.add_patch(Wedge((x, y), _SYMBOL, 90 - 360 * part, 90, fc=palette.lead, ec="none", zorder=2))
    sheet.add_patch(Circle((x, y), _SYMBOL, fill=False, ec=palette.ink, lw=1.0, zorder=3))


def _data(comparison: Comparison, rows: Sequence[tuple[str, ...]]) -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame(
        rows,
        columns=[
            *("scenario", "outcome", "gap", "gap_varied", "target_met_in", "delivered", "position", "position_varied")
        ],
    )
    return frame.assign(
        closed=[outcome_of(case).closed for case in comparison.cases[: len(rows)]],
        gap_median=[interval_of(case.gaps).median for case in comparison.cases[: len(rows)]],
        position_median=[place_position(case)[0].median for case in comparison.cases[: len(rows)]],
    )
