"""This month's answers to every question that luck decides."""

from typing import Any

from simulation.model.draws import uniform
from simulation.model.system import System
from simulation.vocabulary import Purpose


class Luck:
    """The draws of one history, a month at a time; who asks first changes nothing."""

    def __init__(self, system: System, seed: int, replicate: int) -> None:
        self._system = system
        self._key = (seed, replicate)
        self.realisation: list[float] = self._draw(system.opportunity_subject, 0, Purpose.REALISATION)
        """By opportunity; one for the whole history, whenever it is agreed."""
        self.turn_to(0)

    def turn_to(self, month: int) -> None:
        """Draw one month's answers, counted from 0."""
        system = self._system
        self.leader_change = self._draw(system.organisation_subject, month, Purpose.LEADER_CHANGE)
        """By organisation."""
        self.stance = self._draw(system.stance_subject, month, Purpose.STANCE)
        """By membership."""
        self.instruction = self._draw(system.opportunity_subject, month, Purpose.INSTRUCTION)
        """By opportunity."""
        self.milestone = self._draw(system.opportunity_subject, month, Purpose.MILESTONE)
        """By opportunity."""

    def _draw(self, subjects: Any, month: int, purpose: Purpose) -> list[float]:
        drawn: list[float] = uniform(*self._key, subjects, month, int(purpose)).tolist()
        return drawn
