"""Probabilities as boards read them: in how many of a hundred simulated runs, or cases."""

from collections.abc import Sequence


def in_hundred(count: int, of: int) -> str:
    """Say how often something happened, as a natural frequency.

    From a hundred replicates on it is said per hundred, and never rounded to none or all where that would be wrong.
    Fewer are said as they are, since "35 of 100" would claim more than 20 replicates can show.

    Examples:
        >>> in_hundred(370, 1000)
        '37 of 100 simulated runs'
        >>> in_hundred(1, 1000)
        'fewer than 1 of 100 simulated runs'
        >>> in_hundred(7, 20)
        '7 of 20 simulated runs'

    Args:
        count: Replicates in which it happened, 0 to `of`.
        of: All replicates, 1 or more.

    Raises:
        ValueError: If `count` is not from 0 to `of`, or there is no replicate.
    """
    if of < 1 or not 0 <= count <= of:
        message = f"cannot say {count} of {of} replicates: the count must be from 0 to all, and all be one at least"
        raise ValueError(message)
    if of < 100:
        return f"{count} of {of} simulated {'run' if of == 1 else 'runs'}"
    return f"{_hundredths(round(100 * count / of), count, of)} of 100 simulated runs"


def parts_of_hundred(counts: Sequence[int]) -> tuple[str, ...]:
    """Say how a whole divides, in hundredths that add up to 100, or as counted if the whole is less than 100.

    Examples:
        >>> parts_of_hundred((71, 8, 177))
        ('28', '3', '69')
        >>> parts_of_hundred((255, 1, 0))
        ('more than 99', 'fewer than 1', '0')
        >>> parts_of_hundred((7, 0, 13))
        ('7', '0', '13')

    Args:
        counts: Of each part, 0 or more.
    """
    of = sum(counts)
    if of < 100:
        return tuple(map(str, counts))
    hundredths = [100 * count // of for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda part: -(100 * counts[part] % of))
    for part in by_remainder[: 100 - sum(hundredths)]:
        hundredths[part] += 1
    return tuple(_hundredths(each, count, of) for each, count in zip(hundredths, counts, strict=True))


def _hundredths(hundredths: int, count: int, of: int) -> str:
    """Hundredths in words that claim neither none nor all where that is wrong."""
    if count and not hundredths:
        return "fewer than 1"
    return "more than 99" if count < of and hundredths == 100 else str(hundredths)
