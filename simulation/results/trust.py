"""Trust between two organisations over time, and all relationships of a month as a graph."""

from operator import index
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.results.dates import DateLike, as_month, first_days
from simulation.scenario.months import month_of

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from simulation.results.ensemble import Ensemble

Floats = NDArray[np.float64]


def trust_between(ensemble: "Ensemble", trusting: str, trusted: str) -> "pd.DataFrame":
    """Return the trust of one organisation in another, 0–1: a row for each replicate, a column for each kept month.

    Args:
        ensemble: The ensemble.
        trusting: The organisation that trusts: its id, or a part of its name that no other has.
        trusted: The one that is trusted.

    Raises:
        ValueError: If there is no such organisation or relationship, or relationships were not kept.
    """
    kept = _relationships(ensemble)
    pair = tuple(ensemble.scenario.organisation_id(each) for each in (trusting, trusted))
    if pair not in ensemble.axes.relationships:
        others = [other for one, other in ensemble.axes.relationships if one == pair[0]]
        has = f"it has one with {', '.join(others)}" if others else "it has none"
        message = f"{pair[0]} has no relationship with {pair[1]}: they share no programme or contract; {has}"
        raise ValueError(message)
    import pandas as pd

    return pd.DataFrame(
        kept[:, :, ensemble.axes.relationships.index(pair)],
        index=pd.Index(ensemble.replicates, name="replicate"),
        columns=pd.Index(first_days(ensemble.scenario.start, ensemble.detail_months), name="date"),
        copy=True,
    )


def trust_graph(ensemble: "Ensemble", month: int | DateLike) -> "nx.DiGraph[str]":
    """Return the relationships of a month, with the mean trust over replicates on each edge.

    Args:
        ensemble: The ensemble.
        month: A month as YYYY-MM, a day in it, or counted from 0; below 0 counted from the last that was kept.

    Raises:
        ValueError: If there is no such month, or relationships were not kept for it.
    """
    kept = _relationships(ensemble)[:, _kept_month(ensemble, month)].mean(axis=0)
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    scenario = ensemble.scenario
    for each in ensemble.axes.organisations:
        entry = scenario.organisations[each]
        graph.add_node(
            each,
            name=ensemble.axes.organisation_name(each),
            role=str(entry.role),
            sector=scenario.sector_of(each),
            income=float(entry.income),
        )
    for (trusting, trusted), trust in zip(ensemble.axes.relationships, kept, strict=True):
        graph.add_edge(trusting, trusted, trust=float(trust))
    return graph


def _relationships(ensemble: "Ensemble") -> Floats:
    if ensemble.relationships is None:
        message = (
            'relationships were not kept month by month; ask for them with run_ensemble(..., detail=("relationships",))'
        )
        raise ValueError(message)
    return ensemble.relationships


def _kept_month(ensemble: "Ensemble", given: int | DateLike) -> int:
    """Return the index of a month among those that were kept."""
    months, kept = ensemble.axes.months, ensemble.detail_months
    month = as_month(given)
    if isinstance(month, str) and month_of(month) is not None:
        wanted = months.index(month) if month in months else None
    else:
        try:
            number = index(month)
        except TypeError:
            message = f"a month is written YYYY-MM, such as {months[0]}, or counted from 0 (given: {given!r})"
            raise ValueError(message) from None
        wanted = kept[number] if -len(kept) <= number < 0 else number
    if wanted is None or not 0 <= wanted < len(months):
        message = f"month {month} is outside the run, {months[0]} to {months[-1]} (0 to {len(months) - 1})"
        raise ValueError(message)
    if wanted not in kept:
        names = ", ".join(months[each] for each in kept)
        message = f"relationships were not kept for {months[wanted]}; they were for {names}"
        raise ValueError(message)
    return kept.index(wanted)
