"""The named options as scenario files that extend the place, and the experiment that compares them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import limits_sentence
from simulation.analysis.decided_sections import decided_sections
from simulation.analysis.decided_words import called
from simulation.analysis.options import describe_option, reference_of
from simulation.experiment.loading import load_experiment
from simulation.experiment.schema import Experiment
from simulation.formatting import without_joiners
from simulation.results.batch.files import write_whole
from simulation.results.digests import digest_of
from simulation.results.provenance import model_version
from simulation.results.search_record import SearchRecord
from simulation.scenario.files import read_file
from simulation.scenario.writing import data_to_yaml, scenario_data, scenario_hash

OPTIONS = "options"
"""The folder of the scenario files within that of the decision."""


def write_options(decided: Decided, experiment: Experiment, file: Path, folder: Path) -> Path:
    """Write a scenario file for each named option, and the experiment that compares them with the place as it is.

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
    compare: dict[str, Any] = {reference_of(decided.decision.place): {}}
    for index in decided.named:
        option, letter, name = decided.options[index], decided.letter(index), called(decided, index)
        levers = scenario_data(decided.decision.scenario_of(option.candidate))["levers"]
        data: dict[str, Any] = {
            "extends": base,
            "title": f"{decided.decision.place.title}, {without_joiners(name)}",
            "description": f"{without_joiners(describe_option(option))}. Found by trustsim decide.",
            "levers": {str(lever): levers[str(lever)] for lever in option.settings},
        }
        write_whole(options / f"option-{letter}.yaml", data_to_yaml(data).encode())
        compare[without_joiners(name)] = {"scenario": f"option-{letter}.yaml"}
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


def write_record(decided: Decided, experiment: Experiment, folder: Path, asked: Path, files: Sequence[Path]) -> Path:
    """Write what was decided and why as a sealed record, with the digest of each file that was written with it.

    Args:
        decided: The result of a search.
        experiment: The experiment that asked for it.
        folder: The folder of the decision.
        asked: The file in it of the experiment that compares the options.
        files: Files in it.

    Raises:
        OSError: If it cannot be written.
    """
    compared = load_experiment(asked)
    record = SearchRecord(
        name=experiment.name,
        title=experiment.title,
        seed=experiment.seed,
        model=model_version(),
        objectives=list(decided.decision.objectives),
        candidates=decided.candidates,
        is_exhaustive=decided.is_exhaustive,
        excluded=decided.excluded,
        limits=without_joiners(limits_sentence(decided)),
        points=len(decided.options[0].by_point),
        recommended=decided.letter(decided.recommended),
        options={str(decided.letter(index)): decided.options[index].name for index in decided.named},
        rules={str(each.rule): decided.letter(each.index) for each in decided.rules},
        sections=[[head, *map(without_joiners, sentences)] for head, sentences in decided_sections(decided)],
        scenarios={each.name: scenario_hash(each.scenario) for each in compared.variants},
        files={path.relative_to(folder).as_posix(): digest_of(path) for path in sorted(files)},
        source=experiment.source,
    )
    return record.write(folder)


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
