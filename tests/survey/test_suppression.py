"""Nothing that fewer than three people have said can be found in what is shown, alone or by taking one from another."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.schema import Scenario
from simulation.survey.results import survey_trust
from simulation.survey.scoring import Rating
from simulation.survey.suppression import FEWEST, Group, group_ratings, intervals_of, mean_belief, mean_of_place
from simulation.survey.writing import survey_to_yaml
from tests.places import place
from tests.survey.made_up import SAID, forms_text, long_text, make_place

ORGANISATIONS = {
    each: {"role": "commissioner" if each == "a" else "provider", "income": 100.0, "sector": sector}
    for each, sector in (("a", "board"), ("b", "acute"), ("c", "acute"), ("d", "community"), ("e", "community"))
}
PLACE = Scenario.model_validate(
    place(
        organisations=ORGANISATIONS,
        contracts={},
        programmes={"care": {"value": 6, "shares": dict.fromkeys(ORGANISATIONS, 0.2)}},
    )
)


@st.composite
def made_up_ratings(draw: st.DrawFn) -> list[Rating]:
    """Ratings by up to six people of each organisation about some of the others."""
    found = []
    for number, of in enumerate(ORGANISATIONS):
        for person in range(draw(st.integers(0, 6))):
            others = [each for each in ORGANISATIONS if each != of]
            for trusted in draw(st.lists(st.sampled_from(others), max_size=4, unique=True)):
                trust = draw(st.floats(0, 1))
                found.append(Rating(of, trusted, "2026-06", 10 * number + person, trust, trust))
    return found


def weights_of(group: Group, ratings: list[Rating]) -> np.ndarray:
    """The weight of each rating in the number that is shown for a group."""
    of_person = {who: sum(rating.respondent == who for rating in group.ratings) for who in group.by_respondent}
    return np.array(
        [1 / of_person[each.respondent] / group.respondents if each in group.ratings else 0.0 for each in ratings]
    )


@pytest.mark.property
@given(made_up_ratings())
def test_no_pair_with_fewer_than_three_people_can_be_recovered(ratings: list[Rating]) -> None:
    """No sum or difference of what is shown is a mean of ratings of fewer than three people."""
    groups = group_ratings(ratings, PLACE).groups
    if not groups:
        return
    shown = [weights_of(group, ratings) for group in groups]
    relationships = sum(len(group.pairs) for group in groups)
    shown.append(sum(len(group.pairs) / relationships * row for group, row in zip(groups, shown, strict=True)))
    rows = np.array(shown)
    pairs = {(each.of, each.trusted) for each in ratings}
    for pair in pairs:
        people = {each.respondent for each in ratings if (each.of, each.trusted) == pair}
        if len(people) < FEWEST:
            wanted = np.array([float((each.of, each.trusted) == pair) / len(people) for each in ratings])
            found = np.linalg.lstsq(rows.T, wanted, rcond=None)[0]
            assert np.abs(rows.T @ found - wanted).max() > 1e-6


@pytest.mark.property
@given(made_up_ratings())
def test_each_group_is_of_three_people_and_each_rating_in_one_group(ratings: list[Rating]) -> None:
    grouped = group_ratings(ratings, PLACE)
    pairs = [pair for group in grouped.groups for pair in group.pairs] + list(grouped.too_few)
    assert sorted(pairs) == sorted({(each.of, each.trusted) for each in ratings})
    for group in grouped.groups:
        assert group.respondents >= FEWEST
        assert {(each.of, each.trusted) for each in group.ratings} == set(group.pairs)
        assert (len(group.pairs) > 1) == bool(group.pooled_by)
    left = {each.respondent for each in ratings if (each.of, each.trusted) in grouped.too_few}
    assert len(left) < FEWEST


@pytest.mark.property
@given(made_up_ratings())
def test_a_form_that_asks_for_the_belief_alone_shows_nothing_more_by_it(ratings: list[Rating]) -> None:
    groups = group_ratings(ratings, PLACE).groups
    belief = mean_belief(groups)
    assert (belief is None) == (not groups)
    if belief is not None:
        assert belief.value == pytest.approx(mean_of_place(groups).value, abs=0.005001)
        assert belief.trust == pytest.approx(belief.value)


@pytest.mark.property
@given(made_up_ratings())
def test_every_mean_lies_in_its_interval(ratings: list[Rating]) -> None:
    groups = group_ratings(ratings, PLACE).groups
    for interval in [*intervals_of(groups), *([mean_of_place(groups)] if groups else [])]:
        assert 0 <= interval.low <= interval.value <= interval.high <= 1


def ratings_of(*said: tuple[str, str, int, float]) -> list[Rating]:
    return [Rating(of, trusted, "2026-06", who, trust, None) for of, trusted, who, trust in said]


@pytest.mark.unit
def test_a_pair_of_few_is_pooled_within_its_organisation_then_the_sectors_then_the_place() -> None:
    shown = [("a", "b", who, 0.5) for who in range(3)]
    own = [("b", "a", 10, 0.2), ("b", "d", 11, 0.4), ("b", "d", 12, 0.6)]
    sectors = [("c", "d", 20, 0.1), ("c", "e", 21, 0.1)]
    more = [("d", "b", 30, 0.9), ("e", "c", 40, 0.9), ("e", "c", 41, 0.9)]
    last = [("a", "c", 50, 0.3)]
    grouped = group_ratings(ratings_of(*shown, *own, *sectors, *more, *last), PLACE)
    assert [(group.pairs, group.pooled_by, round(group.mean, 6)) for group in grouped.groups] == [
        ((("a", "b"),), "", 0.5),
        ((("b", "a"), ("b", "d")), "b about others", 0.4),
        ((("d", "b"), ("e", "c")), "community about acute", 0.9),
        ((("a", "c"), ("c", "d"), ("c", "e")), "the whole place", round(0.5 / 3, 6)),
    ]
    assert grouped.too_few == ()


@pytest.mark.unit
def test_intervals_share_the_spread_of_the_month() -> None:
    """Spread² = ((0.1² + 0 + 0.1²) + 0)/(2 + 2) = 0.005; ± 1.96·√(0.005/3) = ± 0.080."""
    groups = group_ratings(
        ratings_of(
            *[("a", "b", who, trust) for who, trust in ((0, 0.4), (1, 0.5), (2, 0.6))],
            *[("b", "a", who, 0.8) for who in (10, 11, 12)],
        ),
        PLACE,
    ).groups
    assert intervals_of(groups) == [(0.5, 0.42, 0.58), (0.8, 0.72, 0.88)]


@pytest.mark.unit
def test_people_who_agree_leave_what_whole_answers_leave_open() -> None:
    """A step of 1/6 has a spread of 1/6/√12 = 0.048; ± 1.96·0.048/√3 = ± 0.054.

    The same three in both groups are as far from the mean in each, so that the mean of the two is no surer.
    """
    said = [("a", trusted, who, 0.5) for who in range(3) for trusted in ("b", "c")]
    groups = group_ratings(ratings_of(*said), PLACE).groups
    assert intervals_of(groups) == [(0.5, 0.45, 0.55)] * 2
    assert mean_of_place(groups) == (0.5, 0.45, 0.55)


@pytest.mark.unit
@pytest.mark.parametrize("trusts", [(0.5, 0.5, 0.5), (0.1, 0.5, 0.9)])
def test_a_group_alone_does_not_show_its_spread(trusts: tuple[float, ...]) -> None:
    """± 1.96·0.2/√3 = ± 0.226, whatever the three people said."""
    groups = group_ratings(ratings_of(*[("a", "b", who, trust) for who, trust in enumerate(trusts)]), PLACE).groups
    assert intervals_of(groups) == [(0.5, 0.27, 0.73)]
    assert mean_of_place(groups) == (0.5, 0.27, 0.73)


@pytest.mark.unit
def test_the_mean_of_the_place_counts_each_relationship_once() -> None:
    groups = group_ratings(
        ratings_of(
            *[("a", "b", who, 0.2) for who in range(9)],
            *[("a", "c", who, 0.8) for who in range(3)],
        ),
        PLACE,
    ).groups
    assert mean_of_place(groups).value == 0.5


@pytest.mark.unit
def test_the_belief_needs_three_answers() -> None:
    said = [Rating("a", "b", "2026-06", who, 0.5, belief) for who, belief in enumerate((0.1, 0.5, None, None))]
    assert mean_belief(group_ratings(said, PLACE).groups) is None
    said.append(Rating("a", "b", "2026-06", 9, 0.5, 0.9))
    belief = mean_belief(group_ratings(said, PLACE).groups)
    assert belief is not None
    assert belief.value == pytest.approx(0.5)


@pytest.mark.unit
def test_the_belief_stands_beside_trust_in_the_relationships_of_which_it_was_asked() -> None:
    """Of everyone in them: that of the three who answered it would show what the fourth has said."""
    said = [Rating("a", "b", "2026-06", who, 0.8, 0.9) for who in range(3)]
    said += [Rating("a", "b", "2026-06", 3, 0.4, None)]
    said += [Rating("b", "a", "2026-06", who, 0.1, None) for who in (10, 11, 12)]
    belief = mean_belief(group_ratings(said, PLACE).groups)
    assert belief is not None
    assert belief == (pytest.approx(0.9), 3, pytest.approx(0.7), 4, 1)


@pytest.mark.unit
def test_what_two_organisations_get_within_a_pool_cannot_be_distinguished(tmp_path: Path) -> None:
    """Somebody exchanges what they said about two organisations: the file is the same."""
    texts = []
    for one, other in ((2, 6), (6, 2)):
        said = [("c1", "community", "board", one), ("c1", "community", "hospital", other)]
        said += [("c2", "community", "board", 4), ("c3", "community", "hospital", 4)]
        path = tmp_path / "answers.csv"
        path.write_text(long_text([*SAID, *said]), encoding="utf-8")
        survey = survey_trust(path, make_place(tmp_path))
        texts.append(survey_to_yaml(survey, str(tmp_path / "place.yaml"), str(tmp_path / "out.yaml")))
    assert texts[0] == texts[1]
    assert "pooled over 2 relationships (community about others)" in texts[0].replace("\n        ", " ")


@pytest.mark.unit
def test_nothing_personal_is_written(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(forms_text(dates="13/05/2026"), encoding="utf-8")
    survey = survey_trust(path, make_place(tmp_path))
    text = survey_to_yaml(survey, str(tmp_path / "place.yaml"), str(tmp_path / "out.yaml"))
    said = text + repr(survey) + "".join(survey.notices)
    assert not any(f"{word}{who}" in said for who, *_ in SAID for word in ("", "Name "))
    assert "@" not in text
