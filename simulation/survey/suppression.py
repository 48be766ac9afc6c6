"""Groups of ratings that can be shown: what fewer than three people have said is pooled with what others have said.

Every rating is in one group at most, and only groups are shown: no group can be found by taking one from another. A
group of several pairs shows one number for all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from math import fsum, sqrt
from statistics import fmean
from typing import NamedTuple

from simulation.scenario.schema import Scenario
from simulation.survey.form import ASSUMED_SPREAD, LEAST, MOST
from simulation.survey.pairs import Pair
from simulation.survey.scoring import Rating

FEWEST = 3
"""The fewest people whose ratings are shown."""

_NORMAL = 1.96
_LEAST_SPREAD = 1 / (MOST - LEAST) / sqrt(12)
"""The spread, as a standard deviation, of what an answer in whole steps leaves open."""


class Interval(NamedTuple):
    """A mean with the ends of its 95% confidence interval, 0 to 1, as it is shown: with two decimals."""

    value: float
    low: float
    high: float


class Belief(NamedTuple):
    """The mean answer to the statement that asks for the belief itself, beside mean trust in the same relationships.

    Attributes:
        value: The mean answer to that statement, 0 to 1.
        respondents: How many people gave one.
        trust: Mean trust by all statements in these relationships, 0 to 1.
        of_respondents: How many people mean trust is from.
        relationships: How many relationships both are about.
    """

    value: float
    respondents: int
    trust: float
    of_respondents: int
    relationships: int


class Group(NamedTuple):
    """Ratings that are shown as one number.

    Attributes:
        pairs: The pairs of organisations that it is about: who trusts, and who is trusted.
        pooled_by: Empty for one pair; else what the pairs have in common, in words.
        by_respondent: The mean of each person's ratings in it.
        ratings: The ratings.
    """

    pairs: tuple[Pair, ...]
    pooled_by: str
    by_respondent: dict[int, float]
    ratings: tuple[Rating, ...]

    @property
    def respondents(self) -> int:
        """How many people it is from."""
        return len(self.by_respondent)

    @property
    def mean(self) -> float:
        """Mean over people, 0 to 1."""
        return fmean(self.by_respondent.values())


class Grouped(NamedTuple):
    """The groups of one month, and the pairs about which too few people have said anything to show it at all."""

    groups: tuple[Group, ...]
    too_few: tuple[Pair, ...]


def group_ratings(ratings: Iterable[Rating], place: Scenario) -> Grouped:
    """Return the ratings of one month in groups of at least three people.

    A pair with fewer is pooled with the other such pairs of the same respondents' organisation; where these are too few
    too, with what is left of the same two sectors; and then with what is left of the place.

    Args:
        ratings: The ratings of one month, about pairs that have a relationship.
        place: The place.
    """

    def sectors(pair: Pair) -> str:
        return f"{place.sector_of(pair[0])} about {place.sector_of(pair[1])}"

    levels: tuple[Callable[[Pair], str], ...] = (
        lambda pair: f"{pair[0]} about others",
        sectors,
        lambda _: "the whole place",
    )
    by_pair: dict[Pair, list[Rating]] = {}
    for rating in ratings:
        by_pair.setdefault((rating.of, rating.trusted), []).append(rating)
    groups: list[Group] = []
    left = dict(sorted(by_pair.items()))
    for pair in list(left):
        _take(groups, left, (pair,), "")
    for level in levels:
        together: dict[str, list[Pair]] = {}
        for pair in left:
            together.setdefault(level(pair), []).append(pair)
        for name, pairs in together.items():
            _take(groups, left, tuple(pairs), name)
    return Grouped(tuple(groups), tuple(left))


def intervals_of(groups: Sequence[Group]) -> list[Interval]:
    """Return the mean of each group with its interval.

    Args:
        groups: The groups of one month.
    """
    spread = _spread(groups)
    return [_interval(group.mean, spread / sqrt(group.respondents)) for group in groups]


def mean_of_place(groups: Sequence[Group]) -> Interval:
    """Return the mean over the relationships that groups are about, with an interval over people.

    Each relationship counts once, with the number of its group. Someone who is in several groups is taken to be as far
    from the mean in each, so that the interval is rather too wide. It is made of what is shown of the groups alone.

    Args:
        groups: The groups of one month, one or more.
    """
    relationships = sum(len(group.pairs) for group in groups)
    weights = [len(group.pairs) / relationships for group in groups]
    mean = fsum(weight * group.mean for weight, group in zip(weights, groups, strict=True))
    pull: dict[int, float] = {}
    for weight, group in zip(weights, groups, strict=True):
        for respondent in group.by_respondent:
            pull[respondent] = pull.get(respondent, 0.0) + weight / group.respondents
    return _interval(mean, _spread(groups) * sqrt(fsum(part**2 for part in pull.values())))


def _spread(groups: Sequence[Group]) -> float:
    """Return the standard deviation of people within groups, one for all groups of a month.

    Three people say little about their own spread, and it would say too much about them; so a group that is alone in
    its month gets an assumed one.
    """
    if len(groups) < 2:
        return ASSUMED_SPREAD
    means = [group.mean for group in groups]
    squares = [
        (trust - mean) ** 2 for mean, group in zip(means, groups, strict=True) for trust in group.by_respondent.values()
    ]
    return max(sqrt(fsum(squares) / sum(group.respondents - 1 for group in groups)), _LEAST_SPREAD)


def mean_belief(groups: Iterable[Group]) -> Belief | None:
    """Return the mean answer to the statement that asks for the belief itself; None if no group has three.

    It is taken as the mean of the place is: over people in each group, then over relationships. So it shows no more
    than that does where a form asks nothing else. Mean trust beside it is that of the groups which have three such
    answers, of all their people: that of only those who gave one could be taken from it to find the others'.

    Args:
        groups: The groups of one month.
    """
    found: list[tuple[Group, dict[int, float]]] = []
    for group in groups:
        given = _means((each.respondent, each.belief) for each in group.ratings if each.belief is not None)
        if len(given) >= FEWEST:
            found.append((group, given))
    if not found:
        return None
    relationships = sum(len(group.pairs) for group, _ in found)
    return Belief(
        value=fsum(len(group.pairs) * fmean(given.values()) for group, given in found) / relationships,
        respondents=len({who for _, given in found for who in given}),
        trust=fsum(len(group.pairs) * group.mean for group, _ in found) / relationships,
        of_respondents=len({who for group, _ in found for who in group.by_respondent}),
        relationships=relationships,
    )


def _means(said: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Return the mean of what each person has said."""
    together: dict[int, list[float]] = {}
    for respondent, trust in said:
        together.setdefault(respondent, []).append(trust)
    return {respondent: fmean(trusts) for respondent, trusts in together.items()}


def _take(groups: list[Group], left: dict[Pair, list[Rating]], pairs: tuple[Pair, ...], pooled_by: str) -> None:
    """Move pairs to a group of their own if enough people have said something about them."""
    ratings = tuple(rating for pair in pairs for rating in left[pair])
    by_respondent = _means((rating.respondent, rating.trust) for rating in ratings)
    if len(by_respondent) >= FEWEST:
        groups.append(Group(pairs, pooled_by, by_respondent, ratings))
        for pair in pairs:
            del left[pair]


def _interval(mean: float, error: float) -> Interval:
    low, high = max(0.0, mean - _NORMAL * error), min(1.0, mean + _NORMAL * error)
    return Interval(*(round(end, 2) for end in (mean, low, high)))
