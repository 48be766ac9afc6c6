"""Results of another version of the model are marked, and folders without results are named for what they are."""

import json
import re
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pyarrow.parquet as pq
import pypdf
import pytest

from simulation.report.pptx import OTHER_MODEL_FOOTER
from simulation.results.load import load_comparison
from simulation.results.sealed import to_sealed_json
from tests.cli.test_integrity import slides_of
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


MARK = "made by version 0.0.1+old of the model and read by "


@pytest.fixture(scope="module")
def of_both(tmp_path_factory):
    """All papers and two charts: of results of an older model, and of this one."""
    folder = tmp_path_factory.mktemp("both")
    plan = replace(small_plan(replicates=4, detail=NEEDED), model="0.0.1+old")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulation.execution.tasks.model_version", lambda: "0.0.1+old")
        run(plan, folder / "older")
    run(small_plan(replicates=4, detail=NEEDED), folder / "now")
    for name in ("older", "now"):
        for words in (("report", name, "--format", "docx,pdf,html,pptx,xlsx,csv"), ("chart", name, "--only", CHARTS)):
            done = trustsim(*words, cwd=folder)
            assert done.returncode == 0, done.stderr
    return folder


NEEDED = ("system", "outturns", "agreements", "memberships", "trust")
CHARTS = "trajectory,scenario_table"
READERS = {
    "docx": lambda path: "\n".join(each.text for each in docx.Document(path).element.body.iter(W_T)),
    "pdf": lambda path: " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages),
    "html": lambda path: path.read_text(encoding="utf-8"),
    "xlsx": lambda path: "\n".join(
        str(cell) for sheet in openpyxl.load_workbook(path) for row in sheet.values for cell in row
    ),
}
W_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@pytest.mark.parametrize("kind", READERS)
def test_a_paper_of_another_version_of_the_model_says_so(kind, of_both):
    named = f"*.{kind}"
    (older,), (now,) = (list((of_both / name).glob(named)) for name in ("older", "now"))
    assert MARK in READERS[kind](older)
    assert "0.0.1" not in READERS[kind](now)


def test_each_slide_of_another_version_of_the_model_says_so(of_both):
    assert all(OTHER_MODEL_FOOTER in words for words in slides_of(of_both / "older/board-paper.pptx"))
    assert not any(OTHER_MODEL_FOOTER in words for words in slides_of(of_both / "now/board-paper.pptx"))


def test_charts_of_another_version_of_the_model_say_so(of_both):
    pictures = [*(of_both / "older/charts").rglob("*.svg")]
    assert len(pictures) == 2
    for each in pictures:
        lines = re.findall("<!-- (.*?) -->", each.read_text())
        assert MARK in " ".join(lines)
    assert not any("0.0.1" in each.read_text() for each in (of_both / "now/charts").rglob("*.svg"))


def test_csv_files_of_another_version_of_the_model_are_listed(of_both):
    for beside in (of_both / "older", of_both / "older/csv", of_both / "older/charts"):
        said, *listed = (beside / "other-model.txt").read_text().splitlines()
        assert MARK in said
        assert {path.relative_to(beside).as_posix() for path in beside.glob("*.csv")} - {"columns.csv"} == {*listed}
    assert not [*(of_both / "now").rglob("other-model.txt")]


def test_what_was_made_of_another_version_is_marked_in_notebooks(of_both):
    older = load_comparison(of_both / "older")
    assert MARK in repr(older)
    assert MARK in older._repr_html_()
    assert MARK not in repr(load_comparison(of_both / "now"))


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
