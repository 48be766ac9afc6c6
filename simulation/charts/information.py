"""The worth of finding out first: all assumptions, groups, the single ones worth most to know, a survey of trust."""

from collections.abc import Iterator

from simulation.analysis.information import Information, Inquiry, find_information, information_lack
from simulation.analysis.information_groups import FOUND_BY
from simulation.analysis.information_words import (
    NOT_CLEAR,
    all_words,
    basis_words,
    changes_words,
    information_headline,
    perfect_words,
    surveys_sentence,
    together_words,
)
from simulation.analysis.survey_worth import SurveyWorth
from simulation.analysis.value_of_information import PartialWorth, Worth
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.lettering import drawable
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, source_of
from simulation.charts.text.words import parameter_words
from simulation.formatting import capital, counted, pounds

SHOWN = 6
"""Single assumptions that are shown, those worth most to know."""

_COLUMNS = (("Worth", 1.6), ("Changes it, cases", 2.0))
_NOT_CLEAR = "not clear"
_LEAST = 0.005


def information_chart(results: Results, *, theme: Theme = ANALYSIS_FUNCTION, found: Information | None = None) -> Chart:
    """Draw what it would be worth to know assumptions before choosing, beside what shuffled numbers are worth.

    Args:
        results: A comparison of two choices or more whose assumptions were drawn from their ranges.
        theme: The fonts and colours.
        found: The value of information that was found in these results before; it is found again if left out.

    Raises:
        ValueError: If there are no such choices, or too few points.
    """
    comparison = comparison_of(results)
    found = find_information(comparison) if found is None else found
    if found is None:
        message = f"this chart needs the value of information: {information_lack(comparison)}"
        raise ValueError(message)
    texts = Texts(
        name="information",
        headline=information_headline(found),
        subtitle=f"{basis_words(found)}, £m.",
        note=_note(found),
        source=source_of(comparison, found.stretch),
        alt=_alt(found),
    )
    layout = Layout(
        names=5.1,
        columns=_COLUMNS,
        head="What would be known",
        axis="Worth of knowing it, £m",
        key=(
            KeyEntry("dot", "worth of knowing it"),
            KeyEntry("thin", "95% interval"),
            KeyEntry("diamond", "what chance may show in one of so many"),
        ),
    )
    return row_chart(texts, found.to_pandas(), theme, list(_rows(found)), layout)


def _rows(found: Information) -> Iterator[Row]:
    perfect = found.perfect
    yield Row(
        name=capital(all_words(found)),
        mark=Mark(value=perfect.value, low=perfect.low, high=perfect.high),
        cells=(pounds(perfect.value), _changes(perfect, found.points)),
        weight="bold",
    )
    for each in found.groups:
        below = capital(FOUND_BY[each.name]) if each.worth.is_clear else ""
        yield _row(_name(each), each.worth, found.points, below=below)
    single = _shown(found)
    if single:
        yield Row.heading("One assumption alone, those worth most to know", len(_COLUMNS))
    for each in single:
        yield _row(_name(each), each.worth, found.points)
    if any(each.is_clear for each in found.surveys):
        yield Row.heading("A survey of trust now", len(_COLUMNS))
        for survey in found.surveys:
            yield _row(counted(survey.respondents, "respondent"), survey, found.points, below=_cost(survey))


def _row(name: str, worth: PartialWorth, points: int, *, below: str = "") -> Row:
    said = pounds(worth.value) if worth.is_clear else _NOT_CLEAR
    changes = _changes(worth, points) if worth.is_clear else "–"
    mark = Mark(value=worth.value, low=worth.low, high=worth.high, second=worth.by_chance)
    return Row(name=name, mark=mark, cells=(said, changes), below=below)


def _changes(worth: Worth, points: int) -> str:
    return changes_words(worth, points).removesuffix(" cases")


def _shown(found: Information) -> list[Inquiry]:
    in_groups = {group.label for group in found.groups}
    return [each for each in found.single if each.worth.value >= _LEAST and each.label not in in_groups][:SHOWN]


def _name(each: Inquiry) -> str:
    return capital(drawable(each.label)) or parameter_words(each.name)


def _cost(survey: SurveyWorth) -> str:
    return "" if survey.cost is None else f"costs {pounds(survey.cost)}"


def _note(found: Information) -> str:
    meaning = "" if all(each.worth.is_clear for each in found.groups) else f"“{capital(_NOT_CLEAR)}”: {NOT_CLEAR}."
    parts = (perfect_words(found), surveys_sentence(found), meaning, together_words(found))
    return " ".join(filter(None, (each.strip() for each in parts)))


def _alt(found: Information) -> str:
    named: list[tuple[str, Worth]] = [
        (all_words(found), found.perfect),
        *((drawable(g.label), g.worth) for g in found.groups),
    ]
    named += [(_name(each), each.worth) for each in _shown(found)]
    said = "; ".join(f"{name} {_alt_words(worth)}" for name, worth in named)
    return f"Dots of what it would be worth to know assumptions before choosing: {said}."


def _alt_words(worth: Worth) -> str:
    return NOT_CLEAR if isinstance(worth, PartialWorth) and not worth.is_clear else pounds(worth.value)
