"""The finished parts of a batch and its supporting runs: choices are judged by whole samples alone, with all tables."""

from collections.abc import Collection, Sequence

from simulation.limits import MOST_STUDIES
from simulation.results.batch.opened import Batch
from simulation.results.left_out import Unjudged
from simulation.results.reading import NEEDED

_SAMPLE = "assumptions"
"""The folder of the supporting runs by which choices are judged."""


def is_finished(supporting: Batch, batch: Batch) -> bool:
    """Return True if supporting runs are finished, with all the scenarios for which the batch asks for them by now.

    Args:
        supporting: The supporting runs.
        batch: The batch that they belong to.
    """
    asked = batch.manifest.supporting_runs.get(supporting.folder.name, {})
    return supporting.is_whole and asked.keys() <= {each["name"] for each in supporting.manifest.variants}


def unfinished_parts(batch: Batch, supporting: Sequence[Batch]) -> list[str]:
    """Return the parts of a batch that were not run, or not to the end, in words.

    Args:
        batch: The batch.
        supporting: Its supporting runs, as far as there are any.
    """
    there = {each.folder.name: is_finished(each, batch) for each in supporting}
    parts = [f"{name} (not run)" for name in batch.manifest.supporting_runs if name not in there]
    parts += [f"{name} (not finished)" for name, finished in there.items() if not finished]
    return parts if batch.is_whole else [*parts, "the comparison itself (not finished)"]


def why_unjudged(batch: Batch, finished: Collection[Batch]) -> Unjudged | None:
    """Return why choices are not judged, although assumptions were to be varied; None if nothing is in the way.

    Args:
        batch: The batch.
        finished: Those of its supporting runs that are finished.
    """
    if not batch.is_whole:
        return Unjudged.COMPARISON
    if _SAMPLE not in batch.manifest.supporting_runs or batch.manifest.factors:
        return None
    if _SAMPLE not in {each.folder.name for each in finished}:
        return Unjudged.SAMPLE
    if len(batch.designs) > MOST_STUDIES:
        return Unjudged.TOO_MANY
    return None if set(NEEDED) <= set(batch.manifest.tables) else Unjudged.NO_TABLES
