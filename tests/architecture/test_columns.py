"""Columns are found by their names, and both engines write every one of them."""

import ast
from pathlib import Path

import pytest

from simulation import columns
from simulation.results.batch.tables import TABLES as BATCH_TABLES
from simulation.results.batch.tables import schema_of
from tests.architecture.sources import MODULES, functions_of, modules_in, tree_of

pytestmark = pytest.mark.architecture

ROOT = Path(__file__).parents[2]
COLUMN_TABLE = ROOT / "simulation/columns.py"
SOURCES = [*MODULES, *(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]

AXES = {"system": 2, "agreements": 2, "memberships": 2, "organisations": 3, "opportunities": 3}
"""Arrays with columns along their last axis, and how many axes one replicate's have; an ensemble's have one more."""

RECORDED = {"_system": "system", "_organisation": "organisations", "_opportunity": "opportunities",
            "_agreement": "agreements", "_membership": "memberships"}  # fmt: skip
"""Functions of the agents' recorder, and the tables of which each makes a row."""

COLUMNS = [pytest.param(each, id=f"{each.table}.{each.name}") for each in columns.TABLE if each.table in AXES]


@pytest.mark.parametrize("column", COLUMNS)
def test_the_agents_write_every_column(column):
    (recorder,) = modules_in("model/agents/recorder.py")
    (row,) = (function for name, function in functions_of(recorder) if RECORDED.get(name) == column.table)
    named = {node.value for node in ast.walk(row) if isinstance(node, ast.Constant)}
    assert column.name in named, f"model/agents/recorder.py writes no {column.name} in {row.name}"


@pytest.mark.parametrize("column", COLUMNS)
def test_the_kernel_writes_every_column(column):
    (record,) = modules_in("model/ensemble/record.py")
    table = "RECORDED" if column.table == "system" else f"columns.{column.table.upper()}"
    assert f"{table}.{column.name}" in {
        ast.unparse(node) for node in ast.walk(tree_of(record)) if isinstance(node, ast.Attribute)
    }, f"model/ensemble/record.py writes nothing to {table}.{column.name}"


@pytest.mark.parametrize("table", BATCH_TABLES)
def test_every_column_of_a_file_is_in_the_table(table):
    keys = {each.name for each in columns.KEYS}
    own = [each.name for each in columns.columns_of({"trust": "relationships", "ends": "system"}.get(table, table))]
    own = [name for name in columns.HEADLINES if name in own] if table == "ends" else own
    assert [name for name in schema_of(table).names if name not in keys] == own


def test_no_column_is_found_by_counting():
    assert [
        f"{path.relative_to(ROOT).as_posix()}: {found}"
        for path in SOURCES
        if path != COLUMN_TABLE
        for found in columns_by_counting(ast.parse(path.read_text(encoding="utf-8")))
    ] == []


def columns_by_counting(tree):
    """Find where a whole number is the index of a table's last axis: in the table itself, or in a row taken from it."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.Subscript)]
    rows = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and table_of(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        if not isinstance(node, ast.Subscript):
            continue
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        from_end = any(isinstance(index, ast.Constant) and index.value is Ellipsis for index in indices)
        all_axes = table_of(node) and len(indices) >= AXES[table_of(node)]
        of_row = isinstance(node.value, ast.Name) and node.value.id in rows
        if (from_end or all_axes or of_row) and is_whole_number(indices[-1]):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def table_of(subscript):
    """Return the name of the table that is indexed, as an attribute (`ensemble.system`) or by its own name."""
    name = getattr(subscript.value, "attr", getattr(subscript.value, "id", None))
    return name if name in AXES else None


def is_whole_number(index):
    """Return whether an index is a number as it stands, from the beginning or from the end."""
    number = index.operand if isinstance(index, ast.UnaryOp) else index
    return isinstance(number, ast.Constant) and type(number.value) is int


@pytest.mark.parametrize(
    "counted",
    [
        "line = tables.system[first + lane, month]\nline[7] = 0.0",
        "run.agreements[:, 0]",
        "engine.opportunities[:, :, 5]",
        "values[..., 3]",
        "ensemble.organisations[..., -1]",
        "tables.memberships[first + lane, p, 1] = 0",
    ],
)
def test_counting_is_found(counted):
    assert len(list(columns_by_counting(ast.parse(counted)))) == 1


@pytest.mark.parametrize(
    "named", ["ensemble.system[0, :, SYSTEM.gap]", "line[columns.SYSTEM.gap]", 'ensemble["gap"][:, -1]']
)
def test_names_are_not_reported(named):
    assert list(columns_by_counting(ast.parse(named))) == []
