"""The module, built once for each version of the sources and kept in the cache folder. Imports no numba."""

import json
import logging
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from filelock import FileLock

from simulation.model.ensemble.cache import digest_of_sources, writable_folder
from simulation.model.ensemble.loaded import SourceChangedError
from simulation.model.portable.settings import DESCRIPTION, PLAIN, SETTINGS, WITH_SIMD

PREFIX = "portable-"
"""Prefix of the folders that hold a module; the digest of its sources follows."""

LOCK = "lock"
"""The file in such a folder that is locked while the module is built."""

_HERE = Path(__file__).parent
_ROOT = Path(__file__).parents[3]

_log = logging.getLogger(__name__)


class PortableEngine(NamedTuple):
    """The compiled kernel as a WebAssembly module."""

    plain: bytes
    """The module without vector instructions."""
    with_simd: bytes
    """The module with them; its results are the same."""
    description: dict[str, Any]
    """See `slots.describe_module`."""


def load_portable_engine() -> PortableEngine:
    """Return the module for the sources on disk; building it takes seconds and happens once for each version.

    Raises:
        SourceChangedError: If the sources changed while it was built.
        RuntimeError: If it cannot be built.
    """
    digest = digest_of_portable_sources()
    folder = writable_folder(PREFIX + digest)
    if folder is None:
        with TemporaryDirectory() as temporary:
            return _built(Path(temporary), digest)
    if not (folder / DESCRIPTION).exists():
        with FileLock(folder / LOCK):
            if not (folder / DESCRIPTION).exists():
                _build_into(folder, digest)
    return _read(folder)


def digest_of_portable_sources() -> str:
    """Return sixteen hexadecimal digits for all that decides the module: sources, settings and versions."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.py"))]
    return digest_of_sources(version("llvmlite"), *sources)


def _build_into(folder: Path, digest: str) -> None:
    """Build beside the files that are kept, and move them into place; the description comes last."""
    with TemporaryDirectory(dir=folder) as temporary:
        _built(Path(temporary), digest)
        for name in (PLAIN, WITH_SIMD, DESCRIPTION):
            (Path(temporary) / name).replace(folder / name)


def _built(folder: Path, digest: str) -> PortableEngine:
    """Build in a process in which numba has the settings, since it reads them when it is imported."""
    _log.warning("exporting the engine for a page, once for this version (about 15 seconds)")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    path = os.pathsep.join(filter(None, [str(_ROOT), inherited.get("PYTHONPATH")]))
    program = [sys.executable, "-m", "simulation.model.portable.build", str(folder)]
    done = subprocess.run(
        program, env=inherited | SETTINGS | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        message = f"the engine could not be exported:\n{done.stderr.strip()}"
        raise RuntimeError(message)
    if digest_of_portable_sources() != digest:
        raise SourceChangedError
    return _read(folder)


def _read(folder: Path) -> PortableEngine:
    description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return PortableEngine((folder / PLAIN).read_bytes(), (folder / WITH_SIMD).read_bytes(), description)
