"""Tables of results as CSV: every row and number of the Parquet, readable, and nothing that runs as a formula."""

import csv
import re
import shutil
from dataclasses import fields
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.experiment.schema import Variant
from simulation.report.csv import DICTIONARY, table_names, unmerged_parts, write_csv
from simulation.report.workbook.names import names_in
from simulation.results.batch.belonging import other_batches
from simulation.results.batch.errors import NoBatchError
from simulation.results.integrity import FORMAT
from simulation.results.load import load_comparison
from simulation.results.provenance import RunRecord, model_version
from simulation.results.store import write_run
from simulation.scenario.writing import scenario_hash
from tests.charts.conftest import HARD_NAME, study_of
from tests.execution.small import TWO_TRUSTS, run, small_plan
from tests.results.test_integrity import NEEDED

pytestmark = pytest.mark.unit

ADDED = ("_date", "_name")


def record_of(study):
    known = dict.fromkeys((each.name for each in fields(RunRecord)), "") | {"format": FORMAT, "files": {}}
    scenario = study.ensemble.scenario
    return RunRecord(
        **known
        | {"title": scenario.title, "scenario_hash": scenario_hash(scenario), "seed": 1, "first": 0, "libraries": {}}
        | {"model": model_version()}
        | {"replicates": len(study.ensemble), "version": "0.0.0", "made": "2026-01-01", "elapsed": 0.0}
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The results of a run with hard names, and the folder of their CSV."""
    folder = tmp_path_factory.mktemp("run")
    study = study_of("hard names")
    write_run(folder, study, record_of(study))
    out = folder / "csv"
    tables = list(write_csv(load_comparison(folder), folder, out))
    return folder, out, {table.path.name: table.rows for table in tables}


def test_every_table_has_a_csv_with_its_rows_and_numbers(written):
    folder, out, rows = written
    names = {path.stem for path in folder.glob("*.parquet")}
    assert {path.stem for path in out.glob("*.csv")} == names | {"columns"}
    for name in names:
        whole = pd.read_parquet(folder / f"{name}.parquet")
        read = pd.read_csv(out / f"{name}.csv", encoding="utf-8-sig")
        assert rows[f"{name}.csv"] == len(read) == len(whole)
        assert [column for column in read if not column.endswith(ADDED)] == list(whole.columns)
        for column in whole.select_dtypes("number"):
            held = read[column].to_numpy(dtype=float)
            np.testing.assert_array_equal(held, whole[column].to_numpy(dtype=float), err_msg=f"{name} {column}")


@pytest.mark.parametrize("spoil", [lambda content: content[:100], lambda content: content[:-9] + b"\xff" * 9])
def test_a_table_that_pyarrow_refuses_is_named_and_leaves_nothing(written, tmp_path, spoil):
    folder = tmp_path / "results"
    shutil.copytree(written[0], folder)
    comparison = load_comparison(folder)
    table = folder / "system.parquet"
    table.write_bytes(spoil(table.read_bytes()))
    with pytest.raises(pa.ArrowException):
        pq.read_table(table)
    with pytest.raises(NoBatchError, match=re.escape(f"{table} cannot be read: ")):
        list(write_csv(comparison, folder, tmp_path / "csv", ["system"]))
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {DICTIONARY}


def test_files_begin_with_a_byte_order_mark_and_are_utf_8(written):
    for path in written[1].glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    assert HARD_NAME in (written[1] / "outturns.csv").read_text(encoding="utf-8")


def test_months_have_dates_and_ids_have_names(written):
    system = pd.read_csv(written[1] / "system.csv", encoding="utf-8-sig")
    assert system["month_date"][:2].tolist() == ["2020-04-01", "2020-05-01"]
    outturns = pd.read_csv(written[1] / "outturns.csv", encoding="utf-8-sig")
    assert outturns["organisation_name"][0] == f"{HARD_NAME} a"
    agreements = pd.read_csv(written[1] / "agreements.csv", encoding="utf-8-sig")
    agreed = agreements[agreements["agreed"].notna()]
    never = agreements[agreements["agreed"].isna()]
    assert never["agreed_date"].isna().all()
    for month, day in zip(agreed["agreed"], agreed["agreed_date"], strict=True):
        assert date.fromisoformat(day) == date(2020 + int(3 + month) // 12, int(3 + month) % 12 + 1, 1)


def test_a_text_that_begins_like_a_formula_gets_an_apostrophe_and_a_number_none(written):
    with (written[1] / "agreements.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["opportunity_name"] for row in csv.DictReader(file)}
    assert titles == {f"'=cmd() {HARD_NAME}"}
    with (written[1] / "system.csv").open(encoding="utf-8-sig", newline="") as file:
        positions = [row["position"] for row in csv.DictReader(file)]
    assert any(position.startswith("-") for position in positions)
    assert [float(position) for position in positions]


def test_the_columns_of_the_tables_are_explained(written):
    meanings = pd.read_csv(written[1] / DICTIONARY, encoding="utf-8-sig").set_index(["table", "name"])
    assert meanings.loc[("system", "gap"), "unit"] == "£m a year"


def test_the_same_results_give_the_same_bytes(written, tmp_path):
    folder, out, _ = written
    list(write_csv(load_comparison(folder), folder, tmp_path))
    for path in out.glob("*.csv"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_large_and_odd_tables_are_written_in_parts_without_losing_a_row(tmp_path):
    study = study_of("no joint action")
    count = 150_001
    table = pa.table(
        {
            "month": pa.array(np.arange(count) % 24, pa.int32()),
            "worth": pa.array(np.where(np.arange(count) % 7, -np.arange(count) / 3, np.nan)),
            "error": pa.array(["@SUM(1)", None, "two\nlines", "\t=1", "a, b"] * (count // 5) + ["-1"]),
            "=odd": pa.array([True] * count),
        }
    )
    pq.write_table(table, tmp_path / "odd.parquet", row_group_size=40_000)
    write_run(tmp_path, study, record_of(study))
    out = tmp_path / "csv"
    rows = {each.path.name: each.rows for each in write_csv(load_comparison(tmp_path), tmp_path, out)}
    assert rows["odd.csv"] == count
    with (out / "odd.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert read[0] == ["month", "month_date", "worth", "error", "'=odd"]
    assert len(read) == count + 1
    assert [row[3] for row in read[1:6]] == ["'@SUM(1)", "", "two\nlines", "'\t=1", "a, b"]
    assert [row[2] for row in read[1:3]] == ["", repr(-1 / 3)]
    assert read[-1][3] == "'-1"


def test_a_folder_that_cannot_be_written_to_is_left_as_it_is(written, tmp_path):
    (tmp_path / "csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        list(write_csv(load_comparison(written[0]), written[0], tmp_path / "csv"))
    assert (tmp_path / "csv").read_text(encoding="utf-8") == "mine"


def test_parts_of_a_batch_that_are_not_merged_are_named(tmp_path):
    assert unmerged_parts(tmp_path) == []
    (tmp_path / "assumptions/chunks/one").mkdir(parents=True)
    (tmp_path / "chunks").mkdir()
    assert unmerged_parts(tmp_path) == [str(tmp_path / "assumptions")]


@pytest.mark.parametrize("is_checked", [True, False])
def test_runs_of_an_earlier_experiment_in_the_folder_are_left_out(is_checked, tmp_path):
    """`--fresh` keeps the folders of supporting runs that are no longer asked for."""
    folder, earlier = tmp_path / "batch", small_plan(replicates=2, seed=2)
    run(small_plan(replicates=2), folder)
    run(small_plan(replicates=2), folder / "sensitivity-morris")
    for name in ("assumptions", "sensitivity-sobol", "stretched-2"):
        run(earlier, folder / name)
    (folder / "notes").mkdir()
    comparison = load_comparison(folder, skip_integrity_check=not is_checked)
    tables = list(write_csv(comparison, folder, tmp_path / "csv"))
    within = {table.path.relative_to(tmp_path / "csv").parts[0] for table in tables}
    assert {each for each in within if not each.endswith(".csv")} == {"sensitivity-morris"}
    assert [each.name for each in other_batches(folder)] == ["assumptions", "sensitivity-sobol", "stretched-2"]
    assert table_names(folder) == sorted({path.stem for path in folder.glob("*.parquet")})


def test_names_are_those_of_the_scenario_of_the_row(tmp_path):
    """The same ids go by other names in the second scenario, which leaves one name as it is."""
    other = TWO_TRUSTS.model_copy(
        update={
            "organisations": TWO_TRUSTS.organisations
            | {"hospital": TWO_TRUSTS.organisations["hospital"].model_copy(update={"name": "New hospital group"})},
            "programmes": {
                name: each.model_copy(update={"title": "Another programme"})
                for name, each in TWO_TRUSTS.programmes.items()
            },
        }
    )
    variants = (Variant(name="as it is", scenario=TWO_TRUSTS), Variant(name="merged", scenario=other))
    run(small_plan(variants=variants, replicates=3, detail=NEEDED), tmp_path / "batch")
    list(write_csv(load_comparison(tmp_path / "batch"), tmp_path / "batch", tmp_path / "csv"))
    for table, column in (("outturns", "organisation_name"), ("agreements", "opportunity_name")):
        rows = pd.read_csv(tmp_path / f"csv/{table}.csv", encoding="utf-8-sig")
        found = {scenario: set(each[column]) for scenario, each in rows.groupby("scenario")}
        names = {v.name: names_in(v.scenario) for v in variants}
        for scenario, each in found.items():
            assert each <= set(names[scenario].values())
        changed = {"New hospital group", "Another programme"}
        assert len(found["merged"] & changed) == 1
        assert not found["as it is"] & changed
