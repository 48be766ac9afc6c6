"""What follows from tables is worked out again by a verification; a search is not run again, and it says so."""

import json
import shutil

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from simulation.execution.plan import plan_batch
from simulation.execution.sensitivity import sensitivity_experiment, write_indices
from simulation.execution.verification import verify_results
from simulation.results.batch.store import CHANGES
from simulation.results.sealed import to_sealed_json
from simulation.results.search_record import COMPARED, SEARCH_RECORD
from tests.execution.small import run
from tests.execution.test_sensitivity import two
from tests.execution.test_verification import forge
from tests.results.test_integrity import NEEDED

pytestmark = pytest.mark.unit

SAMPLES = {"sobol": 4, "morris": 4, "pawn": 100}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch of two choices, with sensitivity runs by each method beside it."""
    folder = tmp_path_factory.mktemp("made") / "batch"
    asked = two(detail=NEEDED)
    run(plan_batch(asked), folder)
    for method, points in SAMPLES.items():
        supporting = sensitivity_experiment(asked, method, points=points, replicates=2)
        plan = plan_batch(supporting)
        run(plan, folder / supporting.supporting_folder)
        write_indices(folder / supporting.supporting_folder, plan, method)
    return folder


def test_what_follows_from_the_tables_is_worked_out_again_and_equal(made):
    outcome = verify_results(made, replicates=1, seed=5)
    worked_out = {part.name: part.worked_out for part in outcome.parts}
    assert worked_out == {
        "": (CHANGES,),
        "sensitivity-sobol": ("indices-sobol.json",),
        "sensitivity-morris": ("indices-morris.json",),
        "sensitivity-latin-hypercube": ("indices-pawn.json",),
    }
    assert not any(part.differences for part in outcome.parts)


def halve_means(path):
    """Halve the mean changes of organisations."""
    table = pq.read_table(path)
    at = table.column_names.index("mean")
    pq.write_table(table.set_column(at, "mean", pc.multiply(table["mean"], pa.scalar(0.5))), path)


def test_forged_changes_of_organisations_are_found(made, tmp_path):
    folder = tmp_path / "forged"
    shutil.copytree(made, folder)
    forge(folder, CHANGES, halve_means)
    part = verify_results(folder, replicates=1, seed=5).parts[0]
    assert part.differences
    assert {each.table for each in part.differences} == {CHANGES}
    assert all(each.stored == pytest.approx(each.again / 2) for each in part.differences)


def exchange_names(path):
    """Give the two leading parameters of every outcome each other's names."""
    data = json.loads(path.read_text())
    del data["digest"]
    for outcome in data["outcomes"]:
        first, second = outcome["parameters"][:2]
        first["factor"], second["factor"] = second["factor"], first["factor"]
    path.write_text(to_sealed_json(data))


def add_to_mean(path):
    """Raise the mean of the first outcome by a millionth of it."""
    data = json.loads(path.read_text())
    del data["digest"]
    data["outcomes"][0]["mean"] *= 1 + 1e-6
    path.write_text(to_sealed_json(data))


@pytest.mark.parametrize("edit", [exchange_names, add_to_mean])
@pytest.mark.parametrize("method", SAMPLES)
def test_forged_indices_are_found_from_the_folder_of_the_results(edit, method, made, tmp_path):
    folder = tmp_path / "forged"
    shutil.copytree(made, folder)
    (at,) = folder.glob(f"sensitivity-*/indices-{method}.json")
    forge(at.parent, at.name, edit)
    outcome = verify_results(folder, replicates=1, seed=5)
    found = {part.name for part in outcome.parts if part.differences}
    assert found == {at.parent.name}
    assert "not what the model gives" in outcome.record.words


def test_a_search_is_not_run_again_and_the_finding_says_so(made, tmp_path):
    folder = tmp_path / "decided" / COMPARED
    shutil.copytree(made, folder)
    assert "search" not in verify_results(folder, replicates=1, seed=5).record.words
    (folder.parent / SEARCH_RECORD).write_text("{}")
    assert verify_results(folder, replicates=1, seed=5).record.words.endswith(
        "are equal to the bit; the search that found the options was not run again"
    )
