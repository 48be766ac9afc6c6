"""The sheet *Read me*: how to fill in a workbook, its colours, its limits, and the levers and assumptions by name."""

from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from simulation.formatting import as_written
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.workbook.choices import WORDS_SHEET, quoted
from simulation.scenario.workbook.columns import Choices
from simulation.scenario.workbook.looks import NEEDED
from simulation.scenario.workbook.pages import fit_widths, lines_in, set_page
from simulation.scenario.workbook.sheets import SHEETS
from simulation.scenario.workbook.styling import Look, Style, Styles, protect

_WIDTHS = (36, 64, 36, 36)
_LABELLED = 2


class _Line(NamedTuple):
    """A row of the sheet: its texts, and the look of the first."""

    texts: tuple[str, ...] = ()
    look: Look = Look.NOTE


_INTRODUCTION = (
    _Line(("A place, as a workbook",), Look.TITLE),
    _Line(
        (
            "It describes the organisations of a place, their money, and what they could do together. "
            "trustsim reads it, checks it and simulates it.",
        ),
        Look.HINT,
    ),
    _Line(),
    _Line(("How to fill it in",), Look.STRONG),
    _Line(("Type in the coloured cells only; everything else is locked against accidents, without a password.",)),
    _Line(("Must be given", "In each row that is used."), Look.MUST),
    _Line(("May be left empty", "The comment on the heading says what is then assumed."), Look.MAY),
    _Line(("Hold the pointer over a heading to read its unit, its meaning, its range and an example.",)),
    _Line(("Money is in £m everywhere: type 22, not 22000000. A rate is in £m a year.",)),
    _Line(("A month is written 2026-04. A share or a strength is written 0.5, not 50.",)),
    _Line(("Where a number comes from goes on the sheet Sources. A number without a row there counts as assumed.",)),
    _Line(("Almost every place needs the sheets with a yellow tab; the others may stay empty.",)),
    _Line(("Do not rename sheets or headings.",)),
    _Line(),
    _Line(("How to use it",), Look.STRONG),
    _Line(("trustsim validate my-place.xlsx", "Lists every mistake with its cell, all at once."), Look.COMMAND),
    _Line(
        ("trustsim show my-place.xlsx", "Shows what each gains; with --what-matters, what to find out first."),
        Look.COMMAND,
    ),
    _Line(
        ("trustsim run my-place.xlsx", "Simulates it; trustsim report and the folder printed write a paper."),
        Look.COMMAND,
    ),
    _Line(("trustsim import my-place.xlsx", "Writes the same place as a text file, my-place.yaml."), Look.COMMAND),
    _Line(),
    _Line(("Limits",), Look.STRONG),
    _Line(("This is not a forecast. It shows what follows from these numbers and from the assumptions of the model.",)),
    _Line(("A number that is assumed stays assumed, however exact it looks.",)),
)


def fill_read_me(sheet: Worksheet, styles: Styles) -> dict[Choices, str]:
    """Write the sheet; return the cells that list levers and assumptions, for drop-down lists."""
    sheet.title = WORDS_SHEET
    lines = [*_INTRODUCTION, _Line(), *_sheets(), _Line()]
    first_lever = len(lines) + 2
    lines += [*_levers(), _Line()]
    first_parameter = len(lines) + 2
    lines += _parameters()
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line.texts, start=1):
            look = line.look if column == 1 or line.look is Look.HEADING else Look.NOTE
            styles.put(sheet, row, column, Style(look, is_wrapped=len(line.texts) > _LABELLED), text)
        if len(line.texts) > _LABELLED:
            sheet.row_dimensions[row].height = 4 + 14.5 * lines_in(line.texts, _WIDTHS)
    sheet.row_dimensions[1].height = 26
    fit_widths(sheet, _WIDTHS, open_below=False)
    protect(sheet)
    sheet.sheet_view.showGridLines = False
    set_page(sheet, len(_WIDTHS), len(lines), repeat=False)
    return {
        Choices.LEVERS: _cells(first_lever, len(Lever)),
        Choices.PARAMETERS: _cells(first_parameter, len(TABLE)),
    }


def _sheets() -> Iterator[_Line]:
    yield _Line(("Sheet", "What it holds"), Look.HEADING)
    for sheet in SHEETS:
        needed = "" if sheet in NEEDED else " (if there is any)"
        yield _Line((sheet.name, f"{sheet.title}{needed}"), Look.STRONG)


def _levers() -> Iterator[_Line]:
    yield _Line(("Lever", "What it does", "Who can use it", "Typical cost"), Look.HEADING)
    for lever in Lever:
        yield _Line((lever.label, lever.does, lever.pulled_by, lever.typical_cost))


def _parameters() -> Iterator[_Line]:
    yield _Line(("Assumption", "What it is", "Unit", "Default, and range"), Look.HEADING)
    for row in TABLE:
        span = f"{as_written(row.default)}, from {as_written(row.low)} to {as_written(row.high)}"
        yield _Line(
            (
                row.label,
                f"{row.meaning} ({row.name} in files)",
                row.unit,
                "linear" if row.name == "trust_rule" else span,
            )
        )


def _cells(first: int, count: int) -> str:
    return f"{quoted(WORDS_SHEET)}!$A${first}:$A${first + count - 1}"
