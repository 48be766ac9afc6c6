"""All replicates of one scenario, as arrays with a replicate axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import index
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.backends import Plot
from simulation.known_names import check_name
from simulation.results.axes import Axes
from simulation.results.financial_year import FinancialYear, financial_years, outturns
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    import xarray as xr

    from simulation.results.dates import DateLike
    from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]

DETAIL = ("organisations", "relationships", "opportunities")
"""The monthly tables that are kept on request only."""


_MOST_SEED = 2**64 - 1


def whole(name: str, number: int, low: int, high: int) -> int:
    """Return a whole number of any integer type as a Python int.

    Raises:
        ValueError: If it is not a whole number, or out of bounds; True and 2.0 are none.
    """
    try:
        if isinstance(number, bool | np.bool_):
            raise TypeError
        as_int = index(number)
    except TypeError:
        message = f"{name} must be a whole number (given: {number!r})"
        raise ValueError(message) from None
    if not low <= as_int <= high:
        message = f"{name} must be from {low} to {'2⁶⁴ − 1' if high == _MOST_SEED else high} (given: {as_int})"
        raise ValueError(message)
    return as_int


_ALWAYS = ("replicates", "system", "outturns", "agreements", "memberships")


class Keep(NamedTuple):
    """The monthly tables that are kept besides the summary, and their months."""

    tables: tuple[str, ...] = ()
    """Of `DETAIL`."""
    months: tuple[int, ...] = ()
    """Counted from 0, in order."""

    @classmethod
    def of(cls, horizon: int, tables: Sequence[str] = (), months: Sequence[int] | None = None) -> Self:
        """Return the tables and months asked for; all months if none are named.

        Raises:
            ValueError: If there is no such table or month.
        """
        named = (tables,) if isinstance(tables, str) else tuple(tables)
        for table in named:
            check_name("table", table, DETAIL)
        if months is None:
            return cls(named, tuple(range(horizon)) if named else ())
        kept = sorted({whole("a month of detail_months", month, 0, horizon - 1) for month in months})
        if not (named and kept):
            message = "detail_months are the months of the tables that detail names: give both"
            raise ValueError(message)
        return cls(named, tuple(kept))


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Ensemble:
    """All replicates of one scenario.

    Its arrays are read-only: `ensemble.gap.copy()` can be written to.

    `ensemble["plan_coverage"]` is a column of the system table, `[replicate, month]`. Tables of `to_pandas`: system,
    outturns, agreements, memberships; with detail also organisations, relationships and opportunities, month by month.
    Units are in `simulation.columns`.
    """

    axes: Axes
    seed: int
    replicates: NDArray[np.int64]
    """`[replicate]`, the number of each replicate."""
    system: Floats
    """`[replicate, month, column]`, see `columns.SYSTEM`."""
    outturns: Floats
    """`[replicate, year, organisation]`, £m in the financial year, April to March."""
    agreements: Floats
    """`[replicate, opportunity, column]`, see `columns.AGREEMENTS`; NaN where nothing was agreed."""
    memberships: NDArray[np.uint16]
    """`[replicate, membership, column]`, see `columns.MEMBERSHIPS`."""
    detail_months: tuple[int, ...] = ()
    """The months, counted from 0, of the tables of detail."""
    organisations: Floats | None = None
    """`[replicate, detail month, organisation, column]`, see `columns.ORGANISATIONS`."""
    relationships: Floats | None = None
    """`[replicate, detail month, relationship]`, trust 0–1 at the end of the month."""
    opportunities: Floats | None = None
    """`[replicate, detail month, opportunity, column]`, see `columns.OPPORTUNITIES`."""

    def __post_init__(self) -> None:
        """Show the arrays read-only, without copying them; the code that made them may still write to them."""
        for name in self.arrays:
            shown = np.asarray(getattr(self, name)).view()
            shown.setflags(write=False)
            object.__setattr__(self, name, shown)

    def __eq__(self, other: object) -> bool:
        """Return True if it holds the same numbers, to the bit, of the same scenario and seed."""
        if not isinstance(other, Ensemble):
            return NotImplemented
        same = (self.axes, self.seed, self.detail_months) == (other.axes, other.seed, other.detail_months)
        return (
            same
            and self.arrays == other.arrays
            and all(np.array_equal(getattr(self, name), getattr(other, name), equal_nan=True) for name in self.arrays)
        )

    __hash__ = None  # type: ignore[assignment]  # two that are equal may be different objects

    @classmethod
    def gather(cls, trajectories: Iterable[Trajectory], keep: Keep | None = None) -> Self:
        """Stack replicates of one place and seed, with the monthly tables that are kept.

        Raises:
            ValueError: If there is no replicate.
        """
        keep, replicates = keep or Keep(), iter(trajectories)
        first = next(replicates, None)
        if first is None:
            message = "an ensemble needs one replicate at least"
            raise ValueError(message)
        years = financial_years(first.axes.months)
        parts = [_parts_kept(each, years, keep) for each in chain([first], replicates)]
        stacked = {name: np.stack([each[name] for each in parts]) for name in parts[0]}
        return cls(axes=first.axes, seed=first.seed, detail_months=keep.months, **stacked)

    def select(self, replicates: slice) -> Self:
        """Return some of the replicates; their arrays are views of these."""
        chosen: dict[str, Any] = {name: getattr(self, name)[replicates] for name in self.arrays}
        return replace(self, **chosen)

    @property
    def arrays(self) -> tuple[str, ...]:
        """The names of the arrays that were kept; the first axis of each is the replicate."""
        return (*_ALWAYS, *(name for name in DETAIL if getattr(self, name) is not None))

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
        """Return the number of replicates."""
        return len(self.replicates)

    def __repr__(self) -> str:
        from simulation.results.display import ensemble_to_text

        return ensemble_to_text(self)

    def _repr_html_(self) -> str:
        from simulation.results.display import ensemble_to_html

        return ensemble_to_html(self)

    def __getitem__(self, column: str) -> Floats:
        """Return a column of the system table, `[replicate, month]`, such as `ensemble["gap"]`."""
        return self.system[:, :, columns.index_of(columns.SYSTEM, column)]

    @property
    def gap(self) -> Floats:
        """The gap that remains, `[replicate, month]`, £m a year: run rate, recurrent."""
        return self["gap"]

    @property
    def trust(self) -> Floats:
        """Trust as the mean over relationships, `[replicate, month]`, 0–1."""
        return self["trust"]

    @property
    def position(self) -> Floats:
        """The sum of the organisations' positions in each month, costs included, `[replicate, month]`, £m."""
        return self["position"]

    @property
    def plot(self) -> Plot:
        """The charts of these results: `plot("trajectory")`; `plot.names` lists them."""
        return Plot(self)

    def agreement(self, column: str) -> Floats:
        """Return a column of the agreements, `[replicate, opportunity]`."""
        return self.agreements[:, :, columns.index_of(columns.AGREEMENTS, column)]

    def to_pandas(self, table: str = "system") -> "pd.DataFrame":
        """Return one tidy pandas table; next to a month that is counted from 0 stands `date`, its first day.

        Args:
            table: system, outturns, agreements or memberships; organisations, relationships or opportunities if they
                were kept as detail.

        Raises:
            ValueError: If there is no such table, or it was not kept.
        """
        from simulation.results.frames import to_pandas

        return to_pandas(self, table)

    def to_polars(self, table: str = "system") -> "pl.DataFrame":
        """Return the same table as `to_pandas`, as a polars table.

        Args:
            table: As in `to_pandas`.

        Raises:
            ImportError: If polars is not installed.
            ValueError: If there is no such table, or it was not kept.
        """
        from simulation.results.frames import to_polars

        return to_polars(self, table)

    def to_xarray(self) -> "xr.DataTree":
        """Return an xarray tree with a dataset for each table, with named axes and units.

        `ensemble.to_xarray()["system/gap"]` is a data array; `["system"].to_dataset().to_dataframe()` a pandas table.
        The axis `month` holds the first day of each month: `.sel(month="2018-03-01")`.

        Raises:
            ImportError: If xarray is not installed, or is older than 2024.10.
        """
        from simulation.results.labelled import to_xarray

        return to_xarray(self)

    def trust_between(self, trusting: str, trusted: str) -> "pd.DataFrame":
        """Return the trust of one organisation in another, 0–1, at the end of each month, as a pandas table.

        A row for each replicate, a column for each month that was kept as detail, named by its first day:
        `.mean().plot()` draws the mean, and `.to_numpy()` is an array `[replicate, month]`.

        Args:
            trusting: The organisation that trusts: its id, or a part of its name that no other has.
            trusted: The one that is trusted.

        Raises:
            ValueError: If there is no such organisation or relationship, or relationships were not kept.
        """
        from simulation.results.trust import trust_between

        return trust_between(self, trusting, trusted)

    def trust_graph(self, month: "int | DateLike" = -1) -> "nx.DiGraph[str]":
        """Return the relationships of a month as a networkx graph, from those that trust to those trusted.

        Edges have `trust`, the mean over replicates, 0–1; nodes have name, role, sector and income, £m a year.

        Args:
            month: A month as YYYY-MM, a day in it, or counted from 0; the last that was kept if left out.

        Raises:
            ValueError: If there is no such month, or relationships were not kept for it.
        """
        from simulation.results.trust import trust_graph

        return trust_graph(self, month)

    def save(self, path: str | Path) -> None:
        """Write the ensemble to one `.npz` file; the suffix is added if it is missing.

        Raises:
            OSError: If it cannot be written; no half-written file is left.
        """
        from simulation.results.ensemble_file import save_ensemble

        save_ensemble(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> "Ensemble":
        """Read an ensemble that `save` wrote; the suffix may be left out here too.

        Raises:
            OSError: If it cannot be read.
            ValueError: If it holds no ensemble.
        """
        from simulation.results.ensemble_file import load_ensemble

        return load_ensemble(Path(path))


def _parts_kept(replicate: Trajectory, years: tuple[FinancialYear, ...], keep: Keep) -> dict[str, Any]:
    """Return the arrays of one replicate that an ensemble keeps, so that memory for the rest is released."""
    position = columns.ORGANISATIONS.position
    return {
        "replicates": np.int64(replicate.replicate),
        "system": replicate.system,
        "outturns": outturns(replicate.organisations[:, :, position], years),
        "agreements": replicate.agreements,
        "memberships": replicate.memberships.astype(np.uint16),
    } | {table: getattr(replicate, table)[list(keep.months)] for table in keep.tables}
