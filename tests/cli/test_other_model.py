"""Results of another version of the model are marked, and folders without results are named for what they are."""

import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from simulation.results.sealed import to_sealed_json
from tests.cli.test_run import TWO_TRUSTS, trustsim
from tests.execution.small import run, small_plan

pytestmark = pytest.mark.e2e

TRIAL = f"title: A trial\nscenario: {TWO_TRUSTS}\nreplicates: 4\nvary: {{parameters.loss_ratio: [1, 2]}}\n"
OLDER = "results were made by version 0.0.1+old of the model, and this is "


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "trial.yaml").write_text(TRIAL)
    assert trustsim("batch", "trial.yaml", "--workers", 1, cwd=tmp_path).returncode == 0
    return tmp_path / "results/trial"


@pytest.mark.parametrize("typed", [("status",), ("chart", "--only", "gap_by_factor"), ("report", "--format", "html")])
def test_results_of_another_version_of_the_model_are_marked(tmp_path, typed, monkeypatch):
    """Once on stderr, with the command that makes them again."""
    command, *options = typed
    plan = small_plan({"parameters.loss_ratio": (1, 2)}, replicates=4)
    run(plan, tmp_path / "now")
    monkeypatch.setattr("simulation.execution.tasks.model_version", lambda: "0.0.1+old")
    run(replace(plan, model="0.0.1+old"), tmp_path / "older")
    assert OLDER not in trustsim(command, tmp_path / "now", *options, cwd=tmp_path).stderr
    done = trustsim(command, tmp_path / "older", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(OLDER) == 1
    assert "the same `trustsim batch` with --fresh makes them again" in done.stderr


def test_a_run_of_another_version_is_made_again_by_the_same_command(tmp_path):
    assert trustsim("run", TWO_TRUSTS, "--replicates", 4, "--out", "out", cwd=tmp_path).returncode == 0
    record = tmp_path / "out/two-trusts/run.json"
    data = json.loads(record.read_text())
    del data["digest"]
    record.write_text(to_sealed_json({**data, "model": "0.0.1+old"}))
    done = trustsim("chart", record.parent, "--only", "trajectory", cwd=tmp_path)
    assert "the same `trustsim run` makes them again" in done.stderr


def test_tables_from_before_points_had_their_own_events_are_refused_with_one_way_out(made):
    """Not as tables of nothing known, with a command that then asks for another."""
    table = pq.read_table(made / "system.parquet")
    about = json.loads(table.schema.metadata[b"trustsim"])
    about["hashes"] = about.pop("identities")
    pq.write_table(table.replace_schema_metadata({b"trustsim": json.dumps(about)}), made / "system.parquet")
    done = trustsim("status", made, "--skip-integrity-check", cwd=made)
    assert done.returncode == 2
    assert "is of an older version of trustsim" in done.stderr
    assert "run the same `trustsim batch` again with --fresh" in done.stderr


@pytest.mark.parametrize("command", ["verify", "chart", "report"])
def test_a_folder_that_holds_results_below_names_them(made, command):
    """A sensitivity run alone is not a run whose record is lost."""
    above = made.parent
    (above / "trial").rename(above / "sensitivity-morris")
    done = trustsim(command, above, cwd=above)
    assert done.returncode == 2
    assert "holds no results: there is neither run.json nor manifest.json in it; there are results in" in done.stderr
    assert "sensitivity-morris: name one of them" in done.stderr
