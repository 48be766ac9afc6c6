"""Some columns of many replicates, for which whole ensembles would need too much memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import trust_rule_code
from simulation.vocabulary import TrustRule

Floats = NDArray[np.float64]

VARIED = ("gap", "cumulative_position", "trust", "population_first")
"""Columns that are kept where assumptions are varied."""


def parameter_number(value: float | str | None) -> float:
    """Return a parameter of a scenario file as a number; a trust rule as its code."""
    return trust_rule_code(TrustRule(value)) if isinstance(value, str) else float(value or 0.0)


@dataclass(frozen=True, kw_only=True)
class Replicates:
    """Columns of the system table, and the parameters of each replicate.

    Attributes:
        columns: `[replicate, month]` by name, such as gap.
        parameters: Parameters at each point, `[point]` by name; empty if nothing was varied. Replicates are in order of
            points, equally many of each.
        outturns: `[replicate, year, organisation]`, £m in the financial year; None if they were not kept.
        stretch: Factor by which the ranges of the parameters were stretched about their defaults.
        own_numbers: Where each of the place's own numbers lies between the low end of its range, 0, and the high, 1, at
            each point, `[point]` by name; empty if they were not varied.
    """

    columns: Mapping[str, Floats] = field(repr=False)
    parameters: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    outturns: Floats | None = field(default=None, repr=False)
    stretch: float = 1.0
    own_numbers: Mapping[str, Floats] = field(default_factory=dict, repr=False)

    def __getitem__(self, column: str) -> Floats:
        """Return one column, `[replicate, month]`."""
        return self.columns[column]

    def __len__(self) -> int:
        """Return the number of replicates."""
        return len(next(iter(self.columns.values())))

    @property
    def points(self) -> int:
        """Number of sets of parameters; 1 if nothing was varied."""
        return len(next(iter(self.parameters.values()))) if self.parameters else 1
