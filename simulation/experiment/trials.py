"""Trying every value of an experiment's factors alone in every scenario compared, before anything is run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.experiment.addresses import AddressError, Value, parse_address, resolve_address, set_value, to_plain
from simulation.experiment.factors import ParsedFactor
from simulation.experiment.reader import Reader
from simulation.experiment.schema import Distribution, Factor, Variant
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import SourceLocation
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Finding, Path, describe_given, where_of


@dataclass
class _Wrong:
    """Something wrong with a value, and in which of the variants."""

    location: SourceLocation
    what: str
    given: str | None
    suggestion: str | None
    variants: list[str] = field(default_factory=list)


def try_factors(reader: Reader, variants: Sequence[Variant], reads: Sequence[ParsedFactor]) -> list[Factor]:
    """The factors, if every one of their values can stand in every variant; what can't, the reader knows.

    Args:
        reader: Gathers what is wrong.
        variants: The scenarios that are compared.
        reads: What the file says of each factor.
    """
    plain = [to_plain(variant.scenario) for variant in variants]
    taken: list[dict[Path, str]] = [{} for _ in variants]
    factors = []
    for read in reads:
        address, path = read.factor.address, ("vary", read.factor.address)
        wrong: dict[tuple[SourceLocation, str], _Wrong] = {}
        found = False
        whole = False
        for position, variant in enumerate(variants):
            try:
                places = resolve_address(plain[position], parse_address(address))
            except AddressError as error:
                _note(wrong, variant, _Wrong(read.location, error.what, None, error.suggestion))
                continue
            found = found or bool(places)
            for clash in _clashes(places, taken[position], address):
                _note(wrong, variant, _clash(read.location, clash))
            for each in _try_values(read, plain[position], places):
                _note(wrong, variant, each)
            whole = whole or _counts_whole(read, plain[position], places)
        if not found and not wrong:
            _note(
                wrong, None, _Wrong(read.location, "there is nothing in any of the scenarios for * to mean", None, None)
            )
        for each in wrong.values():
            some = f" (in {', '.join(each.variants)})" if 0 < len(each.variants) < len(variants) else ""
            reader.refuse(each.location, path, f"{each.what}{some}", each.given, each.suggestion)
        factors.append(_counting(read.factor, whole))
    return factors


def _clash(location: SourceLocation, other: str) -> _Wrong:
    """That another factor puts values at the same location."""
    return _Wrong(location, f"is varied by {other} too; leave one out", None, None)


def _note(wrong: dict[tuple[SourceLocation, str], _Wrong], variant: Variant | None, what: _Wrong) -> None:
    noted = wrong.setdefault((what.location, what.what), what)
    if variant is not None and variant.name not in noted.variants:
        noted.variants.append(variant.name)


def _clashes(places: Sequence[Path], taken: dict[Path, str], address: str) -> Iterator[str]:
    """Other factors that set_value values where this one does, each once."""
    others = dict.fromkeys(taken[location] for location in places if location in taken)
    taken.update(dict.fromkeys(places, address))
    yield from others


def _try_values(read: ParsedFactor, plain: dict[str, Any], places: Sequence[Path]) -> Iterator[_Wrong]:
    for value, location in read.tried if places else ():
        for finding in _findings(plain, places, value):
            yield _explain(finding, places, value, read.location if finding.at_key else location)


def _findings(plain: dict[str, Any], places: Sequence[Path], value: Value) -> list[Finding]:
    data = dict(plain)
    for location in places:
        set_value(data, location, value)
    _, findings = find_schema_problems(data)
    return [*findings, *find_contradictions(data)]


def _explain(finding: Finding, places: Sequence[Path], value: Value, location: SourceLocation) -> _Wrong:
    own = any(finding.path == each or _as_written(finding.path) == _as_written(each) for each in places)
    if finding.at_key:
        meant = None if finding.suggestion is None else where_of((*finding.path[:-1], finding.suggestion))
        return _Wrong(location, finding.what, None, meant)
    if own:
        return _Wrong(location, finding.what, finding.given or describe_given(value), finding.suggestion)
    return _Wrong(location, f"{describe_given(value)} cannot stand here: {finding}", None, None)


def _as_written(path: Path) -> Path:
    """A path without positions, since a single setting may be written without its list."""
    return tuple(part for part in path if not isinstance(part, int))


def _counts_whole(read: ParsedFactor, plain: dict[str, Any], places: Sequence[Path]) -> bool:
    """Whether only whole numbers can stand where a distribution's values go."""
    spread = read.factor.values
    if not isinstance(spread, Distribution) or spread.counts == "month" or not places:
        return False
    return any("whole number" in finding.what for finding in _findings(plain, places[:1], spread.low + 0.5))


def _counting(factor: Factor, whole: bool) -> Factor:
    if whole and isinstance(factor.values, Distribution):
        return replace(factor, values=replace(factor.values, counts="whole"))
    return factor
