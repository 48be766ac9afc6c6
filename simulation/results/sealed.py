"""Records as JSON that carry a digest of what they hold, and that are read within limits."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

MOST_BYTES = 64_000_000
"""The largest record that is read: the names and hashes of thousands of scenarios need a tenth of it."""

_DIGEST = "digest"
_FORMAT_WITHOUT = 1
"""Number of the format of results whose records had no digest."""


class RecordError(Exception):
    """A record that cannot be read, in words that follow its path."""


class RecordChangedError(RecordError):
    """A record that can be read, but does not hold what was written."""


def to_sealed_json(data: Mapping[str, Any]) -> str:
    """Return a record as JSON that ends with a new line; its last field is the digest of the others.

    Args:
        data: Texts, numbers, lists and mappings by name.

    Raises:
        ValueError: If a number is not finite, since it could not be read back.
    """
    return json.dumps({**data, _DIGEST: digest_of_record(data)}, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_sealed_json(path: Path, *, skip_integrity_check: bool = False) -> dict[str, Any]:
    """Read a record without its digest.

    Args:
        path: Its file.
        skip_integrity_check: True to read it even if it does not match its digest.

    Raises:
        FileNotFoundError: If there is none.
        RecordError: If it cannot be read.
        RecordChangedError: If it does not match its digest.
    """
    return unseal(read_json_object(path), skip_integrity_check=skip_integrity_check)


def unseal(data: Mapping[str, Any], *, skip_integrity_check: bool = False) -> dict[str, Any]:
    """Return a record without its digest.

    Args:
        data: The record as it was read.
        skip_integrity_check: True to return it even if it does not match its digest.

    Raises:
        RecordChangedError: If it does not match its digest.
    """
    rest = {name: value for name, value in data.items() if name != _DIGEST}
    had_none = _DIGEST not in data and data.get("format") == _FORMAT_WITHOUT  # which is refused by its number
    if not had_none and data.get(_DIGEST) != digest_of_record(rest) and not skip_integrity_check:
        message = "was changed after it was written"
        raise RecordChangedError(message)
    return rest


def read_json_object(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file of limited size.

    Args:
        path: The file.

    Raises:
        FileNotFoundError: If there is none.
        RecordError: If it is not a file with an object.
    """
    try:
        content = read_limited(path)
        data = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        message = "is not text in UTF-8"
    except RecursionError:
        message = "is nested too deeply"
    except ValueError as error:
        message = "is empty" if not content.strip() else f"is not JSON: {error}"
    else:
        if isinstance(data, dict):
            return data
        message = "does not hold a JSON object"
    raise RecordError(message)


def read_limited(path: Path) -> bytes:
    """Return the bytes of a file of limited size.

    Args:
        path: The file.

    Raises:
        FileNotFoundError: If there is none.
        RecordError: If it is no file, is too large or cannot be read.
    """
    try:
        if path.is_dir():
            message = "is a folder, and a file belongs there"
        elif path.exists() and not path.is_file():
            message = "is not a regular file"
        elif path.exists() and path.stat().st_size > MOST_BYTES:
            message = f"has more than {MOST_BYTES // 1_000_000} MB, which no record has"
        else:
            return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
    raise RecordError(message)


def digest_of_record(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record or of a part of one, which does not depend on the layout of its file.

    Args:
        data: Texts, numbers, lists and mappings by name.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_constant(name: str) -> None:
    message = f"{name} is not a number"
    raise ValueError(message)
