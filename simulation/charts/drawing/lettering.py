"""Letters: what the fonts can draw, how wide it is, and where a line breaks."""

import unicodedata
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from simulation.charts.drawing.theme import TEXT_SIZE, fonts

CM = 72 / 2.54
"""Points in a centimetre."""

LINE_SPACING = 1.25
"""Height of a line of text in units of its size."""

_MARGIN = 1.03
"""What a renderer's hinting can add to a line's width."""


def drawable(text: str) -> str:
    """A text as the fonts can draw it: on one line, without emoji and control characters.

    What is left out is left out of the picture only; the data, the alt text and the file of texts keep it.
    """
    return " ".join(_kept(text).split())


@cache
def measure(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """Width of a text in cm."""
    letters = FontProperties(family=list(fonts()), size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(_kept(text), letters, ismath=False)
    return float(width) * _MARGIN / CM


def line_height(size: float = TEXT_SIZE) -> float:
    """Height of a line of text in cm."""
    return size * LINE_SPACING / CM


def wrap(text: str, width: float, size: float = TEXT_SIZE, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit.

    Args:
        text: Any text.
        width: cm; a word that is wider is broken, at one letter a line at worst.
        size: Points.
        bold: Whether it is set bold.

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
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _kept(text: str) -> str:
    """Leave out what the fonts cannot draw."""
    return "".join(letter if _can_draw(letter) else " " if letter.isspace() else "" for letter in text)


def _can_draw(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"} and ord(letter) in _letters()


@cache
def _letters() -> frozenset[int]:
    """Code points of all that the fonts have, in both weights."""
    weights = ("normal", "bold")
    return frozenset().union(
        *(
            frozenset.intersection(
                *(
                    frozenset(get_font(findfont(FontProperties(family=[family], weight=w))).get_charmap())
                    for w in weights
                )
            )
            for family in fonts()
        )
    )


@cache
def font_folders() -> list[str]:
    """The folders of the fonts that charts are lettered with, for those who set type beside them."""
    found = [findfont(FontProperties(family=[family])) for family in fonts()]
    return sorted({str(Path(path).parent) for path in found})
