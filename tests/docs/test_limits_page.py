"""The sentences of the page on limits name the limits that commands have; its table is compared elsewhere."""

import re
from pathlib import Path

import pytest

from simulation import limits

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[2] / "docs/how-to/limits.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "most"),
    [
        ("`--replicates` and `--at-most` take", limits.MOST_REPLICATES),
        ("`--workers`", limits.MOST_WORKERS),
        ("`--points`", limits.MOST_POINTS),
    ],
)
def test_options_have_the_limits_that_the_page_says(option, most):
    (said,) = re.findall(rf"{option} up to ([\d,]+)", PAGE)
    assert said.rstrip(",") == f"{most:,}"


def test_examples_of_messages_have_the_limits_of_the_table():
    assert f"must be at most £{limits.MOST_MONEY:,}m a year" in PAGE
    assert f"makes more than {limits.MOST_DESIGNS:,} designs" in PAGE
    assert f"is larger than {limits.MOST_BYTES // 2**20} MB" in PAGE
    assert f"is closer to 0 than {limits.SMALLEST_SIZE:g}" in PAGE


def test_the_table_has_a_row_for_each_limit_of_the_module():
    table = PAGE.partition("<!-- table: limits -->")[2].partition("<!-- end of table -->")[0]
    rows = [row.split("|")[1].strip() for row in table.strip().splitlines()[2:]]
    assert rows == [each.what for each in limits.TABLE]
