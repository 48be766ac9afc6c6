"""The tornado: how far the gap moves from the low end of each assumption's range to the high end."""

import numpy as np

from simulation.analysis.assumptions import Swing, Swings, assumption_swings
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.study_words import as_study, horizon_words, place_words, source_line
from simulation.charts.text.words import parameter_words
from simulation.formatting import as_written, percent, pounds, range_words, stretch_words
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

SHOWN = 10
_ROWS = {row.name: row for row in TABLE}


def tornado(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the ten assumptions that move the gap most, each from end to end of its range with all others varied.

    Args:
        results: A study whose assumptions were varied.
        theme: The fonts and colours.

    Raises:
        ValueError: If they were not varied, also because the scenario sets them all, or at too few points to separate
            their effects.
    """
    study = as_study(results)
    if study.assumptions is None or not any(np.ptp(each) > 0 for each in study.assumptions.parameters.values()):
        message = "a tornado needs results with uncertain assumptions"
        raise ValueError(message)
    found = assumption_swings(study.assumptions)
    shown = found.swings[:SHOWN]
    texts = Texts(
        name="tornado",
        headline=headline(found),
        subtitle=(
            f"Change of the gap in {horizon_words(study.ensemble)} from the low to the high end of each range"
            f"{stretch_words(found.stretch)}, £m a year. {place_words(study.ensemble)}."
        ),
        note=(
            f"Straight-line fit to {found.points:,} sets of assumptions, which explains "
            f"{percent(max(0.0, found.explained))} of what differs between them. Lines: 95% intervals."
        ),
        source=source_line(study),
        alt=_alt(study, found),
    )
    layout = Layout(
        names=4.6,
        columns=(("Range", 2.5), ("Change", 1.5)),
        head="Assumption",
        axis="Change of the gap, £m a year",
    )
    return row_chart(texts, found.to_pandas(), theme, [_row(each, found.stretch) for each in shown], layout)


def headline(found: Swings) -> str:
    """Return the finding: which assumption moves the gap most, and how far.

    Args:
        found: Every assumption's swing, the largest first.
    """
    if not found.swings or not abs(found.swings[0].swing) > found.swings[0].half_width:
        return "No single assumption clearly moves the gap"
    first = found.swings[0]
    clear = sum(abs(each.swing) > each.half_width for each in found.swings)
    others = f"; {clear} of {len(found.swings)} assumptions clearly move it" if clear > 1 else ""
    most = f"{parameter_words(first.parameter)} matters most: it moves the gap by up to {pounds(abs(first.swing))}"
    return f"{most}{stretch_words(found.stretch)}{others}"


def _row(each: Swing, stretch: float) -> Row:
    low, high = _ROWS[each.parameter].stretched(stretch)
    ends = "linear, confirmatory" if each.parameter == "trust_rule" else range_words(low, high, as_written)
    low, high = each.swing - each.half_width, each.swing + each.half_width
    return Row(
        name=parameter_words(each.parameter),
        mark=Mark(value=each.swing, low=low, high=high, look="bar", colour=0 if each.swing < 0 else 2),
        cells=(ends, pounds(each.swing, signed=True)),
    )


def _alt(study: Study, found: Swings) -> str:
    largest = [
        f"{parameter_words(each.parameter).lower()} {pounds(each.swing, signed=True)}" for each in found.swings[:5]
    ]
    return (
        f"Bars of how far the gap of {place_words(study.ensemble)} moves from the low to the high end of each "
        f"assumption’s range{stretch_words(found.stretch)}, £m a year; the largest: {', '.join(largest)}."
    )
