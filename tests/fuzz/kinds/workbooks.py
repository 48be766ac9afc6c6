"""Workbooks: half are spoilt as `make workbooks` spoils them, half are edited as people edit them."""

import io
import random

import openpyxl

from simulation.scenario.workbook.sheets import HEADING_ROW
from tests.fuzz.cases import Case
from tests.fuzz.values import TEXTS, near
from tests.scenario.workbook.books import make_book
from tests.scenario.workbook.mutations import mutate

Draw = random.Random

FILE = "place.xlsx"


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    content = mutate(draw.randrange(2**32)) if draw.random() < 0.4 else _edited(draw)
    run = ["run", FILE, "--replicates", "1", "--no-charts", "--out", "out", "--engine", "mesa"]
    last = draw.choice((run, run, ["import", FILE, "--out", "out.yaml"]))
    return Case(name, [["validate", FILE], last], {FILE: content}, writes=["out", "out.yaml"])


def _edited(draw: Draw) -> bytes:
    """A workbook in which one to three cells hold other numbers or texts."""
    book = openpyxl.load_workbook(io.BytesIO(make_book()))
    for _ in range(draw.choice((1, 1, 2, 3))):
        page = draw.choice(book.worksheets)
        cells = [cell for row in page.iter_rows(min_row=HEADING_ROW + 1) for cell in row if cell.value is not None]
        if not cells:
            continue
        cell = draw.choice(cells)
        heading = str(page.cell(HEADING_ROW, cell.column).value)
        if isinstance(cell.value, int | float):
            cell.value = near(draw, cell.value)
        elif heading in {"Title", "Name", "Description", "Note"}:
            text = draw.choice(TEXTS)
            if openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(text) is None and text.isprintable():
                cell.value = text[:30_000]
        elif draw.random() < 0.2:
            cell.value = None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
