"""The numbers of replicates: each has random events of its own, and so has each point that is drawn."""

POINT_STRIDE = 2**20
"""Numbers that each point has to itself, more than the most replicates that a design may have."""


def replicate_number(point: int | None, replicate: int = 0) -> int:
    """Return the number of a replicate of a point: point · 2²⁰ + replicate.

    Points that are drawn from ranges have random events of their own, so that results at many points are as many
    independent cases. Whatever is compared at one point shares them.

    Args:
        point: The point, counted from 0; None where all points share the same events.
        replicate: The replicate at this point, 0 to 2²⁰ − 1.
    """
    return (point or 0) * POINT_STRIDE + replicate
