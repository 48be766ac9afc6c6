"""The question mix: the shares of “my organisation” and “our population”, month by month."""

from math import isnan

from simulation.analysis.bands import Bands, monthly_bands
from simulation.analysis.question_mix import QuestionMix, end_words, first_and_last
from simulation.analysis.question_mix import question_mix as mix_questions
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_bands, draw_line, draw_varied, name_months
from simulation.charts.drawing.value_axis import scale_shares
from simulation.charts.text.study_words import as_study, place_words, source_line, uncertain_words
from simulation.charts.text.words import band_words, one_run_words, replicates_words
from simulation.formatting import capital, percent
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study

_MARGIN = 4.4
_TURN = 0.05
"""Share; a headline calls a smaller difference no change."""


def question_mix(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the share of each question in all stances.

    Args:
        results: A study, an ensemble alone, or a comparison of one.
        theme: The fonts and colours.
    """
    study = as_study(results)
    ensemble, mix = study.ensemble, mix_questions(study.ensemble)
    ends = end_words(len(ensemble.axes.months))
    early, late = (interval.median for interval in first_and_last(ensemble))
    medians = " (medians)" if len(ensemble) > 1 and not isnan(early) else ""
    texts = Texts(
        name="question_mix",
        headline=headline(early, late, ends) + medians,
        subtitle=_subtitle(study),
        note=_note(study),
        source=source_line(study),
        alt=(
            f"Line chart of the questions that organisations ask in {place_words(ensemble)}: “our population” in "
            f"{percent(early)} of decisions in the first {ends} and in {percent(late)} in the last, "
            f"“my organisation” in {percent(1 - early)} and {percent(1 - late)}{medians}."
        ),
    )
    with theme.applied():
        chart = Chart(texts, mix.to_pandas(), theme, body_height=4.8)
        _draw(chart, mix, _varied(study), several=len(ensemble) > 1)
    return chart


def headline(early: float, late: float, ends: str = "half-year") -> str:
    """Return the finding: which question most ask at the end, and if that changed.

    Args:
        early: Population-first share of stances in the first half-year, 0–1, the median of the replicates.
        late: The same in the last half-year.
        ends: What the first and the last part of the run are called where it is shorter than a year.
    """
    if isnan(early) or isnan(late):
        return "No questions are asked: there is nothing to meet about"
    mine = percent(1 - late)
    if abs(late - early) < _TURN:
        before = percent(1 - early)
        first = f"{before} of decisions" if before == mine else f"{before} of decisions, then in {mine}"
        return f"The question hardly changes: organisations put themselves first in {first}"
    if late > early or late >= 0.5:
        at_first = f"in {percent(early)} of decisions in the first {ends}"
        return f"Organisations ask “our population” {at_first}, in {percent(late)} in the last"
    return f"Organisations put themselves first in {mine} of decisions in the last {ends}"


def _varied(study: Study) -> Bands | None:
    """Return the population-first share allowing for uncertain assumptions; None if they were not varied."""
    varied = study.assumptions
    if varied is None or "population_first" not in varied.columns:
        return None
    return monthly_bands(varied, "population_first")


def _draw(chart: Chart, mix: QuestionMix, varied: Bands | None, *, several: bool) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN)
    panel = place.axes
    scale_shares(panel)
    name_months(panel, mix.months, place.width)
    every = max(1, len(mix.months) // 6)
    if varied is not None:
        draw_varied(panel, varied, palette)
    labels = []
    for name, bands, colour, look in (
        ("“My organisation”", mix.my_organisation, palette.categorical[2], {"marker": "^", "ms": 5}),
        ("“Our population”", mix.our_population, palette.lead, {"marker": "s", "ms": 4}),
    ):
        if several and bands is mix.our_population:
            draw_bands(panel, bands, colour, palette)
        draw_line(panel, bands.median, colour, palette, lw=2.0, markevery=every, zorder=4, **look)
        last = bands.at(-1)
        more = [f"by chance: {band_words(last, percent)}"] if several else []
        if varied is not None and bands is mix.our_population:
            more.append(f"and assumptions: {band_words(varied.at(-1), percent)}")
        at = 0.0 if isnan(last.median) else last.median
        labels.append(Label(f"{name}: {percent(last.median)}", at, colour, tuple(more), "bold"))
    place.label(labels)


def _subtitle(study: Study) -> str:
    count = len(study.ensemble)
    what = f"Share of all stances in which each question is asked. {place_words(study.ensemble)}."
    return what if count == 1 else f"{what} Lines: medians of {replicates_words(count)}."


def _note(study: Study) -> str:
    varied, ends = study.assumptions, end_words(len(study.ensemble.axes.months))
    headline_of = f"The headline compares the first and the last {ends}."
    wide = unvaried_words(study, were="are")
    if varied is not None:
        wide = f"within the dotted lines 9 in 10 of {len(varied):,} allowing for {uncertain_words(study)}"
    if len(study.ensemble) == 1:
        return f"{headline_of} {one_run_words('' if varied is None else f'{capital(wide)}.')}"
    return (
        f"Around “our population”, by chance alone: half of the runs (dark) and 9 in 10 (pale); {wide}. The other "
        f"question is the rest. {headline_of}"
    )
