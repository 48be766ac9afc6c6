"""Scenarios that were run with common random numbers, with their supporting runs, for charts and papers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.backends import Plot
from simulation.experiment.addresses import Value, with_values
from simulation.experiment.entries import PaperTexts
from simulation.experiment.supporting import name_without_levers
from simulation.known_names import closest
from simulation.limits import MOST_STUDIES
from simulation.results.ensemble import Ensemble
from simulation.results.indices import Sensitivity
from simulation.results.left_out import LeftOut, Unjudged
from simulation.results.lever_combinations import LeverCombinations
from simulation.results.search_record import SearchRecord
from simulation.results.study import Study
from simulation.results.verification import Verification
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

JOINT_ACTION = "joint action"
"""The name of a scenario with its levers, where it is run alone and compared with no joint action."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of the scenarios that are compared.

    Attributes:
        label: Its name: its variant, and the values that are set in it.
        variant: Name of the compared scenario that it comes from.
        values: Values that are set in it, by address.
        baseline: Index of the case that it is compared with; None if it is compared with none.
        point: The drawn point whose random events it has; None if all cases share theirs.
        target: The gap to be reached in the last month, £m a year.
        before_savings: The gap before any savings in the last month, cost shocks included, £m a year.
        gaps: The gap in the last month, `[replicate]`, £m a year; NaN where a replicate was not run. A replicate that
            failed in any case is left out of all.
        positions: The place's position over the whole run, `[replicate]`, £m, nominal; None if not known.
        study: Its replicates, if the tables for it were kept.
        moved: Those of the values that are not the scenario's own already; None if that is not known.
        base: The compared scenario that it comes from, without those values; None if that is not known.
    """

    label: str
    variant: str
    values: Mapping[str, Value] = field(default_factory=dict)
    baseline: int | None = None
    point: int | None = None
    target: float
    before_savings: float
    gaps: Floats = field(repr=False)
    positions: Floats | None = field(default=None, repr=False)
    study: Study | None = field(default=None, repr=False)
    moved: Mapping[str, Value] | None = field(default=None, repr=False)
    base: Scenario | None = field(default=None, repr=False)

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that was run, with the values that are set in it; None if it is not known."""
        if self.study is not None:
            return self.study.ensemble.scenario
        return None if self.base is None else with_values(self.base, self.values)


@dataclass(frozen=True, kw_only=True, repr=False)
class Comparison(Mapping[str, Ensemble]):
    """Cases with common random numbers, the baseline first; a single run is a comparison of one.

    It maps the label of each case whose tables were kept to its ensemble: `comparison["coached"]`, `.items()`.

    Attributes:
        name: The name of its folder and files.
        title: The title, one line.
        question: The question that it answers, if the experiment gives one.
        seed: Random seed.
        replicates: Replicates of each case.
        model: The version of the model that made it.
        made: The day on which it was first run, YYYY-MM-DD.
        command: The command that makes it again.
        folder: The folder that it was read from, as it was named.
        scenario: The baseline's.
        cases: The compared cases.
        no_joint_action: The same place without levers, a supporting run; None if one of the cases is that, or it was
            not run.
        factors: Addresses of the factors.
        choices: Those of them whose values a board chooses; the others are assumptions.
        design: The kind of design, such as grid or sobol.
        attribution: The gap under every combination of the levers in which two of the scenarios differ.
        attribution_over_ranges: The same at points spread over the ranges of all parameters.
        sensitivity: Indices of the parameters by each method that was run, the most telling first.
        paper: Texts for a paper.
        missing: Names of results that are not complete, in words.
        left_out: What is left out of all cases because replicates of one failed.
        unjudged: The reason why nothing allows for uncertain assumptions, although these were to be varied; else None.
        is_checked: False if the results were read without checking that their files are as they were written.
        other_model: The versions of the model that made the results and that reads them, in words, if they differ.
        verification: What was found when replicates were run again; None if that was not done.
        search: The record of the search that found what is compared; None if it was not found so.
        unread: Those of the parameters among the factors that no rule reads in any case of a compared scenario, by its
            name.
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
    no_joint_action: Case | None = field(default=None, repr=False)
    factors: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    design: str = "grid"
    attribution: LeverCombinations | None = None
    attribution_over_ranges: LeverCombinations | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    paper: PaperTexts = field(default_factory=PaperTexts)
    missing: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unjudged: Unjudged | None = None
    is_checked: bool = True
    other_model: str = ""
    verification: Verification | None = None
    search: SearchRecord | None = field(default=None, repr=False)
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        from simulation.results.comparison_display import comparison_to_text

        return comparison_to_text(self)

    def _repr_html_(self) -> str:
        from simulation.results.comparison_display import comparison_to_html

        return comparison_to_html(self)

    def __getitem__(self, label: str) -> Ensemble:
        """Return the replicates of a case.

        Args:
            label: Its label.

        Raises:
            KeyError: If there is no such case, or its tables were not kept.
        """
        studies = self.studies
        if label not in studies:
            meant = closest(label, studies)
            hint = f"did you mean {meant!r}?" if meant else f"there are {', '.join(map(repr, studies)) or 'none'}"
            message = f"there is no case {label!r} whose tables were kept; {hint}"
            raise KeyError(message)
        return studies[label].ensemble

    def __iter__(self) -> Iterator[str]:
        """Yield the labels of the cases whose tables were kept, in order."""
        return iter(self.studies)

    def __len__(self) -> int:
        """Return the number of cases whose tables were kept."""
        return len(self.studies)

    def __bool__(self) -> bool:
        """Return True: a comparison whose tables were not kept has gaps."""
        return True

    def to_pandas(self, table: str = "system") -> "pd.DataFrame":
        """Return one tidy pandas table of all cases, with their labels in the column `scenario`.

        Args:
            table: As in `Ensemble.to_pandas`.

        Raises:
            ValueError: If there is no such table, or it was kept of no case.
        """
        import pandas as pd

        frames = []
        for label, study in self.studies.items():
            frames.append(study.ensemble.to_pandas(table))
            frames[-1].insert(0, "scenario", label)
        if not frames:
            message = "no scenario's tables were kept; the experiment needs detail"
            raise ValueError(message)
        return pd.concat(frames, ignore_index=True)

    @property
    def plot(self) -> Plot:
        """The charts of these results: `plot("scenario_table")`; `plot.names` lists them."""
        return Plot(self)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Addresses of the factors that are assumptions: a set of their values is a point."""
        return tuple(address for address in self.factors if address not in self.choices)

    @property
    def has_sets_of_assumptions(self) -> bool:
        """True if the cases differ in what is varied as an assumption; False if they differ in choices alone."""
        return len(self.cases) > 1 and bool(self.assumptions)

    @property
    def studies(self) -> dict[str, Study]:
        """The cases that have whole replicates, by label."""
        return {case.label: case.study for case in self.cases if case.study is not None}

    @property
    def cases_in_tables(self) -> tuple[Case, ...]:
        """No joint action if it was run beside the cases, then the cases: all that a table has a row for."""
        return self.cases if self.no_joint_action is None else (self.no_joint_action, *self.cases)

    @property
    def studies_in_tables(self) -> dict[str, Study]:
        """Those of them that have whole replicates, by label."""
        return {case.label: case.study for case in self.cases_in_tables if case.study is not None}

    @property
    def no_tables(self) -> str:
        """The reason why a case has no study, without a full stop."""
        return Unjudged.TOO_MANY if len(self.cases) > MOST_STUDIES else "the tables for it were not kept"

    @property
    def discount(self) -> float:
        """Rate at which analyses discount money over several years, % a year; 0 for nominal, undiscounted amounts."""
        return max((study.discount for study in self.studies.values()), default=0.0)

    @property
    def version(self) -> str:
        """The software's version."""
        return self.model.partition("+")[0]


def as_comparison(
    study: Study, *, name: str = "run", command: str = "", no_joint_action: Study | None = None
) -> Comparison:
    """Return a single scenario as a comparison of one.

    Args:
        study: Its replicates.
        name: The name of its files.
        command: The command that makes it again.
        no_joint_action: Replicates of the same place without levers, if it was run.
    """
    title = study.ensemble.scenario.title
    alone = replace(side_by_side({title: study}, name=name), command=command)
    return alone if no_joint_action is None else with_reference(alone, name_without_levers([title]), no_joint_action)


def with_reference(comparison: Comparison, name: str, study: Study) -> Comparison:
    """Return a comparison with the same place without levers beside its cases.

    A single scenario that goes by the title of its place is called joint action then: the title names the place, which
    both are of.

    Args:
        comparison: The cases.
        name: The name of the place without levers.
        study: Its replicates.
    """
    cases = comparison.cases
    if len(cases) == 1 and cases[0].label == comparison.scenario.title:
        cases = (replace(cases[0], label=JOINT_ACTION),)
    return replace(comparison, cases=cases, no_joint_action=case_of(name, study))


def case_of(label: str, study: Study, *, baseline: int | None = None) -> Case:
    """Return a scenario as one of the cases of a comparison.

    Args:
        label: Its name.
        study: Its replicates.
        baseline: Index of the case that it is compared with; None if it is compared with none.
        point: The drawn point whose random events it has; None if all cases share theirs.
    """
    return Case(
        label=label,
        variant=label,
        baseline=baseline,
        target=study.ensemble.target,
        before_savings=gap_before_savings(study),
        gaps=study.ensemble["gap"][:, -1],
        positions=study.ensemble["cumulative_position"][:, -1],
        study=study,
        base=study.ensemble.scenario,
    )


def gap_before_savings(study: Study) -> float:
    """Return the do-nothing gap in the last month, £m a year: the mean over replicates, shocks included."""
    return float(study.ensemble["do_nothing"][:, -1].mean())


def side_by_side(
    studies: Mapping[str, Study],
    *,
    name: str = "comparison",
    title: str = "",
    attribution: LeverCombinations | None = None,
    attribution_over_ranges: LeverCombinations | None = None,
) -> Comparison:
    """Return scenarios that were run with one seed as a comparison, the first as the baseline.

    Args:
        studies: Their replicates, by name; one or more.
        name: The name of its files.
        title: The title in charts; the baseline's title if left out.
        attribution: The gap under every lever combination of two of them, if that was run.
        attribution_over_ranges: The same over the ranges of the parameters, if that was run.
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
            case_of(label, study, baseline=0 if number else None)
            for number, (label, study) in enumerate(studies.items())
        ),
        left_out=first.left_out,
        attribution=attribution,
        attribution_over_ranges=attribution_over_ranges,
    )
