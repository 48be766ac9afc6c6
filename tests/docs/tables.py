"""Write the tables of the documents from the tables of the code: `make tables`, or `python -m tests.docs.tables`."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np

from simulation import columns, limits
from simulation.columns import Column
from simulation.formatting import as_written
from simulation.levers import Lever
from simulation.model.payments import find_transfers, shares_by_month
from simulation.parameters import TABLE, Parameter
from simulation.results.axes import axes_of
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from simulation.scenario.typical import TYPICAL
from simulation.survey.form import STATEMENTS
from simulation.vocabulary import Payment, Role, TrustRule

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "docs/columns.md",
    "docs/how-to/limits.md",
    "docs/how-to/survey.md",
    "docs/model.md",
    "docs/typical-values.md",
)

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


def _limits() -> str:
    heading = ("what", "limit", "in the schema")
    return _table(heading, ((row.what, row.limit, "yes" if row.schema else "") for row in limits.TABLE))


def _typical() -> str:
    heading = ("section", "field", "of", "typical", "source")
    cells = ((f"`{row.section}`", f"`{row.field}`", row.of or "all", row.size, row.source) for row in TYPICAL)
    return _table(heading, cells)


def _reference() -> str:
    """The size of the place to which the findings refer."""
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    axes = axes_of(place)
    commissioners = sum(each.role == Role.COMMISSIONER for each in place.organisations.values())
    value = sum(each.paper_value for each in place.programmes.values())
    rows = (
        ("organisations", f"{len(place.organisations)}, of which {commissioners} commissioners"),
        ("programmes", f"{len(place.programmes)}, £{value:.0f}m a year on paper"),
        ("contracts", f"{len(place.contracts)}, £{sum(each.amount for each in place.contracts.values()):,.0f}m a year"),
        ("relationships", f"{len(axes.relationships)}"),
        ("months", f"{place.months}, from {place.start}"),
        ("people", f"{place.population:,}"),
    )
    return _table(("Mid and South Essex, without joint action", ""), rows)


def _kept() -> str:
    """Who keeps what of the programme of the two trusts, by tariff and by block."""
    place = load_scenario(ROOT / "scenarios/two-trusts.yaml")
    rows = [row for payment in (Payment.TARIFF, Payment.BLOCK) for row in _kept_by(place, payment)]
    return _table(("contract", "organisation", "a", "T, £m", "y", "has after payment, £m a year"), rows)


def _kept_by(place: Scenario, payment: Payment) -> Iterable[tuple[str, ...]]:
    ((name, programme),) = place.programmes.items()
    contracts = {key: each.model_copy(update={"payment": payment}) for key, each in place.contracts.items()}
    axes = axes_of(place.model_copy(update={"contracts": contracts}))
    shares = shares_by_month(axes, find_transfers(axes), np.zeros((1, len(axes.opportunities)))).share[0]
    for (opportunity, organisation), share in zip(axes.memberships, shares.tolist(), strict=True):
        if opportunity == name:
            of_cost, value = programme.cost_shares()[organisation], programme.paper_value
            numbers = (of_cost, (share - of_cost) * value, share, share * value)
            yield payment, organisation, *(as_written(round(each, 9)) for each in numbers)


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
    "reference": _reference,
    "kept": _kept,
    "levers": _levers,
    "limits": _limits,
    "parameters": _parameters,
    "typical": _typical,
    "keys": partial(_columns, columns.KEYS),
    **{table: partial(_columns, columns.columns_of(table)) for table in columns.TABLES},
}


if __name__ == "__main__":
    for document in DOCUMENTS:
        path = ROOT / document
        path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
