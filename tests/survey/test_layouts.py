"""The same answers give the same trust in every layout, encoding and kind of file."""

from pathlib import Path

import openpyxl
import pytest

from simulation.survey.results import SurveyOfTrust, survey_trust
from tests.survey.made_up import SAID, about_text, across_text, forms_text, long_text, make_place

pytestmark = pytest.mark.unit

TRUST = {("board", "hospital"): 0.33, ("hospital", "board"): 0.83}
ACROSS = {(who, of): {to: agreement} for who, of, to, agreement in SAID}


def read(folder: Path, content: str | bytes, name: str = "answers.csv", month: str | None = None) -> SurveyOfTrust:
    place = make_place(folder)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return survey_trust(path, place, month)


def shown(survey: SurveyOfTrust) -> dict[tuple[str, str], float]:
    assert survey.opening is not None
    return {pair: interval.value for group, interval in survey.opening.groups for pair in group.pairs}


@pytest.mark.parametrize(
    "text",
    [long_text(), about_text(), across_text(ACROSS), forms_text(dates="5/13/26 19:17"), forms_text(dates="13/05/2026")],
    ids=["long", "about", "across", "forms", "forms of Britain"],
)
def test_every_layout_gives_the_same_trust(tmp_path: Path, text: str) -> None:
    survey = read(tmp_path, text)
    assert shown(survey) == TRUST
    assert [month.month for month in survey.months] == ["2026-05"]
    (month,) = survey.months
    assert (month.respondents, month.relationships, survey.relationships) == (6, 2, 6)
    assert month.mean is not None
    assert month.mean.value == 0.58  # the mean of 1/3 and 5/6


@pytest.mark.parametrize(
    "content",
    [
        long_text().encode("utf-8-sig"),
        long_text().replace(",", "\t").encode("utf-16"),
        long_text().replace(",", ";").encode("cp1252"),
        ("sep=;\n" + long_text().replace(",", ";")).encode(),
        long_text().replace("\n", "\r\n").encode(),
        long_text().replace("board", "The board").replace("hospital", "the general  Hospital").encode(),
        long_text().replace(",q", ",Question ").encode(),
    ],
    ids=["UTF-8 with mark", "UTF-16 with tabs", "semicolons", "sep=", "Windows lines", "names", "numbers"],
)
def test_every_encoding_and_separator_is_read(tmp_path: Path, content: bytes) -> None:
    assert shown(read(tmp_path, content)) == TRUST


def test_a_name_with_accents_is_read_from_windows_text(tmp_path: Path) -> None:
    text = long_text().replace("respondent,from", "respondent,from").replace("b1,", "Zoë,")
    assert shown(read(tmp_path, text.encode("cp1252"))) == TRUST


def test_a_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in long_text().splitlines():
        book.active.append([int(each) if each.isdigit() else each for each in line.split(",")])
    book.save(tmp_path / "answers.xlsx")
    assert shown(survey_trust(tmp_path / "answers.xlsx", make_place(tmp_path))) == TRUST


def test_a_form_without_names_counts_the_nth_row_about_an_organisation_as_its_nth_person(tmp_path: Path) -> None:
    """Three people have each sent the form twice: five rows about two organisations are three people."""
    said = [("", "community", "board", 5)] * 2 + [("", "community", "hospital", 3)] * 2
    anonymous = forms_text(said, "13/05/2026").replace("@example.org", "anonymous")
    assert read(tmp_path, anonymous).opening is None
    more = [*said, ("", "community", "board", 5), ("", "community", "hospital", 3)]
    anonymous = forms_text(more, "13/05/2026").replace("@example.org", "anonymous")
    assert shown(read(tmp_path, anonymous)) == {("community", "board"): 0.67, ("community", "hospital"): 0.33}


def test_one_month_can_be_given_for_all(tmp_path: Path) -> None:
    text = long_text().replace(",date", "").replace(",2026-05-11", "")
    assert [month.month for month in read(tmp_path, text, month="2026-06").months] == ["2026-06"]


def test_the_month_nearest_to_the_start_opens(tmp_path: Path) -> None:
    later = [(who, of, to, 1) for who, of, to, _ in SAID]
    text = long_text(date="2026-05-31") + "\n".join(long_text(later, "2026-06-01").splitlines()[1:])
    survey = read(tmp_path, text)
    assert [month.month for month in survey.months] == ["2026-05", "2026-06"]
    assert shown(survey) == TRUST
    assert any("opening trust is that of May 2026" in notice for notice in survey.notices)


def test_the_title_of_a_question_may_stand_before_its_statement(tmp_path: Path) -> None:
    text = about_text().replace('"They', '"About them.They').replace('"When', '"About them: When')
    assert shown(read(tmp_path, text)) == TRUST
