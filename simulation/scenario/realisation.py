"""The one relation between two parameters: a milestone saves no more where nobody owns it than where all do.

A file that says otherwise is refused. Values drawn from ranges that overlap are limited instead.
"""

from collections.abc import Iterator
from typing import Any

from simulation.parameters import TABLE, Parameters
from simulation.scenario.problems import Finding
from simulation.scenario.raw_data import mapping_of, number_of

_DEFAULTS: dict[str, float | None] = {
    row.name: float(row.default) for row in TABLE if row.name in {"unowned_realisation", "owned_realisation"}
}


def limit_unowned(parameters: Parameters) -> Parameters:
    """Return parameters with `unowned_realisation` at most `owned_realisation`, and all else as it is."""
    limited = min(parameters.unowned_realisation, parameters.owned_realisation)
    return parameters._replace(unowned_realisation=limited)


def find_realisation_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find an `unowned_realisation` above `owned_realisation`, where either may be a default."""
    given = {name: number_of(raw) for name, raw in mapping_of(data, "parameters").items() if name in _DEFAULTS}
    values = _DEFAULTS | given
    unowned, owned = values["unowned_realisation"], values["owned_realisation"]
    if unowned is None or owned is None or unowned <= owned:
        return
    if "unowned_realisation" in given:
        default = "" if "owned_realisation" in given else ", its default"
        what = f"must be at most owned_realisation, which is {owned:g}{default}"
        yield Finding(("parameters", "unowned_realisation"), what, f"{unowned:g}")
    else:
        what = f"must be at least unowned_realisation, which is {unowned:g}, its default"
        yield Finding(("parameters", "owned_realisation"), what, f"{owned:g}")
