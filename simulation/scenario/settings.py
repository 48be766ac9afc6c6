"""The dates and words of a scenario: when levers act and on whom, how contracts pay, who takes part."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.evidence import NUMBER_PARTS
from simulation.scenario.problems import Path, where_of
from simulation.scenario.schema import Scenario

_NAMES_ONLY = {"title", "description", "observed"}
"""Fields of a scenario that change no number."""

_NAMES_WITHIN = frozenset({"title", "name"})
"""The same of its parts."""


def settings_in(scenario: Scenario) -> dict[str, str]:
    """Return every date and word that a scenario gives and that acts, by address; a list of names is one setting.

    Titles and names change nothing and are left out. Numbers, and the trust rule, are in the assumptions register.

    Args:
        scenario: The scenario.
    """
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True, exclude=_NAMES_ONLY)
    plain.pop("parameters", None)
    return {where_of(path): words for path, words in _words_in(plain, ())}


def _words_in(here: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(here, str):
        yield path, here
    elif isinstance(here, dict) and not _is_number(here):
        for name, below in here.items():
            if not (len(path) > 1 and name in _NAMES_WITHIN):
                yield from _words_in(below, (*path, name))
    elif isinstance(here, list):
        if here and all(isinstance(each, str) for each in here):
            yield path, ", ".join(here)
            return
        is_lone = len(here) == 1 and path[0] == "levers"
        for index, below in enumerate(here):
            yield from _words_in(below, path if is_lone else (*path, index))


def _is_number(here: dict[str, Any]) -> bool:
    """True if a mapping is a number with its evidence."""
    return "value" in here and here.keys() <= {*NUMBER_PARTS}
