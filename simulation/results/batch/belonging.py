"""Which batches below a batch's folder are its own: those of an earlier version of its experiment stay there."""

from pathlib import Path

from simulation.experiment.schema import SENSITIVITY, name_supporting_folder
from simulation.results.batch.errors import BatchFolderError
from simulation.results.batch.manifest import MANIFEST, Manifest


def belongs(supporting: Manifest, name: str, batch: Manifest) -> bool:
    """Return True if supporting or sensitivity runs are those of a batch: of its model, its seed and its scenarios.

    Args:
        supporting: The record of the runs.
        name: The name of their folder.
        batch: The record of the batch.
    """
    if (supporting.model, supporting.seed) != (batch.model, batch.seed):
        return False
    hashes = {each["name"]: each["hash"] for each in supporting.variants}
    if name.startswith(SENSITIVITY):
        return all(hashes.get(each["name"]) == each["hash"] for each in batch.variants)
    asked = batch.supporting_runs.get(name, {})
    is_named = name_supporting_folder(supporting.supporting, supporting.stretch) == name
    return is_named and all(asked.get(each) == found for each, found in hashes.items())


def other_batches(folder: Path) -> list[Path]:
    """Return the folders of batches below a batch's folder that are not its own, in order; none if it holds no batch.

    Args:
        folder: The batch's folder.
    """
    batch = _record_in(folder)
    if batch is None:
        return []
    below = {path.parent: _record_in(path.parent) for path in sorted(folder.glob(f"*/{MANIFEST}"))}
    return [each for each, found in below.items() if found is None or not belongs(found, each.name, batch)]


def _record_in(folder: Path) -> Manifest | None:
    """Return the record in a folder, which nobody checked; None if there is none that can be read."""
    try:
        return Manifest.read(folder, skip_integrity_check=True)
    except BatchFolderError:
        return None
