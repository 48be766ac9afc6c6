"""Trust between the organisations of a place by month, as a survey gives it: by pair if it can be shown, or pooled."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulation.formatting import counted, listed, month_words
from simulation.scenario.months import month_number
from simulation.scenario.schema import Scenario
from simulation.survey.pairs import Pair, relationships_of
from simulation.survey.reading import read_answers
from simulation.survey.scale import scale_notices
from simulation.survey.scoring import Rating, rate
from simulation.survey.suppression import (
    FEWEST,
    Belief,
    Group,
    Interval,
    group_ratings,
    intervals_of,
    mean_belief,
    mean_of_place,
)

_FAR = 24
"""Months between a survey and the place's start from which on a date is probably wrong."""


@dataclass(frozen=True, kw_only=True)
class MonthOfTrust:
    """The findings of a survey in one month.

    Attributes:
        month: YYYY-MM.
        groups: The groups that are shown, each with its mean and interval.
        too_few: Pairs about which too few people have said anything to show it at all.
        mean: The mean over the relationships that the groups are about; None if there is no group.
        belief: The mean answer to the statement that asks for the belief itself, with mean trust in the same
            relationships; None if fewer than three gave one.
    """

    month: str
    groups: tuple[tuple[Group, Interval], ...]
    too_few: tuple[Pair, ...]
    mean: Interval | None
    belief: Belief | None

    @property
    def respondents(self) -> int:
        """How many people the groups are from."""
        return len({who for group, _ in self.groups for who in group.by_respondent})

    @property
    def relationships(self) -> int:
        """How many relationships the groups are about."""
        return sum(len(group.pairs) for group, _ in self.groups)


@dataclass(frozen=True, kw_only=True)
class SurveyOfTrust:
    """The findings of a survey of a place.

    Attributes:
        place: The place.
        months: What it says of each month, in order.
        opening: The month whose trust is that of the place's start; None if nothing can be shown.
        relationships: How many relationships the place has.
        notices: What was left out or taken for granted, a sentence each.
    """

    place: Scenario
    months: tuple[MonthOfTrust, ...]
    opening: MonthOfTrust | None
    relationships: int
    notices: tuple[str, ...]


def survey_trust(path: str | os.PathLike[str], place: Scenario, month: str | None = None) -> SurveyOfTrust:
    """Return trust between the organisations of a place from the answers of a survey.

    The trust of the month nearest to the place's first one is its opening trust.

    Args:
        path: A file of answers: in long or wide layout, or a Microsoft Forms export; text or a workbook (.xlsx).
        place: The place.
        month: The month that all answers count for, YYYY-MM; by their dates if left out.

    Raises:
        ScenarioError: With all mistakes in the file.
        OSError: If it cannot be read.
    """
    answers = read_answers(path, place, month)
    rated = rate(answers)
    related = relationships_of(place)
    used = [rating for rating in rated.ratings if (rating.of, rating.trusted) in related]
    unused = sorted({(rating.of, rating.trusted) for rating in rated.ratings} - related)
    months = tuple(
        _month_of(month, [rating for rating in used if rating.month == month], place)
        for month in sorted({rating.month for rating in used})
    )
    shown = [each for each in months if each.groups]
    start = month_number(place.start)
    opening = min(shown, key=lambda each: abs(month_number(each.month) - start), default=None)
    notices = [*answers.notices, *scale_notices(answers.answers)]
    if rated.incomplete:
        what = counted(rated.incomplete, "set") + " of answers about one organisation"
        notices.append(f"not used: {what}, with fewer than half of the statements answered")
    if unused:
        notices.append(f"not used, because they share no programme or contract: {_pairs_words(unused)}")
    notices += [
        f"{month_words(each.month)}: fewer than {FEWEST} people, and too few to pool, so not used: "
        f"{_pairs_words(each.too_few)}"
        for each in months
        if each.too_few
    ]
    notices += _about_opening(opening, start, is_one=len(shown) == 1)
    return SurveyOfTrust(
        place=place, months=months, opening=opening, relationships=len(related), notices=tuple(notices)
    )


def _about_opening(opening: MonthOfTrust | None, start: int, *, is_one: bool) -> Iterator[str]:
    """Yield of which month opening trust is, if that was a choice or is far from the place's first month."""
    if opening is None:
        return
    apart, of = month_number(opening.month) - start, f"opening trust is that of {month_words(opening.month)}"
    if abs(apart) > _FAR:
        when = "after" if apart > 0 else "before"
        yield f"{of}, {abs(apart):,} months {when} the place's start: are the dates of the answers right?"
    elif not is_one:
        yield f"{of}, the month nearest to the place's start"


def _month_of(month: str, ratings: list[Rating], place: Scenario) -> MonthOfTrust:
    grouped = group_ratings(ratings, place)
    return MonthOfTrust(
        month=month,
        groups=tuple(zip(grouped.groups, intervals_of(grouped.groups), strict=True)),
        too_few=grouped.too_few,
        mean=mean_of_place(grouped.groups) if grouped.groups else None,
        belief=mean_belief(grouped.groups),
    )


def _pairs_words(pairs: Iterable[Pair]) -> str:
    return listed(f"{of} about {trusted}" for of, trusted in pairs)
