"""The words for assumptions of which an experiment draws a few, while all others stay as they are."""

HELD = "all others at their central values"


def drawn_words(count: int) -> str:
    """Name the assumptions that were drawn, within a sentence.

    Args:
        count: Their number, 1 or more.

    >>> drawn_words(1), drawn_words(3)
    ('the one assumption that was drawn', 'the 3 assumptions that were drawn')
    """
    return "the one assumption that was drawn" if count == 1 else f"the {count} assumptions that were drawn"


def drawn_and_held(count: int) -> str:
    """Name the assumptions that were drawn, and say that all others were not.

    Args:
        count: Their number, 1 or more.
    """
    return f"{drawn_words(count)}, {HELD}"
