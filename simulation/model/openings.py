"""The opening state of a place: values that the scenario gives, else those of the parameters."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import Parameters

Floats = NDArray[np.float64]


class Overrides(NamedTuple):
    """Opening values that a scenario gives in place of the parameters'; NaN where it gives none."""

    trust: Floats
    """`[r]`, 0–1."""
    same_sector: NDArray[np.bool_]
    """`[r]`, true if both organisations are in the same sector."""
    orientation: Floats
    """`[o]`, 0–1."""
    lead_capacity: Floats
    """`[o]`, programmes at once."""


class Openings(NamedTuple):
    """The opening state of a place under each of several sets of parameters `[row]`."""

    trust: Floats
    """`[row, r]`, 0–1: opening trust, which is also the baseline."""
    orientation: Floats
    """`[row, o]`, 0–1."""
    lead_capacity: Floats
    """`[row, o]`, programmes at once."""


def open_place(overrides: Overrides, rows: Sequence[Parameters]) -> Openings:
    """Return the opening state, with the parameters' values where a scenario gives none.

    Args:
        overrides: The values that the scenario gives.
        rows: Sets of parameters, one or more.
    """
    assumed = {name: np.array([[getattr(row, name)] for row in rows], dtype=np.float64) for name in _ASSUMED}
    premium = np.where(overrides.same_sector, assumed["same_sector_premium"], 0.0)
    by_sector = np.clip(assumed["opening_trust"] + premium, 0.0, 1.0)
    return Openings(
        trust=np.where(np.isnan(overrides.trust), by_sector, overrides.trust),
        orientation=np.where(np.isnan(overrides.orientation), assumed["opening_orientation"], overrides.orientation),
        lead_capacity=np.where(np.isnan(overrides.lead_capacity), assumed["lead_capacity"], overrides.lead_capacity),
    )


_ASSUMED = ("opening_trust", "same_sector_premium", "opening_orientation", "lead_capacity")
