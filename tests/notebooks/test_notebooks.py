"""Every notebook runs from its first cell to its last, and what is kept in it was shown by a whole run."""

import re

import nbformat
import pytest

from simulation.model.rules.reflection import trust_after_events, trust_loss
from simulation.parameters import default_parameters
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
def test_a_reader_changes_a_number_and_does_an_exercise(path):
    cells = nbformat.read(path, as_version=4).cells
    for tag in ("change", "exercise"):
        (cell,) = [each for each in cells if tag in each.metadata.get("tags", [])]
        assert cell.cell_type == "code"
        assert re.search(r"# .*change th(is|ese)", cell.source)
    before = cells[cells.index(cell) - 1]
    assert re.search(r"^## Exercise: change this, guess, run$", before.source, flags=re.MULTILINE)


@pytest.mark.unit
@every_notebook
def test_a_lever_starts_in_a_month_and_an_assumption_is_changed(path):
    code = "\n".join(cell.source for cell in code_cells(path))
    assert re.search(r"with_levers\([^)]*=\([^)]*(start|next_month|half_way|\"\d{4}-\d{2}\")", code)
    assert re.search(r"with_parameters\(|loss_ratio=", code)


@pytest.mark.unit
@pytest.mark.parametrize(("name", "ratios"), [("01-first-month", (2, 3)), ("02-many-replicates", (2, 3))])
def test_what_a_bad_meeting_takes_against_a_good_one_is_what_the_rule_says(name, ratios):
    """Trust moves a part of the way to its end, so amounts depend on where it stands."""
    assumed = default_parameters()
    assert (assumed.loss_ratio, assumed.opening_trust, assumed.trust_rule) == (2, 0.4, 0)
    (path,) = [each for each in NOTEBOOKS if each.stem == name]
    text = "\n".join(each.source for each in nbformat.read(path, as_version=4).cells if each.cell_type == "markdown")
    for ratio in ratios:
        gain = assumed.trust_gain * assumed.meeting
        up = trust_after_events(0.4, gain, 0.0, False) - 0.4
        down = 0.4 - trust_after_events(0.4, 0.0, trust_loss(assumed.trust_gain, ratio) * assumed.meeting, False)
        assert f"{down / up:.2f} times" in text
    assert "as far as a good one" not in text
    assert "twice as fast" not in text


@pytest.mark.unit
@every_notebook
def test_a_chart_in_a_notebook_keeps_its_alternative_text(path):
    outputs = [output for cell in code_cells(path) for output in cell.outputs if "image/png" in output.get("data", {})]
    charts = [output for output in outputs if not output.data["text/plain"].startswith("<Figure")]
    assert all(output.metadata["image/png"]["alt"] in output.data["text/plain"] for output in charts)


@pytest.mark.unit
@every_notebook
def test_a_notebook_is_small_enough_to_be_kept(path):
    assert path.stat().st_size < 500_000


@pytest.mark.unit
@every_notebook
def test_what_a_notebook_shows_names_no_machine_and_no_moment(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/home/|/root/|/tmp/|[A-Z]:\\\\|\bat 0x[0-9a-f]{6}|it/s\b", text)


@pytest.mark.unit
def test_eight_notebooks_are_there_and_the_reader_finds_them():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{number:02d}" for number in range(1, 9)]
    listed = (NOTEBOOKS[0].parent / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert path.name in listed
