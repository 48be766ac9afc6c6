"""Rows of one table from several files: each replicate once, under the number that its design has now."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.results.batch.manifest import Design
from simulation.results.batch.rows import Held, Source, merge

pytestmark = pytest.mark.unit


def source(path, number, replicates):
    """A file with one row for each replicate of a design, under the number that it had there."""
    columns = {
        "design": pa.array([number] * len(replicates), pa.int32()),
        "replicate": pa.array(replicates, pa.int32()),
        "gap": pa.array([float(replicate) for replicate in replicates]),
    }
    pq.write_table(pa.table(columns), path)
    return Source(path, {"hash": Held(number, replicates[0], replicates[-1] + 1)})


def design(number):
    return Design(number=number, variant="a", values=(), scenario_hash="hash")


def test_equal_designs_each_get_all_rows_under_their_own_number(tmp_path):
    """Two designs that come to one scenario: some of its replicates lie there under the one number, some under both."""
    sources = [source(tmp_path / "one.parquet", 1, [0, 1]), source(tmp_path / "two.parquet", 0, [0, 1, 2, 3])]
    found = {}
    for each, rows in merge([design(0), design(1)], sources):
        found.setdefault(each.number, []).append(rows)
    for number in (0, 1):
        table = pa.concat_tables(found[number])
        assert table["design"].to_pylist() == [number] * 4
        assert table["replicate"].to_pylist() == [0, 1, 2, 3]
