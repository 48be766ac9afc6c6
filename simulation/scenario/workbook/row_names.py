"""Names of rows, by which the sheet *Sources* refers to them."""

from collections import Counter
from collections.abc import Sequence


def row_names(texts: Sequence[str]) -> list[str]:
    """Return a name for each row of a sheet, all of them different: the text that it is named after, or `text 2`.

    A name that stands on a row itself is never given to another.

    >>> row_names(["coaching", "menu_framing", "menu_framing", "menu_framing"])
    ['coaching', 'menu_framing', 'menu_framing 2', 'menu_framing 3']
    >>> row_names(["North", "North 2", "North"])
    ['North', 'North 2', 'North 3']

    Args:
        texts: The text of each row in its first column, in the order of the rows. A row of outturns without a title is
            named after its organisations, as the cell has them.
    """
    counts: Counter[str] = Counter()
    taken = set(texts)
    names = []
    for text in texts:
        counts[text] += 1
        name = text
        while counts[text] > 1 and (name := f"{text} {counts[text]}") in taken:
            counts[text] += 1
        taken.add(name)
        names.append(name)
    return names
