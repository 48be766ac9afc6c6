"""Trust, or the gap, of several scenarios month by month, a line each, with its name at the line's end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import Bands, Floats, monthly_bands, series_to_pandas
from simulation.analysis.verdict import THRESHOLD
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_line, name_months
from simulation.charts.drawing.value_axis import scale_money, scale_trust
from simulation.charts.text.comparison_words import horizon_of, replicates_of, source_of, uncertain_in
from simulation.charts.text.over_time_words import LEAST, gap_headline, trust_headline
from simulation.charts.text.study_words import period_words
from simulation.charts.text.words import ONE_RUN, band_words
from simulation.formatting import capital, pounds, two_decimals
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words
from simulation.scenario.paths import gap_before_any_savings, target

_MARGIN = 5.4
_APART, _STEP = 0.35, 0.3
"""cm: from the last month to the first range right of it, and from one range to the next."""
_MOST_RANGES = 3
"""Scenarios whose ranges have room in words beside the line's end."""
_MARKERS = ("", "o", "s", "^", "D", "v", "P")


@dataclass(frozen=True)
class _Series:
    """One scenario's line."""

    label: str
    bands: Bands
    varied: Bands | None
    """The bands allowing for uncertain assumptions; None if they were not varied."""

    @property
    def last(self) -> float:
        """The median in the last month."""
        return float(self.bands.median[-1])


def trust_over_time(results: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the mean trust of every scenario month by month, with the range in which it ends.

    Args:
        results: Two scenarios or more whose tables were kept.
        theme: The fonts and colours.
    """
    series = _series_of(results, "trust")
    return _draw_chart(
        results,
        series,
        theme,
        name="trust_over_time",
        headline=trust_headline(results, {each.label: each.last for each in series}),
        measure="Mean trust between organisations, 0 to 1",
        explained=f" A difference counts if it is above {two_decimals(LEAST)}.",
        show=two_decimals,
    )


def gap_over_time(results: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap of every scenario month by month, with the range in which it ends, and the gap before any savings.

    Args:
        results: Two scenarios or more whose tables were kept.
        theme: The fonts and colours.
    """
    series = _series_of(results, "gap")
    return _draw_chart(
        results,
        series,
        theme,
        name="gap_over_time",
        headline=gap_headline(results, {each.label: each.last for each in series}),
        measure="Gap between spending and income, £m a year",
        explained=f" A difference counts if it is above {pounds(THRESHOLD)}." if _is_varied(series) else "",
        show=pounds,
    )


def _is_varied(series: list[_Series]) -> bool:
    return all(each.varied is not None for each in series)


def _series_of(comparison: Comparison, column: str) -> list[_Series]:
    return [
        _Series(
            label,
            monthly_bands(study.ensemble, column),
            None
            if study.assumptions is None or column not in study.assumptions.columns
            else monthly_bands(study.assumptions, column),
        )
        for label, study in comparison.studies.items()
    ]


def _draw_chart(
    comparison: Comparison,
    series: list[_Series],
    theme: Theme,
    *,
    name: str,
    headline: str,
    measure: str,
    explained: str,
    show: Callable[[float], str],
) -> Chart:
    ensemble = next(iter(comparison.studies.values())).ensemble
    several, is_money = comparison.replicates > 1, name == "gap_over_time"
    texts = Texts(
        name=name,
        headline=headline,
        subtitle=f"{measure}. {comparison.title}, {period_words(ensemble)}."
        + (f" Lines: medians of {replicates_of(comparison)}." if several else ""),
        note=_note(comparison, series) + explained + (_whose_lines(comparison) if is_money else ""),
        source=source_of(comparison),
        alt=_alt(comparison, series, measure, show),
    )
    before = gap_before_any_savings(comparison.scenario) if is_money else None
    goal = target(comparison.scenario) if is_money else None
    labels = _labels(series, theme.palette, show, several=several)
    labels += _reference_labels(before, goal, theme.palette)
    lines = {each.label: each.bands for each in series}
    lines |= {f"{each.label}, uncertain assumptions": each.varied for each in series if each.varied is not None}
    data = series_to_pandas(ensemble.axes.months, {**lines, "before any savings": before}, "value")
    with theme.applied():
        chart = Chart(texts, data, theme, body_height=max(6.4, body_height_for(labels, _MARGIN)))
        place = add_line_panel(chart, _MARGIN)
        strip = _APART + _STEP * len(series)
        name_months(place.axes, ensemble.axes.months, place.width - strip)
        _scale(place.axes, series, before, goal)
        _draw(place.axes, series, before, goal, theme.palette, room=(place.width, strip), several=several)
        place.label(labels)
    return chart


def _scale(panel: Axes, series: list[_Series], before: Floats | None, goal: float | None) -> None:
    if before is None or goal is None:
        scale_trust(panel)
        return
    drawn = [values for each in series for bands in (each.bands, each.varied) if bands for values in _extremes(bands)]
    numbers = np.concatenate([*drawn, before, [goal]])
    scale_money(panel, float(np.nanmin(numbers)), float(np.nanmax(numbers)))


def _extremes(bands: Bands) -> tuple[Floats, ...]:
    """Return all of a line's median, and the ends of the range in its last month: what is drawn."""
    return bands.median, bands.low_90[-1:], bands.high_90[-1:]


def _draw(
    panel: Axes,
    series: list[_Series],
    before: Floats | None,
    goal: float | None,
    palette: Palette,
    *,
    room: tuple[float, float],
    several: bool,
) -> None:
    """Draw lines, and right of the last month the range in which each of them ends."""
    width, strip = room
    months = len(series[0].bands.median)
    left, right = panel.get_xlim()
    cm = (right - left) / (width - strip)
    panel.set_xlim(left, right + strip * cm)
    if before is not None:
        draw_line(panel, before, palette.quiet, palette, ls=(0, (6, 3)), lw=1.2)
        panel.plot([months - 1, right + strip * cm], [before[-1]] * 2, color=palette.quiet, lw=0.6)
    if goal is not None:
        panel.plot([months - 1, right + strip * cm], [goal] * 2, color=palette.quiet, lw=0.6)
        panel.plot([months - 1], [goal], marker="D", ms=6, color=palette.ink, clip_on=False, zorder=5)
    every = max(2, months // 5)
    for number, each in enumerate(series):
        colour, look = _look(number, palette)
        marked = {"markevery": (every * (number + 1) // (len(series) + 1), every), "ms": 5}
        # Without the white rims of other charts, under which lines that run close together would hide each other.
        line: dict[str, Any] = {
            "color": colour,
            "lw": 1.8,
            "mec": palette.ground,
            "mew": 0.6,
            "clip_on": False,
            "zorder": 3.0,
        }
        panel.plot(np.arange(months), each.bands.median, **line | look | (marked if months > 1 else {"marker": "o"}))
        panel.plot([months - 1, right + strip * cm], [each.last] * 2, color=colour, lw=0.6, zorder=2.5)
        at = right + (_APART + _STEP * number) * cm
        _draw_range(panel, at, each, colour, palette, several=several)
        panel.plot([at], [each.last], color=colour, zorder=5, marker=look["marker"] or "_", ms=6, mec=palette.ground)


def _draw_range(panel: Axes, at: float, each: _Series, colour: str, palette: Palette, *, several: bool) -> None:
    if each.varied is not None:
        wide = each.varied.at(-1)
        panel.plot([at] * 2, [wide.low_90, wide.high_90], color=palette.quiet, lw=1.0, ls=(0, (1.5, 2.5)), zorder=2.6)
    if several:
        band = each.bands.at(-1)
        panel.plot([at] * 2, [band.low_90, band.high_90], color=colour, lw=3.0, solid_capstyle="butt", zorder=2.8)


def _look(number: int, palette: Palette) -> tuple[str, dict[str, Any]]:
    """Return the colour, and the dashes and markers that tell lines of one colour apart; the baseline is grey."""
    colours = (palette.quiet, *palette.categorical)
    dashes = "-" if number < len(colours) else (0, (4, 2))
    colour = colours[number] if number < len(colours) else palette.categorical[(number - len(colours)) % 4]
    return colour, {"ls": dashes, "marker": _MARKERS[number % len(_MARKERS)]}


def _labels(series: list[_Series], palette: Palette, show: Callable[[float], str], *, several: bool) -> list[Label]:
    """Return the label of each line; where there is room, with its ranges in words."""
    labels = []
    for number, each in enumerate(series):
        more = []
        if len(series) <= _MOST_RANGES and several:
            more.append(f"by chance: {band_words(each.bands.at(-1), show)}")
        if len(series) <= _MOST_RANGES and each.varied is not None:
            more.append(f"and assumptions: {band_words(each.varied.at(-1), show)}")
        text = f"{capital(each.label)}: {show(each.last)}"
        labels.append(Label(text, each.last, _look(number, palette)[0], tuple(more), "bold"))
    return labels


def _reference_labels(before: Floats | None, goal: float | None, palette: Palette) -> list[Label]:
    labels = []
    if before is not None:
        labels.append(Label(f"Before any savings: {pounds(before[-1])}", float(before[-1]), palette.quiet))
    if goal is not None:
        labels.append(Label(f"Target (diamond): {pounds(goal)}", goal, palette.ink))
    return labels


def _note(comparison: Comparison, series: list[_Series]) -> str:
    varied = any(each.varied is not None for each in series)
    bars = ONE_RUN.removesuffix(".")
    if comparison.replicates > 1:
        bars = "Bars right of the lines: 9 in 10 of the runs end there, by chance alone"
    if not varied:
        return f"{bars}; {unvaried_words(comparison, were='are')}."
    return f"{bars}; dotted: 9 in 10 allowing for {uncertain_in(comparison)}."


def _whose_lines(comparison: Comparison) -> str:
    """Say whose gap before any savings and whose target are drawn, if scenarios have their own."""
    own = {
        (study.ensemble.target, gap_before_any_savings(study.ensemble.scenario).tobytes())
        for study in comparison.studies.values()
    }
    if len(own) < 2:
        return ""
    return f" Before any savings, and the target: those of {comparison.cases[0].label}; others have their own."


def _alt(comparison: Comparison, series: list[_Series], measure: str, show: Callable[[float], str]) -> str:
    parts = []
    for each in series:
        ranges = []
        if comparison.replicates > 1:
            ranges.append(f"{band_words(each.bands.at(-1), show)} in 9 of 10 runs by chance alone")
        if each.varied is not None:
            ranges.append(f"{band_words(each.varied.at(-1), show)} allowing for {uncertain_in(comparison)}")
        within = f" ({', '.join(ranges)})" if ranges else ""
        parts.append(f"{each.label} from {show(float(each.bands.median[0]))} to {show(each.last)}{within}")
    what = measure.partition(",")[0]
    said = f"Line chart of the {what[:1].lower()}{what[1:]}, month by month to {horizon_of(comparison)}"
    return f"{said}: {'; '.join(parts)}."
