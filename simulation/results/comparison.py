"""Scenarios that were run with common random numbers, with their supporting runs: what charts and papers show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.addresses import Value
from simulation.experiment.schema import PaperTexts
from simulation.results.study import Study
from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of the scenarios that are compared.

    Attributes:
        label: What it is called: its variant, and the values that are put in it.
        variant: Which of the experiment's scenarios it comes from.
        values: What was put in it, by address.
        baseline: Position of the case that it is compared with; None if it is compared with none.
        gaps: The gap in the last month, `[replicate]`, £m a year; NaN where a replicate failed or was not run.
        study: Its replicates, if the tables for it were kept.
    """

    label: str
    variant: str
    values: Mapping[str, Value] = field(default_factory=dict)
    baseline: int | None = None
    gaps: Floats = field(repr=False)
    study: Study | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class LeverCombinations:
    """The gap under every mix of two scenarios.

    Attributes:
        first: Name of the scenario in which nobody has joined.
        second: Name of the one in which all have.
        players: What differs between them.
        gaps: The gap in the last month, `[replicate, first or second, first or second, …]`, an axis of two for each
            player in order, £m a year; only replicates that were run in every lever combination.
    """

    first: str
    second: str
    levers: tuple[str, ...]
    gaps: Floats = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Cases with common random numbers, the baseline first; a single run is a comparison of one.

    Attributes:
        name: What its folder and files are called.
        title: In a line.
        question: What it asks, if that was said.
        seed: Random seed.
        replicates: Replicates of each case.
        model: The version of the model that made it.
        made: The day on which it was first run, YYYY-MM-DD.
        command: What to type to make it again.
        folder: Where it was read from, as it was named.
        scenario: The baseline's.
        cases: What is compared.
        factors: Addresses of what is varied.
        design: How points were chosen, such as grid or sobol.
        attribution: What the difference between two of them is made of.
        paper: What a paper says that no result can tell.
        missing: What was asked for and is not all there, in words.
    """

    name: str
    title: str
    question: str | None = None
    seed: int
    replicates: int
    model: str = ""
    made: str = ""
    command: str = ""
    folder: str = ""
    scenario: Scenario = field(repr=False)
    cases: tuple[Case, ...]
    factors: tuple[str, ...] = ()
    design: str = "grid"
    attribution: LeverCombinations | None = None
    paper: PaperTexts = field(default_factory=PaperTexts)
    missing: tuple[str, ...] = ()

    @property
    def studies(self) -> dict[str, Study]:
        """The cases of which whole replicates are there, by label."""
        return {case.label: case.study for case in self.cases if case.study is not None}

    @property
    def version(self) -> str:
        """The software's version."""
        return self.model.partition("+")[0]


def as_comparison(study: Study, *, name: str = "run", model: str = "", command: str = "") -> Comparison:
    """A single scenario as a comparison of one.

    Args:
        study: Its replicates.
        name: What its files are called.
        model: The version of the model that made it.
        command: What to type to make it again.
    """
    ensemble = study.ensemble
    title = ensemble.scenario.title
    return Comparison(
        name=name,
        title=title,
        seed=ensemble.seed,
        replicates=len(ensemble),
        model=model or study.version,
        made=study.made,
        command=command,
        scenario=ensemble.scenario,
        cases=(Case(label=title, variant=title, gaps=ensemble["gap"][:, -1], study=study),),
    )


def side_by_side(
    studies: Mapping[str, Study],
    *,
    name: str = "comparison",
    title: str = "",
    attribution: LeverCombinations | None = None,
) -> Comparison:
    """Scenarios that were run on one seed as a comparison, the first as the baseline.

    Args:
        studies: Their replicates, by what they are called; one or more.
        name: What its files are called.
        title: What charts call it; the baseline's title if left out.
        attribution: Every mix of two of them, if that was run.
    """
    first = next(iter(studies.values()))
    ensemble = first.ensemble
    return Comparison(
        name=name,
        title=title or ensemble.scenario.title,
        seed=ensemble.seed,
        replicates=len(ensemble),
        model=first.version,
        made=first.made,
        scenario=ensemble.scenario,
        cases=tuple(
            Case(
                label=label,
                variant=label,
                baseline=0 if number else None,
                gaps=study.ensemble["gap"][:, -1],
                study=study,
            )
            for number, (label, study) in enumerate(studies.items())
        ),
        attribution=attribution,
    )
