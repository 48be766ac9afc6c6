"""Files as pyarrow opens them to read."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_path(path: Path) -> "str | pa.NativeFile":
    """Return a path in which pyarrow sees no home folder in a folder named ~, or the open file.

    A path stays relative: the folders above it may have names that UTF-8, pyarrow's only encoding, cannot write. A path
    that has such a name itself is opened here.

    Args:
        path: A file.

    Raises:
        OSError: If a file with such a name cannot be opened.
    """
    whole = str(path) if path.is_absolute() else os.path.join(os.curdir, path)  # noqa: PTH118 (Path drops the dot)
    try:
        whole.encode()
    except UnicodeEncodeError:
        import pyarrow as pa

        return pa.OSFile(os.fsencode(whole))
    return whole
