"""The words in which charts of several scenarios name them, their bands and their source."""

from collections.abc import Sequence

import numpy as np

from simulation.analysis.compare import Counts, count_points, has_only_choices
from simulation.charts.text.study_words import as_study, uncertain_words
from simulation.charts.text.words import NO_CHANCE, listed, replicates_words
from simulation.formatting import in_hundred, month_words, parts_of_hundred, range_words, stretch_words
from simulation.results.comparison import Case, Comparison, as_comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.months import month_names
from simulation.scenario.paths import undisturbed_gap

Results = Comparison | Study | Ensemble
"""The results that a chart of scenarios can be drawn from."""


def comparison_of(results: Results) -> Comparison:
    """Return a comparison as it is, or a single scenario as a comparison of one."""
    return results if isinstance(results, Comparison) else as_comparison(as_study(results))


def horizon_of(comparison: Comparison) -> str:
    """Return the last month, such as March 2019."""
    return month_words(month_names(comparison.scenario.start, comparison.scenario.months)[-1])


def replicates_of(comparison: Comparison) -> str:
    """Say how many replicates each scenario has."""
    each = " each" if len(comparison.cases) > 1 else ""
    return f"{replicates_words(comparison.replicates)}{each}"


def varied_replicates(comparison: Comparison) -> int:
    """Return how many replicates with uncertain assumptions each scenario has; 0 if they were not varied."""
    varied = [study.assumptions for study in comparison.studies.values()]
    return min((0 if each is None else len(each) for each in varied), default=0)


def uncertain_in(comparison: Comparison) -> str:
    """Name the uncertain assumptions of a comparison, and say if their ranges were stretched."""
    return uncertain_words(next(iter(comparison.studies.values()), None))


def bands_words(comparison: Comparison, line: str = "lines") -> str:
    """Say which band is which, for a subtitle."""
    if comparison.replicates == 1:
        return NO_CHANCE
    varied = varied_replicates(comparison)
    chance = f"thick {line}: half of {replicates_of(comparison)}, thin: 9 in 10, by chance alone"
    if not varied:
        return f"Dots: medians; {chance}; assumptions are not varied."
    return f"Dots: medians; {chance}; dotted: 9 in 10 of {varied:,} allowing for {uncertain_in(comparison)}."


def source_of(comparison: Comparison) -> str:
    """Return the source: title, seed, replicates, version and the day of the first run."""
    varied = varied_replicates(comparison)
    also = f" and {varied:,} with {uncertain_in(comparison)}" if varied else ""
    parts = [
        f"Source: simulation, “{comparison.title}”",
        f"seed {comparison.seed}",
        replicates_of(comparison) + also,
        f"version {comparison.version}" if comparison.version else "",
        comparison.made,
    ]
    return ", ".join(part for part in parts if part) + "."


def short_frequency(count: int, of: int) -> str:
    """Say how often, where the subtitle says of what: 37 of 100."""
    return "none" if of == 0 else in_hundred(count, of).partition(" simulated")[0]


def target_met(case: Case, goal: float) -> tuple[int, int]:
    """Count the replicates of a case that meet the target, and all that did not fail.

    Args:
        case: The case.
        goal: The target, £m a year.
    """
    return int((case.gaps <= goal).sum()), int((~np.isnan(case.gaps)).sum())


def before_savings(comparison: Comparison, case: Case) -> float:
    """Return the gap in the last month before any savings, £m a year: the mean of the case if its tables were kept.

    Args:
        comparison: The results.
        case: One of its cases.
    """
    if case.study is not None:
        return float(case.study.ensemble["do_nothing"][:, -1].mean())
    return float(undisturbed_gap(comparison.scenario)[-1])


NOT_VARIED = "assumptions were not varied"


def often_words(comparison: Comparison, case: Case) -> str:
    """Say in how many cases with uncertain assumptions a scenario leaves less than each other one; ties apart.

    Args:
        comparison: Scenarios that a board can choose from.
        case: One of them.

    Returns:
        Words that follow the scenario's name after a semicolon; that assumptions were not varied, if so.
    """
    others = [other for other in comparison.cases if other is not case]
    counted = [(other.label, count_points(case, other)) for other in others]
    known = [(label, counts) for label, counts in counted if counts is not None]
    unknown = [label for label, counts in counted if counts is None]
    if not known:
        return NOT_VARIED
    also = f"; for {listed(unknown)} {NOT_VARIED}" if unknown else ""
    return f"{cases_words(known[0][1])} it leaves {less_words(known)}{also}"


def cases_words(counts: Counts) -> str:
    """Name what is counted: of 100 cases with uncertain assumptions, or of as many as there are if they are fewer."""
    shown = min(100, counts.of)
    cases = "case" if shown == 1 else "cases"
    return f"of {shown} {cases} with uncertain assumptions{stretch_words(counts.stretch)}"


def less_words(counted: Sequence[tuple[str, Counts]]) -> str:
    """Say how often less, no different and more is left than by each of some scenarios.

    Args:
        counted: What it is compared with, and the counts.
    """
    parts = []
    for label, counts in counted:
        less, same, more = parts_of_hundred(counts.parts)
        parts.append(f"less than {label} in {less}, no different in {same}, more in {more}")
    return "; ".join(parts)


def span_words(amounts: Sequence[float]) -> str:
    """Give the lowest and the highest of some amounts in £m, and name none of the cases that have them."""
    return range_words(float(np.nanmin(amounts)), float(np.nanmax(amounts)))


def all_cases(comparison: Comparison) -> str:
    """Name all that is compared: the 3 scenarios; 32 combinations of scenario and assumptions."""
    count = len(comparison.cases)
    if has_only_choices(comparison):
        return f"the {count:,} scenarios"
    several = len({case.variant for case in comparison.cases}) > 1
    return f"{count:,} {'combinations of scenario and assumptions' if several else 'sets of assumptions'}"
