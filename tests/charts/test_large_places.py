"""A place of many systems has more organisations and programmes than a page can name."""

import pytest

from simulation.charts import CHARTS, ON_A_PAGE, fits_on_a_page
from simulation.model.system import build_system
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def axes_of(organisations, programmes):
    names = [f"o{number:03}" for number in range(organisations)]
    care = {"kind": "programme", "value": 1.0, "shares": dict.fromkeys(names, 1 / organisations)}
    plain = place(
        organisations={name: {"role": "provider", "income": 1.0} for name in names},
        opportunities={f"p{number:03}": care for number in range(programmes)},
    )
    return build_system(scenario(plain)).axes


@pytest.mark.parametrize(
    ("organisations", "programmes", "left_out"),
    [
        (ON_A_PAGE, 2, set()),
        (ON_A_PAGE + 1, 2, {"trust_map", "trust_matrix"}),
        (2, ON_A_PAGE, set()),
        (2, ON_A_PAGE + 1, {"plan_against_delivery"}),
    ],
)
def test_what_names_too_much_is_left_out(organisations, programmes, left_out):
    axes = axes_of(organisations, programmes)
    assert {name for name in CHARTS if not fits_on_a_page(name, axes)} == left_out
