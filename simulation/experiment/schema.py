"""An experiment: one place under several named changes and varied numbers, compared with common random numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulation.experiment.addresses import Value, parse_address, resolve_address, to_plain, with_values
from simulation.scenario.schema import Scenario

DistributionKind = Literal["uniform", "triangular", "normal"]
DesignKind = Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "morris", "random"]
SAMPLED: tuple[DesignKind, ...] = ("latin-hypercube", "sobol", "morris", "random")
"""Designs that draw points, and must be told how many."""

DEFAULT_REPLICATES = 200

SupportingKind = Literal["assumptions", "fixed-stances", "attribution"]
"""What is run beside an experiment, each a batch of its own in the experiment's folder."""


@dataclass(frozen=True, kw_only=True)
class Values:
    """Values to be tried one by one."""

    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """A distribution of values, for designs that draw points.

    Attributes:
        distribution: Its shape; a range without steps is uniform.
        low: The least value; for months, months since January of the year 0.
        high: The largest value, counted likewise.
        mode: Where a triangular one is highest.
        mean: The middle of a normal one before it is cut off at low and high.
        sd: Standard deviation of the same.
        counts: What the values are: any number, whole numbers, or months.
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
    """What is varied: a dotted address in the scenario and the values that go there."""

    address: str
    """As the file writes it, such as `levers.coaching.strength` or `levers.*.from`."""
    values: Values | Distribution


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One of the scenarios that are compared."""

    name: str
    scenario: Scenario = field(repr=False)

    def accepts(self, address: str) -> bool:
        """Whether an address leads to anything here; only one with `*` may not."""
        path = parse_address(address)
        return "*" not in path or bool(resolve_address(to_plain(self.scenario, str(path[0])), path))

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """This variant's scenario with values put at addresses, which are not checked against each other.

        Args:
            given: Values by address.

        Raises:
            ValueError: If an address leads nowhere, or a value cannot stand there.
        """
        return with_values(self.scenario, given) if given else self.scenario


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """What is to be told of two of the compared scenarios: how much each thing that differs is worth.

    Attributes:
        first: Name of the one that all levers are added to.
        second: Name of the one that has all of them.
        replicates: Replicates of each lever combination; never more than the experiment's.
    """

    first: str
    second: str
    replicates: int = 200


@dataclass(frozen=True, kw_only=True)
class AssumptionSample:
    """How the ranges of the parameters are sampled for every compared scenario: a Latin hypercube.

    Attributes:
        points: How many sets of parameters.
        replicates: Replicates of each; never more than the experiment's.
    """

    points: int = 256
    replicates: int = 40


@dataclass(frozen=True, kw_only=True)
class PaperTexts:
    """What the paper for a board says that no result can tell.

    Attributes:
        title: Its title; the experiment's if left out.
        audience: Whom it is for, such as Finance Committee.
        ask: What is asked of them.
    """

    title: str | None = None
    audience: str | None = None
    ask: str | None = None


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """What an experiment file asks for."""

    name: str
    """The file's name without its ending."""
    title: str
    seed: int
    replicates: int
    """How many replicates of each design."""
    variants: tuple[Variant, ...]
    """What is compared, the baseline first; one variant if nothing is."""
    question: str | None = None
    factors: tuple[Factor, ...] = ()
    design: DesignKind = "grid"
    points: int | None = None
    """How many points a sampled design draws: points of a Latin hypercube or random sample, base points of a Sobol
    sample, trajectories of a Morris one."""
    detail: tuple[str, ...] = ()
    """Tables to keep besides the monthly summary."""
    attribution: Attribution | None = None
    """Which two of the compared scenarios are taken apart."""
    assumptions: AssumptionSample | None = None
    """How the ranges of the parameters are sampled, if they are."""
    fixed_stances: int | None = None
    """Replicates of each compared scenario in which one organisation never moves, or nobody does; None for none."""
    paper: PaperTexts = PaperTexts()
    source: str = ""
    """The file that asked for it, as it was named."""
    is_scenario: bool = False
    """Whether it is a plain scenario, which compares and varies nothing."""
    supporting: SupportingKind | None = None
    """Which study beside another experiment this is; None for one that a file asks for."""
