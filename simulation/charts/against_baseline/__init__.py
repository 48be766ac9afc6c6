"""Charts that show a scenario and its baseline in one picture, for a page on which levers are moved."""

from collections.abc import Callable

from simulation.charts.against_baseline.gap import gap_against_baseline
from simulation.charts.against_baseline.pair import reason_no_pair
from simulation.charts.against_baseline.plan_against_delivery import plan_against_delivery_against_baseline
from simulation.charts.against_baseline.question_mix import question_mix_against_baseline
from simulation.charts.against_baseline.trust_map import trust_map_against_baseline
from simulation.charts.against_baseline.who_wins import who_wins_against_baseline
from simulation.charts.catalogue import MOST_LABELS, too_many
from simulation.charts.drawing.chart import Chart
from simulation.results.axes import axes_of
from simulation.results.comparison import Comparison

AGAINST_BASELINE: dict[str, Callable[..., Chart]] = {
    "gap_against_baseline": gap_against_baseline,
    "question_mix_against_baseline": question_mix_against_baseline,
    "trust_map_against_baseline": trust_map_against_baseline,
    "who_wins_against_baseline": who_wins_against_baseline,
    "plan_against_delivery_against_baseline": plan_against_delivery_against_baseline,
}
"""Charts by name, in the order in which to read them."""

_NAME_ORGANISATIONS = ("trust_map_against_baseline", "who_wins_against_baseline")
_NAME_PROGRAMMES = ("plan_against_delivery_against_baseline",)

__all__ = [
    "AGAINST_BASELINE",
    "gap_against_baseline",
    "plan_against_delivery_against_baseline",
    "question_mix_against_baseline",
    "reason_unavailable_against_baseline",
    "trust_map_against_baseline",
    "who_wins_against_baseline",
]


def reason_unavailable_against_baseline(chart: str, comparison: Comparison) -> str | None:
    """Return in words why one of these can't be drawn of a comparison; None if it can.

    Args:
        chart: Its name in `AGAINST_BASELINE`.
        comparison: Two scenarios of one place, the baseline first.
    """
    reason = reason_no_pair(comparison)
    if reason is not None:
        return reason
    axes = axes_of(comparison.scenario)
    if chart in _NAME_ORGANISATIONS and len(axes.organisations) > MOST_LABELS:
        return too_many("organisations", len(axes.organisations))
    if chart in _NAME_PROGRAMMES and len(axes.programmes) > MOST_LABELS:
        return too_many("programmes", len(axes.programmes))
    return None
