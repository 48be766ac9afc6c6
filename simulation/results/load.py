"""Read a folder of results back for charts and papers: a run, or a batch with its supporting runs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.manifest import MANIFEST
from simulation.results.batch.readback import load_batch
from simulation.results.comparison import Comparison, as_comparison
from simulation.results.reading import read_ensemble
from simulation.results.store import RECORD, WITHOUT_LEVERS
from simulation.results.study import Study
from simulation.results.supporting_tables import read_supporting_tables
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError


def results_folder(folder: Path) -> Path:
    """Return a folder of results: the one given, or the only run in it, such as `results/<scenario>` has.

    Args:
        folder: As the user named it. It is returned as it is if it holds results, none, or those of several runs.
    """
    if (folder / MANIFEST).exists() or (folder / RECORD).exists():
        return folder
    runs = [path.parent for path in folder.glob(f"*/{RECORD}")]
    return runs[0] if len(runs) == 1 else folder


def load_comparison(folder: Path | str) -> Comparison:
    """Read the results of a run or of a batch, finished or not.

    Args:
        folder: `results/<scenario>/<run>` of a run, or `results/<experiment>` of a batch.

    Raises:
        NoBatchError: If it holds neither, or what it holds cannot be read.
    """
    place = Path(folder)
    named = place.name if place.is_absolute() or ".." in place.parts else place.as_posix()
    if (place / MANIFEST).exists():
        return replace(load_batch(place), folder=named)
    if (place / RECORD).exists():
        return replace(_load_run(place), folder=named)
    within = sorted(path.parent for path in place.glob(f"*/{RECORD}")) + sorted(
        path.parent for path in place.glob(f"*/{MANIFEST}")
    )
    more = f"; there are results in {', '.join(map(str, within[:3]))}: name one of them" if within else ""
    message = f"{place} holds no results: there is neither {RECORD} nor {MANIFEST} in it{more}"
    raise NoBatchError(message)


def _load_run(folder: Path) -> Comparison:
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        study = _read_study(folder, record)
        within = folder / WITHOUT_LEVERS
        no_joint_action = _read_study(within, record) if within.exists() else None
    except FileNotFoundError as error:
        message = (
            f"{folder} lacks {Path(str(error.filename)).name}; charts and papers need a run with its charts: "
            "run it again without --no-charts"
        )
        raise NoBatchError(message) from None
    except (OSError, ValueError, KeyError, ScenarioError) as error:
        message = f"{folder} cannot be read as the results of a run: {error}"
        raise NoBatchError(message) from None
    source = record.get("source") or "scenario.yaml"
    command = f"trustsim run {source} --replicates {len(study.ensemble)} --seed {study.ensemble.seed}"
    return as_comparison(study, name=folder.parent.name, command=command, no_joint_action=no_joint_action)


def _read_study(folder: Path, record: dict[str, Any]) -> Study:
    """Read a scenario and its supporting runs from the folder that holds their tables."""
    scenario = load_scenario(folder / "scenario.yaml")
    ensemble = read_ensemble(scenario, int(record["seed"]), lambda table: pq.read_table(folder / f"{table}.parquet"))
    return Study(ensemble=ensemble, version=record["version"], made=record["made"], **read_supporting_tables(folder))
