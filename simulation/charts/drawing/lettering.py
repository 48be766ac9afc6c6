"""Text measured before it is drawn: which letters the fonts have, how wide a line is, and where it breaks."""

import unicodedata
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from simulation.charts.drawing.theme import TEXT_SIZE
from simulation.charts.drawing.typeface import families

CM = 72 / 2.54
"""Points per centimetre."""

LINE_SPACING = 1.25
"""Height of a line of text, in units of its size."""

_MARGIN = 1.03
"""The most that a renderer's hinting adds to the width of a line, as a factor."""


def drawable(text: str) -> str:
    """Return a text as the fonts can draw it: on one line, without emoji and control characters.

    Only the picture leaves them out; the data, the alternative text and the file of texts keep them.
    """
    return " ".join(_kept(text).split())


@lru_cache(maxsize=16_384)
def measure(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """Return the width of a text, cm."""
    letters = FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(_kept(text), letters, ismath=False)
    return float(width) * _MARGIN / CM


def line_height(size: float = TEXT_SIZE) -> float:
    """Return the height of a line of text, cm."""
    return size * LINE_SPACING / CM


def wrap(text: str, width: float, size: float = TEXT_SIZE, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit.

    Args:
        text: Any text.
        width: cm; a wider word is broken after a hyphen, at worst after every letter.
        size: Points.
        bold: True for bold text.

    Returns:
        The lines, at least one.
    """
    lines = [""]
    for word in drawable(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, size, bold=bold) <= width:
            lines[-1] = longer
            continue
        *full, last = _break_word(word, width, size, bold)
        lines += [*full, last]
    return [line for line in lines if line] or [""]


def _break_word(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size, bold=bold) > width:
            head, hyphen, tail = pieces[-1].rpartition("-")
            pieces[-1:] = [f"{head}{hyphen}", tail] if head else [pieces[-1], ""]
        pieces[-1] += letter
    return pieces


def _kept(text: str) -> str:
    """Leave out what the fonts cannot draw."""
    return "".join(letter if _can_draw(letter) else " " if letter.isspace() else "" for letter in text)


def _can_draw(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"} and ord(letter) in _letters()


@cache
def _letters() -> frozenset[int]:
    """Return the code points of the letters that a font has in both weights."""
    weights = ("normal", "bold")
    return frozenset().union(
        *(
            frozenset.intersection(
                *(
                    frozenset(get_font(findfont(FontProperties(family=[family], weight=w))).get_charmap())
                    for w in weights
                )
            )
            for family in families()
        )
    )
