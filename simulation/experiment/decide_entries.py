"""The `decide` block of an experiment file, field by field: what may be chosen, within what limits, and by what."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from simulation.levers import Lever
from simulation.limits import MOST_DESIGNS, MOST_REPLICATES
from simulation.scenario.evidence import Number
from simulation.scenario.fields import FinancialYear, FrozenDict, Id, MoneyOrNone, MoneyRateOrNone, Month, Months, Part

Objective = Literal["gap", "position", "position_at_horizon", "worst_off"]
"""A measure by which candidates are compared, besides their cost."""


def _as_list(raw: Any) -> Any:
    return raw if isinstance(raw, list | tuple) else (raw,)


_Positive = Annotated[float, Number("0 to 1", gt=0, le=1)]
Strengths = Annotated[
    tuple[_Positive, ...], BeforeValidator(_as_list, json_schema_input_type=_Positive | tuple[_Positive, ...])
]
StartMonths = Annotated[
    tuple[Month, ...], BeforeValidator(_as_list, json_schema_input_type=Month | tuple[Month, ...] | None)
]


class LeverOptions(Part):
    """The ways in which one lever may be pulled; it need not be pulled at all."""

    cost: MoneyRateOrNone
    """Cost at full strength, £m a year: at strength 0.5, half of it is charged."""
    strengths: Strengths = (1.0,)
    """The strengths to choose from, above 0 and up to 1: a list, or a single one."""
    from_: StartMonths = Field((), alias="from")
    """The first months to choose from: a list, or a single one; the start if left out."""
    ramp: Months = 1
    """Months to full strength."""
    only: tuple[Id, ...] | None = None
    """The organisations, programmes or contracts that it acts on; all if left out."""


class DecideEntry(Part):
    """A search for the levers to pull: which, how strongly and from when, within limits."""

    levers: Annotated[FrozenDict[Lever, LeverOptions], Field(min_length=1)]
    """The levers that may be pulled, by name, each with its cost and the strengths and months to choose from."""
    budget: MoneyOrNone | None = None
    """The most that all levers together may cost over the run, £m; no limit if left out."""
    budget_each_year: MoneyOrNone | None = None
    """The most that they may cost in each financial year, £m."""
    budget_by_year: Annotated[FrozenDict[FinancialYear, MoneyOrNone], Field(min_length=1)] | None = None
    """The most that they may cost in financial years by name, £m, such as {2016/17: 2}, in place of the above."""
    most_levers: Annotated[int, Field(strict=True, ge=1)] | None = None
    """The most levers that may be pulled."""
    exclude: tuple[tuple[Lever, ...], ...] = ()
    """Lists of levers of which no two may be pulled together, such as [[coaching, top_down_instruction]]."""
    not_worse_off: tuple[Id, ...] = ()
    """Organisations whose position over the run, by the mean, must not be worse than without these levers."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = ("gap", "worst_off")
    """The measures to choose by besides cost, the first one for regret and the recommendation: gap (in the last month),
    position (of the place, over the run), position_at_horizon (in the last month, as £m a year), worst_off (the change
    of the position of the organisation that loses most)."""
    points: Annotated[int, Field(strict=True, ge=16, le=MOST_REPLICATES)] = 512
    """Sets of assumptions, drawn from the ranges of all parameters, at which the best candidates are compared."""
    replicates: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 4
    """Replicates of each candidate at each of these points."""
    evaluations: Annotated[int, Field(strict=True, ge=1, le=MOST_DESIGNS)] = 6000
    """The most candidates that the search runs at first, at few points; all of them are run where there are no more.
    Neighbours of the better ones come on top."""
    seed: Annotated[int, Field(strict=True, ge=0, le=2**64 - 1)] = 1
    """Random seed of the search alone; points and random events follow from the experiment's own seed."""
