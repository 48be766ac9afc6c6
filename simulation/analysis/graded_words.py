"""A grade in words, with the counts that it rests on: the same for every measure, in a verdict and month by month."""

from typing import NamedTuple

from simulation.analysis.grades import Grade
from simulation.analysis.measure import Measure
from simulation.formatting import capital


class Verbs(NamedTuple):
    """The words for better and worse by one measure; `short` compares with what was named before."""

    better: str
    worse: str
    best: str
    short: tuple[str, str]


VERBS = {
    Measure.GAP: Verbs("leaves less than", "leaves more than", "leaves least", ("less", "more")),
    Measure.POSITION: Verbs(
        "has a better position than", "has a worse position than", "has the best position", ("better", "worse")
    ),
}
"""By measure."""


def graded_words(
    grade: Grade, named: tuple[str, str], verbs: Verbs, counts: tuple[str, str, str], *, within: str
) -> str:
    """Return a grade in a sentence without a full stop, with the counts that it rests on.

    Args:
        grade: Of the first of two choices against the second; none that says that the first is worse.
        named: The labels of both.
        verbs: The words for better and worse.
        counts: In how many cases the first is better, no different and worse, such as 88 of 100 cases.
        within: The amount up to which a difference counts as none; words that name what differs may follow.
    """
    (first, second), (better, same, worse) = named, counts
    match grade:
        case Grade.NO_CLEAR_DIFFERENCE:
            return f"No clear difference between {first} and {second}: within {within} in {same}"
        case Grade.ROBUSTLY_BETTER:
            return f"{capital(first)} {verbs.better} {second} nearly everywhere ({better})"
        case Grade.BETTER_OR_NO_DIFFERENT:
            return f"{capital(first)} {verbs.better} {second} in {better}, and hardly ever {verbs.short[1]}"
        case Grade.BETTER_IN_MOST:
            frequency, _, noun = better.partition(" of ")
            of, _, noun = noun.partition(" ")
            return f"{capital(first)} {verbs.better} {second} in most {noun} ({frequency} of {of})"
        case _:
            return (
                f"Whether {first} {verbs.better} {second} is not established: "
                f"{verbs.short[0]} in {better}, {verbs.short[1]} in {worse.partition(' of ')[0]}"
            )
