"""Each choice's gap along one assumption, and the value at which the order of two choices changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator

from simulation.analysis.along_assumption import Lines, TurningPoint, lines_of
from simulation.analysis.choices import choices_of
from simulation.analysis.deciding import stretches_tried
from simulation.analysis.deciding_words import label_of, themselves_words, value_words
from simulation.analysis.drawn_words import HELD, drawn_words
from simulation.analysis.verdict import THRESHOLD
from simulation.analysis.verdict_words import in_cases
from simulation.charts.deciding import check_pair
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter
from simulation.charts.drawing.fitting import fits_headline
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.lettering import drawable
from simulation.charts.drawing.line_panel import LinePanel, add_line_panel, body_height_for, margin_for
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.value_axis import TICK_STEPS, scale_money
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, source_of
from simulation.formatting import as_written, capital, counted, is_with_place, pounds, searched_words, stretch_words
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

_MOST_MARGIN, _FOOT, _PALE, _LEAST_BODY = 6.2, 1.1, 0.16, 7.0
_UNITS = {row.name: row.unit for row in TABLE}
_MARKERS = ("o", "^", "s", "D")
_COLOURED = 4


def turning_point_chart(
    results: Results, *, first: str | None = None, second: str | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Draw the median gap of each choice along one assumption; mark where the order of two choices changes, if it does.

    If it changes nowhere over the ranges, but does over ranges stretched by a factor of 2, those are shown.

    Args:
        results: A comparison of two choices or more, whose assumptions were varied.
        first: The choice that is judged; if only `second` is named, every other one.
        second: The choice that it is compared with; the baseline if only `first` is named. Without either, any two are.
        theme: The fonts and colours.

    Raises:
        ValueError: If there are no such choices.
    """
    comparison = comparison_of(results)
    found = lines_to_show(comparison, first, second)
    if found is None:
        message = "this chart needs two choices whose assumptions were varied at the same points"
        raise ValueError(message)
    name = label_of(found.bins.parameter)
    unit = _UNITS.get(found.bins.parameter, "")
    unit = "" if unit in name else f" ({unit})"
    texts = Texts(
        name="turning_point",
        headline=headline(found),
        subtitle=(f"Median gap in {horizon_of(comparison)}, £m a year, by {name}{unit}, {_others(found)}."),
        note=_note(found, choices_of(comparison)[0].stretch),
        source=source_of(comparison, found.stretch),
        alt=_alt(found, name),
    )
    with theme.applied():
        labels = _labels(found, theme.palette)
        margin = min(_MOST_MARGIN, margin_for(labels))
        height = max(_LEAST_BODY, body_height_for(labels, margin))
        chart = Chart(texts, lines_to_pandas(found), theme, body_height=height)
        place = add_line_panel(chart, margin, _FOOT)
        _draw(place, found, labels, theme.palette)
        letter(chart.add_sheet(), WIDTH - margin - place.width, 0.15, f"→ {capital(name.strip('“”'))}{unit}")
    return chart


def lines_to_show(comparison: Comparison, first: str | None = None, second: str | None = None) -> Lines | None:
    """Return the lines of the first sample of assumptions in which an order changes; of the usual one if none does.

    How many points would do is of the usual one.

    Args:
        comparison: Cases with common random numbers.
        first: The choice that is judged.
        second: The choice that it is compared with.

    Raises:
        ValueError: If there is no choice of such a name, or both are the same.
    """
    check_pair(comparison, first, second)
    usual = _lines(comparison, None, first, second)
    if usual is None or usual.turning is not None:
        return usual
    wider = (_lines(comparison, stretch, first, second) for stretch in stretches_tried(comparison)[1:])
    shown = next((each for each in wider if each is not None and each.turning is not None), None)
    return usual if shown is None else replace(shown, would_do=usual.would_do)


def headline(found: Lines) -> str:
    """Return the finding: on which side of the turning point which choice leaves less.

    Args:
        found: The lines.
    """
    name, turning = label_of(found.bins.parameter), found.turning
    if turning is None:
        single = "one of the model’s assumptions" if is_with_place(found.stretch) else "a single assumption"
        single = _one_drawn(found) if found.drawn else single
        if found.would_do:
            sets = counted(found.points, "set of assumptions", "sets of assumptions")
            return f"{sets} are too few to say if the order of two choices changes along {single}"
        return f"No change in the order of two choices along {single} is confirmed"
    below, above = _sides(turning)
    if found.bins.values:
        value = value_words(found.bins.parameter, max(each for each in found.bins.values if each <= turning.value))
    else:
        value = value_words(found.bins.parameter, turning.value)
    over = "" if found.stretch == 1 else f"over ranges stretched by a factor of {as_written(found.stretch, 4)}, "
    said = f"{below} more often leaves less than {above} where {name} is at most {value}, and less often above"
    if not fits_headline(over + said):
        said = f"the order of two choices changes where {name} is above {value}"
    return capital(f"{over}{said}")


def _one_drawn(found: Lines) -> str:
    said = drawn_words(found.drawn, of_model=is_with_place(found.stretch))
    return said if found.drawn == 1 else f"one of {said}"


def _others(found: Lines) -> str:
    """Say which other assumptions were uncertain."""
    if not found.drawn:
        return f"all other assumptions uncertain{stretch_words(found.stretch)}"
    return _one_drawn(found) if is_with_place(found.stretch) else f"{_one_drawn(found)}, {HELD}"


def lines_to_pandas(found: Lines) -> "pd.DataFrame":
    """Return a row for each choice and part of the assumption: quartiles of the gap, £m a year.

    Args:
        found: The lines.
    """
    import pandas as pd

    rows = [
        (found.bins.parameter, value, label, found.medians[row, part], found.low[row, part], found.high[row, part])
        for row, label in enumerate(found.labels)
        for part, value in enumerate(found.bins.middles)
    ]
    return pd.DataFrame(rows, columns=["parameter", "value", "choice", "median", "low_50", "high_50"])


def _lines(comparison: Comparison, stretch: float | None, first: str | None, second: str | None) -> Lines | None:
    choices = choices_of(comparison, stretch)
    points = len(choices[0].gaps) if choices else 0
    return lines_of(comparison, 8 if points >= 500 else 4, stretch=stretch, first=first, second=second)


def _sides(turning: TurningPoint) -> tuple[str, str]:
    """Return the choice that is better below the turning point, and the one above."""
    pair = turning.first, turning.second
    return (pair[1], pair[0]) if turning.above.better > turning.above.worse else pair


def _in_colour(found: Lines) -> list[str]:
    """Return the choices that are drawn in colour: the pair whose order changes first, else the baseline."""
    pair = [found.turning.first, found.turning.second] if found.turning else [found.labels[0]]
    return [*pair, *(label for label in found.labels if label not in pair)][:_COLOURED]


def _colour(found: Lines, label: str, palette: Palette) -> str:
    coloured = _in_colour(found)
    return palette.categorical[coloured.index(label)] if label in coloured else palette.quiet


def _labels(found: Lines, palette: Palette) -> list[Label]:
    pair = _banded(found)
    labels = []
    for row, label in enumerate(found.labels):
        known = found.medians[row][~np.isnan(found.medians[row])]
        weight = "bold" if label in pair else "normal"
        text = f"{capital(label)}: {pounds(known[-1])}"
        labels.append(Label(text, float(known[-1]), _colour(found, label, palette), weight=weight))
    return labels


def _banded(found: Lines) -> list[str]:
    return _in_colour(found)[:2]


def _draw(place: LinePanel, found: Lines, labels: Sequence[Label], palette: Palette) -> None:
    panel, at = place.axes, np.array(found.bins.middles)
    banded = [found.labels.index(label) for label in _banded(found)]
    limits = np.concatenate([found.medians.ravel(), found.low[banded].ravel(), found.high[banded].ravel()])
    low, high = scale_money(panel, float(np.nanmin(limits)), float(np.nanmax(limits)))
    panel.set_ylim(low, high + 0.1 * (high - low))
    for row in banded:
        colour = tint(_colour(found, found.labels[row], palette), _PALE, palette.ground)
        panel.fill_between(at, found.low[row], found.high[row], fc=colour, ec="none", zorder=1.2)
    for row, label in enumerate(found.labels):
        panel.plot(at, found.medians[row], **_look(found, label, palette))
    _scale_values(panel, found)
    if found.turning is not None:
        value = found.turning.value if not found.bins.values else _between(found, found.turning.value)
        panel.axvline(value, color=palette.ink, lw=1.2, ls=(0, (1, 1.5)), zorder=3)
        right = value < sum(panel.get_xlim()) / 2
        span = np.ptp(panel.get_xlim())
        x = value + (0.015 if right else -0.015) * span
        words = "The order changes" if found.bins.values else f"The order changes at {as_written(value, 3)}"
        letter(panel, x, high + 0.05 * (high - low), words, ha="left" if right else "right", weight="bold")
    place.label(labels)


def _look(found: Lines, label: str, palette: Palette) -> dict[str, Any]:
    coloured, colour = _in_colour(found), _colour(found, label, palette)
    if label not in coloured:
        return {"color": colour, "lw": 1.0, "ls": (0, (3, 2)), "zorder": 2}
    number = coloured.index(label)
    return {
        "color": colour,
        "lw": 2.0 if number < 2 else 1.4,
        "marker": _MARKERS[number],
        "ms": 5,
        "zorder": 5 - number,
    }


def _between(found: Lines, value: float) -> float:
    """Return the middle between the two single values on either side of a limit."""
    below = max(each for each in found.bins.values if each <= value)
    above = min((each for each in found.bins.values if each > value), default=below)
    return (below + above) / 2


def _scale_values(panel: Axes, found: Lines) -> None:
    bins = found.bins
    if bins.values:
        panel.xaxis.set_major_locator(FixedLocator(list(bins.values)))
        names = [drawable(value_words(bins.parameter, value)) for value in bins.values]
        panel.xaxis.set_major_formatter(FixedFormatter(names))
        room = 0.08 * (bins.values[-1] - bins.values[0])
        panel.set_xlim(bins.values[0] - room, bins.values[-1] + room)
    else:
        panel.set_xlim(bins.edges[0], bins.edges[-1])
        panel.xaxis.set_major_locator(MaxNLocator(6, steps=TICK_STEPS))
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: drawable(as_written(value, 3))))
    panel.tick_params(axis="x", length=3, pad=7)


def _note(found: Lines, usual: float) -> str:
    bands = "Bands: half of the cases, for the two choices in bold."
    per = f"{found.points:,} sets of assumptions in {len(found.bins)} parts.{searched_words(found.stretch)}"
    if found.turning is None:
        few = f" About {found.would_do:,} sets would do." if found.would_do else ""
        return f"{bands} {per}{few} The assumption shown goes furthest with the differences, by rank correlation."
    turning, of = found.turning, found.turning.tried.cases
    above, below = (
        f"{in_cases(odds.better, of)} and more in {in_cases(odds.worse, of).partition(' of ')[0]}"
        for odds in (turning.above, turning.below)
    )
    unclear = "the sets are too few to say if an order changes" if found.would_do else "no change of order is confirmed"
    narrow = f" {themselves_words(usual)} {unclear}." if found.stretch != usual else ""
    return (
        f"{bands} {per} On sets that were held out, {found.turning.first} leaves less in {above} above the turning "
        f"point, and less in {below} below it. Less and more: by over {pounds(THRESHOLD)} a year.{narrow}"
    )


def _alt(found: Lines, name: str) -> str:
    parts = []
    for row, label in enumerate(found.labels):
        known = found.medians[row][~np.isnan(found.medians[row])]
        parts.append(f"{label} from {pounds(known[0])} to {pounds(known[-1])}")
    turning = "" if found.turning is None else f" The order changes at {as_written(found.turning.value, 3)}."
    return f"Lines of the median gap from the low to the high end of {name}: {'; '.join(parts)}.{turning}"
