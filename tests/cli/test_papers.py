"""`trustsim chart` and `trustsim report` as their users type them."""

import errno
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from simulation import load_experiment, load_scenario
from simulation.cli._console import report_error
from simulation.cli.main import app
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest, run_scenario
from simulation.execution.supporting_runs import supporting_experiments
from simulation.results.store import fill_folder, write_run
from tests.execution.small import run
from tests.waiting import PATIENCE

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
EXPERIMENT = f"""
title: A trial
question: What does coaching do here?
scenario: {ROOT / "scenarios/two-trusts.yaml"}
replicates: 20
compare:
  no joint action: {{}}
  coached: {{levers: {{coaching: {{strength: 1}}, celebration: {{strength: 1}}}}}}
attribution: {{from: no joint action, to: coached}}
assumptions: {{points: 60, replicates: 1, also_stretched: [2]}}
fixed_stances: {{}}
paper: {{for: the board, ask: To decide.}}
"""


def trustsim(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "simulation", *map(str, words)],
        check=False,
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a finished batch and two finished runs, one of them without charts."""
    folder = tmp_path_factory.mktemp("papers")
    path = folder / "trial.yaml"
    path.write_text(EXPERIMENT, encoding="utf-8")
    experiment = replace(load_experiment(path), source="trial.yaml")
    for each in (experiment, *supporting_experiments(experiment)):
        run(plan_batch(each), folder / "results/trial" / each.supporting_folder)
    for out, charts in (("runs", True), ("bare", False)):
        two_trusts = load_scenario(ROOT / "scenarios/two-trusts.yaml")
        request = RunRequest(
            name="two-trusts", scenario=two_trusts, replicates=20, seed=1, out=folder / out, for_charts=charts,
            source="two-trusts.yaml",
        )  # fmt: skip
        done = run_scenario(request)
        with fill_folder(request.folder) as partial:
            write_run(partial, done.study, done.record)
    return folder


def test_charts_of_a_batch_compare_scenarios_and_show_each(place):
    done = trustsim("chart", "results/trial", cwd=place)
    assert done.returncode == 0, done.stderr
    charts = place / "results/trial/charts"
    assert {path.stem for path in charts.glob("*.png")} == {
        "scenario_table", "verdict", "deciding", "turning_point", "information", "chance", "paired_difference",
        "gap_over_time", "trust_over_time", "money", "who_gains", "attribution",
    }  # fmt: skip
    for folder in ("00-no-joint-action", "01-coached"):
        assert {path.stem for path in (charts / folder).glob("*.png")} >= {"trajectory", "who_wins", "tornado"}
    assert "charts in results/trial/charts" in done.stdout
    assert "left out drivers: the experiment is not a Sobol sample of one scenario" in done.stdout


def test_chosen_charts_in_another_theme_and_folder(place):
    done = trustsim("chart", "results/trial", "--only", "chance", "--theme", "nhs", "--out", "nhs", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "#005eb8" in (place / "nhs/chance.svg").read_text(encoding="utf-8").lower()
    assert sorted(path.name for path in (place / "nhs").iterdir()) == [
        "chance.csv", "chance.png", "chance.svg", "chance.txt",
    ]  # fmt: skip


def test_a_pair_of_choices_is_compared_in_the_order_that_is_asked_for(place):
    pair = ("--first", "no joint action", "--second", "coached")
    done = trustsim("chart", "results/trial", "--only", "deciding", *pair, "--out", "pair", cwd=place)
    assert done.returncode == 0, done.stderr
    assert (
        (place / "pair/deciding.csv").read_text(encoding="utf-8").splitlines()[1].startswith("no joint action,coached")
    )


def test_charts_are_listed_by_name(place):
    done = trustsim("chart", "nowhere", "--only", "list", cwd=place)
    assert done.stdout.split()[0] == "scenario_table"
    assert "actuals" in done.stdout.split()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("chart", "results/trial", "--only", "chanse"), "there is no chart 'chanse'; did you mean chance?"),
        (("chart", "results"), "results holds no results: there is neither run.json nor manifest.json in it"),
        (("chart", "results/trial", "--only", "too_late"), "left out too_late: the experiment does not vary the month"),
        (("chart", "results/trial", "--first", "coachd"), "there is no choice 'coachd' whose assumptions were varied"),
        (
            ("chart", "results/trial", "--only", "chance", "--second", "coached"),
            "is of the charts deciding and turning_point, which --only leaves out",
        ),
        (("chart", "bare/two-trusts"), "charts and papers need a run with its charts"),
        (("report", "nowhere"), "nowhere holds no results"),
        (
            ("report", "results/trial", "--format", "odt"),
            "there is no format 'odt'; there are docx, pdf, html, pptx, xlsx, csv",
        ),
        (
            ("report", "results/trial", "--format", "csv", "--tables", "outturn,agreements"),
            "there is no table 'outturn', did you mean outturns?; there are agreements, ",
        ),
        (
            ("report", "results/trial", "--tables", "outturns"),
            "--tables: needs the format csv; add csv to --format",
        ),
        (("report", "results/trial", "--format", ""), "no format is given"),
        (("report", "results/trial", "--format", "pdf", "--template", "x.docx"), "a template needs the format docx"),
        (("report", "results/trial", "--template", "x.docx"), "x.docx cannot be used as a template"),
    ],
)
def test_a_mistake_is_reported_in_a_line_and_writes_nothing(place, words, message, monkeypatch):
    """In this process, since each takes a second to start otherwise."""
    monkeypatch.chdir(place)
    before = sorted(place.rglob("*"))
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert sorted(place.rglob("*")) == before


def test_a_workbook_and_every_table_as_csv(place):
    done = trustsim("report", "results/trial", "--format", "xlsx,csv", "--out", "book", cwd=place)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (place / "book").iterdir()) == ["csv", "results.xlsx"]
    book = load_workbook(place / "book/results.xlsx", read_only=True)
    assert book.sheetnames[:5] == ["Read me", "Change by year", "Position", "Costs", "Who pays"]
    tables = {path.relative_to(place / "results/trial").with_suffix(".csv") for path in
              (place / "results/trial").rglob("*.parquet")}  # fmt: skip
    assert tables | {Path("columns.csv")} == {path.relative_to(place / "book/csv") for path in
                                              (place / "book/csv").rglob("*.csv")}  # fmt: skip
    assert done.stdout.split()[0] == str(Path("book/results.xlsx"))
    rows = pd.read_csv(place / "book/csv/system.csv", encoding="utf-8-sig")
    assert rows["scenario"].unique().tolist() == ["no joint action", "coached"]
    assert rows["month_date"][0] == "2024-04-01"


def test_chosen_tables_as_csv(place):
    done = trustsim("report", "results/trial", "--format", "csv", "--tables", "outturns, agreements", "--out", "some",
                    cwd=place)  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = {path.stem for path in (place / "some/csv").rglob("*.csv")}
    assert written == {"columns", "outturns", "agreements"}


def test_the_size_of_large_tables_is_said_before_they_are_written(place, monkeypatch, capsys):
    from simulation.cli import report
    from simulation.results.load import load_comparison

    monkeypatch.setattr(report, "_LARGE", 1)
    folder = place / "results/trial"
    report._write_tables(load_comparison(folder), folder, place / "sized", None)
    said = capsys.readouterr().err.splitlines()[0]
    assert re.fullmatch(r".*sized: about [\d.]+ MB of CSV will be written; --tables writes fewer", said)


def test_a_read_only_disk_is_for_the_user_to_see_to(capsys):
    assert report_error(OSError(errno.EROFS, "Read-only file system", "results/trial")) == 2
    assert capsys.readouterr().err == "results/trial: read-only file system\n"


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_results_are_not_written_over_a_file_in_place_of_the_folder(place, name):
    (place / "taken").write_text("mine", encoding="utf-8")
    done = trustsim("report", "results/trial", "--format", name, "--out", "taken", cwd=place)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "taken" in done.stderr
    assert (place / "taken").read_text(encoding="utf-8") == "mine"


def test_a_paper_of_a_batch_in_every_format(place):
    done = trustsim("report", "results/trial", "--format", "docx,pdf,html,pptx", "--out", "paper", cwd=place)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (place / "paper").iterdir()}
    tables = {"assumptions-register.csv", "costs-and-position.csv", "organisations-against-baseline.csv"}
    assert names == {*(f"board-paper.{each}" for each in ("docx", "pdf", "html", "pptx"))} | tables
    changes = pd.read_csv(place / "paper/organisations-against-baseline.csv")
    written = pd.read_parquet(place / "results/trial/organisations-against-baseline.parquet")
    pd.testing.assert_frame_equal(changes[list(written)], written, rtol=1e-9)
    assert set(changes["discount"]) == {0}
    assert (changes.query("period == 'whole run'")["varied_low_90"] < changes["varied_high_90"].max()).all()
    page = (place / "paper/board-paper.html").read_text(encoding="utf-8")
    assert "What does coaching do here?" in page
    assert "<dt>For</dt><dd>The board</dd>" in page
    assert "To decide." in page
    assert "trustsim batch trial.yaml --replicates 20 --seed 1" in page


def test_a_paper_of_a_run(place):
    done = trustsim("report", "runs/two-trusts", "--format", "html", "--title", "T", "--for", "Us", cwd=place)
    assert done.returncode == 0, done.stderr
    page = (place / "runs/two-trusts/board-paper.html").read_text(encoding="utf-8")
    assert "<h1>T</h1>" in page
    assert "<dt>For</dt><dd>Us</dd>" in page
    assert "trustsim run two-trusts.yaml --replicates 20 --seed 1" in page


def test_the_only_run_of_a_scenario_needs_no_name(tmp_path, place):
    shutil.copytree(place / "runs/two-trusts", tmp_path / "my-place/one")
    done = trustsim("report", "my-place", "--format", "html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my-place/one/board-paper.html").exists()
    shutil.copytree(place / "runs/two-trusts", tmp_path / "my-place/two")
    for command in ("report", "chart"):
        done = trustsim(command, "my-place", cwd=tmp_path)
        assert done.returncode == 2
        assert "there are results in my-place/one, my-place/two: name one of them" in done.stderr


def test_the_command_in_the_paper_gives_the_same_numbers(place, tmp_path):
    (tmp_path / "trial.yaml").write_text(EXPERIMENT, encoding="utf-8")
    words = ["batch", "trial.yaml", "--replicates", "20", "--seed", "1", "--workers", "1"]
    assert trustsim(*words, cwd=tmp_path).returncode == 0
    for table in ("system", "attribution/ends", "assumptions/system", "fixed-stances/outturns"):
        once, again = (folder / f"results/trial/{table}.parquet" for folder in (place, tmp_path))
        assert once.read_bytes() == again.read_bytes(), table


def test_a_rate_of_discount_is_said_in_charts_and_papers(place):
    command = ("chart", "results/trial", "--only", "scenario_table,who_gains", "--out", "discounted")
    for rate, words in (("3.5", "discounted at 3.5% a year"), ("0", "nominal, undiscounted")):
        done = trustsim(*command, "--discount", rate, cwd=place)
        assert done.returncode == 0, done.stderr
        for name in ("scenario_table", "who_gains"):
            text = (place / f"discounted/{name}.txt").read_text(encoding="utf-8")
            assert words in " ".join(text.split())
    done = trustsim("report", "results/trial", "--format", "html", "--out", "later", "--discount", "3.5", cwd=place)
    assert done.returncode == 0, done.stderr
    page = (place / "later/board-paper.html").read_text(encoding="utf-8")
    assert page.count("discounted at 3.5% a year") >= 4
    again = re.search(r"trustsim report results/trial[^<]*", page).group()
    assert trustsim(*again.split()[1:], "--format", "html", "--out", "again", cwd=place).returncode == 0
    assert (place / "again/board-paper.html").read_bytes() == (place / "later/board-paper.html").read_bytes()
    assert "undiscounted" not in page
    money = pd.read_csv(place / "later/costs-and-position.csv")
    changes = pd.read_csv(place / "later/organisations-against-baseline.csv")
    assert set(changes["discount"]) == {3.5}
    assert set(money["discount"]) == {3.5}
    assert {"no joint action", "coached"} == set(money["scenario"])


@pytest.mark.parametrize("command", ["chart", "report"])
def test_a_rate_of_discount_given_as_a_share_is_refused(place, command):
    done = trustsim(command, "results/trial", "--discount", "0.035", cwd=place)
    assert done.returncode == 2
    assert "a discount rate is in % a year: 0, or from 0.1 to 20" in " ".join(done.stderr.replace("│", " ").split())
