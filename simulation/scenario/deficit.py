"""How a place's gap is divided among its organisations."""

from math import fsum

from simulation.scenario.schema import Scenario


def deficit_shares(scenario: Scenario) -> dict[str, float]:
    """Each organisation's part of the gap, 0–1, in id order and summing to 1: as given, else by income."""
    weights = {
        organisation: float(entry.income if entry.deficit_share is None else entry.deficit_share)
        for organisation, entry in sorted(scenario.organisations.items())
    }
    whole = fsum(weights.values())
    return {organisation: weight / whole for organisation, weight in weights.items()}
