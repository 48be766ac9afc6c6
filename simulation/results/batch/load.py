"""Read a batch's designs and tidy tables, finished or not."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.backends import Plot
from simulation.extras import check_installed
from simulation.known_names import check_name
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.chunks import failures_table
from simulation.results.batch.errors import OtherBatchError
from simulation.results.batch.manifest import DESIGNS, Design
from simulation.results.batch.omitted import left_out_of
from simulation.results.batch.opened import Batch, in_plain_words, open_all
from simulation.results.batch.tables import schema_of
from simulation.results.dates import first_days
from simulation.results.left_out import LeftOut

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


_MAY_BE_MISSING = {"agreed": "Int64", "by_order": "boolean"}
"""pandas types of columns that are missing where a programme was never agreed."""


class BatchResults:
    """The results of a batch so far.

    Args:
        folder: The batch's folder.
        skip_integrity_check: True to read its files as they are, which `is_checked` says then.

    Attributes:
        folder: The batch's folder.
        is_checked: False if nobody checked that its files are as they were written.
        manifest: The record of the batch, with the version of the model that ran it.
        designs: The table of designs: design, scenario, a column for each factor, baseline, scenario_hash; also the
            point, where points are drawn and have random events of their own.

    Raises:
        NoBatchError: If the folder holds no batch.
        DamagedResultsError: If a file is not as it was written.
    """

    def __init__(self, folder: Path, *, skip_integrity_check: bool = False) -> None:
        self.folder, self.is_checked = folder, not skip_integrity_check
        batch = Batch.open(folder, skip_integrity_check=skip_integrity_check)
        self.manifest, self._designs, self._identity = batch.manifest, batch.designs, _identity(batch)
        self.designs: pd.DataFrame = pq.read_table(arrow_path(folder / DESIGNS)).to_pandas()

    def to_pandas(self, table: str = "system", designs: Sequence[int] | None = None) -> "pd.DataFrame":
        """Return one tidy pandas table: design, replicate, and the columns of `Ensemble.to_pandas`.

        Args:
            table: system, or another that the experiment asked for as detail; ends of supporting runs that keep the
                last month alone.
            designs: Numbers of designs; all if left out.

        Raises:
            ValueError: If the table was not kept, or a design does not exist.
        """
        frame: pd.DataFrame = self._rows(table, designs).to_pandas()
        return frame.astype(_MAY_BE_MISSING) if table == "agreements" else frame

    def to_polars(self, table: str = "system", designs: Sequence[int] | None = None) -> "pl.DataFrame":
        """Return the same table as a polars table.

        Args:
            table: system, or another that the experiment asked for as detail; ends of supporting runs that keep the
                last month alone.
            designs: Numbers of designs; all if left out.

        Raises:
            ImportError: If polars is not installed.
            ValueError: If the table was not kept, or a design does not exist.
        """
        check_installed("to_polars", "polars")
        import polars

        return polars.DataFrame(self._rows(table, designs)).fill_nan(None)

    def check_same(self) -> None:
        """Check that the folder still holds the results that were loaded; they may have more replicates by now.

        Raises:
            OtherBatchError: If it holds others.
        """
        self._open()

    def _open(self) -> Batch:
        """Open the batch as it is now, which may have more replicates than before.

        Raises:
            OtherBatchError: If the folder holds other results by now.
        """
        batch = Batch.open(self.folder, skip_integrity_check=not self.is_checked)
        if _identity(batch) != self._identity:
            message = f"{self.folder} holds other results than when it was loaded: load it again"
            raise OtherBatchError(message)
        return batch

    def _rows(self, table: str, designs: Sequence[int] | None) -> pa.Table:
        """Return a table's rows, with the date of each month after it."""
        check_name("table", table, self.manifest.tables)
        found = list(self._open().store.rows(table, self._chosen(designs)))
        whole = pa.concat_tables(found) if found else schema_of(table).empty_table()
        if "month" not in whole.column_names:
            return whole
        dates = first_days(self._starts[np.asarray(whole["design"])], whole["month"])
        return whole.add_column(whole.column_names.index("month") + 1, "date", pa.array(dates))

    @cached_property
    def _starts(self) -> NDArray[np.datetime64]:
        """The first month of each design: that of its scenario, unless the experiment varies it."""
        starts = {name: each.scenario.start for name, each in self._open().read_variants().items()}
        named = self.designs["start"] if "start" in self.manifest.factors else self.designs["scenario"].map(starts)
        return np.asarray(named, dtype="datetime64[M]")

    @property
    def plot(self) -> Plot:
        """The charts of these results: `plot("verdict")`; `plot.names` lists them."""
        return Plot(self)

    @property
    def failures(self) -> "pd.DataFrame":
        """Replicates that could not be run: design, scenario, replicate, error, traceback."""
        frame: pd.DataFrame = failures_table(list(self._open().store.failures().values())).to_pandas()
        return frame

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The replicates that charts and papers leave out because some failed, see `failures`; the tables have them.

        They leave a replicate that failed in one scenario out of all of them, so that all are compared over the same
        ones. Do the same where you compare scenarios by these tables.
        """
        batch, supporting = open_all(self.folder, skip_integrity_check=not self.is_checked)
        return left_out_of(batch, supporting)

    def _chosen(self, numbers: Sequence[int] | None) -> list[Design]:
        unknown = sorted(set(numbers or ()) - set(range(len(self._designs))))
        if unknown:
            message = f"there is no design {unknown[0]}; there are {len(self._designs)}, counted from 0"
            raise ValueError(message)
        return list(self._designs) if numbers is None else [self._designs[n] for n in sorted(set(numbers))]


def _identity(batch: Batch) -> tuple[object, ...]:
    """Return what stays the same while replicates are added to a batch."""
    designs = tuple((design.number, design.identity) for design in batch.designs)
    return batch.manifest.model, batch.manifest.seed, tuple(batch.manifest.tables), designs


def load_results(path: str | os.PathLike[str], *, skip_integrity_check: bool = False) -> BatchResults:
    """Read the results of a batch so far.

    Args:
        path: The batch's folder, such as `results/instruct-or-coach`.
        skip_integrity_check: True to read its files even if they are not as they were written.

    Raises:
        NoBatchError: If the folder holds no batch.
        DamagedResultsError: If a file is not as it was written.
    """
    if not skip_integrity_check:
        return BatchResults(Path(path))
    with in_plain_words(Path(path)):
        return BatchResults(Path(path), skip_integrity_check=True)
