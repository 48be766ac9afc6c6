"""List an experiment's designs, resolve them to scenarios, and run those with the monthly detail that tables need."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from typing import NamedTuple

from simulation.execution.drawn_values import DrawnValues
from simulation.execution.points import Point, points_of
from simulation.experiment.addresses import Value, to_plain
from simulation.experiment.entries import SAMPLED
from simulation.experiment.factors import may_contradict
from simulation.experiment.schema import Experiment, Variant
from simulation.experiment.supporting import WITHIN
from simulation.model.replicate_numbers import replicate_number
from simulation.model.run import Engine, OnProgress, run_designs, run_ensemble
from simulation.results.axes import chosen_months
from simulation.results.ensemble import DETAIL, Ensemble
from simulation.scenario.checks import find_contradictions
from simulation.scenario.problems import Location, Problem, ScenarioError
from simulation.scenario.schema import Scenario


class ListedDesign(NamedTuple):
    """One design of an experiment, of which no scenario is made yet."""

    number: int
    """Counted from 0 in the order of the experiment."""
    variant: Variant
    values: Point
    """A value for each factor; None where the variant's own value is kept."""
    baseline: int | None
    """Number of the design that it is compared with; None if it is compared with none."""
    point: int | None = None
    """The point that is drawn, with random events of its own; None where all points share theirs."""

    def given(self, addresses: Sequence[str]) -> dict[str, Value]:
        """Return the values that are set, by address, from the addresses of all factors."""
        return {address: value for address, value in zip(addresses, self.values, strict=True) if value is not None}

    def resolve(self, addresses: Sequence[str]) -> "ResolvedDesign":
        """Return the design with its scenario, from the addresses of all factors."""
        scenario = self.variant.with_values(self.given(addresses))
        return ResolvedDesign(self.number, self.variant, self.values, scenario, self.baseline, self.point)


class ResolvedDesign(NamedTuple):
    """One design of an experiment with its scenario."""

    number: int
    """Counted from 0 in the order of the experiment."""
    variant: Variant
    values: Point
    """A value for each factor; None where the variant's own value is kept."""
    scenario: Scenario
    baseline: int | None
    """Number of the design that it is compared with; None if it is compared with none."""
    point: int | None = None
    """The point that is drawn, with random events of its own; None where all points share theirs."""


def resolve_designs(experiment: Experiment) -> Iterator[ResolvedDesign]:
    """Yield the designs that `list_designs` lists, each with its scenario.

    Args:
        experiment: With its variants and factors.

    Raises:
        ScenarioError: After the last design, if values that are each valid alone contradict each other.
    """
    check = values_may_contradict(experiment)
    problems: list[Problem] = []
    for listed in list_designs(experiment):
        resolved = listed.resolve(experiment.addresses)
        if check:
            problems += _contradictions(experiment, listed, resolved.scenario)
        yield resolved
    if problems:
        raise ScenarioError(problems)


def values_may_contradict(experiment: Experiment) -> bool:
    """Return True if values that are each valid alone may contradict each other in some design."""
    addresses = [address for address in experiment.addresses if not address.startswith(WITHIN)]
    return may_contradict(addresses, sampled=experiment.design in SAMPLED)


def list_designs(experiment: Experiment) -> Iterator[ListedDesign]:
    """Yield the designs: every variant at every point, without designs that equal an earlier one of the variant.

    A sample keeps all its points, even equal ones: sensitivity indices are calculated from their number and order. Its
    designs have the values that `DrawnValues` gives: none for a parameter that their scenario holds. Points that are
    drawn independently of each other have random events of their own, which all variants share.

    Args:
        experiment: With its variants and factors.
    """
    sampled = experiment.design in SAMPLED
    apart = experiment.has_own_events
    drawn_alone = sampled and len(experiment.variants) == 1 and not (apart and experiment.choices)
    baselines: dict[Point, int] = {}
    number = 0
    for variant in experiment.variants:
        made: dict[Point, int] = {}
        here = [variant.accepts(address) for address in experiment.addresses]
        taken = DrawnValues(experiment, variant)
        all_here = all(here)
        each_once = not apart and not (sampled and all_here)
        for index, point in enumerate(points_of(experiment)):
            values = (
                point if all_here else tuple(value if it_is else None for value, it_is in zip(point, here, strict=True))
            )
            drawn = index % (experiment.points or 1) if apart else None
            compared_at = () if drawn_alone else _where_compared(experiment, point, drawn)
            if variant is experiment.variants[0]:
                baselines.setdefault(compared_at, made.get(values, number))
            if each_once and values in made:
                continue
            if each_once:
                made.setdefault(values, number)
            if sampled:
                values = taken.at(values)
            first = None if drawn_alone else baselines[compared_at]
            yield ListedDesign(number, variant, values, first if first != number else None, drawn)
            number += 1


def run_scenarios(
    scenarios: Iterable[Scenario],
    *,
    tables: Sequence[str] = (),
    replicates: int,
    seed: int,
    first: int = 0,
    points: Sequence[int | None] | None = None,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Iterator[Ensemble]:
    """Run scenarios with common random numbers, or with those of their points, and yield the replicates of each.

    Replicates of each point are counted from its first: `replicate_number` gives the number in the model.

    Args:
        scenarios: Taken as they are needed.
        tables: Tables that will be written. `trust` alone keeps relationships at the months that charts show; any
            other monthly table keeps every month.
        replicates: How many replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        first: The first replicate of each, 0 or more.
        points: The point of each scenario; None for those that share their random events, as all do if left out.
        engine: Which engine runs them.
        threads: How many threads the compiled engine uses; one for each processor if left out.
        progress: Called with the number of replicates done since it was last called.
    """
    detail = [name for name in DETAIL if name in tables or (name == "relationships" and "trust" in tables)]
    if not detail:
        for ensemble in run_designs(
            scenarios,
            replicates=replicates,
            seed=seed,
            first=first,
            points=points,
            engine=engine,
            threads=threads,
            progress=progress,
        ):
            yield _counted(ensemble, first)
        return
    every_month = any(table in DETAIL for table in tables)
    for scenario, point in zip(scenarios, repeat(None) if points is None else points, strict=points is not None):
        ensemble = run_ensemble(
            scenario,
            replicates=replicates,
            seed=seed,
            first=replicate_number(point, first),
            engine=engine,
            detail=detail,
            detail_months=None if every_month else chosen_months(scenario.months),
            threads=threads,
            progress=progress,
        )
        yield _counted(ensemble, first)


def _counted(ensemble: Ensemble, first: int) -> Ensemble:
    """Return replicates counted from the first of their point."""
    return replace(ensemble, replicates=ensemble.replicates - ensemble.replicates[0] + first)


def _where_compared(experiment: Experiment, point: Point, drawn: int | None) -> Point:
    """Return what a design and its baseline have in common: the baseline is the first design that has it.

    Several variants are compared at each point. A single variant is compared with its first choices under the same
    assumptions; one factor at a time, with the scenario as it is.
    """
    if len(experiment.variants) > 1 and drawn is None:
        return point
    if experiment.design == "one-at-a-time":
        return ()
    by_choice = list(zip((factor.is_choice for factor in experiment.factors), point, strict=True))
    if drawn is None:
        return tuple(value for is_choice, value in by_choice if not is_choice)
    return (drawn, *(value for is_choice, value in by_choice if is_choice and len(experiment.variants) > 1))


def _contradictions(experiment: Experiment, design: ListedDesign, scenario: Scenario) -> Iterator[Problem]:
    named = ", ".join(f"{address} = {value}" for address, value in design.given(experiment.addresses).items())
    for finding in find_contradictions(to_plain(scenario), sampled=experiment.design in SAMPLED):
        yield Problem(Location(experiment.name), f"{design.variant.name} with {named}", str(finding))
