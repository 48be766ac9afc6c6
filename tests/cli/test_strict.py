"""With --strict warnings are errors: exit code 2, and nothing is written."""

import pytest

from simulation import load_experiment
from simulation.execution.plan import plan_batch
from simulation.execution.supporting_runs import supporting_experiments
from tests.cli.test_run import ROOT, trustsim
from tests.execution.small import begin, run

pytestmark = pytest.mark.e2e

LATE = f"extends: {ROOT / 'scenarios/two-trusts.yaml'}\nlevers: {{coaching: {{strength: 1, from: 2031-01}}}}\n"
SAID = (
    "late.yaml: {}: levers.coaching: a setting never acts, because it starts in 2031-01, after the last month (2026-03)"
)
EXPERIMENT = f"""
title: A trial
question: What does coaching do here?
scenario: {ROOT / "scenarios/two-trusts.yaml"}
replicates: 5
compare:
  no joint action: {{}}
  coached: {{levers: {{coaching: {{strength: 1}}, celebration: {{strength: 1}}}}}}
attribution: {{from: no joint action, to: coached}}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with a place about which there is one warning, and an experiment with it."""
    (tmp_path / "late.yaml").write_text(LATE)
    return tmp_path


@pytest.mark.parametrize("command", ["validate", "run", "page", "plan", "batch"])
def test_a_warning_is_an_error_and_nothing_is_written(command, folder):
    done = trustsim(command, "late.yaml", "--strict", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [SAID.format("error")]
    assert [path.name for path in folder.iterdir()] == ["late.yaml"]


def test_without_the_option_it_stays_a_warning(folder):
    done = trustsim("validate", "late.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "late.yaml: ok\n")
    assert done.stderr.splitlines() == [SAID.format("warning")]


def test_what_has_no_warning_passes(folder):
    done = trustsim("validate", str(ROOT / "scenarios/two-trusts.yaml"), "--strict", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_paper_of_incomplete_results_is_not_written(folder):
    (folder / "trial.yaml").write_text(EXPERIMENT)
    experiment = load_experiment(folder / "trial.yaml")
    for each in (experiment, *supporting_experiments(experiment)):
        make = begin if each.supporting == "attribution" else run
        make(plan_batch(each), folder / "made" / each.supporting_folder)
    said = "results are incomplete: attribution (not finished)\n"
    done = trustsim("report", "made", "--format", "html", "--out", "paper", "--strict", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {said}")
    assert not (folder / "paper").exists()
    done = trustsim("report", "made", "--format", "html", "--out", "paper", cwd=folder)
    assert (done.returncode, done.stderr) == (0, f"warning: {said}")


def test_sizes_are_reported_beside_mistakes(folder):
    place = (ROOT / "scenarios/two-trusts.yaml").read_text(encoding="utf-8")
    place = place.replace("amount: 100 ", "amount: 900000 ").replace("payment: tariff", "payment: tarif")
    (folder / "wrong.yaml").write_text(place, encoding="utf-8")
    done = trustsim("validate", "wrong.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    mistake, warning = done.stderr.splitlines()
    assert "hospital_contract.payment: must be tariff, block or shared" in mistake
    assert warning.startswith("wrong.yaml: warning: contracts.hospital_contract.amount: ")
    assert warning.endswith("write 0.9 if these are pounds: money is in £m")


def test_numbers_left_out_are_said_where_a_place_is_checked_or_shown_and_not_again(folder):
    place = (ROOT / "scenarios/two-trusts.yaml").read_text(encoding="utf-8")
    (folder / "bare.yaml").write_text(place.replace("    milestones: 4 # made up\n", ""), encoding="utf-8")
    for command in ("validate", "show"):
        done = trustsim(command, "bare.yaml", cwd=folder)
        assert (done.returncode, "1 of 1 has no milestones" in done.stderr) == (0, True)
    for command in ("page", "plan"):
        done = trustsim(command, "bare.yaml", "--strict", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
