"""The contracts that a caller in Python means: by id or title, by the one that pays and by the one that is paid."""

from collections.abc import Collection, Sequence
from typing import Any

from simulation.formatting import first_few
from simulation.scenario.contract_names import find_contract
from simulation.scenario.organisation_names import find_organisation
from simulation.scenario.problems import either
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Role

_CALL = "with_contracts"
Named = str | Collection[str] | None
"""One name, or several, or None."""

_MOST_NAMED = 8
"""Ids that a message lists; a place may have hundreds of contracts."""


def find_contracts(scenario: Scenario, only: Named, commissioner: Named, provider: Named) -> list[str]:
    """Return the ids of the contracts that are meant, in the scenario's order; all of them if nothing is named.

    Args:
        scenario: The place.
        only: Ids or titles of contracts.
        commissioner: The organisations that pay, by id or as in `Scenario.organisation`.
        provider: The organisations that are paid, in the same way.

    Raises:
        ValueError: If there is no such contract or organisation, or no contract of these; the message names what is.
    """
    if not scenario.contracts:
        message = f"{_CALL}: this place has no contracts"
        raise ValueError(message)
    named = None if only is None else {_contract(scenario, each) for each in _each_of(only)}
    pays = _organisations(scenario, Role.COMMISSIONER, commissioner)
    paid = _organisations(scenario, Role.PROVIDER, provider)
    found = [
        name
        for name, entry in scenario.contracts.items()
        if (named is None or name in named)
        and (pays is None or entry.commissioner in pays)
        and (paid is None or entry.provider in paid)
    ]
    if not found:
        raise ValueError(_say_none(scenario, pays, paid))
    return found


def _contract(scenario: Scenario, written: Any) -> str:
    """Return the id of a contract that is named by its id or its title."""
    try:
        return find_contract(scenario.contracts, written)
    except ValueError as error:
        message = f"{_CALL}: only: {error}"
        raise ValueError(message) from None


def _each_of(given: Any) -> list[Any]:
    """Return what was given, one or several, as a list."""
    return [*given] if isinstance(given, list | tuple | set | frozenset) else [given]


def _organisations(scenario: Scenario, side: Role, given: Named) -> list[str] | None:
    """Return the ids of the organisations of a side; None if none is named."""
    if given is None:
        return None
    found = [_organisation(scenario, side, each) for each in _each_of(given)]
    if not found:
        message = f"{_CALL}: {side}: must name at least one {side}, or be left out for all"
        raise ValueError(message)
    return found


def _organisation(scenario: Scenario, side: Role, written: Any) -> str:
    # Without the other side's organisations a part of a name says enough. An id still means the one that has it.
    meant = {name: entry for name, entry in scenario.organisations.items() if entry.role == side}
    is_other = isinstance(written, str) and written not in meant and written in scenario.organisations
    try:
        return find_organisation({} if is_other else meant, written)
    except ValueError as error:
        message = f"{_CALL}: {side}: {_other_side(scenario, written) or error}"
        raise ValueError(message) from None


def _other_side(scenario: Scenario, written: Any) -> str | None:
    """Say that an organisation has the other role; None if there is no such organisation."""
    try:
        found = scenario.organisation_id(written)
    except ValueError:
        return None
    return f"{found} is a {scenario.organisations[found].role}"


def _say_none(scenario: Scenario, pays: Sequence[str] | None, paid: Sequence[str] | None) -> str:
    """Say that no contract is meant, and which ones the organisations that were named have."""
    sides = [either(each) for each in (pays, paid) if each]
    who = {*(pays or ()), *(paid or ())}
    if not sides:
        return f"{_CALL}: only: must name at least one contract, or be left out for all"
    theirs = [
        name for name, entry in scenario.contracts.items() if not {entry.commissioner, entry.provider}.isdisjoint(who)
    ]
    there = f"there are {first_few(theirs, _MOST_NAMED)}" if theirs else "there is none"
    return f"{_CALL}: no contract that is named is of {' and '.join(sides)}; of {either(sides)} {there}"
