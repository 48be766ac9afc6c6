"""The numbers in which other compared scenarios differ from the one whose assumptions register a paper shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.formatting import as_written, listed
from simulation.report.subject import register_source
from simulation.results.comparison import Comparison
from simulation.scenario.defaults import full_register
from simulation.scenario.register import Entry

_NONE = "no such number"


@dataclass(frozen=True, kw_only=True)
class Others:
    """The compared scenarios beside the one whose register is shown, with the numbers in which each differs.

    A number differs if its value is another, or if only one of the two scenarios has it.

    Attributes:
        whose: The scenario whose register is shown.
        differing: By scenario and address its number there; None where the scenario has no such number.
        added: By address, numbers that only others have.
    """

    whose: str
    differing: Mapping[str, Mapping[str, Entry | None]]
    added: Mapping[str, Entry]

    def cell(self, where: str) -> str:
        """Return what the others have in place of a number: “coached: 300000”; empty if none differs.

        Args:
            where: The number's address.
        """
        found = {label: each[where] for label, each in self.differing.items() if where in each}
        return "; ".join(f"{label}: {_value(entry)}" for label, entry in found.items())

    def __contains__(self, where: str) -> bool:
        """True if any of the others differs in the number at an address."""
        return any(where in each for each in self.differing.values())


def register_others(comparison: Comparison) -> Others | None:
    """Return how other compared scenarios differ from the one in the register; None if there are none.

    Args:
        comparison: The results.
    """
    _, shown = register_source(comparison)
    cases = {case.label: case.study for case in comparison.cases if case.study is not None}
    whose = next((label for label, study in cases.items() if study is shown), None)
    if whose is None or shown is None or len(cases) < 2:
        return None
    own = {entry.where: entry for entry in full_register(shown.ensemble.scenario)}
    differing: dict[str, dict[str, Entry | None]] = {}
    added: dict[str, Entry] = {}
    for label, study in cases.items():
        if label == whose:
            continue
        theirs = {entry.where: entry for entry in full_register(study.ensemble.scenario)}
        differing[label] = {
            where: theirs.get(where)
            for where in [*own, *(each for each in theirs if each not in own)]
            if where not in own or where not in theirs or own[where].value != theirs[where].value
        }
        added |= {where: entry for where, entry in theirs.items() if where not in own and where not in added}
    return Others(whose=whose, differing=differing, added=added)


def others_words(others: Others | None) -> str:
    """Say whose numbers a register shows, and in how many of them each other scenario differs; empty if it is alone.

    Args:
        others: The other scenarios.
    """
    if others is None:
        return ""
    counts = {label: len(each) for label, each in others.differing.items() if each}
    whose = f"These are the numbers of “{others.whose}”"
    if not counts:
        return f"{whose}; every other scenario has the same."
    named = listed(f"“{label}” in {count}" for label, count in counts.items())
    return f"{whose}; others differ: {named}, as assumptions-register.csv lists."


def _value(entry: Entry | None) -> str:
    if entry is None:
        return _NONE
    return entry.value if isinstance(entry.value, str) else as_written(entry.value)
