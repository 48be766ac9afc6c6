"""The sheets whose rows have an id (organisations, programmes, contracts), and those that add to their entries."""

from collections.abc import Iterator
from math import fsum

from simulation.scenario.document import Node
from simulation.scenario.entries import OrganisationEntry, ProgrammeEntry
from simulation.scenario.fields import annotations_of, mapped_in
from simulation.scenario.problems import Location, column_letters, describe_given
from simulation.scenario.programmes import MOST_AS_SHARES, are_per_cent
from simulation.scenario.workbook.book import Book, empty_mapping, values_across
from simulation.scenario.workbook.columns import Sheet
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.names import make_id
from simulation.scenario.workbook.sheets import (
    ACTIVITY,
    CONTRACTS,
    ORGANISATIONS,
    PROGRAMMES,
    SAVING,
    SKILLS,
)
from simulation.scenario.workbook.tables import Table, is_note
from simulation.scenario.workbook.texts import row_names
from simulation.scenario.workbook.totals import is_total

WITH_IDS = {"organisations": ORGANISATIONS, "contracts": CONTRACTS, "programmes": PROGRAMMES}
"""The sheet of each section whose entries have ids."""

_UNKNOWN = "unknown organisation"
_VALUE = next(column for column in PROGRAMMES.columns if column.field == "value")


def read_entries(book: Book) -> dict[str, Node]:
    """Return the sections whose entries have ids, each as a mapping.

    Args:
        book: The workbook; its ids are set.
    """
    rows = {section: list(_find_ids(book, section, sheet)) for section, sheet in WITH_IDS.items()}
    sections = {}
    for section, sheet in WITH_IDS.items():
        table = book.table(sheet)
        sections[section] = empty_mapping(table.location() if table else Location(book.file, name=""))
        for row, name in rows[section]:
            _add_entry(book, sections[section], table, row, name)
    _add_skills(book, sections["organisations"], sections["programmes"])
    _add_savings(book, sections["programmes"])
    _report_without_saving(book, sections["programmes"])
    _add_activity(book, sections["programmes"])
    return sections


def _add_entry(book: Book, section: Node, table: Table | None, row: int, name: str) -> None:
    if table is None:
        return
    identified, *columns = table.sheet.columns
    if not name:  # a row with another's id counts, under an id that nobody may type
        name = f"row {row}"
        section.value[name] = Node("mapping", {}, table.at(row, identified.heading), flagged=True)
        section.keys[name] = section.value[name].location
        section.flagged_keys.add(name)
        return
    section.keys[name] = table.at(row, identified.heading, name)
    section.value[name] = empty_mapping(section.keys[name]._replace(name=name))
    book.fill(section.value[name], table, row, name, columns)


def _find_ids(book: Book, section: str, sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield each row with an entry and its id, made from its name if it is left out; empty if another row has it."""
    table = book.table(sheet)
    if table is None:
        book.names.doubt(section)
        return
    if sheet.columns[0].heading not in table.columns and not table.is_sure:
        book.names.doubt(section)
    seen: dict[str, int] = {}
    identified, named = sheet.columns[0], next(each for each in sheet.columns if each.field in {"name", "title"})
    for row in table.rows:
        typed, titled = table.cell(row, identified.heading), table.cell(row, named.heading)
        title = str(titled.value) if titled is not None and titled.kind == "text" else None
        name = table.key(row, identified) if typed is not None else make_id(title or "")
        location = table.at(row, identified.heading)
        if not name:
            if typed is None and (identified.heading in table.columns or table.is_sure):
                table.report(location, f"is missing: give an id, or a {named.heading.lower()} to make it from")
            continue
        if name in seen:
            made = "" if typed is not None else f" (made from the {named.heading.lower()})"
            what = f"is the id{made} of row {seen[name]} too; give each its own"
            table.report(location, what, describe_given(name))
            book.names.doubt(section)
            yield row, ""
            continue
        seen[name] = row
        book.names.add(section, name, title)
        yield row, name


def _rows_of(book: Book, table: Table, section: str, entries: Node) -> Iterator[tuple[int, str]]:
    """Yield each row of a sheet that names an entry of another sheet, and its id; other rows are reported."""
    first = table.sheet.columns[0]
    for row in table.rows:
        node = table.node(row, first)
        if node is None:
            what = f"is missing: the {first.heading.lower()} that this row is of"
            table.report(table.at(row, first.heading), what)
        elif not node.flagged:
            found = book.refer(node, (section,))
            if found.value in entries.value:
                yield row, found.value


def _add_skills(book: Book, organisations: Node, programmes: Node) -> None:
    table = book.table(SKILLS)
    if table is None:
        return
    annotation = mapped_in(annotations_of(OrganisationEntry)["skills"])[1]
    needed = {entry.value["domain"].value for entry in programmes.value.values() if "domain" in entry.value}
    table.drop_across(lambda domain: is_note(domain) and domain not in needed)
    for row, name in _once(table, _rows_of(book, table, "organisations", organisations)):
        skills = empty_mapping(table.location(row, 1, name))
        for column, domain, node in values_across(table, row, name, annotation):
            skills.keys[domain] = table.location(table.heading_row, column, domain)
            book.put(skills, domain, node, (table.sheet.name, name, domain))
        if skills.value:
            organisations.value[name].value["skills"] = skills
            organisations.value[name].keys["skills"] = skills.location


def _once(table: Table, rows: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the rows whose id comes for the first time; report the others."""
    seen: dict[str, int] = {}
    for row, name in rows:
        if name in seen:
            heading = table.sheet.columns[0].heading
            table.report(table.at(row, heading), f"is in row {seen[name]} too; remove one of the two rows", name)
        else:
            seen[name] = row
            yield row, name


def _add_savings(book: Book, programmes: Node) -> None:
    table = book.table(SAVING)
    if table is None:
        return
    ends = dict(_organisations_across(book, table))
    table.drop_across(lambda heading: (is_note(heading) or is_total(heading)) and heading not in ends.values())
    annotations = {form: mapped_in(annotations_of(ProgrammeEntry)[form])[1] for form in ("shares", "saves")}
    for row, name in _once(table, _rows_of(book, table, "programmes", programmes)):
        entry = programmes.value[name]
        form = "shares" if "value" in entry.value else "saves"
        saving = empty_mapping(table.at(row, table.sheet.columns[0].heading)._replace(name=name))
        # Without the value, the numbers may be either.
        saving.flagged = "value" in entry.value and entry.value["value"].flagged
        unknown = table.across.keys() - ends.keys()
        saving.flagged |= any((row, column) in table.grid.cells for column in unknown)
        for column, _, node in values_across(table, row, name, annotations[form]):
            if column in ends:
                book.put(saving, ends[column], node, (table.sheet.name, name, ends[column]))
        if form == "shares" and not saving.flagged:
            _check_shares(book, entry, saving)
        if saving.value or saving.flagged:
            entry.value[form] = saving
            entry.keys[form] = saving.location


def _check_shares(book: Book, entry: Node, saving: Node) -> None:
    """Report amounts of money that are typed where the value of a programme asks for shares of it."""
    numbers = [node.value for node in saving.value.values() if isinstance(node.value, int | float)]
    together = fsum(numbers)
    if together <= MOST_AS_SHARES or are_per_cent({"shares": dict(enumerate(numbers))}):
        return
    value = entry.value["value"].location
    cell = f"{PROGRAMMES.name}!{column_letters(value.column or 1)}{value.line}"
    what = f"shares must add up to 1; if these are £m a year, clear {cell}"
    book.report(saving.location, what, f"they add up to {round(together, 6):g}")
    saving.flagged = True


def _report_without_saving(book: Book, programmes: Node) -> None:
    """Report each programme for which the sheet of savings has no number."""
    for name, entry in programmes.value.items():
        if entry.flagged or "saves" in entry.value or "shares" in entry.value:
            continue
        form = "shares" if "value" in entry.value else "saves"
        location = entry.location._replace(name=name)
        if book.whole and book.table(SAVING) is not None:
            has = "its value has no shares" if form == "shares" else "has no saving"
            book.report(location, f"{has}; fill in its row of the sheet {SAVING.name}")
        entry.value[form] = Node("mapping", {}, location, flagged=True)


def _organisations_across(book: Book, table: Table) -> Iterator[tuple[int, str]]:
    """Yield the columns under the headings that name an organisation, with its id; report the others."""
    seen: dict[str, int] = {}
    for column, heading in table.across.items():
        found, what, suggestion = book.names.find(heading, ("organisations",))
        location = table.location(table.heading_row, column, heading)
        if found is None:
            has_entries = any((row, column) in table.grid.cells for row in table.rows)
            if has_entries and is_total(heading):
                table.report(
                    location, "a total does not belong here; delete the column, or begin its heading with Note"
                )
                book.unknown_headings.add((table.sheet.name, plain(heading)))
            elif has_entries and book.whole and book.names.is_sure("organisations") and not is_note(heading):
                add = f"; correct it, or add it to the sheet {ORGANISATIONS.name}" if what == _UNKNOWN else ""
                table.report(location, f"{what}{add}", None, suggestion)
                book.unknown_headings.add((table.sheet.name, plain(heading)))
        elif found in seen:
            table.report(location, f"{found} has another column too; remove one of the two")
        else:
            seen[found] = column
            yield column, found


def _add_activity(book: Book, programmes: Node) -> None:
    table = book.table(ACTIVITY)
    if table is None:
        return
    rows = list(_rows_of(book, table, "programmes", programmes))
    for (row, name), label in zip(rows, row_names(name for _, name in rows), strict=True):
        entry = programmes.value[name]
        move = empty_mapping(table.at(row, table.sheet.columns[0].heading)._replace(name=label))
        book.fill(move, table, row, label, table.sheet.columns[1:])
        activity = entry.value.setdefault("activity", Node("list", [], move.location))
        activity.value.append(move)
