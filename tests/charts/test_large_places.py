"""A place of many systems has more organisations and programmes than a page can name."""

import pytest

from simulation import run_ensemble
from simulation.charts import OF_STUDIES, why_not
from simulation.charts.catalogue import NO_ROOM, ON_A_PAGE
from simulation.results.study import Study
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def study_of(organisations, programmes):
    names = [f"o{number:03}" for number in range(organisations)]
    care = {"kind": "programme", "value": 1.0, "shares": dict.fromkeys(names, 1 / organisations)}
    plain = place(
        months=1,
        organisations={name: {"role": "provider", "income": 1.0} for name in names},
        opportunities={f"p{number:03}": care for number in range(programmes)},
    )
    return Study(ensemble=run_ensemble(scenario(plain), replicates=1, seed=1, engine="mesa"))


@pytest.mark.parametrize(
    ("organisations", "programmes", "left_out"),
    [
        (ON_A_PAGE, 2, set()),
        (ON_A_PAGE + 1, 2, {"trust_map", "trust_matrix", "who_wins"}),
        (2, ON_A_PAGE, set()),
        (2, ON_A_PAGE + 1, {"plan_against_delivery"}),
    ],
)
def test_what_names_too_much_is_left_out(organisations, programmes, left_out):
    study = study_of(organisations, programmes)
    assert {name for name in OF_STUDIES if why_not(name, study) == NO_ROOM} == left_out
