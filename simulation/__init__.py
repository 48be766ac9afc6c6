"""trust between trusts: when do organisations that each answer for their own budget come to work as one place?

Public names are loaded when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.version import __version__

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.run import run_designs, run_ensemble
    from simulation.results.ensemble import Ensemble
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import ScenarioError
    from simulation.scenario.schema import Scenario

_HOMES = {
    "Ensemble": "simulation.results.ensemble",
    "Scenario": "simulation.scenario.schema",
    "ScenarioError": "simulation.scenario.problems",
    "TrustModel": "simulation.model.agents.model",
    "load_scenario": "simulation.scenario.loading",
    "run_designs": "simulation.model.run",
    "run_ensemble": "simulation.model.run",
}

__all__ = [
    "Ensemble",
    "Scenario",
    "ScenarioError",
    "TrustModel",
    "__version__",
    "load_scenario",
    "run_designs",
    "run_ensemble",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
