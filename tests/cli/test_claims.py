"""A sceptic takes a sentence of the interview, and sees what the model does without it."""

import pytest

from simulation.experiment.claims import CLAIMS
from tests.cli.test_run import TWO_TRUSTS, trustsim

pytestmark = pytest.mark.e2e

QUICK = ("--replicates", "20", "--points", "0")


def test_without_words_all_claims_are_listed(tmp_path):
    done = trustsim("claims", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for claim in CLAIMS:
        (line,) = [line for line in done.stdout.splitlines() if line.split()[:1] == [claim.name]]
        assert claim.sentence in line
        assert line.rstrip().endswith(claim.switch)


def test_words_of_a_sentence_run_the_place_without_its_mechanisms(tmp_path):
    done = trustsim("claims", "plan on a page", TWO_TRUSTS, *QUICK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("plan-on-a-page", "owners"):
        assert f"({name})" in done.stdout
    for outcome in ("gap at the end", "position over the period", "trust at the end", "delivered part"):
        assert done.stdout.count(f"\n  {outcome}") == 2
    assert "95% interval" in done.stdout
    assert "over the ranges" not in done.stdout
    assert done.stdout.count("counts if it is at least £1m, or 0.01 of trust or of the plan, and its 95% interval") == 2


def test_over_the_ranges_points_are_counted(tmp_path):
    done = trustsim("claims", "grip", TWO_TRUSTS, "--replicates", "2", "--points", "4", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "the other way of 4" in done.stdout
    assert "over the ranges, a point's mean counts if it is as large" in done.stdout


def test_three_scenarios_of_the_reference_place_are_compared_if_none_is_named(tmp_path):
    done = trustsim("claims", "menu", *QUICK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("not in use here") == 2
    tables = [line.strip() for line in done.stdout.splitlines() if line.startswith("Mid and South Essex")]
    assert tables == ["Mid and South Essex, partnership at half strength"]


def test_words_that_no_sentence_has_are_a_mistake(tmp_path):
    done = trustsim("claims", "balanced scorecard", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"no claim has the words “balanced scorecard”; `trustsim claims` lists all {len(CLAIMS)}\n"


@pytest.mark.parametrize("words", ["-", "", " ", "“”", "…"])
def test_words_without_a_letter_or_digit_are_a_mistake_and_not_all_claims(words, tmp_path):
    done = trustsim("claims", words, *QUICK, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"no claim has the words “{words}”; `trustsim claims` lists all {len(CLAIMS)}\n"


def test_a_scenario_that_is_missing_is_a_mistake(tmp_path):
    done = trustsim("claims", "menu", "missing.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("missing.yaml: ")
