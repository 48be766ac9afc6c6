"""An ensemble in one file, to be read again elsewhere: the arrays as they are, and what they are about."""

import json
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from simulation.results.axes import Axes
from simulation.results.ensemble import Ensemble
from simulation.scenario.schema import Scenario

_FORMAT = "trust between trusts: ensemble 1"


def save_ensemble(ensemble: Ensemble, path: Path) -> None:
    """Write an ensemble to one `.npz` file; the file is there whole or not at all.

    Args:
        ensemble: What is written.
        path: Where; `.npz` is added if it is not there.

    Raises:
        OSError: If it cannot be written.
    """
    axes = ensemble.axes
    about = {
        "format": _FORMAT,
        "scenario": ensemble.scenario.model_dump(mode="json", by_alias=True, exclude_none=True),
        "seed": ensemble.seed,
        "detail_months": ensemble.detail_months,
        "organisations": axes.organisations,
        "relationships": axes.relationships,
        "opportunities": axes.opportunities,
        "memberships": axes.memberships,
    }
    whole = path if path.suffix == ".npz" else path.with_name(f"{path.name}.npz")
    partial = whole.with_name(f".{whole.name}.partial.npz")
    try:
        arrays: dict[str, Any] = {name: getattr(ensemble, name) for name in ensemble.arrays}
        np.savez(partial, allow_pickle=False, about=np.array(json.dumps(about, ensure_ascii=False)), **arrays)
        partial.replace(whole)
    finally:
        partial.unlink(missing_ok=True)


def load_ensemble(path: Path) -> Ensemble:
    """Read an ensemble that was saved.

    Args:
        path: The file.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it holds no ensemble.
    """
    message = f"{path} holds no ensemble"
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            arrays: dict[str, Any] = {name: file[name] for name in file.files if name != "about"}
    except (BadZipFile, KeyError, TypeError, ValueError):
        raise ValueError(message) from None
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise ValueError(message)
    axes = Axes(
        scenario=Scenario.model_validate(about["scenario"]),
        organisations=tuple(about["organisations"]),
        relationships=tuple((of, trusted) for of, trusted in about["relationships"]),
        opportunities=tuple(about["opportunities"]),
        memberships=tuple((opportunity, member) for opportunity, member in about["memberships"]),
    )
    return Ensemble(axes=axes, seed=about["seed"], detail_months=tuple(about["detail_months"]), **arrays)
