"""In which order replicates are run: a block of replicates of every design, then the next block.

So whatever is there when a batch stops is a balanced sample of all designs.
"""

from collections.abc import Iterator

LEAST = 64
"""Replicates of a design in the first blocks: four rounds of the kernel's lanes."""


def block_ends(most: int) -> Iterator[int]:
    """Where blocks of replicates end, without end: each is about a quarter of what came before it.

    >>> from itertools import islice
    >>> list(islice(block_ends(1024), 12))
    [64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024]

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

    A rest of less than half the first block is not worth a block of its own.

    >>> list(blocks_until(200, 1024)), list(blocks_until(100, 1024))
    ([(0, 64), (64, 128), (128, 200)], [(0, 64), (64, 100)])
    """
    first = 0
    for end in block_ends(most):
        if first >= replicates:
            return
        last = replicates if replicates - end < LEAST // 2 else end
        yield first, last
        first = last
