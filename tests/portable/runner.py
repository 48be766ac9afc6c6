"""The module run by wasmtime, from its description and a packed scenario alone: what a page does, written in Python."""

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
import wasmtime

from simulation.model.portable.packed import Packed

PAGE = 65536
ALIGNMENT = 64


class Runner:
    """An instance of the module.

    Args:
        module: The module.
        description: Its description.
    """

    def __init__(self, module: bytes, description: dict[str, Any]) -> None:
        self.store = wasmtime.Store()
        compiled = wasmtime.Module(self.store.engine, module)
        self.imports = [(each.module, each.name, type(each.type).__name__) for each in compiled.imports]
        limits = wasmtime.Limits(description["first_free"] // PAGE, None)
        self.memory = wasmtime.Memory(self.store, wasmtime.MemoryType(limits))
        self.exports = wasmtime.Instance(self.store, compiled, [self.memory]).exports(self.store)
        self.described = description

    def rule(self, name: str, *given: float) -> float:
        """Return what a rule returns."""
        return self.exports[name](self.store, *given)

    def run(
        self,
        packed: Packed,
        *,
        seed: int,
        replicates: Sequence[int],
        rows: Sequence[int] | None = None,
        detail: Sequence[str] = (),
        months: Sequence[int] = (),
    ) -> dict[str, bytes]:
        """Return every table as bytes.

        Args:
            packed: The scenario.
            seed: Random seed.
            replicates: The number of each replicate.
            rows: The set of parameters that each assumes; by default the first.
            detail: The tables of monthly detail to keep.
            months: The months that they keep.
        """
        description, block = packed
        kept = np.full(description["months"], -1, np.int64)
        kept[list(months)] = np.arange(len(months))
        given: dict[str, tuple[list[int], bytes]] = {
            name: (each["shape"], block[each["offset"] : each["offset"] + self._bytes_in(name, each["shape"])])
            for name, each in description["arrays"].items()
        }
        given["rows"] = [len(replicates)], np.array(rows or [0] * len(replicates), np.int64).tobytes()
        given["replicates"] = [len(replicates)], np.array(replicates, np.uint64).tobytes()
        given["tables.kept"] = [len(kept)], kept.tobytes()
        tables = {}
        for name, table in description["tables"].items():
            per_month = [len(months) if name in detail else 0] if table["detail"] else []
            tables[f"tables.{name}"] = [len(replicates), *per_month, *table["shape"]]
        for name, shape in (description["blank"] | tables).items():
            given[name] = shape, bytes(self._bytes_in(name, shape))
        at = self._place(given, description["values"] | {"seed": seed})
        return {
            name.removeprefix("tables."): self._read(at[name], self._bytes_in(name, shape))
            for name, shape in tables.items()
        }

    def _place(self, given: dict[str, tuple[list[int], bytes]], values: dict[str, Any]) -> dict[str, int]:
        """Write all arguments into memory, call the kernel, and return the address of each array."""
        assert set(given) == set(self.described["arrays"])
        assert set(values) == set(self.described["values"])
        slots, at = np.zeros(self.described["slots"], np.uint64), self.described["first_free"]
        free, found = at + slots.nbytes, {}
        for name, (shape, content) in given.items():
            free += -free % ALIGNMENT
            found[name] = free
            self._fill_header(slots, self.described["arrays"][name], free, shape)
            free += len(content)
        for name, value in values.items():
            described = self.described["values"][name]
            slots[described["slot"]] = np.array(value, described["type"]).astype(described["type"]).view(np.uint64)
        missing = -(-free // PAGE) - self.memory.size(self.store)
        if missing > 0:
            self.memory.grow(self.store, missing)
        for name, (_, content) in given.items():
            self.memory.write(self.store, content, found[name])
        self.memory.write(self.store, slots.tobytes(), at)
        assert self.exports["simulate"](self.store, at) == 0
        return found

    def _fill_header(self, slots: Any, array: dict[str, Any], pointer: int, shape: list[int]) -> None:
        slots[array["pointer"]] = pointer
        slots[array["items"]] = prod(shape)
        slots[array["item_size_at"]] = array["item_size"]
        for axis, length in enumerate(shape):
            slots[array["shape"][axis]] = length
            slots[array["strides"][axis]] = array["item_size"] * prod(shape[axis + 1 :])

    def _bytes_in(self, name: str, shape: list[int]) -> int:
        return prod(shape) * self.described["arrays"][name]["item_size"]

    def _read(self, at: int, length: int) -> bytes:
        return bytes(self.memory.read(self.store, at, at + length))
