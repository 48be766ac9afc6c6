"""Workbooks as people and programs spoil them: each is a small place, changed at random from a seed."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell

from simulation.scenario.loading import load_scenario
from simulation.scenario.workbook.sheets import HEADING_ROW, SHEETS
from simulation.scenario.workbook.writing import write_workbook
from tests.scenario.workbook.books import make_book

Book = openpyxl.Workbook
Draw = random.Random

VALUES: tuple[Any, ...] = (
    None, "", " ", "\xa0", 0, -1, 1, 0.5, 1e300, -0.0, 7.25, 10**18, True, False, datetime(2016, 5, 1),
    datetime(1900, 1, 1), "6,5", "50%", "£1,2m", "1,234", "300", "2016-04", "2016/17", "2016-13", "April 2016", "meht",
    "The hospital", "btuh", "ccg", "frailty", "meht, ccg", ",", "nobody", "provider", "Tariff", "coaching", "breach",
    "=1+1", "=A1", "#REF!", "#N/A", "_x0007_", "_x005F_x0041_", "a\nb", "é😀", "x" * 5000, "Note", "sourced", "Income",
)  # fmt: skip


def mutate(seed: int) -> bytes:
    """Return a workbook with one to four changes, by seed; some are damaged as files.

    One in ten is the workbook that `trustsim export` writes, with its formats, comments and drop-down lists.
    """
    draw = Draw(seed)
    book = openpyxl.load_workbook(io.BytesIO(_written() if seed % 10 == 9 else make_book()))
    changes = [draw.choice(IN_BOOK) for _ in range(draw.randint(1, 4))]
    # openpyxl takes very long, and all memory, to insert a column into a sheet that reaches far.
    for change in sorted(changes, key=lambda each: each is reach_far):
        change(draw, book)
    stream = io.BytesIO()
    book.save(stream)
    content = stream.getvalue()
    if draw.random() < 0.35:
        content = draw.choice(IN_FILE)(draw, content)
    return content


@cache
def _written() -> bytes:
    return write_workbook(load_scenario("scenarios/two-trusts.yaml"))


def _sheet(draw: Draw, book: Book) -> Any:
    return draw.choice(book.worksheets)


def _cell(draw: Draw, page: Any) -> Any:
    return page.cell(draw.randint(1, page.max_row + 2), draw.randint(1, page.max_column + 1))


def _put(cell: Any, value: Any) -> None:
    if not isinstance(cell, MergedCell):
        cell.value = value


def type_over(draw: Draw, book: Book) -> None:
    _put(_cell(draw, _sheet(draw, book)), draw.choice(VALUES))


def type_over_many(draw: Draw, book: Book) -> None:
    page, value = _sheet(draw, book), draw.choice(VALUES)
    column = draw.randint(1, page.max_column)
    for row in range(HEADING_ROW + 1, page.max_row + 1):
        _put(page.cell(row, column), value)


def show_otherwise(draw: Draw, book: Book) -> None:
    _cell(draw, _sheet(draw, book)).number_format = draw.choice(["0%", "yyyy-mm-dd", "[h]:mm", "@", '0"%"', "£0.0"])


def rename_heading(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    _put(page.cell(HEADING_ROW, draw.randint(1, page.max_column)), draw.choice([*VALUES, "Incom", "Title", "Role "]))


def insert_column(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    column = draw.randint(1, page.max_column + 3)
    page.insert_cols(column)
    for row in range(1, page.max_row + 1):
        _put(page.cell(row, column), draw.choice(VALUES))


def insert_rows(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    page.insert_rows(draw.randint(1, page.max_row + 1), draw.randint(1, 3))


def delete_row(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    page.delete_rows(draw.randint(1, page.max_row))


def delete_column(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    page.delete_cols(draw.randint(1, page.max_column))


def copy_row(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    row = draw.randint(1, page.max_row)
    page.append([cell.value for cell in page[row]])


def merge(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    row, column = draw.randint(1, page.max_row), draw.randint(1, page.max_column)
    page.merge_cells(
        start_row=row,
        start_column=column,
        end_row=row + draw.randint(0, 2),
        end_column=column + draw.randint(0, 2),
    )


def rename_sheet(draw: Draw, book: Book) -> None:
    _sheet(draw, book).title = draw.choice(["Sheet1", "programs", "Note to self", "Levers ", "Gap2", "Organisation"])


def swap_sheets(draw: Draw, book: Book) -> None:
    one, other = draw.sample(book.worksheets, 2)
    titles = one.title, other.title
    one.title, other.title = "aside", titles[0]
    one.title = titles[1]


def remove_sheet(draw: Draw, book: Book) -> None:
    if len(book.worksheets) > 2:
        book.remove(_sheet(draw, book))


def hide_sheet(draw: Draw, book: Book) -> None:
    page = _sheet(draw, book)
    if page is not book.active:
        page.sheet_state = "hidden"


def add_sheet(draw: Draw, book: Book) -> None:
    page = book.create_sheet(draw.choice([*(sheet.name + "1" for sheet in SHEETS), "Workings", "Notes"]))
    page.append([draw.choice(VALUES) for _ in range(3)])


def reach_far(draw: Draw, book: Book) -> None:
    _put(_sheet(draw, book).cell(draw.choice([500, 70_000]), draw.choice([1, 9, 300])), draw.choice(VALUES))


IN_BOOK: tuple[Callable[[Draw, Book], None], ...] = (
    type_over, type_over, type_over, type_over, type_over_many, show_otherwise, rename_heading, insert_column,
    insert_rows, delete_row, delete_column, copy_row, merge, rename_sheet, swap_sheets, remove_sheet, hide_sheet,
    add_sheet, reach_far,
)  # fmt: skip


def truncate(draw: Draw, content: bytes) -> bytes:
    return content[: draw.randrange(len(content))]


def flip_bytes(draw: Draw, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 20)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def repack(draw: Draw, content: bytes, change: Callable[[Draw, dict[str, bytes]], object]) -> bytes:
    """Change the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(draw, parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def drop_part(draw: Draw, content: bytes) -> bytes:
    return repack(draw, content, lambda draw, parts: parts.pop(draw.choice(sorted(parts))))


def swap_parts(draw: Draw, content: bytes) -> bytes:
    def change(draw: Draw, parts: dict[str, bytes]) -> None:
        one, other = draw.sample(sorted(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]

    return repack(draw, content, change)


def spoil_xml(draw: Draw, content: bytes) -> bytes:
    def change(draw: Draw, parts: dict[str, bytes]) -> None:
        name = draw.choice(sorted(name for name in parts if name.endswith(".xml")))
        old = draw.choice([b'"inlineStr"', b"<v>", b' r="', b"</c>", b"<row", b'"n"', b"<t>", b' s="'])
        new = draw.choice(
            [b"", b'"s"', b'"b"', b'"d"', b"<v>x", b' r="ZZZZ', b"<f/><v>", b'"e"', b"<!DOCTYPE a>", b"<a>"]
        )
        parts[name] = parts[name].replace(old, new, draw.randint(1, 40))

    return repack(draw, content, change)


def blow_up(draw: Draw, content: bytes) -> bytes:
    def change(draw: Draw, parts: dict[str, bytes]) -> None:
        filler = draw.choice([b" ", b"<row/>", b"<c/>", b"<row><c><v>1</v></c></row>", b"<a>", b"x"])
        size = draw.choice([1, 20, 210]) * 2**20
        name = draw.choice(["xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/media/a.png"])
        parts[name] = b"<worksheet><sheetData>" + filler * (size // len(filler)) + b"</sheetData></worksheet>"

    return repack(draw, content, change)


IN_FILE: tuple[Callable[[Draw, bytes], bytes], ...] = (
    truncate, flip_bytes, flip_bytes, drop_part, swap_parts, spoil_xml, spoil_xml, spoil_xml, blow_up,
)  # fmt: skip
