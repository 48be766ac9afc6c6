"""The form: ten statements about an organisation, the answers that they allow, and how a file names them.

The statements are this project's own and have not been validated. Their parts follow Mayer, Davis and Schoorman (1995),
whose wording they do not use; the last asks for the belief that the model calls trust.
"""

import re
import unicodedata
from typing import NamedTuple

LEAST, MOST = 1, 7
"""The lowest and the highest answer."""

ASSUMED_SPREAD = 0.2
"""The spread of people's trust where answers do not show it: a little more than one step of the scale."""

BELIEF = "q10"
"""The statement that asks for the belief itself."""


class Statement(NamedTuple):
    """A statement of the form.

    Attributes:
        id: Its short name in files.
        part: The part of trustworthiness that it is about: ability, benevolence, integrity, or the belief itself.
        wording: What a respondent reads.
        is_reversed: True if agreement means less trust.
    """

    id: str
    part: str
    wording: str
    is_reversed: bool = False


STATEMENTS = (
    Statement("q1", "ability", "They have the people and the skills to do what they agree to do."),
    Statement("q2", "ability", "When they lead joint work, it gets done."),
    Statement("q3", "ability", "They are often too stretched to deliver their part of joint work.", is_reversed=True),
    Statement("q4", "benevolence", "They consider the effect on us before they decide."),
    Statement("q5", "benevolence", "They would help us through a bad month without being made to."),
    Statement("q6", "benevolence", "They put their own budget first, whatever it costs others.", is_reversed=True),
    Statement("q7", "integrity", "What they promise us is what happens."),
    Statement("q8", "integrity", "They share their figures and plans with us, bad news included."),
    Statement("q9", "integrity", "They deal with us fairly when we disagree."),
    Statement(BELIEF, "belief", "In our next negotiation they will start from what is best for the population."),
)

OPTIONS = (
    "Strongly disagree",
    "Disagree",
    "Slightly disagree",
    "Neither agree nor disagree",
    "Slightly agree",
    "Agree",
    "Strongly agree",
)
"""The answers, from 1 to 7."""

OF_QUESTION = "Which organisation do you work for?"
TO_QUESTION = "Which organisation are your answers about?"
CODE_QUESTION = "Your code from the invitation"

NO_ANSWER = frozenset({"", "don't know", "do not know", "not applicable", "n/a", "na", "-", "prefer not to say"})
"""Entries that count as a missing answer, as `plain` returns them."""

_NUMBERED = re.compile(r"(?:q|item|question|statement)?\s*([0-9]{1,2})")
_LEADING_NUMBER = re.compile(r"^(?:q\s*)?[0-9]{1,2}\s*[.):]\s+")
_ANSWER = re.compile(r"([1-7])(?:\.0+)?(?:\s*[-–—=:.(]\s*(.*?)\)?)?")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def plain(text: str) -> str:
    """Return a text as it is compared: without capitals, spaces at the ends, or a stop or question mark at the end.

    >>> plain("  Which Organisation do you work for? ")
    'which organisation do you work for'
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return " ".join(folded.split()).rstrip(".?!: ")


_BY_WORDING = {plain(statement.wording): statement for statement in STATEMENTS}
_BY_OPTION = {plain(option): number for number, option in enumerate(OPTIONS, start=LEAST)}


def find_statement(text: str) -> Statement | None:
    """Return the statement that a text names by its number or its wording; None if it names none.

    >>> [find_statement(text).id for text in ("q3", "Item 3", "3", "7. What they promise us is what happens")]
    ['q3', 'q3', 'q3', 'q7']
    """
    words = plain(text)
    numbered = _NUMBERED.fullmatch(words)
    if numbered is not None:
        number = int(numbered[1])
        return STATEMENTS[number - 1] if 1 <= number <= len(STATEMENTS) else None
    return _BY_WORDING.get(words) or _BY_WORDING.get(_LEADING_NUMBER.sub("", words))


def known_statements() -> list[str]:
    """Return the names by which a file may call the statements."""
    return [name for statement in STATEMENTS for name in (statement.id, statement.wording)]


def read_score(text: str) -> int | None:
    """Return the score that an entry gives, 1 to 7; None if the answer is missing.

    >>> read_score("6"), read_score("7 - Strongly agree"), read_score("slightly agree"), read_score(" ")
    (6, 7, 5, None)

    Raises:
        ValueError: If it is no score; the text says how to write one.
    """
    words = plain(text)
    if words in NO_ANSWER:
        return None
    if words in _BY_OPTION:
        return _BY_OPTION[words]
    found = _ANSWER.fullmatch(words)
    if found is not None and found[2] in {None, "", plain(OPTIONS[int(found[1]) - 1])}:
        return int(found[1])
    comma = re.fullmatch(r"([1-7]),(0*)", words)
    if comma is not None:
        message = f"must be a whole number from {LEAST} to {MOST}, without a comma: write {comma[1]}"
        raise ValueError(message)
    message = f"must be a whole number from {LEAST} to {MOST}, or empty for no answer"
    if re.fullmatch(r"[+-]?[0-9]{1,9}", words) and not LEAST <= int(words) <= MOST:
        message = f"is not from {LEAST} to {MOST}; a survey on another scale, such as 0 to 10, cannot be read"
    raise ValueError(message)
