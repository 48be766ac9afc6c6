"""The LLVM code of the kernel and the rules as numba lowers them: not optimised, and for no particular processor.

numba reads its settings when it is imported, so this needs a process that was started with `settings.SETTINGS`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from simulation.model._rule import RULES
from simulation.model.draws import uniform
from simulation.model.ensemble.chunks import blank_state
from simulation.model.ensemble.compiled import lower
from simulation.model.ensemble.jobs import blank_tables
from simulation.model.ensemble.kernel import simulate
from simulation.model.ensemble.packing import pack_assumptions, pack_calendar, pack_place
from simulation.model.system import build_system
from simulation.results.ensemble import Keep
from simulation.scenario.schema import Scenario

_EXAMPLES: dict[Any, Any] = {float: 0.0, bool: False, int: 0, Any: np.uint64(0)}
"""A value for each type that arguments of a rule are annotated with; words of draws are annotated as Any."""

_SMALLEST = {
    "title": "The smallest place",
    "start": "2020-01",
    "months": 1,
    "population": 1,
    "do_nothing": {"2020-01": 1.0},
    "organisations": {
        "a": {"role": "commissioner", "income": 1.0, "deficit_share": 1, "efficiency_pool": 0.0},
        "b": {"role": "provider", "income": 1.0, "deficit_share": 1, "efficiency_pool": 0.0},
    },
    "programmes": {"care": {"value": 1.0, "shares": {"a": 0.5, "b": 0.5}, "milestones": 1}},
}


class Lowered(NamedTuple):
    """A function as numba lowered it."""

    name: str
    symbol: str
    """Its name in the code, with the leading @."""
    arguments: tuple[tuple[str, str], ...]
    """The LLVM type and the name of each argument, without the two for the result and for an exception."""
    result: type | None
    """float, bool or int; None for the kernel."""
    code: str


def example_arguments() -> dict[str, Any]:
    """Return the kernel's arguments for the smallest place, by name; their types are the same for all places."""
    system = build_system(Scenario.model_validate(_SMALLEST))
    place = pack_place(system)
    return {
        "place": place,
        "calendar": pack_calendar(system),
        "assumptions": pack_assumptions(system, [system.parameters]),
        "rows": np.zeros(1, np.int64),
        "replicates": np.zeros(1, np.uint64),
        "seed": np.uint64(0),
        "state": blank_state(place),
        "tables": blank_tables(system, 1, Keep()),
    }


def lower_kernel() -> Lowered:
    """Return the kernel."""
    return _found("simulate", None, lower(simulate, *example_arguments().values()))


def lower_rules() -> Iterator[Lowered]:
    """Yield each rule that takes numbers and returns one, and the draw of a uniform number."""
    for rule in RULES:
        types = inspect.get_annotations(rule, eval_str=True)
        result = types.pop("return")
        if rule is uniform or {result, *types.values()} <= {float, bool, int}:
            yield _lowered_rule(rule, [*types.values()], float if rule is uniform else result)


def _lowered_rule(rule: Callable[..., Any], types: list[Any], result: type) -> Lowered:
    return _found(rule.__name__, result, lower(rule, *(_EXAMPLES[each] for each in types)))


def _found(name: str, result: type | None, code: str) -> Lowered:
    """Find a function in its own code, in which it is the only one that numba has not marked as a copy."""
    found = re.findall(rf"^define i32 (@\S*?\d{name}B\S*?)\((.*)\) *{{$", code, re.MULTILINE)
    if len(found) != 1:
        message = f"the LLVM code of {name} has {len(found)} functions of that name, not one"
        raise RuntimeError(message)
    (symbol, arguments), *_ = found
    _result, _exception, *rest = arguments.split(", ")
    typed = tuple((each.split()[0], each.rpartition("%arg.")[2]) for each in rest)
    return Lowered(name, symbol, typed, result, code)
