"""Rows of one table from several files: each replicate once, under the number that its design has now."""

import resource
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.results.batch import rows as module
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


@pytest.fixture
def many(tmp_path):
    """Sixty files, each with one replicate of the same two designs."""
    made = []
    for replicate in range(60):
        path = tmp_path / f"{replicate}.parquet"
        held = {str(number): Held(number, replicate, replicate + 1) for number in (0, 1)}
        columns = {
            "design": pa.array([0, 1], pa.int32()),
            "replicate": pa.array([replicate] * 2, pa.int32()),
            "gap": pa.array([float(replicate), float(-replicate)]),
        }
        pq.write_table(pa.table(columns), path)
        made.append(Source(path, held))
    return made


def read(sources):
    """The gaps of two designs."""
    designs = [Design(number=n, variant="a", values=(), scenario_hash=str(n)) for n in (0, 1)]
    found = {0: [], 1: []}
    for each, rows in merge(designs, sources):
        found[each.number] += rows["gap"].to_pylist()
    return found


GAPS = {0: [float(r) for r in range(60)], 1: [float(-r) for r in range(60)]}


def test_a_batch_may_have_more_files_than_a_process_may_open(many):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
    twentieth = [number for number in range(len(used) + 20) if number not in used][19]
    resource.setrlimit(resource.RLIMIT_NOFILE, (twentieth + 1, hard))
    try:
        assert read(many) == GAPS
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_files_that_do_not_fit_into_memory_are_read_again(many, monkeypatch):
    monkeypatch.setattr(module, "_ROOM", 100)
    held = 0
    designs = [Design(number=n, variant="a", values=(), scenario_hash=str(n)) for n in (0, 1)]
    for _ in merge(designs, many):
        held = max(held, sum(each.size for each in many))
    assert 0 < held <= 100
    assert read(many) == GAPS
    assert sum(each.size for each in many) == 0
