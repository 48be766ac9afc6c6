"""What a batch is given: experiment files, plain scenarios, and folders of either."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulation.experiment.loading import is_experiment, load_experiment
from simulation.experiment.schema import Experiment, Variant
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import Problem, ScenarioError

SCENARIO_REPLICATES = 1000
"""Replicates of a plain scenario, as in a run of it."""


def load_experiments(
    paths: Sequence[str], *, replicates: int | None = None, seed: int | None = None
) -> dict[str, Experiment]:
    """Read all that is to be run; a plain scenario is an experiment that compares nothing.

    Args:
        paths: Experiment files, scenario files, or folders of them.
        replicates: Replicates of each design, in place of what files say.
        seed: Random seed, in place of what files say.

    Returns:
        Each experiment by the path of its file.

    Raises:
        ScenarioError: With all that is wrong in any of them.
    """
    loaded: dict[str, Experiment] = {}
    problems: list[Problem] = []
    for path in paths:
        files = files_of(path)
        if not files:
            problems.append(Problem(path, None, None, "", "there are no *.yaml files in this folder"))
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
    """Where results go unless another folder is named; a scenario's beside its runs."""
    folder = Path("results") / experiment.name
    return folder / "batch" if experiment.is_scenario else folder


def files_of(path: str) -> list[str]:
    """The file itself, or the *.yaml files in a folder by name."""
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    return sorted(str(file) for file in folder.iterdir() if file.suffix in {".yaml", ".yml"} and file.is_file())


def named(file: str) -> str:
    """A file as a reader elsewhere can be told of it: its path from here, else its name alone."""
    path = Path(file)
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()


def _of_scenario(file: str) -> Experiment:
    scenario, name = load_scenario(file), Path(file).stem
    return Experiment(
        name=name,
        title=scenario.title,
        seed=1,
        replicates=SCENARIO_REPLICATES,
        variants=(Variant(name=name, scenario=scenario),),
        is_scenario=True,
    )
