"""Results that say that they are larger than they are take no memory for it, and rows are counted in every table."""

import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation import load_comparison, load_results, memory
from simulation.execution.plan import plan_batch
from simulation.execution.status import read_statuses
from simulation.execution.supporting_runs import supporting_experiments
from simulation.execution.verification import verify_results
from simulation.experiment.entries import AssumptionSample
from simulation.memory import TooLargeError
from simulation.model.run import run_ensemble
from simulation.results.batch.errors import DamagedResultsError
from simulation.results.batch.manifest import key_of
from simulation.results.batch.tables import to_arrow
from simulation.results.digests import digest_of, digest_of_bytes
from simulation.results.sealed import to_sealed_json
from simulation.results.size import unknown_values
from simulation.results.table_rows import rows_of_replicate
from tests.execution.small import TWO_TRUSTS, experiment, run, small_plan
from tests.execution.test_batch import StoppedError, stop_after
from tests.places import random_place, scenario
from tests.results.test_integrity import NEEDED, cut_replicates

pytestmark = pytest.mark.unit

READERS = {
    "status": read_statuses,
    "load_results": load_results,
    "load_comparison": load_comparison,
    "verify": lambda folder: verify_results(folder, replicates=1),
}
UNTOLD = 500_000
"""Numbers that are more than any of these results needs, and far fewer than what they claim."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch with supporting runs, and one that was stopped."""
    above = tmp_path_factory.mktemp("made")
    asked = experiment(
        replicates=4,
        detail=NEEDED,
        assumptions=AssumptionSample(points=4, replicates=2),
        fixed_stances=2,
    )
    for each in (asked, *supporting_experiments(asked)):
        run(plan_batch(each), above / "whole" / each.supporting_folder)
    with pytest.raises(StoppedError):
        run(
            small_plan({"parameters.loss_ratio": (1.0, 2.0)}, replicates=200), above / "stopped", progress=stop_after(1)
        )
    return above


def reseal(folder, **changes):
    """Change a record, and its digest with it, as a forger would."""
    path = folder / "manifest.json"
    data = json.loads(path.read_text()) | changes
    del data["digest"]
    path.write_text(to_sealed_json(data))


def metadata(folder, **changes):
    """Change what the tables of a batch say of themselves, and all digests with it."""
    files = json.loads((folder / "manifest.json").read_text())["files"]
    for name in [each for each in files if each.endswith(".parquet") and each != "designs.parquet"]:
        about = json.loads(pq.read_metadata(folder / name).metadata[b"trustsim"]) | changes
        table = pq.read_table(folder / name).replace_schema_metadata({b"trustsim": json.dumps(about)})
        pq.write_table(table, folder / name)
        files[name] = digest_of(folder / name)
    reseal(folder, files=files)


def entries(folder, **changes):
    """Change the entries of a chunk, and all digests with it."""
    manifest = json.loads((folder / "manifest.json").read_text())
    (chunk,) = (folder / "chunks").iterdir()
    data = json.loads((chunk / "entries.json").read_text())
    for each in data["entries"]:
        each.update(changes)
        each["key"] = key_of(
            each["scenario_hash"], None, manifest["seed"], each["first"], each["count"], manifest["model"]
        )
    content = json.dumps(data).encode()
    (chunk / "entries.json").write_bytes(content)
    chunk.rename(chunk.with_name(f"{chunk.name.partition('-')[0]}-{digest_of_bytes(content)[:16]}"))


CLAIMS = {
    "a billion replicates": ("whole", lambda folder: reseal(folder, replicates=10**9)),
    "a billion designs": ("whole", lambda folder: reseal(folder, designs=10**9)),
    "a million designs": ("whole", lambda folder: reseal(folder, designs=10**6)),
    "tables of a billion replicates": ("whole", lambda folder: metadata(folder, replicates=10**9)),
    "tables of a million replicates": ("whole", lambda folder: metadata(folder, replicates=10**6)),
    "a part of a billion replicates": ("stopped", lambda folder: entries(folder, count=10**9)),
    "a part after a billion replicates": ("stopped", lambda folder: entries(folder, first=10**9)),
}
BELIEVED = {
    "a million replicates": ("whole", lambda folder: reseal(folder, replicates=10**6)),
    "a million points": ("whole", lambda folder: reseal(folder, design={"kind": "grid", "points": 10**6})),
    "a million replicates of a supporting run": (
        "whole",
        lambda folder: [reseal(folder / each, replicates=10**6) for each in ("assumptions", "fixed-stances")],
    ),
    "a million replicates of a stopped batch": ("stopped", lambda folder: reseal(folder, replicates=10**6)),
}
"""Claims that are true of a batch which was begun and stopped."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("claim", CLAIMS)
def test_what_no_results_can_have_is_refused(claim, reader, made, tmp_path):
    source, change = CLAIMS[claim]
    folder = shutil.copytree(made / source, tmp_path / "claims")
    change(folder)
    with pytest.raises(DamagedResultsError):
        READERS[reader](folder)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("claim", BELIEVED)
def test_memory_follows_what_is_there_and_not_what_is_asked_for(claim, reader, made, tmp_path, monkeypatch):
    source, change = BELIEVED[claim]
    folder = shutil.copytree(made / source, tmp_path / "claims")
    change(folder)
    asked = []
    full = np.full

    def watched(shape, *others, **more):
        asked.append(int(np.prod(shape)))
        assert asked[-1] < UNTOLD
        return full(shape, *others, **more)

    monkeypatch.setattr(np, "full", watched)
    READERS[reader](folder)
    if reader == "load_comparison":
        assert asked


def test_a_supporting_run_that_lacks_replicates_counts_as_not_finished(made, tmp_path):
    folder = shutil.copytree(made / "whole", tmp_path / "claims")
    (study,) = (case.study for case in load_comparison(folder).cases)
    assert study.assumptions is not None
    assert study.all_institutional is not None
    for each in ("assumptions", "fixed-stances"):
        reseal(folder / each, replicates=5)
    comparison = load_comparison(folder)
    (study,) = (case.study for case in comparison.cases)
    assert (study.assumptions, study.all_institutional) == (None, None)
    assert {"assumptions (not finished)", "fixed-stances (not finished)"} <= {*comparison.missing}


def test_values_that_do_not_fit_are_refused_in_words(monkeypatch):
    assert np.isnan(unknown_values((2, 3))).all()
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 1e9)
    with pytest.raises(
        TooLargeError, match=r"this needs about 8\.0 GB of memory, this machine has 1\.0 GB; the results"
    ):
        unknown_values((1000, 1_000_000))


def test_a_replicate_far_beyond_those_that_are_recorded_takes_no_memory(made, tmp_path, monkeypatch):
    folder = shutil.copytree(made / "whole", tmp_path / "far")
    table = pq.read_table(folder / "system.parquet")
    about = pq.read_metadata(folder / "system.parquet").metadata[b"trustsim"]
    numbers = table["replicate"].to_numpy().copy()
    numbers[numbers == numbers.max()] = 2**31 - 2
    at = table.column_names.index("replicate")
    table = table.set_column(at, table.schema.field(at), pa.array(numbers, pa.int32()))
    pq.write_table(table.replace_schema_metadata({b"trustsim": about}), folder / "system.parquet")
    files = json.loads((folder / "manifest.json").read_text())["files"]
    reseal(folder, files=files | {"system.parquet": digest_of(folder / "system.parquet")})
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 1e9)
    with pytest.raises(TooLargeError):
        read_statuses(folder)


@pytest.mark.parametrize("table", ["system", *NEEDED])
def test_rows_are_counted_in_every_table(table, made, tmp_path):
    """The table and its digest are another's: one replicate too few, or two."""
    folder = shutil.copytree(made / "whole", tmp_path / "cut")
    cut_replicates(folder / f"{table}.parquet")
    files = json.loads((folder / "manifest.json").read_text())["files"]
    reseal(folder, files=files | {f"{table}.parquet": digest_of(folder / f"{table}.parquet")})
    with pytest.raises(DamagedResultsError, match=rf"{table}\.parquet has \d+ rows, and its 4 replicates have \d+: "):
        load_comparison(folder)


@pytest.mark.parametrize("place", [TWO_TRUSTS, *(scenario(random_place(seed)) for seed in range(8))])
def test_the_rows_of_every_table_are_known(place):
    detail = ("organisations", "relationships", "opportunities")
    ensemble = run_ensemble(place, replicates=3, seed=1, engine="mesa", detail=detail)
    for table, rows in rows_of_replicate(place).items():
        assert len(to_arrow(table, [0], [ensemble])) == 3 * rows, table
