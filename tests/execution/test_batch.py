"""A batch finishes earlier work, adds new replicates, never mixes results, and reports every failure."""

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from simulation import load_results, run_ensemble, with_levers
from simulation.execution import designs
from simulation.execution.batch import retry_batch, run_batch
from simulation.execution.executors import WorkerDiedError, Workers, run_tasks
from simulation.execution.headline import Headline
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.outcome import Progress, Stop
from simulation.execution.plan import Plan, plan_batch
from simulation.execution.record import read_plan
from simulation.execution.rounds import round_ends
from simulation.execution.status import read_status
from simulation.execution.tasks import simulate
from simulation.experiment.schema import Factor, Values, Variant
from simulation.results.batch.errors import FolderLockedError, NoBatchError, OtherBatchError
from simulation.results.batch.lock import lock_folder
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.readback import load_batch
from simulation.results.batch.store import Store
from simulation.results.batch.tables import ROW_GROUP, TABLES
from simulation.scenario.writing import scenario_hash
from tests.execution.small import TWO_TRUSTS, experiment, run, small_plan, tables, threads

pytestmark = pytest.mark.unit

TWO = tuple(
    Variant(name=name, scenario=each)
    for name, each in (("as it is", TWO_TRUSTS), ("menu", with_levers(TWO_TRUSTS, menu_framing=1)))
)
VARY = {"levers.coaching.strength": (0.0, 0.5, 1.0), "parameters.loss_ratio": (1, 2)}
FAILING = 13
"""Months of designs that fail, see `failing_designs`."""


@pytest.fixture
def failing_designs(monkeypatch):
    """Let every replicate of `FAILING` months fail, as if a worker had a defect."""

    def run_scenarios(scenarios, **options):
        return real(map(_unless_failing, scenarios), **options)

    real = designs.run_scenarios
    monkeypatch.setattr("simulation.execution.tasks.run_scenarios", run_scenarios)


def _unless_failing(scenario):
    if scenario.months == FAILING:
        message = "this design fails"
        raise ArithmeticError(message)
    return scenario


class StoppedError(Exception):
    """Stops a batch where it is."""


def stop_after(tasks: int):
    """A progress that stops the batch once so many tasks are on disk."""
    calls: list[Progress] = []

    def progress(progressed: Progress) -> None:
        calls.append(progressed)
        if len(calls) > tasks:
            raise StoppedError

    return progress


def test_tables_equal_those_of_each_design_run_alone(tmp_path):
    plan = small_plan(VARY, detail=("outturns", "agreements", "memberships", "organisations", "relationships"))
    run(plan, tmp_path)
    results = load_results(tmp_path)
    for design in plan.designs:
        alone = run_ensemble(plan.scenario(design), replicates=100, seed=1, detail=("organisations", "relationships"))
        for table in plan.tables:
            stored = results.to_pandas(table, designs=[design.number]).drop(columns="design")
            pd.testing.assert_frame_equal(stored, alone.to_pandas(table), check_dtype=False)


def test_designs_have_a_number_and_the_hash_of_their_scenario(tmp_path):
    plan = small_plan(VARY)
    run(plan, tmp_path)
    designs = load_results(tmp_path).designs
    assert list(designs.columns) == ["design", "scenario", *VARY, "baseline", "scenario_hash"]
    assert designs["levers.coaching.strength"].tolist() == [0.0, 0.0, 0.5, 0.5, 1.0, 1.0]
    assert designs["parameters.loss_ratio"].tolist() == [1, 2, 1, 2, 1, 2]
    assert designs["scenario_hash"].tolist() == [scenario_hash(plan.scenario(design)) for design in plan.designs]


@pytest.mark.parametrize("tasks", [0, 1, 2])
def test_a_stopped_batch_ends_like_an_undisturbed_one(tasks, tmp_path):
    plan = small_plan(VARY, replicates=200, detail=("outturns",))
    run(plan, tmp_path / "undisturbed")
    with pytest.raises(StoppedError):
        run(plan, tmp_path / "stopped", progress=stop_after(tasks))
    done = run(plan, tmp_path / "stopped")
    assert done.new == 1200 - sum(len(plan.designs) * count for count in (64, 64)[:tasks])
    assert tables(tmp_path / "stopped") == tables(tmp_path / "undisturbed")
    assert not list((tmp_path / "stopped" / "chunks").iterdir())


def test_a_choice_stays_a_choice_in_the_folder_and_in_a_resumed_plan(tmp_path):
    chosen, assumed = (
        Factor(address=address, values=Values(values=values), is_choice=address.startswith("levers."))
        for address, values in VARY.items()
    )
    run(plan_batch(replace(experiment(replicates=2), factors=(chosen, assumed))), tmp_path)
    found = load_batch(tmp_path)
    assert (found.factors, found.choices) == (tuple(VARY), (chosen.address,))
    assert [factor.is_choice for factor in read_plan(tmp_path).experiment.factors] == [True, False]


def test_tables_are_the_same_with_any_workers(tmp_path):
    plan = small_plan(VARY, replicates=300)
    for number in (1, 2, 5):
        run(plan, tmp_path / f"{number} threads", number=number)
    run_batch(plan, tmp_path / "processes", workers=LocalWorkers(2))
    found = [tables(folder) for folder in sorted(tmp_path.iterdir())]
    assert len(found) == 4
    assert all(each == found[0] for each in found)


def test_a_finished_batch_is_not_run_again(tmp_path):
    plan = small_plan(VARY)
    run(plan, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*m.parquet")}
    assert run(plan, tmp_path).new == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*m.parquet")} == before
    assert run(plan, tmp_path, fresh=True).new == 600


def test_a_stopped_batch_holds_a_balanced_sample_that_can_be_read(tmp_path):
    plan = small_plan(VARY, replicates=400)
    with pytest.raises(StoppedError):
        run(plan, tmp_path, progress=stop_after(2))
    frame = load_results(tmp_path).to_pandas("system")
    replicates = frame.groupby("design")["replicate"].nunique()
    assert replicates.tolist() == [128] * 6
    alone = run_ensemble(plan.scenario(plan.designs[3]), replicates=128, seed=1).to_pandas("system")
    stored = frame[frame["design"] == 3].drop(columns="design").reset_index(drop=True)
    pd.testing.assert_frame_equal(stored, alone, check_dtype=False)
    status = read_status(tmp_path)
    assert (status.replicates, status.total, status.is_compact) == (768, 2400, False)
    assert [each.gap.replicates for each in status.precisions] == [128] * 6


def test_more_replicates_and_variants_are_added_to_earlier_results(tmp_path):
    more = TWO_TRUSTS.model_copy(update={"months": 12})
    variants = (Variant(name="short", scenario=more), Variant(name="as it is", scenario=TWO_TRUSTS))
    first, then = small_plan(VARY, replicates=70), small_plan(VARY, replicates=300, variants=variants)
    run(first, tmp_path / "grown")
    done = run(then, tmp_path / "grown")
    assert done.new == 12 * 300 - 6 * 70
    run(then, tmp_path / "fresh")
    assert tables(tmp_path / "grown") == tables(tmp_path / "fresh")


def test_asking_for_fewer_replicates_loses_none(tmp_path):
    run(small_plan(VARY, replicates=150), tmp_path)
    before = tables(tmp_path)
    done = run(small_plan(VARY, replicates=50), tmp_path)
    assert (done.new, done.replicates) == (0, 150)
    assert tables(tmp_path) == before


def test_an_interrupted_extension_is_finished_by_a_smaller_request(tmp_path):
    run(small_plan(VARY, replicates=64), tmp_path)
    with pytest.raises(StoppedError):
        run(small_plan(VARY, replicates=200), tmp_path, progress=stop_after(1))
    done = run(small_plan(VARY, replicates=64), tmp_path)
    assert done.replicates == 128
    run(small_plan(VARY, replicates=128), tmp_path / "fresh")
    assert tables(tmp_path)["system.parquet"] == tables(tmp_path / "fresh")["system.parquet"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 2}, "holds results at seed 1, not 2"),
        ({"detail": ("outturns",)}, "holds the tables system, not system, outturns"),
        ({"vary": {"parameters.loss_ratio": (1, 3)}}, "holds results of 6 designs that are no longer asked for"),
    ],
)
def test_results_are_neither_lost_nor_mixed(changes, message, tmp_path):
    run(small_plan(VARY), tmp_path)
    before = tables(tmp_path)
    plan = small_plan(**({"vary": VARY} | changes))
    with pytest.raises(OtherBatchError, match=f"{message}.*start again with --fresh.* --out DIR"):
        run(plan, tmp_path)
    assert tables(tmp_path) == before
    assert run(plan, tmp_path, fresh=True).complete


def test_results_of_two_versions_of_the_model_are_never_mixed(tmp_path):
    run(small_plan(VARY), tmp_path)
    replace(Manifest.read(tmp_path), model="0.0.1+abcd").write(tmp_path)
    with pytest.raises(OtherBatchError, match=r"version 0\.0\.1\+abcd of the model, and this is .* never mixed"):
        run(small_plan(VARY), tmp_path)


def test_a_folder_of_other_files_is_not_written_to(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    for fresh in (False, True):
        with pytest.raises(NoBatchError, match="holds files that are not a batch"):
            run(small_plan(), tmp_path, fresh=fresh)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_second_batch_names_the_owner_and_stops(tmp_path):
    plan = small_plan()
    run(plan, tmp_path)
    with (
        lock_folder(tmp_path),
        pytest.raises(FolderLockedError, match=r"is being written to by process \d+ of .*; wait"),
    ):
        run(plan, tmp_path)


@pytest.mark.usefixtures("failing_designs")
def test_a_failed_replicate_is_recorded_and_the_others_are_run(tmp_path):
    plan = small_plan({"months": (12, FAILING, 24)}, replicates=70)
    done = run(plan, tmp_path)
    assert (done.complete, len(done.failures)) == (True, 70)
    failures = pq.read_table(tmp_path / "failures.parquet").to_pandas()
    assert failures["design"].tolist() == [1] * 70
    assert failures["replicate"].tolist() == list(range(70))
    assert failures["error"].str.contains("Error: ").all()
    assert failures["traceback"].str.startswith("Traceback").all()
    frame = load_results(tmp_path).to_pandas("system")
    assert frame.groupby("design")["replicate"].nunique().to_dict() == {0: 70, 2: 70}
    assert [each.gap.replicates for each in done.precisions] == [70, 0, 70]
    assert len(load_results(tmp_path).failures) == 70


@pytest.mark.usefixtures("failing_designs")
def test_failures_are_run_again_only_on_request(tmp_path):
    plan = small_plan({"months": (12, FAILING)}, replicates=70)
    run(plan, tmp_path)
    again = run(plan, tmp_path)
    assert (again.new, len(again.failures)) == (0, 70)
    with threads() as workers:
        retried = retry_batch(read_plan(tmp_path), tmp_path, workers=workers)
    assert (retried.new, len(retried.failures)) == (70, 70)


def test_a_retried_batch_ends_like_one_without_failures(tmp_path):
    """The failures are put on record by hand: those of one design of a round, as if its worker had died."""
    plan = small_plan(VARY, replicates=70)
    run(plan, tmp_path / "never")
    folder = tmp_path / "failed"
    with pytest.raises(StoppedError):
        run(plan, folder, progress=stop_after(0))
    store = Store(folder)
    with threads() as workers:
        for task, result in run_tasks(list(plan.tasks({}, 70)), simulate, workers):
            lost = _without_one_replicate(plan, task, result, replicate=5)
            from simulation.execution.batch_runner import entries_of

            store.add(entries_of(task), lost.tables, lost.failures)
    assert len(read_status(folder).failures) == 1
    with threads() as workers:
        retried = retry_batch(read_plan(folder), folder, workers=workers)
    assert (retried.new, len(retried.failures), retried.complete) == (1, 0, True)
    assert tables(folder) == tables(tmp_path / "never")


def _without_one_replicate(plan, task, result, replicate):
    """The same task as if one replicate of design 2 had failed."""
    from io import BytesIO

    from simulation.results.batch.chunks import Failure
    from simulation.results.batch.tables import to_parquet

    table = pq.read_table(BytesIO(result.tables["system"]))
    gone = (np.asarray(table["design"]) == 2) & (np.asarray(table["replicate"]) == replicate)
    if not gone.any():
        return result
    hashed = next(design.scenario_hash for design in task.designs if design.number == 2)
    failure = Failure(
        design=2, scenario="as it is", replicate=replicate, error="killed", traceback="", scenario_hash=hashed
    )
    kept = to_parquet(table.filter(~gone).replace_schema_metadata(None))
    return replace(result, tables={"system": kept}, failures=(failure,))


def test_a_design_that_kills_its_worker_each_time_is_found_and_recorded_alone(tmp_path):
    plan = small_plan(VARY, replicates=70)
    done = run_batch(plan, tmp_path / "fragile", workers=FragileWorkers())
    assert {(failure.design, failure.replicate) for failure in done.failures} == {(2, r) for r in range(70)}
    assert {failure.error.split(":")[0] for failure in done.failures} == {"WorkerDiedError"}
    with threads() as workers:
        retried = retry_batch(read_plan(tmp_path / "fragile"), tmp_path / "fragile", workers=workers)
    assert (retried.new, retried.failures) == (70, ())
    run(plan, tmp_path / "sound")
    assert tables(tmp_path / "fragile") == tables(tmp_path / "sound")


class FragileWorkers(Workers):
    """Workers of which the one that gets design 2 dies."""

    max_workers = 2

    def open(self):
        return FragilePool(2)

    def close(self, executor, *, cancel):
        executor.shutdown(wait=not cancel)


class FragilePool(ThreadPoolExecutor):
    """Threads of which the one that gets design 2 fails as a process does that is killed."""

    def submit(self, work, task):
        if all(design.number != 2 for design in task.designs):
            return super().submit(work, task)
        dead = Future()
        dead.set_exception(WorkerDiedError())
        return dead


@pytest.mark.usefixtures("failing_designs")
def test_it_stops_at_the_first_failure_if_asked_to(tmp_path):
    plan = small_plan({"months": (FAILING, 12)}, replicates=300)
    done = run(plan, tmp_path, stop=Stop(at_failure=True))
    assert (done.complete, len(done.failures), done.new) == (False, 64, 128)
    assert not (tmp_path / "system.parquet").exists()
    assert run(plan, tmp_path).complete


def test_it_runs_until_the_headline_is_as_precise_as_requested(tmp_path):
    plan = small_plan({"parameters.loss_ratio": (1, 2)}, replicates=20)
    wide = max(each.gap.half_width for each in run(plan, tmp_path / "wide").precisions)
    done = run(plan, tmp_path / "until", stop=Stop(half_width=wide / 4))
    assert max(each.gap.half_width for each in done.precisions) <= wide / 4
    assert done.replicates in set(islice(round_ends(1024), 20))
    run(replace(plan, experiment=replace(plan.experiment, replicates=done.replicates)), tmp_path / "at once")
    assert tables(tmp_path / "until") == tables(tmp_path / "at once")


def test_a_batch_stopped_before_its_half_width_takes_the_same_steps(tmp_path):
    plan, stop = small_plan({"parameters.loss_ratio": (1, 2)}, replicates=20), Stop(half_width=0.07)
    whole = run(plan, tmp_path / "whole", stop=stop)
    assert whole.replicates > 128
    for tasks in (1, 2, 3):
        with pytest.raises(StoppedError):
            run(plan, tmp_path / "stopped", stop=stop, progress=stop_after(tasks))
        assert read_status(tmp_path / "stopped").replicates < 2 * whole.replicates
    run(plan, tmp_path / "stopped", stop=stop)
    assert tables(tmp_path / "stopped") == tables(tmp_path / "whole")


def test_it_stops_at_the_maximum(tmp_path):
    done = run(small_plan(VARY, replicates=20), tmp_path, stop=Stop(half_width=1e-9, most=150))
    assert done.replicates == 150


def test_each_drawn_point_has_random_events_of_its_own_which_all_variants_share(tmp_path):
    """Replicate r of point p is replicate p · 2²⁰ + r of the model; one task or many, it is the same."""
    plan = small_plan({"parameters.loss_ratio": (1, 2)}, design="random", points=6, replicates=130, variants=TWO)
    run(plan, tmp_path)
    results = load_results(tmp_path)
    assert list(results.designs["point"]) == [0, 1, 2, 3, 4, 5] * 2
    for design in plan.designs:
        rows = results.to_pandas(designs=[design.number])
        again = run_ensemble(
            plan.scenario(design), replicates=130, first=2**20 * design.point, seed=plan.experiment.seed
        )
        assert np.array_equal(rows["gap"].to_numpy().reshape(130, -1), again["gap"])
        assert list(rows["replicate"].unique()) == [*range(130)]


def test_designs_with_equal_scenarios_have_equal_rows(tmp_path):
    vary = {"parameters.loss_ratio": (1, 2)}
    plan = small_plan(vary, design="sobol", points=2, replicates=130)
    done = run(plan, tmp_path)
    frame = load_results(tmp_path).to_pandas()
    replicates = {
        design.number: frame[frame["design"] == design.number].drop(columns="design") for design in plan.designs
    }
    first = {design.scenario_hash: replicates[design.number].reset_index(drop=True) for design in plan.designs}
    assert len(first) == 2
    for design in plan.designs:
        pd.testing.assert_frame_equal(replicates[design.number].reset_index(drop=True), first[design.scenario_hash])
    assert [each.gap.replicates for each in done.precisions] == [130] * 6
    assert run(plan, tmp_path).new == 0


def test_tables_name_no_time_and_no_machine(tmp_path):
    run(small_plan(VARY), tmp_path / "here" / "deep")
    run(small_plan(VARY), tmp_path / "there")
    assert tables(tmp_path / "here" / "deep") == tables(tmp_path / "there")


def test_row_groups_are_of_one_size_but_the_last(tmp_path):
    run(small_plan(VARY, replicates=1000, detail=("relationships",)), tmp_path)
    for table in ("system", "relationships"):
        metadata = pq.read_metadata(tmp_path / f"{table}.parquet")
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        assert sum(sizes) == metadata.num_rows > ROW_GROUP
        assert set(sizes[:-1]) == {ROW_GROUP}


def test_tables_are_merged_again_after_a_kill_during_the_merge(tmp_path):
    """As if killed between the tables' taking their names and the removal of the parts."""
    plan = small_plan(VARY, replicates=150, detail=("outturns",))
    with pytest.raises(StoppedError):
        run(plan, tmp_path / "a", progress=stop_after(len(list(plan.tasks({}, 150)))))
    shutil.copytree(tmp_path / "a" / "chunks", tmp_path / "chunks")
    run(plan, tmp_path / "a")
    whole = tables(tmp_path / "a")
    for table in ((), ("outturns",), ("system", "outturns")):
        shutil.copytree(tmp_path / "chunks", tmp_path / "a" / "chunks", dirs_exist_ok=True)
        for name in {"system", "outturns"} - set(table):
            (tmp_path / "a" / f"{name}.parquet").unlink()
        assert run(plan, tmp_path / "a").new == 0
        assert tables(tmp_path / "a") == whole


def test_the_manifest_records_what_was_run(tmp_path):
    plan = small_plan(VARY, question="Does it?")
    run(plan, tmp_path)
    manifest = Manifest.read(tmp_path)
    assert (manifest.seed, manifest.replicates, manifest.designs, manifest.question) == (1, 100, 6, "Does it?")
    assert manifest.model == plan.model
    assert {"version", "commit", "python", "libraries", "platform"} <= manifest.software.keys()
    assert manifest.variants[0]["hash"] == scenario_hash(TWO_TRUSTS)
    read = read_plan(tmp_path)
    assert [design.scenario_hash for design in read.designs] == [scenario_hash(plan.scenario(d)) for d in plan.designs]
    assert [read.scenario(design) for design in read.designs] == [plan.scenario(design) for design in plan.designs]


def test_missing_tables_and_designs_are_reported(tmp_path):
    run(small_plan(VARY), tmp_path)
    results = load_results(tmp_path)
    with pytest.raises(ValueError, match="there is no table 'outturns'; there are system"):
        results.to_pandas("outturns")
    with pytest.raises(ValueError, match="there is no design 6; there are 6, counted from 0"):
        results.to_pandas("system", designs=[6])
    with pytest.raises(NoBatchError, match="holds no batch"):
        load_results(tmp_path / "elsewhere")


@pytest.mark.parametrize("other", [{"seed": 2}, {"vary": {"parameters.loss_ratio": (1.0, 3.0)}}])
def test_results_that_were_replaced_after_they_were_loaded_are_refused(other, tmp_path):
    """Their record and designs are those of before, and rows are read when they are asked for."""
    run(small_plan(VARY, replicates=2), tmp_path)
    results = load_results(tmp_path)
    run(small_plan(VARY, replicates=3), tmp_path)
    assert results.to_pandas()["replicate"].max() == 2
    run(small_plan(**{"vary": VARY, "replicates": 2, **other}), tmp_path, fresh=True)
    for read in (results.to_pandas, lambda: results.failures, lambda: results.plot.names):
        with pytest.raises(OtherBatchError, match="holds other results than when it was loaded: load it again"):
            read()
    assert load_results(tmp_path).to_pandas()["replicate"].max() == 1


def test_every_table_can_be_kept(tmp_path):
    run(plan_batch(experiment(VARY, replicates=3, detail=TABLES[1:])), tmp_path)
    assert {f"{table}.parquet" for table in TABLES} <= {path.name for path in tmp_path.glob("*.parquet")}


def test_progress_does_not_look_at_every_replicate_after_every_task(tmp_path, monkeypatch):
    """Else the time for progress grows with the square of the number of tasks."""
    looked, seen = [], []
    widest = Headline.widest
    monkeypatch.setattr(Headline, "widest", lambda *of: looked.append(1) or widest(*of))
    monkeypatch.setattr(Plan, "_replicates_at_once", 1)
    plan = small_plan({"levers.coaching.strength": tuple(number / 200 for number in range(200))}, replicates=16)
    run(plan, tmp_path, progress=seen.append)
    assert len(seen) > 200
    assert len(looked) < 100
    assert seen[-1].half_width == widest(Headline.of(plan.designs, Store(tmp_path)))
