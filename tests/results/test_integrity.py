"""Results that are not as they were written are refused: each damaged file is named, with what to do."""

import json
import re
import shutil
from contextlib import suppress

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation import load_comparison, load_results
from simulation.execution.record import read_plan
from simulation.execution.status import read_statuses
from simulation.results import digests
from simulation.results.batch.errors import BatchFolderError, DamagedResultsError
from simulation.results.integrity import FORMAT
from simulation.results.sealed import to_sealed_json
from simulation.results.store import write_run
from simulation.results.study import Study
from simulation.scenario.writing import scenario_hash
from tests.execution.small import TWO_TRUSTS, begin, run, small_plan
from tests.execution.test_batch import StoppedError, stop_after
from tests.results.test_provenance import record

pytestmark = pytest.mark.unit

NEEDED = ("outturns", "agreements", "memberships", "trust")
READERS = {
    "status": read_statuses,
    "load_results": load_results,
    "load_comparison": load_comparison,
    "retry": read_plan,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch, another one, and one that was stopped, in folders of one folder."""
    above = tmp_path_factory.mktemp("made")
    run(small_plan(replicates=4, detail=NEEDED), above / "batch")
    run(small_plan(replicates=4, detail=NEEDED, seed=2), above / "other")
    with pytest.raises(StoppedError):
        run(
            small_plan({"parameters.loss_ratio": (1.0, 2.0)}, replicates=200), above / "stopped", progress=stop_after(2)
        )
    ensemble = load_comparison(above / "batch").cases[0].study.ensemble
    above.joinpath("run").mkdir()
    write_run(above / "run", Study(ensemble=ensemble), record(replicates=4, scenario_hash=scenario_hash(TWO_TRUSTS)))
    return above


def edit_table(path):
    table = pq.read_table(path)
    column = next(i for i, field in enumerate(table.schema) if pa.types.is_floating(field.type))
    halved = pa.array([None if value is None else value / 2 for value in table.column(column).to_pylist()])
    metadata = pq.read_metadata(path).metadata
    changed = table.set_column(column, table.schema.field(column).name, halved)
    pq.write_table(changed.replace_schema_metadata({b"trustsim": metadata[b"trustsim"]}), path)


def cut_replicates(path):
    table = pq.read_table(path)
    kept = table.filter(pa.compute.less(table["replicate"], 2))
    pq.write_table(kept.replace_schema_metadata({b"trustsim": pq.read_metadata(path).metadata[b"trustsim"]}), path)


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def replace_by_folder(path):
    path.unlink()
    path.mkdir()


ANY_FILE = {
    "a bit flipped": flip_a_bit,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "deleted": lambda path: path.unlink(),
    "a folder in its place": replace_by_folder,
}
TABLE = {"one column halved": edit_table, "replicates cut off": cut_replicates}
FILES = ("system.parquet", "trust.parquet", "designs.parquet", "scenarios/00-as-it-is.yaml", "manifest.json")
CASES = [(file, how) for file in FILES for how in ANY_FILE] + [("system.parquet", how) for how in TABLE]


@pytest.mark.parametrize(("file", "how"), CASES)
def test_every_reader_names_the_damaged_file(file, how, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (ANY_FILE | TABLE)[how](folder / file)
    for name, read in READERS.items():
        with pytest.raises(DamagedResultsError) as caught:
            read(folder)
        assert any(each.startswith(str(folder / file)) for each in caught.value.problems), (name, str(caught.value))
        assert len(caught.value.problems) == 1, (name, str(caught.value))
        assert "run the same `trustsim batch` again" in str(caught.value)
        if name != "retry":
            with suppress(BatchFolderError):  # as it is: its numbers, or words
                read(folder, skip_integrity_check=True)


RUN_FILES = ("system.parquet", "trust.parquet", "scenario.yaml", "run.json")


@pytest.mark.parametrize(("file", "how"), [(file, how) for file in RUN_FILES for how in ANY_FILE])
def test_a_damaged_run_is_named(file, how, made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    ANY_FILE[how](folder / file)
    with pytest.raises(DamagedResultsError) as caught:
        load_comparison(folder)
    assert [each.startswith(str(folder / file)) for each in caught.value.problems] == [True]
    assert "run the same `trustsim run` again" in str(caught.value)


def test_a_table_that_a_run_does_not_list_is_not_read(made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    shutil.copy(folder / "system.parquet", folder / "assumptions.parquet")
    shutil.copytree(made / "run", folder / "no-joint-action")
    read = load_comparison(folder)
    assert read.cases[0].study.assumptions is None
    assert read.no_joint_action is None


def test_two_tables_that_changed_places_and_a_table_of_other_results_are_noticed(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (folder / "trust.parquet").rename(folder / "held")
    (folder / "outturns.parquet").rename(folder / "trust.parquet")
    (folder / "held").rename(folder / "outturns.parquet")
    shutil.copy(made / "other/system.parquet", folder / "system.parquet")
    shutil.copy(made / "stopped/manifest.json", folder / "failures.parquet")
    with pytest.raises(DamagedResultsError) as caught:
        load_results(folder)
    said = str(caught.value)
    for name in ("outturns", "trust", "system"):
        assert f"{name}.parquet was changed after it was written" in said
    assert "failures.parquet does not belong to these results" in said


EDITS = {
    "seed": (7, "was changed after it was written"),
    "model": ("0.0.1+abc", "was changed after it was written"),
    "replicates": (10**9, "replicates: must be at most 1000000, not 1000000000"),
    "designs": ("two", "designs: must be a whole number, not 'two'"),
    "sed": (7, "sed: unknown field, did you mean seed?"),
    "format": (FORMAT + 1, f"has format {FORMAT + 1}, of a later version of trustsim; this one reads format {FORMAT}"),
}


@pytest.mark.parametrize("field", EDITS)
def test_an_edited_record_is_not_believed(field, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    value, said = EDITS[field]
    data = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(data | {field: value}))
    skip = "was changed" not in said
    for read in (read_statuses, load_results, load_comparison):
        with pytest.raises(DamagedResultsError, match=re.escape(said)):
            read(folder, skip_integrity_check=skip)


@pytest.mark.parametrize("field", ["seed", "model"])
def test_a_record_with_a_digest_of_its_own_is_compared_with_the_tables(field, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    data = json.loads((folder / "manifest.json").read_text())
    forged = {name: value for name, value in data.items() if name != "digest"} | {
        field: {"seed": 7, "model": "x"}[field]
    }
    (folder / "manifest.json").write_text(to_sealed_json(forged))
    with pytest.raises(DamagedResultsError, match=f"says {field} .*, and system.parquet was made with"):
        load_results(folder)


def test_scenarios_of_a_record_with_a_digest_of_its_own_are_compared_with_the_designs(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    data = json.loads((folder / "manifest.json").read_text())
    del data["digest"]
    name, data["variants"][0]["name"] = data["variants"][0]["name"], "renamed"
    (folder / "manifest.json").write_text(to_sealed_json(data))
    with pytest.raises(DamagedResultsError, match=f"has no scenario '{name}', and designs.parquet has it"):
        load_comparison(folder)


@pytest.mark.parametrize("digest", [{}, {"digest": ""}, {"digest": None}, {"digest": []}, {"digest": {"a": 1}}])
@pytest.mark.parametrize("form", [{}, {"format": 2}])
def test_an_edited_record_without_its_digest_is_noticed(digest, form, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    data = json.loads((folder / "manifest.json").read_text())
    kept = {name: value for name, value in data.items() if name not in {"digest", "format"}}
    (folder / "manifest.json").write_text(json.dumps(kept | {"title": "Edited"} | form | digest))
    with pytest.raises(DamagedResultsError, match=r"manifest\.json was changed after it was written"):
        load_comparison(folder)


@pytest.mark.parametrize("content", ["[" * 100_000, "", "[1]", '{"seed": NaN}', "{", '{"seed": ' + "9" * 5000 + "}"])
def test_a_record_that_is_no_record_is_refused_in_words(content, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (folder / "manifest.json").write_text(content)
    for skip in (False, True):
        with pytest.raises(DamagedResultsError, match=r"run the same `trustsim batch` again, which restores it$"):
            load_comparison(folder, skip_integrity_check=skip)


def test_results_of_the_first_format_are_refused_or_read_as_they_are(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    data = json.loads((folder / "manifest.json").read_text())
    kept = {name: value for name, value in data.items() if name not in {"digest", "files", "replacing"}}
    (folder / "manifest.json").write_text(json.dumps(kept | {"format": 1}))
    with pytest.raises(DamagedResultsError, match="has format 1, from before files had digests"):
        load_comparison(folder)
    assert load_comparison(folder, skip_integrity_check=True).is_checked is False


@pytest.mark.parametrize("how", ANY_FILE)
@pytest.mark.parametrize("file", ["system.parquet", "entries.json"])
def test_a_damaged_part_of_a_stopped_batch_is_named(file, how, made, tmp_path):
    folder = shutil.copytree(made / "stopped", tmp_path / "stopped")
    part = min(folder.glob("chunks/*"))
    ANY_FILE[how](part / file)
    for read in READERS.values():
        with pytest.raises(DamagedResultsError) as caught:
            read(folder)
        assert [each.startswith(str(part / file)) for each in caught.value.problems] == [True]


def test_a_part_of_another_batch_does_not_belong(made, tmp_path):
    folder = shutil.copytree(made / "stopped", tmp_path / "stopped")
    other = tmp_path / "other"
    with pytest.raises(StoppedError):
        run(small_plan(replicates=200, seed=9), other, progress=stop_after(1))
    shutil.copytree(min(other.glob("chunks/*")), folder / "chunks" / min(other.glob("chunks/*")).name)
    with pytest.raises(DamagedResultsError, match="does not belong to these results"):
        load_results(folder)


def test_an_unfinished_batch_is_read_without_complaint(made, tmp_path):
    assert 0 < read_statuses(made / "stopped")[0].replicates < 400
    begin(small_plan(), tmp_path / "begun")
    assert read_statuses(tmp_path / "begun")[0].replicates == 0


def test_unchanged_files_are_not_hashed_again(made, tmp_path, monkeypatch):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(digests, "SETTLED", -1)
    hashed = []
    compute = digests.digest_of
    monkeypatch.setattr(digests, "digest_of", lambda path: hashed.append(path.name) or compute(path))
    load_results(folder)
    assert "system.parquet" in hashed
    hashed.clear()
    load_results(folder)
    assert hashed == []
    flip_a_bit(folder / "system.parquet")
    with pytest.raises(DamagedResultsError, match=r"system\.parquet was changed after it was written"):
        load_results(folder)
    assert hashed == ["system.parquet"]
