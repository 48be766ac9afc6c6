"""Variants of supporting runs: mixes of two scenarios, and scenarios in which an organisation's stance is fixed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from simulation.experiment.addresses import Value, to_plain, with_values
from simulation.experiment.schema import Variant
from simulation.scenario.changes import EVERYTHING_ELSE, find_differing_levers, mix_scenarios, with_stance
from simulation.scenario.checks import find_contradictions
from simulation.scenario.own_numbers import UncertainNumber, find_own_numbers
from simulation.scenario.own_values import OwnValues
from simulation.scenario.problems import Finding
from simulation.scenario.raw_data import mapping_of
from simulation.scenario.schema import Scenario

WHO_NEVER_MOVES = "who_never_moves"
"""The address at which a `FixedStanceVariant` takes an organisation's id, or one of the two below."""

PARAMETERS = "parameters."
"""Start of the address of every parameter."""

WITHIN = "within."
"""Start of the address at which a `PlaceVariant` takes where a number lies within its range, 0–1."""

DRAWN = (PARAMETERS, WITHIN)
"""Starts of the addresses of all that is drawn from a range."""

NO_JOINT_ACTION = "no joint action"
"""The name of a place without levers."""

ALL_POPULATION_FIRST, ALL_INSTITUTIONAL = "all: population-first", "all: institutional"
"""Values for all organisations at once; no organisation's id has a colon."""


@dataclass(frozen=True, kw_only=True)
class MixedVariant(Variant):
    """Two scenarios that can be mixed, lever by lever.

    The address of a factor is the name of a lever, and its value the name of the scenario to take the lever from; or
    it is the address of a parameter of both.
    """

    other_name: str
    other: Scenario = field(repr=False)

    def accepts(self, address: str) -> bool:
        """Return True for a lever that differs, and for a parameter."""
        return address.startswith(PARAMETERS) or address in find_differing_levers(self.scenario, self.other)

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """Return the mix that takes each lever from the scenario that its value names, with the given parameters."""
        addresses = tuple(given)
        of_parameters, of_levers = self._kinds.get(addresses) or self._kinds_of(addresses)
        parameters = tuple([given[address] for address in of_parameters])
        levers = frozenset([lever for lever in of_levers if given[lever] == self.other_name])
        mixed = self._mixed.get(levers) or mix_scenarios(self.scenario, self.other, levers)
        self._mixed[levers] = mixed
        if not parameters:
            return mixed
        key = (EVERYTHING_ELSE in levers, of_parameters, parameters)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = with_values(mixed, dict(zip(of_parameters, parameters, strict=True))).parameters
        self._drawn[key] = drawn
        return mixed.model_copy(update={"parameters": drawn})

    def scenario_below(self, given: Mapping[str, Value | None], /) -> Scenario:
        """Return the scenario that everything but the levers is taken from."""
        return self.other if given.get(EVERYTHING_ELSE) == self.other_name else self.scenario

    @cached_property
    def _mixed(self) -> dict[frozenset[str], Scenario]:
        """Mixes that were made before: there are many points of each."""
        return {}

    def _kinds_of(self, addresses: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which of the addresses are parameters', and which levers'."""
        parameters = tuple(each for each in addresses if each.startswith(PARAMETERS))
        self._kinds[addresses] = parameters, tuple(each for each in addresses if each not in parameters)
        return self._kinds[addresses]

    @cached_property
    def _kinds(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]]:
        """Addresses that were sorted before: they are the same at every point."""
        return {}

    @cached_property
    def _drawn(self) -> dict[tuple[bool, tuple[str, ...], tuple[Value, ...]], Any]:
        """Parameters that were set before: there are many mixes at each point."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields alone, since a variant is sent to a worker with every task."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class PlaceVariant(Variant):
    """A scenario whose own uncertain numbers are varied as well as its parameters, each within its own range.

    The address of a factor is that of a parameter, or `within.` and the name of a number in files. A number that this
    scenario does not have, such as the cost of a lever that it does not use, is passed over.
    """

    def accepts(self, address: str) -> bool:
        """Return True for a parameter, and for a number of any of the compared scenarios."""
        return address.startswith((PARAMETERS, WITHIN))

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """Return the scenario with numbers where the values say within their ranges, and with the given parameters."""
        numbers, place = self._own
        portions = [float(given.get(f"{WITHIN}{each.where}", 0.5)) for each in numbers]
        values = [each.at(portion) for each, portion in zip(numbers, portions, strict=True)]
        parameters = {address: value for address, value in given.items() if address.startswith(PARAMETERS)}
        moved = place.at(values) if any(address.startswith(WITHIN) for address in given) else self.scenario
        return with_values(moved, parameters) if parameters else moved

    @cached_property
    def _own(self) -> tuple[list[UncertainNumber], OwnValues]:
        """The numbers that can be varied, and the scenario prepared for it."""
        numbers = [each for each in find_own_numbers(self.scenario) if each.is_varied]
        return numbers, OwnValues(self.scenario, numbers)

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields alone, since a variant is sent to a worker with every task."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class MixedPlaceVariant(MixedVariant):
    """Two scenarios that can be mixed lever by lever, and whose own uncertain numbers are varied before they are mixed.

    The address of a factor is as in a `MixedVariant`, or `within.` and the name of a number in files: each scenario's
    number then lies there within its own range. What a mix takes from a scenario, it takes with the numbers that are
    varied.
    """

    def accepts(self, address: str) -> bool:
        """Return True for what a `MixedVariant` accepts, and for a number of any of the compared scenarios."""
        return address.startswith(WITHIN) or super().accepts(address)

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """Return the mix of the two with numbers where the values say within their ranges, and with the parameters."""
        within, rest = [], {}
        for address, value in given.items():
            if address.startswith(WITHIN):
                within.append((address, value))
            else:
                rest[address] = value
        if not within:
            return super().with_values(given)
        point = tuple(within)
        at_point = self._at_points.get(point) or self._moved(point)
        self._at_points[point] = at_point
        return at_point.with_values(rest)

    def _moved(self, within: tuple[tuple[str, Value], ...]) -> MixedVariant:
        """Return the two scenarios with their numbers at a point."""
        first, second = (each.with_values(dict(within)) for each in self._ends)
        return MixedVariant(name=self.name, scenario=first, other_name=self.other_name, other=second)

    @cached_property
    def _ends(self) -> tuple[PlaceVariant, PlaceVariant]:
        """The two scenarios, prepared for setting their numbers."""
        return (
            PlaceVariant(name=self.name, scenario=self.scenario),
            PlaceVariant(name=self.other_name, scenario=self.other),
        )

    @cached_property
    def _at_points(self) -> dict[tuple[tuple[str, Value], ...], MixedVariant]:
        """The two scenarios at points that were met before: every mix is made at each."""
        return {}


@dataclass(frozen=True, kw_only=True)
class FixedStanceVariant(Variant):
    """A scenario in which one organisation never moves, or none of them does."""

    def accepts(self, address: str) -> bool:
        """Return True for the one address that this variant has."""
        return address == WHO_NEVER_MOVES

    def with_values(self, given: Mapping[str, Value]) -> Scenario:
        """Return the scenario in which the named organisation, or all of them, take one stance throughout."""
        if WHO_NEVER_MOVES not in given:
            return self.scenario
        who = str(given[WHO_NEVER_MOVES])
        if who in {ALL_POPULATION_FIRST, ALL_INSTITUTIONAL}:
            everyone = tuple(self.scenario.organisations)
            return with_stance(self.scenario, everyone, population_first=who == ALL_POPULATION_FIRST)
        if who not in self.scenario.organisations:
            message = f"there is no organisation {who!r} in {self.name}"
            raise ValueError(message)
        return with_stance(self.scenario, (who,), population_first=False)


def with_held(addresses: Sequence[str], values: Sequence[Value | None], scenario: Scenario) -> tuple[Value | None, ...]:
    """Return the values of a design, with the scenario's own number for each parameter that it holds.

    Args:
        addresses: Addresses of the factors.
        values: A value for each; None where the scenario's own value is kept.
        scenario: The scenario.
    """
    if None not in values:
        return tuple(values)
    own = scenario.resolve_parameters()
    return tuple(
        float(getattr(own, address.removeprefix(PARAMETERS)))
        if value is None and address.startswith(PARAMETERS)
        else value
        for address, value in zip(addresses, values, strict=True)
    )


def name_without_levers(taken: Collection[str]) -> str:
    """Return the name of the same place without levers in a comparison that has none such.

    Args:
        taken: Names of the compared scenarios.
    """
    return f"{NO_JOINT_ACTION}, without levers" if NO_JOINT_ACTION in taken else NO_JOINT_ACTION


def find_mixed_contradictions(data: Any, variants: Sequence[Variant]) -> Iterator[Finding]:
    """Find why an attribution cannot be made: scenarios that do not differ, or mixes that contradict themselves.

    Args:
        data: The experiment as its file writes it.
        variants: The compared scenarios.

    Yields:
        The first contradiction; none if no attribution is asked for, or its scenarios are not compared.
    """
    by_name = {variant.name: variant for variant in variants}
    asked = mapping_of(data, "attribution")
    named = (asked.get(end) for end in ("from", "to"))
    first, second = (None if name is None else by_name.get(str(name)) for name in named)
    if first is None or second is None:
        return
    levers = find_differing_levers(first.scenario, second.scenario)
    if not levers:
        what = f"{first.name} and {second.name} do not differ in anything that changes a number"
        yield Finding(("attribution",), what)
    everyone = frozenset(levers)
    for some in [frozenset({lever}) for lever in levers] + [everyone - {lever} for lever in levers]:
        mixed = mix_scenarios(first.scenario, second.scenario, some)
        for contradiction in find_contradictions(to_plain(mixed)):
            taken = ", ".join(sorted(some))
            what = f"{first.name} with {taken} of {second.name} contradicts itself: {contradiction}"
            yield Finding(("attribution",), what)
            return
