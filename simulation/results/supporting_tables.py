"""Write supporting runs as tables of a run's folder, and read them back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.arrow_paths import arrow_path
from simulation.results.financial_year import financial_years
from simulation.results.replicates import Replicates
from simulation.results.study import Study

if TYPE_CHECKING:
    import pandas as pd

BOUNDS = ("all_population_first", "all_institutional")
ASSUMED_OUTTURNS = "assumptions_outturns"
"""Outturns by financial year where assumptions are varied."""


def supporting_tables(study: Study) -> "Iterator[tuple[str, pd.DataFrame]]":
    """Yield the name and the table of each of a scenario's supporting runs."""
    for name in BOUNDS:
        bound: Replicates | None = getattr(study, name)
        if bound is not None:
            yield name, _monthly(bound)
    if study.assumptions is not None:
        yield "assumptions", _monthly(study.assumptions)
        yield "points", _points(study.assumptions)
        if study.assumptions.outturns is not None:
            yield ASSUMED_OUTTURNS, _by_year(study, study.assumptions.outturns)
    if study.holding_out:
        yield "holding_out", _holding_out(study)


def read_supporting_tables(path_of: Callable[[str], Path | None]) -> dict[str, Any]:
    """Read the tables of `supporting_tables`, as fields of a `Study`.

    Args:
        path_of: Returns the file of a table by its name; None if there is none.
    """
    import pyarrow.parquet as pq

    def read(name: str) -> "pd.DataFrame | None":
        path = path_of(name)
        return None if path is None else pq.read_table(arrow_path(path)).to_pandas()

    found: dict[str, Any] = {}
    for name in (*BOUNDS, "assumptions"):
        frame = read(name)
        if frame is not None:
            months = int(frame["month"].max()) + 1
            measures = [column for column in frame.columns if column not in {"replicate", "month"}]
            found[name] = {column: frame[column].to_numpy().reshape(-1, months) for column in measures}
    points, held, by_year = read("points"), read("holding_out"), read(ASSUMED_OUTTURNS)
    parameters = {} if points is None else {c: points[c].to_numpy() for c in points.columns if c != "point"}
    outturns = None if by_year is None else _outturns(by_year)
    fields: dict[str, Any] = {
        name: Replicates(columns=columns, parameters=parameters, outturns=outturns)
        if name == "assumptions"
        else Replicates(columns=columns)
        for name, columns in found.items()
    }
    return fields if held is None else fields | {"holding_out": _held_out(held)}


def _monthly(replicates: Replicates) -> "pd.DataFrame":
    import pandas as pd

    count, months = next(iter(replicates.columns.values())).shape
    index = {"replicate": np.repeat(np.arange(count), months), "month": np.tile(np.arange(months), count)}
    return pd.DataFrame(index | {name: values.ravel() for name, values in replicates.columns.items()})


def _points(varied: Replicates) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame({"point": np.arange(varied.points), **varied.parameters})


def _holding_out(study: Study) -> "pd.DataFrame":
    """Return a row for each organisation that never moves, replicate, year and organisation: outturn, and last gap."""
    import pandas as pd

    frames = []
    for who, replicates in study.holding_out.items():
        shape = (len(replicates), 0, len(study.ensemble.axes.organisations))
        frame = _by_year(study, np.zeros(shape) if replicates.outturns is None else replicates.outturns)
        frame.insert(0, "who_never_moves", who)
        frames.append(frame.assign(gap=replicates["gap"][frame["replicate"], -1]))
    return pd.concat(frames, ignore_index=True)


def _held_out(frame: "pd.DataFrame") -> dict[str, Replicates]:
    return {
        str(who): Replicates(
            columns={"gap": some.groupby("replicate")["gap"].first().to_numpy().reshape(-1, 1)},
            outturns=_outturns(some),
        )
        for who, some in frame.groupby("who_never_moves", sort=False)
    }


def _by_year(study: Study, outturns: NDArray[np.float64]) -> "pd.DataFrame":
    """Return a row for each replicate, year and organisation, £m."""
    import pandas as pd

    axes = study.ensemble.axes
    count, years, wide = outturns.shape
    labels = [year.label for year in financial_years(axes.months)][:years]
    return pd.DataFrame(
        {
            "replicate": np.repeat(np.arange(count), years * wide),
            "year": np.tile(np.repeat(np.asarray(labels, dtype=object), wide), count),
            "organisation": np.tile(np.asarray(axes.organisations, dtype=object), count * years),
            "outturn": outturns.ravel(),
        }
    )


def _outturns(frame: "pd.DataFrame") -> NDArray[np.float64]:
    """Return what `_by_year` wrote, `[replicate, year, organisation]`."""
    shape = (-1, frame["year"].nunique(), frame["organisation"].nunique())
    return np.asarray(frame["outturn"].to_numpy().reshape(shape), dtype=np.float64)
