"""Small workbooks to read, made with openpyxl by the table of sheets."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from simulation.scenario.workbook.sheets import HEADING_ROW, PLACE, SHEETS

Rows = dict[str, list[dict[str, Any]]]
"""The rows of each sheet, each by heading."""

ROWS: Rows = {
    "Place": [
        {
            "Title": "A small place",
            "First month": "2016-04",
            "Months": 24,
            "People": 1000,
        }
    ],
    "Gap": [
        {"Month": "2016-04", "Gap before any savings": 10},
        {"Month": "2018-03", "Gap before any savings": 20},
    ],
    "Organisations": [
        {"Id": "meht", "Name": "The hospital", "Role": "provider", "Income": 300},
        {"Id": "btuh", "Name": "The other hospital", "Role": "provider", "Income": 310},
        {"Id": "ccg", "Name": "The commissioner", "Role": "commissioner", "Income": 500},
    ],
    "Skills": [{"Organisation": "meht", "frailty": 0.6}],
    "Programmes": [
        {"Id": "frailty", "Title": "Care at home", "Field of skill": "frailty"},
        {"Id": "surgery", "Value if shares are given": 3, "Milestones": 2},
    ],
    "Saving in cost": [
        {"Programme": "frailty", "meht": 2, "ccg": 1},
        {"Programme": "surgery", "meht": 0.5, "btuh": 0.5},
    ],
    "Activity that moves": [{"Programme": "frailty", "From": "meht", "Income": 2}],
    "Contracts": [{"Id": "deal", "Commissioner": "ccg", "Provider": "meht", "Amount": 200, "Payment": "tariff"}],
    "Levers": [{"Lever": "coaching", "Strength": 0.5, "Only": "meht, ccg"}],
    "Relationships": [{"Trusting": "ccg", "Trusted": "meht", "Opening trust": 0.3}],
    "Events": [{"Event": "breach", "Month": "2016-05", "Organisation": "meht", "Size": 0.5}],
    "Assumptions": [{"Assumption": "opening_trust", "Value": 0.4}],
    "Outturns": [{"Title": "Two hospitals", "Organisations": "meht, btuh", "2016/17": -5}],
    "Trust as observed": [
        {"Trusting": "The commissioner", "Trusted": "meht", "Month": "2016-06", "Trust": 0.35},
        {"Trusting": "All together", "Month": "2016-06", "Trust": 0.45},
        {"Trusting": "ccg", "Trusted": "meht", "Month": "2017-06", "Trust": 0.5},
    ],
    "Sources": [
        {"Sheet": "Organisations", "Row": "meht", "Column": "Income", "Source": "accounts", "Low": 290, "High": 305}
    ],
}

YAML = """\
title: A small place
start: 2016-04
months: 24
population: 1000
do_nothing: {2016-04: 10, 2018-03: 20}
organisations:
  meht:
    name: The hospital
    role: provider
    income: {value: 300, source: accounts, low: 290, high: 305}
    skills: {frailty: 0.6}
  btuh: {name: The other hospital, role: provider, income: 310}
  ccg: {name: The commissioner, role: commissioner, income: 500}
contracts:
  deal: {commissioner: ccg, provider: meht, amount: 200, payment: tariff}
programmes:
  frailty:
    title: Care at home
    domain: frailty
    saves: {meht: 2, ccg: 1}
    activity: [{from: meht, income: 2}]
  surgery: {value: 3, shares: {meht: 0.5, btuh: 0.5}, milestones: 2}
levers:
  coaching: {strength: 0.5, only: [meht, ccg]}
relationships:
  overrides: [{of: ccg, in: meht, trust: 0.3}]
events:
  - {event: breach, month: 2016-05, organisation: meht, size: 0.5}
parameters: {opening_trust: 0.4}
observed:
  outturns: [{title: Two hospitals, organisations: [meht, btuh], by_year: {2016/17: -5}}]
  trust: [{of: ccg, in: meht, by_month: {2016-06: 0.35, 2017-06: 0.5}}, {by_month: {2016-06: 0.45}}]
"""
"""The same place as `ROWS`."""


def rows() -> Rows:
    """The rows of a small valid place, to be changed."""
    return deepcopy(ROWS)


def make_book(content: Rows | None = None, change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """Return a workbook with these rows, changed at the end.

    Args:
        content: The rows of each sheet; a small valid place if left out.
        change: Changes the workbook once the rows are in.
    """
    content = ROWS if content is None else content
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        page = book.create_sheet(sheet.name)
        page["A1"], page["A2"] = sheet.title, sheet.hint
        given = content.get(sheet.name, [])
        if sheet is PLACE:
            _fill_place(page, given[0] if given else {})
            continue
        headings = list(
            dict.fromkeys([column.heading for column in sheet.columns] + [key for row in given for key in row])
        )
        for column, heading in enumerate(headings, start=1):
            page.cell(HEADING_ROW, column, heading)
        for number, row in enumerate(given, start=HEADING_ROW + 1):
            for heading, value in row.items():
                page.cell(number, headings.index(heading) + 1, value)
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill_place(page: Worksheet, items: dict[str, Any]) -> None:
    for column, heading in enumerate(("Item", "Value", "Note"), start=1):
        page.cell(HEADING_ROW, column, heading)
    for number, item in enumerate(PLACE.columns, start=HEADING_ROW + 1):
        page.cell(number, 1, item.heading)
        page.cell(number, 2, items.get(item.heading))
