"""The choices of a comparison, each at the same points of uncertain assumptions with the same random draws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.assumptions import with_read_parameters
from simulation.analysis.bands import Floats
from simulation.analysis.compare import has_only_choices
from simulation.analysis.place_position import positions_of, varied_positions
from simulation.analysis.resampling import Sampled, sampled_by
from simulation.experiment.addresses import Value
from simulation.formatting import Stretch
from simulation.parameters import TABLE
from simulation.results.case_labels import label_cases
from simulation.results.comparison import Case, Comparison
from simulation.results.repeated_points import find_repeated
from simulation.results.replicates import Replicates, parameter_number
from simulation.scenario.months import month_of

Words = NDArray[np.str_]


class Point(NamedTuple):
    """One set of assumptions."""

    values: tuple[Value | None, ...]
    """A value for each assumption; None stands for the scenario's own."""
    drawn: int | None = None
    """The drawn point that it is, with random events of its own, so that equal values are two points; else None."""


NO_CHOICES = "there are no two choices whose assumptions were varied"
NOT_EACH_DRAWN = "the sets of assumptions were chosen or drawn in steps, and not each by itself from ranges"
"""The reason why nothing can be said of choices where no assumption was varied, or there is one choice."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One choice in all cases. A case is a point, which is one set of assumptions, with one replicate.

    Attributes:
        label: Its name.
        gaps: The gap in the last month, `[point, replicate]`, £m a year.
        positions: The place's position over the whole run, costs included, `[point, replicate]`, £m.
        central_gap: The gap at the scenario's own assumptions, `[replicate]`, £m a year; empty if that was not run.
        central_position: The position in the same way, £m.
        stretch: Factor by which the ranges of assumptions were stretched.
        parameters: Parameters at each point, `[point]` by name; the same for every choice. Where only some choices
            hold a parameter, it is what the others draw; where all do, or no rule reads it in any, it is the same at
            every point.
        own_numbers: Where each of the place's own numbers lies within its range, 0–1, `[point]` by name; empty if they
            were not varied.
        other_numbers: Whatever else was given numbers or months at the points, `[point]` by address; months count.
        words: Whatever was given words, `[point]` by address; a parameter by its name.
        sampled: The part of the cases that is a sample of others.
        drawn: Number of assumptions that an experiment draws itself, while all others stay; 0 if all were drawn.
        unmoved_by: Parameters that change nothing with this choice, since it holds them or no rule reads them.
    """

    label: str
    gaps: Floats = field(repr=False)
    positions: Floats = field(repr=False)
    central_gap: Floats = field(repr=False)
    central_position: Floats = field(repr=False)
    stretch: float = 1.0
    parameters: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    own_numbers: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    other_numbers: Mapping[str, Floats] = field(default_factory=dict, repr=False)
    words: Mapping[str, Words] = field(default_factory=dict, repr=False)
    sampled: Sampled = Sampled.POINTS
    drawn: int = 0
    unmoved_by: frozenset[str] = frozenset()

    @property
    def chosen(self) -> bool:
        """True if the points were chosen by the experiment's design, and not drawn one by one from ranges."""
        return self.sampled is not Sampled.POINTS

    @property
    def drawn_of_model(self) -> int:
        """Number of the model's numbers among those that an experiment draws itself; 0 if all were drawn."""
        return len(self.parameters) if self.drawn else 0

    @property
    def stretch_of_all(self) -> float:
        """The stretch, which knows if more was varied than the model's numbers: the place's own, or words."""
        others = any(map(_differs, self.other_numbers.values())) or bool(self.words)
        return Stretch(self.stretch, with_place=True) if others else self.stretch


def choices_of(comparison: Comparison, stretch: float | None = None) -> tuple[Choice, ...]:
    """Return the choices of a comparison that were run at the same points.

    The points are those of the supporting runs. Where the cases themselves are points, each compared scenario, at each
    value of what a board chooses, is a choice. A point at which a replicate of any choice failed is left out. Where no
    case is a place without levers and that was run, it is a choice too, as the reference.

    Args:
        comparison: Cases with common random numbers.
        stretch: Which of the samples of assumptions, by the factor that stretched their ranges; the sample that the
            paper and the charts show if left out.

    Returns:
        No joint action where it is none of the cases, then the cases in order; nothing if there are not two choices,
        or assumptions were not varied, or no replicate of a compared scenario could be run, or it is not finished.
    """
    if comparison.unjudged or any(each.part == "scenario" for each in comparison.left_out):
        return ()
    found = _supported(comparison, stretch) if has_only_choices(comparison) else _from_points(comparison, stretch)
    return found if len(found) > 1 else ()


def stretches_run(comparison: Comparison) -> tuple[float, ...]:
    """Return the factors by which the ranges of assumptions were stretched in the samples of a comparison, from 0 up.

    Args:
        comparison: Cases with common random numbers.
    """
    studies = comparison.studies_in_tables.values()
    usual = {study.assumptions.stretch for study in studies if study.assumptions is not None}
    return tuple(sorted(usual.union(*(study.stretched for study in studies))))


def points_of(*choices: Choice) -> tuple[tuple[str, ...], Floats]:
    """Return the parameters that differ between points and change something with one of some choices.

    Args:
        choices: One or more of the choices of a comparison.

    Returns:
        Their names and their table, `[point, parameter]`.
    """
    varied = varied_parameters(*choices)
    return tuple(varied), np.column_stack(list(varied.values())) if varied else np.empty((len(choices[0].gaps), 0))


def varied_parameters(*choices: Choice) -> dict[str, Floats]:
    """Return the parameters that differ between points and change something with one of some choices.

    Args:
        choices: One or more of the choices of a comparison.

    Returns:
        `[point]` by name.
    """
    idle = frozenset.intersection(*(each.unmoved_by for each in choices))
    return {name: at for name, at in choices[0].parameters.items() if name not in idle and _differs(at)}


def _supported(comparison: Comparison, stretch: float | None) -> tuple[Choice, ...]:
    samples = [(case, case.study, _sample(case, stretch)) for case in comparison.cases_in_tables]
    known = [(case, study, sample) for case, study, sample in samples if study is not None and sample is not None]
    if not known:
        return ()
    first = known[0][2]
    shape = first.points, len(first), first.stretch
    alike = [each for each in known if (each[2].points, len(each[2]), each[2].stretch) == shape]
    moving = [with_read_parameters(sample, study) for _, study, sample in alike]
    parameters = drawn_by_any(moving)
    return tuple(
        Choice(
            label=case.label,
            gaps=sample["gap"][:, -1].reshape(sample.points, -1),
            positions=varied_positions(study, sample).reshape(sample.points, -1),
            central_gap=case.gaps,
            central_position=_central_position(case),
            stretch=sample.stretch,
            parameters=parameters,
            own_numbers=sample.own_numbers,
            unmoved_by=frozenset(name for name, at in own.parameters.items() if not _differs(at)),
        )
        for (case, study, sample), own in zip(alike, moving, strict=True)
    )


def drawn_by_any(samples: Sequence[Replicates]) -> dict[str, Floats]:
    """Return parameters at each point as those samples have them that hold the fewest.

    Args:
        samples: One or more with the same points; some may hold what others draw.

    Returns:
        Parameters `[point]` by name; one that every sample holds is the same at every point.
    """
    count = {id(each): sum(_differs(values) for values in each.parameters.values()) for each in samples}
    ordered = sorted(samples, key=lambda each: -count[id(each)])
    return {
        name: next((each.parameters[name] for each in ordered if _differs(each.parameters[name])), values)
        for name, values in samples[0].parameters.items()
    }


def _differs(values: Floats) -> bool:
    return bool(len(values) and np.ptp(values) > 0)


def _central_position(case: Case) -> Floats:
    found = positions_of(case)
    return np.full(len(case.gaps), np.nan) if found is None else found


def _sample(case: Case, stretch: float | None) -> Replicates | None:
    if case.study is None:
        return None
    usual = case.study.assumptions
    if stretch is None or (usual is not None and usual.stretch == stretch):
        return usual
    return case.study.stretched.get(stretch)


def _from_points(comparison: Comparison, stretch: float | None) -> tuple[Choice, ...]:
    if stretch is not None:
        return ()
    by_choice = group_points(comparison)
    shared = [
        point
        for point in next(iter(by_choice.values()), {})
        if all(point in cases and _is_whole(cases[point]) for cases in by_choice.values())
    ]
    if not shared:
        return ()
    nothing, (numbers, words) = np.zeros(0), _columns_at(shared, comparison.assumptions)
    known = {row.name for row in TABLE}
    return tuple(
        Choice(
            label=label,
            gaps=np.array([cases[point].gaps for point in shared]),
            positions=np.array([positions_of(cases[point]) for point in shared], dtype=np.float64),
            central_gap=nothing,
            central_position=nothing,
            parameters={name: values for name, values in numbers.items() if name in known},
            other_numbers={name: values for name, values in numbers.items() if name not in known},
            words=words,
            unmoved_by=_unmoved_by(comparison, cases.values()),
            sampled=sampled_by(comparison.design),
            drawn=len(comparison.assumptions),
        )
        for label, cases in by_choice.items()
    )


def _columns_at(points: Sequence[Point], assumptions: Sequence[str]) -> tuple[dict[str, Floats], dict[str, Words]]:
    """Return the assumptions that were given numbers, months or rules of trust, and those that were given words."""
    numbers: dict[str, Floats] = {}
    words: dict[str, Words] = {}
    columns = zip(*(point.values for point in points), strict=True)
    for address, values in zip(assumptions, columns, strict=True):
        name = address.removeprefix("parameters.")
        number_of = parameter_number if address == "parameters.trust_rule" and None not in values else _number_of
        counts = [number_of(value) for value in values]
        if any(count is None for count in counts):
            words[name] = np.array(["" if value is None else str(value) for value in values])
        else:
            numbers[name] = np.array(counts, dtype=np.float64)
    return numbers, words


def _unmoved_by(comparison: Comparison, cases: Iterable[Case]) -> frozenset[str]:
    """Return the parameters that change nothing in any of some cases."""
    variants = {case.variant for case in cases}
    return frozenset.intersection(*(comparison.unread.get(each, frozenset[str]()) for each in variants))


def _number_of(value: Value | None) -> float | None:
    """Return a number as it is and a month by its count; None for words, and for a scenario's own value."""
    return month_of(value) if isinstance(value, str) else value


def group_points(comparison: Comparison) -> dict[str, dict[Point, Case]]:
    """Return the cases of each choice by point.

    A choice is a variant with the values of the factors that a board chooses; a point is the values of the others. A
    variant in which an assumption has no place, such as a lever's strength without levers, has the same case at every
    value of it. Where one factor is varied at a time, each value that is the scenario's own comes to the same point
    again, which is left out.

    Args:
        comparison: Cases with common random numbers.

    Returns:
        For each choice, by its label and in the order of the cases, its case at each point; None stands for the
        scenario's own value.
    """
    cases, assumptions = comparison.cases, comparison.assumptions
    alone = len({case.variant for case in cases}) == 1
    set_in: dict[str, set[str]] = {}
    found: dict[str, dict[Point, Case]] = {}
    variants: dict[str, str] = {}
    chosen = [{name: case.values[name] for name in comparison.choices if name in case.values} for case in cases]
    variants_chosen = [(case.variant, values) for case, values in zip(cases, chosen, strict=True)]
    for case, label in zip(cases, label_cases(variants_chosen, alone=alone), strict=True):
        variants[label] = case.variant
        set_in.setdefault(case.variant, set()).update(case.values.keys() & set(assumptions))
        found.setdefault(label, {})[Point(tuple(map(case.values.get, assumptions)), case.point)] = case
    every = set().union(*set_in.values())
    points = dict.fromkeys(point for label in found if set_in[variants[label]] == every for point in found[label])
    grouped: dict[str, dict[Point, Case]] = {}
    for label, by_own in found.items():
        takes = [address in set_in[variants[label]] for address in assumptions]
        own = {
            point: Point(
                tuple(v if it_does else None for v, it_does in zip(point.values, takes, strict=True)), point.drawn
            )
            for point in points
        }
        grouped[label] = {point: by_own[part] for point, part in own.items() if part in by_own}
    moved = [{point: case.moved for point, case in cases.items()} for cases in grouped.values()]
    again = find_repeated(points, moved)
    return {
        label: {point: case for point, case in cases.items() if point not in again} for label, cases in grouped.items()
    }


def counted_cases(comparison: Comparison) -> tuple[Case, ...]:
    """Return the cases that count: without those of which nothing could be run, and without repeated points.

    Args:
        comparison: Cases with common random numbers.
    """
    return tuple(case for case in distinct_cases(comparison) if not np.isnan(case.gaps).all())


def distinct_cases(comparison: Comparison) -> tuple[Case, ...]:
    """Return the cases without repeated points, which are one set of assumptions with the same random events.

    A sample repeats points where words or whole numbers are all that differs, and one factor at a time where its value
    is the scenario's own.

    Args:
        comparison: Cases with common random numbers.
    """
    if not comparison.factors:
        return comparison.cases
    values = (tuple(map(case.values.get, comparison.factors)) for case in comparison.cases)
    keys = ((case.variant, each, case.point) for case, each in zip(comparison.cases, values, strict=True))
    once = set({key: id(case) for key, case in zip(keys, comparison.cases, strict=True)}.values())
    if any(case.moved is not None for case in comparison.cases):
        once &= {id(case) for cases in group_points(comparison).values() for case in cases.values()}
    return tuple(case for case in comparison.cases if id(case) in once)


def _is_whole(case: Case) -> bool:
    return case.positions is not None and not np.isnan(case.gaps).any()
