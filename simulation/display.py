"""Small tables and sparklines for notebooks, as HTML that loads nothing."""

from collections.abc import Iterable, Sequence
from html import escape
from math import isfinite

_BARS = "▁▂▃▄▅▆▇█"
_MOST_ROWS = 16
_POINTS = 24


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def sparkline(values: Sequence[float], words: str) -> Markup:
    """Return a series as a row of bars, the shortest for its lowest value, with words for screen readers.

    Args:
        values: One number a month. Of a long series, evenly spaced values are drawn; a value that is not finite is a
            blank.
        words: The text for screen readers, such as "gap, from £98m to £135m".
    """
    count = min(len(values), _POINTS)
    chosen = [values[round(n * (len(values) - 1) / max(1, count - 1))] for n in range(count)]
    known = [value for value in chosen if isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (high - low) / (len(_BARS) - 1) or 1.0
    bars = "".join(_BARS[round((value - low) / step)] if isfinite(value) else " " for value in chosen)
    return Markup(f'<span role="img" aria-label="{escape(words)}" style="white-space:pre">{bars}</span>')


def html_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """Return a table with a caption; of a long table the first rows, and how many more there are.

    Args:
        caption: The caption.
        head: The names of the columns.
        rows: The cells of each row; all text except `Markup` is escaped.
        numbers: Indices of the columns that are aligned to the right.
    """
    right, every = set(numbers), list(rows)
    shown = every[:_MOST_ROWS]
    lines = [f"<table><caption>{_safe(caption)}</caption>", _row(head, right, "th scope='col'")]
    lines += [_row(row, right, "td") for row in shown]
    if len(every) > len(shown):
        lines.append(f"<tr><td colspan='{len(head)}'>and {len(every) - len(shown):,} more</td></tr>")
    return "\n".join([*lines, "</table>"])


def _row(cells: Sequence[str], right: set[int], tag: str) -> str:
    name = tag.split(maxsplit=1)[0]
    aligned = (f"<{tag} style='text-align:{'right' if n in right else 'left'}'>" for n in range(len(cells)))
    return "<tr>" + "".join(f"{tag}{_safe(cell)}</{name}>" for tag, cell in zip(aligned, cells, strict=True)) + "</tr>"


def _safe(cell: str) -> str:
    return cell if isinstance(cell, Markup) else escape(cell)
