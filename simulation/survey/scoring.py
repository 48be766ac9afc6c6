"""Scores of 1 to 7 as trust of 0 to 1: one number for each person about each organisation and month.

Each score is moved to 0–1 by (score − 1)/6, statements against trust are turned round, and the mean is taken over the
statements that were answered. The mean over people is taken later, so that each person counts once.
"""

from math import fsum
from typing import NamedTuple

from simulation.survey.form import BELIEF, LEAST, MOST, STATEMENTS
from simulation.survey.reading import Answer, Answers

_REVERSED = frozenset(statement.id for statement in STATEMENTS if statement.is_reversed)


class Rating(NamedTuple):
    """One person's trust in one organisation.

    Attributes:
        of: The organisation that the person works for, by id.
        trusted: The organisation that is trusted, by id.
        month: YYYY-MM.
        respondent: Distinguishes the people of a file.
        trust: 0 to 1.
        belief: The answer to the statement that asks for the belief itself, 0 to 1; None if it is missing.
    """

    of: str
    trusted: str
    month: str
    respondent: int
    trust: float
    belief: float | None


class Ratings(NamedTuple):
    """The ratings of a survey, and how many sets of answers were left out because too many were missing."""

    ratings: list[Rating]
    incomplete: int


def share_of(answer: Answer) -> float:
    """Return an answer on a scale of 0 (no trust) to 1.

    >>> share_of(Answer("a", "b", "2026-06", 0, "q1", 4)), share_of(Answer("a", "b", "2026-06", 0, "q6", 7))
    (0.5, 0.0)
    """
    share = (answer.score - LEAST) / (MOST - LEAST)
    return 1 - share if answer.statement in _REVERSED else share


def rate(answers: Answers) -> Ratings:
    """Return each person's trust in each organisation, by month.

    A person who has answered fewer than half of the statements about an organisation does not count for it.

    Args:
        answers: The answers of a file.
    """
    together: dict[tuple[str, str, str, int], dict[str, float]] = {}
    for answer in answers.answers:
        together.setdefault(answer[:4], {})[answer.statement] = share_of(answer)
    ratings = [
        Rating(*key, trust=fsum(shares.values()) / len(shares), belief=shares.get(BELIEF))
        for key, shares in together.items()
        if 2 * len(shares) >= len(answers.statements)
    ]
    return Ratings(ratings, len(together) - len(ratings))
