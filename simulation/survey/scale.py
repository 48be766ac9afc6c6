"""Say where answers seem to be from a form that offered other answers than the seven that they are read as.

A form of five or six answers looks like one of seven on which nobody ticked the last one or two. It is noticed where
that is unlikely by chance. How unlikely goes by the answers beside those that are missing: on a form of seven, where
many tick 6 some tick 7, whatever they think. The shares below are assumed, on the low side: with answers normal around
the middle and a standard deviation of 1.25 answers, a fifth of those of 6 or more are 7, a third of those of 5 or more
are 6 or 7, and half of those of 4 or more are above 4. So a form of seven on which few go to the end seldom gets a
notice, and a form of fewer gets one as soon as there are enough answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from simulation.formatting import month_words
from simulation.survey.form import LEAST, MOST
from simulation.survey.reading import Answer
from simulation.survey.suppression import FEWEST

_BY_CHANCE = 0.05
"""The chance, on a form of seven, below which missing scores are noticed."""

_SHARE_BEYOND = (1 / 6, 1 / 4, 2 / 5, 1 / 2)
"""The share of answers at a score or nearer to the end that are nearer, where one, two, three or more are nearer."""

_SHARE_BETWEEN = 1 / 8
"""The share of answers at a score and at the two beside it that are at the score itself."""


class _Part(NamedTuple):
    """Some of the answers of a file: words that name them, and in how many such parts the file is looked at."""

    words: str
    answers: list[Answer]
    alike: int


def scale_notices(answers: list[Answer]) -> Iterator[str]:
    """Yield that answers seem to be on another scale than they are read on: all of them, else which.

    Args:
        answers: The answers of a file.
    """
    notices = [_notice(part) for part in _parts(answers)]
    yield from filter(None, notices[:1] if notices[0] else notices[1:])


def _parts(answers: list[Answer]) -> Iterator[_Part]:
    """Yield all answers; then those of each organisation's respondents, of each month and to each statement."""
    yield _Part("", answers, 1)
    for family in (
        _split((f" of respondents of {each.of}", each) for each in answers),
        _split((f" of {month_words(each.month)}", each) for each in answers),
        _split((f" to {each.statement}", each) for each in answers),
    ):
        if len(family) > 1:
            yield from (_Part(words, held, len(family)) for words, held in family.items())


def _split(named: Iterable[tuple[str, Answer]]) -> Mapping[str, list[Answer]]:
    parts: dict[str, list[Answer]] = {}
    for words, answer in named:
        parts.setdefault(words, []).append(answer)
    return parts


def _notice(part: _Part) -> str:
    """Return what is missing from some answers; empty if nothing is, or if it would show what one or two people say."""
    if len({(each.of, each.respondent) for each in part.answers}) < FEWEST:
        return ""
    counts = Counter(each.score for each in part.answers)
    missing = sorted(_missing(counts, _BY_CHANCE / part.alike))
    if not missing:
        return ""
    return (
        f"no answer{part.words} is {' or '.join(map(str, missing))}: answers are read from {LEAST} to {MOST}, so if "
        "the form did not offer them all, this trust is wrong"
    )


def _missing(counts: Counter[int], chance: float) -> Iterator[int]:
    """Yield the scores that nobody gave, where so many gave those beside them that this is unlikely by chance."""
    least, most = min(counts), max(counts)
    if least == most:
        return  # people who all tick the same show nothing of what else they could have ticked
    if _is_unlikely(counts[most], _share_beyond(MOST - most), chance):
        yield from range(most + 1, MOST + 1)
    if _is_unlikely(counts[least], _share_beyond(least - LEAST), chance):
        yield from range(LEAST, least)
    for score in range(least + 1, most):
        beside = counts[score - 1] + counts[score + 1]
        if not counts[score] and _is_unlikely(beside, _SHARE_BETWEEN, chance):
            yield score


def _share_beyond(scores: int) -> float:
    """Return the share of answers expected nearer to an end than the last score that is given."""
    return _SHARE_BEYOND[min(scores, len(_SHARE_BEYOND)) - 1] if scores else 0.0


def _is_unlikely(answers: int, share: float, chance: float) -> bool:
    """Return True if so many answers would seldom leave out what each of them is with a probability."""
    return float((1 - share) ** answers) < chance
