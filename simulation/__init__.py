"""trust between trusts: when do organisations that each answer for their own budget come to work as one place?

Public names are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.version import __version__

if TYPE_CHECKING:
    from simulation.analysis.lever_ranking import LeverRanking
    from simulation.analysis.verdict import verdict
    from simulation.execution.best_levers import best_levers
    from simulation.execution.comparison import run_comparison
    from simulation.execution.salib_problem import salib_function, salib_problem
    from simulation.execution.tracing import trace_books
    from simulation.execution.transfers import transfers_by_contract
    from simulation.experiment.loading import load_experiment
    from simulation.experiment.schema import Experiment
    from simulation.model.agents.model import TrustModel
    from simulation.model.run import run_designs, run_ensemble
    from simulation.report.write import write_paper
    from simulation.results.batch.load import BatchResults, load_results
    from simulation.results.comparison import Comparison
    from simulation.results.ensemble import Ensemble
    from simulation.results.load import load_comparison
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import ScenarioError
    from simulation.scenario.schema import Scenario
    from simulation.scenario.what_if import with_contracts, with_events, with_levers, with_parameters

_HOMES = {
    "BatchResults": "simulation.results.batch.load",
    "Comparison": "simulation.results.comparison",
    "Ensemble": "simulation.results.ensemble",
    "Experiment": "simulation.experiment.schema",
    "LeverRanking": "simulation.analysis.lever_ranking",
    "Scenario": "simulation.scenario.schema",
    "ScenarioError": "simulation.scenario.problems",
    "TrustModel": "simulation.model.agents.model",
    "best_levers": "simulation.execution.best_levers",
    "load_comparison": "simulation.results.load",
    "load_experiment": "simulation.experiment.loading",
    "load_results": "simulation.results.batch.load",
    "load_scenario": "simulation.scenario.loading",
    "run_comparison": "simulation.execution.comparison",
    "run_designs": "simulation.model.run",
    "run_ensemble": "simulation.model.run",
    "salib_function": "simulation.execution.salib_problem",
    "salib_problem": "simulation.execution.salib_problem",
    "trace_books": "simulation.execution.tracing",
    "transfers_by_contract": "simulation.execution.transfers",
    "verdict": "simulation.analysis.verdict",
    "with_contracts": "simulation.scenario.what_if",
    "with_events": "simulation.scenario.what_if",
    "with_levers": "simulation.scenario.what_if",
    "with_parameters": "simulation.scenario.what_if",
    "write_paper": "simulation.report.write",
}

__all__ = [
    "BatchResults",
    "Comparison",
    "Ensemble",
    "Experiment",
    "LeverRanking",
    "Scenario",
    "ScenarioError",
    "TrustModel",
    "__version__",
    "best_levers",
    "load_comparison",
    "load_experiment",
    "load_results",
    "load_scenario",
    "run_comparison",
    "run_designs",
    "run_ensemble",
    "salib_function",
    "salib_problem",
    "trace_books",
    "transfers_by_contract",
    "verdict",
    "with_contracts",
    "with_events",
    "with_levers",
    "with_parameters",
    "write_paper",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
