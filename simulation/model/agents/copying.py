"""Copy and pickle a replicate at any month: its numbers are copied, and its objects are built and linked again.

Every organisation leads to every other through relationships and opportunities. A plain copy would follow them all,
one inside the other, and end in a `RecursionError` in a place of usual size.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from simulation.model.system import System
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel

State = dict[str, Any]

_KINDS = ("organisations", "relationships", "opportunities", "memberships")
"""The attributes of a model that list its objects."""

_BUILT = (*_KINDS, "calendar", "contracts", "draws", "place", "programmes", "regulator", "system")
"""The attributes of a model that its constructor makes from the system."""


class Part:
    """An object of a model. Copied by itself, it is that object of a copy of the whole model.

    Attributes:
        KIND: The attribute of the model that lists its objects of this kind.
        LINKS: The attributes that lead to other objects; a copy builds them again.
    """

    __slots__ = ()

    KIND: ClassVar[str]
    LINKS: ClassVar[frozenset[str]]

    model: "TrustModel"
    index: int

    def __reduce__(self) -> tuple[Any, ...]:
        return _part_of, (self.model, self.KIND, self.index)


def _part_of(model: "TrustModel", kind: str, index: int) -> Part:
    part: Part = getattr(model, kind)[index]
    return part


def rebuild(kind: "type[TrustModel]", system: System, arguments: Mapping[str, Any]) -> "TrustModel":
    """Return a model before its first month; the constructor of a subclass is not called."""
    from simulation.model.agents.model import TrustModel

    model = kind.__new__(kind)
    TrustModel.__init__(model, system, **arguments)
    return model


def state_of(model: "TrustModel") -> State:
    """Return all that a model has and a newly built one has not: numbers, results, and what its user added."""
    built = {*_BUILT, *model.names_of_mesa}
    own = {name: value for name, value in vars(model).items() if name not in built}
    return {
        "own": own | {"trajectory": _with_own_arrays(model.trajectory)},
        "parts": [[_values_of(part) for part in getattr(model, kind)] for kind in _KINDS],
        "place_shortfall": model.regulator.place_shortfall,
        "calendar": model.calendar.month,
        "steps": model.steps,
        "running": model.running,
        "generators": (model.random.getstate(), model.rng.bit_generator.state),
    }


def restore(model: "TrustModel", state: State) -> None:
    """Bring a newly built model to the state of another."""
    _count_steps(model, state["steps"])
    for name, value in state["own"].items():
        setattr(model, name, value)
    for kind, values in zip(_KINDS, state["parts"], strict=True):
        for part, own in zip(getattr(model, kind), values, strict=True):
            for name, value in own.items():
                setattr(part, name, value)
    model.regulator.place_shortfall = state["place_shortfall"]
    model.calendar.set_month(state["calendar"])
    model.draws.set_month(state["calendar"])
    model.running = state["running"]
    of_python, of_numpy = state["generators"]
    model.random.setstate(of_python)
    model.rng.bit_generator.state = of_numpy


def copy_model(model: "TrustModel", memo: dict[int, Any], system: System | None = None) -> "TrustModel":
    """Return an independent copy; the place, which never changes, is shared.

    Args:
        model: The model.
        memo: Objects already copied, as `copy.deepcopy` keeps them.
        system: The same place under another scenario that has the same past; by default that of the model.
    """
    for shared in (model.system, model.system.axes, model.place):
        memo[id(shared)] = shared
    copied = rebuild(type(model), system or model.system, model.arguments)
    memo[id(model)] = copied
    restore(copied, deepcopy(state_of(model), memo))
    copied.trajectory = replace(copied.trajectory, axes=copied.system.axes)
    return copied


def _values_of(part: Part) -> State:
    names = vars(part) if hasattr(part, "__dict__") else _slots_of(type(part))
    return {name: getattr(part, name) for name in names if name not in part.LINKS}


def _slots_of(kind: type) -> Iterator[str]:
    for each in kind.__mro__:
        yield from vars(each).get("__slots__", ())


def _with_own_arrays(trajectory: Trajectory) -> Trajectory:
    values = ((each.name, getattr(trajectory, each.name)) for each in fields(trajectory))
    arrays: State = {name: value.copy() for name, value in values if isinstance(value, np.ndarray)}
    return replace(trajectory, **arrays)


def _count_steps(model: "TrustModel", steps: int) -> None:
    """Let Mesa count steps, and from 3.5 on time, without simulating anything."""
    simulate, model._user_step = model._user_step, _do_nothing
    for _ in range(steps):
        model.step()
    model._user_step = simulate


def _do_nothing() -> None:
    """Do nothing in place of a month."""
