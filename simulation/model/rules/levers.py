"""Levers: the strength of a setting grows over its ramp. Source: docs/model.md#levers."""

from simulation.model._rule import rule


@rule
def ramped_strength(strength: float, months_since: float, ramp: float) -> float:
    """A setting grows evenly to its full strength over its ramp, and stays there.

    Args:
        strength: Full strength, 0–1.
        months_since: Whole months since its first month, 0 in the first.
        ramp: Months to full strength, 1 or more.

    Returns:
        The strength this month, 0–1.
    """
    grown = (months_since + 1.0) / ramp
    return strength * (grown if grown < 1.0 else 1.0)
