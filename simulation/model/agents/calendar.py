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
        self.month = month
        self.do_nothing: float = schedule.do_nothing[month].item()
        """£m a year."""
        self.plan: float = schedule.plan[month].item()
        """£m a year."""
        self.lever_cost: float = schedule.lever_cost[month].item()
        """£m a year, all levers together."""
        self.grip_shock: list[float] = schedule.grip_shock[month].tolist()
        """By organisation, in units of the everyday pressure."""
        self.shares: list[float] = schedule.shares.share[month].tolist()
        """By membership: the share after payment."""
        self.gains: list[float] = schedule.shares.gains[month].tolist()
        """By opportunity: the sum of the positive shares."""
        self.losses: list[float] = schedule.shares.losses[month].tolist()
        """By opportunity: the sum of the negative shares without their sign."""
        self.breaches = schedule.breaches[month]
        """Each organisation that breaks its word, with the size of the breach, larger first."""
        self.leader_leaves: list[bool] = schedule.leader_leaves[month].tolist()
        """By organisation: true if an event changes its leader."""
        self.fixed_stance: list[int] = schedule.fixed_stance[month].tolist()
        """By organisation: a stance, or `NOT_FIXED`."""
        self._strength: dict[Lever, list[float]] = {
            lever: strength[month].tolist() for lever, strength in schedule.strength.items()
        }

    def strength(self, lever: Lever, index: int) -> float:
        """Return how strongly a lever acts this month on the organisation (or opportunity) of an index, 0–1."""
        return self._strength[lever][index]
