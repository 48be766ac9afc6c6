"""The bridge: a waterfall from the gap before any savings to the gap that is left, read from the top."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from simulation.analysis.bands import Interval, varied_interval
from simulation.analysis.bridge import Bridge, build_bridge
from simulation.analysis.target import is_met
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, draw_whisker, letter, letter_block
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.study_words import as_study, at_central, place_words, source_line, uncertain_words
from simulation.charts.text.words import band_words, domain_words, one_run_words, replicates_words
from simulation.formatting import capital, listed, month_words, pounds, range_words
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study

_NAMES, _RIGHT = 4.1, 0.15
_BAR = 0.42
_GAP = 0.14
_ROUNDED = 0.005
"""£m, by which two amounts that are written alike may differ."""


@dataclass(frozen=True)
class _Row:
    """One bar of the waterfall, £m a year."""

    name: str
    start: float
    """Start of the bar."""
    end: float
    """End of the bar."""
    colour: int
    """Index among the palette's categories; −1 for the quiet colour."""
    amount: float
    """The amount written beside it."""
    low: float
    high: float
    closes: bool
    """True if it is a step that closes the gap."""


def bridge(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw what closes the gap: efficiency, then each group of programmes, then what is left.

    Args:
        results: A study, an ensemble alone, or a comparison of one.
        theme: The fonts and colours.
    """
    study = as_study(results)
    ensemble = study.ensemble
    built = build_bridge(ensemble)
    rows = _rows(built)
    texts = Texts(
        name="bridge",
        headline=at_central(study, headline(built) + (" (means)" if len(ensemble) > 1 else "")),
        subtitle=_subtitle(study, built),
        note=_note(study, built),
        source=source_line(study),
        alt=_alt(ensemble, rows, built),
    )
    with theme.applied():
        names = [wrap(row.name, _NAMES - 0.3) for row in rows]
        heights = [max(_BAR + _GAP, len(lines) * line_height() + 0.06) for lines in names]
        chart = Chart(texts, built.to_pandas(), theme, body_height=sum(heights) + 0.1)
        stretch = min(1.35, (chart.body_height - 0.1) / sum(heights))
        _draw(chart, rows, names, [height * stretch for height in heights], built)
    return chart


def headline(built: Bridge) -> str:
    """Return the finding: what closes more, and what is left.

    Args:
        built: The parts of the gap.
    """
    before, efficiency, programmes = built.do_nothing, built.efficiency.mean, built.programmes
    money = {name: pounds(amount) for name, amount in (("e", efficiency), ("p", programmes))}
    met = f"; the target of {pounds(built.target)} is met" if is_met(built.gap.mean, built.target) else ""
    if before <= 0:
        saved = f"{pounds(efficiency + programmes)}, {money['e']} from own efficiency, {money['p']} from programmes"
        return f"There is no gap to close before any savings; these bring {saved}{met}"
    if not built.groups:
        return f"There are no programmes: own efficiency closes {money['e']} of {pounds(before)}{met}"
    if efficiency <= 0 and programmes <= 0 and built.gap.mean > built.target:
        return f"Nothing closes the gap: all of {pounds(before)} is left"
    both = efficiency + programmes
    closes = "bring {}, more than the gap of {}" if both > before + _ROUNDED else "close {} of {}"
    found = f"Savings {closes.format(pounds(both), pounds(before))}"
    return f"{found}: {money['e']} from own efficiency, {money['p']} from joint programmes{met}"


def _rows(built: Bridge) -> list[_Row]:
    first, gap = built.do_nothing, built.gap
    rows = [_Row("Before any savings", 0.0, first, -1, first, first, first, closes=False)]
    steps: list[tuple[str, Interval, int]] = [("Each organisation’s own efficiency", built.efficiency, 0)]
    steps += [(domain_words(group.domain), group.closes, 1) for group in built.groups]
    level = first
    for name, closes, colour in steps:
        amount, end = closes.mean, level - closes.mean
        rows.append(_Row(name, level, end, colour, amount, closes.low_90, closes.high_90, closes=True))
        level = end
    left = f"Left in {month_words(built.month)}"
    rows.append(_Row(left, 0.0, gap.mean, 3, gap.mean, gap.low_90, gap.high_90, closes=False))
    return rows


def _draw(chart: Chart, rows: list[_Row], names: list[list[str]], heights: list[float], built: Bridge) -> None:
    """Draw bars from the top down on one sheet in cm, each with its name and its amount."""
    palette, sheet = chart.theme.palette, chart.add_sheet()
    values = [_value_words(row, has_range=row.low < row.high) for row in rows]
    room = max(measure(f"{bold} {rest}", bold=True) for bold, rest in values) + 0.3
    ends = [amount for row in rows for amount in (row.start, row.end, *_limits(row))] + [0.0, built.target]
    low, high = min(ends), max(ends)
    scale = (WIDTH - _NAMES - _RIGHT - room) / ((high - low) or 1.0)
    top = chart.body_height - 0.05
    foot = top - sum(heights)

    def x(amount: float) -> float:
        return _NAMES + (amount - low) * scale

    sheet.plot([x(0.0)] * 2, [foot, top], color="#767676", lw=1.0, zorder=1)
    for row, lines, height, value in zip(rows, names, heights, values, strict=True):
        middle = top - height / 2
        letter_block(sheet, 0.15, middle, lines, weight="normal" if row.closes else "bold")
        colour = palette.quiet if row.colour < 0 else palette.categorical[row.colour]
        sheet.barh(
            middle,
            x(row.end) - x(row.start),
            _BAR,
            left=x(row.start),
            color=colour,
            ec=palette.ground,
            lw=0.8,
            zorder=2,
        )
        reach = _draw_interval(sheet, row, x, middle, palette)
        _write_value(sheet, max(reach, x(row.start), x(row.end)) + 0.15, middle, value)
        top -= height
        if row is not rows[-1]:
            foot_of_link = middle - _BAR / 2 - height + _BAR
            sheet.plot(
                [x(row.end)] * 2,
                [middle - _BAR / 2, foot_of_link],
                color=palette.quiet,
                lw=0.8,
                ls=(0, (2, 2)),
                zorder=1.5,
            )
    _draw_target(sheet, x(built.target), foot, heights[-1], palette)


def _draw_interval(sheet: Axes, row: _Row, x: Callable[[float], float], middle: float, palette: Palette) -> float:
    """Draw a whisker over the 90% band at the end of a bar, and return its right end, cm; 0 if there is none."""
    if row.low >= row.high:
        return 0.0
    low, high = (x(limit) for limit in _limits(row))
    draw_whisker(sheet, low, high, middle, ink=palette.ink, ground=palette.ground)
    return high


def _limits(row: _Row) -> tuple[float, float]:
    """Return the 90% band of the end of a bar, £m a year."""
    if row.closes:
        return row.start - row.high, row.start - row.low
    return row.low, row.high


def _value_words(row: _Row, *, has_range: bool) -> tuple[str, str]:
    """Return the words beside a bar: the amount, and its 90% band."""
    amount = pounds(-row.amount if row.closes else row.amount)
    band = f"({range_words(row.low, row.high)})" if has_range else ""
    return amount, band


def _write_value(sheet: Axes, left: float, middle: float, value: tuple[str, str]) -> None:
    bold, rest = value
    letter(sheet, left, middle, bold, weight="bold")
    letter(sheet, left + measure(f"{bold} ", bold=True) + 0.08, middle, rest)


def _draw_target(sheet: Axes, at: float, foot: float, height: float, palette: Palette) -> None:
    """Draw a diamond at the target, on the last bar."""
    sheet.plot([at], [foot + height / 2], marker="D", ms=7, mec=palette.ground, mew=1.0, color=palette.ink, zorder=4)


def _subtitle(study: Study, built: Bridge) -> str:
    ensemble = study.ensemble
    what = f"What closes the gap by {month_words(built.month)}, £m a year. {place_words(ensemble)}."
    if len(ensemble) == 1:
        return what
    return f"{what} Means of {replicates_words(len(ensemble))}, which add up but for rounding."


def _note(study: Study, built: Bridge) -> str:
    wide, target = varied_interval(study), f"Diamond: the target, {pounds(built.target)}."
    left = unvaried_words(study, were="are")
    if wide is not None:
        left = f"allowing for {uncertain_words(study)}, {band_words(wide)} is left in 9 of 10"
    if len(study.ensemble) == 1:
        return f"{target} {one_run_words('' if wide is None else f'{capital(left)}.')}"
    return f"{target} Lines: 9 in 10 of the runs, by chance alone; {left}."


def _alt(ensemble: Ensemble, rows: list[_Row], built: Bridge) -> str:
    first, *steps, last = rows
    closed = [f"{row.name[:1].lower()}{row.name[1:]} {pounds(row.amount)}" for row in steps]
    band = f" ({range_words(last.low, last.high)} in 9 of 10 simulated runs)" if last.low < last.high else ""
    return (
        f"Waterfall for {place_words(ensemble)}, £m a year: of {pounds(first.amount)} before any savings, "
        f"{listed(closed)} are taken off; {pounds(last.amount)}{band} is left, "
        f"against a target of {pounds(built.target)}."
    )
