"""The actuals: an XmR chart of an observed series, never of simulated numbers."""

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.process_behaviour import FEWEST, ProcessBehaviour, process_behaviour
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import name_dates
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.study_words import as_study
from simulation.formatting import listed, month_words, pounds
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

_MARGIN = 4.4


def actuals(results: Study | Ensemble | Scenario, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the observed gap with its mean and, from six points on, its natural process limits.

    Args:
        results: A study or an ensemble whose scenario holds observed gaps, or that scenario.
        theme: The fonts and colours.

    Raises:
        ValueError: If nothing was observed.
    """
    scenario = results if isinstance(results, Scenario) else as_study(results).ensemble.scenario
    gap = scenario.observed.gap if scenario.observed else None
    if not gap:
        message = "actuals need what was observed: observed: {gap: {2016-03: 94, …}}"
        raise ValueError(message)
    found = process_behaviour(gap)
    limits = (
        "Dashed: natural process limits (mean ± 2.66 × mean moving range)"
        if found.limits
        else f"Limits need {FEWEST} points and are not drawn"
    )
    texts = Texts(
        name="actuals",
        headline=headline(found),
        subtitle=(
            f"Gap as reported, £m a year. {scenario.title}, {month_words(found.months[0])} to "
            f"{month_words(found.months[-1])}. Observed figures only, nothing simulated."
        ),
        note=f"{limits}.",
        source=f"Source: {_sources(scenario)}.",
        alt=(
            f"XmR chart of {len(found.months)} observed gaps, £m a year, mean {pounds(found.mean)}: "
            f"{listed(f'{month_words(m)} {pounds(v)}' for m, v in zip(found.months, found.values, strict=True))}."
        ),
    )
    with theme.applied():
        chart = Chart(texts, _data(found), theme, body_height=5.0)
        _draw(chart, found)
    return chart


def headline(found: ProcessBehaviour) -> str:
    """Return the finding: whether anything observed is more than routine variation.

    Args:
        found: The series with its limits.
    """
    if len(found.values) == 1:
        return f"One observed gap: {pounds(float(found.values[0]))} in {month_words(found.months[0])}"
    if found.limits is None:
        first, last = float(found.values[0]), float(found.values[-1])
        return f"{len(found.values)} observed gaps, too few for limits: {pounds(first)}, last {pounds(last)}"
    if not found.signals:
        return f"Only routine variation about {pounds(found.mean)} a year"
    last = found.signals[-1]
    return f"More than routine variation: {pounds(float(found.values[last]))} in {month_words(found.months[last])}"


def _draw(chart: Chart, found: ProcessBehaviour) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN)
    panel = place.axes
    at = name_dates(panel, found.months, place.width)
    ends = [*found.values.tolist(), *(found.limits or ())]
    scale_money(panel, min(ends), max(ends))
    panel.plot(at, found.values, color=palette.quiet, lw=1.2, marker="o", ms=6, mec=palette.ground, zorder=4)
    for signal in found.signals:
        panel.plot([at[signal]], [found.values[signal]], marker="D", ms=8, color=palette.categorical[2], zorder=5)
    lines: list[tuple[str, float, Any]] = [(f"Mean: {pounds(found.mean)}", found.mean, "-")]
    lines += [(f"Limit: {pounds(limit)}", limit, (0, (5, 2))) for limit in found.limits or ()]
    for _, amount, dash in lines:
        panel.axhline(amount, color=palette.lead, lw=1.2, ls=dash, zorder=2)
    place.label([Label(text, amount, palette.lead) for text, amount, _ in lines])


def _sources(scenario: Scenario) -> str:
    """Name the sources of the observed figures, each once."""
    gap = scenario.observed.gap if scenario.observed else None
    evidence = [getattr(value, "evidence", None) for _, value in sorted((gap or {}).items())]
    named = dict.fromkeys(each.source for each in evidence if each is not None and each.source)
    return "; ".join(named) if named else f"observed figures of scenario “{scenario.title}”, no source given"


def _data(found: ProcessBehaviour) -> "pd.DataFrame":
    import pandas as pd

    low, high = found.limits or (np.nan, np.nan)
    return pd.DataFrame(
        {
            "month": found.months,
            "observed": found.values,
            "mean": found.mean,
            "lower_limit": low,
            "upper_limit": high,
            "signal": [index in found.signals for index in range(len(found.months))],
        }
    )
