"""The answer of a paper: three sentences with the numbers."""

import numpy as np

from simulation.analysis.bands import interval_of
from simulation.analysis.compare import Difference, compare, count_against_baseline, has_only_choices
from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.sensitivity import drivers
from simulation.analysis.summary import summarise
from simulation.charts import reason_unavailable
from simulation.charts.text.comparison_words import (
    NOT_VARIED,
    all_cases,
    before_savings,
    cases_words,
    horizon_of,
    least_words,
    less_words,
    often_words,
    short_frequency,
    span_words,
)
from simulation.charts.text.study_words import uncertain_words, varied_interval
from simulation.charts.text.words import band_words, capital, listed, parameter_words
from simulation.formatting import percent, pounds, range_words
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study
from simulation.scenario.paths import target
from simulation.scenario.schema import Scenario

_MOST_COMPARED = 6
"""The most scenarios that a sentence compares with."""

_SAMPLES = {"sobol": "Sobol", "morris": "Morris", "latin-hypercube": "Latin hypercube", "random": "random"}


def focus_of(comparison: Comparison) -> Case | None:
    """Return the scenario that the paper describes in detail: the one that leaves least at the default assumptions.

    Args:
        comparison: The results.

    Returns:
        The case with the smallest median gap, of equals the first; None if the cases are sets of assumptions, of which
        none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    medians = np.round([interval_of(case.gaps).median for case in comparison.cases], 6)
    return comparison.cases[int(np.argmin(np.nan_to_num(medians, nan=np.inf)))]


def register_source(comparison: Comparison) -> tuple[Scenario, Study | None]:
    """Return the scenario whose assumptions the paper lists, and its results; None if they were not kept.

    Args:
        comparison: The results.
    """
    focus = focus_of(comparison)
    study = focus.study if focus else None
    return (study.ensemble.scenario if study else comparison.scenario), study


def answer_of(comparison: Comparison) -> tuple[str, ...]:
    """Return three sentences: where the place ends as it is, what closes most, and who loses by it.

    Args:
        comparison: The results.
    """
    focus = focus_of(comparison)
    if focus is None:
        return (
            _of_points(comparison),
            _what_moves_it(comparison),
            "Who wins and who loses differs between these cases.",
        )
    if len(comparison.cases) == 1:
        middle = _how(focus.study) if focus.study else "How the plan fared is not known: the tables were not kept."
    else:
        middle = _best(comparison, focus)
    return (_baseline(comparison), middle, _who_loses(comparison, focus))


def _of_points(comparison: Comparison) -> str:
    """Say where the gaps of the cases end, and single out none."""
    known = [case.gaps[~np.isnan(case.gaps)] for case in comparison.cases]
    means = interval_of(np.array([gaps.mean() if len(gaps) else np.nan for gaps in known]))
    sample = f", a {_SAMPLES[comparison.design]} sample" if comparison.design in _SAMPLES else ""
    return (
        f"Over {all_cases(comparison)}{sample}, the mean gap left in {horizon_of(comparison)} is {band_words(means)} a "
        f"year in 9 of 10, with a median of {pounds(means.median)}, against a target of "
        f"{pounds(target(comparison.scenario))}."
    )


def _what_moves_it(comparison: Comparison) -> str:
    """Say how often scenarios leave less than the baseline in these cases, or what explains the gap's variance."""
    counted = count_against_baseline(comparison)
    if counted:
        leaving = [f"{variant} leaves {less_words([(baseline, counts)])}" for variant, baseline, counts in counted]
        return f"{capital(cases_words(counted[0][2]))}, {'; '.join(leaving)}."
    if reason_unavailable("drivers", comparison) is None:
        first = drivers(comparison).drivers[0]
        return f"{parameter_words(first.factor)} explains most of that: {percent(first.total)} of the variance in all."
    return "What moves it most is not known: only a Sobol sample of one scenario shows that."


def _baseline(comparison: Comparison) -> str:
    base = comparison.cases[0]
    nothing, goal = before_savings(comparison, base), target(comparison.scenario)
    return (
        f"{capital(base.label)}: {pounds(interval_of(base.gaps).median)} a year is still open in "
        f"{horizon_of(comparison)}{_ranges(base)}, of {pounds(nothing)} before any savings and against a target of "
        f"{pounds(goal)}."
    )


def _best(comparison: Comparison, focus: Case) -> str:
    base, others = comparison.cases[0], len(comparison.cases) - 1
    differences = {each.label: each for each in compare(comparison)}
    often = often_words(comparison, focus)
    if others > _MOST_COMPARED and often != NOT_VARIED:
        spans = span_words([interval_of(case.gaps).median for case in comparison.cases])
        return f"At the default assumptions {all_cases(comparison)} leave {spans}; none is named best under others."
    if focus is base or focus.label not in differences:
        other = f"None of the other {others} scenarios leaves" if others > 1 else "The other scenario leaves no"
        return f"{other} less than {base.label} at the default assumptions; {often}."
    difference = differences[focus.label]
    counts = difference.chance.counts
    return (
        f"{least_words(comparison, focus)}, {pounds(interval_of(focus.gaps).median)}{_ranges(focus)}: "
        f"{_closes(difference)} than {difference.baseline}, and less in "
        f"{short_frequency(counts.better, counts.of)} simulated runs by chance alone; {often}."
    )


def _closes(difference: Difference) -> str:
    mean, wide = difference.chance.precision.mean, difference.chance.precision.half_width
    within = f" (95% interval {range_words(-mean - wide, -mean + wide)})" if wide > 0.5 else ""
    return f"with the same random events {pounds(-mean)} less{within}"


def _how(study: Study) -> str:
    summary = summarise(study.ensemble)
    return (
        f"{percent(summary.delivered_of_paper.mean)} of the plan on paper is delivered, and "
        f"{percent(summary.plan_coverage.mean)} of what was open was agreed after eight weeks; organisations ask what "
        f"they could do for the population in {percent(summary.population_first_early.mean)} of stances in the first "
        f"half-year and in {percent(summary.population_first_late.mean)} in the last."
    )


def _who_loses(comparison: Comparison, focus: Case) -> str:
    if focus.study is None:
        return "Who wins and who loses is not known here: the tables for it were not kept."
    positions = organisations_positions(focus.study.ensemble)
    first, where = positions[0], "" if len(comparison.cases) == 1 else f" in {focus.label}"
    plan = first.against_plan.median
    side = f"{pounds(-plan)} below" if plan < 0 else f"{pounds(plan)} above"
    furthest = f"{first.name} ends worst against its own plan{where}, {side} over the run"
    worse = [each.name for each in positions if 2 * each.loses_in > each.replicates]
    if not worse:
        return f"{furthest}; no organisation is most often worse off than before any savings."
    named = listed(worse) if len(worse) <= 4 else f"{len(worse)} of {len(positions)} organisations"
    return f"{furthest}; most often worse off than before any savings: {named}."


def _ranges(case: Case) -> str:
    interval, wide = interval_of(case.gaps), varied_interval(case.study)
    by_chance = f"{band_words(interval)} in 9 of 10 simulated runs by chance alone"
    parts = [by_chance] if interval.low_90 < interval.high_90 else []
    parts += [] if wide is None else [f"{band_words(wide)} allowing for {uncertain_words(case.study)}"]
    return f" ({'; '.join(parts)})" if parts else ""
