"""Changes to cells of a small workbook."""

from collections.abc import Callable
from typing import Any

import openpyxl

Change = Callable[[openpyxl.Workbook], object]


def typed(sheet: str, **cells: Any) -> Change:
    """Type into some cells of a sheet; None empties a cell."""

    def change(book: openpyxl.Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return change


def shown(sheet: str, cell: str, value: Any, number_format: str) -> Change:
    """Type into a cell and give it a format."""

    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return change
