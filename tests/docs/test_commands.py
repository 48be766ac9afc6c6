"""The commands and the blocks of Python in the documents run as they stand, each document's in its order.

They run in a folder of their own with a copy of the scenarios, in which experiments have few replicates.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import DOCUMENTS, ROOT, Block, blocks
from tests.survey.made_up import PLACE, long_text

pytestmark = pytest.mark.e2e

TESTED_ELSEWHERE = {
    ("README.md", ""): "tests/docs/test_shipped_experiment.py",
    ("README.md", "sql"): "tests/docs/test_shipped_experiment.py",
    ("docs/glossary.md", "python"): "tests/docs/test_documents.py",
    ("docs/how-to/batches.md", "sql"): "tests/docs/test_shipped_experiment.py",
    ("docs/how-to/batches.md", "yaml"): "tests/docs/test_documents.py",
    ("docs/how-to/decide.md", "yaml"): "tests/cli/test_decide.py",
    ("docs/how-to/from-the-first-edition.md", "yaml"): "tests/docs/test_first_edition.py",
    ("docs/how-to/mesa.md", "python"): "tests/docs/test_mesa.py",
    ("docs/how-to/papers.md", "python"): "tests/docs/test_how_to_papers.py",
    ("docs/how-to/papers.md", "yaml"): "tests/docs/test_documents.py",
    ("docs/how-to/python.md", "text"): "tests/docs/test_python.py",
    ("docs/how-to/python.md", "python"): "tests/docs/test_python.py",
    ("docs/how-to/survey.md", "yaml"): "tests/survey/test_how_to.py",
    ("docs/how-to/tools.md", "python"): "tests/ecosystem/test_how_to.py",
    ("docs/tutorial.md", ""): "tests/docs/tutorial.py",
    ("docs/tutorial.md", "sh"): "tests/docs/tutorial.py",
    ("docs/how-to/workshop.md", "yaml"): "tests/page/test_saved_scenario.py",
    ("docs/typical-values.md", "yaml"): "tests/docs/test_typical_values.py",
}
"""The tests that run blocks of one kind, by document and language."""

NOT_RUN = {
    "make": "its targets are held to the Makefile by tests/docs/test_blocks.py",
    "python3 -m venv": "tests/package makes an empty environment",
    "pip": "tests/package installs the wheel into it",
    "solara": "tests/ecosystem renders the page without a server",
    "papermill": "tests/ecosystem/test_papermill.py runs the notebook",
    "dask": "tests/execution/test_cluster.py starts a scheduler and workers",
    "trustsim --cluster": "tests/execution/test_cluster.py runs a batch on a cluster",
    "python SLURMCluster": "it needs a cluster with a queue; its imports are tried",
}
"""What is not run here, and why."""

RUN = ("sh", "python")


def is_run(block: Block) -> bool:
    """True if the blocks of this kind are run here; equations stand in blocks without a language."""
    if block.document == "docs/model.md" and not block.language:
        return True
    return block.language in RUN and (block.document, block.language) not in TESTED_ELSEWHERE


WITH_BLOCKS = [
    document for document in DOCUMENTS if any(block.language and is_run(block) for block in blocks(document))
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder in which experiments are quick; its results stay, so that no batch is run for each document."""
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(ROOT / "scenarios", folder / "scenarios")
    for path in (folder / "scenarios/experiments").glob("*.yaml"):
        text = re.sub(r"^replicates: .*", "replicates: 4", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^assumptions: .*", "assumptions: {points: 60, replicates: 1}", text, flags=re.MULTILINE)
        text = re.sub(
            r"^decide:$", "decide:\n  evaluations: 60\n  points: 16\n  replicates: 1", text, flags=re.MULTILINE
        )
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(prepared, monkeypatch):
    """That folder with the files that documents suppose, and no others."""
    for path in prepared.iterdir():
        if path.is_file():
            path.unlink()
    (prepared / "my-place.yaml").write_text(PLACE, encoding="utf-8")
    (prepared / "answers.csv").write_text(long_text(), encoding="utf-8")
    (prepared / "mid-south-essex-changed.yaml").write_text("extends: scenarios/mid-south-essex.yaml\ntitle: Changed\n")
    monkeypatch.chdir(prepared)
    return prepared


@pytest.mark.parametrize("document", WITH_BLOCKS)
def test_its_blocks_run(document, folder):
    names: dict = {}
    for block in blocks(document):
        if not is_run(block):
            continue
        if block.language == "sh":
            for program, *words in block.commands():
                if program == "trustsim" and "--cluster" not in words:
                    run_command(folder, words)
        elif block.language == "python":
            run_python(block.text, names)


def run_command(folder: Path, words: list[str]) -> None:
    """Run a command; an empty workbook is then filled in, as a reader does."""
    words = [str(next(folder.glob(word.replace("<run>", "*")))) if "<run>" in word else word for word in words]
    if words[0] == "new" and "--xlsx" not in words:
        (folder / f"{words[1]}.yaml").unlink(missing_ok=True)
    # A browser that is opened does nothing.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "BROWSER": "true", "PYTHONIOENCODING": "utf-8"}
    if words[0] == "clean":
        environment["NUMBA_CACHE_DIR"] = str(folder / "cache")  # the developer's own cache stays
    typed, given = (words[:-2], (folder / words[-1]).read_text("utf-8")) if "<" in words[-2:] else (words, "")
    command = [sys.executable, "-m", "simulation", *typed]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"trustsim {' '.join(words)}: {done.stderr}"
    if words[0] == "new" and "--xlsx" in words:
        (folder / "my-place.xlsx").unlink()
        run_command(folder, ["export", "my-place.yaml", "--xlsx"])


def run_python(text: str, names: dict) -> None:
    """Run a block of Python after the blocks before it."""
    if "SLURMCluster" in text:
        text = "\n".join(line for line in text.splitlines() if line.startswith("from simulation"))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, "block", "exec"), names)
