"""A place as the page reads it: plain data that JSON can hold, with all that settings can change.

Months are counted from 0, and organisations, relationships, opportunities and memberships have the indices of `System`.
`script/types.js` describes the same shape for the page's own code.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

from simulation import columns
from simulation.charts.drawing.palette import ANALYSIS_FUNCTION
from simulation.charts.text.trust_words import short_and_full
from simulation.execution.points import hypercube_state
from simulation.formatting import as_written
from simulation.input_files import readable
from simulation.model.replicate_numbers import POINT_STRIDE
from simulation.model.system import System, build_system
from simulation.page.place_levers import events_data, levers_data, parameters_data, payment_data
from simulation.report.words import NOT_FOR
from simulation.results.financial_year import FinancialYear, financial_years
from simulation.results.provenance import model_version
from simulation.scenario.entries import ContractEntry, Opportunity
from simulation.scenario.held import held_parameters
from simulation.scenario.paths import planned_gap, target, undisturbed_gap
from simulation.scenario.register import own_entries, sources_words
from simulation.scenario.schema import Scenario
from simulation.version import __version__

FORMAT = 1
"""Version of the data's shape; the page refuses any other."""

REPLICATES = 256
POINTS = 1024
"""How many sets of uncertain assumptions the page draws in the end."""

_COLUMNS = ("system", "organisations", "agreements", "opportunities", "memberships")


def place_data(
    scenario: Scenario, path: Path | None, *, date: str, seed: int = 1, replicates: int = REPLICATES
) -> dict[str, Any]:
    """Return the data of a place; what the compiled module needs besides is in `simulation.model.portable`.

    Args:
        scenario: The place.
        path: Its file; None if it has none that a scenario could extend, as one made in Python.
        date: The day on which the page is made, YYYY-MM-DD.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        replicates: Number of replicates, 1 or more.
    """
    system = build_system(scenario)
    return {
        "format": FORMAT,
        "version": __version__,
        "model": model_version(),
        "date": date,
        "seed": str(seed),
        "replicates": replicates,
        "title": scenario.title,
        "name": readable(path.stem) if path else _name_of(scenario.title),
        "file": readable(path.name) if path else "",
        **_axes(system),
        "columns": {name: list(getattr(columns, name.upper())._fields) for name in _COLUMNS},
        "levers": levers_data(system),
        "parameters": parameters_data(system.parameters, held_parameters(scenario).values),
        "overrides": _overrides(system),
        "events": events_data(scenario),
        "paths": {
            "do_nothing": undisturbed_gap(scenario).tolist(),
            "plan": planned_gap(scenario).tolist(),
            "target": target(scenario),
        },
        "payment": payment_data(system),
        "points": _points(seed),
        "colours": _colours(),
        "notes": {"must_not": list(NOT_FOR), "sources": _sources(scenario), "sourced": sources_words(scenario)},
    }


def _axes(system: System) -> dict[str, Any]:
    """Return what the indices stand for."""
    axes, scenario = system.axes, system.scenario
    index = {organisation: o for o, organisation in enumerate(axes.organisations)}
    return {
        "months": list(axes.months),
        "years": [_year(each) for each in financial_years(axes.months)],
        "organisations": [
            {
                "id": each,
                "name": full,
                "short": short,
                "role": str(scenario.organisations[each].role),
                "sector": scenario.sector_of(each),
            }
            for each, (short, full) in zip(axes.organisations, short_and_full(axes), strict=True)
        ],
        "relationships": [[index[trusting], index[trusted]] for trusting, trusted in axes.relationships],
        "opportunities": [
            {
                "id": each,
                "title": axes.opportunity_title(each),
                **_opportunity(axes.opportunity(each), index),
                "opens": int(system.opens[k]),
                "benefit": float(system.benefit[k]),
                "milestones": int(system.milestones[k]),
                "set_up_cost": float(system.set_up_cost[k]),
            }
            for k, each in enumerate(axes.opportunities)
        ],
    }


def _year(year: FinancialYear) -> dict[str, Any]:
    return {"label": f"{year.label}{' (part)' if year.is_part else ''}", "first": year.first, "until": year.until}


def _opportunity(entry: Opportunity, index: dict[str, int]) -> dict[str, Any]:
    value = float(entry.amount) if isinstance(entry, ContractEntry) else entry.paper_value
    return {"kind": str(entry.kind), "value": value, "participants": [index[each] for each in entry.participants]}


def _overrides(system: System) -> dict[str, Any]:
    """Return the opening values that the scenario gives, None where it gives none."""
    given = system.overrides
    return {
        "trust": _or_none(given.trust.tolist()),
        "same_sector": given.same_sector.tolist(),
        "orientation": _or_none(given.orientation.tolist()),
        "lead_capacity": _or_none(given.lead_capacity.tolist()),
    }


def _or_none(numbers: Iterable[float]) -> list[float | None]:
    return [number if isfinite(number) else None for number in numbers]


def _points(seed: int) -> dict[str, Any]:
    """Return where the generator of the Latin hypercube begins, as the page draws the same points, and their events."""
    state, increment = hypercube_state(seed)
    return {"number": POINTS, "state": str(state), "increment": str(increment), "stride": POINT_STRIDE}


def _colours() -> dict[str, Any]:
    return asdict(ANALYSIS_FUNCTION) | {"categorical": list(ANALYSIS_FUNCTION.categorical)}


def _sources(scenario: Scenario) -> list[list[str]]:
    """Return the numbers of the scenario that name a source: where, value with unit, source and status."""
    return [
        [
            entry.where,
            f"{entry.value if isinstance(entry.value, str) else as_written(entry.value)} {entry.unit or ''}".strip(),
            entry.source,
            str(entry.status),
        ]
        for entry in own_entries(scenario)
        if entry.source is not None
    ]


def _name_of(title: str) -> str:
    """Return a name for what is saved of a place without a file, from its title."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "place"
