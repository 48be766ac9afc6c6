"""Names of cases: the compared scenario, and the values that are set in it."""

import re
from collections.abc import Mapping

from simulation.experiment.addresses import Value
from simulation.formatting import as_written, month_words
from simulation.levers import Lever


def label_case(variant: str, values: Mapping[str, Value], *, alone: bool) -> str:
    """Return the name of a case: its variant, and the values that are set in it.

    Args:
        variant: Name of the compared scenario that it comes from.
        values: Values that are set in it, by address.
        alone: True if there is no other variant, so that the values say all.
    """
    varied = ", ".join(f"{_words(address)} {_shown(value)}" for address, value in values.items())
    if not varied:
        return variant
    return varied if alone else f"{variant}, {varied}"


def _words(address: str) -> str:
    """Return an address in words: opening trust, shared goal strength, levers from; a lever by its label."""
    lever, _, rest = address.removeprefix("levers.").partition(".")
    if address.startswith("levers.") and lever in set(Lever):
        label = Lever(lever).label
        return f"{label[:1].lower()}{label[1:]} {rest.replace('.', ' ').replace('_', ' ')}".strip()
    named = address if ".*." in address else address.removeprefix("levers.")
    return named.removeprefix("parameters.").replace(".*.", " ").replace(".", " ").replace("_", " ")


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return month_words(value, short=True) if re.fullmatch(r"\d{4}-\d{2}", value) else value
    return as_written(value, 4)
