"""The compiler's settings: recorded rules are registered with numba, and decorators mark the kernel's functions.

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
from simulation.model.rules import account, convene, delivery, negotiation, payment, reflection, stage, stance  # noqa: F401
from simulation.model.rules.numeric import mean

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
_INTERNAL: dict[str, Any] = {"no_cpython_wrapper": True, "_nrt": False}
"""Options for functions that only compiled code calls and that create no arrays; they halve the time to compile."""

# The rules above are imported to be recorded: a module that imports this one has them all.
for _rule in RULES:
    register_jitable(**_OPTIONS, **_INTERNAL)(_rule)

REGISTERED = tuple(RULES)
"""The rules that numba knows."""


@overload(word)
def _compiled_word(number: Any) -> Any:  # noqa: ARG001 (numba holds the argument's name to that of `word`)
    def unsigned(number: Any) -> Any:
        return np.uint64(number)

    return unsigned


SETTINGS: tuple[Any, ...] = (_compiled_word, _OPTIONS, _INTERNAL)
"""The settings that decide the machine code, besides the functions that the kernel calls."""


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    compiled: Function = numba.njit(**_OPTIONS)(function)
    return compiled


def phase(function: Function) -> Function:
    """Compile a phase of the month as a function of its own."""
    compiled: Function = numba.njit(**_OPTIONS, **_INTERNAL)(function)
    return compiled


def inlined(function: Function) -> Function:
    """Compile a part of a phase into its caller, since passing its arguments would take longer than its work."""
    compiled: Function = numba.njit(**_OPTIONS, **_INTERNAL, forceinline=True)(function)
    return compiled


def lower(function: Callable[..., Any], *examples: Any) -> str:
    """Return a function's LLVM code with all that it calls; the environment says if it is optimised, and for what.

    Args:
        function: A rule, or a function of the kernel.
        examples: Arguments of the types to compile it for.
    """
    types = tuple(map(numba.typeof, examples))
    lowered: Any = numba.njit(**_OPTIONS, **_INTERNAL)(getattr(function, "py_func", function))
    lowered.compile(types)
    return str(lowered.inspect_llvm(types))


# An unsigned index lets the compiler drop the check for indices that count from the end.


@inlined
def meetings_of(place: Any, k: int) -> Any:
    """Return the indices of an opportunity's meetings: the first, and the one after the last."""
    first, last = place.opportunities[k].first, place.opportunities[k].until - 1
    return np.uint64(place.memberships[first].first), np.uint64(place.memberships[last].until)


@inlined
def fill_lanes(rows: Any, at: int, value: float, lanes: int) -> None:
    """Set the lanes of a row to one value."""
    first = np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] = value


@inlined
def add_lanes(rows: Any, to: int, others: Any, at: int, lanes: int) -> None:
    """Add the lanes of one row to those of another."""
    first, other = np.uint32(to), np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] += others[other + lane]


@inlined
def average_lanes(rows: Any, at: int, number: float, lanes: int) -> None:
    """Divide the sums in the lanes of a row by how many numbers were added."""
    first = np.uint32(at)
    for lane in range(lanes):
        rows[first + lane] = mean(rows[first + lane], number)
