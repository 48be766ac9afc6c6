"""One month of the schedule, as plain numbers."""

from simulation.levers import Lever
from simulation.model.schedule import Schedule


class Calendar:
    """The values that the scenario sets for a month, before any organisation acts."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self.set_month(0)

    def set_month(self, month: int) -> None:
        """Read the values of one month, counted from 0."""
        schedule = self._schedule
        self.do_nothing: float = schedule.do_nothing[month].item()
        """£m a year."""
        self.plan: float = schedule.plan[month].item()
        """£m a year."""
        self.lever_cost: float = schedule.lever_cost[month].item()
        """£m a year, all levers together."""
        self.grip_shock: float = schedule.grip_shock[month].item()
        self.breaches = schedule.breaches[month]
        """Each organisation that breaks its word, with the size of the breach, larger first."""
        self.leader_leaves: list[bool] = schedule.leader_leaves[month].tolist()
        """By organisation: true if an event changes its leader."""
        self.fixed_stance: list[int] = schedule.fixed_stance[month].tolist()
        """By organisation: a stance, or `NOT_FIXED`."""
        self.instruction_felt: list[float] = schedule.instruction_felt[month].tolist()
        """By organisation: the strongest instruction over all opportunities that it is in."""
        self._strength: dict[Lever, list[float]] = {
            lever: strength[month].tolist() for lever, strength in schedule.strength.items()
        }

    def strength(self, lever: Lever, index: int) -> float:
        """Return how strongly a lever acts this month on the organisation (or opportunity) of an index, 0–1."""
        return self._strength[lever][index]
