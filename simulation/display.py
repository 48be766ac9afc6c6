"""How things show themselves in a notebook: small tables, sparklines and amounts, as HTML with nothing to load."""

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
    """A series as a row of bars, its lowest value the shortest, that a screen reader hears as words.

    Args:
        values: One number a month; of many, evenly chosen ones are drawn; what is not finite is left blank.
        words: What it shows, such as "gap, from £98m to £135m".
    """
    count = min(len(values), _POINTS)
    chosen = [values[round(n * (len(values) - 1) / max(1, count - 1))] for n in range(count)]
    known = [value for value in chosen if isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (high - low) / (len(_BARS) - 1) or 1.0
    bars = "".join(_BARS[round((value - low) / step)] if isfinite(value) else " " for value in chosen)
    return Markup(f'<span role="img" aria-label="{escape(words)}" style="white-space:pre">{bars}</span>')


def html_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = ()) -> str:
    """A table with a caption; of many rows the first are shown and the rest counted.

    Args:
        caption: What it is of.
        head: The columns' names.
        rows: Cells; all text is made safe but `Markup`.
        numbers: Positions of columns that are set to the right.
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
