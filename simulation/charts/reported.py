"""The reported figures beside what was simulated, a row for each."""

from collections.abc import Sequence

from simulation.analysis.reported import ReportedFigure, compare_with_reported, gaps_outside, reported_to_pandas
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry, chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.study_words import as_study, place_words, source_line, uncertain_words
from simulation.charts.text.words import band_words, one_run_words, replicates_words, within_words
from simulation.formatting import capital, counted, listed, month_words, pounds
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study

_ALIKE = 1.0
"""£m; a smaller difference is none worth a headline."""


def reported(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw every reported figure within the run beside the simulated one; a deficit stands as a shortfall above 0.

    Args:
        results: A study, an ensemble alone, or a comparison of one, whose scenario holds what was observed.
        theme: The fonts and colours.

    Raises:
        ValueError: If nothing was reported of the months and years of the run.
    """
    study = as_study(results)
    found = compare_with_reported(study)
    if not found:
        message = "this chart needs reported figures within the run: observed: {gap: {2016-10: 99}}"
        raise ValueError(message)
    texts = Texts(
        name="reported",
        headline=headline(found),
        subtitle=_subtitle(study),
        note=_note(study, found),
        source=source_line(study),
        alt=_alt(study, found),
    )
    several = len(study.ensemble) > 1
    shown = min(100, len(study.ensemble))
    layout = Layout(
        names=3.7,
        columns=(("Reported", 1.6), ("Simulated", 1.7), (f"Simulated more, of {shown}", 1.7)),
        head="Reported figure",
        axis="Gap or deficit, £m",
        key=(
            KeyEntry("diamond", "reported"),
            *chance_key(len(study.ensemble), dot="simulated", varied=study.assumptions is not None),
        ),
    )
    return row_chart(
        texts,
        reported_to_pandas(found),
        theme,
        [_row(each, several=several) for each in found],
        layout,
    )


def headline(found: Sequence[ReportedFigure]) -> str:
    """Return the finding: how far the simulation is from the last reported gap, and from the last reported outturn.

    The period is named where there are several of a kind. Of the last outturns, the one of most organisations counts.

    Args:
        found: The compared figures, one or more.
    """
    gaps = [each for each in found if each.measure == "gap"]
    outturns = sorted(
        (each for each in found if each.measure == "outturn"), key=lambda each: (each.period, len(each.organisations))
    )
    said = [_gap_words(gaps[-1], f" in {month_words(gaps[-1].period)}" if len(gaps) > 1 else "")] if gaps else []
    said += (
        [
            _outturn_words(
                outturns[-1], f" in {outturns[-1].period}" if len({each.period for each in outturns}) > 1 else ""
            )
        ]
        if outturns
        else []
    )
    return capital("; ".join(said) if gaps else f"simulated, {said[0]}")


def _gap_words(each: ReportedFigure, when: str) -> str:
    more = each.band.median - each.reported
    if abs(more) < _ALIKE:
        return f"the simulated gap{when} is within £1m of the reported one"
    return f"the simulated gap{when} is {pounds(abs(more))} {'more' if more > 0 else 'less'} than reported"


def _outturn_words(each: ReportedFigure, when: str) -> str:
    better = each.band.median - each.reported
    one = len(each.organisations) == 1
    if abs(better) < _ALIKE:
        return f"{each.who} {'ends' if one else 'end'} within £1m of what was reported{when}"
    if max(each.reported, each.band.median) < 0:
        return f"{each.who} {'loses' if one else 'lose'} {pounds(abs(better))} {'less' if better > 0 else 'more'}{when}"
    return f"{each.who} {'ends' if one else 'end'} {pounds(abs(better))} {'better' if better > 0 else 'worse'}{when}"


def _label(each: ReportedFigure) -> str:
    if each.measure == "gap":
        return f"{capital(each.who)}: gap in {month_words(each.period)}"
    return f"{each.who}: deficit of {each.period}"


def _row(each: ReportedFigure, *, several: bool) -> Row:
    band = each.shortfall_band(each.band)
    wide = None if each.varied is None or not several else each.shortfall_band(each.varied)
    more = each.above if each.measure == "gap" else each.below
    return Row(
        name=_label(each),
        mark=Mark.of(
            band, several=several, second=each.shortfall, wide=None if wide is None else (wide.low_90, wide.high_90)
        ),
        cells=(
            pounds(each.shortfall),
            pounds(band.median),
            short_frequency(more, each.replicates).partition(" of ")[0],
        ),
    )


def _subtitle(study: Study) -> str:
    count = len(study.ensemble)
    what = f"Gap, £m a year, and deficit, £m. {place_words(study.ensemble)}."
    return what if count == 1 else f"{what} Medians of {replicates_words(count)}."


def _note(study: Study, found: Sequence[ReportedFigure]) -> str:
    """Say which bands are drawn; name the sources, each once, and the gaps that could not be compared."""
    named = dict.fromkeys(each.evidence.source for each in found if each.evidence.source)
    said = f"Sources of reported figures: {'; '.join(named)}." if named else "No source is given for what was reported."
    outside = [f"{pounds(gap)} in {month_words(month)}" for month, gap in gaps_outside(study.ensemble.scenario).items()]
    left_out = f" Not compared, because outside the run: {listed(outside)}." if outside else ""
    return f"{_bands_words(study)} {said}{left_out}"


def _bands_words(study: Study) -> str:
    wide = ""
    if study.assumptions is not None:
        runs = counted(len(study.assumptions), "simulated run")
        wide = f"Dotted lines: {runs} allowing for {uncertain_words(study)}."
    if len(study.ensemble) == 1:
        return one_run_words(wide)
    return wide or f"{capital(unvaried_words(study, were='are'))}."


def _alt(study: Study, found: Sequence[ReportedFigure]) -> str:
    def words(each: ReportedFigure) -> str:
        band = each.shortfall_band(each.band)
        wide = (
            "" if each.varied is None else f", {band_words(each.shortfall_band(each.varied))} under other assumptions"
        )
        simulated = f"{pounds(band.median)}{within_words(band)}{wide}"
        return f"{_label(each)}, reported {pounds(each.shortfall)}, simulated {simulated}"

    return f"Reported and simulated figures of {place_words(study.ensemble)}. {'; '.join(map(words, found))}."
