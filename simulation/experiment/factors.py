"""Varied quantities as a file writes them, turned into factors: values to try, or a distribution."""

from collections.abc import Collection
from typing import NamedTuple

from pydantic import TypeAdapter

from simulation.experiment.addresses import Value, parse_address
from simulation.experiment.entries import (
    FactorEntry,
    NormalEntry,
    RangeEntry,
    TriangularEntry,
    UniformEntry,
    ValuesEntry,
)
from simulation.experiment.schema import Distribution, Factor, Values
from simulation.scenario.months import month_name, month_of
from simulation.scenario.problems import Path

_ENTRY: TypeAdapter[tuple[Value, ...] | ValuesEntry | RangeEntry | UniformEntry | TriangularEntry | NormalEntry] = (
    TypeAdapter(FactorEntry)
)
_DATES = frozenset({"from", "until", "month", "start", "months"})
_PARTS_OF_A_WHOLE = frozenset({"deficit_share", "shares", "saves"})
_NAMES = frozenset({"stance", "organisation", "commissioner", "provider", "to"})
_INTERDEPENDENT = _DATES | _PARTS_OF_A_WHOLE | _NAMES

UNOWNED, OWNED = "parameters.unowned_realisation", "parameters.owned_realisation"
"""Addresses of two parameters of which the first must not be above the second."""


class ParsedFactor(NamedTuple):
    """A factor, with the values that must be valid in every compared scenario, and their paths in the file.

    Attributes:
        factor: The factor.
        tried: Values to try, each with its path in the experiment's data; of a distribution, the values at its ends.
    """

    factor: Factor
    tried: tuple[tuple[Value, Path], ...]


def may_contradict(addresses: Collection[str], *, sampled: bool = False) -> bool:
    """Return True if values that are each valid alone may contradict each other: dates, parts of a whole, and names.

    Args:
        addresses: Addresses of the factors.
        sampled: True if points are drawn; unowned_realisation may then be above owned_realisation.

    >>> may_contradict(["parameters.loss_ratio", "levers.coaching.from"])
    False
    >>> may_contradict(["levers.coaching.from", "levers.coaching.until"])
    True
    """
    touching = [address for address in addresses if _INTERDEPENDENT & set(parse_address(address))]
    return len(touching) > 1 or (not sampled and UNOWNED in addresses and OWNED in addresses)


def parse_factor(address: str, raw: object) -> ParsedFactor:
    """Turn one varied quantity of a file into a factor.

    Args:
        address: The dotted address in the scenario.
        raw: Values, a range or a distribution, as the file writes it and without mistakes.
    """
    path: Path = ("vary", address)
    entry = _ENTRY.validate_python(raw, by_alias=True, by_name=False)
    if isinstance(entry, tuple):
        return _parse_values(Factor(address=address, values=Values(values=entry)), entry, path)
    if isinstance(entry, ValuesEntry):
        factor = Factor(address=address, values=Values(values=entry.values), is_choice=entry.choice)
        return _parse_values(factor, entry.values, (*path, "values"))
    if isinstance(entry, RangeEntry):
        return _parse_range(address, path, entry)
    written = entry.model_dump(exclude={"choice"})
    ends: dict[str, float] = {name: written[name] for name in ("low", "mode", "high") if name in written}
    factor = Factor(address=address, values=Distribution(**written), is_choice=entry.choice)
    return ParsedFactor(factor, tuple((value, (*path, name)) for name, value in ends.items()))


def _parse_values(factor: Factor, values: tuple[Value, ...], path: Path) -> ParsedFactor:
    return ParsedFactor(factor, tuple((value, (*path, index)) for index, value in enumerate(values)))


def _parse_range(address: str, path: Path, entry: RangeEntry) -> ParsedFactor:
    first, last = (*path, "from"), (*path, "to")
    start, end = month_of(entry.from_), month_of(entry.to)
    months = start is not None and end is not None
    low, high = (start, end) if months else (entry.from_, entry.to)
    if entry.steps is None:
        values = Distribution(distribution="uniform", low=low, high=high, counts="month" if months else "number")  # type: ignore[arg-type]
        factor = Factor(address=address, values=values, is_choice=entry.choice)
        return ParsedFactor(factor, ((entry.from_, first), (entry.to, last)))
    spaced = _spaced(low, high, entry.steps, months=months)  # type: ignore[arg-type]
    paths = [first, *[path] * (entry.steps - 2), last]
    factor = Factor(address=address, values=Values(values=tuple(spaced)), is_choice=entry.choice)
    return ParsedFactor(factor, tuple(zip(spaced, paths, strict=True)))


def _spaced(low: float, high: float, steps: int, *, months: bool) -> list[Value]:
    """Return evenly spaced values from one end to the other, as whole numbers where both ends are whole."""
    if months:
        return [month_name(round(low + step * (high - low) / (steps - 1))) for step in range(steps)]
    spaced = [*(low + (high - low) * step / (steps - 1) for step in range(steps - 1)), high]
    if isinstance(low, int) and isinstance(high, int):
        return [int(value) if float(value).is_integer() else value for value in spaced]
    return [float(value) for value in spaced]
