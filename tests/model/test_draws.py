"""The generator against its published answers, and a draw as a pure function of its question."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.model.draws import threefry2x64, uniform
from simulation.model.system import subject_of
from simulation.vocabulary import Purpose

word = st.integers(0, 2**64 - 1)
ONES = 2**64 - 1

KNOWN_ANSWERS = [
    # Random123, tests/kat_vectors: threefry2x64, 20 rounds. Key, counter, answer.
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((ONES, ONES), (ONES, ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
]


@pytest.mark.unit
@pytest.mark.parametrize(("key", "counter", "answer"), KNOWN_ANSWERS, ids=["zeros", "ones", "pi"])
def test_published_answers(key, counter, answer):
    assert threefry2x64(*key, *counter) == answer


@pytest.mark.unit
@pytest.mark.parametrize(("key", "counter", "answer"), KNOWN_ANSWERS, ids=["zeros", "ones", "pi"])
def test_published_answers_from_arrays(key, counter, answer):
    words = threefry2x64(*key, np.array([counter[0]] * 3, np.uint64), counter[1])
    assert [each.dtype for each in words] == [np.uint64, np.uint64]
    assert [each.tolist() for each in words] == [[part] * 3 for part in answer]


@pytest.mark.unit
def test_the_uniform_is_the_top_53_bits_of_the_first_word():
    first, _ = threefry2x64(5, 6, 7, 8 * 2**16 + 3)
    assert uniform(5, 6, 7, 8, 3) == math.ldexp(first >> 11, -53)
    assert uniform(0, 0, 0, 0, 0) == math.ldexp(0xC2B6E3A8C2C69865 >> 11, -53)


@pytest.mark.unit
def test_a_draw_is_pinned():
    """Key = (seed, replicate), counter = (subject, month·2¹⁶ + purpose), subject = 64 bits of BLAKE2b."""
    assert subject_of("care", "hospital") == 0x12FCBC1A7EB7FE5F
    assert uniform(1, 2, subject_of("care", "hospital"), 3, Purpose.STANCE).hex() == "0x1.d3e5e190d45c6p-2"


@pytest.mark.property
@given(word, word, st.lists(word, min_size=1, max_size=5), st.integers(0, 1200), st.sampled_from(Purpose))
def test_one_at_a_time_and_all_at_once_are_the_same_bits(seed, replicate, subjects, month, purpose):
    together = uniform(seed, replicate, np.array(subjects, np.uint64), month, int(purpose))
    assert together.dtype == np.float64
    assert together.tolist() == [uniform(seed, replicate, subject, month, int(purpose)) for subject in subjects]


@pytest.mark.property
@given(word, word, word, st.integers(0, 1200), st.sampled_from(Purpose))
def test_a_draw_is_at_least_0_and_below_1(seed, replicate, subject, month, purpose):
    assert 0 <= uniform(seed, replicate, subject, month, purpose) < 1


@pytest.mark.unit
def test_every_part_of_key_and_counter_changes_the_draw():
    question = {"seed": 3, "replicate": 5, "subject": subject_of("a"), "month": 7, "purpose": int(Purpose.STANCE)}
    draws = {uniform(**question)}
    for name, value in question.items():
        draws.add(uniform(**question | {name: value + 1}))
    draws.add(uniform(**question | {"seed": 5, "replicate": 3}))
    assert len(draws) == 7


@pytest.mark.unit
def test_draws_are_spread_evenly():
    """A hundred bins of a million draws: χ² of 99 degrees of freedom; mean and neighbours as independence has them."""
    subjects = np.arange(10_000, dtype=np.uint64)
    draws = np.concatenate([uniform(11, 0, subjects, month, purpose) for month in range(20) for purpose in range(5)])
    counts, _ = np.histogram(draws, bins=100, range=(0, 1))
    chi_squared = ((counts - 10_000) ** 2 / 10_000).sum()
    assert 46 < chi_squared < 175
    assert draws.mean() == pytest.approx(0.5, abs=5 * math.sqrt(1 / 12 / draws.size))
    months = draws.reshape(20, 5, 10_000)
    for axis in range(3):
        one, other = np.moveaxis(months, axis, 0)[:-1].ravel(), np.moveaxis(months, axis, 0)[1:].ravel()
        assert np.corrcoef(one, other)[0, 1] == pytest.approx(0, abs=5 / math.sqrt(one.size))


@pytest.mark.unit
def test_subjects_have_different_digests():
    ids = ["a", "b", "ab", "a-b"]
    subjects = [subject_of(each) for each in ids] + [subject_of(one, other) for one in ids for other in ids]
    assert len(set(subjects)) == len(subjects)
    assert all(0 <= subject < 2**64 for subject in subjects)
    assert subject_of("care", "hospital") == subject_of("care\x1fhospital")
