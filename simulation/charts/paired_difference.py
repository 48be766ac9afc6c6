"""Each scenario minus the baseline, replicate by replicate with common random numbers."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan

from simulation.analysis.choices import counted_cases
from simulation.analysis.compare import (
    MATERIAL,
    Difference,
    Paired,
    baseline_words,
    compare,
    differences_to_pandas,
    has_only_choices,
    have_own_gaps,
)
from simulation.analysis.precision import Precision, sign_of
from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import headline as verdict_headline
from simulation.analysis.verdict_words import pair_headline
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    compared_cases,
    comparison_of,
    horizon_of,
    in_signs,
    replicates_of,
    short_frequency,
    source_of,
    uncertain_in,
)
from simulation.charts.text.words import one_run_words
from simulation.formatting import capital, first_few, in_hundred, parts_of_hundred, pounds, range_words, stretch_words
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words

_MOST_NAMED = 2
"""Scenarios whose verdicts a headline has room for."""

_MOST_UNCLEAR = 3
"""Scenarios that a note has room to name."""


def paired_difference(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap in the last month of each scenario minus the baseline's, with its intervals.

    Args:
        results: A comparison of two scenarios or more.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is nothing to compare.
    """
    comparison = comparison_of(results)
    differences = compare(comparison)
    if not differences:
        message = "a paired difference needs two scenarios that were run with the same random events"
        raise ValueError(message)
    texts = Texts(
        name="paired_difference",
        headline=headline(comparison, differences),
        subtitle=_subtitle(comparison, differences),
        note=_note(comparison, differences),
        source=source_of(comparison),
        alt=_alt(comparison, differences),
    )
    varied = any(each.assumptions for each in differences)
    columns = [("Mean", 1.5), ("Less in", 1.9)]
    if varied:
        columns.append(("Cases: less, same, more", 2.0))
    layout = Layout(
        names=3.3 if varied else 4.2,
        columns=tuple(columns),
        head="Scenario",
        axis="Difference, £m a year" if varied else "Difference of the gap, £m a year",
        key=chance_key(comparison.replicates, dot="mean", varied=varied),
    )
    rows = [_row(each, varied=varied) for each in differences]
    return row_chart(texts, differences_to_pandas(differences), theme, rows, layout)


def headline(comparison: Comparison, differences: Sequence[Difference]) -> str:
    """Return the finding: the verdict on each of a few scenarios against the baseline, or on all choices.

    Args:
        comparison: The scenarios, the baseline first.
        differences: The difference of each from the baseline.
    """
    found, own_gaps = find_verdict(comparison), have_own_gaps(comparison)
    if found is not None:
        if not has_only_choices(comparison) or len(differences) > _MOST_NAMED:
            return verdict_headline(found)
        return ". ".join(pair_headline(found.between(each.label, each.baseline)) for each in differences)
    if has_only_choices(comparison) and len(differences) == 1:
        return f"{_by_chance(differences[0], own_gaps=own_gaps)}; {unvaried_words(comparison)}"
    unvaried = f"; {unvaried_words(comparison)}" if has_only_choices(comparison) else ""
    precisions = [each.chance.precision for each in _distinct(comparison, differences)]
    known = [each for each in precisions if not isnan(each.mean)]
    return f"{_means(compared_cases(comparison, len(known)), known, own_gaps=own_gaps)}{unvaried}"


def _distinct(comparison: Comparison, differences: Sequence[Difference]) -> Sequence[Difference]:
    """Leave out what repeats a point of assumptions; scenarios are all different."""
    if has_only_choices(comparison):
        return differences
    labels = {case.label for case in counted_cases(comparison)}
    return [each for each in differences if each.label in labels]


def _means(cases: str, known: Sequence[Precision], *, own_gaps: bool) -> str:
    """Say what the means leave more or less than the baseline, and of how many that is not distinguishable from 0."""
    means = [each.mean for each in known if sign_of(each)]
    if not means:
        return f"No mean over {cases} is distinguishable from the baseline’s"
    said = f"Means over {cases} {_mean_span(means, own_gaps=own_gaps)} than the baseline"
    said += ", in one simulated run" if all(isnan(each.half_width) for each in known) else ""
    unclear = len(known) - len(means)
    are = "is" if unclear == 1 else "are"
    return f"{said}; {unclear} of {len(known)} {are} not distinguishable from it" if unclear else said


def _mean_span(means: Sequence[float], *, own_gaps: bool) -> str:
    """Say from where to where mean differences from the baseline go: what is left more, closed more, or both.

    Args:
        means: The differences, £m a year.
        own_gaps: True if gaps before any savings differ, so that what is left less is not closed.
    """
    low, high = min(means), max(means)
    if low >= 0:
        return f"leave {range_words(low, high)} a year more"
    if high <= 0 and own_gaps:
        return f"leave {range_words(-high, -low)} a year less"
    if high <= 0:
        return f"close {range_words(-high, -low)} a year more"
    if own_gaps:
        return f"leave up to {pounds(-low)} a year less and up to {pounds(high)} more"
    return f"close up to {pounds(-low)} and leave up to {pounds(high)} a year more"


def _by_chance(difference: Difference, *, own_gaps: bool) -> str:
    """Say how far a scenario differs from the baseline, and if that is more than chance."""
    mean, wide = difference.chance.precision.mean, difference.chance.precision.half_width
    label, baseline = capital(difference.label), difference.baseline
    more = f"leaves {pounds(mean)} a year more"
    if mean < 0:
        more = f"leaves {pounds(-mean)} a year less" if own_gaps else f"closes {pounds(-mean)} a year more"
    if isnan(wide) and mean:
        return f"{label} {more} than {baseline}, in one simulated run"
    if abs(mean) > max(wide, MATERIAL):
        return f"{label} {more} than {baseline}"
    return f"{label} leaves no clearly different gap from {baseline}"


def _row(each: Difference, *, varied: bool) -> Row:
    paired, wide = each.chance, each.assumptions
    cells = [pounds(paired.precision.mean, signed=True), short_frequency(paired.counts.better, paired.counts.of)]
    if varied:
        cells.append("–" if wide is None else in_signs(", ".join(parts_of_hundred(wide.counts.parts))))
    several = paired.precision.replicates > 1
    ends = None if wide is None else (wide.band.low_90, wide.band.high_90)
    mark = replace(Mark.of(paired.band, several=several, wide=ends), value=paired.precision.mean)
    return Row(name=capital(each.label), mark=mark, cells=tuple(cells))


def mean_words(paired: Paired) -> str:
    """Write a mean with its 95% interval.

    Args:
        paired: The differences, £m a year.
    """
    mean, wide = paired.precision.mean, paired.precision.half_width
    if not wide > 0:
        return pounds(mean)
    return f"{pounds(mean)} ({range_words(mean - wide, mean + wide)})"


def _subtitle(comparison: Comparison, differences: Sequence[Difference]) -> str:
    what = (
        f"Gap in {horizon_of(comparison)} minus that of {_baseline(comparison, differences, quoted=True)} with the "
        f"same random events, £m a year; below 0 {'leaves less' if have_own_gaps(comparison) else 'closes more'}."
    )
    return what if comparison.replicates == 1 else f"{what} Means of {replicates_of(comparison)}."


def _baseline(comparison: Comparison, differences: Sequence[Difference], *, quoted: bool = False) -> str:
    return baseline_words(comparison, [each.baseline for each in differences], quoted=quoted)


def _note(comparison: Comparison, differences: Sequence[Difference]) -> str:
    less = "Less in: simulated runs, by chance alone"
    varied = differences[0].assumptions
    if varied is None:
        clear = f" Clear: by over {pounds(MATERIAL)} a year, and by more than chance alone may make."
        clear = clear if len(differences) == 1 else _unclear_words(differences)
        unvaried = unvaried_words(comparison, were="are")
        return one_run_words(unvaried=unvaried) if comparison.replicates == 1 else f"{less}; {unvaried}.{clear}"
    cases = (
        f"Cases: of {min(100, varied.counts.of)}, each a set of assumptions and a simulated run; same: within "
        f"{pounds(MATERIAL)}. Dotted lines: 9 in 10 of {varied.precision.replicates:,} allowing for "
        f"{uncertain_in(comparison)}."
    )
    return one_run_words(cases) if comparison.replicates == 1 else f"{less}. {cases}"


def _unclear_words(differences: Sequence[Difference]) -> str:
    """Say what is not distinguishable, and of whom; nothing if every mean is."""
    unclear = [each.label for each in differences if not sign_of(each.chance.precision)]
    if not unclear:
        return ""
    named = first_few(unclear, _MOST_UNCLEAR)
    return f" Not distinguishable from the baseline: {named}; the 95% interval of the mean holds 0."


def _alt(comparison: Comparison, differences: Sequence[Difference]) -> str:
    parts = []
    for each in differences[:5]:
        smaller = f"smaller in {in_hundred(each.chance.counts.better, each.chance.counts.of)} by chance alone"
        if each.assumptions is not None:
            less, same, more = parts_of_hundred(each.assumptions.counts.parts)
            smaller += f", and less in {less}, no different in {same}, more in {more} cases with uncertain assumptions"
            smaller += stretch_words(each.assumptions.counts.stretch)
        parts.append(f"{each.label} {mean_words(each.chance)}, {smaller}")
    more = f"; and {len(differences) - 5} more" if len(differences) > 5 else ""
    return (
        f"Differences of the gap in {horizon_of(comparison)} to that of {_baseline(comparison, differences)}, "
        f"means with 95% intervals: {'; '.join(parts)}{more}."
    )
