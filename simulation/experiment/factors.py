"""What an experiment file says of each thing that it varies: values to try, a range, or a distribution."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from simulation.experiment.addresses import Value, parse_address
from simulation.experiment.reader import Reader
from simulation.experiment.schema import Distribution, DistributionKind, Factor, Values
from simulation.scenario.document import Node, SourceLocation
from simulation.scenario.months import month_name, month_of
from simulation.scenario.problems import Path, describe_given

_DISTRIBUTIONS: dict[DistributionKind, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "normal": ("mean", "sd", "low", "high"),
}
_RANGE = ("from", "to", "steps")
_MOST_STEPS = 1_000_000
_FORMS = (
    "must be a list of values, a range such as {from: 0, to: 1, steps: 5}, "
    "or a distribution such as {distribution: uniform, low: 0, high: 1}"
)
_INTERDEPENDENT = frozenset(
    {"from", "until", "month", "start", "months", "deficit_share", "shares", "stance", "organisation"}
)


class ParsedFactor(NamedTuple):
    """A factor with the location of each value that it can take, at its ends if it is a distribution."""

    factor: Factor
    location: SourceLocation
    tried: tuple[tuple[Value, SourceLocation], ...]


def may_contradict(addresses: Iterable[str]) -> bool:
    """Whether values that can each stand alone may contradict each other: dates, and shares of a whole.

    >>> may_contradict(["parameters.loss_ratio", "levers.coaching.from"])
    False
    >>> may_contradict(["levers.coaching.from", "levers.coaching.until"])
    True
    """
    touching = [address for address in addresses if _INTERDEPENDENT & set(parse_address(address))]
    return len(touching) > 1


def read_factor(reader: Reader, address: str, node: Node, location: SourceLocation) -> ParsedFactor | None:
    """One factor; None if it cannot be read, which the reader then knows.

    Args:
        reader: Gathers what is wrong.
        address: Where its values go.
        node: What the file says of them.
        location: Where the file names the address.
    """
    read = _read_values(reader, address, node)
    return None if read is None else read._replace(location=location)


def _read_values(reader: Reader, address: str, node: Node) -> ParsedFactor | None:
    path: Path = ("vary", address)
    if node.flagged:
        return None
    if node.kind == "list":
        return _read_levels(reader, address, node, path)
    if node.kind == "mapping" and "distribution" in node.keys:
        return _read_distribution(reader, address, node, path)
    if node.kind == "mapping" and ("from" in node.keys or "to" in node.keys):
        return _read_range(reader, address, node, path)
    reader.refuse(node.location, path, _FORMS, describe_given(node.to_plain()))
    return None


def _read_levels(reader: Reader, address: str, node: Node, path: Path) -> ParsedFactor | None:
    if not node.value:
        reader.refuse(node.location, path, "must name at least one value", "an empty list")
        return None
    tried: list[tuple[Value, SourceLocation]] = []
    for position, item in enumerate(node.value):
        value = reader.bare(item, (*path, position))
        if value is None:
            continue
        if any(value == other for other, _ in tried):
            reader.refuse(item.location, (*path, position), "is given twice; remove one", describe_given(value))
        tried.append((value, item.location))
    if len(tried) < len(node.value):
        return None
    levels = Values(values=tuple(value for value, _ in tried))
    return ParsedFactor(Factor(address=address, values=levels), node.location, tuple(tried))


def _read_range(reader: Reader, address: str, node: Node, path: Path) -> ParsedFactor | None:
    reader.expect_names(node, path, _RANGE)
    for name in ("from", "to"):
        reader.require(node, path, name)
    steps = reader.whole(node, path, "steps", 2, _MOST_STEPS)
    ends = _ends(reader, node, path)
    if ends is None or (steps is None and "steps" in node.value):
        return None
    low, high, are_months = ends
    places = (node.value["from"].location, node.value["to"].location)
    if steps is None:
        spread = Distribution(distribution="uniform", low=low, high=high, counts="month" if are_months else "number")
        written = tuple(node.value[name].value for name in ("from", "to"))
        return ParsedFactor(
            Factor(address=address, values=spread), node.location, tuple(zip(written, places, strict=True))
        )
    values = _spaced(low, high, steps, are_months)
    if len(set(values)) < len(values):
        reader.refuse(node.value["steps"].location, (*path, "steps"), "is more than there are months", str(steps))
        return None
    at = [places[0], *[node.location] * (steps - 2), places[1]]
    levels = Values(values=tuple(values))
    return ParsedFactor(Factor(address=address, values=levels), node.location, tuple(zip(values, at, strict=True)))


def _ends(reader: Reader, node: Node, path: Path) -> tuple[float, float, bool] | None:
    """Both ends of a range as numbers, and whether they are months."""
    written = [node.value.get(name) for name in ("from", "to")]
    if any(end is None or end.flagged for end in written):
        return None
    months = [month_of(end.value) for end in written]
    are_months = None not in months
    low, high = months if are_months else [reader.number(node, path, name) for name in ("from", "to")]
    if low is None or high is None:
        return None
    if not low < high:
        reader.refuse(
            written[1].location, (*path, "to"), f"must be above from, {written[0].value}", str(written[1].value)
        )
        return None
    return low, high, are_months


def _spaced(low: float, high: float, steps: int, are_months: bool) -> list[Value]:
    """Values spaced evenly from one end to the other; whole ones as whole numbers if both ends are."""
    if are_months:
        return [month_name(round(low + step * (high - low) / (steps - 1))) for step in range(steps)]
    spaced = [*(low + (high - low) * step / (steps - 1) for step in range(steps - 1)), high]
    if isinstance(low, int) and isinstance(high, int):
        return [int(value) if float(value).is_integer() else value for value in spaced]
    return [float(value) for value in spaced]


def _read_distribution(reader: Reader, address: str, node: Node, path: Path) -> ParsedFactor | None:
    kind = reader.choice(node.value["distribution"], (*path, "distribution"), _DISTRIBUTIONS)
    if kind is None:
        return None
    names = _DISTRIBUTIONS[kind]
    reader.expect_names(node, path, ("distribution", *names))
    for name in names:
        reader.require(node, path, name)
    read: dict[str, Any] = {name: reader.number(node, path, name) for name in names}
    if None in read.values():
        return None
    wrong = _disorder(read)
    if wrong is not None:
        name, what = wrong
        reader.refuse(node.value[name].location, (*path, name), what, describe_given(read[name]))
        return None
    tried = tuple((read[name], node.value[name].location) for name in ("low", "mode", "high") if name in read)
    spread = Distribution(distribution=kind, **read)
    return ParsedFactor(Factor(address=address, values=spread), node.location, tried)


def _disorder(read: dict[str, float]) -> tuple[str, str] | None:
    """Which of a distribution's numbers is out of order, and how."""
    if not read["low"] < read["high"]:
        return "high", f"must be above low, {read['low']:g}"
    if "mode" in read and not read["low"] <= read["mode"] <= read["high"]:
        return "mode", "must be from low to high"
    if "sd" in read and not read["sd"] > 0:
        return "sd", "must be above 0"
    return None
