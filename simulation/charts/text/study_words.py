"""The words in which every chart names its study: place, period, replicates and source."""

from simulation.analysis.verdict_words import CENTRAL
from simulation.charts.text.words import replicates_words
from simulation.formatting import capital, month_words, stretch_words
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import left_out_in_short
from simulation.results.study import Study


def as_study(results: Comparison | Study | Ensemble) -> Study:
    """Return a study as it is, an ensemble as a study without supporting runs, or the only study of a comparison.

    Raises:
        ValueError: If a comparison has several, or none.
    """
    if isinstance(results, Comparison):
        studies = results.studies
        if len(studies) != 1:
            named = ", ".join(map(repr, studies)) or "none: their tables were not kept"
            message = f"this chart is of one scenario; take one of results.studies: {named}"
            raise ValueError(message)
        return next(iter(studies.values()))
    return results if isinstance(results, Study) else Study(ensemble=results)


def horizon_words(ensemble: Ensemble) -> str:
    """Return the last month, such as March 2019."""
    return month_words(ensemble.axes.months[-1])


def period_words(ensemble: Ensemble) -> str:
    """Return the simulated period, such as December 2015 to March 2019."""
    months = ensemble.axes.months
    return month_words(months[0]) if len(months) == 1 else f"{month_words(months[0])} to {month_words(months[-1])}"


def place_words(ensemble: Ensemble) -> str:
    """Return place and period, for a subtitle."""
    return f"{ensemble.scenario.title}, {period_words(ensemble)}"


def uncertain_words(study: Study | None) -> str:
    """Name uncertain assumptions, and say if their ranges were stretched.

    Args:
        study: The study whose assumptions were varied; None if its tables were not kept.
    """
    varied = None if study is None else study.assumptions
    return f"uncertain assumptions{'' if varied is None else stretch_words(varied.stretch)}"


def source_line(study: Study) -> str:
    """Return the source: scenario, seed, replicates, version and the day of the first run, as far as known."""
    ensemble, varied = study.ensemble, study.assumptions
    parts = [
        f"Source: simulation, scenario “{ensemble.scenario.title}”",
        f"seed {ensemble.seed}",
        _replicates(ensemble) + ("" if varied is None else f" and {len(varied):,} with {uncertain_words(study)}"),
        f"version {study.version}" if study.version else "",
        study.made,
        "" if study.is_checked else UNCHECKED,
        study.other_model,
        left_out_in_short(study.left_out),
    ]
    return ", ".join(part for part in parts if part) + "."


def _replicates(ensemble: Ensemble) -> str:
    """Say how many replicates there are, and their first number if it is not 0 and none is left out."""
    count, first = len(ensemble), int(ensemble.replicates[0])
    is_whole = int(ensemble.replicates[-1]) - first == count - 1
    numbered = f" (from number {first})" if first and is_whole else ""
    return replicates_words(count) + numbered


def at_central(study: Study, headline: str) -> str:
    """Say that a headline holds at the central assumptions, if others were run whose middle may be another.

    Args:
        study: The results.
        headline: The finding, which begins with a capital letter or an amount.
    """
    return headline if study.assumptions is None else f"{capital(CENTRAL)}, {headline[:1].lower()}{headline[1:]}"
