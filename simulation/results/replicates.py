"""Some columns of many replicates, where a whole ensemble of each would be too much."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.parameters import trust_rule_code
from simulation.vocabulary import TrustRule

Floats = NDArray[np.float64]

VARIED = ("gap", "trust", "population_first")
"""The columns that are kept where assumptions are varied."""


def parameter_number(value: float | str | None) -> float:
    """A parameter as a scenario file writes it, as a number; a trust rule by its place among the rules."""
    return trust_rule_code(TrustRule(value)) if isinstance(value, str) else float(value or 0.0)


@dataclass(frozen=True, kw_only=True)
class Replicates:
    """Columns of the system table, and what was assumed.

    Attributes:
        columns: `[replicate, month]` by name, such as gap.
        parameters: What was assumed at each point, `[point]` by name of the parameter; empty if nothing was varied. The
            replicates come point by point, equally many of each.
        outturns: `[replicate, organisation]`, £m over the whole run; None where it was not kept.
    """

    columns: Mapping[str, Floats] = field(repr=False)
    parameters: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    outturns: Floats | None = field(default=None, repr=False)

    def __getitem__(self, column: str) -> Floats:
        """One column, `[replicate, month]`."""
        return self.columns[column]

    def __len__(self) -> int:
        """How many replicates there are."""
        return len(next(iter(self.columns.values())))

    @property
    def points(self) -> int:
        """How many sets of parameters; 1 if nothing was varied."""
        return len(next(iter(self.parameters.values()))) if self.parameters else 1
