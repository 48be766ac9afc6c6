"""How it looks: one chart a file, drawn to a board's needs. matplotlib lives only here."""

from simulation.charts.bridge import bridge
from simulation.charts.chart import Chart
from simulation.charts.plan_against_delivery import plan_against_delivery
from simulation.charts.publish import publish
from simulation.charts.question_mix import question_mix
from simulation.charts.trajectory import trajectory
from simulation.charts.trust_map import trust_map
from simulation.charts.trust_matrix import trust_matrix
from simulation.results.axes import Axes

__all__ = [
    "CHARTS",
    "Chart",
    "bridge",
    "fits_on_a_page",
    "plan_against_delivery",
    "publish",
    "question_mix",
    "trajectory",
    "trust_map",
    "trust_matrix",
]

CHARTS = {
    "trajectory": trajectory,
    "bridge": bridge,
    "question_mix": question_mix,
    "trust_map": trust_map,
    "trust_matrix": trust_matrix,
    "plan_against_delivery": plan_against_delivery,
}
"""Every chart by name, in the order in which to read them."""

ON_A_PAGE = 40
"""Organisations, or programmes, that a page has room to name."""

_NAMES_ORGANISATIONS = ("trust_map", "trust_matrix")
_NAMES_PROGRAMMES = ("plan_against_delivery",)


def fits_on_a_page(chart: str, axes: Axes) -> bool:
    """Whether a chart has room for all that it names; a place of many systems has too many organisations for some.

    Args:
        chart: Its name in `CHARTS`.
        axes: The names along a result's axes.
    """
    organisations, programmes = len(axes.organisations), len(axes.programmes)
    too_many = (chart in _NAMES_ORGANISATIONS and organisations > ON_A_PAGE) or (
        chart in _NAMES_PROGRAMMES and programmes > ON_A_PAGE
    )
    return not too_many
