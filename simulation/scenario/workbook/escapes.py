"""Texts as a workbook's XML can hold them: characters that it cannot hold are written as _x0007_."""

import re

LONGEST_TEXT = 32_767
"""The most that a cell can hold, in UTF-16 code units."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def escape_text(text: str) -> str:
    r"""Return a text as the XML of a cell holds it.

    Text that looks like an escape is escaped itself. The first character of a text of spaces only is escaped too, so that
    the cell does not look empty.

    >>> escape_text("a\rb"), escape_text("_x0007_"), escape_text(" ")
    ('a_x000D_b', '_x005F_x0007_', '_x0020_')
    """
    escaped = _TO_ESCAPE.sub(lambda found: _escape(found[0]), text)
    return _escape(text[0]) + escaped[1:] if text.isspace() and escaped == text else escaped


def unescape_text(text: str) -> str:
    r"""Return the text of a cell whose XML holds escapes.

    >>> unescape_text("a_x000D_b"), unescape_text("_x005F_x0007_")
    ('a\rb', '_x0007_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def text_length(text: str) -> int:
    """Return the length of a text as a workbook counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escape(letter: str) -> str:
    return f"_x{ord(letter):04X}_"
