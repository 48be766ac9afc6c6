"""Read a workbook as the tree that a YAML file of the same place gives, with the location of each cell."""

from collections.abc import Iterator
from pathlib import Path as FilePath

from simulation.known_names import closest
from simulation.scenario.document import Node, read_bytes
from simulation.scenario.problems import Location, Problem
from simulation.scenario.problems import Sheet as SheetPosition
from simulation.scenario.workbook.book import Book
from simulation.scenario.workbook.cells import as_text
from simulation.scenario.workbook.columns import Sheet
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.entries_in_lists import (
    read_events,
    read_gap,
    read_levers,
    read_outturns,
    read_parameters,
    read_relationships,
    top_locations,
)
from simulation.scenario.workbook.entries_with_ids import read_entries
from simulation.scenario.workbook.grids import Grid, read_grids
from simulation.scenario.workbook.hidden import report_hidden
from simulation.scenario.workbook.observed_trust import read_trust
from simulation.scenario.workbook.opening import Package, UnreadableError
from simulation.scenario.workbook.sheets import (
    ACTIVITY,
    GAP,
    ORGANISATIONS,
    PLACE,
    PROGRAMMES,
    SAVING,
    SHEETS,
    WITHOUT_ENTRIES,
)
from simulation.scenario.workbook.sources import read_sources
from simulation.scenario.workbook.tables import PLACE_COLUMN, build_place_table, build_table, is_note
from simulation.scenario.workbook.totals import drop_totals

_NEEDED = (PLACE, GAP, ORGANISATIONS)
_SMALLER = "remove pictures, and the sheets that are not needed"
_ALWAYS = frozenset({"organisations"})
"""Sections whose absence is reported as too few entries."""


def read_workbook(path: FilePath, file: str) -> tuple[Node | None, list[Problem]]:
    """Read a workbook; return its tree, or None if it cannot be read as one, and all problems found.

    Args:
        path: The file.
        file: The name of the file in messages.
    """
    content, problems = read_bytes(path, file, _SMALLER)
    if content is None:
        return None, problems
    try:
        grids = read_grids(Package(content))
    except UnreadableError as error:
        return None, [Problem(_location_of(file, error.sheet), "", str(error))]
    book = _open_book(grids, file, problems)
    return (None, problems) if book is None else (_read_tree(book), problems)


def _location_of(file: str, sheet: str | None) -> Location:
    return Location(file) if sheet is None else Location(file, sheet=SheetPosition(0, sheet))


def _open_book(grids: list[Grid], file: str, problems: list[Problem]) -> Book | None:
    """Return the workbook with its tables; None if it is no place's workbook."""
    by_name = _sheets_by_name(grids, file, problems)
    found = {sheet.name: by_name[plain(sheet.name)] for sheet in SHEETS if plain(sheet.name) in by_name}
    if not found:
        names = ", ".join(sheet.name for sheet in _NEEDED)
        what = f"has none of the sheets of a place ({names} and so on); `trustsim new NAME --xlsx` writes them"
        problems.append(Problem(Location(file), "", what))
        return None
    missing = [sheet.name for sheet in SHEETS if sheet.name not in found]
    known = {plain(name) for name in (*found, *WITHOUT_ENTRIES)}
    unknown = [
        (number, grid)
        for number, grid in enumerate(grids, start=len(SHEETS) + 1)
        if plain(grid.name) not in known and grid.cells and not is_note(grid.name)
    ]
    for number, grid in unknown:
        location = Location(file, sheet=SheetPosition(number, grid.name))
        what = "unknown sheet; correct its name, or begin it with Note if it is not to be read"
        problems.append(Problem(location, "", what, None, closest(grid.name, missing) or _named_in(grid.name, missing)))
    tables = {}
    for sheet in SHEETS:
        if sheet.name in found:
            build = build_place_table if sheet is PLACE else build_table
            tables[sheet.name] = build(sheet, file, found[sheet.name], problems)
    drop_totals(tables)
    for table in tables.values():
        report_hidden(table)
    book = Book(file, tables, problems, whole=not unknown or not missing)
    if book.whole:
        for sheet in _needed(book):
            if sheet.name in missing:
                problems.append(Problem(Location(file), "", f"has no sheet {sheet.name}; add it"))
    return book


def _needed(book: Book) -> Iterator[Sheet]:
    """Yield the sheets without which a workbook says too little: those of every place, and those of programmes."""
    yield from _NEEDED
    used = {
        sheet for sheet in (PROGRAMMES, SAVING, ACTIVITY) if (table := book.table(sheet)) is not None and table.rows
    }
    if used & {SAVING, ACTIVITY}:
        yield PROGRAMMES
    if PROGRAMMES in used:
        yield SAVING


def _sheets_by_name(grids: list[Grid], file: str, problems: list[Problem]) -> dict[str, Grid]:
    """Return sheets by their names as they are compared; a second one of the same name is reported."""
    by_name: dict[str, Grid] = {}
    for number, grid in enumerate(grids, start=len(SHEETS) + 1):
        first = by_name.setdefault(plain(grid.name), grid)
        if first is not grid and grid.cells:
            location = Location(file, sheet=SheetPosition(number, grid.name))
            what = f"has the name of another sheet ({first.name}) but for spaces or capitals; rename or remove one"
            problems.append(Problem(location, "", what))
    return by_name


def _named_in(name: str, missing: list[str]) -> str | None:
    """Return the missing sheet whose name is part of another one, such as Gap of *The gap*; None unless it is one."""
    found = [sheet for sheet in missing if f" {plain(sheet)} " in f" {plain(name)} "]
    return found[0] if len(found) == 1 else None


def _read_tree(book: Book) -> Node:
    """Return the tree of a place."""
    tree = Node("mapping", {}, Location(book.file, name=""), top_locations(book))
    _read_place(book, tree)
    sections = read_entries(book)
    paths = read_gap(book)
    observed = {"gap": paths.pop("observed.gap", None), "outturns": read_outturns(book), "trust": read_trust(book)}
    parts: dict[str, Node | None] = {
        **paths,
        **{name: node for name, node in sections.items() if node.value or name in _ALWAYS},
        "relationships": read_relationships(book),
        "levers": read_levers(book),
        "events": read_events(book),
        "parameters": read_parameters(book),
        "observed": _observed(book, observed),
    }
    for name, node in parts.items():
        if node is not None:
            tree.value[name] = node
            tree.keys[name] = node.location
    for name, node in sections.items():
        tree.keys.setdefault(name, node.location)
    read_sources(book)
    _flag_missing_sheets(book, tree)
    return tree


def _observed(book: Book, observed: dict[str, Node | None]) -> Node | None:
    parts = {name: node for name, node in observed.items() if node is not None}
    if not parts:
        return None
    return Node("mapping", parts, Location(book.file, name=""), {name: node.location for name, node in parts.items()})


def _read_place(book: Book, tree: Node) -> None:
    """Put the items of the sheet *Place* into the tree."""
    table = book.table(PLACE)
    if table is None:
        return
    items = {plain(column.heading): column for column in PLACE.columns}
    rows: dict[str, int] = {}
    for row, text in sorted((row, as_text(cell)) for (row, column), cell in table.grid.cells.items() if column == 1):
        column = items.get(plain(text))
        has_value = (row, 2) in table.grid.cells
        if column is None:
            if has_value and row > 2 and plain(text) != "item" and not is_note(text):
                location = table.location(row, 1, text)
                known = [item.heading for item in PLACE.columns]
                table.report(location, "unknown item; correct it, or begin it with Note", None, closest(text, known))
                table.is_sure = False
        elif column.heading in rows:
            what = f"is in row {rows[column.heading]} too; remove one of the two"
            table.report(table.location(row, 1, column.heading), what)
        else:
            rows[column.heading] = row
    for column in PLACE.columns:
        row_of = rows.get(column.heading)
        location = table.location(row_of, 2 if row_of else None, column.heading)
        tree.keys[column.field] = location
        node = table.node_at(location, column.annotation) if row_of else None
        if node is not None:
            book.put(tree, column.field, node, (PLACE.name, column.heading, PLACE_COLUMN))
        elif row_of is None and not table.is_sure:
            tree.value[column.field] = Node("scalar", None, location, flagged=True)


def _flag_missing_sheets(book: Book, tree: Node) -> None:
    """Take what stands on a missing sheet for reported: the sheet is, once."""
    fields = {PLACE.name: [column.field for column in PLACE.columns], GAP.name: ["do_nothing"]}
    for name in fields.keys() - book.tables.keys():
        for field in fields[name]:
            tree.value.setdefault(field, Node("scalar", None, tree.location, flagged=True))
    if ORGANISATIONS.name not in book.tables:
        tree.value["organisations"].flagged = True
    if not book.whole:
        for section in ("programmes", "contracts"):
            tree.value.setdefault(section, Node("mapping", {}, tree.location, flagged=True))
