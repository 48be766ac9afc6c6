"""A digest of Python source by its tokens: documentation and layout do not change it, everything else does.

It is the same on every supported Python: `ast.dump` is not, and an f-string is a single token before Python 3.12.
This module needs nothing but the standard library.
"""

import io
import token
import tokenize
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER}
_BLOCKS = {tokenize.INDENT: "{indent}", tokenize.DEDENT: "{dedent}"}
"""Stand-ins for the white space that opens and closes a block; no token of Python looks like them."""

_STARTS = {getattr(token, name) for name in ("FSTRING_START", "TSTRING_START") if hasattr(token, name)}
_ENDS = {getattr(token, name) for name in ("FSTRING_END", "TSTRING_END") if hasattr(token, name)}


class _Token(NamedTuple):
    kind: int
    string: str


def digest_source(texts: Iterable[str], *, size: int = 4) -> str:
    """Return a digest of source texts, in the order given.

    Args:
        texts: Each the whole text of a Python module.
        size: Length of the digest in bytes, 1 to 64.

    Raises:
        tokenize.TokenError: If a text is not Python.
    """
    digest = blake2b(digest_size=size)
    for text in texts:
        for each in code_tokens(text):
            digest.update(each.encode() + b"\0")
        digest.update(b"\0")
    return digest.hexdigest()


def code_tokens(text: str) -> Iterator[str]:
    """Yield the tokens of a module without docstrings, comments, white space and trailing commas.

    Needless parentheses and the style of quotes are kept. So the digest may change though the meaning does not, but it
    always changes when the meaning does.

    Args:
        text: The whole text of a Python module.
    """
    statement: list[_Token] = []
    for each in _join_fstrings(text):
        if each.kind in _BLOCKS:
            yield _BLOCKS[each.kind]
        elif each.kind == tokenize.NEWLINE:
            if any(part.kind != tokenize.STRING for part in statement):  # a string alone documents what is near it
                yield from _drop_trailing_commas(statement)
                yield "\n"
            statement = []
        elif each.kind not in _LAYOUT:
            statement.append(each)


def _join_fstrings(text: str) -> Iterator[_Token]:
    """Yield tokens as Python 3.11 does: an f-string is one token, as it is written."""
    text = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    lines = text.split("\n")
    depth, start = 0, (0, 0)
    for each in tokenize.generate_tokens(io.StringIO(text).readline):
        if each.type in _STARTS:
            start = each.start if depth == 0 else start
            depth += 1
        elif each.type in _ENDS:
            depth -= 1
            if depth == 0:
                yield _Token(tokenize.OP, _between(lines, start, each.end))
        elif depth == 0:
            yield _Token(tokenize.OP if _is_fstring(each) else each.type, each.string)


def _is_fstring(each: tokenize.TokenInfo) -> bool:
    """True for an f-string, which cannot be a docstring."""
    return each.type == tokenize.STRING and "f" in each.string[: each.string.index(each.string[-1])].lower()


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text from one place up to another; rows are counted from 1."""
    (first, left), (last, right) = start, end
    if first == last:
        return lines[first - 1][left:right]
    return "\n".join([lines[first - 1][left:], *lines[first : last - 1], lines[last - 1][:right]])


def _drop_trailing_commas(statement: list[_Token]) -> Iterator[str]:
    """Yield a statement without the trailing comma that a formatter adds when it puts each item on its own line.

    The comma of `(a,)` stays, because it makes a tuple. After a `lambda` or a `for` every comma stays, because commas
    there also separate names.
    """
    commas: list[float] = []
    kept: list[str] = []
    for _, string in statement:
        if string in {"(", "[", "{"}:
            commas.append(0)
        elif string in {")", "]", "}"}:
            if commas.pop() > 1 and kept[-1] == ",":
                kept.pop()
        elif commas and string == ",":
            commas[-1] += 1
        elif commas and string in {"lambda", "for"}:
            commas[-1] = float("-inf")
        kept.append(string)
    yield from kept
