"""One replicate, month by month, as arrays."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.results.axes import Axes

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """Arrays of one replicate; months that were not simulated yet are NaN."""

    axes: Axes = field(repr=False)
    seed: int
    replicate: int
    system: Floats = field(repr=False)
    """`[t, column]`, see `columns.SYSTEM`."""
    organisations: Floats = field(repr=False)
    """`[t, o, column]`, see `columns.ORGANISATIONS`."""
    relationships: Floats = field(repr=False)
    """`[t, r]`, trust at the end of the month, 0–1."""
    opportunities: Floats = field(repr=False)
    """`[t, k, column]`, see `columns.OPPORTUNITIES`."""
    agreements: Floats = field(repr=False)
    """`[k, column]`, see `columns.AGREEMENTS`; NaN where nothing was agreed."""
    memberships: Floats = field(repr=False)
    """`[p, column]`, see `columns.MEMBERSHIPS`."""

    @classmethod
    def blank(cls, axes: Axes, seed: int, replicate: int) -> Self:
        """Return arrays of the right shapes with nothing in them yet."""
        months = axes.scenario.months
        organisations, opportunities = len(axes.organisations), len(axes.opportunities)
        return cls(
            axes=axes,
            seed=seed,
            replicate=replicate,
            system=_nothing(months, len(columns.SYSTEM)),
            organisations=_nothing(months, organisations, len(columns.ORGANISATIONS)),
            relationships=_nothing(months, len(axes.relationships)),
            opportunities=_nothing(months, opportunities, len(columns.OPPORTUNITIES)),
            agreements=_nothing(opportunities, len(columns.AGREEMENTS)),
            memberships=np.zeros((len(axes.memberships), len(columns.MEMBERSHIPS))),
        )

    def __getitem__(self, column: str) -> Floats:
        """Return a column of the system table, `[t]`, such as `trajectory["gap"]`."""
        return self.system[:, columns.index_of(columns.SYSTEM, column)]

    def to_pandas(self, table: str = "system") -> "pd.DataFrame":
        """Return one tidy table, like `Ensemble.to_pandas`."""
        from simulation.results.ensemble import DETAIL, Ensemble, Keep

        return Ensemble.gather([self], Keep.of(len(self.axes.months), DETAIL)).to_pandas(table)


def _nothing(*shape: int) -> Floats:
    return np.full(shape, np.nan)
