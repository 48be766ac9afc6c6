"""An ensemble as an xarray dataset, for those who work with named axes."""

from typing import TYPE_CHECKING, Any

from simulation.columns import columns_of
from simulation.extras import check_installed
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import xarray as xr

    from simulation.results.ensemble import Ensemble


_AXES = {
    "system": ("month",),
    "outturns": ("year", "organisation"),
    "agreements": ("opportunity",),
    "memberships": ("membership",),
    "organisations": ("detail_month", "organisation"),
    "relationships": ("detail_month", "relationship"),
    "opportunities": ("detail_month", "opportunity"),
}
"""The axes of each table after the replicate."""
_OF_ONE_COLUMN = ("outturns", "relationships")
"""Tables whose arrays have no axis for columns."""


def to_xarray(ensemble: "Ensemble") -> "xr.Dataset":
    """Return every column as a variable with named axes and a unit; a name in several tables has its table's before it.

    Raises:
        MissingPackageError: If xarray is not installed.
    """
    check_installed("to_xarray", "xarray")
    import xarray as xr

    variables: dict[str, Any] = {}
    for table, axes in _AXES.items():
        if table not in ensemble.arrays:
            continue
        values = getattr(ensemble, table)
        for index, column in enumerate(columns_of(table)):
            own = column.name if table in {"system", "outturns"} else f"{table}_{column.name}"
            alone = values if table in _OF_ONE_COLUMN else values[..., index]
            variables[own] = (("replicate", *axes), alone, {"unit": column.unit})
    return xr.Dataset(variables, coords=_coordinates(ensemble), attrs=_attributes(ensemble))


def _coordinates(ensemble: "Ensemble") -> dict[str, Any]:
    axes = ensemble.axes
    return {
        "replicate": ensemble.replicates,
        "month": list(axes.months),
        "detail_month": [axes.months[month] for month in ensemble.detail_months],
        "year": [year.label for year in financial_years(axes.months)],
        "organisation": list(axes.organisations),
        "opportunity": list(axes.opportunities),
        "relationship": [f"{trusting} in {trusted}" for trusting, trusted in axes.relationships],
        "membership": [f"{opportunity}: {organisation}" for opportunity, organisation in axes.memberships],
    }


def _attributes(ensemble: "Ensemble") -> dict[str, Any]:
    return {"title": ensemble.scenario.title, "seed": str(ensemble.seed)}
