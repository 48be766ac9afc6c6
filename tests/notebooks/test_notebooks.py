"""Every notebook runs from its first cell to its last, and what is kept in it was shown by a whole run."""

import re

import nbformat
import pytest

from tests.notebooks.execute import NOTEBOOKS, execute

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.e2e
@every_notebook
def test_a_notebook_runs_on_few_replicates(path):
    shown = execute(path, replicates=8)
    assert not [output for cell in shown.cells for output in cell.get("outputs", []) if output.output_type == "error"]


@pytest.mark.unit
@every_notebook
def test_a_notebook_was_kept_after_a_whole_run_from_the_top(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert any("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)


@pytest.mark.unit
@every_notebook
def test_what_a_notebook_shows_names_no_machine_and_no_moment(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/home/|/root/|/tmp/|[A-Z]:\\\\|\bat 0x[0-9a-f]{6}|it/s\b", text)


@pytest.mark.unit
def test_six_notebooks_are_there_and_the_reader_finds_them():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{number:02d}" for number in range(1, 7)]
    listed = (NOTEBOOKS[0].parent / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert path.name in listed
