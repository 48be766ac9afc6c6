"""What levers and assumptions are called on the page, and what each does, in words a room follows."""

from simulation.parameters import TABLE

FIRST = ("opening_trust", "same_sector_premium", "loss_ratio", "trust_rule")
"""The assumptions that a room asks about first; the others are under them."""


def parameter_note(name: str) -> str:
    """What an assumption means, in what unit, and what stands behind it."""
    row = next(row for row in TABLE if row.name == name)
    stands = "assumed" if row.status == "assumed" else f"{row.status}: {row.source}"
    unit = "" if row.name == "trust_rule" else f" ({row.unit})"
    return f"{row.meaning}{unit}; {stands}"
