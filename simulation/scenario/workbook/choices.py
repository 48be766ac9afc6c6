"""Drop-down lists and bounds of cells, each with an error message in plain English."""

from types import MappingProxyType

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from simulation.scenario.evidence import Number
from simulation.scenario.workbook.columns import Choices, Sheet, readable
from simulation.scenario.workbook.comments import range_of
from simulation.scenario.workbook.sheets import HEADING_ROW, ORGANISATIONS, PROGRAMMES, SHEETS
from simulation.vocabulary import EventKind, EvidenceStatus, Payment, Role

WORDS_SHEET = "Read me"
"""The sheet that lists the levers and assumptions, from which their drop-down lists are taken."""

_MOST_ROWS = 5_000
_NO_BOUND = "1E+300"

_WORDS = MappingProxyType(
    {
        Choices.ROLES: tuple(Role),
        Choices.PAYMENTS: tuple(Payment),
        Choices.EVENTS: tuple(map(readable, EventKind)),
        Choices.STANCES: (readable("institutional"), readable("population_first")),
        Choices.SHEETS: tuple(sheet.name for sheet in SHEETS[:-1]),
        Choices.STATUSES: tuple(EvidenceStatus),
    }
)

_IDS_OF = MappingProxyType(
    {
        Choices.ORGANISATIONS: ORGANISATIONS,
        Choices.COMMISSIONERS: ORGANISATIONS,
        Choices.PROVIDERS: ORGANISATIONS,
        Choices.PROGRAMMES: PROGRAMMES,
    }
)


def add_list(sheet: Worksheet, cells: str, choices: Choices, listed: dict[Choices, str]) -> None:
    """Offer the words that some cells may hold, and refuse others.

    Ids are only warned about, because a name may be typed in place of an id.

    Args:
        sheet: The sheet.
        cells: The cells, as A4:A60.
        choices: The words.
        listed: The cells that hold the words which are listed on the sheet *Read me*.
    """
    ids = _IDS_OF.get(choices)
    if ids is not None:
        rule = DataValidation("list", formula1=_ids_on(ids), errorStyle="warning")
        rule.error = f"This is not an id on the sheet {ids.name}. Pick one from the list, or type its name in full."
    elif choices in listed:
        rule = DataValidation("list", formula1=listed[choices], errorStyle="stop")
        rule.error = f"Pick one of the {choices} from the list; the sheet {WORDS_SHEET} says what each one is."
    else:
        words = _WORDS[choices]
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', errorStyle="stop")
        rule.error = f"Type one of these: {', '.join(words)}."
    _add(sheet, cells, rule, "Pick from the list")


def add_bounds(sheet: Worksheet, cells: str, number: Number) -> None:
    """Refuse text, and numbers that a field does not allow.

    Args:
        sheet: The sheet.
        cells: The cells, as D4:D60.
        number: The unit and bounds of the field.
    """
    bounds = number.bounds
    low = bounds.get("ge", bounds.get("gt"))
    if "gt" in bounds:
        rule = DataValidation(operator="greaterThan", formula1=f"{low:g}")
    else:
        rule = DataValidation(
            operator="between",
            formula1=f"-{_NO_BOUND}" if low is None else f"{low:g}",
            formula2=f"{bounds['le']:g}" if "le" in bounds else _NO_BOUND,
        )
    rule.type = "whole" if number.whole and "le" in bounds else "decimal"
    rule.errorStyle = "stop"
    unit = f" in {number.unit}" if number.unit and number.unit.startswith("£") else ""
    words = range_of(number)
    rule.error = f"Type a number{unit}, {words}." if words else f"Type a number{unit}."
    _add(sheet, cells, rule, "Type a number")


def rows_from_headings(column: int, last: int) -> str:
    """Return the cells of a column from the first row of entries to the last row."""
    letter = get_column_letter(column)
    return f"{letter}{HEADING_ROW + 1}:{letter}{last}"


def quoted(name: str) -> str:
    """Return the name of a sheet as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def _ids_on(sheet: Sheet) -> str:
    """Return a formula for the ids of a sheet, as many as are typed there."""
    # From the heading down, so that a row that is put in at the top is part of the list.
    top = f"{quoted(sheet.name)}!$A${HEADING_ROW}"
    return f"OFFSET({top},1,0,MAX(1,COUNTA({top}:$A${_MOST_ROWS})-1),1)"


def _add(sheet: Worksheet, cells: str, rule: DataValidation, title: str) -> None:
    rule.errorTitle = title
    rule.showErrorMessage = True
    rule.allow_blank = True
    rule.add(cells)
    sheet.add_data_validation(rule)
