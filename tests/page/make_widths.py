"""Write how wide the letters of the charts' typeface are, for pictures that are drawn where no font can be measured.

Run it after the typeface has changed: `python -m tests.page.make_widths`.
"""

from math import ceil
from pathlib import Path

from fontTools.ttLib import TTFont

import simulation
from simulation.charts.drawing.typeface import face_file

FILE = Path(simulation.__file__).parent / "page" / "script" / "drawing_widths.js"

_RANGES = ((0x20, 0x24F), (0x370, 0x45F), (0x2010, 0x2044), (0x20A0, 0x20BF), (0x2190, 0x2193), (0x2212, 0x2212))
_UNKNOWN = 100
"""Hundredths of the size, of a letter that the typeface lacks."""

_HEAD = """\
/**
 * How wide the letters of the typeface are. Written by tests/page/make_widths.py from the fonts of the charts.
 */

/**
 * For each weight, ranges of letters: the code point of the first, and the width of each in hundredths of the size, two
 * digits in base 36.
 *
 * @type {Readonly<Record<"regular" | "bold", readonly (readonly [number, string])[]>>}
 */
export const LETTER_WIDTHS = {
"""


def script() -> str:
    """Return the module."""
    weights = (("regular", 400), ("bold", 700))
    return _HEAD + "".join(f"  {name}: [\n{_ranges(weight)}  ],\n" for name, weight in weights) + "};\n"


def _ranges(weight: int) -> str:
    font = TTFont(face_file(weight))
    letters, advances, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm

    def width(letter: int) -> int:
        return ceil(100 * advances[letters[letter]][0] / size) if letter in letters else _UNKNOWN

    rows = ""
    for first, last in _RANGES:
        digits = "".join(_base_36(width(letter)) for letter in range(first, last + 1))
        lines = [digits[start : start + 100] for start in range(0, len(digits), 100)]
        joined = " +\n        ".join(f'"{line}"' for line in lines)
        rows += f"    [\n      {first},\n      {joined},\n    ],\n"
    return rows


def _base_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return digits[number // 36] + digits[number % 36]


if __name__ == "__main__":
    FILE.write_text(script())
