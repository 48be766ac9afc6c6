"""Save an ensemble to one file and load it elsewhere: its arrays, its scenario and its seed."""

import json
from collections.abc import Mapping
from errno import ENOENT
from hashlib import sha256
from os import strerror
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from simulation.results.axes import Axes
from simulation.results.ensemble import Ensemble
from simulation.results.sealed import RecordChangedError, to_sealed_json, unseal
from simulation.scenario.schema import Scenario

_KIND = "trust between trusts: ensemble"
_NUMBER = "2"
_FORMAT = f"{_KIND} {_NUMBER}"


def save_ensemble(ensemble: Ensemble, path: Path) -> None:
    """Write an ensemble to one `.npz` file, whole or not at all.

    Args:
        ensemble: The ensemble.
        path: The file; `.npz` is added if it is missing.

    Raises:
        OSError: If it cannot be written.
    """
    axes = ensemble.axes
    arrays: dict[str, Any] = {name: getattr(ensemble, name) for name in ensemble.arrays}
    about = {
        "format": _FORMAT,
        "arrays": _digests_of(arrays),
        "scenario": ensemble.scenario.model_dump(mode="json", by_alias=True, exclude_none=True),
        "seed": ensemble.seed,
        "detail_months": ensemble.detail_months,
        "organisations": axes.organisations,
        "relationships": axes.relationships,
        "opportunities": axes.opportunities,
        "memberships": axes.memberships,
    }
    whole = _with_suffix(path)
    if not whole.parent.is_dir():
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(whole))
    partial = whole.with_name(f".{whole.name}.partial.npz")
    try:
        np.savez(partial, allow_pickle=False, about=np.array(to_sealed_json(about)), **arrays)
        partial.replace(whole)
    finally:
        partial.unlink(missing_ok=True)


def load_ensemble(path: Path) -> Ensemble:
    """Read an ensemble that was saved.

    Args:
        path: The file.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it holds no ensemble, was changed after it was written, or has another format.
    """
    whole = _with_suffix(path)
    message = f"{whole} holds no ensemble"
    if whole.exists() and not whole.is_file():
        raise ValueError(f"{message}: it is no regular file")
    try:
        with np.load(whole, allow_pickle=False) as file:
            read = json.loads(str(file["about"]))
            kind, _, number = str(read["format"]).rpartition(" ")
            if kind == _KIND and number != _NUMBER:
                message = f"{whole} has format {number} of ensembles, and this version reads format {_NUMBER}"
            _check(read["format"] == _FORMAT)
            arrays: dict[str, Any] = {name: file[name] for name in file.files if name != "about"}
        message = f"{whole} was changed after it was written: save it again"
        about = unseal(read)
        _check(about["arrays"] == _digests_of(arrays))
        return Ensemble(axes=_axes(about), seed=about["seed"], detail_months=tuple(about["detail_months"]), **arrays)
    except (BadZipFile, EOFError, KeyError, TypeError, ValueError, RecursionError, RecordChangedError):
        raise ValueError(message) from None


def _check(is_right: bool) -> None:
    if not is_right:
        raise ValueError


def _digests_of(arrays: Mapping[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of each array: of its type, its shape and its bytes."""
    return {
        name: sha256(f"{array.dtype.str} {array.shape} ".encode() + np.ascontiguousarray(array).tobytes()).hexdigest()
        for name, array in arrays.items()
    }


def _axes(about: dict[str, Any]) -> Axes:
    return Axes(
        scenario=Scenario.model_validate(about["scenario"]),
        organisations=tuple(about["organisations"]),
        relationships=tuple((trusting, trusted) for trusting, trusted in about["relationships"]),
        opportunities=tuple(about["opportunities"]),
        memberships=tuple((opportunity, member) for opportunity, member in about["memberships"]),
    )


def _with_suffix(path: Path) -> Path:
    return path if path.suffix == ".npz" else path.with_name(f"{path.name}.npz")
