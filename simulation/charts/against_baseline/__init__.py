"""Charts of a scenario beside its baseline in one picture, for a page on which something is moved."""

from collections.abc import Callable

from simulation.charts.against_baseline.gap import gap_against_baseline
from simulation.charts.against_baseline.pair import why_no_pair
from simulation.charts.against_baseline.plan_against_delivery import plan_against_delivery_against_baseline
from simulation.charts.against_baseline.question_mix import question_mix_against_baseline
from simulation.charts.against_baseline.trust_map import trust_map_against_baseline
from simulation.charts.against_baseline.who_wins import who_wins_against_baseline
from simulation.charts.chart import Chart

AGAINST_BASELINE: dict[str, Callable[..., Chart]] = {
    "gap_against_baseline": gap_against_baseline,
    "question_mix_against_baseline": question_mix_against_baseline,
    "trust_map_against_baseline": trust_map_against_baseline,
    "who_wins_against_baseline": who_wins_against_baseline,
    "plan_against_delivery_against_baseline": plan_against_delivery_against_baseline,
}
"""Each by name, in the order in which to read them."""

__all__ = [
    "AGAINST_BASELINE",
    "gap_against_baseline",
    "plan_against_delivery_against_baseline",
    "question_mix_against_baseline",
    "trust_map_against_baseline",
    "who_wins_against_baseline",
    "why_no_pair",
]
