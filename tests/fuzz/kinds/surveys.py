"""Files of answers to a survey, each read for a small place; the place that results is checked."""

import csv
import io
import random
from typing import Any

from tests.fuzz.cases import Case
from tests.fuzz.values import MONTHS, TEXTS
from tests.survey.made_up import PLACE, about_text, across_text, forms_text, long_text

Draw = random.Random
Rows = list[list[str]]

BASES = (
    long_text(),
    about_text(),
    forms_text(dates="13/05/2026"),
    across_text(
        {(f"b{n}", "board"): {"hospital": n + 1, "community": 5} for n in range(4)}
        | {(f"h{n}", "hospital"): {"board": n + 1} for n in range(4)}
    ),
)
PEOPLE = (
    "board",
    "hospital",
    "community",
    "hospice",
    "The board",
    "The general hospital",
    "HOSPITAL",
    "nobody",
    "b1",
    "h1",
)
SCORES = (
    "1",
    "4",
    "7",
    "0",
    "8",
    "-1",
    "4.5",
    "5,5",
    "",
    "Agree",
    "Strongly agree",
    "agree",
    "n/a",
    "1e0",
    "007",
    "9" * 5001,
)
DATES = (
    "2026-05-11",
    "11/05/2026",
    "5/11/26 19:17:10",
    "13/13/2026",
    "46000",
    "2026",
    "today",
    "1900-01-01",
    "2199-12-31",
)


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    rows = [row for row in csv.reader(io.StringIO(draw.choice(BASES))) if row]
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3))):
        if len(rows) > 1:
            draw.choice(MILD if draw.random() < 0.8 else WILD)(draw, rows)
    words = ["survey", "a.csv", "place.yaml", "--out", "out.yaml"]
    if draw.random() < 0.2:
        words += ["--month", "2026-06"]
    files = {"a.csv": _written(draw, rows), "place.yaml": PLACE.encode()}
    return Case(name, [words, ["validate", "out.yaml"]], files, writes=["out.yaml"])


def _written(draw: Draw, rows: Rows) -> bytes:
    stream = io.StringIO()
    delimiter = draw.choice((*[","] * 20, ";", ";", "\t", "\t", "|"))
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=draw.choice(("\n", "\r\n", "\r")), escapechar="\\")
    writer.writerows(rows)
    text = stream.getvalue()
    if draw.random() < 0.1:
        at = draw.randint(0, len(text))
        text = text[:at] + draw.choice(('"', "\n", ",", "\0", "\ufeff", *TEXTS)) + text[at + draw.choice((0, 1, 9)) :]
    if draw.random() < 0.03:
        text = text[: draw.randint(0, len(text))]
    encoding = draw.choice((*["utf-8"] * 15, "utf-8-sig", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _cell(draw: Draw, rows: Rows, value: str, first: int = 1) -> None:
    if len(rows) > first:
        row = rows[draw.randrange(first, len(rows))]
        if row:
            row[draw.randrange(len(row))] = value


def _of_kind(draw: Draw, rows: Rows, kind: Any, values: tuple[Any, ...]) -> None:
    """Put a value in place of one of the same kind."""
    there = [(row, at) for row in rows[1:] for at, value in enumerate(row) if kind(value)]
    if there:
        row, at = draw.choice(there)
        row[at] = str(draw.choice(values))


def score(draw: Draw, rows: Rows) -> None:
    _of_kind(
        draw, rows, lambda value: value.isdigit() or "gree" in value, SCORES[:3] if draw.random() < 0.8 else SCORES
    )


def organisation(draw: Draw, rows: Rows) -> None:
    _of_kind(draw, rows, lambda value: value in PEOPLE, PEOPLE[:6] if draw.random() < 0.8 else PEOPLE)


def date(draw: Draw, rows: Rows) -> None:
    _of_kind(
        draw, rows, lambda value: value[:2] in {"20", "13"}, DATES[:2] if draw.random() < 0.7 else (*DATES, *MONTHS)
    )


def respondent(draw: Draw, rows: Rows) -> None:
    _of_kind(draw, rows, lambda value: len(value) == 2 and value[0] in "bh", ("b1", "b2", "h9", *TEXTS[:40]))


def shuffle(draw: Draw, rows: Rows) -> None:
    body = rows[1:]
    draw.shuffle(body)
    rows[1:] = body


def swap_columns(draw: Draw, rows: Rows) -> None:
    width = min(map(len, rows))
    if width > 1:
        one, other = draw.sample(range(width), 2)
        for row in rows:
            row[one], row[other] = row[other], row[one]


def add_column(draw: Draw, rows: Rows) -> None:
    at, value = draw.randint(0, len(rows[0])), draw.choice(TEXTS)
    for number, row in enumerate(rows):
        row.insert(min(at, len(row)), draw.choice(("Comment", "Age", value)) if number == 0 else value)


def repeat_row(draw: Draw, rows: Rows) -> None:
    rows.insert(draw.randint(1, len(rows)), list(draw.choice(rows)))


def drop_row(draw: Draw, rows: Rows) -> None:
    del rows[draw.randrange(len(rows))]


def rename_heading(draw: Draw, rows: Rows) -> None:
    if rows and rows[0]:
        rows[0][draw.randrange(len(rows[0]))] = draw.choice(
            ("from", "to", "item", "score", "Date", " respondent ", *TEXTS)
        )


def drop_column(draw: Draw, rows: Rows) -> None:
    at = draw.randrange(len(rows[0]) or 1)
    for row in rows:
        del row[at : at + 1]


def cut_row(draw: Draw, rows: Rows) -> None:
    row = draw.choice(rows)
    del row[draw.randint(0, len(row)) :]


def any_cell(draw: Draw, rows: Rows) -> None:
    _cell(draw, rows, draw.choice(TEXTS), first=0)


def multiply(draw: Draw, rows: Rows) -> None:
    rows.extend([list(row) for row in rows[1:]] * draw.choice((1, 20, 200)))


MILD = (score, score, score, organisation, date, respondent, shuffle, swap_columns, add_column, repeat_row, multiply)
WILD = (drop_row, rename_heading, drop_column, cut_row, any_cell, any_cell, any_cell)
