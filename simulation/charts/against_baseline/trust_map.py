"""Trust between organisations in one month, in the baseline and with the changes."""

from math import isnan
from typing import TYPE_CHECKING

from simulation.analysis.trust_map import TrustMap, map_trust
from simulation.charts.against_baseline.pair import Pair, pair_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.trust_ring import Ring, ring_chart
from simulation.charts.text.trust_words import class_of, mean_words, short_and_full
from simulation.formatting import capital, month_words, two_decimals
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

_HARDLY = 0.03
"""Mean trust; a headline calls a smaller difference none."""


def trust_map_against_baseline(
    comparison: Comparison, *, month: int | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Draw two rings of the same organisations in the same month.

    Args:
        comparison: Two scenarios of one place that kept the table relationships, the baseline first.
        month: Month from the start, counted from 0; the last if left out.
        theme: The fonts and colours.

    Raises:
        ValueError: If they are not two scenarios of one place, or trust in that month was not kept.
    """
    pair = pair_of(comparison)
    axes = pair.changed.ensemble.axes
    at = len(axes.months) - 1 if month is None else month
    trust = [map_trust(study.ensemble, [at]) for study in (pair.baseline, pair.changed)]
    means = [float(each.overall[0]) for each in trust]
    texts = Texts(
        name="trust_map_against_baseline",
        headline=headline(means[0], means[1], month_words(axes.months[at]), pair.names),
        subtitle=_subtitle(pair),
        note=_note(pair),
        source=pair.source,
        alt=_alt(pair, trust),
    )
    rings = [
        Ring((capital(name), mean_words(study.ensemble, at, mean)), each)
        for name, study, mean, each in zip(pair.names, (pair.baseline, pair.changed), means, trust, strict=True)
    ]
    return ring_chart(texts, _data(pair, trust), theme, short_and_full(axes), rings, height=0.0)


def headline(baseline: float, changed: float, month: str, names: tuple[str, str]) -> str:
    """Return the finding: if there is more trust with the changes, or less.

    Args:
        baseline: Mean trust in the baseline, 0–1; NaN if no two organisations have dealings.
        changed: The same with the changes.
        month: The month, in words.
        names: Names of the two scenarios.
    """
    before, now = names
    if isnan(changed) or isnan(baseline):
        return "No two organisations have dealings with each other"
    both = f"{two_decimals(changed)} {now}, {two_decimals(baseline)} {before}"
    if abs(changed - baseline) < _HARDLY:
        return f"Trust is much the same in {month}: {both}"
    return f"There is {'more' if changed > baseline else 'less'} trust in {month}: {both}"


def _subtitle(pair: Pair) -> str:
    measure = "Mutual trust of organisations that have dealings, 0 to 1, at the end of the month"
    return f"{measure}. {pair.place}. {pair.runs('Means')}."


def _note(pair: Pair) -> str:
    return pair.note("In brackets: 9 in 10 of the runs, by chance alone. Assumptions are not varied.")


def _alt(pair: Pair, trust: list[TrustMap]) -> str:
    def pairs_words(name: str, each: TrustMap) -> str:
        pairs = [class_of(each.mutual[0, i, j]) for i, j in each.pairs]
        return (
            f"{name} {pairs.count(2)} of {len(pairs)} pairs have high mutual trust and {pairs.count(0)} low, "
            f"mean trust {two_decimals(float(each.overall[0]))}"
        )

    both = "; ".join(pairs_words(name, each) for name, each in zip(pair.names, trust, strict=True))
    return f"Trust between organisations in {pair.place}, in {month_words(trust[0].months[0])}: {both}."


def _data(pair: Pair, trust: list[TrustMap]) -> "pd.DataFrame":
    return pair.stack([each.to_frame() for each in trust])
