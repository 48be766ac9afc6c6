"""The named options as scenario files that extend the place, and the experiment that compares them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.analysis.decided import Decided
from simulation.analysis.options import LONGEST_NAME, NOTHING, describe_option, name_option
from simulation.experiment.schema import Experiment
from simulation.formatting import without_joiners
from simulation.results.batch.files import write_whole
from simulation.results.digests import digest_of
from simulation.results.provenance import model_version
from simulation.results.sealed import to_sealed_json
from simulation.scenario.files import read_file
from simulation.scenario.writing import data_to_yaml, scenario_data

OPTIONS = "options"
"""The folder of the scenario files within that of the decision."""

COMPARISON = "comparison"
"""The folder of the batch that compares the options."""


RECORD = "decision.json"
"""The record of a decision."""


def option_names(decided: Decided) -> list[str]:
    """Return the names of the named options in an experiment: A: coaching from April 2016, £2.1m.

    Args:
        decided: The result of a search.
    """
    names = []
    for index in decided.named:
        option, prefix = decided.options[index], f"{decided.letter(index)}: "
        names.append(f"{prefix}{name_option(option.settings, option.cost, LONGEST_NAME - len(prefix))}")
    return names


def write_options(decided: Decided, experiment: Experiment, file: Path, folder: Path) -> Path:
    """Write a scenario file for each named option, and the experiment that compares them with no joint action.

    Args:
        decided: The result of a search.
        experiment: The experiment that asked for it.
        file: Its file.
        folder: The folder of the decision, which exists.

    Returns:
        The file of the experiment.

    Raises:
        OSError: If they cannot be written.
    """
    options = folder / OPTIONS
    options.mkdir(exist_ok=True)
    for old in options.glob("*.yaml"):
        old.unlink()
    written = _written(file)
    place = Path(os.path.normpath(file.parent / str(written["scenario"])))
    base = _from(options, place)
    compare: dict[str, Any] = {_baseline(decided): {}}
    for index, name in zip(decided.named, option_names(decided), strict=True):
        option, letter = decided.options[index], decided.letter(index)
        levers = scenario_data(decided.decision.scenario_of(option.candidate))["levers"]
        data: dict[str, Any] = {
            "extends": base,
            "title": f"{decided.decision.place.title}, option {name}",
            "description": f"{without_joiners(describe_option(option))}. Found by trustsim decide.",
            "levers": {str(lever): levers[str(lever)] for lever in option.settings},
        }
        write_whole(options / f"option-{letter}.yaml", data_to_yaml(data).encode())
        compare[name] = {"scenario": f"option-{letter}.yaml"}
    also = ("question", "paper", "fixed_stances")
    asked: dict[str, Any] = {
        "title": experiment.title,
        "scenario": base,
        "seed": experiment.seed,
        "replicates": experiment.replicates,
        "compare": compare,
        "assumptions": written.get("assumptions", {}),
        **{name: written[name] for name in also if name in written},
    }
    path = options / f"{experiment.name}.yaml"
    write_whole(path, data_to_yaml(asked).encode())
    return path


def write_record(decided: Decided, experiment: Experiment, folder: Path, files: Sequence[Path]) -> Path:
    """Write what was decided and why as a sealed record, with the digest of each file that was written with it.

    Args:
        decided: The result of a search.
        experiment: The experiment that asked for it.
        folder: The folder of the decision.
        files: Files in it.

    Raises:
        OSError: If it cannot be written.
    """
    data = {
        "format": 1,
        "name": experiment.name,
        "title": experiment.title,
        "seed": experiment.seed,
        "model": model_version(),
        "objectives": list(decided.decision.objectives),
        "candidates": decided.candidates,
        "is_exhaustive": decided.is_exhaustive,
        "points": len(decided.options[0].by_point),
        "recommended": decided.letter(decided.recommended),
        "options": {str(decided.letter(index)): decided.options[index].name for index in decided.named},
        "rules": {str(each.rule): decided.letter(each.index) for each in decided.rules},
        "files": {path.relative_to(folder).as_posix(): digest_of(path) for path in sorted(files)},
    }
    path = folder / RECORD
    write_whole(path, to_sealed_json(data).encode())
    return path


def _written(file: Path) -> dict[str, Any]:
    """Return what an experiment file holds; it was loaded before."""
    tree, _ = read_file(file, str(file))
    data = None if tree is None else tree.to_plain()
    if not isinstance(data, dict):
        message = f"{file} can no longer be read"
        raise OSError(message)
    return data


def _from(folder: Path, place: Path) -> str:
    """Return the path of a file from a folder, with slashes; the whole path if they have no folder in common."""
    try:
        return Path(os.path.relpath(place, folder)).as_posix()
    except ValueError:
        return place.absolute().as_posix()


def _baseline(decided: Decided) -> str:
    return "as it stands" if decided.decision.place.levers else NOTHING
