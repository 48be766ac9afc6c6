"""The page's CSV: no text runs as a formula in a spreadsheet, as in Python's, and numbers stay numbers."""

import csv
import io

import pandas as pd
import pytest

from simulation.charts.drawing.publish import csv_text
from tests.page.node import call, needs_node

pytestmark = [pytest.mark.parity, needs_node]

ROWS = [
    ["=HYPERLINK(1)", -1.5],
    ["  +44", 2.0],
    ['-, a "trust"', -0.25],
    ["@me\nagain", 0.0],
    ["＝1", 3.0],
    ["£5m less", 4.0],
]


def test_the_page_keeps_texts_from_running_as_python_does():
    (written,) = call("downloads.js", [("csvOf", {"heads": ["organisation", "gain"], "rows": ROWS})])
    python = csv_text(pd.DataFrame(ROWS, columns=["organisation", "gain"]))
    page_rows, python_rows = (list(csv.reader(io.StringIO(text))) for text in (written.removeprefix("\ufeff"), python))
    assert [(name, float(gain)) for name, gain in page_rows[1:]] == [
        (name, float(gain)) for name, gain in python_rows[1:]
    ]
    assert page_rows[1][0] == "'=HYPERLINK(1)"
