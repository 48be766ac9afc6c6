"""Every change in the table of docs/how-to/python.md is taken by the reference place."""

import re
from pathlib import Path

import pytest

from simulation import load_scenario, with_contracts, with_events, with_levers, with_parameters
from simulation.levers import Lever

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/how-to/python.md").read_text(encoding="utf-8")
TABLE = TEXT.partition("## How to write a change")[2]
WRITTEN = [
    code
    for row in re.findall(r"^\| [^|]+ \|([^|]*)\|([^|]*)\|$", TABLE, re.MULTILINE)
    for code in re.findall(r"`([^`]*)`", " ".join(row))
    if "=" in code
]
PARTNERSHIP = load_scenario(ROOT / "scenarios/mid-south-essex-partnership.yaml")
NAMES = {
    "place": PARTNERSHIP,
    "with_contracts": with_contracts,
    "with_events": with_events,
    "with_levers": with_levers,
    "with_parameters": with_parameters,
}
BY_PLACE = {"commissioner", "provider", "only"}


def call_of(code):
    """The call that a part of one stands for."""
    name = re.match(r"\w+", code).group()
    if name in NAMES:
        return code
    function = "with_levers" if name in set(Lever) else "with_contracts" if name in BY_PLACE else "with_events"
    extra = ', payment="shared"' if function == "with_contracts" else ""
    return f"{function}(place, {code}{extra})"


def test_the_table_is_read():
    assert len(WRITTEN) > 15


@pytest.mark.parametrize("code", WRITTEN)
def test_the_reference_place_takes_it(code):
    assert eval(call_of(code), dict(NAMES)).title
