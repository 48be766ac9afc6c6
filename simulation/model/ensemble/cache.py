"""Where the kernel's machine code is kept, so that it is compiled once; imports no numba.

The folder is named by a hash of all that is compiled, since numba itself does not see edits in imported files.
"""

import os
import platform
import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import platformdirs

_MODEL = Path(__file__).parents[1]
_COMPILED = ("ensemble/*.py", "rules/*.py", "draws.py", "_rule.py", "../vocabulary.py", "../parameters.py")


def is_on_disk() -> bool:
    """Whether the kernel was compiled before, by this Python, from these sources."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbi"))


def is_compiled_at_all() -> bool:
    """Whether the kernel is compiled when it is used: not with NUMBA_DISABLE_JIT=1."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}


def cache_folder() -> Path | None:
    """The folder of this version of the kernel; None if none can be written to, and then it is compiled every time."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    above = Path(given) / "trustsim" if given else platformdirs.user_cache_path("trustsim")
    folder = above / _name_of_sources()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@cache
def _name_of_sources() -> str:
    told = blake2b(digest_size=8)
    told.update(f"{sys.version} {version('numba')} {version('numpy')} {_processor()}".encode())
    for pattern in _COMPILED:
        for path in sorted(_MODEL.glob(pattern)):
            told.update(path.read_bytes())
    return told.hexdigest()


def _processor() -> str:
    """What machine code depends on: numba compiles for the processor that it runs on, unless it is told of another."""
    given = [os.environ.get(name, "") for name in ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES")]
    told = Path("/proc/cpuinfo")
    models = told.read_text(encoding="utf-8").splitlines() if told.exists() else [platform.processor()]
    kept = {line for line in models if line.startswith(("model name", "flags", "Features"))} or set(models[:1])
    return " ".join([platform.machine(), *given, *sorted(kept)])
