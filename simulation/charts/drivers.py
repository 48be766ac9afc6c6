"""Drivers of the gap: the share of its variance that each varied number explains, alone and with interactions."""

from math import hypot

from simulation.analysis.choices import counted_cases
from simulation.analysis.sensitivity import Driver, Drivers
from simulation.analysis.sensitivity import drivers as find_drivers
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, replicates_of, source_of
from simulation.charts.text.words import parameter_words, replicates_words
from simulation.formatting import counted, listed, percent, range_words
from simulation.results.comparison import Comparison

SHOWN = 16
_MOST_LEADING = 3
"""Varied numbers that a headline has room to name."""


def drivers(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw first-order and total effects of a Sobol sample, the largest total first.

    Args:
        results: A batch of one scenario with a Sobol design.
        theme: The fonts and colours.

    Raises:
        ValueError: If it has another design, or is not finished.
    """
    comparison = comparison_of(results)
    found = find_drivers(comparison)
    shown = found.drivers[:SHOWN]
    texts = Texts(
        name="drivers",
        headline=headline(found),
        subtitle=(
            f"Share of the variance of the mean gap in {horizon_of(comparison)} that each varied number explains. "
            f"{found.points:,} points of a Sobol sample{_different(comparison)}, {replicates_of(comparison)}."
        ),
        note=(
            "Alone is the first-order effect, in total the total effect of Sobol’s method. "
            f"{_chance_words(comparison.replicates)} What knowing each is worth (EVPPI) is not among them: that takes "
            "two choices, and this is one."
        ),
        source=source_of(comparison),
        alt="Dots of each number’s share of the variance of the gap, alone and in total: "
        + "; ".join(f"{_name(d.factor)} {_part(d.first)} and {_part(d.total)}" for d in shown[:6])
        + ".",
    )
    rows = [_row(each) for each in shown]
    layout = Layout(
        names=5.4,
        columns=(("Alone", 1.4), ("In total", 1.6)),
        head="What is varied",
        axis="Share of variance",
        show=percent,
        key=(
            KeyEntry("dot", "alone"),
            KeyEntry("diamond", "in total, with all its interplay"),
            KeyEntry("thin", "95% interval of the total"),
        ),
    )
    return row_chart(texts, found.to_pandas(), theme, rows, layout)


def _chance_words(replicates: int) -> str:
    """Say how far chance is part of the shares, by the replicates that each point's mean is over."""
    if replicates == 1:
        return "Chance is not averaged over: each point has one simulated run, so that the shares hold chance too."
    runs = replicates_words(replicates)
    return f"Chance is averaged over the {runs} of each point; what is left of it is in the shares."


def _different(comparison: Comparison) -> str:
    """Say how many sets of assumptions a sample has, where words or whole numbers make some of its points alike."""
    sets = len(counted_cases(comparison))
    return "" if sets == len(comparison.cases) else f", which are {counted(sets, 'different set')} of assumptions"


def _row(each: Driver) -> Row:
    low, high = each.total - each.total_half_width, each.total + each.total_half_width
    return Row(
        name=_name(each.factor),
        mark=Mark(value=each.first, second=each.total, low=low, high=high),
        cells=(_part(each.first), _part(each.total)),
    )


def headline(found: Drivers) -> str:
    """Return the finding: what explains most of the gap's variance.

    Args:
        found: Every varied number's shares, the largest total first.
    """
    first = found.drivers[0]
    if first.total <= 0:
        return "Nothing that is varied moves the gap"
    if first.total <= first.total_half_width:
        return "Nothing that is varied clearly moves the gap"
    leading = [first, *(each for each in found.drivers[1:] if _is_as_large(each, first))]
    if len(leading) > _MOST_LEADING:
        return f"Which of {len(leading)} that are varied moves the gap most is not established"
    names, shares = listed(_name(each.factor) for each in leading), listed(map(_share, leading))
    if len(leading) > 1:
        return f"{names} drive the gap’s variance most: {shares} in all, which is no clear difference"
    is_most = first.total - first.total_half_width > 0.5
    part = "most of the gap’s variance" if is_most else "more of the gap’s variance than anything else"
    return f"{names} drives {part}: {shares} in all"


def _share(each: Driver) -> str:
    """Write the total effect of a varied number with its 95% interval, both cut off at 0% and 100%."""
    limits = (each.total - each.total_half_width, each.total + each.total_half_width)
    low, high = (min(1.0, max(0.0, limit)) for limit in limits)
    total, interval = _part(each.total), range_words(low, high, percent)
    return total if interval == total else f"{total} ({interval})"


def _part(share: float) -> str:
    """Write an estimated share, which a small sample may put below 0 or above 1, cut off at 0% and 100%."""
    return percent(min(1.0, max(0.0, share)))


def _is_as_large(other: Driver, first: Driver) -> bool:
    """True if two shares differ by no more than half of the 95% interval of their difference."""
    return first.total - other.total <= hypot(first.total_half_width, other.total_half_width)


def _name(factor: str) -> str:
    return parameter_words(factor.removeprefix("parameters."))
