"""The value of information as text, as a table for notebooks, and as a pandas table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulation.analysis.information import Information
from simulation.analysis.information_varied import InquiryKind
from simulation.analysis.information_words import (
    all_words,
    basis_words,
    changes_words,
    information_headline,
    known_words,
    worth_words,
)
from simulation.analysis.survey_worth import SurveyWorth
from simulation.analysis.value_of_information import PartialWorth, Worth
from simulation.display import html_table
from simulation.formatting import capital, counted, millions, pounds

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
"""Single assumptions that a table shows, those worth most to know first."""

_COLUMNS = [
    "kind",
    "what",
    "known",
    "worth",
    "standard_error",
    "low_95",
    "high_95",
    "by_chance",
    "is_clear",
    "changes",
    "net",
]


def information_to_text(found: Information) -> str:
    """Return the value of information in one line."""
    return (
        f"<Information: {information_headline(found)}. {capital(all_words(found))} together: "
        f"{pounds(found.perfect.value)}. {basis_words(found)}>"
    )


def information_to_html(found: Information) -> str:
    """Return a table with a row for all assumptions, each group, the first single assumptions, and each survey."""
    rows = [
        (capital(all_words(found)), pounds(found.perfect.value), "–", changes_words(found.perfect, found.points)),
        *(
            (name, worth_words(worth), millions(worth.by_chance), changes_words(worth, found.points))
            for name, worth in _shown(found)
        ),
    ]
    head = ("what would be known", "worth, £m (95% interval)", "by chance, £m", "changes the choice in")
    return html_table(f"{information_headline(found)}. {basis_words(found)}", head, rows, numbers=(2,))


def information_to_pandas(found: Information) -> "pd.DataFrame":
    """Return a row for all assumptions, each group, each assumption and each survey.

    Amounts are in £m of position over the run; `by_chance` is what all, shuffled, stay under in 19 of 20
    shuffles; `changes` is 0–1.
    """
    import pandas as pd

    rows: list[tuple[Any, ...]] = [
        ("all", "all", all_words(found), *_numbers(found.perfect), None, None, found.perfect.changes, None)
    ]
    rows += [(each.kind.value, each.name, each.label, *_row(each.worth), None) for each in found.inquiries]
    rows += [
        ("survey", f"survey of {each.respondents}", _survey_label(each), *_row(each), each.net)
        for each in found.surveys
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _shown(found: Information) -> Iterator[tuple[str, PartialWorth]]:
    in_groups = {group.label for group in found.groups}
    single = [each for each in found.single if each.label not in in_groups]
    for each in (*found.groups, *single[:SHOWN]):
        yield capital(each.label if each.kind is InquiryKind.GROUP else known_words(each).strip("“”")), each.worth
    for survey in found.surveys:
        yield capital(_survey_label(survey)), survey


def _survey_label(survey: SurveyWorth) -> str:
    return f"a survey of trust, {counted(survey.respondents, 'respondent')}"


def _numbers(worth: Worth) -> tuple[float, ...]:
    return worth.value, worth.standard_error, worth.low, worth.high


def _row(worth: PartialWorth) -> tuple[Any, ...]:
    return *_numbers(worth), worth.by_chance, worth.is_clear, worth.changes
