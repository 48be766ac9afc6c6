"""The value of information on the choice at hand (EVPI, EVPPI and EVSI): which things to find out first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.choices import NO_CHOICES, NOT_EACH_DRAWN, Choice, choices_of
from simulation.analysis.information_varied import InquiryKind, asked_of, find_varied, varied_at_all
from simulation.analysis.judged_together import judge_together
from simulation.analysis.survey_worth import RESPONDENTS, SurveyWorth, mean_trust, survey_worths
from simulation.analysis.value_of_information import (
    PartialWorth,
    PerfectWorth,
    at_most_all,
    best_of,
    increments,
    partial_worth,
    perfect_worth,
)
from simulation.formatting import counted
from simulation.results.comparison import Comparison
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

LEAST_POINTS = 60
"""Points from which on the value of information is estimated; of fewer, regressions say too little."""


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """Something that can be found out, and what that is worth.

    Attributes:
        name: The parameter, the address of anything else that varies, or the group.
        label: The same in a board's words.
        kind: Its kind.
        parameters: Names of what would be known.
        worth: The EVPPI, £m of position over the run.
    """

    name: str
    label: str
    kind: InquiryKind
    parameters: tuple[str, ...]
    worth: PartialWorth


@dataclass(frozen=True, kw_only=True, repr=False)
class Information:
    """The value of information on one choice: by how much knowing would raise the place's position over the run, £m.

    Attributes:
        labels: The choices, in the order of the comparison.
        best: The choice with the highest mean position over all points: what is best now.
        points: Number of points.
        replicates: Replicates at each point.
        stretch: Factor by which the ranges of assumptions were stretched.
        perfect: The worth of knowing all assumptions (EVPI).
        groups: The worth of knowing groups of them (EVPPI), the most first.
        single: The worth of knowing each of them alone, the most first.
        surveys: The worth of surveys of trust (EVSI), by number of respondents; none if trust was not varied.
        discount: Rate at which positions are discounted, % a year; 0 for nominal, undiscounted amounts.
        drawn: Number of assumptions that an experiment draws itself, while all others stay; 0 if all were drawn.
    """

    labels: tuple[str, ...]
    best: str
    points: int
    replicates: int
    stretch: float
    perfect: PerfectWorth
    groups: tuple[Inquiry, ...]
    single: tuple[Inquiry, ...]
    surveys: tuple[SurveyWorth, ...]
    discount: float = 0.0
    drawn: int = 0

    def __repr__(self) -> str:
        from simulation.analysis.information_table import information_to_text

        return information_to_text(self)

    def _repr_html_(self) -> str:
        from simulation.analysis.information_table import information_to_html

        return information_to_html(self)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for all assumptions, each group, each assumption and each survey; amounts in £m, shares 0–1."""
        from simulation.analysis.information_table import information_to_pandas

        return information_to_pandas(self)

    @property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """The groups, then single assumptions."""
        return self.groups + self.single

    @property
    def first(self) -> Inquiry | None:
        """The group that is worth most to know, to find out first, else the assumption; None if none is clear."""
        return next((each for each in self.inquiries if each.worth.is_clear), None)

    @property
    def clear(self) -> tuple[Inquiry, ...]:
        """Those of them whose worth is distinguishable from 0, the most first."""
        return tuple(sorted((each for each in self.inquiries if each.worth.is_clear), key=_by_worth))


def information(
    comparison: Comparison,
    *,
    stretch: float | None = None,
    among: Sequence[str] = (),
    respondents: Sequence[int] = RESPONDENTS,
    survey_cost: float | None = None,
) -> Information:
    """Estimate what it would be worth to find out about assumptions before choosing; see `find_information`.

    Args:
        comparison: Cases with common random numbers, such as `run_comparison(..., supporting_runs=True)` returns.
        stretch: Which of the samples of assumptions, by the factor that stretched their ranges.
        among: Labels of the choices that are open; all if left out.
        respondents: Numbers of people who answer a survey of trust, each 1 or more.
        survey_cost: Cost of the survey, £m, 0 or more; that of the experiment file if left out.

    Raises:
        ValueError: If there is nothing to estimate it from (the message says why), a label is not that of a choice, or
            a number is out of its range.
    """
    if any(size < 1 for size in respondents):
        message = f"respondents: each must be 1 or more (given: {min(respondents)})"
        raise ValueError(message)
    if survey_cost is not None and not survey_cost >= 0:
        message = f"survey_cost must be 0 or more (given: {survey_cost})"
        raise ValueError(message)
    choices = choices_of(comparison, stretch)
    unknown = [label for label in among if label not in {choice.label for choice in choices}]
    if choices and unknown:
        there = ", ".join(repr(choice.label) for choice in choices)
        message = f"among: there is no choice {unknown[0]!r}; there are {there}"
        raise ValueError(message)
    open_to = tuple(choice for choice in choices if not among or choice.label in among)
    lack = _lack(open_to)
    if lack:
        message = f"the value of information cannot be estimated: {lack}"
        raise ValueError(message)
    cost = comparison.paper.survey_cost if survey_cost is None else survey_cost
    found = information_of(open_to, comparison.scenario, comparison.seed, respondents, cost)
    return replace(found, discount=comparison.discount)


def find_information(comparison: Comparison) -> Information | None:
    """Estimate what it would be worth to find out about assumptions before choosing.

    The net benefit of a choice at a point is the mean over replicates, with common random numbers, of the place's
    position over the run, costs included.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        None if there are not two choices at the same points, drawn from ranges, or too few points; see
        `information_lack`.
    """
    choices = choices_of(comparison)
    if _lack(choices):
        return None
    cost = comparison.paper.survey_cost
    found = information_of(choices, comparison.scenario, comparison.seed, survey_cost=cost)
    return replace(found, discount=comparison.discount)


def information_lack(comparison: Comparison) -> str:
    """Return why the value of information cannot be estimated; empty if it can.

    Args:
        comparison: Cases with common random numbers.
    """
    return comparison.unjudged or _lack(choices_of(comparison))


def information_of(
    choices: Sequence[Choice],
    place: Scenario,
    seed: int,
    respondents: Sequence[int] = RESPONDENTS,
    survey_cost: float | None = None,
) -> Information:
    """Estimate the value of information on choices that were run at the same points.

    Nothing is worth more than knowing everything: an estimate above that is set to it (`at_most_all`).

    Args:
        choices: Two choices or more, at `LEAST_POINTS` points or more; points with a position that is not known are
            left out.
        place: The place.
        seed: Random seed, 0 or more.
        respondents: Numbers of people who answer a survey of trust.
        survey_cost: Cost of the survey, £m.
    """
    known = _known(choices)
    benefits = np.stack([choice.positions[known] for choice in choices])
    varied = find_varied(choices, known, place)
    against_best = increments(benefits)
    trust = mean_trust({each.name: each.values for each in varied if each.kind is InquiryKind.PARAMETER}, place)
    asked = list(asked_of(varied))
    surveys = () if trust is None else survey_worths(trust, against_best, respondents, seed, survey_cost)
    worths = [partial_worth(each.columns, against_best, seed, words=each.words) for each in asked]
    sizes = [each.columns.shape[1] for each in asked]
    perfect = perfect_worth(benefits)
    judged = at_most_all(judge_together([*worths, *surveys], [*sizes, *[1] * len(surveys)]), perfect)
    found = [
        Inquiry(name=each.name, label=each.label, kind=each.kind, parameters=each.members, worth=worth)
        for each, worth in zip(asked, judged[: len(asked)], strict=True)
    ]
    return Information(
        labels=tuple(choice.label for choice in choices),
        best=choices[best_of(benefits)].label,
        points=benefits.shape[1],
        replicates=benefits.shape[2],
        stretch=choices[0].stretch,
        drawn=choices[0].drawn,
        perfect=perfect,
        groups=tuple(sorted((each for each in found if each.kind is InquiryKind.GROUP), key=_by_worth)),
        single=tuple(sorted((each for each in found if each.kind is not InquiryKind.GROUP), key=_by_worth)),
        surveys=tuple(each for each in judged if isinstance(each, SurveyWorth)),
    )


def _lack(choices: Sequence[Choice]) -> str:
    if len(choices) < 2:
        return NO_CHOICES
    if choices[0].chosen:
        return NOT_EACH_DRAWN
    if not varied_at_all(choices):
        return "no assumption was varied"
    points = int(_known(choices).sum())
    if points < LEAST_POINTS:
        sets = counted(points, "set of assumptions", "sets of assumptions")
        return f"positions are known at {sets}; it takes {LEAST_POINTS}"
    return ""


def _known(choices: Sequence[Choice]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    known = ~np.isnan(np.stack([choice.positions for choice in choices])).any(axis=(0, 2))
    return np.asarray(known)


def _by_worth(each: Inquiry) -> tuple[float, str]:
    return -each.worth.value, each.name
