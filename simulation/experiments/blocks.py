"""In which order histories are run: a block of replicates of every design, then the next block.

So whatever is there when a batch stops is a balanced sample of all designs.
"""

from collections.abc import Iterator

LEAST = 32
"""Histories of a design in the first blocks: two rounds of the kernel's lanes."""


def block_ends(most: int) -> Iterator[int]:
    """Where blocks of replicates end, without end: each is about a quarter of what came before it.

    >>> from itertools import islice
    >>> list(islice(block_ends(1024), 12))
    [32, 64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512]

    Args:
        most: The largest block.
    """
    end = 0
    while True:
        size = LEAST
        while size * 2 <= min(end / 4, most):
            size *= 2
        end += min(size, most)
        yield end


def blocks_until(replicates: int, most: int) -> Iterator[tuple[int, int]]:
    """Blocks as first replicate and the one after the last, up to a number of replicates.

    >>> list(blocks_until(100, 1024))
    [(0, 32), (32, 64), (64, 96), (96, 100)]
    """
    first = 0
    for end in block_ends(most):
        if first >= replicates:
            return
        yield first, min(end, replicates)
        first = end
