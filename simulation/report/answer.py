"""The findings on a paper's first page: sentences with the numbers."""

from collections.abc import Sequence

import numpy as np

from simulation.analysis.bands import Interval, interval_of, varied_interval
from simulation.analysis.compare import case_in_detail
from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange, organisation_changes
from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.place_position import place_position
from simulation.analysis.sensitivity import drivers
from simulation.analysis.summary import summarise
from simulation.analysis.verdict import Measure, verdict
from simulation.analysis.verdict_words import CENTRAL, headline, holds_words, sure_words
from simulation.charts import reason_unavailable
from simulation.charts.text.comparison_words import (
    all_cases,
    before_savings,
    horizon_of,
    span_words,
)
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.words import band_words, capital, listed, parameter_words
from simulation.formatting import discount_words, percent, pounds
from simulation.report.choices_table import left_over_points
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study
from simulation.scenario.paths import target
from simulation.scenario.schema import Scenario

_MOST_COMPARED = 4
"""The most scenarios of which a sentence says what each leaves."""


def register_source(comparison: Comparison) -> tuple[Scenario, Study | None]:
    """Return the scenario whose assumptions the paper lists, and its results; None if they were not kept.

    Args:
        comparison: The results.
    """
    focus = case_in_detail(comparison)
    study = focus.study if focus else None
    return (study.ensemble.scenario if study else comparison.scenario), study


def answer_of(comparison: Comparison) -> tuple[str, ...]:
    """Return the findings for the first page, each a sentence or two.

    Of several choices: the verdict by the gap, what each leaves, the verdict by the position, and who loses. Of one
    scenario: what it leaves, how the plan fared, and who loses. Of sets of assumptions: none is singled out.

    Args:
        comparison: The results.
    """
    focus = case_in_detail(comparison)
    if focus is None:
        return (
            left_over_points(comparison),
            _what_moves_it(comparison),
            "Who wins and who loses differs between these cases.",
        )
    if len(comparison.cases) > 1:
        return (*_verdicts(comparison), _left(comparison), _who_loses(comparison, focus))
    how = _how(focus.study) if focus.study else "How the plan fared is not known: the tables were not kept."
    return (_baseline(comparison), how, _who_loses(comparison, focus))


def _verdicts(comparison: Comparison) -> tuple[str, ...]:
    """Say which choice is better by the gap and by the position, in how many cases, and how sure that is."""
    found = {measure: verdict(comparison, measure) for measure in Measure}
    gap, position = found[Measure.GAP], found[Measure.POSITION]
    if gap is None or position is None:
        return ("Which choice is better is not known: assumptions were not varied.",)
    reach = ""
    if len(gap.labels) == 2:
        said = holds_words(gap.between(gap.labels[1], gap.labels[0]))
        reach = f" {said}." if said else ""
    return (
        f"{headline(gap)}.{reach} {sure_words(gap)}.",
        f"By the position over the run, costs included, the answer is this. {headline(position)}.",
    )


def _what_moves_it(comparison: Comparison) -> str:
    """Say how often scenarios leave less than the baseline in these cases, or what explains the gap's variance."""
    found = verdict(comparison)
    if found is not None:
        return f"{headline(found)}. {sure_words(found)}."
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
        f"{pounds(goal)}{_position_words(base)}."
    )


def _position_words(case: Case) -> str:
    """Say what all organisations together spend beyond their income over the run, with both bands."""
    if case.positions is None or np.isnan(case.positions).all():
        return ""
    interval, wide = place_position(case)
    prices = discount_words(0.0 if case.study is None else case.study.discount)
    return f"; over the run the place’s position is {pounds(interval.median)}{_short_bands(interval, wide)}, {prices}"


def _left(comparison: Comparison) -> str:
    """Say what each scenario leaves at the central assumptions, with both bands."""
    goal, nothing = target(comparison.scenario), before_savings(comparison, comparison.cases[0])
    of = f"of {pounds(nothing)} before any savings and against a target of {pounds(goal)}"
    if len(comparison.cases) > _MOST_COMPARED:
        spans = span_words([interval_of(case.gaps).median for case in comparison.cases])
        return f"{capital(CENTRAL)} {all_cases(comparison)} leave {spans} a year in {horizon_of(comparison)}, {of}."
    left = "; ".join(map(_left_words, comparison.cases))
    return f"{capital(CENTRAL)}, a year in {horizon_of(comparison)}, {of}: {left}."


def _left_words(case: Case) -> str:
    """Say what a scenario leaves, with both bands."""
    if np.isnan(case.gaps).all():
        return f"{case.label} could not be run"
    gap = interval_of(case.gaps)
    return f"{case.label} leaves {pounds(gap.median)}{_short_bands(gap, varied_interval(case.study))}"


def _how(study: Study) -> str:
    summary = summarise(study.ensemble)
    return (
        f"{percent(summary.delivered_of_paper.mean)} of the plan on paper is delivered, and "
        f"{percent(summary.plan_coverage.mean)} of what was open was agreed after eight weeks; organisations ask what "
        f"they could do for the population in {percent(summary.population_first_early.mean)} of stances in the first "
        f"half-year and in {percent(summary.population_first_late.mean)} in the last."
    )


def _who_loses(comparison: Comparison, focus: Case) -> str:
    """Say who is worse off than in the baseline; of a single scenario, than before any savings."""
    changes = [each for each in organisation_changes(comparison) if each.period == WHOLE_RUN]
    if changes:
        by_scenario: dict[str, list[OrganisationChange]] = {}
        for each in changes:
            by_scenario.setdefault(each.scenario, []).append(each)
        if len(by_scenario) > _MOST_COMPARED:
            label = focus.label if focus.label in by_scenario else changes[0].scenario
            by_scenario = {label: by_scenario[label]}
        losing = "; ".join(f"with {label} {_losers_words(some)}" for label, some in by_scenario.items())
        return f"Worse off over the run than with {changes[0].baseline}, in most simulated runs: {losing}."
    if focus.study is None:
        return "Who wins and who loses is not known here: the tables for it were not kept."
    positions = organisations_positions(focus.study.ensemble, discount=focus.study.discount)
    first = positions[0]
    plan = first.against_plan.median
    side = f"{pounds(-plan)} below" if plan < 0 else f"{pounds(plan)} above"
    furthest = f"{first.name} ends worst against its own plan, {side} over the run"
    worse = [each.name for each in positions if 2 * each.loses_in > each.replicates]
    if not worse:
        return f"{furthest}; no organisation is most often worse off than before any savings."
    named = listed(worse) if len(worse) <= 4 else f"{len(worse)} of {len(positions)} organisations"
    return f"{furthest}; most often worse off than before any savings: {named}."


def _losers_words(changes: Sequence[OrganisationChange]) -> str:
    """Count those that lose in most simulated runs, and name the one that loses most."""
    losing = [each for each in changes if 2 * each.loses_in > each.precision.replicates]
    losing.sort(key=lambda each: each.precision.mean)
    if not losing:
        return "nobody"
    count = f"{len(losing)} of {len(changes)} organisations"
    first = losing[0]
    most = f"{first.name} loses {'most, ' if len(losing) > 1 else ''}{pounds(-first.precision.mean)}"
    return f"{count} ({most})"


def _ranges(case: Case) -> str:
    """Write both bands of the gap in brackets, and say which is which."""
    interval, wide = interval_of(case.gaps), varied_interval(case.study)
    by_chance = f"{band_words(interval)} in 9 of 10 simulated runs by chance alone"
    parts = [by_chance] if interval.low_90 < interval.high_90 else []
    parts += [] if wide is None else [f"{band_words(wide)} allowing for {uncertain_words(case.study)}"]
    return f" ({'; '.join(parts)})" if parts else ""


def _short_bands(interval: Interval, wide: Interval | None) -> str:
    """Write both bands in brackets, in the order that `_ranges` gives them."""
    parts = [band_words(interval)] if interval.low_90 < interval.high_90 else []
    parts += [] if wide is None else [band_words(wide)]
    return f" ({'; '.join(parts)})" if parts else ""
