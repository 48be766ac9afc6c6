"""The trajectory: the gap month by month, between the gap before any savings and the plan."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import Bands, Floats, bands_of, monthly_bands, series_to_pandas
from simulation.analysis.target import count_met
from simulation.charts.drawing.chart import Chart, Texts, letter
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_bands, draw_line, draw_varied, halo, name_months
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.gap_words import GapOutcome
from simulation.charts.text.study_words import (
    as_study,
    at_central,
    horizon_words,
    place_words,
    source_line,
    uncertain_words,
)
from simulation.charts.text.words import band_words, replicates_words
from simulation.formatting import in_hundred, listed, pounds
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study
from simulation.scenario.months import month_number
from simulation.scenario.paths import planned_gap

if TYPE_CHECKING:
    import pandas as pd

_MARGIN = 5.4
_APART = 0.04
"""Part of the height of the axis within which a mark would cover the thickest line."""


@dataclass(frozen=True)
class _Lines:
    """The lines and bands of the chart, £m a year."""

    gap: Bands
    do_nothing: Floats
    plan: Floats
    target: float
    varied: Bands | None
    population_first: Floats | None
    institutional: Floats | None
    observed: dict[int, float]

    @property
    def drawn(self) -> list[Floats]:
        """The lines without bands."""
        supporting = [each for each in (self.population_first, self.institutional) if each is not None]
        return [self.gap.median, self.do_nothing, self.plan, *supporting]

    @property
    def extremes(self) -> tuple[float, float]:
        """The lowest and the highest number."""
        series = [*self.drawn, self.gap.low_90, self.gap.high_90, np.array([self.target, *self.observed.values()])]
        series += [] if self.varied is None else [self.varied.low_90, self.varied.high_90]
        numbers = np.concatenate(series)
        return float(numbers.min()), float(numbers.max())


def trajectory(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap month by month with its bands, the plan, the target and the bounds to compare it with.

    Args:
        results: A study, an ensemble alone, or a comparison of one.
        theme: The fonts and colours.
    """
    study = as_study(results)
    ensemble, lines = study.ensemble, _lines(study)
    texts = Texts(
        name="trajectory",
        headline=at_central(
            study,
            GapOutcome(lines.gap.at(-1).median, float(lines.do_nothing[-1]), lines.target).sentence(
                horizon_words(ensemble)
            )
            + (" (medians)" if len(ensemble) > 1 else ""),
        ),
        subtitle=_subtitle(study),
        note=_note(study),
        source=source_line(study),
        alt=_alt(study, lines),
    )
    labels = _labels(study, lines, theme.palette)
    with theme.applied():
        chart = Chart(texts, _data(ensemble, lines), theme, body_height=max(5.8, body_height_for(labels, _MARGIN)))
        place = add_line_panel(chart, _MARGIN)
        scale_money(place.axes, *lines.extremes)
        name_months(place.axes, ensemble.axes.months, place.width)
        _draw(place.axes, study, lines, theme.palette)
        place.label(labels)
    return chart


def _lines(study: Study) -> _Lines:
    ensemble = study.ensemble
    supporting = (study.all_population_first, study.all_institutional)
    population_first, institutional = (
        None if each is None else monthly_bands(each, "gap").median for each in supporting
    )
    return _Lines(
        gap=monthly_bands(ensemble, "gap"),
        do_nothing=bands_of(ensemble["do_nothing"]).median,
        plan=planned_gap(ensemble.scenario),
        target=ensemble.target,
        varied=None if study.assumptions is None else monthly_bands(study.assumptions, "gap"),
        population_first=population_first,
        institutional=institutional,
        observed=_observed(ensemble),
    )


def _observed(ensemble: Ensemble) -> dict[int, float]:
    """Return the gaps observed within the run, £m a year, by month from the start."""
    observed = ensemble.scenario.observed
    if observed is None or observed.gap is None:
        return {}
    start = month_number(ensemble.scenario.start)
    placed = {month_number(month) - start: float(gap) for month, gap in sorted(observed.gap.items())}
    return {month: gap for month, gap in placed.items() if 0 <= month < ensemble.scenario.months}


def _draw(panel: Axes, study: Study, lines: _Lines, palette: Palette) -> None:
    months = np.arange(len(lines.do_nothing))
    if lines.varied is not None:
        panel.fill_between(
            months, lines.varied.low_90, lines.varied.high_90, fc=tint(palette.quiet, 0.08), ec="none", zorder=1.4
        )
        draw_varied(panel, lines.varied, palette)
    if len(study.ensemble) > 1:
        draw_bands(panel, lines.gap, palette.lead, palette)
    draw_line(panel, lines.do_nothing, palette.quiet, palette, ls="-", lw=1.2)
    draw_line(panel, lines.plan, palette.quiet, palette, ls=(0, (6, 3)), lw=1.2)
    bounds = (
        (lines.institutional, palette.categorical[2], "^", 5),
        (lines.population_first, palette.categorical[1], "s", 4),
    )
    for line, colour, _, _ in bounds:
        if line is not None:
            draw_line(panel, line, colour, palette, lw=1.2)
    draw_line(panel, lines.gap.median, palette.lead, palette, lw=2.4)
    for line, colour, marker, size in bounds:
        if line is not None and len(months) > 1:
            at = _marked_months(line, lines.gap.median, panel.get_ylim())
            rim: dict[str, Any] = {"mec": palette.ground, "mew": 0.8}
            panel.plot(at, line[at], ls="", color=colour, marker=marker, ms=size + 1, clip_on=False, zorder=3, **rim)
    panel.plot(months[-1:], [lines.target], marker="D", ms=6, color=palette.ink, clip_on=False, zorder=5)
    _draw_observed(panel, lines, palette)


def _marked_months(line: Floats, simulated: Floats, limits: tuple[float, float]) -> list[int]:
    """Choose the months at which a line is marked: where it stands apart from the simulated one, or once if nowhere.

    Args:
        line: £m a year by month.
        simulated: The line that is drawn thickest, £m a year by month.
        limits: The lowest and the highest number of the axis.
    """
    every = max(1, len(line) // 6)
    apart = np.abs(line - simulated)
    months = [month for month in range(every // 2, len(line), every) if apart[month] > _APART * (limits[1] - limits[0])]
    return months or [int(apart.argmax())]


def _draw_observed(panel: Axes, lines: _Lines, palette: Palette) -> None:
    """Draw observed gaps as rings, and name the last one on the side with more room."""
    if not lines.observed:
        return
    ring: dict[str, Any] = {"marker": "o", "ms": 6, "mfc": palette.ground, "mec": palette.ink, "mew": 1.6}
    panel.plot(list(lines.observed), list(lines.observed.values()), ls="", clip_on=False, zorder=6, **ring)
    month, gap = list(lines.observed.items())[-1]
    is_late = month > 0.6 * len(lines.plan)
    low, high = panel.get_ylim()
    step, span = 0.075 * (high - low), len(lines.plan) // 3
    under = range(max(0, month - span), month + 1) if is_late else range(month, min(len(lines.plan), month + span))
    drawn = np.stack([line[under] for line in lines.drawn])

    def room(side: int) -> float:
        return float(np.abs(drawn - (gap + side * step)).min()) if low < gap + side * 1.5 * step < high else -1.0

    look: dict[str, Any] = {
        "ha": "right" if is_late else "left",
        "path_effects": halo(2.5, palette.ground),
        "zorder": 7,
    }
    letter(panel, month, gap + max((-1, 1), key=room) * step, f"Observed: {pounds(gap)}", **look)


def _labels(study: Study, lines: _Lines, palette: Palette) -> list[Label]:
    """Return the labels at the ends of the lines; `at` is still in £m a year."""
    last = lines.gap.at(-1)
    more = []
    if len(study.ensemble) > 1:
        more.append(f"by chance: {band_words(last)}")
    if lines.varied is not None:
        more.append(f"and assumptions: {band_words(lines.varied.at(-1))}")
    labels = [Label(f"Simulated: {pounds(last.median)}", last.median, palette.lead, tuple(more), "bold")]
    for name, line, colour in (
        ("Before any savings", lines.do_nothing, palette.quiet),
        ("All ask “my organisation”", lines.institutional, palette.categorical[2]),
        ("All ask “our population”", lines.population_first, palette.categorical[1]),
    ):
        if line is not None:
            labels.append(Label(f"{name}: {pounds(line[-1])}", float(line[-1]), colour))
    plan = float(lines.plan[-1])
    if abs(plan - lines.target) < 1e-9:
        return [*labels, Label(f"Plan (dashed) and target: {pounds(plan)}", plan, palette.quiet)]
    target = Label(f"Target: {pounds(lines.target)}", lines.target, palette.ink)
    return [*labels, Label(f"Plan (dashed): {pounds(plan)}", plan, palette.quiet), target]


def _subtitle(study: Study) -> str:
    count = len(study.ensemble)
    what = f"Gap between spending and income, £m a year. {place_words(study.ensemble)}."
    return what if count == 1 else f"{what} Line: median of {replicates_words(count)}."


def _note(study: Study) -> str:
    count, varied = len(study.ensemble), study.assumptions
    bands = "One simulated run, so chance is not shown"
    if count > 1:
        bands = "By chance alone, half of the runs end in the dark band and 9 in 10 in the pale one"
    if varied is None:
        return f"{bands}; {unvaried_words(study, were='are')}."
    return f"{bands}; within the dotted lines 9 in 10 of {len(varied):,} allowing for {uncertain_words(study)}."


def _alt(study: Study, lines: _Lines) -> str:
    ensemble, last = study.ensemble, lines.gap.at(-1)
    met = count_met(ensemble["gap"][:, -1], lines.target)
    ranges = [f"{band_words(last)} in 9 of 10 simulated runs by chance alone"] if len(ensemble) > 1 else []
    if lines.varied is not None:
        ranges.append(f"{band_words(lines.varied.at(-1))} allowing for {uncertain_words(study)}")
    supporting = [
        f"{pounds(float(lines.do_nothing[-1]))} before any savings",
        f"a planned {pounds(float(lines.plan[-1]))}",
    ]
    if lines.institutional is not None:
        supporting.append(f"{pounds(float(lines.institutional[-1]))} if all always ask for their own organisation")
    if lines.population_first is not None:
        supporting.append(f"{pounds(float(lines.population_first[-1]))} if all always ask for the population")
    within = f" ({', '.join(ranges)})" if ranges else ""
    by_chance = "" if lines.varied is None else " by chance alone"
    return (
        f"Line chart of the gap in {place_words(ensemble)}: from {pounds(lines.gap.at(0).median)} a year to "
        f"{pounds(last.median)}{within}, against {listed(supporting)}. "
        f"The target of {pounds(lines.target)} is met in {in_hundred(met, len(ensemble))}{by_chance}."
    )


def _data(ensemble: Ensemble, lines: _Lines) -> "pd.DataFrame":
    import pandas as pd

    months = ensemble.axes.months
    series = {
        "simulated": lines.gap,
        "simulated, uncertain assumptions": lines.varied,
        "before any savings": lines.do_nothing,
        "plan": lines.plan,
        "all ask my organisation": lines.institutional,
        "all ask our population": lines.population_first,
    }
    points = {"target": {months[-1]: lines.target}, "observed": {months[at]: gap for at, gap in lines.observed.items()}}
    rows = [(name, month, value) for name, values in points.items() for month, value in values.items()]
    single = pd.DataFrame(rows, columns=["series", "month", "value"])
    return pd.concat([series_to_pandas(months, series, "value"), single], ignore_index=True)
