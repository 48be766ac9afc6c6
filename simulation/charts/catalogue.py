"""The charts by name, and the reasons why one can't be drawn of some results."""

from collections.abc import Callable
from functools import partial

import numpy as np

from simulation.analysis.assumptions import study_swings
from simulation.analysis.choices import NO_CHOICES, NOT_EACH_DRAWN, choices_of, points_of
from simulation.analysis.compare import compare, has_only_choices
from simulation.analysis.front_points import has_drawn_gaps, points_of_comparison
from simulation.analysis.grid import Grid, grid_of
from simulation.analysis.information import information_lack
from simulation.analysis.observed_trust import compare_with_observed_trust
from simulation.analysis.pay_back import pay_back
from simulation.analysis.reported import compare_with_reported
from simulation.analysis.too_late import starts_of
from simulation.analysis.verdict import find_verdict
from simulation.charts.actuals import actuals
from simulation.charts.attribution import attribution
from simulation.charts.best_by_point import best_by_point
from simulation.charts.bridge import bridge
from simulation.charts.chance import chance
from simulation.charts.deciding import deciding_chart
from simulation.charts.drawing.chart import Chart
from simulation.charts.drivers import drivers
from simulation.charts.front import front
from simulation.charts.gap_by_factor import gap_by_factor
from simulation.charts.gap_by_point import gap_by_point
from simulation.charts.information import information_chart
from simulation.charts.money import money
from simulation.charts.observed_trust import observed_trust
from simulation.charts.over_time import gap_over_time, trust_over_time
from simulation.charts.paired_difference import paired_difference
from simulation.charts.plan_against_delivery import plan_against_delivery
from simulation.charts.question_mix import question_mix
from simulation.charts.reported import reported
from simulation.charts.scenario_table import scenario_table
from simulation.charts.sensitivity import sensitivity
from simulation.charts.too_late import too_late
from simulation.charts.tornado import tornado
from simulation.charts.trajectory import trajectory
from simulation.charts.trust_map import trust_map
from simulation.charts.trust_matrix import trust_matrix
from simulation.charts.turning_point import turning_point_chart
from simulation.charts.verdict import verdict_chart
from simulation.charts.who_gains import changes_over_the_run, who_gains
from simulation.charts.who_wins import who_wins
from simulation.formatting import counted
from simulation.known_names import check_name
from simulation.results.comparison import Comparison
from simulation.results.left_out import lost_baseline
from simulation.results.study import Study

OF_COMPARISONS: dict[str, Callable[..., Chart]] = {
    "scenario_table": scenario_table,
    "verdict": verdict_chart,
    "front": front,
    "deciding": deciding_chart,
    "turning_point": turning_point_chart,
    "information": information_chart,
    "chance": chance,
    "paired_difference": paired_difference,
    "gap_over_time": gap_over_time,
    "trust_over_time": trust_over_time,
    "gap_by_point": gap_by_point,
    "best_by_point": best_by_point,
    "gap_by_factor": gap_by_factor,
    "money": money,
    "who_gains": who_gains,
    "attribution": attribution,
    "too_late": too_late,
    "drivers": drivers,
    "sensitivity": sensitivity,
}
"""Charts of scenarios side by side, in the order in which to read them."""

OF_STUDIES: dict[str, Callable[..., Chart]] = {
    "trajectory": trajectory,
    "bridge": bridge,
    "question_mix": question_mix,
    "trust_map": trust_map,
    "trust_matrix": trust_matrix,
    "plan_against_delivery": plan_against_delivery,
    "who_wins": who_wins,
    "tornado": tornado,
    "reported": reported,
    "observed_trust": observed_trust,
    "actuals": actuals,
}
"""Charts of one scenario, in the order in which to read them."""

CHARTS = OF_COMPARISONS | OF_STUDIES
"""Every chart by name."""

OF_PAIRS = ("deciding", "turning_point")
"""Charts that take two choices, `first` and `second`."""

TOO_MANY = "too many"
"""Start of the reason if a chart is left out because it has too much to label."""

MOST_LABELS = 40
"""Organisations, or programmes, that a chart can label."""

MOST_CASES = 24
"""Scenarios that a chart can show, a line each."""

MOST_CHOICES = 7
"""Choices whose pairs a chart can show, a line each."""

MOST_LEVELS = 12
"""Values of an assumption that a chart of a grid can name."""

MOST_IN_GRID = 8
"""Choices that a chart of a grid can name."""

MOST_CELLS = 200
"""Numbers that fit a page: choices times sets of assumptions."""

_A_LINE_EACH = ("scenario_table", "chance", "paired_difference")
_NAMES_ORGANISATIONS = ("trust_map", "trust_matrix", "who_wins")
_NAMES_PROGRAMMES = ("plan_against_delivery",)


def reason_unavailable(chart: str, results: Comparison | Study) -> str | None:
    """Return in words why a chart can't be drawn of some results; None if it can.

    Args:
        chart: Its name in `CHARTS`.
        results: A comparison for charts of scenarios side by side, a study for those of one.

    Raises:
        ValueError: If there is no such chart.
    """
    check_name("chart", chart, CHARTS)
    return _reason_of_study(chart, results) if isinstance(results, Study) else _reason_of_comparison(chart, results)


def too_many(what: str, count: int, limit: int = MOST_LABELS) -> str:
    """Say that a chart would have too much to label.

    Args:
        what: Plural of what is labelled, such as organisations.
        count: The number of them.
        limit: The most that can be labelled.
    """
    return f"{TOO_MANY} {what} to label ({count:,}; the limit is {limit})"


def _reason_of_study(chart: str, study: Study) -> str | None:
    axes = study.ensemble.axes
    if chart in _NAMES_ORGANISATIONS and len(axes.organisations) > MOST_LABELS:
        return too_many("organisations", len(axes.organisations))
    if chart in _NAMES_PROGRAMMES and len(axes.programmes) > MOST_LABELS:
        return too_many("programmes", len(axes.programmes))
    if chart == "tornado" and study_swings(study) is None:
        return study.unjudged or "the assumptions were not varied, or at too few points to tell them apart"
    return _reason_of_observed(chart, study)


def _reason_of_observed(chart: str, study: Study) -> str | None:
    """Return why a chart of what was observed can't be drawn; None if it can, or is of nothing observed."""
    observed = study.ensemble.scenario.observed
    if chart == "actuals" and not (observed and observed.gap):
        return "the scenario has no observed gap"
    if chart == "observed_trust" and not compare_with_observed_trust(study.ensemble):
        return "the scenario has no observed trust of the whole place within the run"
    return _reason_of_reported(study) if chart == "reported" else None


def _reason_of_reported(study: Study) -> str | None:
    figures = len(compare_with_reported(study))
    if figures > MOST_LABELS:
        return too_many("reported figures", figures)
    return None if figures else "the scenario has no reported figure within the run"


def _reason_of_comparison(chart: str, comparison: Comparison) -> str | None:
    if chart in _A_LINE_EACH:
        if not has_only_choices(comparison):
            return "the cases are sets of assumptions, not scenarios; " + _instead(comparison)
        if len(comparison.cases) > MOST_CASES:
            return too_many("scenarios", len(comparison.cases), MOST_CASES)
    reason = _REASONS.get(chart)
    found = None if reason is None else reason(comparison)
    lost = found and chart in _AGAINST_BASELINE and lost_baseline(comparison.left_out, comparison.cases[0].label)
    return f"{lost}, with which the others are compared" if lost else found


def _instead(comparison: Comparison) -> str:
    """Say which charts show cases that are sets of assumptions."""
    if grid_of(comparison) is None:
        return "verdict and drivers show what they say together"
    return f"{'gap_by_factor' if len(comparison.assumptions) == 1 else 'gap_by_point'} shows them"


def _reason_of_grid(chart: str, comparison: Comparison) -> str | None:
    """Return why a chart of a grid can't be drawn; None if it can."""
    assumptions, needed = len(comparison.assumptions), 1 if chart == "gap_by_factor" else 2
    if not assumptions:
        return "the experiment itself varies no assumption"
    if comparison.design != "grid":
        return f"the design is {comparison.design}, not a grid"
    if assumptions != needed:
        return f"it needs a grid of {counted(needed, 'assumption')}; this one has {assumptions}"
    if comparison.unjudged:
        return comparison.unjudged
    grid = grid_of(comparison)
    return "no value of the assumptions was run" if grid is None else _reason_of_size(chart, grid)


def _reason_of_size(chart: str, grid: Grid) -> str | None:
    levels = max(map(len, grid.levels))
    if levels > MOST_LEVELS:
        return too_many("values of an assumption", levels, MOST_LEVELS)
    if len(grid.labels) > MOST_IN_GRID:
        return too_many("choices", len(grid.labels), MOST_IN_GRID)
    cells = grid.is_known.size * len(grid.labels)
    if chart == "gap_by_point" and cells > MOST_CELLS:
        return too_many("numbers", cells, MOST_CELLS)
    return "there are no two choices" if chart == "best_by_point" and len(grid.labels) == 1 else None


def _reason_of_paired_difference(comparison: Comparison) -> str | None:
    return None if compare(comparison) else "there are no two scenarios with simulated runs to compare"


def _reason_of_over_time(comparison: Comparison, *, trust: bool) -> str | None:
    """Return why lines of several scenarios can't be drawn; None if they can."""
    if not has_only_choices(comparison):
        return "the cases are sets of assumptions, of which none is singled out"
    ensembles = [study.ensemble for study in comparison.studies.values()]
    if len(ensembles) < 2 or len({each.axes.months for each in ensembles}) > 1:
        return "there are no two scenarios of the same months whose tables were kept"
    if trust and any(np.isnan(each["trust"]).all() for each in ensembles):
        return "no two organisations have dealings with each other"
    return too_many("scenarios", len(ensembles), MOST_CHOICES) if len(ensembles) > MOST_CHOICES else None


def _reason_of_money(comparison: Comparison) -> str | None:
    if not has_only_choices(comparison):
        return "the cases are sets of assumptions, of which none is singled out"
    return None if pay_back(comparison) else "there are no two scenarios of the same months whose tables were kept"


def _reason_of_attribution(comparison: Comparison) -> str | None:
    asked = comparison.attribution is not None
    return None if asked else "the experiment asks for no attribution, or it is not finished"


def _reason_of_too_late(comparison: Comparison) -> str | None:
    varied = starts_of(comparison) is not None
    return None if varied else "the experiment does not vary the month in which levers start, and nothing else"


def _reason_of_verdict(comparison: Comparison) -> str | None:
    found = find_verdict(comparison)
    if found is None:
        return comparison.unjudged or NO_CHOICES
    return too_many("choices", len(found.labels), MOST_CHOICES) if len(found.labels) > MOST_CHOICES else None


def _reason_of_front(comparison: Comparison) -> str | None:
    found = points_of_comparison(comparison)
    if found is None:
        lacking = "there are no scenarios whose levers cost different amounts and whose assumptions were varied"
        if has_drawn_gaps(comparison):
            lacking = "the gaps before any savings differ between the scenarios, and were drawn"
        if not has_only_choices(comparison):
            lacking = "it compares scenarios that an experiment lists, and these results are of sets of assumptions"
        return comparison.unjudged or lacking
    return too_many("choices", len(found.points), MOST_CHOICES) if len(found.points) > MOST_CHOICES else None


def _reason_of_deciding(comparison: Comparison) -> str | None:
    choices = choices_of(comparison)
    if not choices:
        return comparison.unjudged or NO_CHOICES
    if choices[0].chosen:
        return NOT_EACH_DRAWN
    if all(len(points_of(choices[0], other)[0]) < 2 for other in choices[1:]):
        return "fewer than two of the model’s assumptions were varied"
    return too_many("choices", len(choices), MOST_CHOICES) if len(choices) > MOST_CHOICES else None


def _reason_of_information(comparison: Comparison) -> str | None:
    return information_lack(comparison) or None


def _reason_of_who_gains(comparison: Comparison) -> str | None:
    organisations = len(comparison.scenario.organisations)
    if organisations > MOST_LABELS:
        return too_many("organisations", organisations)
    if not has_only_choices(comparison):
        return "the cases are sets of assumptions, of which none is singled out"
    if not changes_over_the_run(comparison):
        return "there are no two scenarios of one place whose organisations' outturns were kept"
    return None


def _reason_of_drivers(comparison: Comparison) -> str | None:
    if comparison.design != "sobol" or len({case.variant for case in comparison.cases}) != 1:
        return "the experiment is not a Sobol sample of one scenario"
    if any(np.isnan(case.gaps).all() for case in comparison.cases):
        return "designs of the Sobol sample failed" if comparison.left_out else "the Sobol sample is not finished"
    return None


def _reason_of_sensitivity(comparison: Comparison) -> str | None:
    return None if comparison.sensitivity else "the parameters' indices were not found; run `trustsim sensitivity`"


_AGAINST_BASELINE = frozenset(
    {"verdict", "front", "deciding", "turning_point", "information", "paired_difference", "money", "who_gains"}
)
"""Charts that lack the baseline, whatever else they lack, where none of its replicates worked."""

_REASONS: dict[str, Callable[[Comparison], str | None]] = {
    "verdict": _reason_of_verdict,
    "front": _reason_of_front,
    "deciding": _reason_of_deciding,
    "turning_point": _reason_of_deciding,
    "information": _reason_of_information,
    "paired_difference": _reason_of_paired_difference,
    **{name: partial(_reason_of_grid, name) for name in ("gap_by_point", "best_by_point", "gap_by_factor")},
    "gap_over_time": partial(_reason_of_over_time, trust=False),
    "trust_over_time": partial(_reason_of_over_time, trust=True),
    "money": _reason_of_money,
    "who_gains": _reason_of_who_gains,
    "attribution": _reason_of_attribution,
    "too_late": _reason_of_too_late,
    "drivers": _reason_of_drivers,
    "sensitivity": _reason_of_sensitivity,
}
