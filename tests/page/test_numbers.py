"""The page writes numbers and adds them up as Python does."""

from collections.abc import Iterator
from math import fsum, inf, nan
from random import Random
from typing import Any

import numpy as np
import pytest

from simulation import formatting
from tests.page.node import call, needs_node

pytestmark = [pytest.mark.parity, needs_node]

SHOWN = {
    "pounds": formatting.pounds,
    "millions": formatting.millions,
    "percent": formatting.percent,
    "twoDecimals": formatting.two_decimals,
    "oneDecimal": formatting.one_decimal,
    "asWritten": formatting.as_written,
}
SIGNED = {"pounds": formatting.pounds, "millions": formatting.millions}
BORDERS = (0.0, -0.0, 0.005, 0.995, 9.95, 99.5, 0.5, 1.5, 2.5, -2.5, 1e21, 1e22, 1e23, 5e-324, 1e300, inf, -inf, nan)


def amounts() -> list[float]:
    """Amounts of all sizes; a third of them are ties of some number of decimals, and the neighbours of those."""
    chance = Random(1)
    ties = [chance.randrange(-(10**size), 10**size) / 2**places for size in range(1, 8) for places in range(1, 12)
            for _ in range(45)]  # fmt: skip
    near = [float(np.nextafter(tie, chance.choice([-inf, inf]))) for tie in ties]
    usual = [chance.uniform(-1, 1) * 10 ** chance.uniform(-6, 9) for _ in range(13_000)]
    wholes = [float(chance.randrange(-(10 ** chance.randrange(1, 18)), 10**17)) for _ in range(1_500)]
    return [*BORDERS, *ties, *near, *usual, *wholes]


@pytest.mark.parametrize("name", SHOWN)
def test_amounts_of_all_sizes_are_written_as_in_python(name):
    given = amounts()
    assert len(given) > 20_000
    assert call("numbers.js", [(name, each) for each in given]) == [SHOWN[name](each) for each in given]


@pytest.mark.parametrize("name", SIGNED)
def test_signed_amounts_are_written_as_in_python(name):
    given = amounts()[::4]
    shown = call("numbers.js", [(name, each, True) for each in given])
    assert shown == [SIGNED[name](each, signed=True) for each in given]


@pytest.mark.parametrize("figures", [1, 2, 3, 4, 12])
def test_numbers_with_few_figures_are_written_as_in_python(figures):
    given = amounts()[::3]
    shown = call("numbers.js", [("asWritten", each, figures) for each in given])
    assert shown == [formatting.as_written(each, figures) for each in given]


def test_ranges_are_written_as_in_python():
    chance = Random(2)
    pairs = [(chance.uniform(-20, 20), chance.uniform(-20, 20) * 10 ** chance.randrange(-3, 3)) for _ in range(2_000)]
    shown = call("numbers.js", [("rangeWords", *pair) for pair in pairs])
    assert shown == [formatting.range_words(*pair) for pair in pairs]


def test_counts_in_a_hundred_are_written_as_in_python():
    chance = Random(3)
    counts = [(chance.randrange(of + 1), of) for of in [chance.randrange(1, 3_000) for _ in range(3_000)]]
    counts += [(0, 256), (256, 256), (1, 1000), (999, 1000), (1, 200), (3, 200), (5, 1000)]
    shown = call("numbers.js", [("inHundred", *each) for each in counts])
    assert shown == [formatting.in_hundred(*each) for each in counts]


def test_parts_of_a_whole_are_written_as_in_python():
    chance = Random(4)
    sizes = [[chance.choice([2, 9, 400]) for _ in range(chance.randrange(1, 6))] for _ in range(4_000)]
    counts = [tuple(map(chance.randrange, each)) for each in sizes]
    counts += [(71, 8, 177), (255, 1, 0), (0, 0, 0), (64, 64, 128)]
    shown = call("numbers.js", [("partsOfHundred", each) for each in counts])
    assert shown == [list(formatting.parts_of_hundred(each)) for each in counts]


def words() -> Iterator[tuple[tuple[Any, ...], str]]:
    """Calls of functions that write words, with their text in Python."""
    for month in range(1, 13):
        for short in (False, True):
            name = f"20{month + 10}-{month:02d}"
            yield ("monthWords", name, short), formatting.month_words(name, short=short)
    for number in (0, 1, 2, 1_200, 1_234_567):
        yield ("counted", number, "replicate"), formatting.counted(number, "replicate")
        yield ("counted", number, "system", "systems"), formatting.counted(number, "system", "systems")
    for names in (["a"], ["a", "b"], ["a", "b", "c"]):
        yield ("listed", names), formatting.listed(names)
    for text in ("", "the place", "élan", "𝐚bc", "ßa", "A"):
        yield ("capital", text), formatting.capital(text)


def test_words_are_written_as_in_python():
    calls, texts = zip(*words(), strict=True)
    assert call("numbers.js", calls) == list(texts)


def test_sums_have_the_bits_of_python():
    chance = Random(5)
    lists = [
        [chance.uniform(-1, 1) * 2.0 ** chance.randrange(-spread, spread + 1) for _ in range(chance.randrange(12))]
        for spread in (1, 20, 60, 300)
        for _ in range(1_500)
    ]
    lists += [[each, 1.0, -each] for each in (1e100, 2.0**53, 2.0**53 + 2)]
    lists += [
        [1.0, 2.0**-53, 2.0**-106],
        [1.0, 2.0**-53, -(2.0**-106)],
        [2.0**53, -0.5, -(2.0**-54)],
        [0.1] * 10,
        [-0.0],
    ]
    found = call("fsum.js", [("fsum", each) for each in lists])
    assert np.array(found, dtype=float).tobytes() == np.array([fsum(each) for each in lists]).tobytes()
