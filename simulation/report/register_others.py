"""The scenario whose assumptions register a paper shows, and where the others that are compared differ from it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from simulation.analysis.choices import group_points
from simulation.analysis.compare import has_only_choices
from simulation.analysis.detail import case_in_detail
from simulation.experiment.addresses import Value, parse_address, resolve_address, to_plain, with_values
from simulation.formatting import as_written, counted, listed, range_words
from simulation.levers import Lever
from simulation.results.comparison import Comparison
from simulation.results.study import Study
from simulation.scenario.defaults import full_register
from simulation.scenario.problems import where_of
from simulation.scenario.register import Entry
from simulation.scenario.schema import Scenario
from simulation.scenario.settings import settings_in

SETTING = "setting"
"""The status of a date or a word in the register, which is listed where scenarios differ in it."""

_NONE = "no such number"
_LEFT_OUT = "left out"
_MOST_NAMED = 6
"""Scenarios of which a sentence says one by one in how many numbers they differ."""
_MOST_LISTED = 24
"""Scenarios that are listed by name for a number; if there are more, those with the same number are counted."""
_MOST_VALUES = 6


@dataclass(frozen=True, kw_only=True)
class Others:
    """The compared scenarios beside the one whose register is shown, with the numbers in which each differs.

    A number differs if its value is another, or if only one of the two scenarios has it. So does a date, and a word
    such as a form of payment.

    Attributes:
        whose: The scenario whose register is shown.
        differing: By scenario and address its number there; None where the scenario has no such number.
        added: By address, numbers and settings that only others have.
        settings: By address, dates and words of the scenario that is shown in which others differ.
        varied: By address, the values that differ between sets of assumptions, in words.
    """

    whose: str
    differing: Mapping[str, Mapping[str, Entry | None]]
    added: Mapping[str, Entry]
    settings: Mapping[str, Entry] = field(default_factory=dict)
    varied: Mapping[str, str] = field(default_factory=dict)

    def cell(self, where: str) -> str:
        """Return what the others have in place of a number: “coached: 300000”; empty if none differs.

        Args:
            where: The number's address.
        """
        is_setting = where in self.settings or (where in self.added and self.added[where].status == SETTING)
        none = _LEFT_OUT if is_setting else _NONE
        found = {label: _value(each[where], none) for label, each in self.differing.items() if where in each}
        parts = [f"{label}: {words}" for label, words in found.items()]
        if len(parts) > _MOST_LISTED:
            alike = list(found.values())
            parts = [f"{counted(alike.count(words), 'scenario')}: {words}" for words in dict.fromkeys(alike)]
        varied = [f"sets of assumptions: {self.varied[where]}"] if where in self.varied else []
        return "; ".join([*parts, *varied])

    def __contains__(self, where: str) -> bool:
        """True if any of the others differs in the number at an address, or sets of assumptions do."""
        return where in self.varied or any(where in each for each in self.differing.values())


def register_source(comparison: Comparison) -> tuple[Scenario, Study | None]:
    """Return the scenario whose assumptions the paper lists, and its results; None if they were not kept.

    It is the scenario that the paper shows in detail. Of sets of assumptions, of which none is singled out, it is the
    first choice without them.

    Args:
        comparison: The results.
    """
    focus = case_in_detail(comparison)
    if focus is None:
        return next(iter(_compared(comparison).values()), comparison.scenario), None
    return focus.scenario or comparison.scenario, focus.study


def register_others(comparison: Comparison) -> Others | None:
    """Return how other compared scenarios differ from the one in the register; None if there are none.

    Args:
        comparison: The results.
    """
    focus, compared = case_in_detail(comparison), _compared(comparison)
    whose = next(iter(compared), None) if focus is None else focus.label
    if whose is None or whose not in compared:
        return None
    own_settings = _settings_of(compared[whose])
    own = {entry.where: entry for entry in full_register(compared[whose])} | own_settings
    varied = {} if focus is not None else _varied(comparison, compared[whose])
    if len(compared) < 2 and not varied:
        return None
    differing: dict[str, dict[str, Entry | None]] = {}
    added = _only_varied(comparison, [where for where in varied if where not in own])
    for label, scenario in compared.items():
        if label == whose:
            continue
        theirs = {entry.where: entry for entry in full_register(scenario)} | _settings_of(scenario)
        differing[label] = {
            where: theirs.get(where)
            for where in [*own, *(each for each in theirs if each not in own)]
            if where not in own or where not in theirs or own[where].value != theirs[where].value
        }
        added |= {where: entry for where, entry in theirs.items() if where not in own and where not in added}
    seen = set[str]().union(*differing.values())
    settings = {where: entry for where, entry in own_settings.items() if where in seen}
    return Others(whose=whose, differing=differing, added=added, settings=settings, varied=varied)


def others_words(others: Others | None, listed_in: str) -> str:
    """Say whose numbers a register shows, and in how many of them each other scenario differs; empty if it is alone.

    Args:
        others: The other scenarios.
        listed_in: Where each difference is listed.
    """
    if others is None:
        return ""
    parts = [f"These are the numbers of “{others.whose}”", *_differing_words(others)]
    if others.varied:
        parts.append(f"sets of assumptions differ in {len(others.varied)}")
    if not any(each for each in others.differing.values()) and not others.varied:
        return f"{'; '.join(parts)}."
    return f"{'; '.join(parts)}, as {listed_in} lists."


def _differing_words(others: Others) -> Iterator[str]:
    """Yield in how many numbers the others differ; one by one if they are few."""
    counts = {label: len(each) for label, each in others.differing.items() if each}
    if not others.differing:
        return
    if not counts:
        yield "every other scenario has the same"
        return
    if len(counts) <= _MOST_NAMED:
        named = listed(f"“{label}” in {count}" for label, count in counts.items())
    else:
        few, many = min(counts.values()), max(counts.values())
        named = f"{counted(len(counts), 'scenario')}, each in {few if few == many else f'{few} to {many}'}"
    has_settings = others.settings or any(each.status == SETTING for each in others.added.values())
    yield f"others differ: {named}{' (with dates and other settings)' if has_settings else ''}"


def _compared(comparison: Comparison) -> dict[str, Scenario]:
    """Return the compared scenarios by label; where cases are sets of assumptions, each choice without them."""
    if has_only_choices(comparison):
        known = ((case.label, case.scenario) for case in comparison.cases)
        return {label: scenario for label, scenario in known if scenario is not None}
    found = {}
    for label, cases in group_points(comparison).items():
        case = next(iter(cases.values()), None)
        if case is not None and case.base is not None:
            chosen = {name: case.values[name] for name in comparison.choices if name in case.values}
            found[label] = with_values(case.base, chosen)
    return found


def _settings_of(scenario: Scenario) -> dict[str, Entry]:
    return {where: Entry(where, words, None, None, SETTING) for where, words in settings_in(scenario).items()}


def _varied(comparison: Comparison, shown: Scenario) -> dict[str, str]:
    """Return the values of each assumption over the sets, by its addresses in the register."""
    found = {}
    for address in comparison.assumptions:
        values = dict.fromkeys(case.values[address] for case in comparison.cases if address in case.values)
        words = _values_words([*values])
        path = parse_address(address)
        for each in resolve_address(to_plain(shown, str(path[0])), path):
            found[_where(shown, each)] = words
    return found


def _only_varied(comparison: Comparison, missing: Collection[str]) -> dict[str, Entry]:
    """Return the numbers that only sets of assumptions have, such as the strength of a lever that is not used."""
    first = comparison.cases[0].scenario
    if not missing or first is None:
        return {}
    return {entry.where: entry for entry in full_register(first) if entry.where in missing}


def _where(scenario: Scenario, path: tuple[str | int, ...]) -> str:
    """Return a path as the register writes it: the only setting of a lever has no index."""
    if path[0] == "levers" and len(scenario.levers.get(Lever(str(path[1])), ())) < 2:
        path = tuple(part for part in path if not isinstance(part, int))
    return where_of(path)


def _values_words(values: list[Value]) -> str:
    numbers = [each for each in values if not isinstance(each, str)]
    if len(numbers) == len(values) > _MOST_VALUES:
        return range_words(min(numbers), max(numbers), partial(as_written, figures=4))
    return listed(each if isinstance(each, str) else as_written(each) for each in values)


def _value(entry: Entry | None, none: str) -> str:
    if entry is None:
        return none
    return entry.value if isinstance(entry.value, str) else as_written(entry.value)
