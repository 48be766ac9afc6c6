"""Charts for boards, one in each file. Only this room uses matplotlib."""

from simulation.charts.actuals import actuals
from simulation.charts.attribution import attribution
from simulation.charts.bridge import bridge
from simulation.charts.catalogue import CHARTS, OF_COMPARISONS, OF_STUDIES, reason_unavailable
from simulation.charts.chance import chance
from simulation.charts.deciding import deciding_chart
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import publish
from simulation.charts.drivers import drivers
from simulation.charts.front import front, front_of_decided
from simulation.charts.information import information_chart
from simulation.charts.money import money
from simulation.charts.observed_trust import observed_trust
from simulation.charts.over_time import gap_over_time, trust_over_time
from simulation.charts.paired_difference import paired_difference
from simulation.charts.plan_against_delivery import plan_against_delivery
from simulation.charts.question_mix import question_mix
from simulation.charts.reported import reported
from simulation.charts.scenario_table import scenario_table
from simulation.charts.sensitivity import sensitivity, sensitivity_chart
from simulation.charts.start_month import start_month
from simulation.charts.too_late import too_late
from simulation.charts.tornado import tornado
from simulation.charts.trajectory import trajectory
from simulation.charts.trust_map import trust_map
from simulation.charts.trust_matrix import trust_matrix
from simulation.charts.turning_point import turning_point_chart
from simulation.charts.verdict import verdict_chart
from simulation.charts.who_gains import who_gains
from simulation.charts.who_wins import who_wins

__all__ = [
    "CHARTS",
    "OF_COMPARISONS",
    "OF_STUDIES",
    "Chart",
    "actuals",
    "attribution",
    "bridge",
    "chance",
    "deciding_chart",
    "drivers",
    "front",
    "front_of_decided",
    "gap_over_time",
    "information_chart",
    "money",
    "observed_trust",
    "paired_difference",
    "plan_against_delivery",
    "publish",
    "question_mix",
    "reason_unavailable",
    "reported",
    "scenario_table",
    "sensitivity",
    "sensitivity_chart",
    "start_month",
    "too_late",
    "tornado",
    "trajectory",
    "trust_map",
    "trust_matrix",
    "trust_over_time",
    "turning_point_chart",
    "verdict_chart",
    "who_gains",
    "who_wins",
]
