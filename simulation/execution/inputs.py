"""Load a batch's inputs: experiment files, scenario files, and folders of them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulation.experiment.loading import is_experiment, load_experiment
from simulation.experiment.schema import Experiment, Variant
from simulation.input_files import name_of, readable
from simulation.scenario.document import is_scenario_file
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import Location, Problem, ScenarioError

SCENARIO_REPLICATES = 1000
"""Replicates of a scenario without an experiment, as in `trustsim run`."""


def load_experiments(
    paths: Sequence[str], *, replicates: int | None = None, seed: int | None = None
) -> dict[str, Experiment]:
    """Load experiments; a scenario alone is loaded as an experiment without a comparison.

    Args:
        paths: Experiment files, scenario files, or folders of them.
        replicates: Replicates of each design, instead of the files'.
        seed: Random seed, instead of the files'.

    Returns:
        Each experiment by the path of its file.

    Raises:
        ScenarioError: With every mistake in any of them.
    """
    loaded: dict[str, Experiment] = {}
    problems: list[Problem] = []
    for path in paths:
        files = files_of(path)
        if not files:
            problems.append(Problem(Location(path), "", "there are no *.yaml or *.xlsx files in this folder"))
        for file in files:
            try:
                experiment = load_experiment(file) if is_experiment(file) else _of_scenario(file)
            except ScenarioError as error:
                problems += error.problems
                continue
            loaded[file] = replace(
                experiment,
                source=named(file),
                replicates=experiment.replicates if replicates is None else replicates,
                seed=experiment.seed if seed is None else seed,
            )
    if problems:
        raise ScenarioError(problems)
    return loaded


def folder_of(experiment: Experiment) -> Path:
    """Return the default folder for results; a scenario's is next to those of its runs."""
    folder = Path("results") / experiment.name
    return folder / "batch" if experiment.is_scenario else folder


def files_of(path: str) -> list[str]:
    """Return the file itself, or the scenario files in a folder (YAML and workbooks) by name."""
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    return sorted(str(file) for file in folder.iterdir() if is_scenario_file(file.name) and file.is_file())


def named(file: str) -> str:
    """Return a file's path from this folder, or only its name if it is elsewhere, to keep private folders private."""
    path = Path(file)
    return readable(path.name if path.is_absolute() or ".." in path.parts else path.as_posix())


def _of_scenario(file: str) -> Experiment:
    scenario, name = load_scenario(file), name_of(file)
    return Experiment(
        name=name,
        title=scenario.title,
        seed=1,
        replicates=SCENARIO_REPLICATES,
        variants=(Variant(name=name, scenario=scenario),),
        is_scenario=True,
    )
