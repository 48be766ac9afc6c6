"""Read an ensemble back from its tables, bit for bit."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation import columns
from simulation.results.axes import Axes, axes_of, chosen_months
from simulation.results.ensemble import Ensemble
from simulation.results.financial_year import financial_years
from simulation.scenario.schema import Scenario
from simulation.vocabulary import OutcomeClass

Floats = NDArray[np.float64]
Read = Callable[[str], pa.Table]
"""Returns a table of one design by its name, its rows in order."""

NEEDED = ("system", "outturns", "agreements", "memberships", "trust")
"""The tables that an ensemble is read from."""


def read_ensemble(scenario: Scenario, seed: int, read: Read) -> Ensemble:
    """Read the replicates of one scenario, with trust at the months that charts show.

    Args:
        scenario: The scenario that was run.
        seed: Random seed.
        read: Returns each of the tables of `NEEDED`.
    """
    axes, system = axes_of(scenario), read("system")
    months = len(axes.months)
    replicates = np.asarray(system["replicate"])[::months].astype(np.int64)
    shape, shown = (len(replicates),), chosen_months(months)
    return Ensemble(
        axes=axes,
        seed=seed,
        replicates=replicates,
        system=measured(system, columns.SYSTEM._fields).reshape(*shape, months, -1),
        outturns=measured(read("outturns"), ["outturn"]).reshape(
            *shape, len(financial_years(axes.months)), len(axes.organisations)
        ),
        agreements=_agreements(read("agreements"), axes, len(replicates)),
        memberships=measured(read("memberships"), columns.MEMBERSHIPS._fields)
        .reshape(*shape, len(axes.memberships), -1)
        .astype(np.uint16),
        detail_months=shown,
        relationships=measured(read("trust"), ["trust"]).reshape(*shape, len(shown), len(axes.relationships)),
    )


def measured(table: pa.Table, names: Sequence[str]) -> Floats:
    """Return columns of numbers as `[row, column]`; NaN where one is missing."""
    return np.stack([_numbers(table[name]) for name in names], axis=-1)


def _numbers(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _agreements(table: pa.Table, axes: Axes, replicates: int) -> Floats:
    """`[replicate, opportunity, column]`; the table holds programmes only."""
    found = np.full((replicates, len(axes.opportunities), len(columns.AGREEMENTS)), np.nan)
    codes = {
        "outcome": {outcome.label: float(outcome) for outcome in OutcomeClass},
        "lead": {organisation: float(o) for o, organisation in enumerate(axes.organisations)},
    }
    for index, name in enumerate(columns.AGREEMENTS._fields):
        numbers = _coded(table[name], codes[name]) if name in codes else _numbers(table[name])
        found[:, list(axes.programmes), index] = numbers.reshape(replicates, len(axes.programmes))
    return found


def _coded(column: pa.ChunkedArray, codes: dict[str, float]) -> Floats:
    """Return words as their codes; NaN where a word is missing."""
    encoded: Any = column.cast(pa.string()).combine_chunks().dictionary_encode()
    values = np.array([codes[word] for word in encoded.dictionary.to_pylist()] or [np.nan])
    at = encoded.indices.to_numpy(zero_copy_only=False)
    return np.where(np.isnan(at), np.nan, values[np.nan_to_num(at).astype(int)])
