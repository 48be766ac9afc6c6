"""A place's own uncertain numbers: its guesses about the world, each with the range within which it may lie.

Choices (levers, months, the target) and definitions (the horizon, the population) are not among them, nor are numbers
that change no result (people reached, observations). A number that the file leaves out counts at its default.
"""

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any, NamedTuple

from simulation.scenario.entries import UNNAMED_SKILL, OrganisationEntry, ProgrammeEntry
from simulation.scenario.evidence import Count, Number
from simulation.scenario.fields import Strength, annotations_of, number_in
from simulation.scenario.problems import Path, where_of
from simulation.scenario.register import NumberAt, numbers_in
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EvidenceStatus

HALF = 0.5
"""The part of its value by which a number may be wrong either way, where the file gives no range."""

DEFAULT = "default"
"""The status of a number that the file leaves out."""

_SKILL = (
    "its record in such changes (1: as lead it met a milestone in every month in which all trusted and owned it; "
    "0.5: in half of them; 0: in none)"
)

FOUND_IN: Mapping[Path, str] = {
    ("do_nothing", "*"): "the do-nothing line of the medium-term financial plan",
    ("organisations", "*", "income"): "annual accounts",
    ("organisations", "*", "deficit_share"): "forecast deficits in the financial plans",
    ("organisations", "*", "efficiency_pool"): "efficiency plan, recurrent schemes only",
    ("organisations", "*", "orientation"): "no record: the judgement of those who deal with its leaders",
    ("organisations", "*", "skills", "*"): _SKILL,
    ("organisations", "*", "lead_capacity"): "its programme office",
    ("contracts", "*", "amount"): "contract register, or income by source in the provider's accounts",
    ("programmes", "*", "value"): "costing sheet of the business case",
    ("programmes", "*", "shares", "*"): "costing sheet, agreed by each finance director",
    ("programmes", "*", "saves", "*"): "costing sheet, agreed by each finance director",
    ("programmes", "*", "activity", "*", "income"): "activity plan and price list",
    ("programmes", "*", "benefit"): "public health and clinicians",
    ("programmes", "*", "milestones"): "project plan",
    ("programmes", "*", "set_up_cost"): "business case",
    ("relationships", "overrides", "*", "trust"): "a survey of the leaders",
    ("events", "*", "size"): "the forecast or plan that has the event",
    ("levers", "*", "*", "cost"): "the budget of the programme office",
}
"""Where a finance team finds each kind of own number, by its path; `*` stands for any name or index."""


_COSTS: frozenset[Path] = frozenset({("programmes", "*", "set_up_cost"), ("levers", "*", "*", "cost")})
"""Kinds of numbers that change positions and no gap: no rule of the model reads them."""


class UncertainNumber(NamedTuple):
    """An uncertain number: one of a place's own, or a parameter.

    Attributes:
        path: Its path in the scenario, with all indices.
        where: Its name in files.
        value: Its value in the file, else the default.
        low: The lowest that it may be.
        high: The highest that it may be; `low` if it stays as it is.
        whole: True if it counts something.
        unit: Its unit.
        status: assumed, derived or sourced; default if the file leaves it out.
        has_range: True if the file gives its low and high.
        follows: True for a share that makes up for what the other uncertain shares of its programme gain or lose.
    """

    path: Path
    where: str
    value: float
    low: float
    high: float
    whole: bool
    unit: str | None
    status: str
    has_range: bool
    follows: bool = False

    @property
    def is_varied(self) -> bool:
        """True if it can be another number by itself."""
        return self.low < self.high and not self.follows

    def at(self, portion: float) -> float:
        """Return the number that lies at a portion of the way from the low end of its range to the high.

        Args:
            portion: 0–1; whole numbers are equally likely if all portions are.
        """
        if not self.whole:
            return self.low + portion * (self.high - self.low)
        return min(self.high, self.low + floor(portion * (self.high - self.low + 1)))

    def place_of(self, value: float) -> float:
        """Return where a value of it lies between the low end of its range, 0, and the high, 1.

        Args:
            value: From `low` to `high`.
        """
        return (value - self.low) / (self.high - self.low)

    @property
    def is_held_together(self) -> bool:
        """True for a share or a saving of a programme, which keeps to the others of the programme."""
        return shares_of(self.path) is not None or savings_of(self.path) is not None

    @property
    def moves_gap(self) -> bool:
        """False for a cost of levers or of setting up: positions have it, and neither gap nor trust depends on it."""
        return _kind_of(self.path) not in _COSTS

    @property
    def found_in(self) -> str:
        """Where a finance team finds it; empty for a parameter."""
        kind = _kind_of(self.path)
        return FOUND_IN[kind] if kind else ""


def find_own_numbers(scenario: Scenario) -> tuple[UncertainNumber, ...]:
    """Return a place's own uncertain numbers, those that it gives in the order of its file, then those left out.

    A sourced or derived number is among them only if the file gives its range. A share that follows from the others of
    its programme stays as it is.
    """
    given = [_own_number(each) for each in numbers_in(scenario) if _is_uncertain(each)]
    return (*_with_shares_that_follow(given), *_left_out(scenario))


def range_of(value: float, number: Number, part: float = HALF) -> tuple[float, float]:
    """Return the range within which a number may lie if nothing else is known: a part of its value either way.

    Args:
        value: The number.
        number: The bounds of its field; a whole number stays whole.
        part: The part of its value, 0–1.
    """
    low, high = sorted((value * (1 - part), value * (1 + part)))
    low, high = max(low, number.bounds.get("ge", low)), min(high, number.bounds.get("le", high))
    return (float(ceil(low)), float(floor(high))) if number.whole else (low, high)


def _kind_of(path: Path) -> Path | None:
    """Return the path in `FOUND_IN` that a path is of; None if it isn't an own number's."""
    for kind in FOUND_IN:
        if len(kind) == len(path) and all(one in ("*", part) for one, part in zip(kind, path, strict=True)):
            return kind
    return None


def _is_uncertain(number: NumberAt) -> bool:
    if _kind_of(number.path) is None or isinstance(number.value, str):
        return False
    evidence = number.value.evidence
    return evidence.status is EvidenceStatus.ASSUMED or evidence.low is not None


def _own_number(number: NumberAt) -> UncertainNumber:
    known = number_in(number.annotation)
    if known is None or isinstance(number.value, str):
        message = f"{number.where} is not a number"
        raise TypeError(message)
    evidence, value = number.value.evidence, float(number.value)
    has_range = evidence.low is not None and evidence.high is not None
    low, high = (evidence.low, evidence.high) if has_range else range_of(value, known)
    return UncertainNumber(
        path=number.path,
        where=number.where,
        value=value,
        low=float(low or 0.0),
        high=float(high or 0.0),
        whole=isinstance(number.value, Count),
        unit=evidence.unit or known.unit,
        status=str(evidence.status),
        has_range=has_range,
    )


def shares_of(path: Path) -> Path | None:
    """Return the path of the shares, adding up to 1, that a number is one of; None if it is no share."""
    return path[:-1] if path[0] == "programmes" and path[2] == "shares" else None


def savings_of(path: Path) -> Path | None:
    """Return the path of the savings of a programme that a number is one of; None if it is no saving."""
    return path[:-1] if path[0] == "programmes" and path[2] == "saves" else None


def _with_shares_that_follow(numbers: list[UncertainNumber]) -> Iterator[UncertainNumber]:
    """Yield the numbers: of a programme's uncertain shares the one with the widest range follows from the others.

    A share that no other uncertain share can make up for stays as it is.
    """
    together: dict[Path, list[UncertainNumber]] = {}
    for each in numbers:
        if each.is_varied and (path := shares_of(each.path)) is not None:
            together.setdefault(path, []).append(each)
    widest = {path: max(some, key=lambda each: each.high - each.low).path for path, some in together.items()}
    for each in numbers:
        path = shares_of(each.path)
        some = together.get(path, []) if path is not None else []
        if len(some) == 1 and each.is_varied and not each.has_range:
            yield each._replace(low=each.value, high=each.value)
        elif path is not None and len(some) > 1 and each.path == widest[path]:
            yield each._replace(follows=True)
        else:
            yield each


def _left_out(scenario: Scenario) -> Iterator[UncertainNumber]:
    """Yield the numbers that the file leaves out and whose default isn't a parameter."""
    income = scenario.net_incomes()
    domains: dict[str, set[str]] = {name: set() for name in scenario.organisations}
    for programme in scenario.programmes.values():
        for name in programme.participants if programme.domain else ():
            domains[name].add(str(programme.domain))
    for name, entry in scenario.organisations.items():
        for field, default in (("deficit_share", income[name]), ("efficiency_pool", 0.0)):
            if getattr(entry, field) is None or field not in entry.model_fields_set:
                yield _at_default(("organisations", name, field), default, annotations_of(OrganisationEntry)[field])
        for domain in sorted(domains[name] - entry.skills.keys()):
            yield _at_default(("organisations", name, "skills", domain), UNNAMED_SKILL, Strength)
    for name, each in scenario.programmes.items():
        for field in ("benefit", "milestones", "set_up_cost"):
            if field not in each.model_fields_set:
                annotation = annotations_of(ProgrammeEntry)[field]
                yield _at_default(("programmes", name, field), float(getattr(each, field)), annotation)


def _at_default(path: Path, value: float, annotation: Any) -> UncertainNumber:
    number = number_in(annotation) or Number()
    low, high = range_of(value, number)
    return UncertainNumber(path, where_of(path), value, low, high, number.whole, number.unit, DEFAULT, has_range=False)
