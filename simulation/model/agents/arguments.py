"""The arguments of `TrustModel`: its place, its assumptions, and the numbers that name its random draws."""

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import mesa

from simulation.known_names import closest
from simulation.levers import Lever
from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.results.ensemble import whole
from simulation.scenario.given import scenario_of
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_parameters

Init = TypeVar("Init", bound=Callable[..., None])

_OPTIONS = ("seed", "rng", "replicate", "shuffled", "collect")


def hide_seed(init: Init) -> Init:
    """Hide `seed` from `inspect.signature` of a constructor.

    Mesa 3.5's `batch_run` writes the seed of its own argument `rng` over a `seed` that it sees there. The seeds among
    its parameters would be lost, and every run would be the same.
    """
    signature = inspect.signature(init)
    shown = [each for each in signature.parameters.values() if each.name != "seed"]
    vars(init)["__signature__"] = signature.replace(parameters=shown)
    return init


def draws_of(seed: Any, rng: Any, replicate: Any) -> tuple[int, int]:
    """Return the seed and the number of the replicate.

    Args:
        seed: Random seed; None for 0.
        rng: Mesa's name for the same.
        replicate: Number of the replicate; None for the iteration of `batch_run`, which is 0 elsewhere. With `rng` it
            is 0: there each iteration has a seed of its own.

    Raises:
        ValueError: If one is not a whole number or out of range, or both a seed and Mesa's `rng` are given.
    """
    if seed is not None and rng is not None:
        message = "give seed or rng, not both: rng is Mesa's name for the seed"
        raise ValueError(message)
    if replicate is None:
        replicate = _iteration_of_batch_run() if rng is None else 0
    given = 0 if seed is None and rng is None else rng if seed is None else seed
    return whole("the seed", given, 0, 2**64 - 1), whole("the replicate", replicate, 0, 2**64 - 1)


def _iteration_of_batch_run() -> int:
    """Return the iteration of Mesa's `batch_run` that builds the model; 0 if it is built by anything else.

    Mesa does not hand the iteration to the model (docs/adr/0035). So it is read where Mesa holds it, as its own local
    variable; were that to move, every iteration would be the same replicate, which is refused.

    Raises:
        RuntimeError: If this version of `batch_run` holds its iteration elsewhere.
    """
    frame: FrameType | None = sys._getframe()
    in_batch_run = False
    while frame is not None:
        if frame.f_globals.get("__name__") == "mesa.batchrunner":
            in_batch_run = True
            if frame.f_code.co_name == "_model_run_func":
                _, iteration, _ = frame.f_locals["run"]
                return int(iteration)
        frame = frame.f_back
    if in_batch_run:
        message = f"batch_run of Mesa {mesa.__version__} does not say which iteration this is; give rng, or replicate"
        raise RuntimeError(message)
    return 0


def system_of(scenario: Scenario | System | str | Path, parameters: Mapping[str, Any]) -> System:
    """Return a place as arrays.

    Args:
        scenario: A scenario, the path of its file, or the system already built from one.
        parameters: Assumptions that differ from the scenario's, by name.

    Raises:
        ScenarioError: If there is a mistake in the file.
        TypeError: If there is no such parameter, or a system is given parameters.
        ValueError: If a parameter is out of its hard limits.
    """
    if isinstance(scenario, System):
        if parameters:
            message = "a system has its parameters already; give a scenario with parameters, or system.with_parameters"
            raise TypeError(message)
        return scenario
    scenario = scenario_of(scenario)
    return build_system(_with_parameters(scenario, parameters) if parameters else scenario)


def _with_parameters(scenario: Scenario, parameters: Mapping[str, Any]) -> Scenario:
    """Return the scenario under other assumptions."""
    for name in parameters:
        if name in set(Lever):
            message = f"{name} is a lever, not a parameter: use with_levers(place, {name}=0.5)"
            raise TypeError(message)
        if name not in Parameters._fields:
            meant = closest(name, [*Parameters._fields, *_OPTIONS])
            message = f"there is no parameter {name!r}{f'; did you mean {meant}?' if meant else ''}"
            raise TypeError(message)
    return with_parameters(scenario, **parameters)
