"""The columns of every table of results, in one table: table, name, label, unit and meaning.

Arrays hold a table's columns along their last axis, in the order of its rows here. `SYSTEM.gap` is the index of a
column on that axis: engines, tables and readers all find a column by its name.
"""

from collections import namedtuple
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

from simulation.known_names import check_name

Value = TypeVar("Value")


class Column(NamedTuple):
    """One row of the table."""

    table: str
    name: str
    label: str
    unit: str
    meaning: str


TABLE: tuple[Column, ...] = (
    Column("system", "gap", "Gap", "£m a year", "what is left of the gap: run rate, recurrent"),
    Column("system", "position", "Position", "£m this month", "sum of the organisations' positions, costs included"),
    Column("system", "cumulative_position", "Position so far", "£m", "sum of the months since the start"),
    Column("system", "do_nothing", "Gap before any savings", "£m a year", "with cost shocks"),
    Column("system", "efficiency", "Own efficiency", "£m a year", "savings of all organisations' own efficiency work"),
    Column("system", "programmes", "Joint programmes", "£m a year", "the worth of all programmes"),
    Column("system", "milestones_value", "Delivered on paper", "£m a year", "value on paper, by milestones met"),
    Column("system", "realised", "Saved of what is delivered", "0–1", "worth over the paper value of milestones met"),
    Column("system", "behind", "Programmes behind", "0–1", "share of the programmes in delivery this month"),
    Column("system", "trust", "Trust", "0–1", "mean over relationships"),
    Column("system", "population_first", "Population-first", "0–1", "share of all stances"),
    Column("system", "population_first_programmes", "Population-first in programmes", "0–1", "share of stances there"),
    Column("system", "population_first_contracts", "Population-first in contracts", "0–1", "share of stances there"),
    Column("system", "orientation", "Weight on the population", "0–1", "mean over organisations"),
    Column("system", "pressure", "Accountability pressure", "value per participant", "mean over organisations"),
    Column("system", "co_ownership", "Co-ownership", "0–1", "mean over opened programmes"),
    Column("system", "plan_coverage", "Plan agreed", "0–1", "share of the value of opened programmes that is agreed"),
    Column("system", "people_reached", "People reached", "people", "by milestones met, counted per programme"),
    Column("system", "benefit", "Benefit delivered", "0–1", "share of the population's benefit on paper"),
    Column("outturns", "outturn", "Outturn", "£m", "an organisation's surplus or deficit of the financial year"),
    Column("agreements", "agreed", "Month agreed", "months from the start", "none if it never was"),
    Column("agreements", "by_order", "Agreed by order", "yes or no", "true if declared agreed by instruction"),
    Column("agreements", "outcome", "Outcome", "outcome class", "win/win, win/neutral or win/lose"),
    Column("agreements", "lead", "Lead", "organisation", "in arrays its index among the organisations"),
    Column("agreements", "realisation", "Realisation", "factor", "chance makes it worth more or less"),
    Column("agreements", "co_ownership", "Co-ownership", "0–1", "at agreement"),
    Column("agreements", "milestones_met", "Milestones met", "milestones", "by the last month"),
    Column("agreements", "worth", "Worth", "£m a year", "by the last month"),
    Column(
        "memberships", "months_on_table", "Months on the table", "months",
        "in which a programme awaited agreement, or a contract was managed",
    ),
    Column(
        "memberships", "months_institutional", "Months institutional", "months",
        "of these, in which the organisation asked the institutional question",
    ),
    Column("organisations", "orientation", "Weight on the population", "0–1", "at the end of the month"),
    Column("organisations", "efficiency", "Own efficiency", "£m a year", "savings of its own efficiency work"),
    Column("organisations", "pressure", "Accountability pressure", "value per participant", "as felt this month"),
    Column("organisations", "shortfall", "Shortfall", "tenths of income", "against its plan"),
    Column("organisations", "position", "Position", "£m this month", "surplus or deficit, costs included"),
    Column("organisations", "population_first", "Population-first", "0–1", "share of its stances this month"),
    Column("relationships", "trust", "Trust", "0–1", "at the end of the month"),
    Column("opportunities", "co_ownership", "Co-ownership", "0–1", "of a programme"),
    Column("opportunities", "population_first", "Population-first", "0–1", "share of its participants"),
    Column("opportunities", "milestones_met", "Milestones met", "milestones", "of a programme, so far"),
    Column("opportunities", "worth", "Worth", "£m a year", "of a programme, so far"),
    Column("opportunities", "behind", "Behind", "1 or 0", "of a programme in delivery, by its promised pace"),
    Column("opportunities", "contract_yield", "Contract yield", "£m this month", "saved in managing a contract"),
    Column(
        "opportunities", "cost_shifted", "Cost shifted", "£m this month",
        "in a contract, what the first of the two by id gains; below 0 the other gains",
    ),
)  # fmt: skip

KEYS: tuple[Column, ...] = (
    Column("", "design", "Design", "number", "the design of the batch; its own table says what it is"),
    Column("", "replicate", "Replicate", "number", "the replicate: which random draws"),
    Column("", "month", "Month", "months from the start", "counted from 0"),
    Column("", "year", "Year", "financial year", "such as 2016/17"),
    Column("", "part", "Part of a year", "yes or no", "true if the run covers only a part of the financial year"),
    Column("", "organisation", "Organisation", "id", "an organisation"),
    Column("", "opportunity", "Opportunity", "id", "a programme or a contract"),
    Column("", "trusting", "Trusting organisation", "id", "the organisation that trusts"),
    Column("", "trusted", "Trusted organisation", "id", "the organisation that is trusted"),
)
"""The columns that identify a row, in any table."""


HEADLINES = ("gap", "cumulative_position")
"""The columns of the table system whose last month is a design's headline."""

TABLES: tuple[str, ...] = tuple(dict.fromkeys(column.table for column in TABLE))
"""The names of the tables."""


def columns_of(table: str) -> tuple[Column, ...]:
    """Return a table's columns in order."""
    return tuple(column for column in TABLE if column.table == table)


_named: Any = namedtuple  # as any: mypy takes literal names only


def _indices(table: str) -> Any:
    names = [column.name for column in columns_of(table)]
    return _named(table, names)(*range(len(names)))


SYSTEM = _indices("system")
"""The index of each column of the table system; those of the other tables follow."""
AGREEMENTS = _indices("agreements")
MEMBERSHIPS = _indices("memberships")
ORGANISATIONS = _indices("organisations")
OPPORTUNITIES = _indices("opportunities")


def index_of(table: Any, name: str) -> int:
    """Return the index of a column, by its name.

    Args:
        table: `SYSTEM` or another table's indices.
        name: The column's name.

    Raises:
        ValueError: If the table has no such column.
    """
    check_name("column", name, table._fields)
    return int(getattr(table, name))


def in_order(table: Any, row: Mapping[str, Value]) -> list[Value]:
    """Return the values of a row, or of many rows, in the order of the table's columns.

    Args:
        table: `SYSTEM` or another table's indices.
        row: A value for each column, or a list of values, by its name.

    Raises:
        ValueError: If a column has no value, or there is no such column.
    """
    if row.keys() == set(table._fields):
        return [row[name] for name in table._fields]
    missing = [f"no value for {name}" for name in table._fields if name not in row]
    unknown = [f"no column {name}" for name in row if name not in table._fields]
    message = f"table {type(table).__name__}: {'; '.join(missing + unknown)}"
    raise ValueError(message)
