"""`trustsim plan`, `batch`, `status` and `retry` as their user types them."""

import json
import os
import re

import pytest

from simulation.report.content import build_paper
from simulation.results.load import load_comparison
from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

TRIAL = f"""title: A trial
question: Does coaching help?
scenario: {TWO_TRUSTS}
replicates: 70
compare:
  no joint action: {{}}
  coached: {{levers: {{coaching: {{strength: 1}}}}}}
"""
DEFECT = """
import simulation.execution.tasks as tasks

def unless_failing(scenario):
    if scenario.population == 13:
        raise ArithmeticError("this design fails")
    return scenario

real = tasks.run_scenarios
tasks.run_scenarios = lambda scenarios, **options: real(map(unless_failing, scenarios), **options)
"""
"""What workers run as they start, so that designs of 13 people fail."""
FAILING = f"title: One that fails\nscenario: {TWO_TRUSTS}\nreplicates: 3\nvary: {{population: [12, 13]}}\n"


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A folder in which a batch was run."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "trial.yaml").write_text(TRIAL)
    done = trustsim("batch", "trial.yaml", "--workers", 1, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, done


ASKED = {
    "verdict": TRIAL.replace("70", "4") + "assumptions: {points: 20, replicates: 2, also_stretched: [2]}\n",
    "varied": TRIAL.replace("70", "3")
    + "vary: {parameters.opening_trust: [0.3, 0.4, 0.5], parameters.exposure: [0.2, 0.4]}\n",
    "alone": TRIAL.replace("70", "2")
    + "vary: {parameters.opening_trust: [0.3, 0.4, 0.5], parameters.exposure: [0.1, 0.3]}\ndesign: one-at-a-time\n",
    "choices": TRIAL.replace("70", "1") + "vary: {levers.*.strength: {values: [0.5, 1], choice: true}}\n",
    "points": f"title: A trial\nscenario: {TWO_TRUSTS}\nreplicates: 1\n"
    "vary: {parameters.opening_trust: [0.3, 0.4]}\n",
    "wide": TRIAL.replace("70", "2") + "assumptions: {points: 3, replicates: 1, stretch: 1.5}\n",
}
"""Experiments that one command runs, since it takes a second to start the process that runs them."""


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """A folder in which these batches were run, and what was printed of each."""
    folder = tmp_path_factory.mktemp("batches")
    for name, text in ASKED.items():
        (folder / f"{name}.yaml").write_text(text)
    done = trustsim("batch", *(f"{name}.yaml" for name in ASKED), "--workers", 1, cwd=folder)
    assert done.returncode == 0, done.stderr
    printed = [f"\nA trial\n{each}" for each in done.stdout.split("\nA trial\n")[1:]]
    return folder, dict(zip(ASKED, printed, strict=True))


@pytest.fixture
def defective_workers(tmp_path_factory, monkeypatch):
    """Let workers fail on designs of 13 people."""
    folder = tmp_path_factory.mktemp("defect")
    (folder / "sitecustomize.py").write_text(DEFECT)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(ROOT)]))


def test_a_plan_says_what_would_be_run_and_writes_nothing(tmp_path):
    (tmp_path / "trial.yaml").write_text(TRIAL + "vary: {parameters.loss_ratio: [1, 2, 3]}\n")
    planned = trustsim("plan", "trial.yaml", "--workers", 3, cwd=tmp_path)
    assert planned.returncode == 0
    lines = planned.stdout.splitlines()
    assert lines[:6] == [
        "A trial",
        "Does coaching help?",
        "  compares   no joint action; coached",
        "  varies     parameters.loss_ratio: 1, 2, 3",
        "  designs    6 (grid)",
        "  replicates 420",
    ]
    assert lines[6].startswith("  time       about ")
    assert lines[6].endswith(" with 3 processes")
    assert lines[7].startswith("  disk       about ")
    assert [path.name for path in tmp_path.iterdir()] == ["trial.yaml"]


def test_a_batch_without_the_tables_of_a_verdict_does_not_say_that_assumptions_were_not_varied(tmp_path):
    (tmp_path / "place.yaml").write_bytes((ROOT / "scenarios/two-trusts.yaml").read_bytes())
    (tmp_path / "e.yaml").write_text(
        "title: E\nscenario: place.yaml\nreplicates: 2\ndetail: [outturns]\n"
        "compare: {a: {}, b: {levers: {coaching: {strength: 1}}}}\nassumptions: {points: 2, also_stretched: []}\n"
    )
    done = trustsim("batch", "e.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == (
        "  Verdict: none, since the scenarios’ own tables were not all kept; "
        "without `detail` in the experiment file, `trustsim batch` keeps them."
    )
    assert "detail: choices are not judged without agreements, memberships and trust" in done.stderr


def test_a_batch_reports_its_headline_and_precision(trial):
    folder, done = trial
    lines = done.stdout.splitlines()
    assert lines[1:3] == ["A trial", "2 designs, 70 replicates of each, seed 1; 140 replicates run now"]
    assert lines[4] == (
        "  Gap in the last month, £m a year, and position of the place over the run, £m, costs included,"
    )
    assert lines[5] == "  nominal, undiscounted: mean, and half the width of its 95% interval"
    assert lines[7].split() == ["gap", "against", "baseline", "position", "against", "baseline"]
    assert [line.split("  ")[1] for line in lines[8:10]] == ["no joint action", "coached"]
    assert [line.count("±") for line in lines[8:10]] == [2, 4]
    assert "  280 replicates of each would halve these widths." in lines
    assert lines[-3] == "  results  results/trial"
    assert lines[-1] == "  Verdict: none, since assumptions were not varied; `assumptions: {}` does it."
    assert done.stderr.startswith("trial: 0 of 140 replicates")
    names = {path.name for path in (folder / "results/trial").iterdir()}
    assert {"manifest.json", "designs.parquet", "system.parquet", "scenarios", "chunks"} <= names


def test_a_batch_and_its_status_give_the_verdict_over_uncertain_assumptions(several):
    folder, printed = several
    done = printed["verdict"]
    verdict = done[done.index("  Verdict. Allowing for uncertain assumptions:") :]
    assert "    gap: " in verdict
    assert "    position, costs included: " in verdict
    assert "\n    Of 40 cases " in verdict
    assert "    Shares of cases rest on 20 sets of assumptions, and are within ±" in verdict
    (row,) = [line for line in verdict.splitlines() if line.startswith("    coached against no joint action ")]
    by_gap, by_position = re.findall(r"(\d+), (\d+), (\d+)", row)
    assert sum(map(int, by_gap)) == sum(map(int, by_position)) == 40
    assert verdict.strip() in trustsim("status", "results/verdict", cwd=folder).stdout
    data = json.loads(trustsim("status", "results/verdict", "--json", cwd=folder).stdout)["verdict"]
    assert [(pair["measure"], pair["first"]) for pair in data] == [
        (measure, label) for measure in ("gap", "position") for label in ("no joint action", "coached")
    ]
    assert all(pair["better"] + pair["no_different"] + pair["worse"] == pytest.approx(1) for pair in data)
    assert (data[0]["points"], data[0]["cases"]) == (20, 40)


def test_where_assumptions_are_varied_choices_are_listed_and_points_are_not(several):
    folder, printed = several
    done = printed["varied"]
    lines = done.splitlines()
    assert lines[5] == (
        "  nominal, undiscounted: median of the means at the points, which are sets of assumptions, and their range"
    )
    assert lines[7].split() == ["points", "gap", "range", "position", "range"]
    assert [line.split("  ")[1] for line in lines[8:10]] == ["no joint action", "coached"]
    shown = [re.match(r"  .*?  +6  +(\S+)", line)[1] for line in lines[8:10]]
    assert lines[10] == ""
    assert lines[11].startswith("  Half the width of a mean gap's 95% interval: ±")
    assert "exposure" not in done
    assert "    Shares of runs rest on 6 settings that were chosen, not drawn, so they are no probabilities" in done
    status = trustsim("status", "results/varied", cwd=folder).stdout
    assert status.splitlines()[3:12] == lines[4:13]
    data = json.loads(trustsim("status", "results/varied", "--json", cwd=folder).stdout)
    assert len(data["headline"]) == 12
    means = sorted(each["gap"]["mean"] for each in data["headline"] if each["scenario"] == "coached")
    assert float(shown[1]) == pytest.approx((means[2] + means[3]) / 2, abs=0.06)


def test_a_default_that_is_tried_again_counts_once_wherever_points_are_counted(several):
    """One factor at a time: trust 0.4 and exposure 0.3 are the defaults, so that there are 4 settings and not 6."""
    folder, printed = several
    for said in (printed["alone"], trustsim("status", "results/alone", cwd=folder).stdout):
        counts = [re.match(r"  (no joint action|coached) +(\d+)  ", line) for line in said.splitlines()]
        assert [found[2] for found in counts if found] == ["4", "4"]
        assert "    Shares of runs rest on 4 settings that were chosen" in said
    figures = build_paper(load_comparison(folder / "results/alone"), with_charts=False).figures
    assert "the middle of 8 combinations of scenario and assumptions (" in figures[0].label


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "choices",
            "  Verdict: none, since only choices were varied; an assumption in `vary` beside them gives one.",
        ),
        ("points", None),
    ],
)
def test_the_reason_for_no_verdict_is_that_of_the_experiment(several, name, words):
    """One scenario at the values of an assumption is no choice, so that nothing is said of a verdict."""
    _, printed = several
    assert [line for line in printed[name].splitlines() if "Verdict" in line] == ([words] if words else [])


def test_the_same_command_again_runs_nothing(trial):
    folder, _ = trial
    again = trustsim("batch", "trial.yaml", "--workers", 1, cwd=folder)
    assert "0 replicates run now" in again.stdout
    plan = trustsim("plan", "trial.yaml", cwd=folder).stdout
    assert "  replicates 140, 140 of them run before" in plan
    assert "nothing is left to run" in plan


def test_status_shows_the_same(trial):
    folder, done = trial
    status = trustsim("status", "results/trial", cwd=folder)
    assert status.returncode == 0
    assert status.stdout.splitlines()[:2] == ["A trial", "140 of 140 replicates of 2 designs, seed 1: done"]
    assert status.stdout.splitlines()[3:9] == done.stdout.splitlines()[4:10]


def test_json_is_the_same_as_data(trial):
    folder, _ = trial
    (batch,) = json.loads(trustsim("batch", "trial.yaml", "--json", cwd=folder).stdout)
    status = json.loads(trustsim("status", "results/trial", "--json", cwd=folder).stdout)
    assert (batch["replicates"], batch["complete"], batch["failures"]) == (70, True, [])
    assert [each["scenario"] for each in batch["headline"]] == ["no joint action", "coached"]
    assert batch["headline"][1]["gap"]["to_halve"] == 280
    assert batch["headline"][0]["position_difference"] is None
    assert batch["headline"][1]["position_difference"]["mean"] != 0
    assert status["headline"] == batch["headline"]
    assert (status["replicates"], status["total"], status["complete"], status["owner"]) == (140, 140, True, None)


def test_how_far_ranges_are_stretched_is_said_wherever_their_runs_are(several):
    folder, printed = several
    stretched = "(ranges stretched by a factor of 1.5)"
    plan = trustsim("plan", "wide.yaml", cwd=folder).stdout
    assert (
        "A trial: assumptions varied (supporting runs, assumptions)\n  ranges     stretched by a factor of 1.5\n"
        in plan
    )
    assert f"  supporting runs, assumptions {stretched}: 6 designs, 1 replicate of each; 6 run now" in printed["wide"]
    status = trustsim("status", "results/wide", cwd=folder).stdout
    assert f"  supporting runs, assumptions {stretched}: 6 of 6 replicates: done" in status
    data = json.loads(trustsim("status", "results/wide", "--json", cwd=folder).stdout)
    assert (data["stretch"], data["supporting"]["assumptions"]["stretch"]) == (None, 1.5)
    record = json.loads((folder / "results/wide/assumptions/manifest.json").read_text())
    assert record["stretch"] == 1.5


def test_a_varied_parameter_outside_its_range_is_a_warning(tmp_path):
    (tmp_path / "wide.yaml").write_text(TRIAL + "vary: {parameters.loss_ratio: [0, 1, 5], parameters.pace: [6]}\n")
    expected = [
        "wide.yaml: warning: vary.parameters.loss_ratio: 0, 5 are outside the usual range, 0.5 to 3.5",
        "wide.yaml: warning: vary.parameters.pace: 6 is outside the usual range, 1 to 5",
    ]
    for command in ("validate", "plan"):
        done = trustsim(command, "wide.yaml", cwd=tmp_path)
        assert (done.returncode, done.stderr.splitlines()) == (0, expected)


@pytest.mark.usefixtures("defective_workers")
def test_a_failure_is_reported_first_and_can_be_retried(tmp_path):
    (tmp_path / "failing.yaml").write_text(FAILING)
    done = trustsim("batch", "failing.yaml", "--workers", 1, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[1] == "3 replicates failed:"
    assert lines[2].startswith("  design 1 (two-trusts), replicate 0: ")
    assert lines[5] == "Run them again with `trustsim retry results/failing`."
    assert "next: " not in done.stderr
    status = trustsim("status", "results/failing", cwd=tmp_path)
    for said in (done.stdout, status.stdout):
        assert re.search(r"^  One that fails +1  |^  two-trusts +1  |^   +1  ", said, re.MULTILINE), said
        assert "  Not counted, for want of results: 1 combination of scenario and point." in said
    assert (status.returncode, status.stdout.splitlines()[0]) == (1, "3 replicates failed:")
    retried = trustsim("retry", "results/failing", "--workers", 1, cwd=tmp_path)
    assert retried.returncode == 1
    assert "3 replicates run now" in retried.stdout


def test_folders_scenarios_and_experiments_can_be_given_together(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.yaml").write_text(f"extends: {TWO_TRUSTS}\n")
    (tmp_path / "in" / "trial.yaml").write_text(TRIAL)
    (tmp_path / "b.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 6\n")
    done = trustsim(
        "batch", "in", "b.yaml", "--workers", 1, "--replicates", 2, "--seed", 5, "--out", "out", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "b", "trial"]
    assert done.stdout.count("2 replicates of each, seed 5") == 3
    steps = [line for line in done.stderr.splitlines() if line.startswith("next: ")]
    assert steps == [f"next: trustsim report out/{name}" for name in ("a", "trial", "b")]


def test_all_mistakes_are_reported_before_anything_is_run(tmp_path):
    (tmp_path / "good.yaml").write_text(TRIAL)
    (tmp_path / "bad.yaml").write_text(TRIAL + "sed: 1\n")
    done = trustsim("batch", "good.yaml", "bad.yaml", "missing.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "bad.yaml:8:1: sed: unknown field; did you mean seed?",
        f"missing.yaml: no such file in {tmp_path}",
    ]
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("status", "none"), "none holds no batch: there is no manifest.json in it"),
        (("retry", "none"), "none holds no batch: there is no manifest.json in it"),
        (
            ("batch", "a.yaml", "in/a.yaml"),
            "another file is also named a; both would go to results/a/batch: rename one",
        ),
        (("batch", "a.yaml", "--out", "a.yaml"), "a.yaml is a file, not a folder; name another folder with --out"),
        (("batch", "a.yaml", "--out", "in"), "in holds files that are not a batch; name another folder with --out"),
        (("batch", "a.yaml", "--until-half-width", "0"), "Invalid value for --until-half-width: must be more than 0"),
        (
            ("batch", "a.yaml", "--cluster", "x", "--workers", "2"),
            "for --workers: a cluster has its own workers",
        ),
    ],
)
def test_a_mistake_is_reported_in_a_line(words, message, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.yaml", "in/a.yaml"):
        (tmp_path / name).write_text(f"extends: {TWO_TRUSTS}\n")
    done = trustsim(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cluster_that_does_not_answer_is_reported(tmp_path):
    (tmp_path / "trial.yaml").write_text(TRIAL)
    done = trustsim("batch", "trial.yaml", "--cluster", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "trial: no scheduler answers at nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_experiment_is_not_a_scenario_to_run(tmp_path):
    (tmp_path / "trial.yaml").write_text(TRIAL)
    done = trustsim("run", "trial.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["trial.yaml: is an experiment, not a scenario; `trustsim batch` runs it"]


def test_validate_takes_experiments_too(tmp_path):
    (tmp_path / "trial.yaml").write_text(TRIAL)
    (tmp_path / "bad.yaml").write_text(TRIAL + "vary: {parameters.loss_ratoi: [1]}\n")
    checked = trustsim("validate", "trial.yaml", "bad.yaml", cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (2, "trial.yaml: ok\n")
    assert checked.stderr == (
        "bad.yaml:8:8: vary.parameters.loss_ratoi: unknown parameter; did you mean parameters.loss_ratio?\n"
    )


@pytest.mark.usefixtures("defective_workers")
def test_a_batch_stopped_at_a_failure_says_that_replicates_are_missing(tmp_path):
    vary = "vary: {population: [13, 12]}\n"
    (tmp_path / "failing.yaml").write_text(f"title: Fails\nscenario: {TWO_TRUSTS}\nreplicates: 5000\n{vary}")
    done = trustsim("batch", "failing.yaml", "--workers", 1, "--fail-fast", cwd=tmp_path)
    assert done.returncode == 1
    assert "not all replicates were run; run the same `trustsim batch` to go on" in done.stdout.splitlines()
    assert (tmp_path / "results/failing/failures.parquet").exists()
    assert not (tmp_path / "results/failing/system.parquet").exists()
    status = trustsim("status", "results/failing", cwd=tmp_path)
    assert "seed 1: stopped; run the same `trustsim batch` to go on" in status.stdout


def test_a_scenario_can_be_run_and_be_in_a_batch(tmp_path):
    """Its runs and its batch have folders of their own, whichever comes first."""
    (tmp_path / "place.yaml").write_text(f"extends: {TWO_TRUSTS}\n")
    run, batch = (
        ("run", "place.yaml", "--replicates", 2, "--no-charts"),
        ("batch", "place.yaml", "--replicates", 2, "--workers", 1),
    )
    for words in (run, batch, run, batch):
        done = trustsim(*words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "  results  results/place/batch" in done.stdout.splitlines()
    assert len(list((tmp_path / "results/place").iterdir())) == 2
