"""The random draws of one month."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.system import System
from simulation.vocabulary import Purpose


class Draws:
    """The draws of one replicate. All months are drawn in one call, so the order of use does not change a draw."""

    def __init__(self, system: System, seed: int, replicate: int) -> None:
        drawn_for = (
            (Purpose.LEADER_CHANGE, system.organisation_subject),
            (Purpose.STANCE, system.stance_subject),
            (Purpose.INSTRUCTION, system.opportunity_subject),
            (Purpose.MILESTONE, system.opportunity_subject),
        )
        sizes = [len(subjects) for _, subjects in drawn_for]
        self._ends = np.cumsum(sizes).tolist()
        subjects = np.concatenate([subjects for _, subjects in drawn_for])
        purposes = np.repeat(np.array([purpose for purpose, _ in drawn_for], dtype=np.uint64), sizes)
        months = np.arange(system.months, dtype=np.uint64)[:, np.newaxis]
        self._by_month = uniform(seed, replicate, subjects, months, purposes)
        realisation = uniform(seed, replicate, system.opportunity_subject, 0, int(Purpose.REALISATION))
        self.realisation: list[float] = realisation.tolist()
        """By opportunity; one for the whole replicate, in whichever month it is agreed."""
        self.set_month(0)

    def set_month(self, month: int) -> None:
        """Read the numbers of one month, counted from 0."""
        drawn: list[float] = self._by_month[month].tolist()
        leaders, stances, instructions, _ = self._ends
        self.leader_change = drawn[:leaders]
        """By organisation."""
        self.stance = drawn[leaders:stances]
        """By membership."""
        self.instruction = drawn[stances:instructions]
        """By opportunity."""
        self.milestone = drawn[instructions:]
        """By opportunity."""
