"""`trustsim page`: one file that holds everything, and never another file lost for it."""

import json

import pytest

from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

PLACE = f"extends: {TWO_TRUSTS}\nmonths: 12\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine.yaml").write_text(PLACE, encoding="utf-8")
    return tmp_path


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_a_page_named_after_the_scenario_and_replaces_it(folder):
    first = trustsim("page", "mine.yaml", cwd=folder)
    assert (first.returncode, first.stderr) == (0, "")
    assert files(folder) == ["mine.html", "mine.yaml"]
    written = (folder / "mine.html").read_bytes()
    assert first.stdout == f"mine.html ({len(written) / 1000:.0f} kB)\n"
    assert written.startswith(b"<!DOCTYPE html>\n")
    assert trustsim("page", "mine.yaml", cwd=folder, afresh=True).returncode == 0
    assert (folder / "mine.html").read_bytes() == written
    assert trustsim("page", "mine.yaml", "--seed", "2", cwd=folder).returncode == 0
    assert (folder / "mine.html").read_bytes() != written


def test_it_writes_the_data_alone(folder):
    done = trustsim("page", "mine.yaml", "--data", "--seed", str(2**64 - 1), cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(folder) == ["mine.json", "mine.yaml"]
    place = json.loads((folder / "mine.json").read_bytes())
    assert (place["name"], place["seed"], len(place["months"])) == ("mine", str(2**64 - 1), 12)
    assert trustsim("page", "mine.yaml", "--data", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--out", "notes.html"], "notes.html: is not a page that trustsim wrote; name another file with --out"),
        (["--data", "--out", "notes.html"],
         "notes.html: is not the data of a place that trustsim wrote; name another file with --out"),
        (["--out", "mine.yaml"], "mine.yaml: is not a page that trustsim wrote; name another file with --out"),
        (["--out", "below"], "below: is a folder, not a file"),
        (["--out", "none/page.html"], "none/page.html: the folder none does not exist"),
        (["--out", "gone.html"], "gone.html: is not a page that trustsim wrote; name another file with --out"),
    ],
    ids=["another page", "a page as data", "the scenario", "a folder", "no folder", "a broken link"],
)  # fmt: skip
def test_it_refuses_to_write_over_anything_else(folder, arguments, message):
    (folder / "notes.html").write_text("<!DOCTYPE html><title>My notes</title>", encoding="utf-8")
    (folder / "below").mkdir()
    (folder / "gone.html").symlink_to("nowhere")
    before = files(folder)
    done = trustsim("page", "mine.yaml", *arguments, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")
    assert files(folder) == before
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == PLACE


def test_mistakes_in_the_scenario_are_reported_each_with_its_line(folder):
    (folder / "bad.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 0\nstrat: 2020-01\n", encoding="utf-8")
    done = trustsim("page", "bad.yaml", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "bad.yaml:2:9: months: must be at least 1 (given: 0)",
        "bad.yaml:3:1: strat: unknown field; did you mean start?",
    ]
    assert files(folder) == ["bad.yaml", "mine.yaml"]
    missing = trustsim("page", "none.yaml", cwd=folder)
    assert (missing.returncode, missing.stderr) == (2, "none.yaml: no such file; did you mean mine.yaml?\n")


def test_a_seed_out_of_range_is_refused(folder):
    done = trustsim("page", "mine.yaml", "--seed", str(2**64), cwd=folder)
    assert done.returncode == 2
    assert "--seed" in done.stderr


def test_what_has_no_effect_is_a_warning(folder):
    text = f"extends: {TWO_TRUSTS}\nlevers: {{coaching: {{strength: 1, from: 2031-01}}}}\n"
    (folder / "late.yaml").write_text(text, encoding="utf-8")
    done = trustsim("page", "late.yaml", "--data", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.startswith("late.yaml: warning: levers.coaching: a setting never acts")
