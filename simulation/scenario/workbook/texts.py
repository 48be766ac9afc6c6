"""Text in cells: characters that a workbook cannot hold are written as `_x0007_`, as Excel itself does."""

import re
from collections.abc import Iterable

_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_WRITTEN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def read_text(raw: str) -> str:
    """Return the text that a cell stands for, without spaces at its ends; empty if it holds only spaces.

    Args:
        raw: The text as the workbook holds it.
    """
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), raw.strip())


def write_text(text: str) -> str:
    r"""Return a text as the workbook holds it, so that `read_text` gives exactly the same text back.

    >>> write_text("a bell \x07"), write_text(" as it is "), write_text("_x0041_")
    ('a bell _x0007_', '_x0020_as it is_x0020_', '_x005F_x0041_')
    """
    written = _NOT_IN_XML.sub(_escape, _LOOKS_WRITTEN.sub(_escape, text))
    written = re.sub(r"\A\s", _escape, written)
    return re.sub(r"\s\Z", _escape, written)


def row_names(keys: Iterable[str]) -> list[str]:
    """Return the names by which the sheet *Sources* calls the rows of a sheet.

    The first row with a key has the key as its name; the next ones have a number.

    >>> row_names(["coaching", "gain_share", "coaching"])
    ['coaching', 'gain_share', 'coaching 2']

    Args:
        keys: The entry in the first column of each row, or in the next column where the first is empty.
    """
    names: dict[str, None] = {}
    for key in keys:
        name, number = key, 1
        while name in names:
            number += 1
            name = f"{key} {number}"
        names[name] = None
    return list(names)


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
