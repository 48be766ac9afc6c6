"""Random draws: a uniform draw is a pure function of the seed, replicate, subject, month and purpose.

The generator is Threefry2x64-20 of Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
Key = (seed, replicate); counter = (subject, month·2¹⁶ + purpose). Neither the engine, the order of draws nor the
rest of the scenario changes any draw, so that all scenarios face the same random draws.

The arithmetic is the same for Python's whole numbers, for arrays of uint64, and compiled.
"""

from typing import Any

from simulation.model._rule import rule

_MASK = 0xFFFFFFFFFFFFFFFF
_PARITY = 0x1BD11BDAA9FC1A22
_TO_UNIT = 1.0 / 9007199254740992.0  # 2⁻⁵³


def word(number: Any) -> Any:
    """Return a whole number as a 64-bit word; compiled, it is converted to an unsigned integer."""
    return number


@rule
def threefry2x64(key_0: Any, key_1: Any, counter_0: Any, counter_1: Any) -> tuple[Any, Any]:
    """Encipher a counter of two 64-bit words under a key of two, in 20 rounds.

    Args:
        key_0: First word of the key, 0 to 2⁶⁴ − 1.
        key_1: Second word of the key.
        counter_0: First word of the counter: a number or an array of uint64.
        counter_1: Second word of the counter.

    Returns:
        Two words, each of the counters' shape.
    """
    key_2 = word(_PARITY) ^ key_0 ^ key_1
    x_0, x_1 = _add_key(counter_0, counter_1, key_0, key_1, 0)
    x_0, x_1 = _add_key(*_four_rounds(x_0, x_1, 16, 42, 12, 31), key_1, key_2, 1)
    x_0, x_1 = _add_key(*_four_rounds(x_0, x_1, 16, 32, 24, 21), key_2, key_0, 2)
    x_0, x_1 = _add_key(*_four_rounds(x_0, x_1, 16, 42, 12, 31), key_0, key_1, 3)
    x_0, x_1 = _add_key(*_four_rounds(x_0, x_1, 16, 32, 24, 21), key_1, key_2, 4)
    return _add_key(*_four_rounds(x_0, x_1, 16, 42, 12, 31), key_2, key_0, 5)


@rule
def _add_key(x_0: Any, x_1: Any, key_0: Any, key_1: Any, time: int) -> tuple[Any, Any]:
    """Add two words of the key and the number of earlier additions."""
    return (x_0 + key_0) & word(_MASK), (x_1 + key_1 + word(time)) & word(_MASK)


@rule
def _four_rounds(x_0: Any, x_1: Any, first: int, second: int, third: int, fourth: int) -> tuple[Any, Any]:
    """Apply four rounds, with the number of bits by which each rotates the second word."""
    x_0, x_1 = _round(x_0, x_1, first)
    x_0, x_1 = _round(x_0, x_1, second)
    x_0, x_1 = _round(x_0, x_1, third)
    return _round(x_0, x_1, fourth)


@rule
def _round(x_0: Any, x_1: Any, turn: int) -> tuple[Any, Any]:
    """Add the second word to the first, rotate it left by some bits, and combine it with the first."""
    x_0 = (x_0 + x_1) & word(_MASK)
    x_1 = ((x_1 << word(turn)) & word(_MASK)) | (x_1 >> word(64 - turn))
    return x_0, x_1 ^ x_0


@rule
def uniform(seed: Any, replicate: Any, subject: Any, month: Any, purpose: Any) -> Any:
    """Draw a uniform number from 0 up to, not including, 1.

    Args:
        seed: 0 to 2⁶⁴ − 1.
        replicate: Number of the replicate, 0 or more.
        subject: Digest of what the draw is for (see `system.subject_of`), or an array of digests (uint64).
        month: Months since the start, 0 or more.
        purpose: Number of the `Purpose`.

    Returns:
        A float, or an array of float64 of the subjects' shape: the top 53 bits of the first word × 2⁻⁵³.
    """
    first, _ = threefry2x64(seed, replicate, subject, month * word(65536) + purpose)
    return (first >> word(11)) * _TO_UNIT
