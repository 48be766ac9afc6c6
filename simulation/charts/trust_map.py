"""The trust map: a network of the organisations in chosen months."""

from collections.abc import Sequence

from simulation.analysis.trust_map import TrustMap, map_trust
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.trust_ring import Ring, ring_chart
from simulation.charts.text.study_words import as_study, place_words, source_line
from simulation.charts.text.trust_words import alt, headline, mean_words, short_and_full, varied_words
from simulation.charts.text.words import replicates_words
from simulation.formatting import month_words
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study


def trust_map(
    results: Study | Ensemble, *, months: Sequence[int] | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Draw organisations in a ring, with a line for each two that have dealings, by their mutual trust.

    Args:
        results: A study, an ensemble alone, or a comparison of one, that kept the table relationships.
        months: Two months from the start, 0 to the last; the first and the last if left out.
        theme: The fonts and colours.

    Raises:
        ValueError: If the table relationships was not kept.
    """
    study = as_study(results)
    ensemble = study.ensemble
    last = len(ensemble.axes.months) - 1
    trust = map_trust(ensemble, sorted({0, last}) if months is None else months)
    texts = Texts(
        name="trust_map",
        headline=headline(trust),
        subtitle=(
            f"Mutual trust of organisations that have dealings, 0 to 1, at the end of the month. "
            f"{place_words(ensemble)}.{_mean_words(ensemble)}"
        ),
        note=f"{_chance_words(ensemble)}{varied_words(study)}",
        source=source_line(study),
        alt=alt(ensemble, trust),
    )
    rings = [Ring(_title(ensemble, trust, number), trust, number) for number in range(len(trust.months))]
    return ring_chart(texts, trust.to_pandas(), theme, short_and_full(ensemble.axes), rings)


def _mean_words(ensemble: Ensemble) -> str:
    return "" if len(ensemble) == 1 else f" Means of {replicates_words(len(ensemble))}."


def _chance_words(ensemble: Ensemble) -> str:
    if len(ensemble) == 1:
        return "One simulated run, so chance is not shown."
    return "In brackets: 9 in 10 of the runs, by chance alone."


def _title(ensemble: Ensemble, trust: TrustMap, number: int) -> list[str]:
    """Return the month, and under it mean trust with its band by chance."""
    month = trust.months[number]
    return [month_words(month), mean_words(ensemble, ensemble.axes.months.index(month), float(trust.overall[number]))]
