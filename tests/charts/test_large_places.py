"""A place of many systems has more organisations and programmes than a page can name."""

import pytest

from simulation import run_ensemble
from simulation.charts import OF_STUDIES, reason_unavailable
from simulation.charts.catalogue import MOST_LABELS
from simulation.results.study import Study
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def study_of(organisations, programmes):
    names = [f"o{number:03}" for number in range(organisations)]
    care = {"value": 1.0, "shares": dict.fromkeys(names, 1 / organisations)}
    plain = place(
        months=1,
        organisations={name: {"role": "provider", "income": 1.0} for name in names},
        contracts={},
        programmes={f"p{number:03}": care for number in range(programmes)},
    )
    return Study(ensemble=run_ensemble(scenario(plain), replicates=1, seed=1, engine="mesa"))


@pytest.mark.parametrize(
    ("organisations", "programmes", "left_out"),
    [
        (MOST_LABELS, 2, set()),
        (MOST_LABELS + 1, 2, {"trust_map", "trust_matrix", "who_wins"}),
        (2, MOST_LABELS, set()),
        (2, MOST_LABELS + 1, {"plan_against_delivery"}),
    ],
)
def test_what_names_too_much_is_left_out(organisations, programmes, left_out):
    study = study_of(organisations, programmes)
    reasons = {name: reason_unavailable(name, study) or "" for name in OF_STUDIES}
    assert {name for name, reason in reasons.items() if reason.startswith("too many")} == left_out


def test_the_reason_says_how_many_there_are_and_how_many_can_be_labelled():
    reason = reason_unavailable("who_wins", study_of(42, 2))
    assert reason == "too many organisations to label (42; the limit is 40)"
