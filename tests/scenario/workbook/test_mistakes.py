"""The mistakes in a workbook: the cell, the mistake and how to fix it, each in a workbook that is otherwise valid."""

from datetime import datetime

import pytest

from tests.scenario.workbook.books import make_book, rows
from tests.scenario.workbook.changes import shown, typed

pytestmark = pytest.mark.unit

MEANT = {
    "percent strength": shown("Levers", "B4", 0.5, "0%"),
    "date month": shown("Place", "B6", datetime(2016, 4, 1), "yyyy-mm"),
    "date gap": shown("Gap", "A4", datetime(2016, 4, 1), "mmm yy"),
    "FY gap": typed("Gap", A5="2017/18"),
    "role capital": typed("Organisations", C4="Provider "),
    "name ref": typed("Contracts", D4="The hospital"),
    "spaces ids": typed("Organisations", A5="\xa0btuh "),
    "blank rows": lambda book: book["Organisations"].insert_rows(5, 3),
    "headings further down": lambda book: book["Organisations"].insert_rows(1, 2),
    "note": typed("Organisations", J3="Note: mine", J4="x"),
    "notes below": typed("Saving in cost", A6="Note: totals", B6=2.5, C6="about 1"),
    "notes beside": typed("Saving in cost", E3="Note", E4="half of it is wards"),
    "notes beside skills": typed("Skills", C3="Notes", C4="guessed"),
    "notes beside outturns": typed("Outturns", D3="Note", D4="before support"),
    "hidden note": lambda b: setattr(b.create_sheet("Note workings"), "sheet_state", "hidden"),
    "hidden empty columns": lambda b: setattr(b["Programmes"].column_dimensions["I"], "hidden", True),
    "hidden empty row": lambda b: setattr(b["Programmes"].row_dimensions[20], "hidden", True),
    "one saver": typed("Saving in cost", D4=None),
    "title number": typed("Place", B4=2026),
}
"""Changes after which the workbook is still read as it is meant."""

OTHER_NUMBERS = [
    ('"£"0"k"', 9),
    (r"£0\k", 9),
    ("0,", 9000),
    ("#,##0.0,,", 9e6),
    ('0.0,,"m"', 9e6),
    ('0" bn"', 9),
    ('"£000s "0', 9),
    ('0"000"', 9),
    ('0;-0"k"', -9),
    ('[>=1000]0.0,"k";0', 9000),
    (";;;", 9),
    ('"n/a"', 9),
    ('"see note"', 9),
    ("0;;", -9),
    ("0.0;0.0", -9),
    ("-0", 9),
    ("(#,##0.0)", 9),
    ('General"k"', 9),
]
"""Formats that show an amount in £m as another number."""

SAME_NUMBERS = [
    ("#,##0.0", 9),
    ('"£"0"m"', 9),
    ("[$£-809]#,##0.00", 9),
    ("_-* #,##0.00_-;-* #,##0.00_-;_-* -??_-;_-@_-", 9),
    ('[>=1000]0.0,"k";0', 9),
    ('0;-0"k"', 9),
    ("0.0E+00", 9),
    ("General", 9),
    ("@", 9),
    ("_(* #,##0.0_)", 9),
    ("0;-0;;@", 9),
    ("0", 9.2),
]

ROUNDED = [("0", 0.4, "0"), ("0.0", 0.04, "0.0"), ("#,##0", 1.5, "2"), ("#,##0.0;(#,##0.0)", 0.26, "0.3")]
"""Formats that round an amount to one that is far from it."""


@pytest.mark.parametrize(("number_format", "number"), OTHER_NUMBERS)
def test_a_format_that_shows_another_number_is_refused(mistakes, number_format, number):
    (said,) = mistakes(change=shown("Organisations", "E4", number, number_format))
    assert said == (
        f"a.xlsx: Organisations!E4: meht, Income: has the format {number_format}, which shows another number than it"
        f" holds; format the cell as a number and type it again (given: {number:.0f})"
    )


@pytest.mark.parametrize(("number_format", "number", "seen"), ROUNDED)
def test_a_format_that_rounds_a_number_away_is_refused(mistakes, number_format, number, seen):
    (said,) = mistakes(change=shown("Saving in cost", "B4", number, number_format))
    assert said.endswith(
        f"has the format {number_format}, which shows {seen}; show more decimals of it (given: {number})"
    )


HIDDEN = {
    "sheet": (
        lambda book: setattr(book["Gap"], "sheet_state", "veryHidden"),
        ["Gap: is hidden, and its entries would be read; show the sheet, or delete it"],
    ),
    "row": (
        lambda book: setattr(book["Organisations"].row_dimensions[5], "hidden", True),
        ["Organisations!A5: is in a hidden row, and would be read; show the row, or delete it if it is not meant"],
    ),
    "filtered rows": (
        lambda book: [setattr(book["Gap"].row_dimensions[row], "hidden", True) for row in (4, 5)],
        [f"Gap!A{row}: is in a hidden row, and would be read; show the row, or delete it if it is not meant"
         for row in (4, 5)],
    ),
    "row of place": (
        lambda book: setattr(book["Place"].row_dimensions[6], "hidden", True),
        ["Place!B6: is in a hidden row, and would be read; show the row, or delete it if it is not meant"],
    ),
    "columns": (
        lambda book: [book["Organisations"].column_dimensions.group(each, hidden=True) for each in "BDE"],
        [f"Organisations!{column}4: is in a hidden column, and would be read; show the column, or delete it if it is "
         "not meant" for column in "BE"],
    ),
    "column across": (
        lambda book: setattr(book["Saving in cost"].column_dimensions["C"], "hidden", True),
        ["Saving in cost!C4: is in a hidden column, and would be read; show the column, or delete it if it is not "
         "meant"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), HIDDEN.values(), ids=HIDDEN)
def test_numbers_that_no_sheet_shows_are_refused(mistakes, change, said):
    assert mistakes(change=change) == [f"a.xlsx: {each}" for each in said]


@pytest.mark.parametrize("number_format", ["#,##0.0;[Red]#,##0.0", "#,##0.0;(#,##0.0)", "0;\\-0", "0.0"])
def test_a_negative_number_with_a_sign_brackets_or_a_colour_is_read(mistakes, number_format):
    assert mistakes(change=shown("Gap", "B4", -10, number_format)) == []


@pytest.mark.parametrize("name", ["organisations ", "ORGANISATIONS_", "Organisations\xa0"])
def test_two_sheets_of_the_same_name_are_refused(mistakes, name):
    """Excel allows them; the numbers of the last one counted."""

    def change(book):
        copied = book.copy_worksheet(book["Organisations"])
        copied.title, copied["E4"] = name, 302

    (said,) = mistakes(change=change)
    assert "has the name of another sheet (Organisations) but for spaces or capitals; rename or remove one" in said


@pytest.mark.parametrize(("number_format", "number"), SAME_NUMBERS)
def test_a_format_that_shows_the_same_number_is_read(mistakes, number_format, number):
    assert mistakes(change=shown("Organisations", "E5", number * 30, number_format)) == []


def test_millions_are_refused_where_the_unit_is_not_money(mistakes):
    (said,) = mistakes(change=shown("Place", "B8", 2, '0"m"'))
    assert "shows another number than it holds" in said


@pytest.mark.parametrize(
    ("sheet", "cell", "of"),
    [
        ("Levers", "D4", "Coaching, Until"),
        ("Levers", "C4", "Coaching, First month"),
        ("Programmes", "I4", "frailty, First month"),
        ("Gap", "A5", "Month"),
        ("Events", "B4", "Breach, Month"),
    ],
)
def test_a_day_within_a_month_is_refused_with_the_month_to_write(mistakes, sheet, cell, of):
    change = shown(sheet, cell, datetime(2017, 3, 31), "dd/mm/yyyy")
    said = [each for each in mistakes(change=change) if f"{sheet}!{cell}: " in each]
    assert said == [
        f"a.xlsx: {sheet}!{cell}: {of}: is a day within a month, and months are whole; write 2017-03 for the"
        " whole month (Until is the first month in which it no longer acts) (given: 2017-03-31)"
    ]


TOTAL = "a total does not belong here; delete the row, or begin its first cell with Note:"

MISTAKES = {
    "text number": (
        typed("Organisations", E4="300"),
        [
            (
                "Organisations!E4: meht, Income: is a number stored as text; format the cell as a number"
                ' and type it again (given: "300")'
            )
        ],
    ),
    "decimal comma": (
        typed("Organisations", E4="6,5", D5="£310m"),
        ['Organisations!E4: meht, Income: must be a number; write 6.5 (given: "6,5")'],
    ),
    "income col": (
        typed("Organisations", E4="£300m", E5="310,5", E6=True),
        [
            'Organisations!E4: meht, Income: must be a number; write 300 (given: "£300m")',
            'Organisations!E5: btuh, Income: must be a number; write 310.5 (given: "310,5")',
            "Organisations!E6: ccg, Income: must be a number (given: TRUE)",
        ],
    ),
    "a time of day": (
        shown("Organisations", "E4", 0.5, "hh:mm"),
        [
            "Organisations!E4: meht, Income: holds a time of day; "
            "give the cell the format that is meant and type it again"
        ],
    ),
    "commas alone": (
        typed("Levers", G4=","),
        ['Levers!G4: Coaching, Only: names nothing; name at least one, or empty the cell (given: ",")'],
    ),
    "a name of two": (
        lambda book: (typed("Organisations", B5="The hospital")(book), typed("Contracts", D4="The hospital")(book)),
        [
            "Organisations!B5: btuh, Name: looks the same as the name of meht, 'The hospital'; give each organisation a"
            " name that readers can distinguish",
            'Contracts!D4: deal, Provider: is the name of meht and btuh; write the id (given: "The hospital")',
        ],
    ),
    "beside the notes": (
        typed("Place", D5="x"),
        ['Place!D5: is to the right of the notes, where nothing is read; move or remove it (given: "x")'],
    ),
    "merged items": (
        lambda book: book["Place"].merge_cells("B6:B7"),
        ["Place!B6: the cells B6:B7 are merged; unmerge them and fill in each"],
    ),
    "a source twice": (
        lambda book: book["Sources"].append(["Organisations", "meht", "Income", None, "x"]),
        ["Sources!B5: Organisations meht Income, Row: is given in row 4 too; make one row of the two"],
    ),
    "date in number": (
        typed("Organisations", E4=datetime(2026, 4, 1)),
        [
            (
                "Organisations!E4: meht, Income: must be a number, not a date; format the cell as a number"
                " and type it again (given: 2026-04-01)"
            )
        ],
    ),
    "percent money": (
        shown("Organisations", "E4", 300, "0%"),
        [
            (
                "Organisations!E4: meht, Income: is shown as per cent, but the unit is £m a year; format"
                " the cell as a number and type it again (given: 30000%)"
            )
        ],
    ),
    "number in month": (
        typed("Programmes", I4=2017),
        [("Programmes!I4: frailty, First month: must be a month written YYYY-MM, such as 2015-12 (given: 2017)")],
    ),
    "bad month": (
        typed("Programmes", I4="April 2017"),
        [
            (
                "Programmes!I4: frailty, First month: must be a month written YYYY-MM, such as 2015-12; write 2017-04"
                ' (given: "April 2017")'
            )
        ],
    ),
    "years as people type them": (
        lambda book: (
            typed("Gap", A4="2016-17", A5=2017)(book),
            typed("Place", B6="2016/17")(book),
            typed("Outturns", C3="FY17")(book),
        ),
        [
            "Place!B6: First month: must be a month written YYYY-MM, such as 2015-12; write 2016-04 for the first month"
            ' of 2016/17 (given: "2016/17")',
            "Gap!A4: Month: must be a month written YYYY-MM, such as 2015-12, or a financial year, such as 2015/16;"
            ' write 2016/17 (given: "2016-17")',
            "Gap!A5: Month: must be a month written YYYY-MM, such as 2015-12, or a financial year, such as 2015/16;"
            " write 2017/18 for the year that begins in April 2017 (given: 2017)",
            "Outturns!C3: FY17: must be a financial year written YYYY/YY, such as 2017/18; write 2016/17 for the year"
            " that ends in March 2017",
        ],
    ),
    "words for nothing": (
        lambda book: (
            typed("Saving in cost", C4="-", D4="n/a")(book),
            typed("Organisations", E5="tbc", G5="N/A")(book),
        ),
        [
            'Organisations!E5: btuh, Income: must be a number (given: "tbc")',
            "Organisations!G5: btuh, Own savings: must be a number; leave the cell empty if it is not known"
            ' (given: "N/A")',
            'Saving in cost!C4: frailty, ccg: must be a number; leave the cell empty if it takes no part (given: "-")',
            "Saving in cost!D4: frailty, btuh: must be a number; leave the cell empty if it takes no part"
            ' (given: "n/a")',
        ],
    ),
    "rows of totals": (
        lambda book: (
            typed("Organisations", A7="Total", E7=1110)(book),
            typed("Contracts", A5="total", E5="=SUM(E4:E4)")(book),
            typed("Programmes", B6="Sum:", G6=2)(book),
            typed("Saving in cost", A6="Total", B6=2.5, C6=1, D6=0.5)(book),
        ),
        [
            f'Organisations!A7: Id: {TOTAL} (given: "Total")',
            f'Programmes!A6: Id: {TOTAL} (given: "Sum:")',
            f'Saving in cost!A6: Programme: {TOTAL} (given: "Total")',
            f'Contracts!A5: Id: {TOTAL} (given: "total")',
        ],
    ),
    "a row of sums without an id": (typed("Organisations", E7=1112), [f"Organisations!A7: Id: {TOTAL}"]),
    "a row without an id": (
        typed("Organisations", E7=200),
        ["Organisations!A7: Id: is missing: give an id, or a name to make it from"],
    ),
    "a column of totals": (
        typed("Saving in cost", E3="Total", E4="=SUM(B4:D4)", E5=1),
        ["Saving in cost!E3: Total: a total does not belong here; delete the column, or begin its heading with Note"],
    ),
    "amounts where there is a value": (
        typed("Saving in cost", B5=5.2, D5=3.5),
        [
            "Saving in cost!A5: surgery: shares must add up to 1; if these are £m a year, clear Programmes!D5"
            " (given: they add up to 8.7)"
        ],
    ),
    "payments by other names": (
        typed("Contracts", F4="PbR"),
        [
            "Contracts!F4: deal, Payment: must be tariff, block or shared; payment by activity is tariff here: a price"
            ' for each patient (given: "PbR")'
        ],
    ),
    "sources of nothing": (
        lambda book: (
            typed("Sources", A5="Organisation", B5="all", C5="Income")(book),
            typed("Sources", A6="Organisations", B6="all", C6="Deficit")(book),
            typed("Sources", A7="Organisations", B7="the hopsital", C7="all")(book),
            typed("Sources", A8="Programmes", B8="all", C8="Milestone")(book),
        ),
        [
            'Sources!A5: Sheet: unknown sheet (given: "Organisation"); did you mean Organisations?',
            'Sources!C6: Column: the sheet Organisations has no number in this column (given: "Deficit")',
            'Sources!B7: Row: the sheet Organisations has no number in this row (given: "the hopsital")',
            'Sources!C8: Column: the sheet Programmes has no number in this column (given: "Milestone"); did you mean'
            " Milestones?",
        ],
    ),
    "names with a semicolon": (
        typed("Levers", G4="The hospital; ccg"),
        [
            "Levers!G4: Coaching, Only: separate names with a comma: write The hospital, ccg"
            ' (given: "The hospital; ccg")'
        ],
    ),
    "names with and": (
        lambda book: (
            typed("Organisations", B4="Heart and lung")(book),
            typed("Outturns", B4="btuh, Heart and lung and ccg")(book),
            typed("Levers", G4="Heart and lung\nccg")(book),
        ),
        [
            "Levers!G4: Coaching, Only: separate names with a comma: write Heart and lung, ccg (given:"
            ' "Heart and lung\\nccg")',
            "Outturns!B4: Two hospitals, Organisations: separate names with a comma: write btuh, Heart and"
            ' lung, ccg (given: "btuh, Heart and lung and ccg")',
        ],
    ),
    "the gap": (
        lambda b: setattr(b["Gap"], "title", "The gap"),
        ["The gap: unknown sheet; correct its name, or begin it with Note if it is not to be read; did you mean Gap?"],
    ),
    "before start": (
        typed("Programmes", I4="2015-01"),
        ['Programmes!I4: frailty, First month: is before the start, 2016-04 (given: "2015-01")'],
    ),
    "error": (
        typed("Organisations", E4="#REF!"),
        ["Organisations!E4: meht, Income: holds the error #REF!; fix its formula, or type the value"],
    ),
    "formula": (
        typed("Organisations", E4="=100+200"),
        [
            (
                "Organisations!E4: meht, Income: has a formula without a stored value; open the workbook"
                " in Excel or LibreOffice and save it there"
            )
        ],
    ),
    "missing income": (typed("Organisations", E4=None), ["Organisations!E4: meht, Income: is missing"]),
    "role typo": (
        typed("Organisations", C4="provdier"),
        [
            (
                'Organisations!C4: meht, Role: must be commissioner or provider (given: "provdier"); did'
                " you mean provider?"
            )
        ],
    ),
    "months 24.5": (typed("Place", B7=24.5), ["Place!B7: Months: must be a whole number (given: 24.5)"]),
    "negative income": (
        typed("Organisations", E4=-3),
        [
            "Organisations!E4: meht, Income: must be more than 0 (given: -3)",
            "Sources!G4: meht, Low: must be from low to high: -3 is not from 290 to 305",
        ],
    ),
    "unknown ref": (
        typed("Contracts", D4="The hopsital"),
        [('Contracts!D4: deal, Provider: unknown organisation (given: "The hopsital"); did you mean The hospital?')],
    ),
    "unknown across": (
        typed("Saving in cost", B3="mhet"),
        [
            "Saving in cost!B3: mhet: unknown organisation; correct it, or add it to the sheet Organisations;"
            " did you mean meht?"
        ],
    ),
    "unknown across, with sources": (
        lambda book: (
            typed("Saving in cost", B3="mhet")(book),
            typed("Sources", A5="Saving in cost", B5="frailty", C5="mhet", E5="costing sheet")(book),
            typed("Sources", A6="Saving in cost", B6="all", C6="mhet", E6="costing sheet")(book),
        ),
        [
            "Saving in cost!B3: mhet: unknown organisation; correct it, or add it to the sheet Organisations;"
            " did you mean meht?"
        ],
    ),
    # One mistake has one message: what is unknown since an id is mistaken elsewhere isn't one more.
    "dup id": (
        typed("Organisations", A5="meht"),
        ['Organisations!A5: Id: is the id of row 4 too; give each its own (given: "meht")'],
    ),
    "no id, name": (
        typed("Organisations", A5=None),
        [
            "Saving in cost!D3: btuh: unknown organisation; correct it, or add it to the sheet Organisations",
            'Outturns!B4: Two hospitals, Organisations: unknown organisation (given: "btuh")',
        ],
    ),
    "no id no name": (
        typed("Organisations", A5=None, B5=None),
        [
            "Organisations!A5: Id: is missing: give an id, or a name to make it from",
            "Saving in cost!D3: btuh: unknown organisation; correct it, or add it to the sheet Organisations",
            'Outturns!B4: Two hospitals, Organisations: unknown organisation (given: "btuh")',
        ],
    ),
    "bad id": (
        typed("Organisations", A5="The other"),
        [
            "Organisations!A5: The other, Id: must be made of letters, digits, - and _ only",
            "Saving in cost!D3: btuh: unknown organisation; correct it, or add it to the sheet Organisations",
            'Outturns!B4: Two hospitals, Organisations: unknown organisation (given: "btuh")',
        ],
    ),
    "heading typo": (
        typed("Organisations", E3="Incom"),
        [
            (
                "Organisations!E3: Incom: unknown heading; correct it, or begin it with Note if the column"
                " is not to be read; did you mean Income?"
            )
        ],
    ),
    "heading removed": (
        typed("Organisations", E3=None),
        [
            (
                "Organisations!E4: is in a column without a heading; write one in E3, or begin it with"
                " Note if the column is not to be read (given: 300)"
            )
        ],
    ),
    "heading unknown": (
        typed("Organisations", J3="Comment", J4="x"),
        [
            (
                "Organisations!J3: Comment: unknown heading; correct it, or begin it with Note if the"
                " column is not to be read"
            )
        ],
    ),
    "stray": (
        typed("Organisations", L5="x"),
        [
            (
                "Organisations!L5: is in a column without a heading; write one in L3, or begin it with"
                ' Note if the column is not to be read (given: "x")'
            )
        ],
    ),
    "repeat": (
        typed("Organisations", J3="income", J4=3),
        ["Organisations!J3: income: is the heading of column E too; remove one of the two columns"],
    ),
    "renamed sheet": (
        lambda b: setattr(b["Programmes"], "title", "Programs"),
        [
            (
                "Programs: unknown sheet; correct its name, or begin it with Note if it is not to be read;"
                " did you mean Programmes?"
            )
        ],
    ),
    "extra sheet": (
        lambda b: b.create_sheet("Workings").append([1]),
        ["Workings: unknown sheet; correct its name, or begin it with Note if it is not to be read"],
    ),
    "no programmes sheet": (lambda b: b.remove(b["Programmes"]), ["has no sheet Programmes; add it"]),
    "no savings sheet": (lambda b: b.remove(b["Saving in cost"]), ["has no sheet Saving in cost; add it"]),
    "no programmes": (
        lambda b: b["Programmes"].delete_rows(4, 40),
        [
            'Saving in cost!A4: Programme: unknown programme (given: "frailty")',
            'Saving in cost!A5: Programme: unknown programme (given: "surgery")',
            'Activity that moves!A4: Programme: unknown programme (given: "frailty")',
        ],
    ),
    "id heading": (
        typed("Organisations", A3="Identity"),
        [
            "Organisations!A3: Identity: unknown heading; correct it, or begin it with Note if the column is not to be"
            " read"
        ],
    ),
    "no gap sheet": (lambda b: b.remove(b["Gap"]), ["has no sheet Gap; add it"]),
    "merged": (
        lambda b: b["Organisations"].merge_cells("C4:C5"),
        ["Organisations!C4: the cells C4:C5 are merged; unmerge them and fill in each"],
    ),
    "shares sum": (
        typed("Saving in cost", C5=0.9),
        ["Saving in cost!A5: surgery: shares must add up to 1 (given: they add up to 1.9)"],
    ),
    "no savings": (
        typed("Saving in cost", B4=None, D4=None, A4=None),
        [
            "Programmes!A4: frailty: has no saving; fill in its row of the sheet Saving in cost",
            "Saving in cost!A4: Programme: is missing: the programme that this row is of",
        ],
    ),
    "negative savings": (
        typed("Saving in cost", B4=-5),
        [
            (
                "Saving in cost!A4: frailty: savings must be more than the costs; they must add up to more"
                " than 0 (given: they add up to -4)"
            )
        ],
    ),
    "role mismatch": (
        typed("Contracts", C4="meht", D4="ccg"),
        [
            "Contracts!C4: deal, Commissioner: must be a commissioner; meht is a provider",
            "Contracts!D4: deal, Provider: must be a provider; ccg is a commissioner",
        ],
    ),
    "lever typo": (
        typed("Levers", A4="coachin"),
        ['Levers!A4: Lever: unknown lever (given: "coachin"); did you mean Coaching?'],
    ),
    "lever label ok": (
        typed("Levers", A4="Shared goal"),
        [("Levers!G4: Shared goal, Only: “Shared goal” acts on programmes and contracts; meht is an organisation")],
    ),
    "lever only": (
        typed("Levers", G4="meht, xx"),
        ['Levers!G4: Coaching, Only: unknown organisation, programme or contract (given: "xx")'],
    ),
    "lever only programmes": (
        typed("Levers", G4="frailty"),
        ["Levers!G4: Coaching, Only: coaching acts on organisations; frailty is a programme"],
    ),
    "until before": (
        typed("Levers", C4="2017-04", D4="2016-10"),
        ['Levers!D4: Coaching, Until: must be after the first month, 2017-04 (given: "2016-10")'],
    ),
    "event extra": (
        typed("Events", C4="2016-07", G4="institutional"),
        [
            'Events!C4: Breach, First month: a breach has none; clear this cell (given: "2016-07")',
            'Events!G4: Breach, Stance: a breach has none; clear this cell (given: "institutional")',
        ],
    ),
    "event kind": (
        typed("Events", A4="breech"),
        [
            (
                "Events!A4: Event: must be breach, leader change, cost shock, grip shock or fixed stance"
                ' (given: "breech"); did you mean breach?'
            )
        ],
    ),
    "event missing": (typed("Events", B4=None), ["Events!B4: Breach, Month: is missing"]),
    "size text": (typed("Events", F4="half"), ['Events!F4: Breach, Size: must be a number (given: "half")']),
    "param": (
        typed("Assumptions", A4="opening_trst"),
        [('Assumptions!A4: Assumption: unknown assumption (given: "opening_trst"); did you mean opening_trust?')],
    ),
    "param value": (typed("Assumptions", B4=3), ["Assumptions!B4: Opening trust, Value: must be at most 1 (given: 3)"]),
    "trust rule": (
        typed("Assumptions", A4="trust_rule", B4="liner"),
        [
            (
                'Assumptions!B4: How trust moves, Value: must be linear or confirmatory (given: "liner");'
                " did you mean linear?"
            )
        ],
    ),
    "trust without a month": (
        typed("Trust as observed", C4=""),
        ["Trust as observed!C4: ccg, Month: is missing: the month of this row"],
    ),
    "trust twice": (
        typed("Trust as observed", C6="2016-06"),
        [
            "Trust as observed!C6: ccg 2, Month: has an earlier row for the same organisations; make one row of the "
            "two (given: 2016-06)"
        ],
    ),
    "trust in nobody": (
        typed("Trust as observed", B5="meht"),
        ["Trust as observed!B5: All together, Trusted: must be empty for the mean of the place"],
    ),
    "trust above 1": (
        typed("Trust as observed", D4=45),
        ["Trust as observed!D4: ccg, Trust: must be at most 1: write 0.5 for 50% (given: 45)"],
    ),
    "outturn year": (typed("Outturns", C3="2016/18"), ["Outturns!C3: 2016/18: must end in the next year: 2016/17"]),
    "outturn year outside": (
        typed("Outturns", C3="2013/14"),
        ["Outturns!C3: 2013/14: is outside the run, 2016-04 to 2018-03; remove it"],
    ),
    "sources of an empty column": (
        typed("Sources", B4="all", C4="Own savings", G4=None, H4=None),
        [
            (
                "Sources!C4: Column: the sheet Organisations has no number in this column; type one, or remove this row"
                ' (given: "Own savings")'
            )
        ],
    ),
    "brackets": (
        typed("Saving in cost", B4="(2)"),
        ['Saving in cost!B4: frailty, meht: must be a number; write -2 (given: "(2)")'],
    ),
    "source row": (
        typed("Sources", B4="mhet"),
        [('Sources!B4: Row: the sheet Organisations has no number in this row (given: "mhet"); did you mean meht?')],
    ),
    "source col": (
        typed("Sources", C4="Incme"),
        [
            (
                "Sources!C4: Column: the sheet Organisations has no number in this column (given:"
                ' "Incme"); did you mean Income?'
            )
        ],
    ),
    "source sheet": (
        typed("Sources", A4="Organisation"),
        ['Sources!A4: Sheet: unknown sheet (given: "Organisation"); did you mean Organisations?'],
    ),
    "range": (
        typed("Sources", G4=301),
        ["Sources!G4: meht, Low: must be from low to high: 300 is not from 301 to 305"],
    ),
    "range one": (
        typed("Sources", G4=None),
        ["Sources!G4: meht, Low: has high without low; give both ends of its range, or neither"],
    ),
    "status": (
        typed("Sources", F4="sorced"),
        [('Sources!F4: meht, Status: must be sourced, derived or assumed (given: "sorced"); did you mean sourced?')],
    ),
    "relationship self": (
        typed("Relationships", B4="ccg"),
        [('Relationships!B4: ccg, Trusted: must be another organisation than the one that trusts (given: "ccg")')],
    ),
    "relationship missing": (typed("Relationships", B4=None), ["Relationships!B4: ccg, Trusted: is missing"]),
    "no relation": (
        typed("Relationships", B4="btuh"),
        [
            (
                "Relationships!A4: ccg: they share no programme or contract, so there is no relationship;"
                " remove it (given: ccg in btuh)"
            )
        ],
    ),
    "activity row": (
        typed("Activity that moves", A4=None),
        ["Activity that moves!A4: Programme: is missing: the programme that this row is of"],
    ),
    "activity none": (
        typed("Activity that moves", B4=None),
        [("Activity that moves!A4: frailty: must say which provider it moves from, which it moves to, or both")],
    ),
    "same id": (
        typed("Contracts", A4="meht"),
        ["Contracts!A4: meht, Id: is the id of an organisation too; give it another"],
    ),
    "deficit": (
        typed("Organisations", F4=3),
        [
            (
                "Organisations!F5: btuh, Part of the gap: is missing: give each organisation's part of the"
                " gap (0 if it has none), or no part at all (given: missing for btuh, ccg)"
            )
        ],
    ),
    "deficit 0": (
        typed("Organisations", F4=0, F5=0, F6=0),
        ["Organisations: the part of the gap must be above 0 for at least one"],
    ),
    "month dup": (
        typed("Gap", A5="2016-04"),
        ["Gap!A5: Month: is the month of row 4 too; make one row of the two (given: 2016-04)"],
    ),
    "month missing": (typed("Gap", A5=None), ["Gap!A5: Month: is missing: the month of the amounts in this row"]),
    "item": (
        typed("Place", A7="Month"),
        ["Place!A7: Month: unknown item; correct it, or begin it with Note; did you mean Months?"],
    ),
    "item removed": (typed("Place", A7=None, B7=None), ["Place: Months: is missing"]),
    "title bool": (
        typed("Place", B4=True),
        [("Place!B4: Title: must be text, not true or false; format the cell as text and type it again (given: TRUE)")],
    ),
    "skills": (typed("Skills", B4=2), ["Skills!B4: meht, frailty: must be at most 1 (given: 2)"]),
    "skills org": (typed("Skills", A4="x"), ['Skills!A4: Organisation: unknown organisation (given: "x")']),
}

WITHOUT_ROWS = {
    "no orgs": (
        {**rows(), "Organisations": []},
        [
            "Organisations: must name at least two organisations (given: 0)",
            'Sources!B4: Row: the sheet Organisations has no number in this row (given: "meht")',
        ],
    ),
    "no prog": (
        {
            **rows(),
            "Programmes": [],
            "Contracts": [],
            "Saving in cost": [],
            "Activity that moves": [],
            "Relationships": [],
            "Trust as observed": [],
        },
        ["Programmes: must name at least one programme, unless there is a contract (given: 0)"],
    ),
    "no gap": ({**rows(), "Gap": []}, ["Gap!B3: Gap before any savings: is missing"]),
    "empty": (
        {},
        [
            "Place!B4: Title: is missing",
            "Place!B6: First month: is missing",
            "Place!B7: Months: is missing",
            "Place!B8: People: is missing",
            "Gap!B3: Gap before any savings: is missing",
            "Organisations: must name at least two organisations (given: 0)",
            "Programmes: must name at least one programme, unless there is a contract (given: 0)",
        ],
    ),
    "contract dup pair": (
        {
            **rows(),
            "Contracts": rows()["Contracts"]
            + [{"Id": "deal2", "Commissioner": "ccg", "Provider": "meht", "Amount": 3}],
        },
        [("Contracts!A5: deal2, Id: ccg and meht have a contract already, deal; make one contract of the two")],
    ),
    "stances": (
        {
            **rows(),
            "Events": [
                {"Event": "fixed_stance", "Organisation": "meht", "Stance": s}
                for s in ("institutional", "population_first")
            ],
        },
        [
            (
                "Events!G5: Fixed stance 2, Stance: contradicts event 1 of the list: meht cannot be"
                " institutional and population first in the same month"
            )
        ],
    ),
    "realisation": (
        {**rows(), "Assumptions": [{"Assumption": "unowned_realisation", "Value": 0.9}]},
        [
            (
                "Assumptions!B4: Value saved where nobody owns it, Value: must be at most “Value saved where all"
                " own it”, which is 0.75, its default (given: 0.9)"
            )
        ],
    ),
}


@pytest.mark.parametrize("change", MEANT.values(), ids=MEANT)
def test_it_is_read_as_it_is_meant(mistakes, change):
    assert mistakes(change=change) == []


@pytest.mark.parametrize(("change", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_located_with_its_fix(mistakes, change, expected):
    assert mistakes(change=change) == [f"a.xlsx: {each}" for each in expected]


@pytest.mark.parametrize(("content", "expected"), WITHOUT_ROWS.values(), ids=WITHOUT_ROWS)
def test_rows_that_are_missing_or_contradict_each_other(mistakes, content, expected):
    assert mistakes(make_book(content)) == [f"a.xlsx: {each}" for each in expected]
