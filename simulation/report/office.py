"""What Word and PowerPoint writers share: text as XML can hold it, and dates in words."""

import re

from simulation.charts.text.words import month_words

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """A text without the control characters that XML cannot hold; all else as it was written."""
    return _NOT_IN_XML.sub("", text)


def dated(made: str) -> str:
    """A day YYYY-MM-DD in words: 25 November 2026; as it is if it is none."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", made)
    return f"{int(found[3])} {month_words(made[:7])}" if found else made
