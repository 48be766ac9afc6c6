"""The gap under every combination of the levers in which two scenarios differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.changes import EVERYTHING_ELSE, LeverChange

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LeverCombinations:
    """The gap under every combination of the levers in which two scenarios differ.

    Attributes:
        first: Name of the scenario that is changed, lever by lever.
        second: Name of the one that it becomes once all of them are as there.
        levers: The levers in which they differ.
        changes: How levers differ between the two; one that is not named is added.
        gaps: The gap in the last month, `[replicate, first or second, first or second, …]`, an axis of two for each
            lever in order, £m a year; only replicates that were run in every lever combination.
        points: Number of sets of assumptions, one replicate each; 0 if the assumptions are the scenarios' own.
        stretch: Factor by which the ranges of assumptions were stretched.
    """

    first: str
    second: str
    levers: tuple[str, ...]
    changes: Mapping[str, LeverChange] = field(default_factory=dict)
    gaps: Floats = field(repr=False)
    points: int = 0
    stretch: float = 1.0

    @classmethod
    def of(cls, first: str, second: str, levers: Sequence[str], gaps: Floats) -> Self | None:
        """Return the lever combinations for gaps `[combination, replicate]`, the last lever changing fastest.

        A replicate with NaN in a combination is left out; None if none remain.
        """
        whole = gaps[:, ~np.isnan(gaps).any(axis=0)]
        if not whole.shape[1]:
            return None
        return cls(first=first, second=second, levers=tuple(levers), gaps=whole.T.reshape(-1, *[2] * len(levers)))

    def change_of(self, lever: str) -> LeverChange:
        """Return how a lever differs between the two scenarios; of everything else, that it is changed.

        Args:
            lever: One of the levers.
        """
        if lever == EVERYTHING_ELSE:
            return LeverChange.CHANGED
        return self.changes.get(lever, LeverChange.ADDED)
