"""Turn an experiment into its designs, and into the tasks that run them."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Self

from simulation.execution.designs import ResolvedDesign, resolve_designs
from simulation.execution.points import count_points
from simulation.execution.rounds import SMALLEST_ROUND, rounds_until
from simulation.execution.tasks import DesignRequest, Task
from simulation.experiment.addresses import Value
from simulation.experiment.schema import LAST_MONTH_ALONE, Experiment
from simulation.limits import MOST_DESIGNS
from simulation.results.batch.manifest import Design
from simulation.results.batch.tables import ENDS, TABLES
from simulation.results.provenance import model_version
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import Fingerprints

_REPLICATES = 2048
"""Replicates of the reference place in one task: a quarter of a second."""

_REFERENCE = 40 * 928
"""Months times meetings of the reference place."""

_NUMBERS = 2**22
"""Numbers of monthly detail in one task at most: 32 MB."""


class TooManyDesignsError(Exception):
    """An experiment with too many designs."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The designs of a batch, and the tasks that run them.

    Attributes:
        experiment: The experiment.
        designs: All designs, by number.
        tables: Names of the tables to keep.
        model: Version of the model.
    """

    experiment: Experiment
    designs: tuple[Design, ...] = field(repr=False)
    tables: tuple[str, ...]
    model: str

    @property
    def replicates(self) -> int:
        """Replicates of all designs."""
        return len(self.designs) * self.experiment.replicates

    def with_at_least(self, replicates: int) -> Self:
        """Return the same plan with at least so many replicates of each design; supporting runs stay as they are."""
        if self.experiment.supporting is not None or self.experiment.replicates >= replicates:
            return self
        return replace(self, experiment=replace(self.experiment, replicates=replicates))

    def scenario(self, design: Design) -> Scenario:
        """Return the resolved scenario of a design."""
        return self.experiment.variants[self._indices[design.variant]].with_values(self._overrides(design))

    def tasks(self, held: Mapping[str, Sequence[tuple[int, int]]], replicates: int) -> Iterator[Task]:
        """Yield tasks for the missing replicates, in the order in which to run them.

        Args:
            held: Replicates that were run before, by identity of design: spans of first and the one after the last.
            replicates: Replicates that each design must have in the end.
        """
        for first, after in rounds_until(replicates, self.largest_round):
            by_span: dict[tuple[int, int], list[Design]] = {}
            for design in self.designs:
                for span in _without(first, after, held.get(design.identity, ())):
                    by_span.setdefault(span, []).append(design)
            for (start, end), designs in sorted(by_span.items()):
                for some in _chunks(designs, max(1, self._replicates_at_once // (end - start))):
                    yield self.task(some, start, end - start)

    def count_missing(self, held: Mapping[str, Sequence[tuple[int, int]]], replicates: int) -> int:
        """Return how many replicates the tasks would run.

        Args:
            held: Replicates that were run before, as in `tasks`.
            replicates: Replicates that each design must have in the end.
        """
        spans = (_without(0, replicates, held.get(each.identity, ())) for each in self.designs)
        return sum(span.after - span.first for each in spans for span in each)

    def task(self, designs: Iterable[Design], first: int, count: int) -> Task:
        """Return a task for some replicates of some designs."""
        requests = tuple(
            DesignRequest(
                number=design.number,
                scenario_hash=design.scenario_hash,
                point=design.point,
                variant=self._indices[design.variant],
                overrides=tuple(self._overrides(design).items()),
            )
            for design in designs
        )
        return Task(
            variants={variant: self._variants[variant] for variant in sorted({each.variant for each in requests})},
            designs=requests,
            first=first,
            count=count,
            seed=self.experiment.seed,
            tables=self.tables,
            model=self.model,
        )

    @property
    def largest_round(self) -> int:
        """Replicates of each design in the largest round."""
        return max(SMALLEST_ROUND, min(1024, self._replicates_at_once))

    @cached_property
    def _replicates_at_once(self) -> int:
        """Replicates of one task, which must take about a quarter of a second and fit in memory."""
        scenarios = [variant.scenario for variant in self.experiment.variants]
        by_time = _REPLICATES * _REFERENCE / max(scenario.months * _meetings(scenario) for scenario in scenarios)
        by_memory = _NUMBERS / max(1, *(_numbers(scenario, self.tables) for scenario in scenarios))
        return max(1, min(_REPLICATES, int(by_time), int(by_memory)))

    @cached_property
    def _indices(self) -> dict[str, int]:
        return {variant.name: index for index, variant in enumerate(self.experiment.variants)}

    @cached_property
    def _variants(self) -> tuple[bytes, ...]:
        return tuple(pickle.dumps(variant) for variant in self.experiment.variants)

    def _overrides(self, design: Design) -> dict[str, Value]:
        return {a: v for a, v in zip(self.experiment.addresses, design.values, strict=True) if v is not None}


def expected_designs(experiment: Experiment) -> int:
    """Return the most designs that an experiment may have: every variant at every point.

    Args:
        experiment: What to run.
    """
    return count_points(experiment) * len(experiment.variants)


def plan_batch(experiment: Experiment, progress: Callable[[int], None] | None = None) -> Plan:
    """Resolve every design of an experiment.

    Args:
        experiment: What to run.
        progress: Called with the number of designs resolved since the last call.

    Raises:
        ScenarioError: If values that are valid one by one contradict each other.
        TooManyDesignsError: If there are more than a million designs.
    """
    check_expected(experiment)
    return plan_of(experiment, resolve_designs(experiment), progress)


def check_expected(experiment: Experiment) -> None:
    """Check that an experiment hasn't too many designs.

    Args:
        experiment: What to run.

    Raises:
        TooManyDesignsError: If there are more than a million designs.
    """
    expected = expected_designs(experiment)
    if expected > MOST_DESIGNS:
        message = (
            f"{experiment.name} asks for {expected:,} designs, more than {MOST_DESIGNS:,}; "
            "vary fewer factors, or draw a sample with design: {kind: latin-hypercube, points: 1000}"
        )
        raise TooManyDesignsError(message)


def plan_of(
    experiment: Experiment, designs: Iterable[ResolvedDesign], progress: Callable[[int], None] | None = None
) -> Plan:
    """Return the plan of some designs of an experiment.

    Args:
        experiment: What to run.
        designs: All of its designs, or some.
        progress: Called with the number of designs planned since the last call.
    """
    kept = ENDS if experiment.supporting in LAST_MONTH_ALONE else "system"
    tables = tuple(table for table in TABLES if table == kept or table in experiment.detail)
    planned = tuple(_designs(designs, progress))
    return Plan(experiment=experiment, designs=planned, tables=tables, model=model_version())


def _designs(designs: Iterable[ResolvedDesign], progress: Callable[[int], None] | None) -> Iterator[Design]:
    fingerprints = Fingerprints()
    for each in designs:
        yield Design(
            number=each.number,
            variant=each.variant.name,
            values=each.values,
            scenario_hash=fingerprints.hash_of(each.scenario),
            baseline=each.baseline,
            point=each.point,
        )
        if progress is not None:
            progress(1)


def _chunks(designs: Iterable[Design], size: int) -> Iterator[list[Design]]:
    rest = iter(designs)
    while some := list(islice(rest, size)):
        yield some


class _Span(NamedTuple):
    first: int
    after: int


def _without(first: int, after: int, held: Sequence[tuple[int, int]]) -> Iterator[_Span]:
    """Yield the parts of a span that are not held; held spans are in order and do not touch."""
    for start, end in held:
        if start > first:
            yield from [_Span(first, min(start, after))] if first < after else []
        first = max(first, end)
    if first < after:
        yield _Span(first, after)


def _meetings(scenario: Scenario) -> int:
    return 1 + sum(len(each.participants) * (len(each.participants) - 1) for each in scenario.opportunities.values())


def _numbers(scenario: Scenario, tables: Sequence[str]) -> int:
    """Estimate how many numbers the tables hold for one replicate."""
    members = sum(len(each.participants) for each in scenario.opportunities.values())
    a_month = {
        "system": 14,
        "organisations": 6 * len(scenario.organisations),
        "relationships": _meetings(scenario),
        "opportunities": 6 * len(scenario.opportunities),
    }
    once = {
        "outturns": len(scenario.organisations) * (2 + scenario.months // 12),
        "agreements": 8 * len(scenario.opportunities),
        "memberships": 2 * members,
        "trust": 3 * _meetings(scenario),
        ENDS: 2,
    }
    return sum(scenario.months * a_month.get(table, 0) + once.get(table, 0) for table in tables)
