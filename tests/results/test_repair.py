"""The same batch again makes what was damaged, and ends at the bytes of an undisturbed batch."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation import load_results
from simulation.execution.run import RunRequest, check_folders, run_scenario
from simulation.results.batch.errors import DamagedResultsError, OtherBatchError
from simulation.results.batch.manifest import Manifest
from simulation.results.digests import digest_of
from simulation.results.store import fill_folder, read_record, write_run
from tests.execution.small import TWO_TRUSTS, experiment, run, small_plan
from tests.execution.test_batch import StoppedError, stop_after
from tests.results.test_integrity import ANY_FILE, NEEDED, edit_table, flip_a_bit

pytestmark = pytest.mark.unit

PLAN = small_plan(replicates=4, detail=NEEDED)
LONG = small_plan({"parameters.loss_ratio": (1.0, 2.0)}, replicates=200)
ABOUT = b"trustsim"
OTHER_SHAPES = {
    "no replicates": lambda table: table,
    "text": lambda table: table.set_column(3, "gap", table["gap"].cast(pa.string())),
    "less exact": lambda table: table.set_column(3, "gap", table["gap"].cast(pa.float32())),
    "a column too many": lambda table: table.append_column("more", table["gap"]),
    "a column twice": lambda table: table.append_column("gap", table["gap"]),
    "a column less": lambda table: table.drop_columns(["gap"]),
    "other order of columns": lambda table: table.select(table.column_names[::-1]),
    "a row less": lambda table: table.slice(1),
}
"""Changes of a table that are no damage by its digest, once that is forged too."""
FILES = ("system.parquet", "trust.parquet", "designs.parquet", "scenarios/00-as-it-is.yaml", "manifest.json")


def content(folder):
    """Every file of results by its path, without locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "lock" not in path.name
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch and one that was stopped, in folders of one folder."""
    above = tmp_path_factory.mktemp("made")
    run(PLAN, above / "batch")
    run(LONG, above / "long")
    run(small_plan({"parameters.loss_ratio": (1.0, 2.0)}, replicates=100), above / "shorter")
    with pytest.raises(StoppedError):
        run(LONG, above / "stopped", progress=stop_after(2))
    return above


@pytest.mark.parametrize(("file", "how"), [(file, how) for file in FILES for how in ANY_FILE])
def test_a_damaged_batch_ends_at_the_same_bytes(file, how, made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    ANY_FILE[how](folder / file)
    done = run(PLAN, folder)
    assert [each.path for each in done.repaired][:1] == [folder / file]
    assert content(folder) == content(made / "batch")
    again = run(PLAN, folder)
    assert (again.new, again.repaired) == (0, ())


def forge(folder, **fields):
    """Change fields of a batch's record, and give it the digests that fit: those of its files, and its own."""
    manifest = Manifest.read(folder)
    files = {name: digest_of(folder / name) for name in manifest.files}
    replace(manifest, files=files, **fields).write(folder)


def test_replicates_of_two_seeds_are_not_mixed_by_a_forged_record(made, tmp_path):
    """The record says seed 5, and its digest fits; the tables were made at seed 1."""
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    forge(folder, seed=5)
    before = content(folder)
    with pytest.raises(DamagedResultsError, match=r"manifest\.json says seed 5, and .* was made with 1"):
        load_results(folder)
    for replicates in (4, 8):
        with pytest.raises(OtherBatchError, match=r"was made at seed 1 .* and this batch has seed 5 .*--fresh"):
            run(small_plan(replicates=replicates, detail=NEEDED, seed=5), folder)
        with pytest.raises(OtherBatchError, match=r"holds results at seed 5, not 1.*--fresh"):
            run(small_plan(replicates=replicates, detail=NEEDED), folder)
    assert content(folder) == before


def test_replicates_of_two_versions_are_not_mixed_by_a_forged_record(made, tmp_path):
    """The tables were made by another version; the record says this one, and its digest fits."""
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    for path in folder.glob("*.parquet"):
        about = (pq.read_metadata(path).metadata or {}).get(ABOUT, b"")
        table = pq.read_table(path).replace_schema_metadata(None)
        with pq.ParquetWriter(path, table.schema, store_schema=False) as writer:
            writer.write_table(table)
            writer.add_key_value_metadata({ABOUT: about.replace(PLAN.model.encode(), b"0.0.1+abcd")} if about else {})
    forge(folder)
    before = content(folder)
    with pytest.raises(OtherBatchError, match=r"by version 0\.0\.1\+abcd of the model, and this batch has .*--fresh"):
        run(small_plan(replicates=8, detail=NEEDED), folder)
    assert content(folder) == before


@pytest.mark.parametrize("how", sorted(OTHER_SHAPES))
def test_a_table_that_no_batch_writes_is_named_and_run_again(how, made, tmp_path):
    """The digests fit, so only the table's shape gives it away."""
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    path = folder / "system.parquet"
    about = pq.read_metadata(path).metadata
    table, kept = OTHER_SHAPES[how](pq.read_table(path)), {} if how == "no replicates" else {ABOUT: about[ABOUT]}
    with pq.ParquetWriter(path, table.schema.remove_metadata(), store_schema=False) as writer:
        writer.write_table(table.replace_schema_metadata(None))
        writer.add_key_value_metadata(kept)
    forge(folder)
    with pytest.raises(DamagedResultsError, match=r"system\.parquet (has|does not say)"):
        load_results(folder)
    assert [each.path.name for each in run(PLAN, folder).repaired] == ["system.parquet"]
    assert content(folder) == content(made / "batch")


@pytest.mark.parametrize("how", ANY_FILE)
@pytest.mark.parametrize("file", ["system.parquet", "entries.json"])
def test_a_damaged_part_is_run_again(file, how, made, tmp_path):
    folder = shutil.copytree(made / "stopped", tmp_path / "stopped")
    ANY_FILE[how](min(folder.glob("chunks/*")) / file)
    done = run(LONG, folder)
    assert len(done.repaired) == 1
    assert done.new < 400  # the other part is kept
    assert content(folder) == content(made / "long")


def test_tables_that_are_as_they_were_written_outlive_a_changed_record(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"seed": 1', '"seed": 8'))
    assert run(PLAN, folder).new == 0
    assert content(folder) == content(made / "batch")
    (folder / "manifest.json").write_text(text.replace('"seed": 1', '"seed": 8'))
    flip_a_bit(folder / "trust.parquet")
    assert run(PLAN, folder).new == 4
    assert content(folder) == content(made / "batch")


def test_results_of_another_seed_are_not_lost_with_their_record(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (folder / "manifest.json").write_text((folder / "manifest.json").read_text().replace('"seed": 1', '"seed": 8'))
    before = content(folder)
    with pytest.raises(OtherBatchError, match=r"was made at seed 1 by .* start again with --fresh"):
        run(small_plan(replicates=4, detail=NEEDED, seed=2), folder)
    assert content(folder) == before


def test_files_in_a_folder_in_the_place_of_a_file_are_not_removed(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (folder / "system.parquet").unlink()
    (folder / "system.parquet").mkdir()
    (folder / "system.parquet" / "thesis.txt").write_text("years of work")
    with pytest.raises(DamagedResultsError, match=r"system\.parquet is a folder, .* move it elsewhere"):
        run(PLAN, folder)
    assert (folder / "system.parquet" / "thesis.txt").exists()


@pytest.mark.parametrize(("begun", "writes"), [("stopped", n) for n in range(1, 7)] + [("shorter", n) for n in (5, 6)])
def test_a_kill_between_two_writes_leaves_nothing_that_seems_damaged(begun, writes, made, tmp_path, monkeypatch):
    """The first so many replacements of files are made, and no more: as if the process was killed after them."""
    folder = shutil.copytree(made / begun, tmp_path / begun)
    left = [writes]
    replace = Path.replace

    def replace_or_die(path, target):
        left[0] -= "chunks" not in str(path)
        if left[0] < 0:
            raise StoppedError
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_or_die)
    with pytest.raises(StoppedError):
        run(LONG, folder)
    monkeypatch.undo()
    load_results(folder)
    assert run(LONG, folder).repaired == ()
    assert content(folder) == content(made / "long")


@pytest.mark.parametrize("out", [None, "made"])
def test_the_same_run_restores_its_files(out, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    request = RunRequest(
        name="two-trusts",
        scenario=TWO_TRUSTS,
        replicates=2,
        seed=1,
        for_charts=False,
        out=None if out is None else Path(out),
    )

    def write():
        check_folders([request])
        done = run_scenario(request)
        with fill_folder(request.folder) as partial:
            write_run(partial, done.study, done.record)

    write()
    before = {name: held for name, held in content(request.folder).items() if name != "run.json"}
    for name in ("run.json", "system.parquet"):
        (request.folder / name).write_bytes(b"")
        with pytest.raises(DamagedResultsError, match="run the same `trustsim run` again"):
            read_record(request.folder)
        write()
        assert read_record(request.folder).replicates == 2
        assert {name: held for name, held in content(request.folder).items() if name != "run.json"} == before


def test_the_record_lists_every_file_of_results(made):
    files = {*content(made / "batch")} - {"manifest.json"}
    assert Manifest.read(made / "batch").files.keys() == files
    assert experiment().seed == Manifest.read(made / "batch").seed


def edit_record(folder, edit):
    """Change fields of a record, and leave its digest as it was."""
    path = folder / "manifest.json"
    data = json.loads(path.read_text())
    edit(data)
    path.write_text(json.dumps(data))


def test_a_changed_table_with_its_digest_in_a_record_that_is_not_sealed_is_run_again(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    edit_table(folder / "system.parquet")
    edit_record(folder, lambda data: data["files"].update({"system.parquet": digest_of(folder / "system.parquet")}))
    assert run(PLAN, folder).new == 4
    assert content(folder) == content(made / "batch")


def test_tables_of_a_changed_record_without_the_digest_of_its_digests_are_run_again(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    edit_record(folder, lambda data: data.pop("files_digest"))
    assert run(PLAN, folder).new == 4
    assert content(folder) == content(made / "batch")


def test_a_changed_day_is_not_kept_by_the_same_run(tmp_path):
    request = RunRequest(name="two-trusts", scenario=TWO_TRUSTS, replicates=2, seed=1, out=tmp_path, for_charts=False)
    for _ in range(2):
        done = run_scenario(request)
        with fill_folder(request.folder) as partial:
            write_run(partial, done.study, done.record)
        made = read_record(request.folder).made
        path = request.folder / "run.json"
        path.write_text(path.read_text().replace(made, "1999-01-01"))
    assert run_scenario(request).record.made == made != "1999-01-01"
