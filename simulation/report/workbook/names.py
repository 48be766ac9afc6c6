"""Words for the ids and codes in tables of results: names of organisations, titles of programmes, labels of levers."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.charts.text.words import parameter_words
from simulation.formatting import capital
from simulation.levers import Lever
from simulation.results.comparison import Comparison
from simulation.scenario.schema import Scenario


@dataclass(frozen=True)
class Names:
    """Names of organisations and titles of programmes and contracts, by id."""

    of: Mapping[str, str]

    def label(self, column: str, code: str) -> str:
        """Return the words for an id or a code in a column.

        Args:
            column: Name of the column, one of `LABELLED`.
            code: What it holds.
        """
        if column == "lever":
            return Lever(code).label if code in set(Lever) else capital(code.replace("_", " "))
        if column in {"parameter", "across", "up"}:
            return parameter_words(code)
        return self.of.get(code, code)


def names_of(comparison: Comparison) -> Names:
    """Return the names of organisations and the titles of programmes and contracts; of several, the first one given.

    Args:
        comparison: The results.
    """
    found: dict[str, str] = {}
    for scenario in (comparison.scenario, *(study.ensemble.scenario for study in comparison.studies.values())):
        found = names_in(scenario) | found
    return Names(found)


def names_in(scenario: Scenario) -> dict[str, str]:
    """Return the names of a scenario's organisations and the titles of its programmes and contracts, by id.

    Args:
        scenario: The scenario.
    """
    given = {each: entry.name for each, entry in scenario.organisations.items()}
    given |= {each: entry.title for each, entry in scenario.programmes.items()}
    given |= {each: entry.title for each, entry in scenario.contracts.items()}
    return {each: name for each, name in given.items() if name}
