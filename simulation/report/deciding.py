"""The chart of what decides between the choice of a paper and the one that is hardest for it to beat."""

from collections.abc import Iterator

from simulation.analysis.measure import Measure
from simulation.charts.deciding import chart_of, heat_maps
from simulation.charts.drawing.theme import Theme
from simulation.report.decision import hardest_pair
from simulation.report.paper import Finding
from simulation.report.subject import Subject


def deciding_findings(subject: Subject | None, theme: Theme) -> Iterator[Finding]:
    """Yield the chart of the two assumptions that decide most, where a rule beats the commoner answer.

    It is of the choice in detail against the same other one as *What would change our mind*, by the gap. Where
    nothing decides, a sentence there says so.

    Args:
        subject: The choice in detail, with its verdicts; None for sets of assumptions.
        theme: The fonts and colours.
    """
    gap = None if subject is None else subject.verdicts.get(Measure.GAP)
    if subject is None or gap is None:
        return
    by_gap = [label for label, measure in subject.leading.answered.items() if measure is Measure.GAP]
    label = subject.case.label if subject.case.label in by_gap else by_gap[0]
    found = heat_maps(subject.comparison, label, hardest_pair(gap, label).second)
    if any(each.decided.found is not None for each in found):
        yield Finding(chart=chart_of(subject.comparison, found, theme=theme))
