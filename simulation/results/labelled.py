"""An ensemble as xarray datasets, one for each table, for those who work with named axes."""

from typing import TYPE_CHECKING, Any

from simulation.columns import columns_of
from simulation.extras import check_installed
from simulation.results.dates import first_days
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import xarray as xr

    from simulation.results.ensemble import Ensemble


_AXES = {
    "system": ("month",),
    "outturns": ("year", "organisation"),
    "agreements": ("opportunity",),
    "memberships": ("membership",),
    "organisations": ("month", "organisation"),
    "relationships": ("month", "relationship"),
    "opportunities": ("month", "opportunity"),
}
"""The axes of each table after the replicate."""
_OF_ONE_COLUMN = ("outturns", "relationships")
"""Tables whose arrays have no axis for columns."""


def to_xarray(ensemble: "Ensemble") -> "xr.DataTree":
    """Return a tree with a dataset for each table, in which every column is a variable with named axes and a unit.

    Each dataset has only its own axes, so that its `to_dataframe()` has a row for each of its numbers.

    Raises:
        ImportError: If xarray is not installed, or is older than 2024.10.
    """
    check_installed("to_xarray", "xarray")
    from xarray import Dataset, DataTree

    tables = {table: Dataset(*_table(ensemble, table)) for table in _AXES if table in ensemble.arrays}
    about = Dataset(attrs={"title": ensemble.scenario.title, "seed": str(ensemble.seed)})
    return DataTree.from_dict({"/": about, **tables})


def _table(ensemble: "Ensemble", table: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the variables of a table and the coordinates that they need."""
    axes, values = ("replicate", *_AXES[table]), getattr(ensemble, table)
    variables = {}
    for index, column in enumerate(columns_of(table)):
        alone = values if table in _OF_ONE_COLUMN else values[..., index]
        variables[column.name] = (axes, alone, {"long_name": column.label, "units": column.unit})
    months = range(len(ensemble.axes.months)) if table == "system" else ensemble.detail_months
    coordinates = _coordinates(ensemble) | {"month": first_days(ensemble.scenario.start, list(months))}
    chosen = {axis: coordinates[axis] for axis in axes}
    return variables, chosen | _ends(ensemble, table)


def _coordinates(ensemble: "Ensemble") -> dict[str, Any]:
    axes = ensemble.axes
    return {
        "replicate": ensemble.replicates,
        "year": [year.label for year in financial_years(axes.months)],
        "organisation": list(axes.organisations),
        "opportunity": list(axes.opportunities),
        "relationship": [f"{trusting} in {trusted}" for trusting, trusted in axes.relationships],
        "membership": [f"{opportunity}: {organisation}" for opportunity, organisation in axes.memberships],
    }


def _ends(ensemble: "Ensemble", table: str) -> dict[str, Any]:
    """Return the two ends of each relationship or membership, as coordinates beside its name."""
    axes = ensemble.axes
    named: dict[str, tuple[str, tuple[str, str], tuple[tuple[str, str], ...]]] = {
        "relationships": ("relationship", ("trusting", "trusted"), axes.relationships),
        "memberships": ("membership", ("opportunity", "organisation"), axes.memberships),
    }
    if table not in named:
        return {}
    axis, names, pairs = named[table]
    return {name: (axis, [pair[end] for pair in pairs]) for end, name in enumerate(names)}
