"""Read a batch's designs and tidy tables, finished or not."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.batch.chunks import failures_table
from simulation.results.batch.manifest import DESIGNS, Design, Manifest
from simulation.results.batch.store import Store
from simulation.results.batch.tables import schema_of

if TYPE_CHECKING:
    import pandas as pd


_MAY_BE_MISSING = {"agreed": "Int64", "by_order": "boolean"}
"""pandas types of columns that are missing where a programme was never agreed."""


class BatchResults:
    """The results of a batch so far.

    Args:
        folder: The batch's folder.

    Attributes:
        folder: The same.
        manifest: The record of the batch, with the version of the model that ran it.
        designs: The table of designs: design, scenario, a column for each factor, baseline, scenario_hash.

    Raises:
        NoBatchError: If the folder holds no batch.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self.designs: pd.DataFrame = pq.read_table(folder / DESIGNS).to_pandas()

    def to_pandas(self, table: str = "system", designs: Sequence[int] | None = None) -> "pd.DataFrame":
        """Return one tidy table: design, replicate, and the columns of `Ensemble.to_pandas`.

        Args:
            table: system, or another that the experiment asked for as detail.
            designs: Numbers of designs; all if left out.

        Raises:
            ValueError: If the table was not kept, or a design does not exist.
        """
        if table not in self.manifest.tables:
            message = f"no table {table!r} was kept; there are {', '.join(self.manifest.tables)}"
            raise ValueError(message)
        chosen = self._chosen(designs)
        found = [rows for _, rows in Store(self.folder).rows(table, chosen)]
        whole = pa.concat_tables(found) if found else schema_of(table).empty_table()
        frame: pd.DataFrame = whole.to_pandas()
        return frame.astype(_MAY_BE_MISSING) if table == "agreements" else frame

    @property
    def failures(self) -> "pd.DataFrame":
        """Replicates that could not be run: design, scenario, replicate, error, traceback."""
        frame: pd.DataFrame = failures_table(list(Store(self.folder).failures().values())).to_pandas()
        return frame

    def _chosen(self, numbers: Sequence[int] | None) -> list[Design]:
        hashes = dict(zip(self.designs["design"], self.designs["scenario_hash"], strict=True))
        unknown = sorted(set(numbers or ()) - set(hashes))
        if unknown:
            message = f"there is no design {unknown[0]}; there are {len(hashes)}, counted from 0"
            raise ValueError(message)
        chosen = hashes if numbers is None else sorted(set(numbers))
        return [Design(number=n, variant="", values=(), scenario_hash=hashes[n]) for n in chosen]


def load_results(path: str | os.PathLike[str]) -> BatchResults:
    """Read the results of a batch so far.

    Args:
        path: The batch's folder, such as `results/instruct-or-coach`.

    Raises:
        NoBatchError: If the folder holds no batch.
    """
    return BatchResults(Path(path))
