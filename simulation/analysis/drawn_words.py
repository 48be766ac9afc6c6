"""The words for assumptions of which an experiment draws a few, while all others stay as they are."""

HELD = "all others at their central values"


def drawn_words(count: int, *, of_model: bool = False) -> str:
    """Name the assumptions that were drawn, within a sentence.

    Args:
        count: Their number, 1 or more.
        of_model: True for the model's alone, where others were drawn too.

    >>> drawn_words(1), drawn_words(3)
    ('the one assumption that was drawn', 'the 3 assumptions that were drawn')
    >>> drawn_words(2, of_model=True)
    'the 2 assumptions of the model that were drawn'
    """
    whose = " of the model" if of_model else ""
    return (
        f"the one assumption{whose} that was drawn" if count == 1 else f"the {count} assumptions{whose} that were drawn"
    )


def drawn_and_held(count: int) -> str:
    """Name the assumptions that were drawn, and say that all others were not.

    Args:
        count: Their number, 1 or more.
    """
    return f"{drawn_words(count)}, {HELD}"
