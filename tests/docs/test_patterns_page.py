"""What the page of patterns says of its points is what its own tables have."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[2] / "docs/patterns.md").read_text(encoding="utf-8")
_POINTS = re.compile(r"(\d+), (\d+) of (\d+)")


def points(number: int, compared: str) -> tuple[int, int, int]:
    """Return how many points of a row are above 0, below it, and counted at all.

    Args:
        number: The pattern's.
        compared: What the row's second cell begins with.
    """
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| {number} | {compared}")]
    found = _POINTS.match(row.split("|")[-2].strip())
    assert found is not None
    above, below, of = map(int, found.groups())
    return above, below, of


def sentence(number: int) -> str:
    """Return what the page says of a pattern."""
    (said,) = re.findall(rf"^{number}\. (\*\*.*)$", PAGE, flags=re.MULTILINE)
    return str(said)


def test_trust_falls_faster_at_as_many_points_as_the_table_has() -> None:
    linear, confirmatory = (
        points(1, f"trust after 12 months of even chance, less 0.5; loss_ratio 2, {rule}")
        for rule in ("linear", "confirmatory")
    )
    assert linear[2] == confirmatory[2]
    assert f"at nearly every point ({linear[1]} and {confirmatory[1]} of {linear[2]})." in sentence(1)


def test_a_leader_change_moves_trust_at_as_many_points_as_the_table_has() -> None:
    alone, full = (
        [
            points(5, f"trust that stood {side} its baseline, with a leader change less without; {scenario}")
            for side in ("above", "below")
        ]
        for scenario in ("no joint action", "partnership, full")
    )
    for words in (
        f"the first holds at {alone[0][1]} of the {alone[0][2]} points that have such trust, and the second at"
        f" {alone[1][0]} of {alone[1][2]}.",
        f"In full partnership the first holds at {full[0][1]} of {full[0][2]};",
        f"it holds at {full[1][0]} of the {full[1][2]} points that have such trust, and is the other way at"
        f" {full[1][1]}.",
    ):
        assert words in sentence(5)


def test_gain_share_leaves_fewer_losers_at_as_many_points_as_the_table_has() -> None:
    more, fewer, of = points(6, "win/lose agreements, gain share 0.5 less 0")
    said = (
        f"at half strength leaves fewer such agreements at {fewer} of {of} points, as many at {of - fewer - more} and"
    )
    assert f"{said} more at {more}:" in sentence(6)


def test_trust_after_the_first_month_is_within_what_the_page_says() -> None:
    after = [
        float(each) for each in re.findall(r"^\| [^|]+ \| December 2015 \| ([0-9.]+) \[", PAGE, flags=re.MULTILINE)
    ]
    assert len(after) == 4
    assert max(after) - min(after) < 0.01
