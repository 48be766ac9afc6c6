"""The attribution bridge: what each lever closes of the gap, whatever the order in which levers come."""

from simulation.analysis.attribution import Attribution, Worth, attribute
from simulation.charts.chart import Chart, Texts
from simulation.charts.comparison_words import Results, comparison_of, horizon_of, source_of
from simulation.charts.rows import Layout, Mark, Row, row_chart
from simulation.charts.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.words import capital, histories_words, lever_words, listed, pounds, pounds_to_tenths
from simulation.results.comparison import Coalitions, Comparison


def attribution(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """What each lever is worth, by Shapley value, with what it does alone and what dropping it costs.

    Args:
        results: A comparison whose experiment asked for attribution.
        theme: How it is lettered and coloured.

    Raises:
        ValueError: If there is none, or it is not all there.
    """
    comparison = comparison_of(results)
    if comparison.attribution is None:
        message = "attribution needs an experiment that asks for it: attribution: {from: …, to: …}"
        raise ValueError(message)
    found = attribute(comparison.attribution)
    texts = Texts(
        name="attribution",
        headline=headline(found),
        subtitle=_subtitle(comparison, comparison.attribution, found),
        source=source_of(comparison),
        alt=_alt(comparison, found),
    )
    layout = Layout(
        columns=(("Closes (9 in 10)", 3.3), ("Alone", 1.45), ("If dropped", 1.8)),
        names=4.0,
        head="Lever",
        axis="£m a year closed",
    )
    rows = [_row(each) for each in found.worths]
    return row_chart(texts, found.to_frame(), theme, rows, layout)


def headline(found: Attribution) -> str:
    """The finding: what the levers close together, and which of them most.

    Args:
        found: The difference taken apart.
    """
    closes = found.closes.mean
    if not abs(closes) > 0.05:
        return f"{capital(found.second)} closes no more than {found.first}"
    if closes < 0:
        return f"{capital(found.second)} leaves {pounds(-closes)} more than {found.first}"
    leading = [each for each in found.worths if each.shapley.mean > 0]
    most: list[str] = []
    share = 0.0
    for each in leading:
        most.append(lever_words(each.player).lower())
        share += each.shapley.mean
        if share >= 0.6 * closes or len(most) == 3:
            break
    if len(found.worths) == 1:
        return f"{capital(lever_words(found.worths[0].player))} closes {pounds(closes)}"
    bring = "brings" if len(most) == 1 else "bring"
    return f"Of {pounds(closes)} closed, {listed(most)} {bring} {pounds(share)}"


def _row(worth: Worth) -> Row:
    several = worth.shapley.histories > 1
    band = worth.band
    within = (
        f" ({pounds_to_tenths(band.low_90)} to {pounds_to_tenths(band.high_90)})"
        if several and band.low_90 < band.high_90
        else ""
    )
    return Row(
        name=lever_words(worth.player),
        mark=Mark(
            value=worth.shapley.mean,
            low=band.low_90 if several else float("nan"),
            high=band.high_90 if several else float("nan"),
            look="bar",
        ),
        cells=(
            f"{pounds_to_tenths(worth.shapley.mean)}{within}",
            pounds_to_tenths(worth.first.mean),
            pounds_to_tenths(worth.last.mean),
        ),
    )


def _subtitle(comparison: Comparison, coalitions: Coalitions, found: Attribution) -> str:
    what = (
        f"From “{found.first}” ({pounds(found.gap_first.mean)} left in {horizon_of(comparison)}) to “{found.second}” "
        f"({pounds(found.gap_second.mean)}), £m a year. Bars: Shapley values over all "
        f"{2 ** len(coalitions.players):,} coalitions, which add up whatever the order; alone: added to the first; "
        "if dropped: taken from the second."
    )
    count = len(coalitions.gaps)
    if count == 1:
        return f"{what} One simulated history of each, so luck is not shown; assumptions are not varied."
    return (
        f"{what} Means of {histories_words(count)} of each; lines: 9 in 10, by luck alone; assumptions are not varied."
    )


def _alt(comparison: Comparison, found: Attribution) -> str:
    told = [f"{lever_words(each.player).lower()} {pounds(each.shapley.mean)}" for each in found.worths]
    return (
        f"Bars of what each lever closes of the gap in {horizon_of(comparison)}, £m a year, from {found.first} "
        f"({pounds(found.gap_first.mean)}) to {found.second} ({pounds(found.gap_second.mean)}): {listed(told)}."
    )
