"""A scenario packed for the module: one block of bytes, and a description of it that can be written as JSON."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation import columns
from simulation.model.ensemble.chunks import blank_state
from simulation.model.ensemble.jobs import blank_tables
from simulation.model.ensemble.packing import pack_assumptions, pack_calendar, pack_place
from simulation.model.system import System
from simulation.parameters import Parameters
from simulation.results.ensemble import DETAIL, Keep

ALIGNMENT = 64
"""Bytes; arrays begin at multiples of a cache line."""


class Packed(NamedTuple):
    """A scenario for the module."""

    description: dict[str, Any]
    """`arrays`: where each array of the block begins, and its shape; `values`: the numbers that are no arrays;
    `blank`: the shapes of the arrays that begin as zeros; `tables`: the shape of each table for one replicate, or for
    one month that it keeps; `months`; `columns` of each table that has some."""
    block: bytes


def pack_system(system: System, rows: Sequence[Parameters] = ()) -> Packed:
    """Pack a system.

    Args:
        system: The place and its calendar.
        rows: Sets of parameters; by default its own.
    """
    place = pack_place(system)
    tables = blank_tables(system, 1, Keep(tables=DETAIL, months=(0,)))
    arguments = {
        "place": place,
        "calendar": pack_calendar(system),
        "assumptions": pack_assumptions(system, rows or [system.parameters]),
    }
    named = {f"{argument}.{name}": each for argument, fields in arguments.items() for name, each in _fields(fields)}
    state = {f"state.{name}": each for name, each in _fields(blank_state(place))}
    values = {name: each for name, each in (named | state).items() if not isinstance(each, np.ndarray)}
    named["tables.year"] = tables.year
    arrays, block = _blocked({name: each for name, each in named.items() if name not in values})
    description = {
        "arrays": arrays,
        "values": values,
        "blank": {name: list(each.shape) for name, each in state.items() if name not in values},
        "tables": {name: _table(name, each) for name, each in _fields(tables) if name not in {"year", "kept"}},
        "months": system.months,
        "size": len(block),
    }
    return Packed(description, block)


def _fields(named: Any) -> list[tuple[str, Any]]:
    return list(zip(named._fields, named, strict=True))


def _table(name: str, blank: Any) -> dict[str, Any]:
    """Describe a table of one replicate; of monthly detail, for each month that is kept."""
    detail = name in DETAIL
    described = {"detail": detail, "shape": list(blank.shape[2 if detail else 1 :])}
    table = getattr(columns, name.upper(), None)
    return described if table is None else described | {"columns": list(table._fields)}


def _blocked(arrays: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return where each array begins, and all of them in one block."""
    block, described = bytearray(), {}
    for name, array in arrays.items():
        block += bytes(-len(block) % ALIGNMENT)
        described[name] = {"offset": len(block), "shape": list(array.shape)}
        block += np.ascontiguousarray(array).tobytes()
    return described, bytes(block)
