"""The worth of each lever of the recommended option by the month in which it starts, and what a delay costs."""

from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import ANY_START, is_limited
from simulation.analysis.decided_tables import delays_to_pandas
from simulation.analysis.decided_words import NOMINAL, delay_sentence, horizon_words, is_over_the_run
from simulation.analysis.first_steps import Delay
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import name_dates
from simulation.charts.drawing.value_axis import scale_money
from simulation.formatting import capital, month_words, pounds, range_words

_MARGIN = 5.6
_MOST_DRAWN = 4
"""Lines that are drawn: the levers for which waiting costs most."""

_MEASURES = {
    "gap": "what it closes of the gap in {horizon}, £m a year",
    "position": "by how much it improves the place's position over the run, £m",
    "position_at_horizon": "by how much it improves the place's position in {horizon}, as £m a year",
}


def start_month(decided: Decided, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the worth of each lever by its start month, the others of the recommended option staying as they are.

    Args:
        decided: The result of a search with at least one lever whose start may be chosen.
        theme: The fonts and colours.
    """
    shown = decided.delays[:_MOST_DRAWN]
    measure = _MEASURES[decided.decision.objectives[0]].format(horizon=horizon_words(decided))
    left_out = len(decided.delays) - len(shown)
    prices = f" {NOMINAL}" if is_over_the_run(decided.decision.objectives[0]) else ""
    texts = Texts(
        name="start_month",
        headline=delay_sentence(decided, shown[0]).removesuffix("."),
        subtitle=(
            f"The worth of each lever in option {decided.letter(decided.recommended)} by its start month: {measure}. "
            f"Means over {shown[0].per_month.replicates:,} sets of uncertain assumptions."
        ),
        note="Bars: 95% intervals of the mean."
        + (f" {ANY_START}" if is_limited(decided) else "")
        + (f" The file of numbers has {left_out} more, for which waiting costs less." if left_out else "")
        + prices,
        source=f"Source: simulation, “{decided.title}”, seed {decided.seed}, {decided.candidates:,} candidates.",
        alt=_alt(decided, measure),
    )
    with theme.applied():
        labels = [_label(decided, each, theme.palette.lead) for each in shown]
        height = max(6.0, body_height_for(labels, _MARGIN))
        chart = Chart(texts, delays_to_pandas(decided), theme, body_height=height)
        _draw(chart, decided, shown)
    return chart


def _draw(chart: Chart, decided: Decided, shown: tuple[Delay, ...]) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN)
    panel = place.axes
    months = sorted({month for each in shown for month in each.months})
    at = dict(zip(months, name_dates(panel, months, place.width), strict=True))
    limits = [worth.mean + sign * worth.half_width for each in shown for worth in each.worth for sign in (-1, 1)]
    scale_money(panel, min(limits), max(limits))
    labels = []
    for number, each in enumerate(shown):
        colour = palette.categorical[number % len(palette.categorical)]
        dates = [at[month] + 0.12 * (number - 1.5) for month in each.months]
        means = [worth.mean for worth in each.worth]
        panel.plot(dates, means, color=colour, lw=1.8, marker="o", ms=5.5, mec=palette.ground, zorder=4)
        for date, worth in zip(dates, each.worth, strict=True):
            ends = [worth.mean - worth.half_width, worth.mean + worth.half_width]
            panel.plot([date] * 2, ends, color=colour, lw=1.0, marker="_", ms=5, zorder=3)
        labels.append(_label(decided, each, colour))
    place.label(labels)


def _label(decided: Decided, delay: Delay, colour: str) -> Label:
    unit = "" if decided.decision.objectives[0] == "position" else " a year"
    lost = delay.per_month
    clear = abs(lost.mean) > lost.half_width
    verb = "loses" if lost.mean > 0 else "saves"
    said = f"each month of delay {verb} {pounds(abs(lost.mean))}{unit}" if clear else "delay costs nothing clear"
    return Label(capital(delay.lever.label), delay.worth[-1].mean, colour, (said,), "bold")


def _alt(decided: Decided, measure: str) -> str:
    parts = []
    for each in decided.delays[:_MOST_DRAWN]:
        worths = [
            f"{month_words(month)} {pounds(worth.mean)} "
            f"({range_words(worth.mean - worth.half_width, worth.mean + worth.half_width)})"
            for month, worth in zip(each.months, each.worth, strict=True)
        ]
        parts.append(f"{each.lever.label}: {', '.join(worths)}")
    return f"The worth of levers by start month, {measure}. {'; '.join(parts)}."
