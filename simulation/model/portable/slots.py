"""The module described as plain data, so that no layout is written by hand where it is called.

The kernel's arguments are named as in Python: `place.organisations` is the field `organisations` of the argument
`place`. Each number of an array's header is in a slot of eight bytes of its own.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulation.model.ensemble.layout import LANES
from simulation.model.portable.intermediate import Lowered
from simulation.model.portable.object_file import STACK_TOP

SLOT = 8
"""Bytes."""

_OWNER, _PARENT, _ITEMS, _ITEM_SIZE, _POINTER, _SHAPE, _STRIDES = "0123456"
"""The numbers of an array's header in numba's data model, by their names in LLVM code."""


def describe_module(kernel: Lowered, rules: Sequence[Lowered], examples: dict[str, Any]) -> dict[str, Any]:
    """Return a description of the module that can be written as JSON.

    Args:
        kernel: The kernel.
        rules: The rules.
        examples: The kernel's arguments for some place.

    Returns:
        `first_free`, the address from which memory is the caller's; `slots`, how many slots of `slot_size` bytes the
        function `simulate` reads; `lanes`; `arrays` and `values` by name, with their slots; `rules`, the arguments of
        each by name.
    """
    slots = {name: slot for slot, (_, name) in enumerate(kernel.arguments)}
    arrays, values = {}, {}
    for argument, example in examples.items():
        for name, code, value in _named(argument, example):
            if isinstance(value, np.ndarray):
                arrays[name] = _array(code, value, slots)
            else:
                values[name] = {"slot": slots.pop(code), "type": np.asarray(value).dtype.name}
    if slots:
        message = f"numbers that the kernel takes and that are not described: {', '.join(slots)}"
        raise RuntimeError(message)
    return {
        "first_free": STACK_TOP,
        "slot_size": SLOT,
        "slots": len(kernel.arguments),
        "lanes": LANES,
        "arrays": arrays,
        "values": values,
        "rules": {rule.name: [name for _, name in rule.arguments] for rule in rules},
    }


def _named(argument: str, value: Any) -> list[tuple[str, str, Any]]:
    """Return the arrays and numbers of an argument, each with its name here and its name in LLVM code."""
    if not hasattr(value, "_fields"):
        return [(argument, argument, value)]
    return [
        (f"{argument}.{name}", f"{argument}.{index}", each)
        for index, (name, each) in enumerate(zip(value._fields, value, strict=True))
    ]


def _array(code: str, array: Any, slots: dict[str, int]) -> dict[str, Any]:
    """Describe an array, and take its slots out of those that are left."""
    for unused in (_OWNER, _PARENT):
        slots.pop(f"{code}.{unused}")
    described = {
        "pointer": slots.pop(f"{code}.{_POINTER}"),
        "items": slots.pop(f"{code}.{_ITEMS}"),
        "item_size_at": slots.pop(f"{code}.{_ITEM_SIZE}"),
        "shape": [slots.pop(f"{code}.{_SHAPE}.{axis}") for axis in range(array.ndim)],
        "strides": [slots.pop(f"{code}.{_STRIDES}.{axis}") for axis in range(array.ndim)],
        "item_size": array.dtype.itemsize,
    }
    fields = array.dtype.fields
    if fields is None:
        return described | {"type": array.dtype.name}
    return described | {
        "fields": {name: {"type": kind.name, "offset": offset} for name, (kind, offset, *_) in fields.items()}
    }
