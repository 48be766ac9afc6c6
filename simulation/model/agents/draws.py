"""This month's answers to every question that chance decides."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.system import System
from simulation.vocabulary import Purpose


class Draws:
    """The draws of one replicate, a month's in one call; who asks first changes nothing."""

    def __init__(self, system: System, seed: int, replicate: int) -> None:
        self._key = (seed, replicate)
        questions = (
            (Purpose.LEADER_CHANGE, system.organisation_subject),
            (Purpose.STANCE, system.stance_subject),
            (Purpose.INSTRUCTION, system.opportunity_subject),
            (Purpose.MILESTONE, system.opportunity_subject),
        )
        sizes = [len(subjects) for _, subjects in questions]
        self._ends = np.cumsum(sizes).tolist()
        self._subjects = np.concatenate([subjects for _, subjects in questions])
        self._purposes = np.repeat(np.array([purpose for purpose, _ in questions], dtype=np.uint64), sizes)
        whenever = uniform(*self._key, system.opportunity_subject, 0, int(Purpose.REALISATION))
        self.realisation: list[float] = whenever.tolist()
        """By opportunity; one for the whole replicate, whenever it is agreed."""
        self.turn_to(0)

    def turn_to(self, month: int) -> None:
        """Draw one month's answers, counted from 0."""
        drawn: list[float] = uniform(*self._key, self._subjects, month, self._purposes).tolist()
        leaders, stances, orders, _ = self._ends
        self.leader_change = drawn[:leaders]
        """By organisation."""
        self.stance = drawn[leaders:stances]
        """By membership."""
        self.instruction = drawn[stances:orders]
        """By opportunity."""
        self.milestone = drawn[orders:]
        """By opportunity."""
