"""The table of parameters: ranges about their defaults, inside hard limits, and how far they stretch."""

import pytest

from simulation.parameters import LEAST_STRETCH, MOST_STRETCH, TABLE

pytestmark = pytest.mark.unit

ROWS = {row.name: row for row in TABLE}
VARIED = [row for row in TABLE if row.status != "structural"]


def test_every_range_lies_inside_its_hard_limits():
    outside = [row.name for row in TABLE if not row.least <= row.low < row.default < row.high <= row.most]
    assert outside == ["trust_rule"], "its two rules are its range, and the default is the first"


def test_the_whole_numbers_of_a_range_have_the_default_in_the_middle():
    assert all(float(end).is_integer() for row in TABLE if row.whole for end in row[3:8])


def test_labels_are_words_for_a_board():
    for row in TABLE:
        assert row.label[0].isupper(), row.label
        assert not any(sign in row.label for sign in "_/()0123456789"), row.label


@pytest.mark.parametrize(
    ("name", "factor", "ends"),
    [
        ("exposure", 1, (0.1, 0.5)),
        ("decision_sharpness", 1.5, (1.5, 10.5)),
        ("decision_sharpness", 2, (0, 12)),
        ("opening_trust", 2, (0.1, 0.7)),
        ("loss_ratio", 0.5, (1.25, 2.75)),
        # The nearer limit holds back both ends, so that the default stays in the middle.
        ("exposure", 2, (0, 0.6)),
        ("owned_realisation", 5, (0.5, 1)),
        ("stability_effect", 2, (0.2, 1)),
        ("turnover", 2, (0, 0.038)),
        # A range that reaches a limit does not widen.
        ("grip_response", 2, (0, 2)),
        ("contract_saving", 3, (0, 0.02)),
        ("mobilisation", 1.5, (0, 12)),
        ("pace", 2, (1, 5)),
        ("instruction_months", 5, (1, 3)),
        # What is counted has whole ends: those inside 3.6 to 12.4, 4.5 to 7.5, and 5.4 to 6.6.
        ("lead_capacity", 1.1, (4, 12)),
        ("lead_capacity", 1.5, (2, 14)),
        ("lead_capacity", 5, (1, 15)),
        ("mobilisation", 0.25, (5, 7)),
        ("mobilisation", 0.1, (6, 6)),
        # Two rules are two rules.
        ("trust_rule", 2, (0, 1)),
    ],
)
def test_a_stretched_range(name, factor, ends):
    assert ROWS[name].stretched(factor) == pytest.approx(ends, abs=1e-12)


@pytest.mark.parametrize("factor", [LEAST_STRETCH, 0.7, 1, 1.3, 1.5, 2, 3.7, MOST_STRETCH])
def test_a_stretched_range_stays_about_its_default_and_inside_its_hard_limits(factor):
    for row in VARIED:
        low, high = row.stretched(factor)
        assert row.least <= low <= row.default <= high <= row.most, row.name
        assert low + high == pytest.approx(2 * row.default, abs=1e-12), row.name
        assert high - low <= factor * (row.high - row.low) + 1e-12, row.name


@pytest.mark.parametrize("factor", [1.1, 1.3, 1.5, 2, 3, MOST_STRETCH])
def test_the_ends_of_a_stretched_range_are_written_in_a_few_digits(factor):
    long = {
        row.name: row.stretched(factor) for row in VARIED if any(len(str(end)) > 8 for end in row.stretched(factor))
    }
    assert long == {}


def test_no_range_is_wider_than_at_the_largest_stretch():
    """So a larger factor would be a mistake: every range has reached its nearer limit."""
    for row in VARIED:
        low, high = row.stretched(MOST_STRETCH)
        assert min(low - row.least, row.most - high) == pytest.approx(0, abs=1e-12), row.name
