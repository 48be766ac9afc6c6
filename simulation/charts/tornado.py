"""The tornado: how far the gap moves from the low end of each assumption's range to the high end."""

from collections.abc import Mapping

import numpy as np

from simulation.analysis.assumptions import Swing, Swings, assumption_swings, with_effect
from simulation.analysis.held import held_in_study, held_words
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.study_words import as_study, horizon_words, place_words, source_line
from simulation.charts.text.swing_words import (
    SwingNames,
    count_rivals,
    none_words,
    unranked_words,
    whose_words,
)
from simulation.formatting import as_written, capital, percent, pounds, range_words, stretch_words
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.own_numbers import UncertainNumber

SHOWN = 10
_ROWS = {row.name: row for row in TABLE}
_FIGURES = 4
"""Significant figures of the ends of a range of the place's own."""


def tornado(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the ten assumptions that move the gap most, each from end to end of its range with all others varied.

    The place's own numbers are among them if they were varied in the same sample.

    Args:
        results: A study whose assumptions were varied.
        theme: The fonts and colours.

    Raises:
        ValueError: If they were not varied, also because the scenario sets them all, or at too few points to separate
            their effects.
    """
    study = as_study(results)
    scenario = study.ensemble.scenario
    varied = None if study.assumptions is None else with_effect(study.assumptions, study)
    if varied is None or not _differs(varied):
        message = "a tornado needs results with uncertain assumptions"
        raise ValueError(message)
    names, numbers = SwingNames([scenario]), study.own_numbers
    found = assumption_swings(varied)
    shown = found.ranked[:SHOWN]
    texts = Texts(
        name="tornado",
        headline=headline(found, names),
        subtitle=(
            f"Change of the gap in {horizon_words(study.ensemble)} from the low to the high end of each range"
            f"{stretch_words(found.stretch)}, £m a year. {place_words(study.ensemble)}."
        ),
        note=(
            f"Straight-line fit to {found.points:,} sets of assumptions, which explains "
            f"{percent(max(0.0, found.explained))} of what differs between them (adjusted R²). Lines: 95% "
            f"intervals, each by itself."
            f"{unranked_words(found)}{_held(study)}"
        ),
        source=source_line(study),
        alt=_alt(study, found, names),
    )
    layout = Layout(
        names=4.6,
        columns=(("Range", 2.5), ("Change", 1.5)),
        head="Assumption",
        axis="Change of the gap, £m a year",
    )
    return row_chart(
        texts, found.to_pandas(), theme, [_row(each, found.stretch, names, numbers) for each in shown], layout
    )


def headline(found: Swings, names: SwingNames | None = None) -> str:
    """Return the finding: which assumption moves the gap most, and how far.

    Args:
        found: The swings of all that was varied.
        names: The names of the place's own numbers, if they were varied.
    """
    ranked, whose = found.ranked, whose_words(found)
    if not ranked or not ranked[0].is_clear:
        return f"{none_words(found)} clearly moves the gap"
    first, called = ranked[0], names or SwingNames()
    what = "numbers" if found.own else "assumptions"
    if rivals := count_rivals(found):
        return f"Which of {rivals + 1} {what} moves the gap most is not clear{stretch_words(found.stretch)}"
    clear = sum(each.is_clear for each in ranked)
    others = f"; {clear} of {len(ranked)} {what} clearly move it" if clear > 1 else ""
    name = called.within(first) if whose else called.label(first)
    most = f"{whose}{name} matters most: it moves the gap by up to {pounds(abs(first.swing))}"
    return capital(f"{most}{stretch_words(found.stretch)}{others}")


def _differs(varied: Replicates) -> bool:
    return bool(varied.own_numbers) or any(np.ptp(each) > 0 for each in varied.parameters.values())


def _held(study: Study) -> str:
    held = held_words({study.ensemble.scenario.title: held_in_study(study)})
    return f" {held}" if held else ""


def _row(each: Swing, stretch: float, names: SwingNames, numbers: Mapping[str, UncertainNumber]) -> Row:
    low, high = each.swing - each.half_width, each.swing + each.half_width
    return Row(
        name=names.label(each),
        mark=Mark(value=each.swing, low=low, high=high, look="bar", colour=0 if each.swing < 0 else 2),
        cells=(_ends(each.parameter, stretch, numbers), pounds(each.swing, signed=True)),
    )


def _ends(name: str, stretch: float, numbers: Mapping[str, UncertainNumber]) -> str:
    if name == "trust_rule":
        return "linear, confirmatory"
    if name in _ROWS:
        return range_words(*_ROWS[name].stretched(stretch), as_written)
    return range_words(numbers[name].low, numbers[name].high, lambda number: as_written(number, _FIGURES))


def _alt(study: Study, found: Swings, names: SwingNames) -> str:
    largest = [f"{names.within(each)} {pounds(each.swing, signed=True)}" for each in found.ranked[:5]]
    return (
        f"Bars of how far the gap of {place_words(study.ensemble)} moves from the low to the high end of each "
        f"assumption’s range{stretch_words(found.stretch)}, £m a year; the largest: {', '.join(largest)}."
    )
