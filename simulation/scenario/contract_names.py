"""A contract found by its id or its title."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.formatting import first_few, listed
from simulation.known_names import closest
from simulation.scenario.entries import ContractEntry

_MOST_NAMED = 8
"""Ids that a message lists; a place may have hundreds of contracts."""


def find_contract(contracts: Mapping[str, ContractEntry], written: Any) -> str:
    """Return the id of the one contract that is meant.

    Args:
        contracts: The contracts, by id.
        written: An id, or a title that only one has, in any case.

    Raises:
        ValueError: If none or several have it; the message names them.
    """
    if isinstance(written, str) and written in contracts:
        return written
    folded = written.casefold() if isinstance(written, str) else ""
    titled = [name for name, entry in contracts.items() if folded and (entry.title or "").casefold() == folded]
    if len(titled) == 1:
        return titled[0]
    raise ValueError(_what_is_wrong(contracts, written, titled))


def _what_is_wrong(contracts: Mapping[str, ContractEntry], written: Any, titled: Sequence[str]) -> str:
    if titled:
        return f"{written!r} is the title of {listed(titled)}; give the id"
    if not contracts:
        return f"unknown contract {written!r}; this place has none"
    titles = {entry.title: name for name, entry in contracts.items() if entry.title}
    meant = closest(written, [*contracts, *titles])
    hint = f"did you mean {titles.get(meant, meant)}?" if meant else f"there are {first_few([*contracts], _MOST_NAMED)}"
    return f"unknown contract {written!r}; {hint}"
