"""The arguments of `TrustModel`: its place, its assumptions, and the numbers that name its random draws."""

import inspect
import sys
from collections.abc import Callable, Mapping
from operator import index
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import closest
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


def number_of(name: str, number: Any) -> int:
    """Return a seed or the number of a replicate as a Python int.

    Raises:
        TypeError: If it is not a whole number of Python or NumPy.
        ValueError: If it is out of range.
    """
    try:
        if isinstance(number, bool | np.bool_):
            raise TypeError
        whole = index(number)
    except TypeError:
        message = f"the {name} must be a whole number (given: {number!r})"
        raise TypeError(message) from None
    if not 0 <= whole < 2**64:
        message = f"the {name} must be from 0 to 2⁶⁴ − 1 (given: {whole})"
        raise ValueError(message)
    return whole


def draws_of(seed: Any, rng: Any, replicate: Any) -> tuple[int, int]:
    """Return the seed and the number of the replicate.

    Args:
        seed: Random seed; None for 0.
        rng: Mesa's name for the same.
        replicate: Number of the replicate; None for the iteration of `batch_run`, which is 0 elsewhere. With `rng` it
            is 0: there each iteration has a seed of its own.

    Raises:
        TypeError: If one is not a whole number.
        ValueError: If one is out of range, or both a seed and Mesa's `rng` are given.
    """
    if seed is not None and rng is not None:
        message = "give seed or rng, not both: rng is Mesa's name for the seed"
        raise ValueError(message)
    if replicate is None:
        replicate = _iteration_of_batch_run() if rng is None else 0
    given = 0 if seed is None and rng is None else rng if seed is None else seed
    return number_of("seed", given), number_of("replicate", replicate)


def _iteration_of_batch_run() -> int:
    """Return the iteration of Mesa's `batch_run` that builds the model; 0 if it is built by anything else.

    Mesa does not hand the iteration to the model. It expects a new model to be seeded by chance, which cannot be
    repeated. So the iteration is read where Mesa holds it, as its own local variable.
    """
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code.co_name == "_model_run_func" and frame.f_globals.get("__name__") == "mesa.batchrunner":
            _, iteration, _ = frame.f_locals["run"]
            return int(iteration)
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
    if isinstance(scenario, str | Path):
        scenario = load_scenario(scenario)
    if isinstance(scenario, System):
        if parameters:
            message = "a system has its parameters already; give a scenario with parameters, or system.with_parameters"
            raise TypeError(message)
        return scenario
    if not isinstance(scenario, Scenario):
        message = f"the scenario must be a Scenario or the path of its file (given: {scenario!r})"
        raise TypeError(message)
    return build_system(_with_parameters(scenario, parameters) if parameters else scenario)


def _with_parameters(scenario: Scenario, parameters: Mapping[str, Any]) -> Scenario:
    """Return the scenario under other assumptions."""
    for name in parameters:
        if name not in Parameters._fields:
            meant = closest(name, [*Parameters._fields, *_OPTIONS])
            message = f"there is no parameter {name!r}{f'; did you mean {meant}?' if meant else ''}"
            raise TypeError(message)
    return with_parameters(scenario, **parameters)
