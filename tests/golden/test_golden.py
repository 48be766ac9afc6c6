"""Numbers that change only on purpose, to the bit, under every Python and library that the project supports."""

import json

import pytest

from tests.golden.regenerate import CASES, HERE, golden_path, make

pytestmark = pytest.mark.golden

ON_PURPOSE = "numbers changed: if on purpose, run `make golden` and say so in the changelog under Numbers change"


@pytest.mark.parametrize("case", CASES)
def test_the_numbers_equal_the_golden_ones(case):
    kept, made = json.loads(golden_path(case).read_text(encoding="utf-8")), json.loads(make(case))
    for month, (before, now) in enumerate(zip(kept["months"], made["months"], strict=True)):
        assert dict(zip(kept["columns"], before, strict=True)) == dict(zip(made["columns"], now, strict=True)), (
            f"{case}, month {month}: {ON_PURPOSE}"
        )
    assert kept == made, f"{case}: {ON_PURPOSE}"
    assert golden_path(case).read_text(encoding="utf-8") == make(case), f"{case}: {ON_PURPOSE}"


def test_every_kept_file_belongs_to_a_case():
    assert {path.stem for path in HERE.glob("*.json")} == set(CASES)
