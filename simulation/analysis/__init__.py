"""The meaning of results: pure functions that the command line, the charts and the papers share."""

from simulation.analysis.agreement_outcomes import agreement_outcomes
from simulation.analysis.assumptions import assumption_swings
from simulation.analysis.attribution import attribute
from simulation.analysis.blockers import blockers
from simulation.analysis.books import books
from simulation.analysis.compare import compare
from simulation.analysis.cost_shifts import cost_shifts
from simulation.analysis.deciding import deciding
from simulation.analysis.finance import finance_of
from simulation.analysis.finance_frames import finance_to_pandas
from simulation.analysis.first_crossing import first_crossing
from simulation.analysis.holding_out import holding_out
from simulation.analysis.information import information
from simulation.analysis.observed_trust import compare_with_observed_trust
from simulation.analysis.organisation_changes import organisation_changes
from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.pay_back import pay_back
from simulation.analysis.plan_against_delivery import plan_against_delivery
from simulation.analysis.question_mix import question_mix
from simulation.analysis.reported import compare_with_reported
from simulation.analysis.sensitivity import drivers
from simulation.analysis.summary import summarise
from simulation.analysis.too_late import too_late
from simulation.analysis.trust_map import map_trust
from simulation.analysis.verdict import verdict
from simulation.analysis.vicious_circle import vicious_circle

__all__ = [
    "agreement_outcomes",
    "assumption_swings",
    "attribute",
    "blockers",
    "books",
    "compare",
    "compare_with_observed_trust",
    "compare_with_reported",
    "cost_shifts",
    "deciding",
    "drivers",
    "finance_of",
    "finance_to_pandas",
    "first_crossing",
    "holding_out",
    "information",
    "map_trust",
    "organisation_changes",
    "organisations_positions",
    "pay_back",
    "plan_against_delivery",
    "question_mix",
    "summarise",
    "too_late",
    "verdict",
    "vicious_circle",
]
