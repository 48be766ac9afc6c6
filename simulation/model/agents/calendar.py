"""One month of the schedule, as plain numbers."""

from collections.abc import Iterable

import numpy as np

from simulation.levers import Lever
from simulation.model.schedule import Schedule
from simulation.results.trajectory import Floats


class Calendar:
    """The values that the scenario sets for a month, before any organisation acts."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._differs = _months_that_differ([*schedule.strength.values(), *schedule.shares])
        self.month = -1
        self.set_month(0)

    def set_month(self, month: int) -> None:
        """Read the values of one month, counted from 0."""
        schedule = self._schedule
        self.has_changed = month != self.month + 1 or self._differs[month]
        """True if a lever or a share after payment differs from the month before."""
        self.month = month
        self.do_nothing: float = schedule.do_nothing[month].item()
        """£m a year."""
        self.plan: float = schedule.plan[month].item()
        """£m a year."""
        self.lever_cost: float = schedule.lever_cost[month].item()
        """£m a year, all levers together."""
        self.grip_shock: list[float] = schedule.grip_shock[month].tolist()
        """By organisation, in units of the everyday pressure."""
        self.breaches = schedule.breaches[month]
        """Each organisation that breaks its word, with the size of the breach, larger first."""
        self.leader_leaves: list[bool] = schedule.leader_leaves[month].tolist()
        """By organisation: true if an event changes its leader."""
        self.fixed_stance: list[int] = schedule.fixed_stance[month].tolist()
        """By organisation: a stance, or `NOT_FIXED`."""
        if self.has_changed:
            self._read_levers_and_shares()

    def _read_levers_and_shares(self) -> None:
        schedule, month = self._schedule, self.month
        self.shares: list[float] = schedule.shares.share[month].tolist()
        """By membership: the share after payment."""
        self.gains: list[float] = schedule.shares.gains[month].tolist()
        """By opportunity: the sum of the positive shares."""
        self.losses: list[float] = schedule.shares.losses[month].tolist()
        """By opportunity: the sum of the negative shares without their sign."""
        self._strength: dict[Lever, list[float]] = {
            lever: strength[month].tolist() for lever, strength in schedule.strength.items()
        }

    def strength(self, lever: Lever, index: int) -> float:
        """Return how strongly a lever acts this month on the organisation (or opportunity) of an index, 0–1."""
        return self._strength[lever][index]


def _months_that_differ(tables: Iterable[Floats]) -> list[bool]:
    """Return for each month whether a value differs from the month before; true for the first month."""
    changes = [np.any(table[1:] != table[:-1], axis=1) for table in tables]
    return [True, *np.any(changes, axis=0).tolist()]
