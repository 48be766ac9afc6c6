"""The question mix: the shares of “my organisation” and “our population”, month by month."""

from math import isnan

import numpy as np

from simulation.analysis.bands import Bands, Interval, monthly_bands
from simulation.analysis.question_mix import QuestionEnds, QuestionMix, end_words, first_and_last
from simulation.analysis.question_mix import question_mix as mix_questions
from simulation.analysis.question_words import asked_words, met_words, short_met_words
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_bands, draw_line, draw_varied, name_months
from simulation.charts.drawing.value_axis import scale_shares
from simulation.charts.text.study_words import as_study, place_words, source_line, uncertain_words
from simulation.charts.text.words import band_words, one_run_words, replicates_words
from simulation.formatting import capital, month_words, percent
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
    found = first_and_last(ensemble)
    medians, shortly = "", ""
    if len(ensemble) > 1 and found.met_early + found.met_late:
        medians, shortly = f" (medians{met_words(found)})", f" (medians{short_met_words(found)})"
    texts = Texts(
        name="question_mix",
        headline=headline(found) + shortly,
        subtitle=_subtitle(study, mix),
        note=_note(study),
        source=source_line(study),
        alt=(
            f"Line chart of the questions that organisations ask in {place_words(ensemble)}: "
            f"{asked_words(found, '“our population”')}{_rest_words(found)}{medians}."
        ),
    )
    with theme.applied():
        chart = Chart(texts, mix.to_pandas(), theme, body_height=4.8)
        _draw(chart, mix, _varied(study), several=len(ensemble) > 1)
    return chart


def headline(found: QuestionEnds) -> str:
    """Return the finding: which question most ask at the end, and if that changed.

    Args:
        found: The population-first share at both ends of the run.
    """
    if not found.met:
        return "No questions are asked: there is nothing to meet about"
    if not (found.met_early and found.met_late):
        return capital(asked_words(found, "organisations ask “our population”", shortly=True))
    early, late, ends = found.early.median, found.late.median, end_words(found.months)
    mine = percent(1 - late)
    if abs(late - early) < _TURN:
        before = percent(1 - early)
        first = f"{before} of decisions" if before == mine else f"{before} of decisions, then in {mine}"
        return f"The question hardly changes: organisations put themselves first in {first}"
    if late > early or late >= 0.5:
        at_first = f"in {percent(early)} of decisions in the first {ends}"
        return f"Organisations ask “our population” {at_first}, in {percent(late)} in the last"
    return f"Organisations put themselves first in {mine} of decisions in the last {ends}"


def _rest_words(found: QuestionEnds) -> str:
    """Say how often the other question is asked, after what is said of the first."""
    if found.met_early and found.met_late:
        return f", “my organisation” in {percent(1 - found.early.median)} and {percent(1 - found.late.median)}"
    return "; the rest ask “my organisation”" if found.met_early or found.met_late else ""


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
        wide = varied.at(-1) if varied is not None and bands is mix.our_population else None
        labels.append(_label(name, bands, colour, mix, wide))
    place.label(labels)


def _label(name: str, bands: Bands, colour: str, mix: QuestionMix, wide: Interval | None) -> Label:
    """Return the label at the end of a line: its last month, or that nobody meets in it."""
    last, met, count = bands.at(-1), int(mix.met[-1]), mix.replicates
    if not met:
        seen = bands.median[~np.isnan(bands.median)]
        at, text = float(seen[-1]) if len(seen) else 0.0, name
        more = [f"nobody meets in {month_words(mix.months[-1])}"]
    else:
        at, text = last.median, f"{name}: {percent(last.median)}"
        more = [f"in {met:,} of {count:,} runs"] if met < count else []
        more += [f"by chance: {band_words(last, percent)}"] if count > 1 else []
    if wide is not None and not isnan(wide.median):
        more.append(f"and assumptions: {band_words(wide, percent)}")
    return Label(text, at, colour, tuple(more), "bold")


def _subtitle(study: Study, mix: QuestionMix) -> str:
    what = f"Share of all stances in which each question is asked. {place_words(study.ensemble)}."
    if mix.replicates == 1:
        return what
    lines = f"Lines: medians of {replicates_words(mix.replicates)}"
    if mix.is_of_all:
        return f"{what} {lines}."
    first, last = (f"{met:,}" if met else "none" for met in (int(mix.met[0]), int(mix.met[-1])))
    return (
        f"{what} {lines}, in each month of those in which organisations meet: {first} in the first, {last} in the last."
    )


def _note(study: Study) -> str:
    varied, ends = study.assumptions, end_words(len(study.ensemble.axes.months))
    headline_of = f"The headline compares average months of the first and the last {ends}."
    wide = unvaried_words(study, were="are")
    if varied is not None:
        shares = varied.columns.get("population_first")
        of = f"{len(varied):,}"
        if shares is not None and np.isnan(shares).any():
            of = f"those of {of} in which organisations meet,"
        wide = f"within the dotted lines 9 in 10 of {of} allowing for {uncertain_words(study)}"
    if len(study.ensemble) == 1:
        return f"{headline_of} {one_run_words('' if varied is None else f'{capital(wide)}.')}"
    return (
        f"Around “our population”, by chance alone: half of the runs (dark) and 9 in 10 (pale); {wide}. The other "
        f"question is the rest. {headline_of}"
    )
