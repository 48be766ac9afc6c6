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
    table = pa.concat_tables(merge([design(0), design(1)], sources))
    assert table["design"].to_pylist() == [0] * 4 + [1] * 4
    assert table["replicate"].to_pylist() == [0, 1, 2, 3] * 2


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
    table = pa.concat_tables(merge(designs, sources)).to_pydict()
    return {n: [gap for each, gap in zip(table["design"], table["gap"], strict=True) if each == n] for n in (0, 1)}


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


def file_of(path, rows, held):
    """A file with rows of (design there, replicate), whose gap is the one and a hundredth of the other."""
    numbers, replicates = zip(*rows, strict=True)
    gaps = [number + replicate / 100 for number, replicate in rows]
    columns = {"design": pa.array(numbers, pa.int32()), "replicate": pa.array(replicates, pa.int32()), "gap": gaps}
    pq.write_table(pa.table(columns), path)
    return Source(path, held)


def test_designs_that_lie_together_get_their_present_numbers_and_others_keep_their_place(tmp_path):
    """Designs 0 to 5 now: 1 and 2 follow each other in one file under other numbers, 3 lies in two, 4 has no row."""
    one = file_of(
        tmp_path / "one.parquet",
        [(7, 0), (7, 1), (8, 0), (8, 1), (9, 0), (11, 0), (11, 1)],
        {"b": Held(7, 0, 2), "c": Held(8, 0, 2), "d": Held(9, 0, 1), "e": Held(10, 0, 2), "f": Held(11, 0, 2)},
    )
    two = file_of(tmp_path / "two.parquet", [(0, 0), (0, 1), (1, 1)], {"a": Held(0, 0, 2), "d": Held(1, 1, 2)})
    designs = [Design(number=n, variant="a", values=(), scenario_hash=name) for n, name in enumerate("abcdef")]
    blocks = list(merge(designs, [one, two]))
    table = pa.concat_tables(blocks).to_pydict()
    assert [*zip(table["design"], table["replicate"], table["gap"], strict=True)] == [
        (0, 0, 0.0),
        (0, 1, 0.01),
        (1, 0, 7.0),
        (1, 1, 7.01),
        (2, 0, 8.0),
        (2, 1, 8.01),
        (3, 0, 9.0),
        (3, 1, 1.01),
        (5, 0, 11.0),
        (5, 1, 11.01),
    ]
    assert len(blocks) == 4


def test_some_of_the_designs_of_a_file_are_read_without_those_between(tmp_path):
    rows = [(number, 0) for number in range(5)]
    whole = file_of(tmp_path / "whole.parquet", rows, {str(n): Held(n, 0, 1) for n in range(5)})
    chosen = [Design(number=n, variant="a", values=(), scenario_hash=str(n)) for n in (0, 1, 4)]
    assert pa.concat_tables(merge(chosen, [whole]))["gap"].to_pylist() == [0, 1, 4]
