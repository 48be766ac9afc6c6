"""`trustsim survey` as its user types it."""

from pathlib import Path

import pytest

from tests.cli.test_run import trustsim
from tests.survey.made_up import PLACE, SAID, forms_text, long_text

pytestmark = pytest.mark.e2e


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "place.yaml").write_text(PLACE, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(long_text(), encoding="utf-8")
    return tmp_path


def test_a_survey_becomes_a_scenario_that_runs(folder: Path) -> None:
    """The mean of the place: a spread of 1/6 within both groups, and six people who are each a sixth of the whole.

    Standard error 1/6 · √(6 · (1/6)²) = 0.068; ± 1.96 · 0.068 = ± 0.133.
    """
    done = trustsim("survey", "answers.csv", "place.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "May 2026: mean trust 0.58 (0.45 to 0.72), 6 respondents, 2 of 6 relationships",
        "  question 10 alone, which asks for the belief itself: 0.58, 6 respondents, 2 of 6 relationships; mean trust "
        "there 0.58",
        "  board in hospital: 0.33 (0.14 to 0.52), 3 respondents",
        "  hospital in board: 0.83 (0.64 to 1.00), 3 respondents",
        "wrote place-with-trust.yaml",
    ]
    assert done.stderr == "next: trustsim run place-with-trust.yaml\n"
    assert trustsim("validate", "place-with-trust.yaml", cwd=folder).returncode == 0
    again = trustsim("survey", "answers.csv", "place.yaml", cwd=folder)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        "place-with-trust.yaml: already exists; nothing was written; delete it, or give another name\n"
    )


def test_question_10_stands_beside_mean_trust_in_the_relationships_of_which_it_was_answered(folder: Path) -> None:
    """The hospital's three agree with it at 5, 6 and 7, as with all, and a fourth at 4 leaves it out.

    The board's leave it out. Of the hospital: question 10 (4 + 5 + 6)/18 = 0.83, all statements (3 + 4 + 5 + 6)/24 =
    0.75; the mean of the place is (0.75 + 0.33)/2 = 0.54, with which question 10 has nothing to do.
    """
    lines = long_text([*SAID, ("h4", "hospital", "board", 4)]).splitlines()
    kept = [line for line in lines if ",q10," not in line or line[:2] in {"h1", "h2", "h3"}]
    (folder / "some.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = trustsim("survey", "some.csv", "place.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    first, second, *_ = done.stdout.splitlines()
    assert first.startswith("May 2026: mean trust 0.54 (")
    assert first.endswith("7 respondents, 2 of 6 relationships")
    assert second == (
        "  question 10 alone, which asks for the belief itself: 0.83, 3 respondents, 1 of 6 relationships; mean trust "
        "there 0.75, 4 respondents"
    )


def test_a_place_in_a_workbook_is_extended(folder: Path) -> None:
    assert trustsim("export", "place.yaml", "--xlsx", cwd=folder).returncode == 0
    done = trustsim("survey", "answers.csv", "place.xlsx", "--out", "with.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "extends: place.xlsx" in (folder / "with.yaml").read_text(encoding="utf-8")
    assert trustsim("export", "with.yaml", "--xlsx", cwd=folder).returncode == 0
    assert trustsim("validate", "with.xlsx", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("missing.csv", "place.yaml"), "missing.csv: no such file or directory"),
        (("answers.csv", "missing.yaml"), "missing.yaml: no such file"),
        (
            ("answers.csv", "place.yaml", "--month", "May"),
            "--month May: must be a month written YYYY-MM, such as 2026-06",
        ),
        (("answers.csv", "place.yaml", "--out", "a.xlsx"), "a.xlsx: the name of the file ends in .yaml"),
        (("place.yaml", "place.yaml"), "place.yaml:1: "),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = trustsim("survey", *words, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_is_named(folder: Path) -> None:
    (folder / "forms.csv").write_text(forms_text(dates="13/05/2026"), encoding="utf-8")
    done = trustsim("survey", "forms.csv", "place.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr + (folder / "place-with-trust.yaml").read_text(encoding="utf-8")
    assert "example.org" not in said
    assert "Name b1" not in said
    assert "not read: column “Is there anything else?”" in done.stderr


def test_too_few_answers_write_nothing(folder: Path) -> None:
    few = [("b1", "board", "hospital", 4), ("h1", "hospital", "board", 4)]
    (folder / "few.csv").write_text(long_text(few), encoding="utf-8")
    done = trustsim("survey", "few.csv", "place.yaml", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "few.csv: May 2026: fewer than 3 people, and too few to pool, so not used: board about hospital and hospital "
        "about board",
        "few.csv: too few answers about organisations that work together; nothing was written",
    ]
    assert not (folder / "place-with-trust.yaml").exists()
