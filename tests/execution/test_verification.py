"""Replicates that are run again show what digests cannot: numbers that the model did not write."""

import json
import shutil
from dataclasses import replace

import pytest

from simulation import load_comparison
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest, run_scenario
from simulation.execution.supporting_runs import supporting_experiments
from simulation.execution.verification import OtherModelError, verify_results
from simulation.experiment.schema import Variant
from simulation.report.content import build_paper
from simulation.results.batch.errors import DamagedResultsError
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
