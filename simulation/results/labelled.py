"""An ensemble as an xarray dataset, for those who work with named axes."""

from typing import TYPE_CHECKING, Any

from simulation.results import columns
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import xarray as xr

    from simulation.results.ensemble import Ensemble


def to_xarray(ensemble: "Ensemble") -> "xr.Dataset":
    """Every column as a variable with named axes and its unit; names that recur carry their table's.

    Raises:
        ImportError: If xarray is not installed.
    """
    try:
        import xarray as xr
    except ImportError:
        message = "to_xarray needs xarray, which is not installed: pip install xarray"
        raise ImportError(message) from None
    variables: dict[str, Any] = {}
    for table, (axes, names) in _tables(ensemble).items():
        values = getattr(ensemble, table)
        for position, (name, unit) in enumerate(names.items()):
            own = name if table == "system" else f"{table}_{name}"
            variables[own] = (axes, values[..., position], {"unit": unit})
    variables["outturn"] = (("replicate", "year", "organisation"), ensemble.outturns, {"unit": "£m"})
    if ensemble.relationships is not None:
        told = (("replicate", "detail_month", "relationship"), ensemble.relationships, {"unit": "0–1"})
        variables["relationships_trust"] = told
    return xr.Dataset(variables, coords=_coordinates(ensemble), attrs=_attributes(ensemble))


def _tables(ensemble: "Ensemble") -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
    """The axes and the columns of each table that there is."""
    tables = {
        "system": (("replicate", "month"), columns.SYSTEM),
        "agreements": (("replicate", "opportunity"), columns.AGREEMENTS),
        "memberships": (("replicate", "membership"), columns.MEMBERSHIPS),
        "organisations": (("replicate", "detail_month", "organisation"), columns.ORGANISATIONS),
        "opportunities": (("replicate", "detail_month", "opportunity"), columns.OPPORTUNITIES),
    }
    return {name: told for name, told in tables.items() if name in ensemble.arrays}


def _coordinates(ensemble: "Ensemble") -> dict[str, Any]:
    axes = ensemble.axes
    return {
        "replicate": ensemble.replicates,
        "month": list(axes.months),
        "detail_month": [axes.months[month] for month in ensemble.detail_months],
        "year": [year.label for year in financial_years(axes.months)],
        "organisation": list(axes.organisations),
        "opportunity": list(axes.opportunities),
        "relationship": [f"{of} in {trusted}" for of, trusted in axes.relationships],
        "membership": [f"{opportunity}: {organisation}" for opportunity, organisation in axes.memberships],
    }


def _attributes(ensemble: "Ensemble") -> dict[str, Any]:
    return {"title": ensemble.scenario.title, "seed": str(ensemble.seed)}
