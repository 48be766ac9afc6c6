"""Report entries that a workbook hides: what is read would be in no sheet that its user sees."""

from simulation.scenario.workbook.tables import Table

_MOST = 20
"""The most hidden rows and columns of a sheet that are reported."""


def report_hidden(table: Table) -> None:
    """Report a sheet that is hidden, or each hidden row and column, if entries in it would be read.

    Args:
        table: The sheet.
    """
    grid, columns = table.grid, {*table.columns.values(), *table.across}
    rows = {*table.rows, table.heading_row} if table.rows else {row for row, _ in grid.cells}
    read = sorted((row, column) for row, column in grid.cells if row in rows and column in columns)
    below = [(row, column) for row, column in read if row > table.heading_row]
    if grid.is_hidden and below:
        table.report(table.location(), "is hidden, and its entries would be read; show the sheet, or delete it")
        return
    hidden_rows = {row: (row, column) for row, column in reversed(read) if row in grid.hidden_rows}
    hidden_columns = {column: (row, column) for row, column in reversed(below) if grid.hides_column(column)}
    for kind, found in (("row", hidden_rows), ("column", hidden_columns)):
        for cell in sorted(found.values())[:_MOST]:
            what = f"is in a hidden {kind}, and would be read; show the {kind}, or delete it if it is not meant"
            table.report(table.location(*cell), what)
