"""`trustsim sensitivity` as its user types it."""

import json

import pytest

from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

FEW = ("--method", "morris", "--points", 4, "--replicates", 2)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sensitivity")
    found = trustsim("sensitivity", TWO_TRUSTS, *FEW, cwd=folder)
    assert found.returncode == 0, found.stderr
    return folder, found.stdout


def test_it_says_what_moves_the_outcome_and_where_all_is(done):
    folder, said = done
    assert "Sensitivity by the method of Morris: 168 points of each choice, 2 replicates at each, seed 1" in said
    assert "the gap of two-trusts" in said
    assert "Opening trust" in said
    assert "of the variance from case to case" in said
    kept = folder / "results/two-trusts/batch/sensitivity-morris/indices-morris.json"
    assert kept.exists()
    assert "results/two-trusts/batch/sensitivity-morris/indices-morris.json" in said
    drawn = sorted(path.name for path in (kept.parent / "charts").iterdir())
    assert drawn[:4] == [f"00-gap-two-trusts.{ending}" for ending in ("csv", "png", "svg", "txt")]
    assert len(drawn) == 8


def test_the_same_command_runs_nothing_again_and_says_the_same(done):
    folder, said = done
    again = trustsim("sensitivity", TWO_TRUSTS, *FEW, cwd=folder)
    assert (again.returncode, again.stdout) == (0, said)
    status = trustsim("status", "results/two-trusts/batch/sensitivity-morris", cwd=folder)
    assert "336 of 336 replicates of 168 designs, seed 1: done" in status.stdout
    verified = trustsim("verify", "results/two-trusts/batch/sensitivity-morris", cwd=folder)
    assert verified.returncode == 0, verified.stderr


def test_json_has_every_outcome_and_every_parameter(done):
    folder, _ = done
    data = json.loads(trustsim("sensitivity", TWO_TRUSTS, *FEW, "--json", cwd=folder).stdout)
    assert (data["method"], data["points"], data["designs"]) == ("morris", 4, 168)
    assert [(each["quantity"], each["choice"], each["against"]) for each in data["outcomes"]] == [
        ("gap", "two-trusts", ""),
        ("position", "two-trusts", ""),
    ]
    assert {*data["outcomes"][0]["rankings"]} == {"mu_star", "sigma"}
    first = data["outcomes"][0]["parameters"][0]
    assert {*first["values"]} == {"mu_star", "mu", "sigma"} == {*first["half_widths"]}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((TWO_TRUSTS, "--points", 100), "a Sobol sample needs a power of 2 as its number of points"),
        (
            (TWO_TRUSTS, "--replicates", 1),
            "Invalid value for '--replicates': Input should be greater than or equal to 2",
        ),
        ((TWO_TRUSTS, "--method", "fast"), "'fast' is not one of 'sobol', 'morris', 'pawn'"),
        ((ROOT / "scenarios",), "is a folder; name one experiment or scenario file"),
        ((ROOT / "scenarios/experiments/levers-one-by-one.yaml",), "it varies numbers itself (vary)"),
        ((TWO_TRUSTS, "--points", 10**9), "Invalid value for '--points'"),
        (("missing.yaml",), "missing.yaml"),
    ],
)
def test_a_mistake_is_one_message_and_nothing_is_written(words, message, tmp_path):
    done = trustsim("sensitivity", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert [*tmp_path.iterdir()] == []


def test_warnings_are_errors_if_strict(tmp_path):
    experiment = ROOT / "scenarios/experiments/instruct-or-coach.yaml"
    done = trustsim("sensitivity", experiment, *FEW, "--strict", cwd=tmp_path)
    assert done.returncode == 2
    assert "error: " in done.stderr
    assert [*tmp_path.iterdir()] == []
