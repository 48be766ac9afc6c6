"""Targets of the designs of a batch, and their gaps before any savings."""

from collections.abc import Mapping, Sequence

from simulation.experiment.addresses import Value, parse_address
from simulation.experiment.schema import Variant
from simulation.scenario.paths import gap_before_any_savings, target

_FIELDS = frozenset({"do_nothing", "events", "months", "plan", "start", "target"})
"""Fields that move the target, or the gap before any savings."""


class Goals:
    """The target and the gap before any savings of designs, worked out once for all that have the same."""

    def __init__(self, variants: Mapping[str, Variant], factors: Sequence[str]) -> None:
        """Prepare to look designs up.

        Args:
            variants: The compared scenarios, by name.
            factors: Addresses of the factors.
        """
        self._variants = variants
        self._moving = [address for address in factors if parse_address(address)[0] in _FIELDS]
        self._found: dict[tuple[str, tuple[Value | None, ...]], tuple[float, float]] = {}

    def of(self, variant: str, values: Mapping[str, Value]) -> tuple[float, float]:
        """Return the target, and the gap before any savings with cost shocks, in the last month, £m a year.

        Args:
            variant: Name of the compared scenario.
            values: Values that are set in it, by address.
        """
        key = variant, tuple([values.get(address) for address in self._moving])
        if key not in self._found:
            moved = {address: values[address] for address in self._moving if address in values}
            scenario = self._variants[variant].with_values(moved)
            self._found[key] = target(scenario), float(gap_before_any_savings(scenario)[-1])
        return self._found[key]
