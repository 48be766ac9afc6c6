"""The kinds of slides: texts, tables, charts, and the risks, each measured so that nothing is over another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from simulation.report.levers import WHAT_IT_DOES
from simulation.report.paper import Finding, FrontRow, Table
from simulation.report.slide import (
    NOTE_SIZE,
    PAGE,
    TABLE_SIZES,
    TEXT_SIZES,
    Box,
    Slide,
    picture_scale,
    room_under,
    row_heights,
    text_height,
)

_APART = 0.4
_CAPTION, _SUBTITLE, _NOTE = 18, 14, NOTE_SIZE + 1
_LEAST_SCALE = 1.12
"""The least scale of a chart: its letters, 9 points on paper, are then 10 points."""

_BESIDE = ("Must not be used for", "Equality", "Quality")
"""Rows of the front sheet that share a slide with the risks."""

_Draw = Callable[[Slide], object]


class Page(NamedTuple):
    """A slide that is to be drawn; one that is optional is left out where there would be too many."""

    title: str
    draw: _Draw
    is_optional: bool = False


def lines_of_row(row: FrontRow) -> list[str]:
    """Return the paragraphs of a row of the front sheet, with its list."""
    items = [f"{number}. {item}" if row.is_numbered else f"• {item}" for number, item in enumerate(row.items, 1)]
    return [*row.texts, *items]


def text_pages(title: str, texts: Sequence[str], *, is_finding: bool = False) -> Iterator[Page]:
    """Yield a slide of paragraphs in the largest letters that fit; several if the smallest do not.

    The first paragraph of the key findings is bold.
    """
    room = room_under(title)
    size = largest(TEXT_SIZES, lambda size: text_height(texts, size, room.width) <= room.height)
    parts: list[list[str]] = [[]]
    for text in texts:
        if parts[-1] and text_height([*parts[-1], text], size, room.width) > room.height:
            parts.append([])
        parts[-1].append(text)
    for number, part in enumerate(parts, 1):
        head = title if len(parts) == 1 else f"{title} ({number} of {len(parts)})"
        draw = partial(_draw_texts, texts=part, size=size, is_finding=is_finding and number == 1)
        yield Page(head, draw)


def _draw_texts(slide: Slide, texts: Sequence[str], size: int, *, is_finding: bool = False) -> None:
    frame = slide.text(texts, slide.room, size)
    if is_finding:
        frame.paragraphs[0].font.bold = True


def largest(sizes: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return the first size that fits; the last if none does.

    Args:
        sizes: Points, the largest first.
        fits: True if a size fits.
    """
    return next((size for size in sizes if fits(size)), sizes[-1])


def table_pages(table: Table, *, is_optional: bool = False) -> Iterator[Page]:
    """Yield a table on one slide in the largest letters that fit; on several of like length if the smallest do not.

    A slide that goes on under a subheading repeats it.
    """
    room = room_under(table.caption)
    height = room.height - _note_height(table.note, room.width)
    size = largest(TABLE_SIZES, lambda size: sum(row_heights(table, size, room.width)) <= height)
    head, *rows = row_heights(table, size, room.width)
    parts = _rows_by_slide(table.rows, rows, height - head)
    for number, part in enumerate(parts, 1):
        caption = table.caption if len(parts) == 1 else f"{table.caption} ({number} of {len(parts)})"
        shown = replace(table, caption=caption, rows=tuple(part))
        yield Page(caption, partial(_draw_table, table=shown, size=size), is_optional)


def _rows_by_slide(
    rows: Sequence[tuple[str, ...]], heights: Sequence[float], room: float
) -> list[list[tuple[str, ...]]]:
    """Return the rows of each slide; one that begins within a group has its subheading first, as continued.

    Args:
        rows: The rows; one of a single cell is a subheading.
        heights: Of each, cm.
        room: The height that a slide has for rows, cm.
    """
    share = sum(heights) / max(1, -(-int(1000 * sum(heights)) // int(1000 * room)))
    parts: list[list[tuple[str, ...]]] = [[]]
    used, subheading = 0.0, 0
    for number, (row, tall) in enumerate(zip(rows, heights, strict=True)):
        is_subheading = len(row) == 1
        above = tall if is_subheading else 0.0
        last = heights[number + 1] if is_subheading and number + 1 < len(rows) else tall
        if parts[-1] and (used + above + last > room or used + above >= share):
            parts.append([])
            used = 0.0
            if not is_subheading and len(rows[subheading]) == 1:
                parts[-1].append((f"{rows[subheading][0]} (continued)",))
                used = heights[subheading]
        subheading = number if is_subheading else subheading
        parts[-1].append(row)
        used += tall
    return parts


def levers_on_a_slide(levers: Table) -> Table:
    """Leave out what each lever does, which the paper says, where the table would need several slides with it."""
    if len(list(table_pages(levers))) == 1:
        return levers
    kept = [column for column, head in enumerate(levers.heads) if head != WHAT_IT_DOES]
    return replace(
        levers,
        heads=tuple(levers.heads[column] for column in kept),
        rows=tuple(tuple(row[column] for column in kept) for row in levers.rows),
        widths=tuple(1 / len(kept) for _ in kept),
        note=f"{levers.note} What each lever does is in the paper.",
    )


def _draw_table(slide: Slide, table: Table, size: int, room: Box | None = None) -> Box:
    """Draw a table with its note, and return what is left of the room."""
    rest = slide.room if room is None else room
    slide.table(table, rest, size)
    rest = rest.below(sum(row_heights(table, size, rest.width)) + _APART / 2)
    if not table.note:
        return rest
    slide.text([table.note], rest, _NOTE)
    return rest.below(text_height([table.note], _NOTE, rest.width))


def _note_height(note: str, width: float) -> float:
    return _APART / 2 + (text_height([note], _NOTE, width) if note else 0.0)


def pages_of_both(first: Table, second: Table) -> Iterator[Page]:
    """Yield two tables on one slide, if both fit; else on one each."""
    room, apart = room_under(first.caption), 2 * _APART + text_height([second.caption], _CAPTION, PAGE[0], bold=True)
    notes = _note_height(first.note, room.width) + _note_height(second.note, room.width)
    size = largest(
        TABLE_SIZES, lambda size: _both_heights(first, second, size, room.width) <= room.height - apart - notes
    )
    if _both_heights(first, second, size, room.width) > room.height - apart - notes:
        yield from table_pages(first)
        yield from table_pages(second)
        return
    yield Page(first.caption, partial(_draw_both, first=first, second=second, size=size))


def _both_heights(first: Table, second: Table, size: int, width: float) -> float:
    return sum(sum(row_heights(each, size, width)) for each in (first, second))


def _draw_both(slide: Slide, first: Table, second: Table, size: int) -> None:
    rest = _draw_table(slide, first, size).below(_APART)
    slide.text([second.caption], rest, _CAPTION, bold=True)
    _draw_table(slide, second, size, rest.below(text_height([second.caption], _CAPTION, rest.width, bold=True) + 0.15))


def chart_pages(findings: Sequence[Finding], *, is_optional: bool = False) -> Iterator[Page]:
    """Yield a slide for each chart that is large enough on it to be read."""
    for each in findings:
        room = _chart_room(each, room_under(each.chart.headline))
        if picture_scale(each, room) >= _LEAST_SCALE:
            yield Page(each.chart.headline, partial(_draw_chart, finding=each), is_optional)


def _chart_room(finding: Finding, room: Box) -> Box:
    """Return the place of a picture, between the subtitle and the notes."""
    chart = finding.chart
    above = text_height([chart.subtitle], _SUBTITLE, room.width) + _APART / 2
    below = text_height(_notes(finding), NOTE_SIZE, room.width)
    return Box(room.left, room.top + above, room.width, room.height - above - below - _APART / 2)


def _notes(finding: Finding) -> list[str]:
    return [text for text in (finding.chart.note, finding.chart.source) if text]


def _draw_chart(slide: Slide, finding: Finding) -> None:
    room = _chart_room(finding, slide.room)
    slide.text([finding.chart.subtitle], slide.room, _SUBTITLE)
    slide.picture(finding, room)
    slide.text(_notes(finding), slide.room.below(room.top + room.height + _APART / 2 - slide.room.top), NOTE_SIZE)


def draw_risks(slide: Slide, rows: dict[str, FrontRow]) -> None:
    """Put the risks on the left, and on the right what the model must not be used for and cannot say."""
    room = slide.room
    half = (room.width - 1.2) / 2
    left = room._replace(width=half)
    right = left._replace(left=room.left + half + 1.2)
    texts = lines_of_row(rows["Risks"]) if "Risks" in rows else []
    beside = [(head, lines_of_row(rows[head])) for head in _BESIDE if head in rows]
    both = [text for head, each in beside for text in (head, *each)]
    apart = len(beside) * _APART
    size = largest(
        TEXT_SIZES, lambda size: max(text_height(each, size, half) for each in (texts, both)) <= room.height - apart
    )
    slide.text(texts, left, size)
    for head, each in beside:
        slide.text([head], right, size, bold=True)
        right = right.below(text_height([head], size, half, bold=True) + 0.1)
        slide.text(each, right, size)
        right = right.below(text_height(each, size, half) + _APART)
