"""The order in which replicates are run: a round of replicates of every design, then the next round.

A batch that is stopped therefore holds a balanced sample of all designs.
"""

from collections.abc import Iterator

SMALLEST_ROUND = 64
"""Replicates of each design in the first rounds: four times the kernel's lanes."""


def round_ends(largest: int) -> Iterator[int]:
    """Yield the number of replicates of each design after each round, without end.

    Each round is about a quarter of what came before it, but at least `SMALLEST_ROUND`.

    >>> from itertools import islice
    >>> list(islice(round_ends(1024), 12))
    [64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024]

    Args:
        largest: Replicates of each design in the largest round.
    """
    end = 0
    while True:
        size = SMALLEST_ROUND
        while size * 2 <= min(end / 4, largest):
            size *= 2
        end += min(size, largest)
        yield end


def rounds_until(replicates: int, largest: int) -> Iterator[tuple[int, int]]:
    """Yield each round as its first replicate and the one after its last, up to a number of replicates.

    A remainder of less than half the first round is added to the round before it.

    >>> list(rounds_until(200, 1024)), list(rounds_until(100, 1024))
    ([(0, 64), (64, 128), (128, 200)], [(0, 64), (64, 100)])

    Args:
        replicates: Replicates of each design.
        largest: Replicates of each design in the largest round.
    """
    first = 0
    for end in round_ends(largest):
        if first >= replicates:
            return
        last = replicates if replicates - end < SMALLEST_ROUND // 2 else end
        yield first, last
        first = last
