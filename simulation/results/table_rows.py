"""The number of rows that each table has for one replicate of a place."""

from simulation.results.axes import chosen_months
from simulation.scenario.schema import Scenario


def rows_of_replicate(scenario: Scenario) -> dict[str, int]:
    """Return how many rows each table has for one replicate, by its name.

    Args:
        scenario: The place.
    """
    months, organisations = scenario.months, len(scenario.organisations)
    opportunities = scenario.opportunities.values()
    pairs = {(one, other) for each in opportunities for one in each.participants for other in each.participants}
    relationships = sum(one != other for one, other in pairs)
    return {
        "system": months,
        "outturns": organisations * (1 + months // 12),
        "agreements": len(opportunities),
        "memberships": sum(len(each.participants) for each in opportunities),
        "organisations": months * organisations,
        "relationships": months * relationships,
        "opportunities": months * len(opportunities),
        "trust": len(chosen_months(months)) * relationships,
    }
