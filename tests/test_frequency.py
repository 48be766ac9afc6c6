"""Natural frequencies: never none or all where that is wrong, never more exact than the replicates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.formatting import in_hundred, parts_of_hundred


@pytest.mark.unit
@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (37, 100, "37 of 100 simulated runs"),
        (370, 1000, "37 of 100 simulated runs"),
        (0, 1000, "0 of 100 simulated runs"),
        (1, 1000, "fewer than 1 of 100 simulated runs"),
        (999, 1000, "more than 99 of 100 simulated runs"),
        (1000, 1000, "100 of 100 simulated runs"),
        (7, 20, "7 of 20 simulated runs"),
        (0, 1, "0 of 1 simulated run"),
    ],
)
def test_in_words(count, of, words):
    assert in_hundred(count, of) == words


@pytest.mark.unit
@pytest.mark.parametrize(("count", "of"), [(1, 0), (-1, 10), (11, 10), (0, 0)])
def test_what_cannot_be_is_refused(count, of):
    with pytest.raises(ValueError, match=f"cannot say {count} of {of} replicates"):
        in_hundred(count, of)


@pytest.mark.property
@given(st.integers(1, 100_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_none_is_none_and_all_is_all(numbers):
    count, of = numbers
    words = in_hundred(count, of)
    assert words.startswith("0 of ") == (count == 0)
    assert (words.split()[0] == words.split()[2]) == (count == of)


@pytest.mark.property
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=4).filter(any))
def test_parts_add_up_and_claim_neither_none_nor_all(counts):
    said = parts_of_hundred(counts)
    numbers = {"fewer than 1": 0, "more than 99": 100}
    assert sum(numbers.get(each) if each in numbers else int(each) for each in said) == min(100, sum(counts))
    for each, count in zip(said, counts, strict=True):
        assert (each == "0") == (count == 0)
        assert (each == str(min(100, sum(counts)))) == (count == sum(counts))
