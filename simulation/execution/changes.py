"""The table of a finished batch that compares each organisation's books with the baseline's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.analysis.organisation_changes import OrganisationChange, changes_of, changes_to_pandas
from simulation.experiment.schema import Variant
from simulation.limits import MOST_STUDIES
from simulation.results.axes import axes_of
from simulation.results.batch.omitted import omitted_of
from simulation.results.batch.opened import Batch
from simulation.results.batch.readback import most_held, read_outturns
from simulation.results.batch.replacing import replace_files
from simulation.results.batch.store import CHANGES


def write_changes(folder: Path, variants: Sequence[Variant]) -> None:
    """Write each organisation's change against the baseline, if outturns were kept of a few designs with a baseline.

    Args:
        folder: The folder of a batch whose replicates were all run.
        variants: Its compared scenarios.
    """
    table = changes_table(Batch.open(folder), {each.name: each for each in variants})
    if table is not None:
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        replace_files(folder, {CHANGES: sink.getvalue().to_pybytes()})


def changes_table(batch: Batch, variants: Mapping[str, Variant] | None = None) -> pa.Table | None:
    """Return each organisation's change against the baseline; None if there is nothing to compare, or too much.

    Args:
        batch: A batch whose replicates were all run.
        variants: The compared scenarios by name; read from the batch's own folder if left out.
    """
    if "outturns" not in batch.manifest.tables or len(batch.designs) > MOST_STUDIES:
        return None
    scenarios, outturns = read_outturns(batch, variants)
    found: list[OrganisationChange] = []
    labels = batch.labels()
    omitted = omitted_of(batch)
    lost = [each for each in omitted.replicates if each < most_held(batch)]
    for design in batch.designs:
        if design.number in omitted.designs or design.baseline in omitted.designs:
            continue
        base = None if design.baseline is None else batch.designs[design.baseline]
        if base is None:
            continue
        axes, of_base = axes_of(scenarios[design.number]), axes_of(scenarios[base.number])
        is_alike = (axes.organisations, axes.months) == (of_base.organisations, of_base.months)
        if is_alike and len(lost) < len(outturns[design.number]):
            differences = np.delete(outturns[design.number] - outturns[base.number], lost, axis=0)
            found += changes_of(labels[design.number], labels[base.number], axes, differences)
    return pa.Table.from_pandas(changes_to_pandas(found), preserve_index=False) if found else None
