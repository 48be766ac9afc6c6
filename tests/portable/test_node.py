"""The page's own code runs the module in node and gives the same bytes as the compiled engine."""

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import numpy as np
import pytest

from simulation.model._rule import RULES
from simulation.model.portable.cache import load_portable_engine
from simulation.model.portable.packed import pack_system
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from tests.page.node import SCRIPT, call, needs_node
from tests.parity.engines import run_by
from tests.places import SCENARIOS, month_after, place, scenario
from tests.portable.test_parity import tables_of, unlike
from tests.waiting import PATIENCE

HERE = Path(__file__).parent

pytestmark = [pytest.mark.parity, needs_node]

CALLS = [("ramped_strength", (0.8, 2.0, 7.0)), ("risk_after_reform", (1.0, 0.3)), ("is_instructed", (0.5,))]
REPLICATES = 33


def run_in_node(folder, subject, *, build, seed, first, times=1):
    """What node wrote into the folder, and what it says about it."""
    engine, packed = load_portable_engine(), pack_system(build_system(subject))
    (folder / "plain.wasm").write_bytes(engine.plain)
    (folder / "simd.wasm").write_bytes(engine.with_simd)
    (folder / "block.bin").write_bytes(packed.block)
    numbers = [str(first + each) for each in range(REPLICATES)]
    asked = {
        "module": engine.description,
        "packed": packed.description,
        "withSimd": build,
        "options": {"seed": str(seed), "replicates": numbers, "detail": list(DETAIL)},
        "rules": CALLS,
        "times": times,
    }
    done = subprocess.run(
        [shutil.which("node"), HERE / "run_engine.mjs", SCRIPT / "engine.js", folder],
        input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("build", ["plain.wasm", "simd.wasm"])
def test_the_page_runs_the_reference_place_as_python_does(tmp_path, build):
    subject = load_scenario(SCENARIOS / "mid-south-essex-partnership.yaml")
    said = run_in_node(tmp_path, subject, build=build, seed=2**64 - 1, first=5)
    compiled = run_by("compiled", subject, replicates=REPLICATES, seed=2**64 - 1, first=5)
    tables = tables_of(compiled)
    assert unlike({name: (tmp_path / name).read_bytes() for name in tables}, tables) == []
    assert said["shapes"] == {name: list(getattr(compiled, name).shape) for name in tables}


def test_the_page_calls_rules_as_python_does(tmp_path):
    subject = load_scenario(SCENARIOS / "two-trusts.yaml")
    run_in_node(tmp_path, subject, build="simd.wasm", seed=1, first=0)
    named = {rule.__name__: rule for rule in RULES}
    expected = [float(named[name](*given)) for name, given in CALLS]
    assert np.frombuffer((tmp_path / "rules").read_bytes()).tolist() == expected


def packed_for_page():
    """A packed place with events, as JSON can hold it, and its arrays."""
    breach = {"event": "breach", "organisation": "a", "month": month_after(2), "size": 0.25}
    system = build_system(scenario(place(events=[breach])))
    packed = pack_system(system)
    return packed.description, b64encode(packed.block).decode(), load_portable_engine().description


def test_the_page_reads_every_field_as_python_does():
    description, block, module = packed_for_page()
    (found,) = call(HERE / "fields.js", [("readFields", description, block, module)])
    assert set(found) == set(description["arrays"])
    for name, fields in found.items():
        assert fields.pop("same"), name
        described, packed = module["arrays"][name], description["arrays"][name]
        for field, values in fields.items():
            kind = described["fields"][field] if field else {"type": described["type"], "offset": 0}
            names = {"names": ["it"], "formats": [kind["type"]], "offsets": [kind["offset"]]}
            items = np.dtype(names | {"itemsize": described["item_size"]})
            expected = np.frombuffer(b64decode(block), items, len(values), packed["offset"])["it"]
            assert [*map(float, values)] == expected.astype(np.float64).tolist(), (name, field)


def test_the_page_refuses_arrays_that_do_not_fit():
    description, block, module = packed_for_page()
    (said,) = call(HERE / "fields.js", [("complaints", description, block, module)])
    size = 8 * np.prod(description["arrays"]["calendar.shares"]["shape"])
    assert said == ["the model needs calendar.shares", f"calendar.shares should have {size} bytes"]


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path):
    subject = load_scenario(SCENARIOS / "two-trusts.yaml")
    once, often = (
        run_in_node(tmp_path, subject, build="simd.wasm", seed=1, first=0, times=times)["pages"] for times in (1, 500)
    )
    assert once == often
