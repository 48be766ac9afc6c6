"""Write supporting runs as tables of a run's folder, and read them back."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.results.replicates import Replicates
from simulation.results.study import Study

if TYPE_CHECKING:
    import pandas as pd

BOUNDS = ("all_population_first", "all_institutional")


def supporting_tables(study: Study) -> "Iterator[tuple[str, pd.DataFrame]]":
    """Yield the name and the table of each of a scenario's supporting runs."""
    for name in BOUNDS:
        bound: Replicates | None = getattr(study, name)
        if bound is not None:
            yield name, _monthly(bound)
    if study.assumptions is not None:
        yield "assumptions", _monthly(study.assumptions)
        yield "points", _points(study.assumptions)
    if study.holding_out:
        yield "holding_out", _holding_out(study)


def read_supporting_tables(folder: Path) -> dict[str, Any]:
    """Read the tables of `supporting_tables` from a folder, as fields of a `Study`."""
    import pandas as pd

    def read(name: str) -> "pd.DataFrame | None":
        path = folder / f"{name}.parquet"
        return pd.read_parquet(path) if path.exists() else None

    found: dict[str, Any] = {}
    for name in (*BOUNDS, "assumptions"):
        frame = read(name)
        if frame is not None:
            months = int(frame["month"].max()) + 1
            measures = [column for column in frame.columns if column not in {"replicate", "month"}]
            found[name] = {column: frame[column].to_numpy().reshape(-1, months) for column in measures}
    points, held = read("points"), read("holding_out")
    parameters = {} if points is None else {c: points[c].to_numpy() for c in points.columns if c != "point"}
    fields: dict[str, Any] = {
        name: Replicates(columns=columns, parameters=parameters if name == "assumptions" else {})
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
    """Return a row for each organisation that never moves, replicate and organisation: outturn, and the last gap."""
    import pandas as pd

    organisations = np.asarray(study.ensemble.axes.organisations, dtype=object)
    frames = []
    for who, replicates in study.holding_out.items():
        outturns = np.zeros((len(replicates), 0)) if replicates.outturns is None else replicates.outturns
        count, wide = outturns.shape
        frames.append(
            pd.DataFrame(
                {
                    "who_never_moves": who,
                    "replicate": np.repeat(np.arange(count), wide),
                    "organisation": np.tile(organisations, count),
                    "outturn": outturns.ravel(),
                    "gap": np.repeat(replicates["gap"][:, -1], wide),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _held_out(frame: "pd.DataFrame") -> dict[str, Replicates]:
    wide = frame["organisation"].nunique()
    return {
        str(who): Replicates(
            columns={"gap": some["gap"].to_numpy()[::wide].reshape(-1, 1)},
            outturns=some["outturn"].to_numpy().reshape(-1, wide),
        )
        for who, some in frame.groupby("who_never_moves", sort=False)
    }
