"""Replicates that are run again show what digests cannot: numbers that the model did not write."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation import load_comparison
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest, run_scenario
from simulation.execution.supporting_runs import supporting_experiments
from simulation.execution.verification import OtherModelError, verify_results
from simulation.experiment.schema import Variant
from simulation.report.content import build_paper
from simulation.results.batch.errors import DamagedResultsError, NoBatchError
from simulation.results.digests import digest_of
from simulation.results.sealed import to_sealed_json
from simulation.results.store import fill_folder, write_run
from simulation.scenario.what_if import with_levers
from tests.execution.small import TWO_TRUSTS, experiment, run
from tests.execution.test_batch import StoppedError, stop_after
from tests.results.test_integrity import NEEDED, cut_replicates, edit_table

pytestmark = pytest.mark.unit

COACHED = with_levers(TWO_TRUSTS, coaching=1)
SHARED = with_levers(TWO_TRUSTS, gain_share=1)
ASKED = experiment(
    variants=(
        Variant(name="a", scenario=COACHED),
        Variant(name="b", scenario=SHARED),
    ),
    replicates=4,
    detail=NEEDED,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch with the same place without levers as a supporting run, and a run."""
    above = tmp_path_factory.mktemp("made")
    for each in (ASKED, *supporting_experiments(ASKED)):
        run(plan_batch(each), above / "batch" / each.supporting_folder)
    request = RunRequest(name="a", scenario=COACHED, replicates=3, seed=1, tables=("relationships",), out=above)
    done = run_scenario(request)
    with fill_folder(above / "run") as partial:
        reference = done.results.no_joint_action.study
        tables = done.monthly_tables(request.tables)
        write_run(partial, done.study, done.record, tables=tables, no_joint_action=reference)
    return above


RUN = ["", "no-joint-action", "no-joint-action/assumptions", "bounds", "assumptions", "fixed-stances"]


@pytest.mark.parametrize(("name", "parts"), [("batch", ["", "no-joint-action"]), ("run", RUN)])
def test_replicates_that_the_model_wrote_are_equal_to_the_bit(name, parts, made):
    outcome = verify_results(made / name, replicates=2, seed=5)
    assert [part.name for part in outcome.parts] == parts
    assert [len(part.drawn) for part in outcome.parts] == [2] * len(parts)
    assert all(part.numbers > (2 * 40 * 10 if part.name in {"", "no-joint-action"} else 10) for part in outcome.parts)
    assert not any(part.differences for part in outcome.parts)
    assert outcome.record.words.startswith(f"{2 * len(parts)} replicates drawn at random were run again on ")
    again = verify_results(made / name, replicates=2, seed=5)
    assert again.record.drawn == outcome.record.drawn
    assert verify_results(made / name, replicates=2, seed=6).record.drawn != outcome.record.drawn


def forge(folder, name, edit=edit_table):
    """Edit a table, or halve a column of it, and write its digest and that of the record again, as a forger would."""
    edit(folder / name)
    path = folder / ("manifest.json" if (folder / "manifest.json").exists() else "run.json")
    data = json.loads(path.read_text())
    del data["digest"]
    data["files"][name] = digest_of(folder / name)
    path.write_text(to_sealed_json(data))


@pytest.mark.parametrize("name", ["batch", "run"])
def test_a_forged_table_with_forged_digests_is_found(name, made, tmp_path):
    folder = shutil.copytree(made / name, tmp_path / name)
    forge(folder, "system.parquet")
    load_comparison(folder)  # digests alone notice nothing
    outcome = verify_results(folder, replicates=100)
    first = outcome.parts[0].differences[0]
    assert (first.table, first.where, first.column) == (
        "system.parquet",
        {"design": 0, "replicate": 0, "month": 0},
        first.column,
    )
    assert first.stored == first.again / 2
    assert outcome.parts[1].differences == ()
    outcome.record.write(folder)
    read = load_comparison(folder)
    assert "these results are not what the model gives" in read.verification.words
    assert any("not what the model gives" in each for each in build_paper(read, with_charts=False).cautions)


@pytest.mark.parametrize(
    "name",
    [
        "all_population_first",
        "all_institutional",
        "assumptions",
        "points",
        "assumptions_outturns",
        "holding_out",
        "no-joint-action/assumptions",
        "no-joint-action/points",
        "no-joint-action/assumptions_outturns",
    ],
)
def test_a_forged_table_of_a_supporting_run_is_found(name, made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    forge(folder, f"{name}.parquet")
    load_comparison(folder)
    outcome = verify_results(folder, replicates=10_000)
    found = [each for part in outcome.parts for each in part.differences]
    assert {each.table for each in found} == {f"{name}.parquet"}
    assert found[0].stored == found[0].again / 2
    assert f"{name}.parquet" in outcome.record.files


def reverse_replicates(path):
    """Write the replicates, or points, of each design in falling order; the rows of each stay as they are."""

    def edit(table):
        kept = [name for name in ("design", "replicate", "point") if name in table.column_names]
        numbers = [np.asarray(table[name]) * (1 if name == "design" else -1) for name in kept]
        return table.take(pa.array(np.lexsort(numbers[::-1])))

    rewrite(path, edit)


def as_text(path):
    def edit(table):
        name = next(field.name for field in table.schema if pa.types.is_floating(field.type))
        return table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))

    rewrite(path, edit)


def rewrite(path, edit):
    about = pq.read_metadata(path).metadata[b"trustsim"]
    pq.write_table(edit(pq.read_table(path)).replace_schema_metadata({b"trustsim": about}), path)


TAKEN_BY_PLACE = ["system", "outturns", "agreements", "all_institutional", "assumptions", "points", "holding_out"]


@pytest.mark.parametrize("name", TAKEN_BY_PLACE)
def test_rows_in_another_order_are_found(name, made, tmp_path):
    """Readers take rows by their place, so that the numbers of one replicate would stand with those of another."""
    folder = shutil.copytree(made / "run", tmp_path / "run")
    forge(folder, f"{name}.parquet", reverse_replicates)
    found = [each for part in verify_results(folder, replicates=10_000).parts for each in part.differences]
    assert {each.table for each in found} == {f"{name}.parquet"}
    assert {each.column for each in found} & {"replicate", "point", "rows"}


def test_rows_of_a_batch_in_another_order_are_found(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    forge(folder, "agreements.parquet", reverse_replicates)
    found = verify_results(folder, replicates=100).parts[0].differences
    assert {(each.column, each.stored) for each in found} == {("replicate", "another order")}


@pytest.mark.parametrize(
    ("edit", "stored", "again"),
    [
        (as_text, "texts", "double values"),
        (lambda path: rewrite(path, lambda table: table.append_column("more", table[2])), "double values", "0 columns"),
        (lambda path: rewrite(path, lambda table: table.drop_columns([table.column_names[-1]])), "0 columns", ""),
    ],
    ids=["text", "more", "less"],
)
def test_columns_that_the_model_does_not_write_are_found(edit, stored, again, made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    forge(folder, "system.parquet", edit)
    found = verify_results(folder, replicates=100).parts[0].differences
    assert {each.stored for each in found} == {stored}
    assert {each.again for each in found} == {again or found[0].again}


def test_a_table_with_a_column_twice_is_refused_in_words(made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    forge(folder, "system.parquet", lambda path: rewrite(path, lambda table: table.append_column("gap", table["gap"])))
    with pytest.raises(NoBatchError, match=r"system\.parquet cannot be read: "):
        verify_results(folder, replicates=1)


@pytest.mark.parametrize(
    "name", [f"{within}{table}" for within in ("", "no-joint-action/") for table in ("system", *NEEDED)]
)
def test_rows_are_counted_in_every_table_of_a_run(name, made, tmp_path):
    folder = shutil.copytree(made / "run", tmp_path / "run")
    forge(folder, f"{name}.parquet", cut_replicates)
    with pytest.raises(
        DamagedResultsError, match=rf"{name}\.parquet has [\d,]+ rows, and 3 replicates have [\d,]+: run"
    ):
        load_comparison(folder)


def test_a_run_without_supporting_runs_is_compared_without_them(tmp_path):
    request = RunRequest(name="a", scenario=COACHED, replicates=3, seed=1, out=tmp_path, for_charts=False)
    done = run_scenario(request)
    with fill_folder(tmp_path / "run") as partial:
        write_run(partial, done.study, done.record)
    assert [part.name for part in verify_results(tmp_path / "run").parts] == [""]


def test_a_paper_says_if_replicates_were_run_again(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")

    def said():
        return dict(build_paper(load_comparison(folder), with_charts=False).reproduce)["Run again"]

    assert said() == "no replicate was run again to compare it with the tables; trustsim verify does that"
    verify_results(folder, replicates=2).record.write(folder)
    assert said().endswith("and are equal to the bit")
    run(plan_batch(replace(ASKED, replicates=6)), folder)  # the record is of other tables now
    assert said().startswith("no replicate was run again")


def test_what_cannot_be_verified_is_refused_in_words(made, tmp_path):
    folder = shutil.copytree(made / "batch", tmp_path / "batch")
    (folder / "verification.json").write_text("{")
    assert load_comparison(folder).verification is None
    edit_table(folder / "system.parquet")
    with pytest.raises(DamagedResultsError):
        verify_results(folder)
    other = shutil.copytree(made / "run", tmp_path / "run")
    data = json.loads((other / "run.json").read_text()) | {"model": "0.0.1+abcd"}
    del data["digest"]
    (other / "run.json").write_text(to_sealed_json(data))
    with pytest.raises(OtherModelError, match=r"was made by version 0\.0\.1\+abcd of the model, and this is "):
        verify_results(other)


def test_an_unfinished_batch_is_compared_and_nothing_is_kept(tmp_path):
    plan = plan_batch(experiment({"parameters.loss_ratio": (1.0, 2.0)}, replicates=200))
    with pytest.raises(StoppedError):
        run(plan, tmp_path, progress=stop_after(1))
    outcome = verify_results(tmp_path, replicates=3)
    assert (len(outcome.record.drawn), outcome.record.differences, outcome.is_whole) == (3, 0, False)
