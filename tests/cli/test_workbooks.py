"""Workbooks as their user makes them, and turns them back into text files."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from simulation.scenario.loading import load_scenario
from simulation.scenario.workbook.sheets import SHEETS
from simulation.scenario.writing import scenario_to_yaml
from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e


def test_a_new_workbook_is_empty_and_is_never_overwritten(tmp_path):
    done = trustsim("new", "my-place", "--xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "wrote my-place.xlsx\n"
    assert done.stderr == "next: fill it in, then trustsim validate my-place.xlsx\n"
    content = (tmp_path / "my-place.xlsx").read_bytes()
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames[1:] == [sheet.name for sheet in SHEETS]
    assert book["Place"]["B4"].value == "My place"
    assert book["Organisations"]["A4"].value is None
    again = trustsim("new", "my-place.xlsx", cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr == "my-place.xlsx: already exists; nothing was written; delete it, or give another name\n"
    assert (tmp_path / "my-place.xlsx").read_bytes() == content


def test_a_new_workbook_has_one_ending(tmp_path):
    done = trustsim("new", "my-place.yaml", "--xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "'my-place.yaml' is the name of a text file; leave out --xlsx, or the ending of the name\n"
    assert list(tmp_path.iterdir()) == []


def test_export_says_once_that_comments_are_lost(tmp_path):
    (tmp_path / "mine.yaml").write_text(Path(TWO_TRUSTS).read_text(encoding="utf-8"), encoding="utf-8")
    done = trustsim("export", "mine.yaml", "--xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "wrote mine.xlsx\n"
    assert done.stderr == (
        "mine.yaml: its comments are not in the workbook, which cannot hold them; keep the file\n"
        "next: trustsim validate mine.xlsx\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("export", TWO_TRUSTS), "say in which form to write it: add --xlsx for a workbook"),
        (("export", TWO_TRUSTS, "--xlsx", "--out", "a.ods"), "a.ods: the name of a workbook ends in .xlsx"),
        (("export", TWO_TRUSTS, "--xlsx", "--out", "no/a.xlsx"), "no/a.xlsx: the folder no does not exist"),
        (("export", "missing.yaml", "--xlsx"), "missing.yaml: no such file in {folder}"),
        (("import", TWO_TRUSTS), f"{TWO_TRUSTS}: is not a workbook, whose name ends in .xlsx"),
        (("import", "missing.xlsx"), "missing.xlsx: no such file in {folder}"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(words, message, tmp_path):
    done = trustsim(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == message.replace("{folder}", str(tmp_path)) + "\n"
    assert list(tmp_path.iterdir()) == []


def test_a_place_comes_back_as_the_file_that_it_was(tmp_path):
    (tmp_path / "mine.yaml").write_text(scenario_to_yaml(load_scenario(TWO_TRUSTS), schema=None), encoding="utf-8")
    assert trustsim("export", "mine.yaml", "--xlsx", "--out", "theirs.xlsx", cwd=tmp_path).returncode == 0
    assert trustsim("validate", "theirs.xlsx", cwd=tmp_path).stdout == "theirs.xlsx: ok\n"
    done = trustsim("import", "theirs.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "wrote theirs.yaml\n"
    assert done.stderr.splitlines()[-1] == "next: trustsim run theirs.yaml"
    assert (tmp_path / "theirs.yaml").read_bytes() == (tmp_path / "mine.yaml").read_bytes()
    again = trustsim("import", "theirs.xlsx", cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr == "theirs.yaml: already exists; nothing was written; delete it, or give another name\n"


def test_import_prints_all_mistakes_as_validate_does_and_writes_nothing(tmp_path):
    trustsim("export", TWO_TRUSTS, "--xlsx", "--out", tmp_path / "mine.xlsx", cwd=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    book["Organisations"]["E4"] = "lots"
    book["Organisations"]["C5"] = "providr"
    book["Place"]["B6"] = "2024-13"
    book.save(tmp_path / "mine.xlsx")
    done = trustsim("import", "mine.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.partition(" ")[2].partition(":")[0] for line in done.stderr.splitlines()] == [
        "Place!B6",
        "Organisations!E4",
        "Organisations!C5",
    ]
    assert done.stderr == trustsim("validate", "mine.xlsx", cwd=tmp_path).stderr
    assert not (tmp_path / "mine.yaml").exists()


def test_import_prints_warnings_too(tmp_path):
    text = Path(TWO_TRUSTS).read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(f"{text}\nparameters: {{opening_trust: 0.9}}\n", encoding="utf-8")
    trustsim("export", "mine.yaml", "--xlsx", cwd=tmp_path)
    done = trustsim("import", "mine.xlsx", "--out", "back.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert (
        "mine.xlsx: warning: Assumptions!B4: Opening trust, Value: 0.9 is outside the usual range, 0.25 to 0.55\n"
        in done.stderr
    )
