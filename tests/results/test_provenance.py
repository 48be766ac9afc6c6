"""A run's record and folder: named by what it depends on, complete or absent, and never written over other files."""

import json

import pytest

from simulation.model.run import run_ensemble
from simulation.results import provenance
from simulation.results.provenance import RunRecord, describe_machine, model_version, name_run
from simulation.results.store import FolderInUseError, check_folder_is_free, fill_folder, find_record, write_run
from simulation.results.study import Study
from simulation.scenario.loading import load_scenario
from simulation.version import __version__
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def record(**changes):
    given = {
        "run": "0123456789ab",
        "title": "A made-up place",
        "scenario_hash": "ff",
        "seed": 1,
        "first": 0,
        "replicates": 2,
        "version": __version__,
        "commit": None,
        "made": "2024-04-01",
        "engine": "mesa",
        "elapsed": 0.5,
        "python": "3.11.0",
        "libraries": {"numpy": "2.0.0"},
        "platform": "Linux x86_64",
    }
    return RunRecord(**(given | changes))


def test_a_run_is_named_by_what_its_numbers_depend_on():
    name = name_run("ff", 1, 0, 40)
    assert name == name_run("ff", 1, 0, 40)
    assert len(name) == 12
    assert set(name) <= set("0123456789abcdef")
    others = {name_run("fe", 1, 0, 40), name_run("ff", 2, 0, 40), name_run("ff", 1, 1, 40), name_run("ff", 1, 0, 41)}
    assert len(others | {name}) == 5


def test_the_model_version_changes_with_code_and_not_with_documentation(tmp_path, monkeypatch):
    package = tmp_path / "simulation"
    package.mkdir()
    for name in ("parameters.py", "version.py"):
        (package / name).write_text('"""Words."""\n\nRATE = 0.5\n', encoding="utf-8")
    (package / "results").mkdir()
    monkeypatch.setattr(provenance, "__file__", str(package / "results" / "provenance.py"))

    def version_with(name, text):
        (package / name).write_text(text, encoding="utf-8")
        return model_version.__wrapped__()

    before = model_version.__wrapped__()
    assert before.startswith(f"{__version__}+")
    assert version_with("parameters.py", '"""Other words."""\nRATE  =  0.5  # why\n') == before
    assert version_with("version.py", "RATE = 0.75\n") == before
    assert version_with("parameters.py", "RATE = 0.75\n") != before


def test_the_record_is_json_that_ends_with_a_new_line():
    text = record(title="£m and ω").to_json()
    assert text.endswith("}\n")
    assert "£m and ω" in text
    assert json.loads(text)["libraries"] == {"numpy": "2.0.0"}


def test_the_machine_is_described():
    described = describe_machine()
    assert described["version"] == __version__
    assert set(described["libraries"]) >= {"mesa", "numpy", "pandas", "pyarrow"}
    assert "not installed" not in described["libraries"].values()
    assert described["commit"] is None or len(described["commit"].rstrip("+")) == 40


def test_a_free_folder_is_accepted(tmp_path):
    check_folder_is_free(tmp_path / "new", "abc")
    check_folder_is_free(tmp_path, "abc")
    (tmp_path / "run.json").write_text('{"run": "abc"}', encoding="utf-8")
    check_folder_is_free(tmp_path, "abc", taken_by="abc")


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        FolderInUseError, match=r"holds files that are not a run; name another folder with --out, or empty this one$"
    ):
        check_folder_is_free(tmp_path, "abc")
    (tmp_path / "run.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(FolderInUseError, match=r"holds files that are not a run"):
        check_folder_is_free(tmp_path, "abc")


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(FolderInUseError, match=r"holds files that are not a run"):
        check_folder_is_free(tmp_path / "taken", "abc")


def test_a_folder_with_another_run_is_refused(tmp_path):
    (tmp_path / "run.json").write_text(record(run="def").to_json(), encoding="utf-8")
    said = rf"holds another run \(def: seed 1, 2 replicates, version {__version__}\), which is not overwritten; name"
    with pytest.raises(FolderInUseError, match=said):
        check_folder_is_free(tmp_path, "abc")


def test_two_runs_do_not_share_a_folder(tmp_path):
    with pytest.raises(
        FolderInUseError, match=r"would hold two runs: two of the scenario files have the same name; run them apart$"
    ):
        check_folder_is_free(tmp_path / "new", "abc", taken_by="def")


def test_a_folder_is_filled_whole_or_not_at_all(tmp_path):
    class OutOfDiskError(Exception):
        pass

    def write_half(folder):
        with fill_folder(folder) as partial:
            (partial / "half.txt").write_text("half", encoding="utf-8")
            raise OutOfDiskError

    with pytest.raises(OutOfDiskError):
        write_half(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []
    with fill_folder(tmp_path / "run") as partial:
        (partial / "run.json").write_text('{"run": "abc"}', encoding="utf-8")
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["run.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_run_written_again_keeps_what_else_is_in_its_folder(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with fill_folder(folder) as partial:
        (partial / "charts").mkdir()
        (partial / "charts" / "gap.svg").write_text("new", encoding="utf-8")
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "charts" / "gap.svg").read_text(encoding="utf-8") == "new"


def test_what_is_written_can_be_read_back_and_run_again(tmp_path):
    import pandas as pd

    subject = scenario(place(months=14))
    ensemble = run_ensemble(subject, replicates=2, seed=3, detail=("relationships",))
    write_run(
        tmp_path,
        Study(ensemble=ensemble),
        record(seed=3),
        tables={"relationships": ensemble.to_pandas("relationships")},
    )
    names = {"system", "outturns", "agreements", "memberships", "relationships", "trust"}
    assert {path.stem for path in tmp_path.glob("*.parquet")} == names
    for table in names - {"trust"}:
        kept = ensemble.to_pandas(table).drop(columns="date", errors="ignore")
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / f"{table}.parquet"), kept, check_dtype=False)
    assert find_record(tmp_path)["seed"] == 3
    again = run_ensemble(load_scenario(tmp_path / "scenario.yaml"), replicates=2, seed=3)
    assert again.system.tobytes() == ensemble.system.tobytes()


def test_a_folder_without_a_record_has_none(tmp_path):
    assert find_record(tmp_path) is None
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    assert find_record(tmp_path) is None
