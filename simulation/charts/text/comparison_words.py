"""What charts of several scenarios say of them: which, on what chance, and where the numbers come from."""

from simulation.analysis.frequency import in_hundred
from simulation.charts.text.study_words import as_study
from simulation.charts.text.words import month_words, replicates_words
from simulation.results.comparison import Comparison, as_comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.months import month_names

Results = Comparison | Study | Ensemble
"""What a chart of scenarios is drawn from; a single one is a comparison of one."""


def comparison_of(results: Results) -> Comparison:
    """A comparison as it is, or a single scenario as a comparison of one."""
    return results if isinstance(results, Comparison) else as_comparison(as_study(results))


def horizon_of(comparison: Comparison) -> str:
    """The last month, in words."""
    return month_words(month_names(comparison.scenario.start, comparison.scenario.months)[-1])


def replicates_of(comparison: Comparison) -> str:
    """How many replicates each scenario has."""
    each = " each" if len(comparison.cases) > 1 else ""
    return f"{replicates_words(comparison.replicates)}{each}"


def varied_replicates(comparison: Comparison) -> int:
    """How many replicates with assumptions varied each scenario has; 0 if they were not varied."""
    varied = [study.assumptions for study in comparison.studies.values()]
    return min((0 if each is None else len(each) for each in varied), default=0)


def bands_words(comparison: Comparison, line: str = "lines") -> str:
    """Which band is which, for a subtitle."""
    if comparison.replicates == 1:
        return "One simulated run, so chance is not shown; assumptions are not varied."
    varied = varied_replicates(comparison)
    chance = f"thick {line}: half of {replicates_of(comparison)}, thin: 9 in 10, by chance alone"
    if not varied:
        return f"Dots: medians; {chance}; assumptions are not varied."
    return f"Dots: medians; {chance}; dotted: 9 in 10 of {varied:,} with assumptions varied too."


def source_of(comparison: Comparison) -> str:
    """Where the numbers come from: title, seed, replicates, version and the day on which it was first run."""
    varied = varied_replicates(comparison)
    also = f" and {varied:,} with assumptions varied" if varied else ""
    parts = [
        f"Source: simulation, “{comparison.title}”",
        f"seed {comparison.seed}",
        replicates_of(comparison) + also,
        f"version {comparison.version}" if comparison.version else "",
        comparison.made,
    ]
    return ", ".join(part for part in parts if part) + "."


def short_frequency(count: int, of: int) -> str:
    """A natural frequency where the subtitle says what of: 37 of 100."""
    return "none" if of == 0 else in_hundred(count, of).partition(" simulated")[0]
