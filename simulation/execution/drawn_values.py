"""The values of a drawn point as one scenario takes them: what it sets itself is held."""

from simulation.execution.points import Point
from simulation.experiment.factors import OWNED, UNOWNED
from simulation.experiment.schema import Experiment, Variant
from simulation.experiment.supporting import PARAMETERS
from simulation.parameters import Parameters
from simulation.scenario.held import HeldParameters, held_parameters
from simulation.scenario.schema import Scenario


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
        self._addresses = [factor.address for factor in experiment.factors]
        self._variant = variant
        self._draws_assumptions = experiment.supporting is not None
        self._unowned, self._owned = (
            self._addresses.index(each) if each in self._addresses else None for each in (UNOWNED, OWNED)
        )
        self._known: dict[int, tuple[Scenario, Parameters, HeldParameters]] = {}

    def at(self, point: Point) -> Point:
        """Return the values at a point, with `unowned_realisation` at most `owned_realisation`.

        The smaller of the two is used for it, which is what the engines use. Where it is held, `owned_realisation` is
        at least that.

        Args:
            point: As it was drawn.
        """
        own, held = self._of(self._variant.scenario_below(dict(zip(self._addresses, point, strict=True))))
        values = list(point)
        for index, address in enumerate(self._addresses):
            if address.startswith(PARAMETERS) and address.removeprefix(PARAMETERS) in held.values:
                values[index] = None
        if self._unowned is not None and values[self._unowned] is not None:
            drawn = None if self._owned is None else values[self._owned]
            most = own.owned_realisation if drawn is None else float(drawn)
            values[self._unowned] = min(float(values[self._unowned] or 0.0), most)
        elif self._owned is not None and values[self._owned] is not None and "unowned_realisation" in held.values:
            values[self._owned] = max(float(values[self._owned] or 0.0), own.unowned_realisation)
        return tuple(values)

    def _of(self, scenario: Scenario) -> tuple[Parameters, HeldParameters]:
        """Return a scenario's own parameters, and those that it holds."""
        if id(scenario) not in self._known:
            held = held_parameters(scenario) if self._draws_assumptions else HeldParameters()
            self._known[id(scenario)] = scenario, scenario.resolve_parameters(), held
        return self._known[id(scenario)][1:]
