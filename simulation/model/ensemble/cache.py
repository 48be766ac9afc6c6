"""The cache of the kernel's machine code, so that it is compiled only once. It imports numba only to load the kernel.

The cache has a folder for the sources on disk, which is found without importing the kernel. In it is a folder for each
set of sources that was in memory when the kernel was compiled, because numba does not notice edits in imported files.
"""

import logging
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from simulation.model._rule import RULES
from simulation.model.ensemble.loaded import LoadedSource, SourceChangedError

_MODEL = Path(__file__).parents[1]
_COMPILED = (
    "ensemble/*.py",
    "rules/*.py",
    "draws.py",
    "_rule.py",
    "../vocabulary.py",
    "../parameters.py",
    "../levers.py",
    "../columns.py",
)

_log = logging.getLogger(__name__)


def load_kernel() -> Callable[..., None]:
    """Return the kernel, from the cache on disk or to be compiled at its first call, which takes seconds.

    Raises:
        SourceChangedError: If a part of the model was loaded again since the kernel was imported.
    """
    kernel, source = _import_kernel()
    if source is not None:
        source.check()
    return kernel


def is_on_disk() -> bool:
    """True if this Python compiled the kernel before, from the files on disk as they are now."""
    folder = cache_folder()
    return folder is not None and _has_machine_code(folder)


def is_compiled_at_all() -> bool:
    """True if the kernel is compiled when it is used: not with NUMBA_DISABLE_JIT=1."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}


def cache_folder() -> Path | None:
    """Return the folder for the sources on disk; None if none can be written to, so that every process compiles."""
    return writable_folder(name_of_sources())


def cache_root() -> Path:
    """Return the folder that holds every version's cache; it may not exist."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    return Path(given) / "trustsim" if given else platformdirs.user_cache_path("trustsim")


def writable_folder(name: str) -> Path | None:
    """Return a folder of the cache, made if need be; None if it cannot be written to."""
    folder = cache_root() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@cache
def _import_kernel() -> tuple[Callable[..., None], LoadedSource | None]:
    """Import the kernel and let numba keep it; the source is None where nothing is compiled."""
    from simulation.model.ensemble.compiled import REGISTERED, SETTINGS
    from simulation.model.ensemble.kernel import simulate

    if not is_compiled_at_all():
        return simulate, None
    known = {(rule.__module__, rule.__qualname__) for rule in REGISTERED}
    if any((rule.__module__, rule.__qualname__) in known for rule in RULES[len(REGISTERED) :]):
        raise SourceChangedError  # numba still has the rule from before its module was loaded again
    source = LoadedSource((simulate, SETTINGS))
    folder = cache_folder()
    if folder is None:
        _log.warning("compiling the fast engine, because no folder to keep it in can be written to (about 12 seconds)")
        return simulate, source
    folder = folder / source.fingerprint
    if not _has_machine_code(folder):
        _log.warning("compiling the fast engine, once for this version (about 12 seconds)")
    _keep_on_disk(simulate, folder)
    return simulate, source


def _has_machine_code(folder: Path) -> bool:
    return any(folder.rglob("*.nbi"))


def _keep_on_disk(kernel: Any, folder: Path) -> None:
    """Let numba keep the kernel in our own folder, and restore its setting for other code."""
    import numba

    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        kernel.enable_caching()
    finally:
        config.CACHE_DIR = before


@cache
def name_of_sources() -> str:
    """Return the name of the folder for the sources on disk and this processor."""
    return digest_of_sources(_processor())


def digest_of_sources(*others: str) -> str:
    """Return sixteen hexadecimal digits for the kernel's files on disk as they are now, and the versions that compile.

    Args:
        others: Texts that count as well.
    """
    digest = blake2b(digest_size=8)
    digest.update(" ".join([sys.version, version("numba"), version("numpy"), *others]).encode())
    for pattern in _COMPILED:
        for path in sorted(_MODEL.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _processor() -> str:
    """Return the processor for which numba compiles: the one that it runs on, unless another is set."""
    settings = [os.environ.get(name, "") for name in ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES")]
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else [platform.processor()]
    kept = {line for line in lines if line.startswith(("model name", "flags", "Features"))} or set(lines[:1])
    return " ".join([platform.machine(), *settings, *sorted(kept)])
