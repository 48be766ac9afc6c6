"""Sets of tables that are compared with replicates run again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.execution.plan import Plan
from simulation.execution.tasks import simulate
from simulation.results.batch.manifest import Design

Again = Mapping[str, pa.Table | None]
"""Tables of one replicate by the names of their files, without the ending; None if it could not be run."""


class WorkedOut(NamedTuple):
    """A file that follows from the tables: what it holds, and what the tables give."""

    name: str
    stored: Mapping[str, Any]
    again: Mapping[str, Any]


class PartTables(NamedTuple):
    """A set of tables of the results, and how its replicates are run again."""

    name: str
    """Its name; empty for the results themselves."""
    folder: str
    """Its folder within that of the results; empty for the same."""
    spans: Sequence[tuple[Design, int, int]]
    """Each design with its first replicate and the one after its last."""
    failed: frozenset[tuple[str, int]]
    """Replicates that failed, by identity of design and number."""
    read: Callable[[str, Design], pa.Table]
    """Returns a table's rows of a design, with the number of the replicate."""
    again: Callable[[Design, int], Again]
    """Runs a replicate of a design, and returns its tables."""
    files: Mapping[str, str]
    """Digest of each file by its name in the folder."""
    is_whole: bool
    """True if nothing is missing."""
    work_out: Callable[[], Iterable[WorkedOut]] = tuple
    """Works out again each file that follows from the tables."""

    def path_of(self, name: str) -> str:
        """Return the path of a file from the folder of the results."""
        return f"{self.folder}/{name}".lstrip("/")


def run_again(plan: Plan, design: Design, replicate: int) -> Again:
    """Run a replicate of a design, and return all tables of the plan.

    Args:
        plan: The plan that has the design.
        design: The design.
        replicate: Number of the replicate.
    """
    made = simulate(plan.task([design], replicate, 1)).tables
    return {table: pq.read_table(pa.BufferReader(made[table])) if table in made else None for table in plan.tables}
