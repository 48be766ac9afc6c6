"""Tidy tables from an ensemble's arrays; pandas is imported when the first table is asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import columns
from simulation.results.financial_year import financial_years
from simulation.vocabulary import OutcomeClass

if TYPE_CHECKING:
    import pandas as pd

    from simulation.results.ensemble import Ensemble


def to_pandas(ensemble: "Ensemble", table: str) -> "pd.DataFrame":
    """Return one tidy table of an ensemble.

    Raises:
        ValueError: If there is no such table, or it was not kept.
    """
    if table not in _TABLES:
        message = f"no table {table!r}; there are {', '.join(_TABLES)}"
        raise ValueError(message)
    if getattr(ensemble, table) is None:
        message = f"the table {table!r} was not kept; ask for it with detail=({table!r},)"
        raise ValueError(message)
    return _TABLES[table](ensemble)


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


def _system(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(_indexed(ensemble, ("month", _months(ensemble))) | _measured(ensemble.system, columns.SYSTEM))


def _outturns(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    years = financial_years(ensemble.axes.months)
    frame = pd.DataFrame(
        _indexed(ensemble, ("year", [year.label for year in years]), ("organisation", ensemble.axes.organisations))
    )
    part = {year.label: year.is_part for year in years}
    return frame.assign(part=frame["year"].map(part), outturn=ensemble.outturns.ravel())


def _agreements(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    programmes = list(ensemble.axes.programmes)
    names = np.asarray(ensemble.axes.opportunities)[programmes]
    frame = pd.DataFrame(
        _indexed(ensemble, ("opportunity", names)) | _measured(ensemble.agreements[:, programmes], columns.AGREEMENTS)
    )
    organisations = dict(enumerate(ensemble.axes.organisations))
    return frame.assign(
        agreed=frame["agreed"].astype("Int64"),
        by_order=frame["by_order"].astype("boolean"),
        outcome=frame["outcome"].map({float(outcome): outcome.label for outcome in OutcomeClass}),
        lead=frame["lead"].map({float(o): organisation for o, organisation in organisations.items()}),
        milestones_met=frame["milestones_met"].astype("int64"),
    )


def _memberships(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    frame = pd.DataFrame(_indexed(ensemble, ("membership", range(len(ensemble.axes.memberships)))))
    opportunity, organisation = np.asarray(ensemble.axes.memberships)[frame.pop("membership")].T
    measured = _measured(ensemble.memberships.astype(np.int64), columns.MEMBERSHIPS)
    return frame.assign(opportunity=opportunity, organisation=organisation, **measured)


def _organisations(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    index = _indexed(ensemble, ("month", ensemble.detail_months), ("organisation", ensemble.axes.organisations))
    return pd.DataFrame(index | _measured(ensemble.organisations, columns.ORGANISATIONS))


def _relationships(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    if ensemble.relationships is None:
        raise ValueError
    index = _indexed(
        ensemble, ("month", ensemble.detail_months), ("relationship", range(len(ensemble.axes.relationships)))
    )
    trusting, trusted = np.asarray(ensemble.axes.relationships)[index.pop("relationship")].T
    return pd.DataFrame(index | {"trusting": trusting, "trusted": trusted, "trust": ensemble.relationships.ravel()})


def _opportunities(ensemble: "Ensemble") -> "pd.DataFrame":
    import pandas as pd

    index = _indexed(ensemble, ("month", ensemble.detail_months), ("opportunity", ensemble.axes.opportunities))
    return pd.DataFrame(index | _measured(ensemble.opportunities, columns.OPPORTUNITIES))


_TABLES: dict[str, Callable[["Ensemble"], "pd.DataFrame"]] = {
    "system": _system,
    "outturns": _outturns,
    "agreements": _agreements,
    "memberships": _memberships,
    "organisations": _organisations,
    "relationships": _relationships,
    "opportunities": _opportunities,
}
