"""Charts with few rows in large letters for slides, where those of a page would be too tall to be read."""

from collections.abc import Iterator

from simulation.analysis.measure import Measure
from simulation.analysis.organisation_changes import OrganisationChange, changes_to_pandas
from simulation.analysis.verdict import PairVerdict, Verdict, verdict_to_pandas
from simulation.analysis.verdict_words import counts_words, headline, short_counts, sure_words
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import Theme
from simulation.charts.text.comparison_words import horizon_of, replicates_of, short_frequency, source_of, uncertain_in
from simulation.charts.text.who_pays_words import who_pays, who_pays_in_short
from simulation.charts.text.words import one_run_words
from simulation.formatting import capital, counted, discount_words, pounds, range_words
from simulation.report.money import changes_of
from simulation.report.paper import Finding
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison

_MOST_ORGANISATIONS = 15
_MOST_CHOICES = 9


def slide_charts(subject: Subject | None, theme: Theme) -> Iterator[Finding]:
    """Yield the charts *verdict* and *who_gains* for slides, as far as their results are known.

    Args:
        subject: The choice in detail; None for sets of assumptions.
        theme: The fonts and colours.
    """
    if subject is None:
        return
    gap = subject.verdicts.get(Measure.GAP)
    if gap is not None and subject.case.label in gap.labels and len(gap.labels) <= _MOST_CHOICES:
        yield Finding(chart=_verdict(subject, gap, theme))
    changes = changes_of(subject)
    if changes:
        yield Finding(chart=_who_gains(subject, changes, theme))


def _verdict(subject: Subject, gap: Verdict, theme: Theme) -> Chart:
    """Draw the choice in detail against each of the others."""
    comparison, label = subject.comparison, subject.case.label
    pairs = [gap.between(label, other) for other in gap.labels if other != label]
    horizon, uncertain = horizon_of(comparison), uncertain_in(comparison)
    said = "; ".join(f"{each.second} {_in_words(each)}" for each in pairs)
    texts = Texts(
        name="verdict",
        headline=headline(gap),
        subtitle=(
            f"Gap in {horizon} with {label} less that of each other choice, £m a year, medians allowing for "
            f"{uncertain}."
        ),
        note=f"Same: within {pounds(pairs[0].threshold)}. {sure_words(gap)}. The paper has every pair of choices.",
        source=source_of(comparison),
        alt=f"Differences of the gap in {horizon} between {label} and each other choice: {said}.",
    )
    layout = Layout(
        names=4.0,
        columns=(("Median", 1.5), (f"Of {min(100, pairs[0].cases)} cases: less, same, more", 2.3), ("Finding", 2.6)),
        head=f"{capital(label)} against",
        axis="Difference, £m a year",
        key=(KeyEntry("dot", "median"), KeyEntry("thin", "9 in 10 cases")),
    )
    rows = [
        Row(
            name=each.second,
            mark=Mark(value=each.median, low=each.low, high=each.high),
            cells=(pounds(each.median, signed=True), short_counts(each), str(each.grade)),
        )
        for each in pairs
    ]
    return row_chart(texts, verdict_to_pandas([gap]), theme, rows, layout)


def _in_words(pair: PairVerdict) -> str:
    return (
        f"{pounds(pair.median, signed=True)} ({range_words(pair.low, pair.high)}), less, same, more in "
        f"{counts_words(pair)} of {min(100, pair.cases)}: {pair.grade}"
    )


def _who_gains(subject: Subject, changes: list[OrganisationChange], theme: Theme) -> Chart:
    """Draw the organisations that change most, with 9 in 10 by chance and allowing for uncertain assumptions."""
    comparison, several = subject.comparison, subject.comparison.replicates > 1
    largest = sorted(changes, key=lambda each: -abs(each.precision.mean))[:_MOST_ORGANISATIONS]
    order = sorted(largest, key=lambda each: (each.precision.mean, each.organisation))
    more, first = len(changes) - len(order), order[0]
    said = who_pays(changes, comparison.discount, subject.unit)
    wide = "" if first.varied is None else f"Lines: 9 in 10, {uncertain_in(comparison)}."
    texts = Texts(
        name="who_gains",
        headline=who_pays_in_short(changes, subject.unit),
        subtitle=(
            f"Change of each organisation’s position over the run against {first.baseline}, £m, costs included, "
            f"{discount_words(comparison.discount)}. Means of {replicates_of(comparison)}."
        ),
        note=f"{f'{more} more change less. ' if more else ''}{'' if several else one_run_words(wide)}".strip(),
        source=source_of(comparison),
        alt=f"Chart of {counted(len(order), 'organisation')}, from most lost to most gained. {said}",
    )
    layout = Layout(
        names=7.7,
        columns=(("Change", 1.6), (f"Loses, of {min(100, comparison.replicates)}", 2.2)),
        head="Organisation",
        axis="Change over the run",
        key=_key(comparison, first, several=several),
    )
    rows = [_organisation_row(each, several=several) for each in order]
    return row_chart(texts, changes_to_pandas(changes), theme, rows, layout)


def _key(comparison: Comparison, first: OrganisationChange, *, several: bool) -> tuple[KeyEntry, ...]:
    if not several:
        return ()
    chance = (KeyEntry("dot", "mean by chance"), KeyEntry("thick", "9 in 10, by chance"))
    return chance if first.varied is None else (*chance, KeyEntry("thin", f"9 in 10, {uncertain_in(comparison)}"))


def _organisation_row(each: OrganisationChange, *, several: bool) -> Row:
    band, wide = each.band, each.varied
    mark = Mark(
        value=each.precision.mean,
        inner=(band.low_90, band.high_90) if several else None,
        low=float("nan") if wide is None else wide.low_90,
        high=float("nan") if wide is None else wide.high_90,
    )
    often = short_frequency(each.loses_in, each.precision.replicates).partition(" of ")[0]
    often = often.replace("more than ", ">").replace("fewer than ", "<")
    return Row(name=each.name, mark=mark, cells=(pounds(each.precision.mean, signed=True), often))
