"""The object file: what numba lowered is optimised under the layout of wasm64 and emitted for wasm32.

Under wasm32's own layout numba's 64-bit indices would be narrower than its arithmetic, and most loops would not be
vectorised. WebAssembly has no fused multiply-add, so results stay the same to the bit.
"""

import re
from collections.abc import Sequence
from typing import Any

import llvmlite.binding as llvm

from simulation.model.portable.entry_point import CHECKED_PRODUCT, kernel_entry, rule_entry
from simulation.model.portable.intermediate import Lowered

_WIDE, _NARROW = "wasm64-unknown-unknown", "wasm32-unknown-unknown"
_HOST = re.compile(r"^target (?:triple|datalayout) = .*\n", re.MULTILINE)
_EQUAL_COSTS = "-force-target-instruction-cost=1"
"""Count every instruction alike: by LLVM's own estimate the loop with the draws, the longest, would stay scalar."""

_CHECKED = "@llvm.umul.with.overflow.i64"


def assemble(kernel: Lowered, rules: Sequence[Lowered], *, simd: bool) -> bytes:
    """Return an object file with the function `simulate` and one for each rule; this changes the process's LLVM.

    Args:
        kernel: The kernel.
        rules: The rules, with names that differ.
        simd: True to use vector instructions of 128 bits.

    Raises:
        RuntimeError: If the optimised code keeps a pointer on the stack, whose width would differ from wasm64's.
    """
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    llvm.set_option("", _EQUAL_COSTS)
    linked = _linked(kernel, rules)
    wide, narrow = _machine(_WIDE, simd=simd), _machine(_NARROW, simd=simd)
    _retarget(linked, _WIDE, wide)
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = True
    tuning.loop_unrolling = False  # unrolled loops are larger here, and no faster
    builder = llvm.create_pass_builder(wide, tuning)
    builder.getModulePassManager().run(linked, builder)
    optimised = _without_checked_products(str(linked))
    if found := re.search(r"alloca .*\bptr\b", optimised):
        message = f"the optimised kernel keeps a pointer on the stack: {found.group()}"
        raise RuntimeError(message)
    emitted = llvm.parse_assembly(optimised)
    _retarget(emitted, _NARROW, narrow)
    emitted.verify()
    return bytes(narrow.emit_object(emitted))


def _linked(kernel: Lowered, rules: Sequence[Lowered]) -> Any:
    """Return one module of all functions, in which only those to be exported are visible."""
    entries = [kernel_entry(kernel), *map(rule_entry, rules)]
    linked = llvm.parse_assembly(_HOST.sub("", kernel.code))
    for code in [*(rule.code for rule in rules), *entries]:
        linked.link_in(llvm.parse_assembly(_HOST.sub("", code)))
    exported = {kernel.name, *(rule.name for rule in rules)}
    for each in [*linked.functions, *linked.global_variables]:
        if not each.is_declaration and each.name not in exported:
            each.linkage = "internal"
    return linked


def _machine(triple: str, *, simd: bool) -> Any:
    target = llvm.Target.from_triple(triple)
    return target.create_target_machine(
        cpu="generic", features="+simd128" if simd else "", opt=3, reloc="static", codemodel="default"
    )


def _retarget(module: Any, triple: str, machine: Any) -> None:
    module.triple, module.data_layout = triple, str(machine.target_data)


def _without_checked_products(code: str) -> str:
    """Call our own function where the vectoriser guards a loop by a product that must not overflow."""
    if _CHECKED not in code:
        return code
    kept = [line for line in code.splitlines() if not (line.startswith("declare ") and _CHECKED in line)]
    return "\n".join(kept).replace(_CHECKED, "@checked_product") + CHECKED_PRODUCT
