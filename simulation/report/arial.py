"""The width of words in Arial, so that a text is known to fit its place on a slide before PowerPoint draws it."""

_BY_WIDTH = {
    222: "ijl'’‘", 278: " !,./:;I[]ft\N{NO-BREAK SPACE}", 333: "()-r“”`", 389: "*", 500: "Jcksvxyz",
    556: "#$0123456789?Labdeghnopqu_£–", 584: "+<=>~−", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "@…—",
}  # fmt: skip
"""Letters by their width, thousandths of the size."""

_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters} | {"\N{WORD JOINER}": 0}
_OTHER = 800
_BOLD = 56
"""The most that a bold letter is wider, thousandths of the size; figures, spaces, a and e are not."""

_AS_WIDE_IN_BOLD = frozenset("0123456789 ae\N{NO-BREAK SPACE}\N{WORD JOINER}")
_POINTS = 28.35
"""Points in a cm."""

LINE = 1.2
"""Height of a line, as a multiple of the size."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in one line, cm; of bold letters the most that it can be.

    Args:
        text: The text.
        size: Points.
        bold: True for bold letters.
    """
    width = sum(_WIDTHS.get(letter, _OTHER) for letter in text)
    if bold:
        width += _BOLD * sum(letter not in _AS_WIDE_IN_BOLD for letter in text)
    return width * size / 1000 / _POINTS


def lines_of(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes; a word that is too long for one is broken.

    Args:
        text: The text, in one paragraph.
        size: Points.
        room: Width of a line, cm.
        bold: True for bold letters.
    """
    space = width_of(" ", size, bold=bold)
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = width_of(word, size, bold=bold)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0.0)
        if used > room:
            lines += int(used // room)
            used %= room
    return lines


def height_of(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Return the height of a paragraph, cm.

    Args:
        text: The text, in one paragraph.
        size: Points.
        room: Width of a line, cm.
        bold: True for bold letters.
    """
    return lines_of(text, size, room, bold=bold) * size * LINE / _POINTS
