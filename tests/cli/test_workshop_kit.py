"""`trustsim workshop-kit` as its user types it."""

import pytest
from pypdf import PdfReader

from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e


def test_a_kit_is_written_under_the_name_of_the_place_and_its_path_printed(tmp_path):
    done = trustsim("workshop-kit", TWO_TRUSTS, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "two-trusts-workshop-kit.pdf\n", "")
    first = (tmp_path / "two-trusts-workshop-kit.pdf").read_bytes()
    assert len(PdfReader(tmp_path / "two-trusts-workshop-kit.pdf").pages) == 6
    again = trustsim("workshop-kit", TWO_TRUSTS, "--out", "other.pdf", cwd=tmp_path, afresh=True)
    assert again.stdout == "other.pdf\n"
    assert (tmp_path / "other.pdf").read_bytes() == first


def test_a_new_place_has_a_kit(tmp_path):
    assert trustsim("new", "my-place", cwd=tmp_path).returncode == 0
    done = trustsim("workshop-kit", "my-place.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "my-place-workshop-kit.pdf\n", "")


def test_of_a_large_place_it_says_who_has_a_card(tmp_path):
    assert trustsim("new", "many", "--systems", 3, "--like", TWO_TRUSTS, cwd=tmp_path).returncode == 0
    assert "role cards" not in trustsim("workshop-kit", "many.yaml", cwd=tmp_path).stderr
    assert trustsim("new", "more", "--systems", 20, "--like", TWO_TRUSTS, cwd=tmp_path).returncode == 0
    done = trustsim("workshop-kit", "more.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "more.yaml: role cards for the 24 largest of " in done.stderr


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("two-trusts.yaml", "two-trusts.yaml: must end with .pdf; name another file with --out"),
        ("none/kit.pdf", "none/kit.pdf: the folder none does not exist"),
        ("folder.pdf", "folder.pdf: is a folder, not a file"),
        ("paper.pdf", "paper.pdf: is not a kit that trustsim wrote; name another file with --out"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_written(out, message, tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 another")
    done = trustsim("workshop-kit", TWO_TRUSTS, "--out", out, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")
    assert {path.name for path in tmp_path.iterdir()} == {"folder.pdf", "paper.pdf"}
    assert (tmp_path / "paper.pdf").read_bytes() == b"%PDF-1.7 another"


def test_a_mistake_in_the_scenario_is_located_and_an_older_kit_stays_until_it_can_be_replaced(tmp_path):
    place, kit = tmp_path / "mine.yaml", tmp_path / "mine-workshop-kit.pdf"
    place.write_text(f"extends: {TWO_TRUSTS}\n")
    assert trustsim("workshop-kit", "mine.yaml", cwd=tmp_path).returncode == 0
    older = kit.read_bytes()
    place.write_text(f"extends: {TWO_TRUSTS}\nmonths: 0\n")
    done = trustsim("workshop-kit", "mine.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mine.yaml:2:9: months: must be at least 1 (given: 0)\n"
    assert kit.read_bytes() == older
    place.write_text(f"extends: {TWO_TRUSTS}\nmonths: 12\n")
    assert trustsim("workshop-kit", "mine.yaml", cwd=tmp_path).returncode == 0
    assert kit.read_bytes() != older
