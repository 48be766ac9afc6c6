"""Tidy tables from an ensemble's arrays; pandas and polars are imported when a table is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import columns
from simulation.extras import check_installed
from simulation.known_names import check_name
from simulation.results.dates import dates_beside
from simulation.results.financial_year import financial_years
from simulation.vocabulary import OutcomeClass

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from simulation.results.ensemble import Ensemble


def to_pandas(ensemble: "Ensemble", table: str, *, dates: bool = True) -> "pd.DataFrame":
    """Return one tidy pandas table of an ensemble.

    Args:
        ensemble: The ensemble.
        table: The name of the table.
        dates: False to leave out the dates of months, as files do.

    Raises:
        ValueError: If there is no such table, or it was not kept.
    """
    import pandas as pd

    return pd.DataFrame(_columns_of(ensemble, table, dates=dates))


def to_polars(ensemble: "Ensemble", table: str) -> "pl.DataFrame":
    """Return one tidy polars table of an ensemble.

    Args:
        ensemble: The ensemble.
        table: The name of the table.

    Raises:
        ImportError: If polars is not installed.
        ValueError: If there is no such table, or it was not kept.
    """
    check_installed("to_polars", "polars")
    import polars

    found = _columns_of(ensemble, table, dates=True)
    if table == "agreements":  # the only one with columns that may be missing
        return polars.from_pandas(to_pandas(ensemble, table))
    return polars.DataFrame(found, nan_to_null=True)


def _columns_of(ensemble: "Ensemble", table: str, *, dates: bool) -> dict[str, Any]:
    """Return the columns of a table, with the date of each month after it."""
    check_name("table", table, _TABLES)
    if getattr(ensemble, table) is None:
        message = f"the table {table!r} was not kept; ask for it with detail=({table!r},)"
        raise ValueError(message)
    found = _TABLES[table](ensemble)
    return dates_beside(found, ensemble.scenario.start) if dates else found


def _indexed(ensemble: "Ensemble", *axes: tuple[str, Any]) -> dict[str, Any]:
    """Return the columns that index a table: the replicate, then each named axis, in the order of the arrays."""
    named = [("replicate", ensemble.replicates), *axes]
    grids = np.meshgrid(*[np.arange(len(labels)) for _, labels in named], indexing="ij")
    return {name: np.asarray(labels)[grid.ravel()] for (name, labels), grid in zip(named, grids, strict=True)}


def _measured(array: Any, table: Any) -> dict[str, Any]:
    flat = array.reshape(-1, len(table))
    return {name: flat[:, index] for name, index in table._asdict().items()}


def _months(ensemble: "Ensemble") -> Any:
    return np.arange(len(ensemble.axes.months))


def _system(ensemble: "Ensemble") -> dict[str, Any]:
    return _indexed(ensemble, ("month", _months(ensemble))) | _measured(ensemble.system, columns.SYSTEM)


def _outturns(ensemble: "Ensemble") -> dict[str, Any]:
    years = financial_years(ensemble.axes.months)
    numbers = _indexed(ensemble, ("year", range(len(years))), ("organisation", ensemble.axes.organisations))
    year = numbers["year"]
    labels, part = np.array([each.label for each in years]), np.array([each.is_part for each in years])
    return numbers | {"year": labels[year], "part": part[year], "outturn": ensemble.outturns.ravel()}


def _agreements(ensemble: "Ensemble") -> dict[str, Any]:
    import pandas as pd

    programmes = list(ensemble.axes.programmes)
    names = np.asarray(ensemble.axes.opportunities)[programmes]
    measured = _measured(ensemble.agreements[:, programmes], columns.AGREEMENTS)
    organisations = dict(enumerate(ensemble.axes.organisations))
    return (
        _indexed(ensemble, ("opportunity", names))
        | measured
        | {
            "agreed": pd.Series(measured["agreed"]).astype("Int64"),
            "by_order": pd.Series(measured["by_order"]).astype("boolean"),
            "outcome": pd.Series(measured["outcome"]).map({float(each): each.label for each in OutcomeClass}),
            "lead": pd.Series(measured["lead"]).map({float(o): name for o, name in organisations.items()}),
            "milestones_met": measured["milestones_met"].astype(np.int64),
        }
    )


def _memberships(ensemble: "Ensemble") -> dict[str, Any]:
    found = _indexed(ensemble, ("membership", range(len(ensemble.axes.memberships))))
    opportunity, organisation = np.asarray(ensemble.axes.memberships)[found.pop("membership")].T
    measured = _measured(ensemble.memberships.astype(np.int64), columns.MEMBERSHIPS)
    return found | {"opportunity": opportunity, "organisation": organisation} | measured


def _organisations(ensemble: "Ensemble") -> dict[str, Any]:
    index = _indexed(ensemble, ("month", ensemble.detail_months), ("organisation", ensemble.axes.organisations))
    return index | _measured(ensemble.organisations, columns.ORGANISATIONS)


def _relationships(ensemble: "Ensemble") -> dict[str, Any]:
    if ensemble.relationships is None:
        raise ValueError
    pairs = ensemble.axes.relationships
    found = _indexed(ensemble, ("month", ensemble.detail_months), ("relationship", range(len(pairs))))
    trusting, trusted = np.asarray(pairs)[found.pop("relationship")].T
    return found | {"trusting": trusting, "trusted": trusted, "trust": ensemble.relationships.ravel()}


def _opportunities(ensemble: "Ensemble") -> dict[str, Any]:
    index = _indexed(ensemble, ("month", ensemble.detail_months), ("opportunity", ensemble.axes.opportunities))
    return index | _measured(ensemble.opportunities, columns.OPPORTUNITIES)


_TABLES: dict[str, Callable[["Ensemble"], dict[str, Any]]] = {
    "system": _system,
    "outturns": _outturns,
    "agreements": _agreements,
    "memberships": _memberships,
    "organisations": _organisations,
    "relationships": _relationships,
    "opportunities": _opportunities,
}
