"""Names of the cases of a comparison: the variant, and the values that are set in it."""

import json
import math
import re
from collections.abc import Mapping, Sequence

from simulation.experiment.addresses import Value
from simulation.formatting import as_written, month_words
from simulation.levers import Lever
from simulation.scenario.number_names import setting_words

_OF_LEVER = re.compile(r"levers\.(?P<lever>[^.\[]+)(\[(?P<index>\d+)\])?\.?(?P<rest>.*)")

_FEWEST_FIGURES = 4
_MOST_FIGURES = 17
"""Significant figures at which every number that a computer holds is written differently."""


def label_cases(cases: Sequence[tuple[str, Mapping[str, Value]]], *, alone: bool) -> list[str]:
    """Return the name of each case: its variant, and the values that are set in it.

    Numbers have as many digits as it takes to distinguish the values of a factor. Where different cases would still
    look alike, as a scenario named "a, loss ratio 2" and scenario "a" at that value, names are quoted and addresses
    written out.

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
        each = (f"{address_words(address)} {_shown(value, figures[address])}" for address, value in values.items())
        varied = ", ".join(each)
        labels.append((varied if alone else f"{variant}, {varied}") if varied else variant)
    return _tell_apart(labels, cases)


def _tell_apart(labels: list[str], cases: Sequence[tuple[str, Mapping[str, Value]]]) -> list[str]:
    """Return labels of which those that different cases share, capitals aside, are written in full."""
    if len({label.casefold() for label in labels}) == len(labels):
        return labels
    exact = [_in_full(variant, values) for variant, values in cases]
    written = labels
    while True:
        meant: dict[str, set[str]] = {}
        for label, full in zip(written, exact, strict=True):
            meant.setdefault(label.casefold(), set()).add(full)
        apart = [
            full if len(meant[label.casefold()]) > 1 else label for label, full in zip(written, exact, strict=True)
        ]
        if apart == written:
            return written
        written = apart


def _in_full(variant: str, values: Mapping[str, Value]) -> str:
    """Return a name that no other case has: the variant in quotes, with each address and its exact value."""
    varied = ", ".join(f"{address} = {json.dumps(value, ensure_ascii=False)}" for address, value in values.items())
    return f"{json.dumps(variant, ensure_ascii=False)} " + (f"with {varied}" if varied else "as it is")


def address_words(address: str) -> str:
    """Return an address in words: opening trust, shared goal strength, levers from; a lever by its label.

    One of several settings of a lever is named: shared goal strength (setting 2).

    Args:
        address: The dotted address in a scenario.
    """
    found = _OF_LEVER.fullmatch(address)
    if found is not None and found["lever"] in set(Lever):
        label, setting = Lever(found["lever"]).label, found["index"]
        words = f"{label[:1].lower()}{label[1:]} {found['rest'].replace('.', ' ').replace('_', ' ')}".strip()
        return words if setting is None else f"{words}{setting_words(int(setting))}"
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
