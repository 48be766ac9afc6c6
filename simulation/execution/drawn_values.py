"""The values of a drawn point as one scenario takes them: what it sets itself is held."""

from typing import NamedTuple

from simulation.execution.points import Point
from simulation.experiment.factors import OWNED, UNOWNED
from simulation.experiment.schema import Experiment, Variant
from simulation.experiment.supporting import PARAMETERS
from simulation.parameters import Parameters
from simulation.scenario.held import HeldParameters, held_parameters
from simulation.scenario.schema import Scenario


class _Own(NamedTuple):
    scenario: Scenario
    parameters: Parameters
    held: tuple[int, ...]
    """Indices of the factors that it holds."""
    holds_unowned: bool


class DrawnValues:
    """Turns the points of a sample into the values that a scenario takes.

    In supporting runs, which draw the assumptions, a parameter that the scenario sets itself has none. What an
    experiment varies itself is set in every scenario.
    """

    def __init__(self, experiment: Experiment, variant: Variant) -> None:
        """Find the places of the two parameters that depend on each other.

        Args:
            experiment: With its factors.
            variant: One of its compared scenarios.
        """
        self._addresses = experiment.addresses
        self._variant = variant
        self._draws_assumptions = experiment.supporting is not None
        self._others = [index for index, each in enumerate(self._addresses) if not each.startswith(PARAMETERS)]
        self._unowned, self._owned = (
            self._addresses.index(each) if each in self._addresses else None for each in (UNOWNED, OWNED)
        )
        self._known: dict[int, _Own] = {}

    def at(self, point: Point) -> Point:
        """Return the values at a point, with `unowned_realisation` at most `owned_realisation`.

        The smaller of the two is used for it, which is what the engines use. Where it is held, `owned_realisation` is
        at least that.

        Args:
            point: As it was drawn.
        """
        own = self._of(self._variant.scenario_below({self._addresses[each]: point[each] for each in self._others}))
        values = list(point)
        for index in own.held:
            values[index] = None
        unowned = None if self._unowned is None else values[self._unowned]
        owned = None if self._owned is None else values[self._owned]
        if self._unowned is not None and unowned is not None:
            values[self._unowned] = min(
                float(unowned), own.parameters.owned_realisation if owned is None else float(owned)
            )
        elif self._owned is not None and owned is not None and own.holds_unowned:
            values[self._owned] = max(float(owned), own.parameters.unowned_realisation)
        return tuple(values)

    def _of(self, scenario: Scenario) -> _Own:
        """Return a scenario's own parameters, and the indices of those that it holds."""
        known = self._known.get(id(scenario))
        if known is None:
            held = held_parameters(scenario) if self._draws_assumptions else HeldParameters()
            addresses = {f"{PARAMETERS}{name}" for name in held.values}
            indices = tuple(index for index, each in enumerate(self._addresses) if each in addresses)
            known = _Own(scenario, scenario.resolve_parameters(), indices, UNOWNED in addresses)
            self._known[id(scenario)] = known
        return known
