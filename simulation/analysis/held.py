"""Which assumptions were held and not drawn, since a scenario sets them itself."""

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.formatting import as_written, counted, listed
from simulation.parameters import TABLE
from simulation.results.comparison import Comparison
from simulation.results.study import Study
from simulation.scenario.held import held_parameters

Held = Mapping[str, Mapping[str, float | str]]
"""For each compared scenario by its name, the values of the parameters that it holds, by name; a scenario that holds
none has no value."""

_LABELS = {row.name: row.label for row in TABLE}
_MOST = 6
"""How many are named."""


def held_in_study(study: Study) -> dict[str, float | str]:
    """Return the parameters that a scenario sets itself and that were held where its assumptions were drawn.

    Args:
        study: Its replicates; nothing is held if its assumptions were not drawn.
    """
    if study.assumptions is None:
        return {}
    drawn = study.assumptions.parameters
    own = held_parameters(study.ensemble.scenario).written
    return {name: value for name, value in own.items() if name in drawn and not np.ptp(drawn[name])}


def held_in(comparison: Comparison) -> dict[str, dict[str, float | str]]:
    """Return the parameters that each scenario of a comparison holds; of those alone whose assumptions were drawn.

    Args:
        comparison: The results.
    """
    studies = [(case.label, case.study) for case in comparison.cases_in_tables]
    return {
        label: held_in_study(study) for label, study in studies if study is not None and study.assumptions is not None
    }


def held_by_all(held: Held) -> frozenset[str]:
    """Return the names of the parameters that every scenario holds, which are not uncertain then.

    Args:
        held: What each scenario holds.
    """
    names = [frozenset(each) for each in held.values()]
    return frozenset.intersection(*names) if names else frozenset()


def held_words(held: Held) -> str:
    """Say which parameters are held, at what value and in which scenario; nothing if none is.

    >>> held_words({"as it is": {}, "efficient": {"opening_trust": 0.5}})
    'Not drawn but held, as the scenario sets it: Opening trust 0.5 (efficient).'

    Where a scenario holds all of them, it says that what allows for uncertain assumptions shows none of them.

    Args:
        held: What each scenario holds.
    """
    names = [row.name for row in TABLE if any(row.name in each for each in held.values())]
    if not names:
        return ""
    said = [f"{_LABELS[name]} {_values(name, held)}" for name in names[:_MOST]]
    said += [f"and {counted(len(names) - _MOST, 'more', 'more')}"] if len(names) > _MOST else []
    return f"Not drawn but held, as the scenario sets it: {'; '.join(said)}.{_nothing_drawn(held)}"


def _nothing_drawn(held: Held) -> str:
    """Say where all assumptions are held, so that runs differ by chance, and by own numbers that vary."""
    all_of = [scenario for scenario, values in held.items() if len(values) == len(TABLE)]
    if not all_of:
        return ""
    return (
        f" These are all assumptions of the model{_in(all_of, held)}: what allows for uncertain assumptions there "
        "differs by chance alone, and by the place's own numbers if they vary."
    )


def _values(name: str, held: Held) -> str:
    """Return the values of a parameter, each with the scenarios that set it where there are several."""
    by_value: dict[float | str, list[str]] = {}
    for scenario, values in held.items():
        if name in values:
            by_value.setdefault(values[name], []).append(scenario)
    return ", ".join(f"{_shown(value)}{_in(some, held)}" for value, some in by_value.items())


def _in(scenarios: Sequence[str], held: Held) -> str:
    if len(held) == 1:
        return ""
    return f" ({'every scenario' if len(scenarios) == len(held) else listed(scenarios)})"


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else as_written(value)
