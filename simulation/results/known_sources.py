"""The digest of source that was read before: reading every token of the model takes a sixth of a second."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from simulation.bytecode import check_bytecode, used_bytecode
from simulation.results.digests import cache_file, keep_in_cache
from simulation.results.sealed import RecordError, read_json_object
from simulation.source_digest import digest_source

_SOURCES, _DIGEST = "sources", "digest"


def digest_of_known_source(texts: Sequence[bytes], folder: Path, files: Sequence[Path] = ()) -> str:
    """Return `digest_source` of source texts, from the user's cache if these very texts were read before.

    Args:
        texts: Each the whole content of a Python module, in UTF-8.
        folder: The folder of the modules; the cache keeps one digest for each.
        files: The files that Python loads them from, whose bytecode is checked.

    Raises:
        tokenize.TokenError: If a text is not Python.
        StaleBytecodeError: If Python runs bytecode of another text than that of the file.
    """
    used = {file: used_bytecode(file) for file in files}
    path, sources = cache_file(folder), _exact_digest([*texts, *used.values()])
    try:
        kept = read_json_object(path)
    except (OSError, RecordError):
        kept = {}
    digest = kept.get(_DIGEST)
    if kept.get(_SOURCES) == sources and isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{8}", digest):
        return digest
    check_bytecode(used)
    digest = digest_source(text.decode() for text in texts)
    keep_in_cache(path, {_SOURCES: sources, _DIGEST: digest})
    return digest


def _exact_digest(texts: Sequence[bytes]) -> str:
    return sha256(b"".join(sha256(text).digest() for text in texts)).hexdigest()
