"""All histories of one scenario, as arrays with a replicate axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from simulation.results import columns
from simulation.results.axes import Axes
from simulation.results.financial_year import FinancialYear, financial_years, outturns
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    import pandas as pd

    from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]

DETAIL = ("organisations", "relationships", "opportunities")
"""The monthly tables that are kept on request only."""


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """What happened in every replicate of one scenario.

    Tables of `to_frame`: system, outturns, agreements, memberships; with detail also organisations, relationships
    and opportunities, month by month. Units are in `simulation.results.columns`.
    """

    axes: Axes = field(repr=False)
    seed: int
    replicates: NDArray[np.int64] = field(repr=False)
    """`[replicate]`, the number of each history."""
    system: Floats = field(repr=False)
    """`[replicate, month, column]`, see `columns.SYSTEM`."""
    outturns: Floats = field(repr=False)
    """`[replicate, year, organisation]`, £m in the financial year, April to March."""
    agreements: Floats = field(repr=False)
    """`[replicate, opportunity, column]`, see `columns.AGREEMENTS`; NaN where nothing was agreed."""
    memberships: Floats = field(repr=False)
    """`[replicate, membership, column]`, see `columns.MEMBERSHIPS`."""
    organisations: Floats | None = field(default=None, repr=False)
    """`[replicate, month, organisation, column]`, see `columns.ORGANISATIONS`."""
    relationships: Floats | None = field(default=None, repr=False)
    """`[replicate, month, relationship]`, trust 0–1 at the end of the month."""
    opportunities: Floats | None = field(default=None, repr=False)
    """`[replicate, month, opportunity, column]`, see `columns.OPPORTUNITIES`."""

    @classmethod
    def gather(cls, trajectories: Iterable[Trajectory], detail: Sequence[str] = ()) -> Self:
        """Stack histories of one scenario and seed, keeping the monthly tables named in `detail`.

        Raises:
            ValueError: If there is no history, or `detail` names a table that there is not.
        """
        unknown = sorted(set(detail) - set(DETAIL))
        if unknown:
            message = f"no table {unknown[0]!r}; detail may name {', '.join(DETAIL)}"
            raise ValueError(message)
        histories = iter(trajectories)
        first = next(histories, None)
        if first is None:
            message = "an ensemble needs one history at least"
            raise ValueError(message)
        years = financial_years(first.axes.months)
        parts = [_parts_kept(each, years, detail) for each in chain([first], histories)]
        stacked = {name: np.stack([each[name] for each in parts]) for name in parts[0]}
        return cls(axes=first.axes, seed=first.seed, **stacked)

    @property
    def scenario(self) -> "Scenario":
        """The scenario that was run."""
        return self.axes.scenario

    @property
    def target(self) -> float:
        """The gap to be reached in the last month, £m a year: the scenario's, else the plan's last value."""
        from simulation.scenario.paths import target

        return target(self.scenario)

    def __len__(self) -> int:
        """How many histories there are."""
        return len(self.replicates)

    def __getitem__(self, column: str) -> Floats:
        """One column of the system table, `[replicate, month]`, such as `ensemble["gap"]`."""
        return self.system[:, :, list(columns.SYSTEM).index(column)]

    def agreement(self, column: str) -> Floats:
        """One column of the agreements, `[replicate, opportunity]`."""
        return self.agreements[:, :, list(columns.AGREEMENTS).index(column)]

    def to_frame(self, table: str = "system") -> "pd.DataFrame":
        """One tidy pandas table.

        Args:
            table: system, outturns, agreements or memberships; organisations, relationships or opportunities if they
                were kept as detail.

        Raises:
            ValueError: If there is no such table, or it was not kept.
        """
        from simulation.results.frames import to_frame

        return to_frame(self, table)


def _parts_kept(history: Trajectory, years: tuple[FinancialYear, ...], detail: Sequence[str]) -> dict[str, Any]:
    """What an ensemble keeps of one history, so that the rest can be let go."""
    position = list(columns.ORGANISATIONS).index("position")
    return {
        "replicates": np.int64(history.replicate),
        "system": history.system,
        "outturns": outturns(history.organisations[:, :, position], years),
        "agreements": history.agreements,
        "memberships": history.memberships,
    } | {table: getattr(history, table) for table in detail}
