"""Parameters that a batch varies itself and that no rule reads in any of its designs."""

from collections.abc import Iterable, Mapping, Sequence

from simulation.experiment.addresses import Value
from simulation.experiment.schema import Variant
from simulation.experiment.supporting import PARAMETERS
from simulation.results.unread_parameters import conditional_parameters, unread_parameters

_MOST_SETTINGS = 64
"""Settings of what else is varied at which a scenario is looked at, evenly spread over all that it has."""


def find_unread(
    variants: Mapping[str, Variant], factors: Sequence[str], cases: Iterable[tuple[str, Mapping[str, Value]]]
) -> dict[str, frozenset[str]]:
    """Return the parameters that no rule reads in any case of each compared scenario, by its name.

    A parameter counts as read as soon as one setting of what else is varied, such as the strength of its lever, makes
    a rule read it.

    Args:
        variants: The compared scenarios, by name.
        factors: Addresses of the factors.
        cases: The scenario's name, and the values that are set in it by address, of every design.
    """
    varied = {address.removeprefix(PARAMETERS) for address in factors if address.startswith(PARAMETERS)}
    others = [address for address in factors if not address.startswith(PARAMETERS)]
    asked = conditional_parameters() & varied
    settings = dict[str, dict[tuple[Value | None, ...], None]]()
    for name, values in cases if asked else ():
        settings.setdefault(name, {})[tuple(values.get(address) for address in others)] = None
    return {name: _unread_at(variants[name], asked, others, [*each]) for name, each in settings.items()}


def _unread_at(
    variant: Variant, asked: frozenset[str], others: Sequence[str], settings: Sequence[tuple[Value | None, ...]]
) -> frozenset[str]:
    unread = asked
    for setting in settings[:: -(-len(settings) // _MOST_SETTINGS)]:
        given = {address: value for address, value in zip(others, setting, strict=True) if value is not None}
        unread &= unread_parameters(variant.with_values(given), given)
        if not unread:
            break
    return unread
