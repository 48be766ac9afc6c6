"""`trustsim decide` as its user types it."""

import csv
import html
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.experiment.loading import load_experiment
from simulation.results.digests import digest_of
from simulation.results.search_record import SearchRecord
from simulation.scenario.loading import load_scenario
from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim
from tests.docs.blocks import blocks
from tests.waiting import wait_until

pytestmark = pytest.mark.e2e

REFERENCE = str(ROOT / "scenarios/mid-south-essex.yaml")


def asked(place: str = REFERENCE, first: str = "2015-12", later: str = "2016-12") -> str:
    """A small decision, in which something is gained if it is about the reference place."""
    return f"""title: A small decision
question: Which levers?
scenario: {place}
replicates: 4
decide:
  levers:
    coaching: {{cost: 1, from: [{first}, {later}]}}
    gain_share: {{cost: 0.5, from: [{first}, {later}]}}
    top_down_instruction: {{cost: 0, from: [{first}, {later}]}}
  budget: 4.2
  points: 16
  replicates: 2
assumptions: {{points: 8, replicates: 1, also_stretched: []}}
"""


ASKED = asked()


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("decide")
    (folder / "small.yaml").write_text(ASKED)
    found = trustsim("decide", "small.yaml", cwd=folder)
    assert found.returncode == 0, found.stderr
    (folder / "said.txt").write_text(found.stderr)
    return folder, found.stdout


def test_its_last_lines_say_where_options_are_and_how_to_get_the_paper(done):
    folder, said = done
    assert "  options  results/small/options: a scenario file for each, and small.yaml, which compares them" in said
    *_, last = (folder / "said.txt").read_text().splitlines()
    command, _, what = last.removeprefix("next: trustsim ").partition("    # ")
    assert command == "report results/small/comparison"
    assert what == "writes the paper: what we would do, and what would change our mind"
    assert (folder / "results/small/options/small.yaml").exists()


def test_it_says_what_to_choose_how_sure_that_is_and_what_more_money_buys(done):
    _, said = done
    for head in (
        "Recommended",
        "How sure is the choice",
        "What more money buys",
        "What to begin with",
        "What waiting costs",
    ):
        assert f"\n{head}\n" in said
    assert "All 21 candidates within the limits were run" in said
    assert "at 16 sets of assumptions" in said
    assert "Verdict. Allowing for uncertain assumptions:" in said


def test_options_are_scenario_files_that_extend_the_place(done):
    folder, _ = done
    results = folder / "results/small"
    scenarios = sorted(path.name for path in (results / "options").glob("option-*.yaml"))
    assert 1 <= len(scenarios) <= 7
    experiment = load_experiment(results / "options/small.yaml")
    assert experiment.variants[0].name == "no joint action"
    assert len(experiment.variants) == len(scenarios) + 1
    with (results / "options.csv").open(encoding="utf-8-sig") as file:
        rows = {row["option"]: row for row in csv.DictReader(file)}
    for variant in experiment.variants[1:]:
        letter = variant.name.split()[1]
        row = rows[letter]
        levers = {each.split(":")[0] for each in row["levers"].split()}
        assert {str(lever) for lever in variant.scenario.levers} == levers
        assert float(row["cost"]) <= 4.2
        assert trustsim("validate", results / f"options/option-{letter}.yaml", cwd=folder).returncode == 0


def test_the_comparison_is_an_ordinary_batch(done):
    folder, _ = done
    assert trustsim("status", "results/small/comparison", cwd=folder).returncode == 0
    drawn = trustsim("chart", "results/small/comparison", "--only", "front", "--out", "charts", cwd=folder)
    assert drawn.returncode == 0, drawn.stderr
    assert (folder / "charts/front.png").exists()


def test_a_paper_of_the_folder_says_what_was_found(done, tmp_path):
    folder, said = done
    shutil.copytree(folder / "results", tmp_path / "results")
    written = trustsim("report", "results/small", "--format", "html", cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    paper = (tmp_path / "results/small/comparison/board-paper.html").read_text()
    words = " ".join(paper.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "").split())
    for sentence in SearchRecord.read(tmp_path / "results/small").sentences("How sure is the choice"):
        assert sentence in said
        assert html.escape(sentence, quote=False) in words
    assert "What we would do, and what would change our mind" in words


@pytest.mark.parametrize("edit", ["seed", "sentence", "other"])
def test_findings_of_another_search_are_not_believed(done, tmp_path, edit):
    folder, _ = done
    shutil.copytree(folder / "results", tmp_path / "results")
    record = tmp_path / "results/small/decision.json"
    data = json.loads(record.read_text())
    if edit == "other":  # a whole record, as another search would have written it
        found = SearchRecord.read(record.parent)
        replace(found, scenarios=dict.fromkeys(found.scenarios, "0")).write(record.parent)
    else:
        data |= {"seed": 2} if edit == "seed" else {"sections": [["Recommended", "It closes all of the gap."]]}
        record.write_text(json.dumps(data))
    written = trustsim("report", "results/small", "--format", "html", cwd=tmp_path)
    if edit == "other":
        assert written.returncode == 0
        paper = (tmp_path / "results/small/comparison/board-paper.html").read_text()
        assert "decision.json is of other options" in paper
        assert "The three rules" not in paper
    else:
        assert written.returncode == 2
        assert "decision.json was changed after it was written: run the same `trustsim decide` again" in written.stderr


def test_the_record_has_the_digest_of_every_file(done):
    folder, _ = done
    results = folder / "results/small"
    record = json.loads((results / "decision.json").read_text())
    assert {"options.csv", "money.csv", "options/small.yaml", "charts/front.png"} <= record["files"].keys()
    for name, digest in record["files"].items():
        assert digest_of(results / name) == digest


def test_the_same_command_runs_nothing_again_and_writes_the_same_bytes(done):
    folder, said = done
    results = folder / "results/small"
    kept = {path: path.read_bytes() for path in results.rglob("*") if path.is_file() and "comparison" not in path.parts}
    assert len(kept) > 10
    stamps = {path: path.stat().st_mtime_ns for path in (results / "search").iterdir()}
    again = trustsim("decide", "small.yaml", cwd=folder)
    assert again.returncode == 0, again.stderr
    assert again.stdout.split("A small decision")[1] == said.split("A small decision")[1]
    assert {path: path.read_bytes() for path in kept} == kept
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_as_json_it_is_the_same_with_all_numbers(done, tmp_path):
    folder, said = done
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    again = trustsim("decide", "small.yaml", "--json", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    data = json.loads(again.stdout)  # and nothing else is on stdout
    record = SearchRecord.read(folder / "results/small")
    assert data["folder"] == "results/small"
    assert data["recommended"] == record.recommended
    assert {each["option"]: each["name"] for each in data["options"]} == record.options
    assert {each["rule"]: each["option"] for each in data["rules"]} == record.rules
    assert data["sentences"] == {head: sentences for head, *sentences in record.sections}
    assert all(sentence in said for sentences in data["sentences"].values() for sentence in sentences)
    with (folder / "results/small/options.csv").open(encoding="utf-8-sig") as file:
        rows = {row["option"]: row for row in csv.DictReader(file) if row["option"]}
    for option in data["options"]:
        row = rows[option["option"]]
        levers = " ".join(f"{name}:{each['strength']:g}:{each['from']}" for name, each in option["levers"].items())
        assert (levers, option["losers"]) == (row["levers"], row["losers"].split())
        assert (
            option["cost"] == pytest.approx(float(row["cost"])) == pytest.approx(sum(option["costs_by_year"].values()))
        )
        for objective, amount in option["gains"].items():
            assert amount["mean"] == pytest.approx(float(row[objective]))
            assert amount["low"] <= amount["mean"] <= amount["high"]
    with (folder / "results/small/money.csv").open(encoding="utf-8-sig") as file:
        assert [each["mean"] for each in data["money"]] == [
            pytest.approx(float(row["gain"])) for row in csv.DictReader(file)
        ]
    assert data["recommended"] is not None
    assert data["delays"]
    assert {each["lever"] for each in data["delays"]} <= {name for each in data["options"] for name in each["levers"]}
    compared, *supporting = data["comparison"]
    assert (compared["folder"], compared["complete"]) == ("results/small/comparison", True)
    assert {each["supporting"] for each in supporting} == {"assumptions"}
    assert compared["verdict"]


def test_as_json_without_a_comparison_it_says_that_there_is_none(done, tmp_path):
    folder, _ = done
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    again = trustsim("decide", "small.yaml", "--json", "--no-comparison", cwd=tmp_path)
    assert json.loads(again.stdout)["comparison"] == []


def test_killed_when_its_first_chunk_is_written_it_goes_on_to_the_same_bytes(done, tmp_path):
    folder, _ = done
    (tmp_path / "small.yaml").write_text(ASKED)
    command = [sys.executable, "-m", "simulation", "decide", "small.yaml", "--no-comparison"]
    search = tmp_path / "results/small/search"
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: any(search.glob("first-*.json")) or running.poll() is not None, "the first chunk")
    running.kill()
    running.wait()
    again = trustsim("decide", "small.yaml", "--no-comparison", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    whole = folder / "results/small"
    for part in (path for path in whole.rglob("*") if path.is_file() and "comparison" not in path.parts):
        assert (tmp_path / "results/small" / part.relative_to(whole)).read_bytes() == part.read_bytes(), part.name


def test_another_decision_in_the_folder_is_refused(done, tmp_path):
    folder, _ = done
    shutil.copytree(folder / "results", tmp_path / "results")
    (tmp_path / "small.yaml").write_text(ASKED.replace("budget: 4.2", "budget: 3"))
    found = trustsim("decide", "small.yaml", cwd=tmp_path)
    assert found.returncode == 2
    assert found.stderr.splitlines()[-1] == (
        "results/small holds the search of another decision, or of another version of the model; "
        "name another folder with --out, or start again with --fresh"
    )


def test_where_nothing_keeps_the_limits_that_is_said(tmp_path):
    """An order alone makes somebody worse off, and nobody must be."""
    text = "".join(
        line for line in ASKED.splitlines(keepends=True) if "coaching" not in line and "gain_share" not in line
    )
    names = ", ".join(load_scenario(REFERENCE).organisations)
    (tmp_path / "small.yaml").write_text(text.replace("  points: 16\n", f"  points: 16\n  not_worse_off: [{names}]\n"))
    found = trustsim("decide", "small.yaml", "--no-charts", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert "No option within the limits is clearly better than pulling no lever." in found.stdout


def test_what_is_odd_is_said_once(tmp_path):
    """The options that are compared at last are of the place that was looked at before the search."""
    place = Path(TWO_TRUSTS).read_text(encoding="utf-8")
    begin, end = place.index("contracts:\n"), place.index("programmes:\n")
    (tmp_path / "odd.yaml").write_text(place[:begin] + place[end:] + "parameters: {exposure: 0.95}\n", encoding="utf-8")
    text = asked("odd.yaml", "2024-04", "2025-04")
    text = text.replace("    coaching:", "    payment_reform: {cost: 0}\n    coaching:")
    (tmp_path / "small.yaml").write_text(text)
    done = trustsim("decide", "small.yaml", "--no-charts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    odd = [line for line in done.stderr.splitlines() if "warning: " in line]
    assert len(odd) == len(set(odd)) >= 2
    assert all(line.startswith("small.yaml: warning: ") for line in odd)
    idle = "levers.payment_reform: has no effect, because there are no contracts"
    assert [line for line in odd if idle in line] == [f"small.yaml: warning: decide.{idle}"]
    assert len([line for line in odd if "parameters.exposure" in line]) == 1


@pytest.mark.parametrize("command", ["batch", "plan"])
def test_a_decision_is_no_batch(command, tmp_path):
    (tmp_path / "small.yaml").write_text(ASKED)
    found = trustsim(command, "small.yaml", cwd=tmp_path)
    assert found.returncode == 2
    assert "small.yaml: has a decide block; `trustsim decide small.yaml` runs it" in found.stderr
    assert not (tmp_path / "results").exists()


def test_an_experiment_without_the_block_is_a_mistake(tmp_path):
    found = trustsim("decide", ROOT / "scenarios/experiments/instruct-or-coach.yaml", cwd=tmp_path)
    assert found.returncode == 2
    assert "has no decide block, which says what may be chosen; see docs/how-to/decide.md" in found.stderr
    assert not (tmp_path / "results").exists()


def test_the_block_of_the_how_to_page_can_be_used(tmp_path):
    """docs/how-to/decide.md shows every field."""
    (block,) = [each for each in blocks("docs/how-to/decide.md") if each.language == "yaml"]
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "trial.yaml").write_text(block.text, encoding="utf-8")
    decision = load_experiment(tmp_path / "trial.yaml").decision
    assert decision.combinations == 5 * 4 * 2
    assert decision.budget_by_year == {"2015/16": 0.5}
