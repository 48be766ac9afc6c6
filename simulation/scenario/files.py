"""Read a scenario file of any kind as a tree of nodes with their locations: YAML, or a workbook."""

from pathlib import Path as FilePath

from simulation.extras import check_installed
from simulation.scenario.document import WORKBOOK, Node, read_document
from simulation.scenario.problems import Location, Problem

_OTHER_WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".fods", ".csv", ".numbers"})


def read_file(path: FilePath, file: str) -> tuple[Node | None, list[Problem]]:
    """Read a file; return its tree, or None if it cannot be read as one, and all problems found.

    Args:
        path: The file; a name that ends in .xlsx is that of a workbook.
        file: The name of the file in messages.

    Raises:
        MissingPackageError: If it is a workbook and openpyxl is not installed.
    """
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        check_installed("a workbook", "openpyxl")
        from simulation.scenario.workbook.reading import read_workbook

        return read_workbook(path, file)
    if suffix in _OTHER_WORKBOOKS:
        what = f"is of a kind ({suffix}) that is not read; save it in Excel or LibreOffice as Excel Workbook (.xlsx)"
        return None, [Problem(Location(file), "", what)]
    return read_document(path, file)
