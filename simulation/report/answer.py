"""The answer in three sentences, with the numbers, by rule."""

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Interval, interval_of
from simulation.analysis.compare import Difference, compare
from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.sensitivity import drivers
from simulation.analysis.summary import summarise
from simulation.charts import why_not
from simulation.charts.text.comparison_words import horizon_of, short_frequency
from simulation.charts.text.words import capital, listed, parameter_words, percent, pounds
from simulation.experiment.schema import SAMPLED
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study
from simulation.scenario.paths import target, undisturbed_gap
from simulation.scenario.schema import Scenario

_SAMPLES = {"sobol": "Sobol", "morris": "Morris", "latin-hypercube": "Latin hypercube", "random": "random"}


def focus_of(comparison: Comparison) -> Case:
    """The case that the paper looks at closely: the one that leaves least, by the median; the first of equals."""
    medians = np.round([interval_of(case.gaps).median for case in comparison.cases], 6)
    return comparison.cases[int(np.argmin(np.nan_to_num(medians, nan=np.inf)))]


def scenario_of(comparison: Comparison, case: Case) -> Scenario:
    """A case's scenario as far as it is known, else the baseline's."""
    return case.study.ensemble.scenario if case.study else comparison.scenario


def answer_of(comparison: Comparison) -> tuple[str, ...]:
    """Three sentences: where the place ends as it is, what closes most, and who loses by it.

    Args:
        comparison: The results.
    """
    focus = focus_of(comparison)
    if is_sample(comparison):
        return (*_of_sample(comparison), _who_loses(comparison, focus))
    if len(comparison.cases) == 1:
        middle = _how(focus.study) if focus.study else "How the plan fared is not known: the tables were not kept."
    else:
        middle = _best(comparison, focus)
    return (_baseline(comparison), middle, _who_loses(comparison, focus))


def is_sample(comparison: Comparison) -> bool:
    """Whether cases are points that were drawn, of which none is a scenario to choose."""
    return comparison.design in SAMPLED and len(comparison.cases) > 1


def means_of(comparison: Comparison) -> NDArray[np.float64]:
    """The mean gap of each case, £m a year; NaN where nothing was run."""
    known = [case.gaps[~np.isnan(case.gaps)] for case in comparison.cases]
    return np.array([float(gaps.mean()) if len(gaps) else np.nan for gaps in known])


def _of_sample(comparison: Comparison) -> tuple[str, str]:
    """Where the points of a sample end, and what moves them."""
    told = interval_of(means_of(comparison))
    where = (
        f"Over {len(comparison.cases):,} points of a {_SAMPLES[comparison.design]} sample, the mean gap left in "
        f"{horizon_of(comparison)} is {_range(told)} a year in 9 of 10 points, with a median of {pounds(told.median)}, "
        f"against a target of {pounds(target(comparison.scenario))}."
    )
    if why_not("drivers", comparison) is None:
        first = drivers(comparison).drivers[0]
        return (
            where,
            f"{parameter_words(first.factor)} explains most of that: {percent(first.total)} of the variance in all.",
        )
    return where, "What moves it most is told by a Sobol sample, which this is not."


def _baseline(comparison: Comparison) -> str:
    base = comparison.cases[0]
    nothing, goal = float(undisturbed_gap(comparison.scenario)[-1]), target(comparison.scenario)
    if base.study is not None:
        nothing = float(base.study.ensemble["do_nothing"][:, -1].mean())
    return (
        f"{capital(base.label)}: {pounds(interval_of(base.gaps).median)} a year is still open in "
        f"{horizon_of(comparison)}{_ranges(base)}, of {pounds(nothing)} if nothing is done and against a target of "
        f"{pounds(goal)}."
    )


def _best(comparison: Comparison, focus: Case) -> str:
    differences = {each.label: each for each in compare(comparison)}
    if focus is comparison.cases[0] or focus.label not in differences:
        others = len(comparison.cases) - 1
        return (
            f"None of the other {others} scenarios leaves less than that."
            if others > 1
            else "The other leaves no less."
        )
    told = differences[focus.label]
    return (
        f"{capital(focus.label)} leaves least, {pounds(interval_of(focus.gaps).median)}{_ranges(focus)}: "
        f"{_closes(told)} than {told.baseline}, {_how_often(told)}."
    )


def _closes(told: Difference) -> str:
    mean, wide = told.chance.precision.mean, told.chance.precision.half_width
    within = f" (95% interval {pounds(-mean - wide)} to {pounds(-mean + wide)})" if wide > 0.5 else ""
    return f"with the same random events {pounds(-mean)} less{within}"


def _how_often(told: Difference) -> str:
    chance, varied = told.chance, told.assumptions
    words = f"and less in {short_frequency(chance.beats, chance.of)} simulated runs by chance alone"
    if varied is None:
        return words
    same = varied.of - varied.beats - varied.worse
    rest = f" (more in {short_frequency(varied.worse, varied.of)}, the same in {short_frequency(same, varied.of)})"
    return f"{words}, but in {short_frequency(varied.beats, varied.of)} where assumptions vary too{rest}"


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
    worse = [each.name for each in positions if 2 * each.worse_off > each.replicates]
    if not worse:
        return f"{furthest}; no organisation is most often worse off than if nothing were done."
    named = listed(worse) if len(worse) <= 4 else f"{len(worse)} of {len(positions)} organisations"
    return f"{furthest}; most often worse off than if nothing were done: {named}."


def _ranges(case: Case) -> str:
    told = interval_of(case.gaps)
    varied = case.study.assumptions if case.study else None
    parts = [f"{_range(told)} in 9 of 10 simulated runs by chance alone"] if told.low_90 < told.high_90 else []
    parts += [] if varied is None else [f"{_range(interval_of(varied['gap'][:, -1]))} with assumptions varied too"]
    return f" ({'; '.join(parts)})" if parts else ""


def _range(interval: Interval) -> str:
    return f"{pounds(interval.low_90)} to {pounds(interval.high_90)}"
