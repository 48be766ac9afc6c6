"""The chart of what decides between the choice of a paper and the one that comes nearest to the best."""

from collections.abc import Iterator

from simulation.analysis.measure import Measure
from simulation.charts.deciding import chart_of, heat_maps
from simulation.charts.drawing.theme import Theme
from simulation.report.decision import chosen_label
from simulation.report.paper import Finding
from simulation.report.subject import Subject


def deciding_findings(subject: Subject | None, theme: Theme) -> Iterator[Finding]:
    """Yield the chart of the two assumptions that decide most, where a rule beats the commoner answer.

    It is of the same two choices as *What would change our mind*. Where nothing decides, a sentence there says so.

    Args:
        subject: The choice in detail, with its verdicts; None for sets of assumptions.
        theme: The fonts and colours.
    """
    gap = None if subject is None else subject.verdicts.get(Measure.GAP)
    if subject is None or gap is None:
        return
    label = chosen_label(subject, gap)
    rival = min((each for each in gap.regrets if each.label != label), key=lambda each: (each.median, each.high)).label
    found = heat_maps(subject.comparison, label, rival)
    if any(each.decided.found is not None for each in found):
        yield Finding(chart=chart_of(subject.comparison, found, theme=theme))
