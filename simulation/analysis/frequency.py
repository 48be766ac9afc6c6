"""Probabilities as boards read them: in how many of a hundred replicates."""


def in_hundred(count: int, of: int) -> str:
    """How often something happened, as a natural frequency.

    A hundred replicates or more are told per hundred, and never rounded to none or all where that would be wrong;
    fewer are told as they are, since "35 of 100" would claim more than 20 replicates can show.

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
    hundredths = round(100 * count / of)
    if count and not hundredths:
        return "fewer than 1 of 100 simulated runs"
    if count < of and hundredths == 100:
        return "more than 99 of 100 simulated runs"
    return f"{hundredths} of 100 simulated runs"
