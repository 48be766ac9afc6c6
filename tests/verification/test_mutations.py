"""Each claim's mechanism is taken out of the rules in a copy: the test of the claim must fail there."""

import re

import pytest

from simulation.experiment.claims import CLAIMS
from tests.verification.mutations import MUTATIONS, ROOT, TESTS, Copy, id_of_test

pytestmark = pytest.mark.verification


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy in which every test of a claim passes as long as no rule is changed."""
    made = Copy(tmp_path_factory.mktemp("copy"))
    code, printed = made.run(TESTS)
    assert code == 0, printed
    return made


def test_every_claim_has_a_line_and_a_test():
    names = [claim.name for claim in CLAIMS]
    assert names == list(MUTATIONS)
    source = (ROOT / TESTS).read_text(encoding="utf-8")
    assert [f"{TESTS}::{name}" for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)] == [
        id_of_test(name) for name in names
    ]


@pytest.mark.parametrize("claim", MUTATIONS)
def test_a_claim_fails_without_its_mechanism(copied, claim):
    mutation = MUTATIONS[claim]
    failed = copied.run_without(claim)
    print(f"\n{claim}: without “{mutation.line.strip()}” ({mutation.file}, {mutation.rule})\n  failed: {failed}")
