"""Parameters that a scenario sets itself: they are held where assumptions are drawn from their ranges."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulation.parameters import Parameters
from simulation.scenario.realisation import limit_unowned
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

_TRUST_RULE = "trust_rule"
_UNOWNED = "unowned_realisation"


@dataclass(frozen=True, kw_only=True)
class HeldParameters:
    """Parameters at values that no draw changes.

    Attributes:
        values: The number of each, by name; a trust rule as its code.
    """

    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def written(self) -> dict[str, float | str]:
        """The value of each by name, as a file writes it."""
        return {
            name: str(tuple(TrustRule)[int(value)]) if name == _TRUST_RULE else value
            for name, value in self.values.items()
        }

    def hold(self, drawn: Parameters) -> Parameters:
        """Return drawn parameters with those that are held at their values.

        `unowned_realisation` is then at most `owned_realisation`: the smaller of the two is used for it, unless it is
        held itself, which leaves the larger for `owned_realisation`.

        Args:
            drawn: One value for every parameter.
        """
        held = drawn._replace(**self.values)
        if _UNOWNED in self.values:
            return held._replace(owned_realisation=max(held.owned_realisation, held.unowned_realisation))
        return limit_unowned(held)

    def without(self, names: Mapping[str, object]) -> "HeldParameters":
        """Return the same without some parameters, for which the caller gives a range.

        Args:
            names: Their names.
        """
        return HeldParameters(values={name: value for name, value in self.values.items() if name not in names})


def held_parameters(scenario: Scenario) -> HeldParameters:
    """Return the parameters that a scenario sets itself, at its values.

    Args:
        scenario: The scenario.
    """
    resolved = scenario.resolve_parameters()
    names = [name for name in Parameters._fields if getattr(scenario.parameters, name) is not None]
    return HeldParameters(values={name: float(getattr(resolved, name)) for name in names})
