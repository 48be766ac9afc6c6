"""Builds are the same to the byte, and a rule changed by one character makes another module."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.model.portable.cache import load_portable_engine
from simulation.model.portable.packed import pack_system
from simulation.model.portable.settings import DESCRIPTION, PLAIN, SETTINGS, WITH_SIMD
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from tests.portable.runner import Runner
from tests.portable.test_parity import PARTNERSHIP, by_compiled, shipped, unlike
from tests.waiting import PATIENCE

pytestmark = pytest.mark.verification

ROOT = Path(__file__).parents[2]

CHANGES = {
    "a term of the logistic function": ("rules/numeric.py", "1.0 / (1.0 + exp(-x))", "1.0 / (2.0 + exp(-x))"),
    "the fall of trust": ("rules/reflection.py", "return risen - loss * risen", "return risen + loss * risen"),
    "a row that a month begins with": (
        "ensemble/kernel.py",
        "RELATIONSHIP.loss_left, 1.0",
        "RELATIONSHIP.loss_left, 0.0",
    ),
}


def build_from(root, folder):
    """The files of a build from the sources under a root."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "simulation.model.portable.build", str(folder)],
        env=os.environ | SETTINGS | {"PYTHONPATH": str(root)},
        cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: (folder / name).read_bytes() for name in (PLAIN, WITH_SIMD, DESCRIPTION)}


def test_builds_are_the_same_to_the_byte_and_are_kept(tmp_path, monkeypatch, caplog):
    """One in a fresh cache without random hashes, and the one in the usual cache, which has some."""
    usual = load_portable_engine()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    with caplog.at_level("WARNING"):
        assert [load_portable_engine(), load_portable_engine()] == [usual, usual]
    assert caplog.messages == ["exporting the engine for a page, once for this version (about 15 seconds)"]


@pytest.mark.parametrize("change", CHANGES)
def test_one_character_of_the_sources_breaks_parity(tmp_path, change):
    file, before, after = CHANGES[change]
    copied = tmp_path / "copy"
    shutil.copytree(ROOT / "simulation", copied / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    path = copied / "simulation" / "model" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    files = build_from(copied, tmp_path / "built")
    subject, asked = shipped(PARTNERSHIP), {"seed": 3, "replicates": range(19), "detail": DETAIL}
    packed, compiled = pack_system(build_system(subject)), by_compiled(subject, replicates=19)
    for name in (PLAIN, WITH_SIMD):
        runner = Runner(files[name], json.loads(files[DESCRIPTION]))
        tables = runner.run(packed, months=range(subject.months), **asked)
        assert "system" in unlike(tables, compiled)
