"""`trustsim new --systems` as its user types it: valid, repeatable, and a message for every mistake."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

REFERENCE = ROOT / "scenarios/mid-south-essex.yaml"
NO_SHAPE = "--systems needs a scenario to make each system from; add --like scenarios/mid-south-essex.yaml"


def test_three_systems_are_written_valid_and_shown(tmp_path):
    done = trustsim("new", "three-systems", "--systems", 3, "--like", REFERENCE, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "wrote three-systems.yaml\n")
    assert done.stderr == "next: trustsim validate three-systems.yaml\n"
    valid = trustsim("validate", "three-systems.yaml", cwd=tmp_path)
    assert (valid.returncode, valid.stdout) == (0, "three-systems.yaml: ok\n")
    known = ("three-systems.yaml: warning: programmes.", "three-systems.yaml: warning: target: £0m")
    assert all(line.startswith(known) for line in valid.stderr.splitlines())
    shown = trustsim("show", "three-systems.yaml", cwd=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout.startswith("Three systems\n")
    assert "Systems 1 and 2 · acute 2" in shown.stdout


def test_a_place_of_systems_runs(tmp_path):
    trustsim("new", "pair", "--systems", 2, "--like", TWO_TRUSTS, cwd=tmp_path)
    done = trustsim("run", "pair.yaml", "--replicates", 2, "--no-charts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("\nPair\n")


def test_the_same_command_gives_the_same_bytes(tmp_path):
    words = [sys.executable, "-m", "simulation", "new", "many", "--systems", "4", "--like", str(REFERENCE)]
    texts = []
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        subprocess.run(words, check=True, cwd=folder, env=environment, capture_output=True)
        texts.append((folder / "many.yaml").read_bytes())
    assert texts[0] == texts[1]
    assert texts[0].startswith(
        b"# To let your editor check this file as you write, run: trustsim schema > schema.json\n"
    )


def test_the_shape_is_the_reference_place_if_it_exists(tmp_path):
    below = tmp_path / "studies" / "mine"
    below.mkdir(parents=True)
    (tmp_path / "scenarios").mkdir()
    shutil.copy(REFERENCE, tmp_path / "scenarios")
    assert trustsim("new", "many", "--systems", 2, cwd=below).returncode == 0
    assert "of one scenario: Mid and South Essex, no joint action\n" in (below / "many.yaml").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["mine", "--systems", 3], [NO_SHAPE]),
        (["mine", "--systems", 1, "--like", TWO_TRUSTS], ["--systems must be from 2 to 100 (given: 1)"]),
        (["mine", "--systems", 101, "--like", TWO_TRUSTS], ["--systems must be from 2 to 100 (given: 101)"]),
        (
            ["mine", "--like", TWO_TRUSTS],
            ["--like needs the number of systems; add --systems N"],
        ),
        (
            ["mine", "--systems", 3, "--like", "elsewhere/no.yaml"],
            ["elsewhere/no.yaml: no such file in {here}/elsewhere"],
        ),
        (["mine", "--systems", 3, "--like", ""], ["--like is empty; name the scenario file of one system"]),
        (
            ["mine", "--systems", 3, "--like", "bad.yaml"],
            [
                "bad.yaml:2:9: months: must be at least 1 (given: 0)",
                "bad.yaml:3:13: population: must be at least 1 (given: 0)",
            ],
        ),
        (
            ["there", "--systems", 3, "--like", TWO_TRUSTS],
            ["there.yaml: already exists; nothing was written; delete it, or give another name"],
        ),
        (
            ["nowhere/mine", "--systems", 0, "--like", "elsewhere/no.yaml"],
            [
                "nowhere/mine.yaml: the folder nowhere does not exist",
                "--systems must be from 2 to 100 (given: 0)",
                "elsewhere/no.yaml: no such file in {here}/elsewhere",
            ],
        ),
    ],
)
def test_every_mistake_has_its_message_and_nothing_is_written(words, message, tmp_path):
    (tmp_path / "bad.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 0\npopulation: 0\n")
    (tmp_path / "there.yaml").write_text("mine\n")
    refused = trustsim("new", *words, cwd=tmp_path)
    expected = [line.replace("{here}", str(tmp_path)) for line in message]
    assert (refused.returncode, refused.stdout, refused.stderr.splitlines()) == (2, "", expected)
    assert {path.name for path in tmp_path.iterdir()} == {"bad.yaml", "there.yaml"}
    assert (tmp_path / "there.yaml").read_text() == "mine\n"


def test_more_than_a_file_may_hold_is_reported(tmp_path):
    assert trustsim("new", "ten", "--systems", 10, "--like", REFERENCE, cwd=tmp_path).returncode == 0
    refused = trustsim("new", "many", "--systems", 100, "--like", "ten.yaml", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("100 systems of the shape of Ten hold ")
    assert refused.stderr.endswith(" values; a scenario file may hold 200,000\n")
    assert [path.name for path in tmp_path.iterdir()] == ["ten.yaml"]
