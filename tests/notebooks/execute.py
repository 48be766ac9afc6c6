"""Run notebooks from the first cell to the last; `python -m tests.notebooks.execute` also writes their outputs again."""

import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

_SHOWN_WHILE_RUNNING = "application/vnd.jupyter.widget-view+json"


def execute(path: Path, replicates: int | None = None) -> NotebookNode:
    """A notebook, executed in its own folder, with nothing in it that differs from run to run.

    Args:
        path: The notebook.
        replicates: How many replicates in place of its own number.

    Raises:
        nbclient.exceptions.CellExecutionError: If a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    about = notebook.metadata.copy()
    for cell in notebook.cells:
        if replicates is not None and "parameters" in cell.metadata.get("tags", []):
            cell.source = re.sub(r"^REPLICATES = .*$", f"REPLICATES = {replicates}", cell.source, flags=re.MULTILINE)
    NotebookClient(
        notebook, timeout=600, record_timing=False, resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    notebook.metadata = about
    for cell in notebook.cells:
        if cell.cell_type == "code":
            kept = [output for output in cell.outputs if not _passes(output)]
            cell.outputs = [] if "not-kept" in cell.metadata.get("tags", []) else _joined(kept)
    return notebook


def _passes(output: NotebookNode) -> bool:
    """True for an output that exists only while a cell runs: a progress bar."""
    return output.get("name") == "stderr" or _SHOWN_WHILE_RUNNING in output.get("data", {})


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Return printed text in one piece, since it arrives in other pieces in each run."""
    whole: list[NotebookNode] = []
    for output in outputs:
        if whole and output.output_type == whole[-1].output_type == "stream" and output.name == whole[-1].name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def main() -> None:
    """Execute all notebooks, or those that are named, and keep what they show."""
    named = [Path(name).resolve() for name in sys.argv[1:]] or NOTEBOOKS
    for path in named:
        print(path.name, flush=True)
        nbformat.write(execute(path), path)


if __name__ == "__main__":
    main()
