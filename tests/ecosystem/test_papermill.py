"""papermill: run a notebook with another number of replicates, and keep what it shows."""

import nbformat
import pytest

from tests.ecosystem.tools import ROOT, tool

pytestmark = pytest.mark.e2e


def test_a_notebook_runs_with_parameters(tmp_path):
    papermill = tool("papermill")
    source = ROOT / "notebooks/02-many-replicates.ipynb"
    assert "REPLICATES" in papermill.inspect_notebook(source)
    papermill.execute_notebook(
        source, tmp_path / "run.ipynb", parameters={"REPLICATES": 8}, cwd=source.parent, progress_bar=False
    )
    cells = nbformat.read(tmp_path / "run.ipynb", as_version=4).cells
    (injected,) = [each for each in cells if "injected-parameters" in each.metadata.tags]
    assert "REPLICATES = 8" in injected.source
    assert any("8 replicates" in str(each.get("outputs", "")) for each in cells)
