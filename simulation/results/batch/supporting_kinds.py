"""Names for the designs of supporting runs, and why their folders, within another's, have no paper of their own."""

from collections.abc import Mapping
from pathlib import Path

from simulation.experiment.schema import SENSITIVITY, SupportingKind
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.manifest import MANIFEST
from simulation.results.store import RECORD

_DESIGN = ("design", "designs")

UNITS: Mapping[str, tuple[str, str]] = {
    "attribution": ("lever combination", "lever combinations"),
    "attribution-ranges": ("lever combination at a set of assumptions", "lever combinations at sets of assumptions"),
    "fixed-stances": ("scenario with fixed stances", "scenarios with fixed stances"),
}
"""Names of one and of several designs of kinds that are neither compared scenarios nor sets of assumptions."""


def unit_of(kind: SupportingKind | None) -> tuple[str, str]:
    """Return what one and several designs of a batch are called.

    Args:
        kind: The kind of supporting runs; None for an experiment that a file asks for.
    """
    return _DESIGN if kind is None else UNITS.get(kind, _DESIGN)


def folder_above(folder: Path) -> Path:
    """Return the folder that holds a folder, however that is named.

    Args:
        folder: A folder of supporting runs.
    """
    return folder.parent if folder.name not in {"", ".."} else folder.resolve().parent


def refuse_supporting(folder: Path, kind: SupportingKind | None) -> None:
    """Raise an error if a folder holds supporting runs: they are no comparison by themselves.

    Args:
        folder: The folder.
        kind: The kind of supporting runs in it; None if it holds a run, or an experiment that a file asks for.

    Raises:
        NoBatchError: If it holds supporting runs. The message says which folder to name.
    """
    if kind is None:
        return
    above = folder_above(folder)
    way = f"name the folder above, {above}"
    if not any((above / name).exists() for name in (MANIFEST, RECORD)):
        again = " at the same seed" if kind.startswith(SENSITIVITY) else ""
        way = f"run `trustsim batch`{again} and name its folder, {above}"
    message = f"{folder} holds supporting runs ({kind}), which are no comparison of their own; {way}"
    raise NoBatchError(message)
