"""The numbers by which choices are compared."""

from enum import StrEnum

from simulation.known_names import unknown_name


class Measure(StrEnum):
    """A number by which choices are compared."""

    GAP = "gap"
    """The gap in the last month, £m a year; less is better."""
    POSITION = "position"
    """The place's position over the whole run, costs included, £m; more is better."""

    @classmethod
    def _missing_(cls, value: object) -> None:
        raise ValueError(unknown_name("measure", value, cls))
