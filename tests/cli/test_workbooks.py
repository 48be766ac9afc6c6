"""Workbooks as their user makes them, and turns them back into text files."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from simulation.scenario.workbook.sheets import SHEETS
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
    assert again.stderr == "my-place.xlsx: already exists; nothing was written\n"
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
        (("export", "missing.yaml", "--xlsx"), "missing.yaml: no such file"),
        (("import", TWO_TRUSTS), f"{TWO_TRUSTS}: is not a workbook, whose name ends in .xlsx"),
        (("import", "missing.xlsx"), "missing.xlsx: no such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(words, message, tmp_path):
    done = trustsim(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"{message}\n"
    assert list(tmp_path.iterdir()) == []
