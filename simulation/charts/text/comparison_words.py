"""The words in which charts of several scenarios name them, their bands and their source."""

from collections.abc import Sequence

import numpy as np

from simulation.analysis.choices import counted_cases
from simulation.analysis.compare import has_only_choices
from simulation.analysis.drawn_words import drawn_and_held
from simulation.analysis.measure import Measure
from simulation.analysis.target import count_met
from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import headline
from simulation.charts.text.study_words import as_study
from simulation.charts.text.words import replicates_words
from simulation.formatting import counted, discount_words, in_hundred, month_words, pounds, range_words, stretch_words
from simulation.money_unit import MoneyUnit, unit_for
from simulation.results.comparison import Case, Comparison, as_comparison
from simulation.results.ensemble import Ensemble
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import left_out_in_short, unvaried_words
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.months import month_names

Results = Comparison | Study | Ensemble
"""The results that a chart of scenarios can be drawn from."""


def comparison_of(results: Results) -> Comparison:
    """Return a comparison as it is, or a single scenario as a comparison of one."""
    return results if isinstance(results, Comparison) else as_comparison(as_study(results))


def money_unit_of(comparison: Comparison) -> MoneyUnit:
    """Return the unit of money for a place: £m, or £ thousand if its gap is always under £1m a year."""
    gaps = comparison.scenario.do_nothing.values()
    return unit_for([*gaps, *(case.before_savings for case in comparison.cases_in_tables)])


def horizon_of(comparison: Comparison) -> str:
    """Return the last month, such as March 2019."""
    return month_words(month_names(comparison.scenario.start, comparison.scenario.months)[-1])


def replicates_of(comparison: Comparison) -> str:
    """Say how many replicates each scenario has."""
    each = " each" if len(comparison.cases) > 1 else ""
    return f"{replicates_words(comparison.replicates)}{each}"


def varied_replicates(comparison: Comparison, stretch: float | None = None) -> int:
    """Return how many replicates with uncertain assumptions each scenario has; 0 if they were not varied.

    Args:
        comparison: The scenarios.
        stretch: Which of the samples of assumptions, by the factor that stretched their ranges; the usual if left out.
    """
    varied = [_sample(study, stretch) for study in comparison.studies.values()]
    return min((0 if each is None else len(each) for each in varied), default=0)


def drawn_sets(comparison: Comparison) -> int:
    """Return how many sets of assumptions were drawn for each scenario; 0 if none were.

    Args:
        comparison: The scenarios.
    """
    own = {case.point for case in comparison.cases if case.point is not None}
    beside = [study.assumptions.points for study in comparison.studies.values() if study.assumptions is not None]
    return len(own) or min(beside, default=0)


def uncertain_in(comparison: Comparison, stretch: float | None = None) -> str:
    """Name the uncertain assumptions of a comparison: those that it draws itself, or all, over ranges of what stretch.

    Args:
        comparison: The scenarios.
        stretch: As in `varied_replicates`.
    """
    if comparison.assumptions:
        return drawn_and_held(len(comparison.assumptions))
    study = next(iter(comparison.studies.values()), None)
    sample = None if study is None else _sample(study, stretch)
    return f"uncertain assumptions{'' if sample is None else stretch_words(sample.stretch)}"


def source_of(comparison: Comparison, stretch: float | None = None) -> str:
    """Return the source: title, seed, replicates, version and the day of the first run.

    Args:
        comparison: The scenarios.
        stretch: As in `varied_replicates`.
    """
    varied = varied_replicates(comparison, stretch)
    also = f" and {varied:,} with {uncertain_in(comparison, stretch)}" if varied else ""
    parts = [
        f"Source: simulation, “{comparison.title}”",
        f"seed {comparison.seed}",
        replicates_of(comparison) + also,
        f"version {comparison.version}" if comparison.version else "",
        comparison.made,
        _option_prices(comparison),
        "" if comparison.is_checked else UNCHECKED,
        comparison.other_model,
        left_out_in_short(comparison.left_out),
    ]
    return ", ".join(part for part in parts if part) + "."


def _option_prices(comparison: Comparison) -> str:
    """Say that the costs in options' names are not discounted, where other money is."""
    if comparison.search is None or not comparison.discount:
        return ""
    return f"costs in the names of options {discount_words(0)}"


def _sample(study: Study, stretch: float | None) -> Replicates | None:
    """Return the replicates with uncertain assumptions over ranges that were stretched by a factor."""
    usual = study.assumptions
    is_usual = stretch is None or (usual is not None and usual.stretch == stretch)
    return usual if is_usual or stretch is None else study.stretched.get(stretch)


def short_frequency(count: int, of: int) -> str:
    """Say how often, where the subtitle says of what: 37 of 100."""
    return "not known" if of == 0 else in_hundred(count, of).partition(" simulated")[0]


def in_signs(count: str) -> str:
    """Write a count with signs for a narrow column: <1 for fewer than 1, >99 for more than 99."""
    return count.replace("more than ", ">").replace("fewer than ", "<")


def target_met(case: Case) -> tuple[int, int]:
    """Count the replicates of a case that meet its target, and all that did not fail."""
    return count_met(case.gaps, case.target), int((~np.isnan(case.gaps)).sum())


def target_met_varied(case: Case) -> tuple[int, int] | None:
    """Count the replicates with uncertain assumptions that meet a case's target, and all; None if there are none."""
    varied = None if case.study is None else case.study.assumptions
    return None if varied is None else (count_met(varied["gap"][:, -1], case.target), len(varied))


def target_words(cases: Sequence[Case], whose: str = "the") -> str:
    """Name the target of cases, £m a year, or the range of their own targets: the target of £5m.

    Args:
        cases: One or more.
        whose: The word before one target, such as "a".
    """
    goals = {case.target for case in cases}
    return f"{whose} target of {pounds(goals.pop())}" if len(goals) == 1 else f"targets of {span_words([*goals])}"


def before_savings_words(cases: Sequence[Case]) -> str:
    """Write the gap of cases in the last month before any savings, £m a year, or the range of these."""
    return span_words([case.before_savings for case in cases])


def verdict_words(comparison: Comparison, measure: Measure = Measure.GAP) -> str:
    """Return the finding on all choices, without a full stop; why there is none, if so.

    Args:
        comparison: Scenarios that a board can choose from, at least two.
        measure: What they are compared by.
    """
    found = find_verdict(comparison, measure)
    return unvaried_words(comparison) if found is None else headline(found)


def span_words(amounts: Sequence[float]) -> str:
    """Give the lowest and the highest of some amounts in £m, and name none of the cases that have them."""
    return range_words(float(np.nanmin(amounts)), float(np.nanmax(amounts)))


def all_cases(comparison: Comparison) -> str:
    """Name all that is compared: the 3 scenarios; 32 combinations of scenario and assumptions.

    What failed wholly is none of them, and a point that is repeated counts once.
    """
    count = len(counted_cases(comparison))
    return f"the {counted(count, 'scenario')}" if has_only_choices(comparison) else _over_assumptions(comparison, count)


def compared_cases(comparison: Comparison, count: int) -> str:
    """Name all that is compared with a baseline, which is none of them: the 2 other scenarios.

    Args:
        comparison: The baseline and the others.
        count: Number of these.
    """
    if has_only_choices(comparison):
        return f"the {counted(count, 'other scenario')}"
    return _over_assumptions(comparison, count)


def _over_assumptions(comparison: Comparison, count: int) -> str:
    """Name a number of cases that differ in their assumptions."""
    if len({case.variant for case in comparison.cases}) > 1:
        return counted(count, "combination of scenario and assumptions", "combinations of scenario and assumptions")
    if not comparison.choices:
        return counted(count, "set of assumptions", "sets of assumptions")
    if not comparison.assumptions:
        return counted(count, "choice")
    return counted(count, "combination of choice and assumptions", "combinations of choice and assumptions")
