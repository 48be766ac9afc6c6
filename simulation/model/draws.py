"""One question, one number: a uniform draw is a pure function of who asks what, when.

The generator is Threefry2x64-20 of Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
Key = (seed, replicate); counter = (subject, month·2¹⁶ + purpose). Neither the engine, the order of questions nor the
rest of the scenario changes any draw, so that two scenarios face the same luck.

The arithmetic works alike on Python's whole numbers and on arrays of uint64.
"""

from typing import Any

from simulation.model._rule import rule

_MASK = 0xFFFFFFFFFFFFFFFF
_PARITY = 0x1BD11BDAA9FC1A22
_ROTATIONS = (16, 42, 12, 31, 16, 32, 24, 21)
_TO_UNIT = 1.0 / 9007199254740992.0  # 2⁻⁵³


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
    key_2 = _PARITY ^ key_0 ^ key_1
    keys = (key_0, key_1, key_2)
    x_0 = (counter_0 + key_0) & _MASK
    x_1 = (counter_1 + key_1) & _MASK
    for turn in range(20):
        rotation = _ROTATIONS[turn % 8]
        x_0 = (x_0 + x_1) & _MASK
        x_1 = ((x_1 << rotation) & _MASK) | (x_1 >> (64 - rotation))
        x_1 = x_1 ^ x_0
        if turn % 4 == 3:
            injection = turn // 4 + 1
            x_0 = (x_0 + keys[injection % 3]) & _MASK
            x_1 = (x_1 + keys[(injection + 1) % 3] + injection) & _MASK
    return x_0, x_1


@rule
def uniform(seed: Any, replicate: Any, subject: Any, month: Any, purpose: Any) -> Any:
    """Answer one question with a number from 0 up to, not including, 1.

    Args:
        seed: 0 to 2⁶⁴ − 1.
        replicate: Which history, 0 or more.
        subject: Who or what it is about: a 64-bit digest, or an array of them (uint64).
        month: Months since the start, 0 or more.
        purpose: Number of the `Purpose`.

    Returns:
        A float, or an array of float64 of the subjects' shape: the top 53 bits of the first word × 2⁻⁵³.
    """
    word, _ = threefry2x64(seed, replicate, subject, month * 65536 + purpose)
    return (word >> 11) * _TO_UNIT
