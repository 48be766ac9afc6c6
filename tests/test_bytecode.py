"""Python runs the bytecode of an earlier text if an edit keeps a file's time and size: no version is made of that."""

import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.bytecode import StaleBytecodeError, check_bytecode, used_bytecode
from simulation.results.known_sources import digest_of_known_source

pytestmark = pytest.mark.unit

MODES = py_compile.PycInvalidationMode


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "rule.py"
    path.write_text("def f(x):\n    return x - 1\n")
    return path


def edit(module):
    """Change what the module does; its time and size stay."""
    at = module.stat()
    module.write_text(module.read_text().replace("x - 1", "x + 1"))
    os.utime(module, ns=(at.st_atime_ns, at.st_mtime_ns))


def test_bytecode_of_the_source_as_it_is_passes(module):
    assert used_bytecode(module) == b""
    for mode in MODES:
        py_compile.compile(str(module), invalidation_mode=mode)
        check_bytecode({module: used_bytecode(module)})


@pytest.mark.parametrize("mode", [MODES.TIMESTAMP, MODES.UNCHECKED_HASH])
def test_bytecode_that_python_runs_in_place_of_an_edited_source_is_refused(mode, module):
    py_compile.compile(str(module), invalidation_mode=mode)
    edit(module)
    run = [sys.executable, "-c", "import rule; print(rule.f(1))"]
    assert subprocess.run(run, cwd=module.parent, capture_output=True, text=True, check=True).stdout == "0\n"
    with pytest.raises(StaleBytecodeError, match=r"pyc is not of .*rule\.py as it is, and Python runs it: remove"):
        digest_of_known_source([module.read_bytes()], module.parent, [module])


@pytest.mark.parametrize("spoil", ["time", "size", "magic", "checked", "cut"])
def test_bytecode_that_python_does_not_run_is_no_matter(spoil, module):
    mode = MODES.CHECKED_HASH if spoil == "checked" else MODES.TIMESTAMP
    kept = Path(py_compile.compile(str(module), invalidation_mode=mode))
    edit(module)
    if spoil == "time":
        os.utime(module, (1, 1))
    elif spoil == "size":
        module.write_text(module.read_text() + "\n")
    elif spoil == "magic":
        kept.write_bytes(b"\0\0\r\n" + kept.read_bytes()[4:])
    elif spoil == "cut":
        kept.write_bytes(kept.read_bytes()[:9])
    assert used_bytecode(module) == b""


def test_the_bytecode_of_the_model_is_looked_at_whatever_the_cache_knows(module, tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    first = digest_of_known_source([module.read_bytes()], tmp_path, [module])
    py_compile.compile(str(module), invalidation_mode=MODES.TIMESTAMP)
    assert digest_of_known_source([module.read_bytes()], tmp_path, [module]) == first
    edit(module)
    digest_of_known_source([module.read_bytes()], tmp_path)
    with pytest.raises(StaleBytecodeError):
        digest_of_known_source([module.read_bytes()], tmp_path, [module])
