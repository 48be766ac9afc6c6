"""Write the tables of the documents from the tables of the code: `make tables`, or `python -m tests.docs.tables`."""

import re
from collections.abc import Iterable
from pathlib import Path

from simulation.levers import Lever
from simulation.parameters import TABLE, Parameter
from simulation.vocabulary import TrustRule

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("docs/model.md",)

_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """Return a document in which each marked table is the code's."""
    return _MARKED.sub(lambda found: f"{found[1]}{_TABLES[found[2]]()}{found[3]}", text)


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


def _parameters() -> str:
    heading = ("parameter", "label", "default", "range", "unit", "meaning", "source", "status")
    return _table(heading, (_parameter(row) for row in TABLE))


def _parameter(row: Parameter) -> tuple[str, ...]:
    default, span = f"{row.default:g}", f"{row.low:g}–{row.high:g}"
    if row.name == "trust_rule":
        default, span = TrustRule.LINEAR, ", ".join(TrustRule)
    return f"`{row.name}`", row.label, default, span, row.unit, row.meaning, row.source, row.status


def _table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (f"| {' | '.join(row)} |\n" for row in rows)
    return f"| {' | '.join(heading)} |\n{'|---' * len(heading)}|\n{''.join(lines)}"


_TABLES = {"levers": _levers, "parameters": _parameters}


if __name__ == "__main__":
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
