"""How it looks: one chart a file, drawn to a board's needs. matplotlib lives only here."""

from simulation.charts.bridge import bridge
from simulation.charts.chart import Chart
from simulation.charts.plan_against_delivery import plan_against_delivery
from simulation.charts.publish import publish
from simulation.charts.question_mix import question_mix
from simulation.charts.trajectory import trajectory
from simulation.charts.trust_map import trust_map
from simulation.charts.trust_matrix import trust_matrix

__all__ = [
    "CHARTS",
    "Chart",
    "bridge",
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
