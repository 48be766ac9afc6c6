"""How the kernel is compiled: the recorded rules are handed to numba, and the kernel's functions are marked here.

Rules are compiled from the source that the agents call. Division follows IEEE 754, as in NumPy; nothing is fused or
reassociated, so that results are the same to the bit. With NUMBA_DISABLE_JIT=1 everything runs as plain Python.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numba.extending import overload, register_jitable

from simulation.model._rule import RULES
from simulation.model.draws import word
from simulation.model.rules import account, convene, delivery, negotiation, reflection, stage, stance  # noqa: F401
from simulation.model.rules.numeric import mean

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_INSIDE: dict[str, Any] = {"no_cpython_wrapper": True, "_nrt": False}
"""Options for functions that only compiled code calls and that make no array: they halve the time to compile."""

# The rules above are imported to be recorded: a module that imports this one has them all.
for _rule in RULES:
    register_jitable(**_OPTIONS, **_INSIDE)(_rule)

REGISTERED = tuple(RULES)
"""The rules that numba knows."""


@overload(word)
def _compiled_word(number: Any) -> Any:  # noqa: ARG001 (numba holds the argument's name to that of `word`)
    def unsigned(number: Any) -> Any:
        return np.uint64(number)

    return unsigned


SETTINGS: tuple[Any, ...] = (_compiled_word, _OPTIONS, _INSIDE)
"""What decides the machine code besides the functions that the kernel calls."""


def entry(function: Function) -> Function:
    """Compile what Python calls."""
    compiled: Function = numba.njit(**_OPTIONS)(function)
    return compiled


def phase(function: Function) -> Function:
    """Compile a part of the month that stays a function."""
    compiled: Function = numba.njit(**_OPTIONS, **_INSIDE)(function)
    return compiled


def inside(function: Function) -> Function:
    """Compile a part of a phase into the phase: called so often that passing its arguments would cost."""
    compiled: Function = numba.njit(**_OPTIONS, **_INSIDE, forceinline=True)(function)
    return compiled


# An index without a sign lets the compiler drop the check for indices that count from the end.


@inside
def fill(rows: Any, at: int, value: float, lanes: int) -> None:
    """Set a row to one value."""
    first = np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] = value


@inside
def add(rows: Any, to: int, others: Any, at: int, lanes: int) -> None:
    """Add a row to another."""
    first, other = np.uint32(to), np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] += others[other + lane]


@inside
def take_mean(rows: Any, at: int, number: float, lanes: int) -> None:
    """Turn a row of sums into means of so many numbers."""
    first = np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] = mean(rows[first + lane], number)
