"""Count the designs of a batch, and plan a few of them: enough to say what it would run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from simulation.execution.designs import list_designs, values_may_contradict
from simulation.execution.plan import Plan, check_expected, plan_batch, plan_of
from simulation.experiment.schema import Experiment

_SOME = 8
"""Designs that are planned, and tried, where not all are."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """How large a batch is.

    Attributes:
        plan: The plan of all its designs, or of some.
        designs: How many designs the batch has.
    """

    plan: Plan
    designs: int

    @property
    def replicates(self) -> int:
        """Replicates of all designs."""
        return self.designs * self.plan.experiment.replicates


def outline_batch(experiment: Experiment, folder: Path, progress: Callable[[int], None] | None = None) -> Outline:
    """Return an outline of a batch: all designs are planned only if results may be there, or values may contradict.

    Args:
        experiment: What to run.
        folder: The folder for its results.
        progress: Called with the number of designs planned since the last call, where all are planned.

    Raises:
        ScenarioError: If values that are valid one by one contradict each other.
        TooManyDesignsError: If there are more than a million designs.
    """
    if needs_whole_plan(experiment, folder):
        plan = plan_batch(experiment, progress)
        return Outline(plan=plan, designs=len(plan.designs))
    check_expected(experiment)
    listed = list(list_designs(experiment))
    some = [each.resolve(experiment.addresses) for each in some_of(listed)]
    return Outline(plan=plan_of(experiment, some), designs=len(listed))


def needs_whole_plan(experiment: Experiment, folder: Path) -> bool:
    """Return True if results may be in the folder, or if values may contradict each other."""
    return folder.exists() or values_may_contradict(experiment)


def some_of(items: Sequence[_Item]) -> list[_Item]:
    """Return a few of many items, evenly apart, or all of a few.

    >>> some_of(range(20))
    [0, 2, 5, 7, 10, 12, 15, 17]
    """
    count = min(_SOME, len(items))
    return [items[each * len(items) // count] for each in range(count)]
