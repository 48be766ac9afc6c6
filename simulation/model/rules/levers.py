"""How strongly a lever acts: a setting grows to its strength over its ramp."""

from simulation.model._rule import rule


@rule
def ramped_strength(strength: float, months_since: float, ramp: float) -> float:
    """How strong a setting is, some months after its first.

    Args:
        strength: Strength in full, 0–1.
        months_since: Whole months since its first month, 0 in the first.
        ramp: Months to full strength, 1 or more.

    Source: docs/model.md#levers.
    """
    grown = (months_since + 1.0) / ramp
    return strength * (grown if grown < 1.0 else 1.0)
