"""Write the tables of the documents from the tables of the code: `make tables`, or `python -m tests.docs.tables`."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from simulation import columns
from simulation.columns import Column
from simulation.levers import Lever
from simulation.parameters import TABLE, Parameter
from simulation.scenario.typical import TYPICAL
from simulation.survey.form import STATEMENTS
from simulation.vocabulary import TrustRule

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("docs/columns.md", "docs/how-to/survey.md", "docs/model.md", "docs/typical-values.md")

_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return a document in which each marked table is the code's."""
    return _MARKED.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", text)


def names_in(text: str) -> list[str]:
    """Return the names of the tables that a document marks."""
    return [found[2] for found in _MARKED.finditer(text)]


def _levers() -> str:
    heading = ("lever", "label", "acts on", "what it does", "who pulls it", "typical cost", "evidence", "status")
    return _table(
        heading,
        (
            (
                f"`{each}`",
                each.label,
                each.scope,
                each.does,
                each.pulled_by,
                each.typical_cost,
                each.evidence,
                each.status,
            )
            for each in Lever
        ),
    )


def _columns(rows: Iterable[Column]) -> str:
    cells = ((f"`{each.name}`", each.label, each.unit, each.meaning) for each in rows)
    return _table(("column", "label", "unit", "meaning"), cells)


def _parameters() -> str:
    heading = ("parameter", "label", "default", "range", "hard limits", "unit", "meaning", "source", "status")
    return _table(heading, (_parameter(row) for row in TABLE))


def _parameter(row: Parameter) -> tuple[str, ...]:
    default, span, limits = f"{row.default:g}", f"{row.low:g}–{row.high:g}", f"{row.least:g}–{row.most:g}"
    if row.name == "trust_rule":
        default, span, limits = TrustRule.LINEAR, ", ".join(TrustRule), "–"
    return f"`{row.name}`", row.label, default, span, limits, row.unit, row.meaning, row.source, row.status


def _typical() -> str:
    heading = ("section", "field", "of", "typical", "source")
    cells = ((f"`{row.section}`", f"`{row.field}`", row.of or "all", row.size, row.source) for row in TYPICAL)
    return _table(heading, cells)


def _statements() -> str:
    rows = (
        (f"`{each.id}`", each.wording, each.part, "7 is no trust" if each.is_reversed else "7 is full trust")
        for each in STATEMENTS
    )
    return _table(("id", "statement", "about", "scored"), rows)


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (f"| {' | '.join(row)} |\n" for row in rows)
    return f"| {' | '.join(heading)} |\n{'|---' * len(heading)}|\n{''.join(lines)}"


TABLES: dict[str, Callable[[], str]] = {
    "statements": _statements,
    "levers": _levers,
    "parameters": _parameters,
    "typical": _typical,
    "keys": partial(_columns, columns.KEYS),
    **{table: partial(_columns, columns.columns_of(table)) for table in columns.TABLES},
}


if __name__ == "__main__":
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
