"""Changes of the text of a YAML file: what its language allows and editors do."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import yaml

from tests.fuzz.values import NUMBERS, TEXTS

Draw = random.Random


def to_yaml(draw: Draw, data: Any) -> bytes:
    """Write a document, in one of the forms that YAML has for it; one in eight is then changed as text."""
    text = yaml.safe_dump(
        data,
        allow_unicode=draw.random() < 0.7,
        sort_keys=False,
        default_flow_style=draw.choice((False, False, None, True)),
        width=draw.choice((80, 10_000)),
    )
    if draw.random() < 0.12:
        return draw.choice(CHANGES)(draw, text)
    return encode(text)


def encode(text: str) -> bytes:
    """Encode text as UTF-8, halves of letters too."""
    return text.encode("utf-8", "surrogatepass")


def _on_a_line(draw: Draw, text: str, change: Callable[[str], str]) -> bytes:
    lines = text.splitlines(keepends=True) or [""]
    at = draw.randrange(len(lines))
    lines[at] = change(lines[at])
    return encode("".join(lines))


def repeat_line(draw: Draw, text: str) -> bytes:
    """Write a line twice: a key then stands there twice."""
    return _on_a_line(draw, text, lambda line: line * 2)


def drop_line(draw: Draw, text: str) -> bytes:
    """Leave a line out."""
    return _on_a_line(draw, text, lambda _: "")


def indent(draw: Draw, text: str) -> bytes:
    """Move a line to the right, with spaces or a tab."""
    before = draw.choice((" ", "  ", "\t", "\xa0"))
    return _on_a_line(draw, text, lambda line: before + line)


def type_in(draw: Draw, text: str) -> bytes:
    """Type something into the text, over what stands there."""
    at = draw.randint(0, len(text))
    signs = (
        ":", "-", "{", "}", "[", "]", "&a ", "*a", "*", "!", "!!python/object:os.system ", "!!binary ", "!!float ",
        "!!set ", "!!timestamp ", "|", ">", "'", '"', "%", "@", "`", "?", ",", "#", "---\n", "...\n", "<<: ", "\n",
        "\t",
    )  # fmt: skip
    typed = draw.choice((draw.choice(signs), draw.choice(TEXTS), str(_short(draw.choice(NUMBERS)))))
    return encode(text[:at] + typed + text[at + draw.choice((0, 0, 1, 5)) :])


def _short(number: Any) -> Any:
    with suppress(ValueError):
        return str(number)
    return "9" * 5001


def tag(draw: Draw, text: str) -> bytes:
    """Give a value a tag or an anchor."""
    sign = draw.choice(
        ("!!str", "!!int", "!!float", "!!null", "!!map", "!!seq", "!!omap", "!!set", "!a", "&a", "!!bool")
    )
    return _on_a_line(draw, text, lambda line: line.replace(": ", f": {sign} ", 1))


def merge(draw: Draw, text: str) -> bytes:
    """Add a merge key."""
    what = draw.choice(("*a", "{a: 1}", "[{a: 1}, {b: 2}]", "1", "null", "*b", "{title: x}", "{<<: {months: 3}}"))
    anchor = draw.choice(("", "x: &a {title: x}\n", "x: &a [1]\n", "x: &a {<<: *a}\n"))
    return encode(f"{anchor}{text}\n<<: {what}\n")


def many_aliases(draw: Draw, text: str) -> bytes:
    """Add a list that grows with each line, by aliases."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(draw.choice((2, 9)))]
    return encode(text + "\n".join(lines) + "\n")


def end_lines_otherwise(draw: Draw, text: str) -> bytes:
    """End lines as other systems do."""
    return encode(text.replace("\n", draw.choice(("\r\n", "\r", "\u2028", "\x85", "\n\n"))))


def encode_otherwise(draw: Draw, text: str) -> bytes:
    """Save the file in another encoding, or with a mark of byte order."""
    name = draw.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "ascii", "utf-7"))
    return (text + "# é£\n").encode(name, "replace")


def flip_bytes(draw: Draw, text: str) -> bytes:
    """Change a few bytes to any."""
    changed = bytearray(encode(text))
    for _ in range(draw.randint(1, 5)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def truncate(draw: Draw, text: str) -> bytes:
    """Cut the text short."""
    return encode(text)[: draw.randint(0, len(text))]


def add_document(draw: Draw, text: str) -> bytes:
    """Add another document to the file."""
    return encode(text + draw.choice(("---\n", "---\na: 1\n", "...\n", "--- a\n--- b\n", "%YAML 1.2\n---\n")))


def write_digits(draw: Draw, text: str) -> bytes:
    """Write a number in another way, or with very many digits."""
    forms = (
        "0" + "9" * 5001, "9" * 5001, "9" * 400, "1e400", "0x" + "f" * 300, "0b1", "1_0", "1:30", "1:30:00", ".5",
        "5.", "+5", "5e0", "١٢", "6,5", ".inf", "-.INF", ".NaN", "0o17", "017", "1e-400", "-0", "0.0000001",
    )  # fmt: skip

    def change(line: str) -> str:
        head, colon, _ = line.rstrip("\n").rpartition(": ")
        return f"{head}{colon}{draw.choice(forms)}\n"

    return _on_a_line(draw, text, change)


CHANGES: tuple[Callable[[Draw, str], bytes], ...] = (
    repeat_line, drop_line, indent, type_in, type_in, type_in, tag, tag, merge, many_aliases, end_lines_otherwise,
    encode_otherwise, flip_bytes, truncate, add_document, write_digits, write_digits,
)  # fmt: skip
