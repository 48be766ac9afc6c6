"""Names of the cases of a comparison: the variant, and the values that are set in it."""

import math
import re
from collections.abc import Mapping, Sequence

from simulation.experiment.addresses import Value
from simulation.formatting import as_written, month_words
from simulation.levers import Lever

_FEWEST_FIGURES = 4
_MOST_FIGURES = 17
"""Significant figures at which every number that a computer holds is written differently."""


def label_cases(cases: Sequence[tuple[str, Mapping[str, Value]]], *, alone: bool) -> list[str]:
    """Return the name of each case: its variant, and the values that are set in it.

    Numbers have as many digits as it takes to distinguish the values of a factor.

    Args:
        cases: The name of the compared scenario that each comes from, and the values that are set in it by address.
        alone: True if there is no other variant, so that the values say all.
    """
    given: dict[str, set[Value]] = {}
    for _, values in cases:
        for address, value in values.items():
            given.setdefault(address, set()).add(value)
    figures = {address: _figures_for(values) for address, values in given.items()}
    labels = []
    for variant, values in cases:
        varied = ", ".join(f"{_words(address)} {_shown(value, figures[address])}" for address, value in values.items())
        labels.append((varied if alone else f"{variant}, {varied}") if varied else variant)
    return labels


def _words(address: str) -> str:
    """Return an address in words: opening trust, shared goal strength, levers from; a lever by its label."""
    lever, _, rest = address.removeprefix("levers.").partition(".")
    if address.startswith("levers.") and lever in set(Lever):
        label = Lever(lever).label
        return f"{label[:1].lower()}{label[1:]} {rest.replace('.', ' ').replace('_', ' ')}".strip()
    named = address if ".*." in address else address.removeprefix("levers.")
    return named.removeprefix("parameters.").replace(".*.", " ").replace(".", " ").replace("_", " ")


def _figures_for(values: set[Value]) -> int:
    """Return the number of significant figures at which different numbers are written differently."""
    numbers = {float(value) for value in values if not isinstance(value, str)}
    least = max([_FEWEST_FIGURES, *(len(str(int(abs(number)))) for number in numbers if math.isfinite(number))])
    apart = (n for n in range(least, _MOST_FIGURES) if len({as_written(each, n) for each in numbers}) == len(numbers))
    return next(apart, _MOST_FIGURES)


def _shown(value: Value, figures: int) -> str:
    if isinstance(value, str):
        return month_words(value, short=True) if re.fullmatch(r"\d{4}-\d{2}", value) else value
    return as_written(value, figures)
