"""The table of sheets and columns says of each column what it holds."""

import pytest

from simulation.scenario.workbook.comments import comment_on
from simulation.scenario.workbook.sheets import GAP, ORGANISATIONS, SHEETS

pytestmark = pytest.mark.unit

COLUMNS = [(sheet, column) for sheet in SHEETS for column in sheet.columns]


def named(sheet_and_column):
    return "!".join(part if isinstance(part, str) else part[0] for part in sheet_and_column)


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=map(named, COLUMNS))
def test_each_column_says_what_it_holds(sheet, column):
    assert column.described.endswith(".")


def test_no_heading_is_used_twice_in_a_sheet():
    assert all(len({column.heading for column in sheet.columns}) == len(sheet.columns) for sheet in SHEETS)


def test_money_has_its_unit_in_columns_of_fields_and_of_dated_paths():
    income = next(column for column in ORGANISATIONS.columns if column.heading == "Income")
    assert income.unit == "£m a year"
    assert [column.unit for column in GAP.columns] == ["", "£m a year", "£m a year", "£m a year"]


def test_the_part_of_the_gap_says_that_only_proportions_count():
    column = next(each for each in ORGANISATIONS.columns if each.heading == "Part of the gap")
    assert "in £m or per cent (only proportions count)" in comment_on(column)
