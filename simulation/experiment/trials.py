"""Try each value of an experiment's factors alone in every compared scenario, before anything is run."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from simulation.experiment.addresses import AddressError, Value, parse_address, resolve_address, set_value, to_plain
from simulation.experiment.factors import OWNED, UNOWNED, ParsedFactor
from simulation.experiment.schema import Distribution, Factor, Variant
from simulation.scenario.checks import find_contradictions
from simulation.scenario.evidence import Number
from simulation.scenario.fields import part_at
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Finding, Path, describe_given, where_of
from simulation.scenario.schema import Scenario

_MOST_TRIED = 100
"""Numbers of a factor that are each tried; of more of them only some need be."""


class _TriedScenario(NamedTuple):
    """A compared scenario during the trials."""

    name: str
    plain: dict[str, Any]
    varied: dict[Path, str]
    """The address of the factor that varies each path, as far as factors have been tried."""
    passed_over: frozenset[Path]
    """Paths of contradictions with a number that is never run beside the tried value."""


def try_factors(
    variants: Sequence[Variant], parsed: Sequence[ParsedFactor], *, alone: bool = False
) -> tuple[list[Factor], list[Finding]]:
    """Try every value of every factor in every variant.

    Args:
        variants: The compared scenarios.
        parsed: The factors with their values.
        alone: True if the design runs each value alone, False if every factor has a value in each run.

    Returns:
        The factors, those of whole numbers marked as such, and all values that are not valid somewhere.
    """
    both = not alone and {UNOWNED, OWNED} <= {each.factor.address for each in parsed}
    passed_over = frozenset(map(parse_address, (UNOWNED, OWNED))) if both else frozenset()
    scenarios = [_TriedScenario(variant.name, to_plain(variant.scenario), {}, passed_over) for variant in variants]
    factors, findings = [], []
    for each in parsed:
        wrong: dict[Finding, list[str]] = {}
        targets = [_try_factor(each, scenario, wrong) for scenario in scenarios]
        if not any(targets) and not wrong:
            wrong[Finding(_path(each), "* matches nothing in any of the scenarios", at_key=True)] = []
        findings += [_name_scenarios(finding, names, len(scenarios)) for finding, names in wrong.items()]
        whole = any(_counts_whole(scenario.plain, paths) for scenario, paths in zip(scenarios, targets, strict=True))
        factors.append(_mark_whole(each.factor) if whole else each.factor)
    return factors, findings


def _try_factor(parsed: ParsedFactor, scenario: _TriedScenario, wrong: dict[Finding, list[str]]) -> list[Path]:
    """Try a factor in one scenario; note what is wrong, and return the paths in it that the factor varies."""

    def note(finding: Finding) -> None:
        names = wrong.setdefault(finding, [])
        if scenario.name not in names:
            names.append(scenario.name)

    address = parsed.factor.address
    try:
        targets = resolve_address(scenario.plain, parse_address(address))
    except AddressError as error:
        note(Finding(_path(parsed), error.what, None, error.suggestion, at_key=True))
        return []
    for other in dict.fromkeys(scenario.varied[target] for target in targets if target in scenario.varied):
        note(Finding(_path(parsed), f"is varied by {other} too; remove one", at_key=True))
    scenario.varied.update(dict.fromkeys(targets, address))
    sampled = isinstance(parsed.factor.values, Distribution)

    def is_valid(value: Value, path: Path) -> bool:
        found = [*_try_value(scenario, targets, value, sampled=sampled)]
        for finding in found:
            note(_explain(finding, targets, value, path, _path(parsed)))
        return not found

    if targets:
        _try_all(parsed.tried, is_valid, whole=_counts_whole(scenario.plain, targets))
    return targets


def _try_all(tried: Sequence[tuple[Value, Path]], is_valid: Callable[[Value, Path], bool], *, whole: bool) -> None:
    """Try values; of very many numbers those that can be invalid, and a hundred of these at most.

    The numbers that are valid at an address lie next to each other, so they are tried from both ends until one is
    valid. Only whole ones may be valid between them.
    """
    numbers = sorted((each for each in tried if not isinstance(each[0], str)), key=itemgetter(0))
    if len(numbers) <= _MOST_TRIED:
        for each in tried:
            is_valid(*each)
        return
    words = [each for each in tried if isinstance(each[0], str)]
    parts = [each for each in numbers if whole and not float(each[0]).is_integer()]
    for some in (words, parts):
        for each in islice(some, _MOST_TRIED):
            is_valid(*each)
    for order in (1, -1):
        for each in numbers[::order][:_MOST_TRIED]:
            if is_valid(*each):
                break


def _try_value(scenario: _TriedScenario, targets: Sequence[Path], value: Value, *, sampled: bool) -> Iterator[Finding]:
    data = dict(scenario.plain)
    for target in targets:
        set_value(data, target, value)
    yield from find_schema_problems(Scenario, data)[1]
    found = find_contradictions(data, sampled=sampled)
    yield from (finding for finding in found if finding.path not in scenario.passed_over)


def _explain(finding: Finding, targets: Sequence[Path], value: Value, path: Path, factor: Path) -> Finding:
    """Turn a mistake in a scenario with a value set into a mistake in the experiment that sets it."""
    if finding.at_key:
        meant = None if finding.suggestion is None else where_of((*finding.path[:-1], finding.suggestion))
        return Finding(factor, finding.what, None, meant, at_key=True)
    if any(_names_in(finding.path) == _names_in(target) for target in targets):
        return Finding(path, finding.what, finding.given or describe_given(value), finding.suggestion)
    return Finding(path, f"{describe_given(value)} cannot be used here: {finding}")


def _name_scenarios(finding: Finding, names: Sequence[str], scenarios: int) -> Finding:
    """Add the names of the scenarios with a mistake, unless all have it."""
    return finding._replace(what=f"{finding.what} (in {', '.join(names)})") if 0 < len(names) < scenarios else finding


def _path(parsed: ParsedFactor) -> Path:
    return "vary", parsed.factor.address


def _names_in(path: Path) -> Path:
    """Return a path without indices, since a single setting may be written without its list."""
    return tuple(part for part in path if not isinstance(part, int))


def _counts_whole(plain: dict[str, Any], targets: Sequence[Path]) -> bool:
    """Return True if only whole numbers are valid where a factor's values are set."""
    number = part_at(Scenario, targets[0], plain) if targets else None
    return isinstance(number, Number) and number.whole


def _mark_whole(factor: Factor) -> Factor:
    if isinstance(factor.values, Distribution) and factor.values.counts == "number":
        return replace(factor, values=replace(factor.values, counts="whole"))
    return factor
