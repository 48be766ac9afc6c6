"""Ensembles written by hand, so that the right result of an analysis can be worked out on paper."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import nan
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from simulation import columns
from simulation.model.system import build_system
from simulation.results.axes import Axes
from simulation.results.ensemble import Ensemble
from simulation.results.financial_year import financial_years
from simulation.scenario.schema import Scenario
from tests.places import place

PROGRAMMES: dict[str, dict[str, Any]] = {
    "care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4, "domain": "near_home"},
    "home": {"value": 4.0, "shares": {"a": 0.5, "b": 0.5}, "milestones": 2, "domain": "it"},
}


def by_hand(
    replicates: int,
    *,
    system: Mapping[str, ArrayLike] | None = None,
    agreements: Mapping[tuple[str, str], ArrayLike] | None = None,
    memberships: Mapping[tuple[str, str], tuple[float, float]] | None = None,
    outturns: ArrayLike = 0.0,
    relationships: ArrayLike | None = None,
    **changes: Any,
) -> Ensemble:
    """Return an ensemble of the made-up place with the two programmes and their contract.

    Args:
        replicates: Number of replicates.
        system: Columns by name, each of a shape that fits `[replicate, month]`; 0 where left out.
        agreements: Columns by opportunity and name, each fitting `[replicate]`; nothing agreed where left out.
        memberships: By opportunity and organisation, months on the table and institutional, in every replicate.
        outturns: Values that fit `[replicate, year, organisation]`.
        relationships: Values that fit `[replicate, month, relationship]`; not kept if left out.
        changes: Changes of the scenario at the top level.
    """
    axes = _axes_of(**changes) if changes else _usual_axes()
    months, years = len(axes.months), len(financial_years(axes.months))
    kept = None
    if relationships is not None:
        kept = np.broadcast_to(np.asarray(relationships, float), (replicates, months, len(axes.relationships)))
    return Ensemble(
        axes=axes,
        seed=1,
        replicates=np.arange(replicates),
        system=_table((replicates, months), columns.SYSTEM._fields, system or {}),
        outturns=np.broadcast_to(np.asarray(outturns, float), (replicates, years, len(axes.organisations))).copy(),
        agreements=_agreements(axes.opportunities, replicates, agreements or {}),
        memberships=np.array(
            [[(memberships or {}).get(each, (0, 0)) for each in axes.memberships] for _ in range(replicates)], np.uint16
        ),
        relationships=kept,
        detail_months=tuple(range(months)) if relationships is not None else (),
    )


def _axes_of(**changes: Any) -> Axes:
    scenario = Scenario.model_validate(place(**{"programmes": PROGRAMMES} | changes))
    return build_system(scenario).axes


@cache
def _usual_axes() -> Axes:
    return _axes_of()


def _table(shape: tuple[int, int], names: Sequence[str], given: Mapping[str, ArrayLike]) -> Any:
    return np.stack([np.broadcast_to(np.asarray(given.get(name, 0.0), float), shape) for name in names], axis=-1)


def _agreements(opportunities: tuple[str, ...], replicates: int, given: Mapping[tuple[str, str], ArrayLike]) -> Any:
    """Return a table in which contracts are NaN, and programmes not agreed have no milestones and no worth."""
    table = np.full((replicates, len(opportunities), len(columns.AGREEMENTS)), nan)
    for index, name in enumerate(opportunities):
        if name != "deal":
            table[:, index, [columns.AGREEMENTS.milestones_met, columns.AGREEMENTS.worth]] = 0.0
    for (name, column), values in given.items():
        table[:, opportunities.index(name), columns.index_of(columns.AGREEMENTS, column)] = values
    return table
