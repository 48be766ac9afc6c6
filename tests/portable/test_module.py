"""The module itself: what it imports and exports, its size, and what a build refuses."""

import logging

import llvmlite.binding as llvm
import numpy as np
import pytest
import wasmtime

from simulation.model.portable import cache
from simulation.model.portable.object_file import STACK_TOP, link
from simulation.model.portable.packed import pack_system
from simulation.model.system import build_system
from tests.places import place, scenario
from tests.portable.test_parity import BUILDS, runner

pytestmark = pytest.mark.unit

ADD = "define i32 @add(i32 %a, i32 %b) {\n  %c = add i32 %a, %b\n  ret i32 %c\n}\n"
SPILL = """
define i32 @twice(i32 %a) {
  %kept = alloca i32
  store volatile i32 %a, ptr %kept
  %again = load volatile i32, ptr %kept
  %sum = add i32 %a, %again
  ret i32 %sum
}
"""
PRIMES = """
@primes = internal constant [4 x i32] [i32 2, i32 3, i32 5, i32 7]
define i32 @prime(i32 %n) {
  %at = getelementptr [4 x i32], ptr @primes, i32 0, i32 %n
  %prime = load i32, ptr %at
  ret i32 %prime
}
"""

CALLS = "declare i32 @elsewhere()\ndefine i32 @f() {\n  %a = call i32 @elsewhere()\n  ret i32 %a\n}\n"
READS = "@far = external global i32\ndefine i32 @f() {\n  %a = load i32, ptr @far\n  ret i32 %a\n}\n"


def object_file(code):
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    triple = "wasm32-unknown-unknown"
    machine = llvm.Target.from_triple(triple).create_target_machine(cpu="generic", reloc="static", codemodel="default")
    module = llvm.parse_assembly(code)
    module.triple, module.data_layout = triple, str(machine.target_data)
    return bytes(machine.emit_object(module))


def start(module):
    store = wasmtime.Store()
    memory = wasmtime.Memory(store, wasmtime.MemoryType(wasmtime.Limits(1, None)))
    return store, wasmtime.Instance(store, wasmtime.Module(store.engine, module), [memory]).exports(store)


@pytest.mark.parametrize("build", BUILDS)
def test_a_memory_is_the_only_import(build):
    assert runner(build).imports == [("env", "memory", "MemoryType")]


@pytest.mark.parametrize("build", BUILDS)
def test_the_kernel_and_the_rules_are_exported(build):
    assert set(runner(build).exports) == {"simulate", *runner(build).described["rules"]}


def test_each_module_is_under_70_kilobytes():
    engine = cache.load_portable_engine()
    assert max(len(engine.plain), len(engine.with_simd)) < 70_000
    assert engine.plain != engine.with_simd


def test_every_slot_is_described_once():
    described = runner("plain").described
    slots = [each["slot"] for each in described["values"].values()]
    for array in described["arrays"].values():
        slots += [array["pointer"], array["items"], array["item_size_at"], *array["shape"], *array["strides"]]
    unused = 2 * len(described["arrays"])  # an array's owner, and the object that it is part of
    assert len(set(slots)) == len(slots) == described["slots"] - unused


def test_a_packed_place_is_the_same_each_time():
    """Nothing of what lay in memory gets into it, not even between the fields of a record."""
    subject = scenario(place())
    blocks = set()
    for filler in range(5):
        _used = [np.full(size, filler, np.uint8) for size in (64, 128, 1000, 10_000)]
        blocks.add(pack_system(build_system(subject)).block)
        del _used
    assert len(blocks) == 1


def test_a_module_is_linked_from_an_object_file():
    store, exports = start(link(object_file(ADD), ["add"]))
    assert exports["add"](store, 2, 3) == 5


def test_a_module_has_a_stack_of_its_own():
    store, exports = start(link(object_file(ADD + SPILL), ["add", "twice"]))
    assert [exports["twice"](store, 21), exports["twice"](store, 4)] == [42, 8]
    assert STACK_TOP == 65536


def test_constants_come_with_the_module():
    store, exports = start(link(object_file(PRIMES), ["prime"]))
    assert [exports["prime"](store, n) for n in range(4)] == [2, 3, 5, 7]


@pytest.mark.parametrize(
    ("code", "complaint"), [(CALLS, "imports elsewhere"), (READS, "not defined.*: far"), (ADD, "not defined.*: f")]
)
def test_what_is_not_defined_is_refused(code, complaint):
    with pytest.raises(RuntimeError, match=complaint):
        link(object_file(code), ["f"])


def test_only_object_files_are_linked():
    with pytest.raises(RuntimeError, match=r"^this is not a WebAssembly object file$"):
        link(b"\x7fELF\x02\x01\x01\0", ["f"])


def test_a_build_is_read_from_the_cache_without_a_word(caplog):
    cache.load_portable_engine()
    with caplog.at_level(logging.WARNING):
        engine = cache.load_portable_engine()
    assert caplog.messages == []
    assert engine.plain.startswith(b"\0asm")


def test_a_build_that_fails_says_why(tmp_path, monkeypatch):
    """As where llvmlite is broken."""
    (tmp_path / "llvmlite").mkdir()
    (tmp_path / "llvmlite" / "__init__.py").write_text("raise ImportError('no LLVM on this machine')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    with pytest.raises(RuntimeError, match=r"^the engine could not be exported:\n(.*\n)*.*no LLVM on this machine$"):
        cache.load_portable_engine()
    assert list((tmp_path / "cache").rglob("*.wasm")) == []
