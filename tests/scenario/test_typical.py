"""Typical values: each is of a field that exists, and the small scenario's comments give them as the table does."""

import re
from pathlib import Path

import pytest

from simulation.parameters import TABLE
from simulation.scenario.entries import (
    ActivityEntry,
    ContractEntry,
    OrganisationEntry,
    ProgrammeEntry,
    Setting,
    TrustOverride,
)
from simulation.scenario.fields import written_names
from simulation.scenario.schema import Scenario
from simulation.scenario.typical import TYPICAL, Typical, typical_of

pytestmark = pytest.mark.unit

FIELDS = {
    "place": written_names(Scenario),
    "organisations": written_names(OrganisationEntry),
    "contracts": written_names(ContractEntry),
    "programmes": written_names(ProgrammeEntry),
    "activity": written_names(ActivityEntry),
    "levers": written_names(Setting),
    "relationships": written_names(TrustOverride),
    "parameters": [row.name for row in TABLE],
}


@pytest.mark.parametrize("row", TYPICAL, ids=lambda row: f"{row.section}.{row.field} {row.of}")
def test_a_typical_value_is_of_a_field_that_files_have(row: Typical) -> None:
    assert row.field in FIELDS[row.section]
    assert row.size
    assert row.source


def test_the_sizes_of_a_field_are_said_in_one_line() -> None:
    assert typical_of("organisations", "efficiency_pool") == (
        "2% to 3% of income (a commissioner); about 5% of income (a provider);"
        " 3.5% of income for each year of recurrent savings that is left (a trust of today)"
    )
    assert typical_of("organisations", "lead_capacity") == "4 to 12"
    assert typical_of("organisations", "name") is None


STARTER = Path(__file__).parents[2] / "simulation/cli/starter.yaml"
_TYPICAL = re.compile(r"^[ #]*(?P<field>\w+(?=:))?.*?[Tt]ypical: (?P<words>.+?)\.?$", re.MULTILINE)


def test_the_small_scenario_says_the_sizes_of_the_table() -> None:
    known = {words: row.field for row in TYPICAL for words in (row.size, row.words)}
    text = STARTER.read_text(encoding="utf-8")
    found = [(each["field"], each["words"]) for each in _TYPICAL.finditer(text)]
    assert len(found) == len(re.findall("[Tt]ypical: ", text)) > 20
    for field, words in found:
        assert words in known
        if field in set(known.values()):
            assert known[words] == field
