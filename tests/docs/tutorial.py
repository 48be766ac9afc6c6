"""The workbook that docs/tutorial.md fills in, typed from its tables, and the commands in it."""

import re
import shlex
from pathlib import Path

import openpyxl

from simulation.scenario.workbook.sheets import HEADING_ROW, PLACE

ROOT = Path(__file__).parents[2]

_TABLE = re.compile(r"(?:Sheet) \*([\w ]+)\*.*?\n\n(\|.*?\n)\n", re.DOTALL)


def text_of_tutorial() -> str:
    """Return the tutorial."""
    return (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")


def cells() -> list[tuple[str, list[list[str]]]]:
    """Return each sheet's name and the table that stands after it: the headings and the rows."""
    return [
        (sheet, [[cell.strip() for cell in line.split("|")[1:-1]] for line in _without_rule(table)])
        for sheet, table in _TABLE.findall(text_of_tutorial())
    ]


def fill(path: Path) -> None:
    """Type the tables of the tutorial into an empty workbook.

    Args:
        path: The workbook that `trustsim new --xlsx` wrote.
    """
    book = openpyxl.load_workbook(path)
    for name, (headings, *rows) in cells():
        sheet = book[name]
        if name == PLACE.name:
            line_of = {sheet.cell(line, 1).value: line for line in range(HEADING_ROW + 1, sheet.max_row + 1)}
            for item, value in rows:
                sheet.cell(line_of[item], 2).value = _typed(value)
            continue
        known = {cell.value: cell.column for cell in sheet[HEADING_ROW] if cell.value is not None}
        for heading in headings:
            if heading not in known:
                known[heading] = len(known) + 1
                sheet.cell(HEADING_ROW, known[heading]).value = heading
        for line, row in enumerate(rows, start=HEADING_ROW + 1):
            for heading, cell in zip(headings, row, strict=True):
                if cell:
                    sheet.cell(line, known[heading]).value = _typed(cell)
    book.save(path)


def commands() -> list[list[str]]:
    """Return the arguments of each command of the tutorial, in their order."""
    blocks = re.findall(r"```sh\n(.*?)```", text_of_tutorial(), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("trustsim ")]


def _without_rule(table: str) -> list[str]:
    lines = table.splitlines()
    return [lines[0], *lines[2:]]


def _typed(cell: str) -> str | int | float:
    """Return what Excel makes of a cell that is typed."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return int(number) if number.is_integer() else number
