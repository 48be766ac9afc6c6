"""An experiment as it is run: compared scenarios, varied numbers and a design, all of them resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from simulation.experiment.addresses import Value, parse_address, resolve_address, to_plain, with_values
from simulation.experiment.decide import Decision
from simulation.experiment.entries import (
    DRAWN_APART,
    AssumptionSample,
    Attribution,
    DesignKind,
    DistributionKind,
    PaperTexts,
)
from simulation.scenario.every import EVERY
from simulation.scenario.schema import Scenario

SupportingKind = Literal[
    "no-joint-action",
    "assumptions",
    "stretched",
    "fixed-stances",
    "attribution",
    "attribution-ranges",
    "sensitivity-sobol",
    "sensitivity-morris",
    "sensitivity-latin-hypercube",
]
"""The kinds of supporting runs, each a batch of its own in the experiment's folder."""

SENSITIVITY = "sensitivity-"
"""Start of the kinds that `trustsim sensitivity` makes; `trustsim batch` neither makes nor reads them."""

LAST_MONTH_ALONE = frozenset[SupportingKind | None]({"stretched", "attribution", "attribution-ranges"})
"""The kinds of which nothing but gap and position in the last month is read, or kept."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """Values to try one by one."""

    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """A distribution of values, for designs that draw points.

    Attributes:
        distribution: The shape; a range without steps is uniform.
        low: The lowest value; for months, in months since January of the year 0.
        high: The highest value, in the same unit.
        mode: The most likely value of a triangular distribution.
        mean: The mean of a normal distribution before it is cut off at low and high.
        sd: The standard deviation of a normal distribution before it is cut off, above 0.
        counts: The kind of the values: any numbers, whole numbers, or months.
    """

    distribution: DistributionKind
    low: float
    high: float
    mode: float | None = None
    mean: float | None = None
    sd: float | None = None
    counts: Literal["number", "whole", "month"] = "number"


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A varied quantity: a dotted address in the scenario and the values that are set there."""

    address: str
    """The address as in the file, such as `levers.coaching.strength` or `levers.*.from`."""
    values: Values | Distribution
    is_choice: bool = False
    """True if a board chooses the value; False if it is an assumption, so that no value is preferred to another."""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One of the scenarios that are compared."""

    name: str
    scenario: Scenario = field(repr=False)

    def accepts(self, address: str) -> bool:
        """Return True if an address leads to a value in this scenario; only an address with `*` may lead to none."""
        path = parse_address(address)
        return EVERY not in path or bool(resolve_address(to_plain(self.scenario, str(path[0])), path))

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """Return this variant's scenario with values set at addresses, which are not checked against each other.

        Args:
            given: Values by address.

        Raises:
            ValueError: If an address leads nowhere, or a value is not valid there.
        """
        return with_values(self.scenario, given) if given else self.scenario

    def scenario_below(self, _given: Mapping[str, Value | None], /) -> Scenario:
        """Return the scenario whose own parameters hold where assumptions are drawn, at some values by address."""
        return self.scenario


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """An experiment file with everything that it requests."""

    name: str
    """The file's name without its extension."""
    title: str
    seed: int
    replicates: int
    """Replicates of each design."""
    variants: tuple[Variant, ...]
    """The compared scenarios, the baseline first; a single one if nothing is compared."""
    question: str | None = None
    factors: tuple[Factor, ...] = ()
    design: DesignKind = "grid"
    points: int | None = None
    """How many points a sampled design draws: points of a Latin hypercube or random sample, base points of a Sobol
    sample, trajectories of a Morris one."""
    detail: tuple[str, ...] = ()
    """Tables to keep besides the monthly summary."""
    attribution: Attribution | None = None
    """The two compared scenarios whose difference is divided among levers; None if no attribution is asked for."""
    assumptions: AssumptionSample | None = None
    """How the ranges of the parameters are sampled; None if they are not."""
    fixed_stances: int | None = None
    """Replicates of each compared scenario with organisations that never move; None if it is not asked for."""
    decision: Decision | None = None
    """The choices and their limits; None if the file has no `decide` block."""
    paper: PaperTexts = field(default_factory=PaperTexts)
    source: str = ""
    """The experiment file, as the user named it."""
    is_scenario: bool = False
    """True for a plain scenario, which compares and varies nothing."""
    supporting: SupportingKind | None = None
    """The kind of supporting runs of another experiment that this is; None for an experiment that a file asks for."""
    stretch: float = 1.0
    """In supporting runs of assumptions, the factor by which the ranges of all parameters were stretched."""

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of the factors."""
        return tuple(factor.address for factor in self.factors)

    @property
    def choices(self) -> tuple[str, ...]:
        """Addresses of the factors whose values a board chooses; the others are assumptions."""
        return tuple(factor.address for factor in self.factors if factor.is_choice)

    @property
    def has_own_events(self) -> bool:
        """True if each point has random events of its own: points are drawn as cases, not to measure what moves them.

        Sensitivity runs have the same events at all points, so that the number of a replicate stands for its chance.
        """
        is_sensitivity = self.supporting is not None and self.supporting.startswith(SENSITIVITY)
        return bool(self.factors) and self.design in DRAWN_APART and not is_sensitivity

    @property
    def supporting_folder(self) -> str:
        """The name of the folder for these supporting runs within the experiment's own; empty if it is none."""
        return name_supporting_folder(self.supporting, self.stretch)


def name_supporting_folder(kind: SupportingKind | None, stretch: float) -> str:
    """Return the name of the folder for supporting runs within their experiment's own; empty for an experiment.

    Args:
        kind: The kind of supporting runs; None for an experiment that a file asks for.
        stretch: The factor by which the ranges of parameters were stretched.
    """
    return f"{kind}-{stretch:g}" if kind == "stretched" else kind or ""
