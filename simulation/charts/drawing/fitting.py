"""Headlines and subtitles of two lines at most: the rest is said in the note instead."""

import re

from simulation.charts.drawing.lettering import wrap
from simulation.charts.drawing.theme import HEADLINE_SIZE, TEXT_SIZE
from simulation.formatting import capital

TEXT_WIDTH = 15.7
"""cm: the width of a chart's texts."""

MOST_LINES = 2
"""Lines of a headline, and of a subtitle."""

_CLAUSE = re.compile(r"; |\. |, (?=although )")
_SENTENCE = re.compile(r"(?<=\.) ")
_LEAST = 0.3
"""Part of a line below which the first clause of a headline is too short to stand alone."""


def fit_texts(headline: str, subtitle: str, note: str, width: float = TEXT_WIDTH) -> tuple[str, str, str]:
    """Shorten a headline and a subtitle to two lines, and begin the note with what was left out.

    A headline ends before its last clauses, a subtitle before its last sentences. Where one of them is too long by
    itself, such as for a long name, it ends in an ellipsis and the note begins with the whole.

    Args:
        headline: The finding, without a full stop.
        subtitle: Whole sentences.
        note: Whole sentences; empty for none.
        width: The room, cm.

    Returns:
        The headline, the subtitle and the note.
    """
    short, rest = _fit_headline(headline, width)
    under, more = _fit_subtitle(subtitle, width)
    return short, under, " ".join(part for part in (rest, more, note) if part)


def fits_headline(text: str) -> bool:
    """Return True if a headline has room in a chart.

    Args:
        text: The headline.
    """
    return _fits(text, TEXT_WIDTH, HEADLINE_SIZE, bold=True)


def _fit_headline(text: str, width: float) -> tuple[str, str]:
    if _fits(text, width, HEADLINE_SIZE, bold=True):
        return text, ""
    for cut in reversed(list(_CLAUSE.finditer(text))):
        first = text[: cut.start()]
        if _fits(first, width, HEADLINE_SIZE, bold=True) and len(first) >= _LEAST * len(text):
            rest = text[cut.end() :]
            return first, f"{capital(re.sub('^although ', 'However, ', rest))}."
    return _with_ellipsis(text, width, HEADLINE_SIZE, bold=True), f"{text}."


def _fit_subtitle(text: str, width: float) -> tuple[str, str]:
    if _fits(text, width, TEXT_SIZE):
        return text, ""
    for cut in reversed(list(_SENTENCE.finditer(text))):
        if _fits(text[: cut.start()], width, TEXT_SIZE):
            return text[: cut.start()], text[cut.end() :]
    return _with_ellipsis(text, width, TEXT_SIZE), text


def _fits(text: str, width: float, size: float, *, bold: bool = False) -> bool:
    return len(wrap(text, width, size, bold=bold)) <= MOST_LINES


def _with_ellipsis(text: str, width: float, size: float, *, bold: bool = False) -> str:
    words = text.split()
    while len(words) > 1 and not _fits(f"{' '.join(words)} …", width, size, bold=bold):
        words.pop()
    return f"{' '.join(words).rstrip(',;:')} …"
