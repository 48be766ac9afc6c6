"""The sheets whose rows are a list: the gap by month, levers, relationships, events, assumptions and outturns."""

from collections.abc import Iterator

from simulation.known_names import closest
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.document import Node
from simulation.scenario.entries import OutturnsEntry, ParameterOverrides
from simulation.scenario.fields import annotations_of, mapped_in, models_in, written_names
from simulation.scenario.months import month_of_date
from simulation.scenario.problems import Location, describe_given
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.book import Book, empty_mapping, values_across
from simulation.scenario.workbook.cells import as_text, given_in, match_word, words_of
from simulation.scenario.workbook.sheets import ASSUMPTIONS, EVENTS, GAP, LEVERS, OUTTURNS, RELATIONSHIPS
from simulation.scenario.workbook.tables import Table, is_note
from simulation.scenario.workbook.texts import row_names

LEVER_NAMES = {str(lever): lever.label for lever in Lever}
"""The label of each lever, by its name in files."""

PARAMETER_NAMES = {row.name: row.label for row in TABLE}
"""The label of each parameter, by its name in files."""


def read_gap(book: Book) -> dict[str, Node]:
    """Return the dated paths, each as a mapping by month, without those that have no entry."""
    table = book.table(GAP)
    if table is None:
        return {}
    month_column, *columns = GAP.columns
    paths = {column.field: empty_mapping(table.heading(column.heading)) for column in columns}
    seen: dict[str, int] = {}
    for row in table.rows:
        month, location = _month_in(table, row), table.at(row, month_column.heading)
        if month is None:
            continue
        if month in seen:
            table.report(location, f"is the month of row {seen[month]} too; make one row of the two", month)
            continue
        seen[month] = row
        for column in columns:
            node = table.node(row, column, month)
            if node is not None and column.heading in table.columns:
                book.put(paths[column.field], month, node, (GAP.name, month, column.heading))
                paths[column.field].keys[month] = location
    for column in columns:
        if column.heading not in table.columns:
            paths[column.field].flagged = not table.is_sure
    return {name: path for name, path in paths.items() if path.value or path.flagged}


def _month_in(table: Table, row: int) -> str | None:
    """Return the month of a row of the gap; a financial year stands for its middle."""
    node = table.node(row, GAP.columns[0])
    if node is None:
        table.report(table.at(row, GAP.columns[0].heading), "is missing: the month of the amounts in this row")
        return None
    return None if node.flagged else middle_of_year(str(node.value))


def middle_of_year(text: str) -> str:
    """Return the month in the middle of a financial year, such as 2026-10 for 2026/27; any other text as it is."""
    try:
        return month_of_date(text)
    except ValueError:
        return text


def read_levers(book: Book) -> Node | None:
    """Return the levers in use, each with a setting or a list of settings; None if there are none."""
    table = book.table(LEVERS)
    if table is None or not table.rows:
        return None
    levers = empty_mapping(table.location())
    rows = list(_words_in(book, table, LEVER_NAMES, "lever"))
    for (row, lever), label in zip(rows, row_names(lever for _, lever in rows), strict=True):
        location = table.at(row, LEVERS.columns[0].heading, label)
        setting = empty_mapping(location._replace(name=label))
        book.fill(setting, table, row, label, LEVERS.columns[1:])
        first = levers.value.get(lever)
        if first is None:
            levers.value[lever], levers.keys[lever] = setting, location
        elif first.kind == "list":
            first.value.append(setting)
        else:
            levers.value[lever] = Node("list", [first, setting], first.location)
    return levers


def read_parameters(book: Book) -> Node | None:
    """Return the assumptions that differ from their defaults; None if there are none."""
    table = book.table(ASSUMPTIONS)
    if table is None or not table.rows:
        return None
    parameters = empty_mapping(table.location())
    annotations = annotations_of(ParameterOverrides)
    _, column = ASSUMPTIONS.columns
    for row, name in _words_in(book, table, PARAMETER_NAMES, "assumption"):
        location = table.at(row, column.heading, name)
        if name in parameters.value:
            table.report(table.at(row, ASSUMPTIONS.columns[0].heading, name), "is given twice; remove one of the rows")
            continue
        node = table.node(row, column._replace(holds=annotations[name]), name)
        if node is None:
            table.report(location, "is missing; give a value, or remove the row")
            node = Node("scalar", None, location, flagged=True)
        book.put(parameters, name, node, (ASSUMPTIONS.name, name, column.heading))
    return parameters


def _words_in(book: Book, table: Table, names: dict[str, str], kind: str) -> Iterator[tuple[int, str]]:
    """Yield each row and the word of a list that its first column names, by name or label; report others."""
    heading = table.sheet.columns[0].heading
    for row in table.rows:
        node = table.node(row, table.sheet.columns[0])
        if node is None:
            table.report(table.at(row, heading), f"is missing: the {kind} that this row is of")
        elif not node.flagged:
            word = match_word(str(node.value), names.items())
            if word is not None:
                yield row, word
                continue
            candidates = [*names, *names.values()]
            suggestion = closest(node.value, candidates)
            book.report(table.at(row, heading), f"unknown {kind}", describe_given(node.value), suggestion)


def read_relationships(book: Book) -> Node | None:
    """Return opening trust that differs from the assumption; None if there is none."""
    table = book.table(RELATIONSHIPS)
    if table is None or not table.rows:
        return None
    first = RELATIONSHIPS.columns[0]
    named = [_name_of(book, table, row) for row in table.rows]
    overrides = []
    for row, label in zip(table.rows, row_names(named), strict=True):
        override = empty_mapping(table.at(row, first.heading)._replace(name=label))
        book.fill(override, table, row, label, RELATIONSHIPS.columns)
        overrides.append(override)
    relationships = empty_mapping(table.location())
    relationships.value["overrides"] = Node("list", overrides, table.location())
    relationships.keys["overrides"] = table.location()
    return relationships


def _name_of(book: Book, table: Table, row: int) -> str:
    """Return the id in the first column of a row; the text as it is typed if it is none."""
    cell = table.cell(row, table.sheet.columns[0].heading)
    text = "" if cell is None else as_text(cell)
    return book.names.find(text, ("organisations",))[0] or text


def read_events(book: Book) -> Node | None:
    """Return the events as a list; None if there are none."""
    table = book.table(EVENTS)
    if table is None or not table.rows:
        return None
    kind_column, *columns = EVENTS.columns
    kinds = [table.node(row, kind_column) for row in table.rows]
    labels = row_names("" if kind is None else str(kind.value) for kind in kinds)
    fields = _fields_of_events()
    events = []
    for row, kind, label in zip(table.rows, kinds, labels, strict=True):
        event = empty_mapping(table.at(row, kind_column.heading, label))
        event.keys["event"] = event.location
        if kind is not None:
            event.value["event"] = kind
        word = str(kind.value) if kind is not None else ""
        has = [column for column in columns if column.field in fields.get(word, (column.field,))]
        book.fill(event, table, row, label, has)
        for column in columns:
            cell = table.cell(row, column.heading)
            if column not in has and cell is not None:
                book.report(table.at(row, column.heading, label), f"a {word} has none; clear this cell", given_in(cell))
        events.append(event)
    return Node("list", events, table.location())


def _fields_of_events() -> dict[str, list[str]]:
    """Return the fields of each kind of event, by its name."""
    return {
        next(iter(words_of(annotations_of(model)["event"]))): written_names(model)
        for model in models_in(annotations_of(Scenario)["events"])
    }


def read_outturns(book: Book) -> Node | None:
    """Return the outturns as reported, as a list; None if there are none."""
    table = book.table(OUTTURNS)
    if table is None or not table.rows:
        return None
    annotation = mapped_in(annotations_of(OutturnsEntry)["by_year"])[1]
    outturns = []
    table.drop_across(is_note)
    for row, label in zip(table.rows, row_names(map(_title_of, [table] * len(table.rows), table.rows)), strict=True):
        outturn = empty_mapping(table.location(row, 1, label))
        book.fill(outturn, table, row, label, OUTTURNS.columns)
        years = empty_mapping(table.location(row, 1, label))
        for column, year, node in values_across(table, row, label, annotation):
            book.put(years, year, node, (OUTTURNS.name, label, year))
            years.keys[year] = table.location(table.heading_row, column, year)
        outturn.value["by_year"], outturn.keys["by_year"] = years, years.location
        outturns.append(outturn)
    return Node("list", outturns, table.location())


def _title_of(table: Table, row: int) -> str:
    """Return the title of a row of outturns; its organisations if it has none."""
    cells = [table.cell(row, column.heading) for column in table.sheet.columns]
    return next((as_text(cell) for cell in cells if cell is not None), "")


def top_locations(book: Book) -> dict[str, Location]:
    """Return the location of each dated path's heading, for a path that is missing."""
    table = book.table(GAP)
    return {column.field: table.heading(column.heading) for column in GAP.columns[1:]} if table is not None else {}
