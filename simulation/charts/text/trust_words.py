"""The words on trust between organisations that the map and the matrix share."""

from math import isnan

import numpy as np

from simulation.analysis.bands import interval_of, varied_interval
from simulation.analysis.trust_map import TrustMap
from simulation.charts.text.study_words import place_words, uncertain_words
from simulation.charts.text.words import organisation_label, short_names, within_words
from simulation.formatting import counted, month_words, two_decimals
from simulation.results.axes import Axes
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

LIMITS = (40, 60)
"""The trust at which a relationship stops being low, and at which it starts to be high, in hundredths."""

CLASSES = ("low trust, under 0.4", "0.4 to 0.6", "high trust, 0.6 or more")

_TURN = 0.03
"""The least difference of mean trust that a headline calls a change."""


def class_of(trust: float) -> int:
    """Return 0 for low trust, 1 for the middle and 2 for high trust, by the hundredths that are written."""
    return int(np.searchsorted(LIMITS, hundredths(trust), side="right"))


def hundredths(trust: float) -> int:
    """Return trust in whole hundredths, as it is written."""
    return round(100 * float(two_decimals(trust)))


def headline(trust: TrustMap) -> str:
    """Say if trust grows, wears down or hardly moves from the first month shown to the last."""
    first, last = trust.overall[0], trust.overall[-1]
    if np.isnan(last):
        return "No two organisations have dealings with each other"
    if len(trust.months) == 1:
        return f"Mean trust is {two_decimals(last)} in {month_words(trust.months[-1])}"
    begin, end = (
        f"{two_decimals(mean)} at the end of {month_words(month)}"
        for mean, month in ((first, trust.months[0]), (last, trust.months[-1]))
    )
    if abs(last - first) < _TURN:
        return f"Trust hardly moves: from {begin} to {end}"
    return f"Trust {'grows' if last > first else 'wears down'}: from {begin} to {end}"


def alt(ensemble: Ensemble, trust: TrustMap) -> str:
    """Say mean trust and how many pairs have high and low trust, in the first and in the last month shown."""
    months = [_month_words(trust, number) for number in sorted({0, len(trust.months) - 1})]
    return (
        f"Trust between {counted(len(trust.organisations), 'organisation')} in {place_words(ensemble)}. "
        + "; ".join(months)
        + "."
    )


def varied_words(study: Study) -> str:
    """Say where mean trust ends if assumptions vary, for a subtitle; nothing if they do not."""
    wide = varied_interval(study, "trust")
    if wide is None or isnan(wide.low_90):
        return ""
    ends = f"{two_decimals(wide.low_90)} and {two_decimals(wide.high_90)}"
    return f" Allowing for {uncertain_words(study)}, mean trust ends between {ends} in 9 of 10."


def mean_words(ensemble: Ensemble, month: int, mean: float) -> str:
    """Say mean trust in a month, with its band by chance; nothing if it is not known.

    Args:
        ensemble: The replicates.
        month: Month from the start, counted from 0.
        mean: Mean trust, 0–1; NaN if no two organisations have dealings.
    """
    if isnan(mean):
        return ""
    return f"mean trust {two_decimals(mean)}{within_words(interval_of(ensemble['trust'][:, month]), two_decimals)}"


def short_and_full(axes: Axes) -> list[tuple[str, str]]:
    """Return a short name and the full name of each organisation, in id order."""
    full = {organisation: organisation_label(axes, organisation) for organisation in axes.organisations}
    short = short_names(full)
    return [(short[organisation], full[organisation]) for organisation in axes.organisations]


def _month_words(trust: TrustMap, number: int) -> str:
    pairs = [trust.mutual[number, i, j] for i, j in trust.pairs]
    high = sum(class_of(each) == 2 for each in pairs)
    low = sum(class_of(each) == 0 for each in pairs)
    return (
        f"In {month_words(trust.months[number])} mean trust is {two_decimals(float(trust.overall[number]))}: "
        f"{high} of {len(pairs)} pairs with high mutual trust, {low} with low"
    )
