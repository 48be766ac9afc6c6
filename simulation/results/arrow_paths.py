"""Paths as pyarrow takes them."""

import os
from pathlib import Path


def arrow_path(path: Path) -> str:
    """Return a path in which pyarrow sees no home folder in a folder named ~.

    It stays relative: the folders above it may have names that UTF-8, pyarrow's only encoding, cannot write.

    Args:
        path: A path.
    """
    return str(path) if path.is_absolute() else os.path.join(os.curdir, path)  # noqa: PTH118 (Path drops the dot)
