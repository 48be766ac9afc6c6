"""Check that the bytecode that Python keeps of a module was compiled from its source as it is.

Python takes bytecode as that of a source if it names the time and the size that the source has. So an edit that keeps
both goes unnoticed: Python runs the text from before. This module needs nothing but the standard library.
"""

import marshal
from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

_HEADER = 16
_HASHED, _CHECKED = 1, 2
"""Flags of bytecode: it names a hash of its source; Python compares that with the source."""


class StaleBytecodeError(Exception):
    """Bytecode that Python runs in place of the source."""


def used_bytecode(source: Path) -> bytes:
    """Return the bytecode that Python takes for a module, header included; empty if it compiles the source.

    Args:
        source: The module's file.
    """
    try:
        held, at = Path(cache_from_source(str(source))).read_bytes(), source.stat()
    except (OSError, NotImplementedError):
        return b""
    flags, *stamp = (int.from_bytes(held[begin : begin + 4], "little") for begin in (4, 8, 12))
    now = [int(at.st_mtime) & 0xFFFFFFFF, at.st_size & 0xFFFFFFFF]
    is_used = not flags & _CHECKED if flags & _HASHED else stamp == now
    return held if is_used and held[:4] == MAGIC_NUMBER else b""


def check_bytecode(used: Mapping[Path, bytes]) -> None:
    """Check that bytecode was compiled from the source as it is.

    Args:
        used: What `used_bytecode` returned, by the module's file.

    Raises:
        StaleBytecodeError: If it was not.
    """
    for source, held in used.items():
        if held and _code_in(held) != compile(source.read_bytes(), str(source), "exec", dont_inherit=True):
            kept = Path(cache_from_source(str(source)))
            message = f"{kept} is not of {source} as it is, and Python runs it: remove {kept}, then start again"
            raise StaleBytecodeError(message)


def _code_in(held: bytes) -> object:
    try:
        return marshal.loads(held[_HEADER:])
    except (EOFError, ValueError, TypeError):
        return None
