"""Numbers in words: one form everywhere, and never a false claim of none or all."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.formatting import (
    MINUS,
    as_written,
    counted,
    day_words,
    disk_space,
    duration,
    millions,
    month_words,
    one_decimal,
    percent,
    pounds,
    range_words,
    two_decimals,
    without_joiners,
)

NAN, INFINITY = float("nan"), float("inf")

amounts = st.floats(-1e6, 1e6, allow_nan=False)
shares = st.floats(-2, 3, allow_nan=False)
unit = pytest.mark.unit
property_ = pytest.mark.property


def number_in(words):
    """The number that a reader takes from an amount of money or a decimal."""
    return float(re.sub("[£m,+]", "", words).replace(MINUS, "-"))


def limits_of(words):
    """The lowest and the highest share, per cent, that the words can stand for."""
    bound, _, digits = words.rpartition(" ")
    whole = float(digits.rstrip("%").replace(MINUS, "-"))
    return {"": (whole, whole), "under": (whole - 1, whole), "over": (whole, whole + 1)}[bound]


@unit
@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (135.4, "£135m"),
        (12.34, "£12m"),
        (9.96, "£10m"),
        (9.94, "£9.9m"),
        (4.66, "£4.7m"),
        (4.0, "£4m"),
        (0.996, "£1m"),
        (0.474, "£0.47m"),
        (0.04, "£0.04m"),
        (0.004, "£0m"),
        (1234.5, "£1,234m"),
        (0, "£0m"),
        (-0.0, "£0m"),
        (-0.004, "£0m"),
        (-0.3, f"{MINUS}£0.3m"),
        (-12.34, f"{MINUS}£12m"),
        (NAN, "not known"),
        (INFINITY, "not known"),
        (-INFINITY, "not known"),
    ],
)
def test_money_has_two_figures_under_ten_million_and_no_decimals_above(amount, words):
    assert pounds(amount) == words
    assert f"£{millions(amount)}m".replace(f"£{MINUS}", f"{MINUS}£") == words or words == millions(amount)


@unit
def test_a_minus_stays_with_its_amount_at_the_end_of_a_line():
    assert pounds(-4.7) == "\N{MINUS SIGN}\N{WORD JOINER}£4.7m"
    assert without_joiners(pounds(-4.7)) == "−£4.7m"


@unit
def test_a_change_has_a_plus_unless_it_is_shown_as_none():
    assert [pounds(change, signed=True) for change in (3, 0.001, -3)] == ["+£3m", "£0m", f"{MINUS}£3m"]
    assert [millions(change, signed=True) for change in (0.25, 0)] == ["+0.25", "0"]


@unit
@pytest.mark.parametrize(("half", "words"), [(0.675, "£0.68m"), (1.15, "£1.1m"), (0.285, "£0.28m"), (12.5, "£12m")])
def test_sums_that_differ_by_an_error_of_rounding_are_shown_alike(half, words):
    sums = [half, math.nextafter(half, 0), math.nextafter(half, 99), half + 3e-13, half - 3e-13]
    assert {pounds(each) for each in sums} == {words}


@unit
@pytest.mark.parametrize("part", [0.025, 0.125, 0.335, 0.505, 0.045])
def test_a_share_and_its_rest_make_a_whole(part):
    shown = [int(percent(share).rstrip("%")) for share in (part, 1 - part)]
    assert sum(shown) == 100


@property_
@given(amounts)
def test_an_amount_is_never_further_off_than_it_is_rounded(amount):
    shown, size = number_in(pounds(amount)), abs(amount)
    assert abs(shown - amount) <= (0.5 if size >= 9.95 else 0.05 if size >= 0.995 else 0.005) * (1 + 1e-9)


@property_
@given(amounts)
def test_an_amount_keeps_its_sign_unless_it_is_shown_as_nothing(amount):
    words = pounds(amount)
    assert (MINUS in words) == (amount < 0 and words != "£0m")
    assert abs(amount) <= 0.005 or words != "£0m"


@property_
@given(amounts, amounts)
def test_a_larger_amount_is_never_shown_as_a_smaller_one(one, other):
    low, high = sorted((one, other))
    assert number_in(pounds(low)) <= number_in(pounds(high))
    assert number_in(two_decimals(low)) <= number_in(two_decimals(high))


@unit
@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.0001, "under 1%"),
        (0.004, "under 1%"),
        (0.007, "1%"),
        (0.12, "12%"),
        (0.993, "99%"),
        (0.996, "over 99%"),
        (0.99999, "over 99%"),
        (1, "100%"),
        (0.1 + 0.2 + 0.7, "100%"),
        (1.003, "over 100%"),
        (1.2, "120%"),
        (-0.003, "under 0%"),
        (-0.05, f"{MINUS}5%"),
        (NAN, "not known"),
        (INFINITY, "not known"),
    ],
)
def test_a_share_is_whole_per_cent(share, words):
    assert percent(share) == words


@property_
@given(st.integers(1, 10**9), st.data())
def test_none_and_all_are_claimed_only_of_none_and_all(of, data):
    count = data.draw(st.integers(0, of))
    assert (percent(count / of) == "0%") == (count == 0)
    assert (percent(count / of) == "100%") == (count == of)


@property_
@given(shares, shares)
@example(0.0, 1e-5)
@example(0.99, 0.996)
def test_a_larger_share_is_never_shown_as_a_smaller_one(one, other):
    low, high = (limits_of(percent(share)) for share in sorted((one, other)))
    assert low <= high


@property_
@given(shares)
def test_a_share_is_what_its_words_say_to_half_a_per_cent(share):
    low, high = limits_of(percent(share))
    assert low - 0.5 - 1e-6 <= 100 * share <= high + 0.5 + 1e-6
    assert (share < 0) == (MINUS in percent(share) or percent(share) == "under 0%") or abs(share) < 1e-10


@unit
def test_a_trust_has_two_decimals_and_a_mean_of_counts_one():
    assert [two_decimals(number) for number in (0.434, -0.5, -0.001, NAN)] == [
        "0.43",
        f"{MINUS}0.50",
        "0.00",
        "not known",
    ]
    assert [one_decimal(number) for number in (12, 1234.56)] == ["12.0", "1,234.6"]


@unit
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.35, "0.35"),
        (1200000, "1,200,000"),
        (100.0, "100"),
        (1e-5, "0.00001"),
        (-2.5, f"{MINUS}2.5"),
        (0.1 + 0.2, "0.3"),
        (NAN, "not known"),
    ],
)
def test_a_number_of_a_scenario_is_shown_as_it_is_written_there(number, words):
    assert as_written(number) == words


@unit
def test_a_range_has_two_ends_unless_they_read_alike():
    assert range_words(38.2, 54.4) == "£38m to £54m"
    assert range_words(12.1, 12.4) == "£12m"
    assert range_words(0.5, 0.625, percent) == "50% to 62%"


@unit
def test_dates_are_in_words():
    assert (month_words("2019-03"), month_words("2019-03", short=True)) == ("March 2019", "Mar 2019")
    assert (day_words("2026-11-05"), day_words("2026-11-25")) == ("5 November 2026", "25 November 2026")
    assert [day_words(text) for text in ("", "long ago", "2026-13-01")] == ["", "long ago", "2026-13-01"]


@unit
def test_counts_lengths_of_time_and_sizes_are_in_words():
    assert [counted(1, "design"), counted(1000, "design")] == ["1 design", "1,000 designs"]
    assert counted(2, "process", "processes") == "2 processes"
    assert [duration(each) for each in (0.2, 1, 59.4, 60, 3599, 3600)] == [
        "1 second",
        "1 second",
        "59 seconds",
        "1 min 0 s",
        "59 min 59 s",
        "1 h 0 min",
    ]
    assert [disk_space(each) for each in (1, 2_300_000, 4.5e9)] == ["0.1 MB", "2.3 MB", "4.5 GB"]
