"""The line below the headline says what the numbers rest on, and which assumptions were held."""

import pytest

from simulation.page.place_data import place_data
from tests.page.made import DAY
from tests.page.node import call, needs_node
from tests.places import SCENARIOS, scenario
from tests.places import place as place_of

pytestmark = [pytest.mark.unit, needs_node]


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ([], "; 2 assumptions held as in the file."),
        (["loss_ratio"], "; 1 assumption held where you put it; 2 assumptions held as in the file."),
        (["loss_ratio", "quorum"], "; 2 assumptions held where you put them; 1 assumption held as in the file."),
    ],
)
def test_what_the_numbers_rest_on_names_the_assumptions_that_the_file_holds(moved, words):
    parameters = {"quorum": 0.6, "opening_trust": 0.5}
    place = place_data(scenario(place_of(parameters=parameters)), SCENARIOS / "place.yaml", date=DAY)
    results = {"replicates": 256, "cases": 1024, "settings": {"parameters": dict.fromkeys(moved, 0.5)}}
    (said,) = call("words.js", [("sizeWords", place, results, "", False)])
    assert said == f"256 simulated runs and 1,024 sets of assumptions, within ±3 in 100{words}"
