"""Call the page's own functions in node, for tests that hold them to Python's."""

import atexit
import base64
import json
import math
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulation

HERE = Path(__file__).parent
SCRIPT = Path(simulation.__file__).parent / "page" / "script"
_NODE = shutil.which("node")

needs_node = pytest.mark.skipif(_NODE is None, reason="node is not installed")


@cache
def _module_folder() -> Path:
    """Return a folder with the compiled module, for scripts that import `module.mjs`."""
    from simulation.model.portable.cache import load_portable_engine

    engine, folder = load_portable_engine(), Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "module.wasm").write_bytes(engine.plain)
    (folder / "description.json").write_text(json.dumps(engine.description), encoding="utf-8")
    return folder


def call_with_engine(script: str, calls: Sequence[Sequence[Any]]) -> list[Any]:
    """Return the same as `call` for a script of the tests that needs the compiled module.

    Args:
        script: Its file name.
        calls: For each call the name of the function and its arguments.
    """
    return call(HERE / script, calls, PORTABLE_MODULE=str(_module_folder()))


def call(module: str | Path, calls: Sequence[Sequence[Any]], **environment: str) -> list[Any]:
    """Return the results of calls of functions that a module exports.

    Args:
        module: File name of a module of the page, or the path of a module of the tests.
        calls: For each call the name of the function and its arguments. Arrays of doubles keep their bits, and so do
            numbers that JSON cannot hold.
        **environment: Variables of the process besides the inherited ones.
    """
    path = module if isinstance(module, Path) else SCRIPT / module
    process, errors = _node(frozenset(environment.items()))
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"path": str(path), "calls": _writable(calls)}, allow_nan=False) + "\n")
    process.stdin.flush()
    returned = process.stdout.readline()
    if not returned:
        _node.cache_clear()
        raise RuntimeError(errors.read_text(encoding="utf-8"))
    found: list[Any] = json.loads(returned, object_hook=_revived)
    return found


@cache
def _node(environment: frozenset[tuple[str, str]]) -> tuple[subprocess.Popen[str], Path]:
    """Start a process for all calls, which ends with its standard input: when this process ends; and its errors."""
    handle, errors = tempfile.mkstemp()
    atexit.register(Path(errors).unlink, missing_ok=True)
    process = subprocess.Popen(
        [str(_NODE), str(HERE / "call.mjs")],
        env=os.environ | dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=handle,
        encoding="utf-8",
    )
    os.close(handle)
    return process, Path(errors)


def _writable(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, np.ndarray):
        return {"$doubles": base64.b64encode(np.ascontiguousarray(value, dtype="<f8").tobytes()).decode()}
    if isinstance(value, dict):
        return {name: _writable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")}
    return value


def _revived(value: dict[str, Any]) -> Any:
    """Return a number or an array that JSON cannot hold, and any other object as it is."""
    if "$number" in value:
        return float(value["$number"].replace("Infinity", "inf"))
    if "$doubles" in value:
        return np.frombuffer(base64.b64decode(value["$doubles"]), dtype="<f8")
    return value
