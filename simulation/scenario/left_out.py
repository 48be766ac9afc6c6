"""Find numbers that are left out and whose default is hardly typical, for warnings: one sentence for each kind."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from simulation.formatting import first_few
from simulation.levers import Lever
from simulation.scenario.entries import UNNAMED_SKILL
from simulation.scenario.lever_uses import levers_in_use
from simulation.scenario.schema import Scenario
from simulation.scenario.typical import typical_of

_MOST_NAMED = 5
"""How many entries a warning names, the first of the file."""


class _Kind(NamedTuple):
    """A field that may be left out, and what is said if it is."""

    section: str
    field: str
    words: str
    taken: str


_KINDS = (
    _Kind(
        "organisations",
        "efficiency_pool",
        "efficiency_pool",
        "0 is taken for own savings; about 5% of income is typical",
    ),
    _Kind(
        "programmes", "milestones", "milestones", f"1 is taken; {typical_of('programmes', 'milestones')} are typical"
    ),
    _Kind(
        "programmes",
        "set_up_cost",
        "set-up cost",
        "0 is taken; a fifth to all of what a programme saves in a year is typical",
    ),
)


def find_left_out(scenario: Scenario) -> Iterator[str]:
    """Find the kinds of numbers that are left out although their default is hardly typical."""
    # One whose part of the gap is given as 0 has no gap that its own savings could close.
    without_gap = {name for name, entry in scenario.organisations.items() if entry.deficit_share == 0}
    for kind in _KINDS:
        entries: dict[str, BaseModel] = dict(getattr(scenario, kind.section))
        without = [
            name
            for name, entry in entries.items()
            if kind.field not in entry.model_fields_set and name not in without_gap
        ]
        if without:
            named = first_few(without, _MOST_NAMED)
            yield f"{kind.section}: {_count(without, entries)} no {kind.words} ({named}): {kind.taken}"
    yield from _find_no_skills(scenario)


def _count(without: Sequence[str], entries: dict[str, BaseModel]) -> str:
    verb = "has" if len(without) == 1 else "have"
    return f"{len(without):,} of {len(entries):,} {verb}"


def _find_no_skills(scenario: Scenario) -> Iterator[str]:
    """Find that all skills are equal, in a place with several programmes or where skill is to decide who leads."""
    domains = {programme.domain for programme in scenario.programmes.values()} - {None}
    has_skills = any(domain in domains for entry in scenario.organisations.values() for domain in entry.skills)
    by_skill = Lever.LEAD_BY_SKILL in levers_in_use(scenario)
    if has_skills or not scenario.programmes or (len(scenario.programmes) == 1 and not by_skill):
        return
    where, missing, taken = "programmes", "field of skill (domain) is", "every skill"
    if domains:
        has_others = any(entry.skills for entry in scenario.organisations.values())
        where, missing = "organisations", "skills in the programmes' fields are" if has_others else "skills are"
        taken = "each of them" if has_others else taken
    effect = f", and {Lever.LEAD_BY_SKILL} chooses among equals" if by_skill else ""
    yield f"{where}: no {missing} given: {UNNAMED_SKILL} is taken for {taken}{effect}; 0.35 to 0.75 is typical"
