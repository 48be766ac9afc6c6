"""The supporting runs in a run's folder, as sets of tables that are compared with replicates run again."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulation.execution.part_tables import Again, PartTables, run_again
from simulation.execution.plan import Plan, plan_batch
from simulation.execution.run import RunRequest
from simulation.experiment.schema import Experiment, Values
from simulation.experiment.supporting import ALL_INSTITUTIONAL, ALL_POPULATION_FIRST, PARAMETERS, with_held
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.manifest import Design
from simulation.results.provenance import RunRecord
from simulation.results.replicates import VARIED, parameter_number
from simulation.results.store import WITHOUT_LEVERS
from simulation.results.supporting_tables import ASSUMED_OUTTURNS, BOUNDS
from simulation.scenario.schema import Scenario

_ASSUMPTIONS = ("assumptions", "points", ASSUMED_OUTTURNS)
_HOLDING_OUT = "holding_out"


class _Kind(NamedTuple):
    """One kind of supporting runs: its name, its files without their ending, how they are read and run again."""

    name: str
    tables: tuple[str, ...]
    read: Callable[[Path, Plan, str, Design], pa.Table]
    again: Callable[[Plan, Design, int], Again]


def supporting_parts(folder: Path, scenario: Scenario, record: RunRecord) -> Iterator[PartTables]:
    """Yield the supporting runs that a run's record lists, but for the same place without levers.

    Args:
        folder: The run's folder.
        scenario: The scenario that was run.
        record: The run's record.
    """
    request = RunRequest(name="run", scenario=scenario, replicates=record.replicates, seed=record.seed)
    own = request.experiment.variants[0].name
    for experiment in request.supporting:
        if experiment.supporting == "no-joint-action":
            continue
        within = "" if experiment.variants[0].name == own else WITHOUT_LEVERS
        kind = _kind_of(experiment)
        paths = {name: f"{within}/{name}.parquet".lstrip("/") for name in kind.tables}
        if not record.files.keys() >= {*paths.values()}:
            continue
        plan = plan_batch(experiment)
        yield PartTables(
            name=f"{within}/{kind.name}".lstrip("/"),
            folder=within,
            spans=[(design, 0, experiment.replicates) for design in plan.designs],
            failed=frozenset(),
            read=partial(kind.read, folder / within, plan),
            again=partial(kind.again, plan),
            files={f"{name}.parquet": record.files[path] for name, path in paths.items()},
            is_whole=True,
        )


def _kind_of(experiment: Experiment) -> _Kind:
    if experiment.supporting == "assumptions":
        return _Kind("assumptions", _ASSUMPTIONS, _read_assumptions, _assumptions_again)
    (factor,) = experiment.factors
    if isinstance(factor.values, Values) and factor.values.values == (ALL_POPULATION_FIRST, ALL_INSTITUTIONAL):
        return _Kind("bounds", BOUNDS, _read_bound, _bound_again)
    return _Kind("fixed-stances", (_HOLDING_OUT,), _read_holding_out, _holding_out_again)


def _read_bound(folder: Path, _plan: Plan, table: str, _design: Design) -> pa.Table:
    return _read(folder, table)


def _bound_again(plan: Plan, design: Design, replicate: int) -> Again:
    return {BOUNDS[design.number]: _columns(run_again(plan, design, replicate), "system", "month", "gap")}


def _read_assumptions(folder: Path, plan: Plan, table: str, design: Design) -> pa.Table:
    """Return the rows of a point by their place, as readers do; its replicates are counted from 0 at each point."""
    rows, each = _read(folder, table), plan.experiment.replicates
    if table == "points":
        row = rows.slice(design.number, 1)
        return pa.concat_tables([row.append_column("replicate", pa.array([n] * len(row))) for n in range(each)])
    size = rows.num_rows // len(plan.designs)
    here = rows.slice(design.number * size, size)
    at = here.column_names.index("replicate")
    return here.set_column(at, "replicate", pc.subtract(here["replicate"], design.number * each))


def _assumptions_again(plan: Plan, design: Design, replicate: int) -> Again:
    made = run_again(plan, design, replicate)
    names = [address.removeprefix(PARAMETERS) for address in plan.experiment.addresses]
    taken = with_held(plan.experiment.addresses, design.values, plan.scenario(design))
    values = [parameter_number(value) for value in taken]
    return {
        "assumptions": _columns(made, "system", "month", *VARIED),
        "points": pa.table({"point": [design.number], **dict(zip(names, ([each] for each in values), strict=True))}),
        ASSUMED_OUTTURNS: _columns(made, "outturns", "year", "organisation", "outturn"),
    }


def _read_holding_out(folder: Path, _plan: Plan, table: str, design: Design) -> pa.Table:
    rows = _read(folder, table)
    return rows.filter(pc.equal(rows["who_never_moves"], design.values[0]))


def _holding_out_again(plan: Plan, design: Design, replicate: int) -> Again:
    made = run_again(plan, design, replicate)
    rows, system = _columns(made, "outturns", "year", "organisation", "outturn"), made["system"]
    if rows is None or system is None:
        return {_HOLDING_OUT: None}
    last = system["gap"][len(system) - 1].as_py()
    return {_HOLDING_OUT: rows.append_column("gap", pa.array(np.full(len(rows), last)))}


def _read(folder: Path, table: str) -> pa.Table:
    return pq.read_table(arrow_path(folder / f"{table}.parquet"))


def _columns(made: Mapping[str, pa.Table | None], table: str, *names: str) -> pa.Table | None:
    rows = made[table]
    return None if rows is None else rows.select(names)
