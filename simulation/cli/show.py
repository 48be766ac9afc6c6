"""Show a place in tables, with the evidence behind its numbers."""

from collections.abc import Iterable
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._console import BAD_INPUT, open_console
from simulation.cli._scenarios import load_with_warnings
from simulation.formatting import as_written, counted, percent, without_joiners
from simulation.limits import MOST_POINTS
from simulation.vocabulary import Payment

if TYPE_CHECKING:
    from rich.table import Table

    from simulation.scenario.entries import ActivityEntry
    from simulation.scenario.schema import Scenario

_RISK = {Payment.TARIFF: "commissioner", Payment.BLOCK: "provider", Payment.SHARED: "both"}
"""The side that carries the risk that activity differs from plan."""

_RANGE = ["value", "range", "unit"]


def show(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file.")],
    register: Annotated[bool, typer.Option(help="List every number with its status and source.")] = True,
    what_matters: Annotated[
        bool, typer.Option("--what-matters", help="Show instead what each assumed number is worth to the verdict.")
    ] = False,
    points: Annotated[
        int | None,
        typer.Option(min=2, max=MOST_POINTS, help="Sets of assumed numbers for --what-matters (1024 if left out)."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**64 - 1, help="Random seed for --what-matters (1 if left out).")
    ] = None,
) -> None:
    """Show a scenario in tables, and the source of every number.

    The register lists every number of the scenario and every parameter, assumed numbers first; numbers that are left at
    their default stand beside them, one line for each kind. With --what-matters, the
    place is simulated with its levers and without while all assumed numbers vary, and they are listed by their worth.
    """
    for option, value in (("--points", points), ("--seed", seed)):
        if value is not None and not what_matters:
            raise typer.BadParameter("needs --what-matters", param_hint=option)
    place = load_with_warnings(scenario, left_out=True)
    if what_matters:
        _show_what_matters(scenario, place, points, 1 if seed is None else seed)
        return
    console = open_console()
    console.print(_heading(place), soft_wrap=not console.is_terminal)
    tables = [
        _organisations(place),
        _contracts(place),
        _programmes(place),
        _kept(place),
        _levers(place),
        _events(place),
    ]
    for table in [*tables, *([_register(place)] if register else [])]:
        if table.row_count:
            console.print()
            console.print(table)


def _show_what_matters(file: str, place: "Scenario", points: int | None, seed: int) -> None:
    """Find out what each assumed number is worth, and print it."""
    from simulation.cli import _what_matters as words
    from simulation.cli._progress import show_progress
    from simulation.execution.memory_needed import check_what_matters
    from simulation.execution.what_matters import POINTS, count_replicates, find_what_matters
    from simulation.scenario.loading import find_cells_left_empty, find_locations

    points = points or POINTS
    try:
        check_what_matters(place, points)
        with show_progress(Path(file).stem, count_replicates(place, points)) as progress:
            found = find_what_matters(place, points=points, seed=seed, progress=progress)
    except ValueError as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    numbers = [each.number for each in found.numbers]
    paths = [each.path for each in numbers]
    located = zip(numbers, find_locations(file, paths), find_cells_left_empty(file, paths), strict=True)
    locations = {each.where: location or empty or each.where for each, location, empty in located}
    worth = ["status", "worth a year", "95% interval", ""]
    own, assumed = (
        _table(title, ["number", *columns, *worth], rows, numbers=())
        for title, columns, rows in (
            ("The place's own numbers, by worth", ["in the file", *_RANGE], words.own_rows(place, found, locations)),
            ("The model's assumptions, by worth", ["in files", *_RANGE], words.parameter_rows(found)),
        )
    )
    console = open_console()
    for part in ("\n".join(words.finding(place, found, locations)), own, assumed, "\n".join(words.notes(place, found))):
        console.print(without_joiners(part) if isinstance(part, str) else part, soft_wrap=not console.is_terminal)
        console.print()


def _heading(place: "Scenario") -> str:
    from simulation.scenario.months import month_name, month_number

    last = month_name(month_number(place.start) + place.months - 1)
    path = ", ".join(f"{month} {_number(amount)}" for month, amount in sorted(place.do_nothing.items()))
    lines = [
        place.title,
        *([place.description.strip()] if place.description else []),
        "",
        f"{place.start} to {last}, {counted(place.months, 'month')}; {place.population:,} people",
        f"gap before any savings, £m a year: {path}{place.shocks_words}",
    ]
    return "\n".join(lines)


def _organisations(place: "Scenario") -> "Table":

    parts = place.deficit_shares()
    columns = ["organisation", "name", "role", "sector", "income £m", "part of the gap", "own savings £m"]
    rows = [
        (
            name,
            entry.name or "",
            entry.role,
            entry.sector or entry.role,
            _number(entry.income),
            percent(parts[name]),
            _number(entry.efficiency_pool),
        )
        for name, entry in place.organisations.items()
    ]
    return _table("Organisations", columns, rows, numbers=range(4, 7))


def _contracts(place: "Scenario") -> "Table":
    columns = ["contract", "title", "commissioner", "provider", "amount, £m a year", "payment", "risk with"]
    rows = [
        (
            name,
            entry.title or "",
            entry.commissioner,
            entry.provider,
            _number(entry.amount),
            place.payment_of(name),
            _RISK[place.payment_of(name)],
        )
        for name, entry in place.contracts.items()
    ]
    return _table("Contracts", columns, rows, numbers=[4])


def _programmes(place: "Scenario") -> "Table":
    columns = [
        "programme",
        "title",
        "£m a year",
        "from",
        "field of skill",
        "milestones",
        "activity that moves, £m a year",
    ]
    rows = [
        (
            name,
            entry.title or "",
            _number(entry.paper_value),
            entry.from_ or place.start,
            entry.domain or "",
            str(entry.milestones),
            ", ".join(f"{_ends(move)} {_number(move.income)}" for move in entry.activity),
        )
        for name, entry in place.programmes.items()
    ]
    return _table("Programmes", columns, rows, numbers=[2, 5])


def _ends(move: "ActivityEntry") -> str:
    if move.from_ is None or move.to is None:
        return f"from {move.from_}" if move.to is None else f"to {move.to}"
    return f"{move.from_} to {move.to}"


def _kept(place: "Scenario") -> "Table":
    """Return what each participant of each programme saves in cost and has after payment, and their sums.

    Without any lever; in the order of the file.
    """
    import numpy as np

    from simulation.model.payments import find_transfers, shares_by_month
    from simulation.results.axes import axes_of

    axes = axes_of(place)
    shares = shares_by_month(axes, find_transfers(axes), np.zeros((1, len(axes.opportunities)))).share[0]
    part = dict(zip(axes.memberships, shares.tolist(), strict=True))
    lines: list[tuple[str, str, float, float]] = []
    for name, programme in place.programmes.items():
        value, of_cost = programme.paper_value, programme.cost_shares()
        there = [each for each in place.organisations if (name, each) in part]
        lines += [(name, each, value * of_cost[each], value * part[name, each]) for each in there]
    for organisation in place.organisations:
        own = [line for line in lines if line[1] == organisation]
        if own and len(place.programmes) > 1:
            lines.append(("all programmes", organisation, fsum(line[2] for line in own), fsum(line[3] for line in own)))
    rows = [(name, each, *map(_money, (saving, kept - saving, kept))) for name, each, saving, kept in lines]
    columns = ["programme", "organisation", "saves in cost", "receives", "has after payment"]
    return _table(
        "What each saves in cost and has after payment, £m a year on paper, without levers",
        columns,
        rows,
        numbers=range(2, 5),
    )


def _levers(place: "Scenario") -> "Table":
    to_full, cost = "months to full strength", "cost at full strength, £m a year"
    columns = ["lever", "name", "strength", "from", "until", to_full, cost, "acts on"]
    rows = [
        (
            lever,
            lever.label,
            _number(setting.strength),
            setting.from_ or place.start,
            setting.until or "",
            str(setting.ramp),
            _number(setting.cost),
            ", ".join(setting.only or ()) or f"all {lever.scope.plural}",
        )
        for lever, settings in place.levers.items()
        for setting in settings
    ]
    return _table("Levers", columns, rows, numbers=[2, 5, 6])


def _events(place: "Scenario") -> "Table":
    columns = ["event", "organisation", "month or from", "until", "size or stance"]
    rows = []
    for event in place.events:
        said: dict[str, Any] = event.model_dump(mode="python", by_alias=True)
        when = said.get("month") or said.get("from") or place.start
        size = said.get("size", said.get("stance", ""))
        written = size if isinstance(size, str) else _number(size)
        whom = said.get("organisation") or ", ".join(said.get("only") or ())
        rows.append((event.event, whom, when, said.get("until") or "", written))
    return _table("Events", columns, rows)


def _register(place: "Scenario") -> "Table":
    from simulation.scenario.defaults import kinds_at_default, numbers_at_default
    from simulation.scenario.register import assumptions_register

    given = assumptions_register(place)
    typed = sum(row.status == "assumed" and not row.where.startswith("parameters.") for row in given)
    rows = [(row.where, _value(row.value), row.unit, row.status, row.source) for row in given]
    rows[typed:typed] = [
        (kind.words, _value(kind.value), kind.unit, "default", kind.source)
        for kind in kinds_at_default(numbers_at_default(place))
    ]
    columns = ["number", "value", "unit", "status", "source"]
    return _table("Status and source of every number, assumed numbers and defaults first", columns, rows, numbers=[1])


def _table(
    title: str, columns: list[str], rows: Iterable[Iterable[str | None]], numbers: Iterable[int] = ()
) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    right = set(numbers)
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(without_joiners(cell or "") for cell in row))
    return table


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(number: float | dict[str, Any]) -> str:
    """Write a number, which may come with its evidence."""
    return without_joiners(as_written(number["value"] if isinstance(number, dict) else number))


def _money(amount: float) -> str:
    """Write an amount to the nearest £1,000, as it is worked out and not as a file gives it."""
    return without_joiners(as_written(round(amount, 3) + 0.0))
