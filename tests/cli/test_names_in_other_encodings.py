"""Files and folders whose names are not text in UTF-8, as an old archive or another system leaves them."""

import os
import shutil
from pathlib import Path

import pytest

from simulation import load_comparison
from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

CAFE = os.fsdecode(b"caf\xe9")
EXPERIMENT = "title: A\nscenario: place.yaml\nreplicates: 2\ncompare:\n  a: {}\n  b: {levers: {}}\n"

COMMANDS = [
    (f"run {CAFE}.yaml --replicates 2", "results/caf�"),
    (f"run place.yaml --replicates 2 --no-charts --out {CAFE}", f"{CAFE}/place"),
    (f"batch {CAFE}-e.yaml", "results/caf�-e/manifest.json"),
    (f"batch {CAFE}-e.yaml --out {CAFE}", f"{CAFE}/manifest.json"),
    (f"page {CAFE}.yaml", f"{CAFE}.html"),
    (f"export {CAFE}.yaml --xlsx", f"{CAFE}.xlsx"),
    (f"new {CAFE}-new", f"{CAFE}-new.yaml"),
    (f"new {CAFE}-new --xlsx", f"{CAFE}-new.xlsx"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("place.yaml", f"{CAFE}.yaml"):
        shutil.copy(TWO_TRUSTS, tmp_path / name)
    (tmp_path / f"{CAFE}-e.yaml").write_text(EXPERIMENT)
    return tmp_path


def do(folder: Path, *words: str) -> None:
    done = trustsim(*words, cwd=folder)
    assert done.returncode == 0, (words, done.stderr)


@pytest.mark.parametrize(("line", "written"), COMMANDS)
def test_a_command_writes_what_it_would_under_another_name(folder: Path, line: str, written: str) -> None:
    do(folder, *line.split())
    assert (folder / written).exists()


def test_results_in_such_a_folder_are_read_by_every_command(folder: Path) -> None:
    do(folder, "batch", f"{CAFE}-e.yaml", "--out", CAFE)
    for words in (["status"], ["verify", "--replicates", "1"], ["chart"], *(["report", "--format", each] for each in
                  ("html", "xlsx", "csv"))):  # fmt: skip
        do(folder, words[0], CAFE, *words[1:])
    assert load_comparison(folder / CAFE).folder == "caf�"
