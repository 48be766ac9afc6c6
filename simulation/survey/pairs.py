"""Pairs of organisations of which one can rate the other."""

from itertools import permutations

from simulation.scenario.schema import Scenario

Pair = tuple[str, str]
"""The organisation that trusts, and the one that is trusted."""


def relationships_of(place: Scenario) -> set[Pair]:
    """Return the pairs of organisations that share a programme or contract, in both directions."""
    return {pair for each in place.opportunities.values() for pair in permutations(each.participants, 2)}
