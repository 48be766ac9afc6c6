"""Where a place opens: what the scenario gives for an organisation or a relationship, else what the parameters say."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import Parameters

Floats = NDArray[np.float64]


class Given(NamedTuple):
    """What a scenario gives; NaN where it leaves it to the parameters."""

    trust: Floats
    """`[r]`, 0–1."""
    same_sector: NDArray[np.bool_]
    """`[r]`, whether both are of one sector."""
    orientation: Floats
    """`[o]`, 0–1."""
    lead_capacity: Floats
    """`[o]`, programmes at once."""


class Openings(NamedTuple):
    """Where a place opens under each of several sets of parameters `[row]`."""

    trust: Floats
    """`[row, r]`, 0–1: opening trust, which is also the baseline."""
    orientation: Floats
    """`[row, o]`, 0–1."""
    lead_capacity: Floats
    """`[row, o]`, programmes at once."""


def open_place(given: Given, rows: Sequence[Parameters]) -> Openings:
    """Fill in what a scenario leaves to the parameters.

    Args:
        given: What the scenario gives.
        rows: Sets of parameters, one or more.
    """
    assumed = {name: np.array([[getattr(row, name)] for row in rows], dtype=np.float64) for name in _ASSUMED}
    by_sector = np.where(given.same_sector, assumed["opening_trust_same_sector"], assumed["opening_trust"])
    return Openings(
        trust=np.where(np.isnan(given.trust), by_sector, given.trust),
        orientation=np.where(np.isnan(given.orientation), assumed["opening_orientation"], given.orientation),
        lead_capacity=np.where(np.isnan(given.lead_capacity), assumed["lead_capacity"], given.lead_capacity),
    )


_ASSUMED = ("opening_trust", "opening_trust_same_sector", "opening_orientation", "lead_capacity")
