"""What a scenario sets itself is held where assumptions are drawn, and every command that draws them says so."""

import json

import pytest

from simulation.parameters import TABLE
from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

PLACE = f"extends: {TWO_TRUSTS}\ntitle: Its own\nparameters: {{loss_ratio: 2.5}}\n"
TRIAL = f"""title: A trial
scenario: {TWO_TRUSTS}
replicates: 4
compare:
  as it is: {{}}
  efficient: {{parameters: {{efficiency_rate: 0.04, loss_ratio: 2.5}}}}
assumptions: {{points: 8, replicates: 2, also_stretched: []}}
"""
EVERYTHING = {row.name: row.default for row in TABLE} | {"trust_rule": "linear"}
DECISION = """title: A decision
scenario: place.yaml
replicates: 2
decide: {levers: {coaching: {cost: 0.2}}, points: 16, replicates: 2}
"""
SAID = "Not drawn but held, as the scenario sets it: Weight of losses relative to gains 2.5"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    above = tmp_path_factory.mktemp("held")
    for name, text in {"place.yaml": PLACE, "trial.yaml": TRIAL, "decision.yaml": DECISION}.items():
        (above / name).write_text(text)
    return above


def said(*words, cwd):
    done = trustsim(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_run(folder):
    typed = ("run", "place.yaml", "--replicates", 4, "--out")
    assert f"assumptions       {SAID}." in said(*typed, "text", cwd=folder)
    assert json.loads(said(*typed, "json", "--json", cwd=folder))[0]["held"] == {"loss_ratio": 2.5}
    plain = said("run", TWO_TRUSTS, "--replicates", 4, "--out", "plain", cwd=folder)
    assert "held" not in plain


def test_a_batch(folder):
    words = f"{SAID} (efficient); How fast own savings are found 0.04 (efficient)."
    assert words in said("batch", "trial.yaml", "--out", "batch", "--workers", 1, cwd=folder)
    found = json.loads(said("batch", "trial.yaml", "--out", "batch", "--workers", 1, "--json", cwd=folder))
    own = {"efficiency_rate": 0.04, "loss_ratio": 2.5}
    assert {each["supporting"]: each["held"] for each in found} == {
        None: None,
        "assumptions": {"as it is": {}, "efficient": own},
    }


def test_a_decision(folder):
    found = json.loads(said("decide", "decision.yaml", "--no-comparison", "--json", "--out", "decided", cwd=folder))
    assert found["held"] == {"loss_ratio": 2.5}
    assert SAID in " ".join(found["sentences"]["What this rests on"])


def test_what_matters(folder):
    found = said("show", "place.yaml", "--what-matters", "--points", 60, cwd=folder)
    assert f"{SAID}." in found
    assert "parameters.loss_ratio" not in found


def test_sensitivity(folder):
    typed = ("sensitivity", "trial.yaml", "--method", "morris", "--points", 4, "--replicates", 2, "--no-charts")
    found = json.loads(said(*typed, "--out", "sensitive", "--workers", 1, "--json", cwd=folder))
    assert found["held"]["efficient"] == {"efficiency_rate": 0.04, "loss_ratio": 2.5}
    assert f"{SAID} (efficient)" in said(*typed, "--out", "sensitive", "--workers", 1, cwd=folder)


def test_claims(folder):
    typed = ("claims", "grip", "place.yaml", TWO_TRUSTS, "--replicates", 2)
    found = said(*typed, "--points", 4, cwd=folder)
    assert f"  Its own: {SAID}." in found
    assert found.count("Not drawn but held") == 1
    assert "Not drawn" not in said(*typed, "--points", 0, cwd=folder)


def test_claims_of_two_files_with_one_title(folder):
    (folder / "again.yaml").write_text(PLACE.replace("2.5", "1"))
    found = said("claims", "grip", "place.yaml", "again.yaml", "--replicates", 2, "--points", 4, cwd=folder)
    assert f"  Its own (place.yaml): {SAID}." in found
    assert f"  Its own (again.yaml): {SAID.removesuffix('2.5')}1." in found


def test_a_place_that_sets_every_parameter_has_its_charts_and_paper_without_a_ranking_of_them(tmp_path):
    """Enough points for a straight line in each, and none of them differs."""
    written = {"extends": str(TWO_TRUSTS), "title": "All its own", "parameters": EVERYTHING}
    (tmp_path / "all.yaml").write_text(json.dumps(written | {"levers": {"coaching": {"strength": 1}}}))
    shown = said("run", "all.yaml", "--replicates", "50", "--out", "results", cwd=tmp_path)
    nothing_drawn = "what allows for uncertain assumptions there differs by chance alone"
    assert nothing_drawn in shown
    said("report", "results/all", "--format", "html", cwd=tmp_path)
    assert not [*(tmp_path / "results/all").rglob("tornado.*")]
    paper = (tmp_path / "results/all/board-paper.html").read_text(encoding="utf-8")
    assert "moves the gap most" not in paper
    assert nothing_drawn in paper
