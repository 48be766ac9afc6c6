"""The made-up system of today: every number has its source, and nothing in it is odd."""

from pathlib import Path

import pytest

from simulation.scenario.ceiling import least_gap
from simulation.scenario.loading import load_scenario
from simulation.scenario.oddities import find_oddities
from simulation.scenario.paths import target
from simulation.scenario.register import assumptions_register

pytestmark = pytest.mark.unit

SYSTEM = load_scenario(Path(__file__).parents[2] / "scenarios/an-integrated-care-system.yaml")


def test_every_number_has_a_source_or_the_rule_by_which_it_is_assumed() -> None:
    own = [row for row in assumptions_register(SYSTEM) if row.status not in {"evidence", "structural"}]
    numbers = [row for row in own if not (row.where.startswith("parameters.") and row.status == "assumed")]
    assert len(numbers) > 100
    for row in numbers:
        assert row.source
        assert row.source.startswith("assumed: ") == (row.status == "assumed")


def test_nothing_in_it_is_odd() -> None:
    assert find_oddities(SYSTEM) == []
    assert least_gap(SYSTEM) < target(SYSTEM)


def test_the_sums_in_its_comments() -> None:
    """The parts of the gap add up to that of 2028/29, and the contracts to what the file says."""
    parts = sum(float(entry.deficit_share or 0) for entry in SYSTEM.organisations.values())
    assert parts == pytest.approx(SYSTEM.do_nothing["2028-10"])
    assert sum(float(contract.amount) for contract in SYSTEM.contracts.values()) == 1416
    nhs = [each for each, entry in SYSTEM.organisations.items() if entry.sector != "council"]
    assert sum(SYSTEM.net_incomes()[each] for each in nhs) == pytest.approx(2104)
