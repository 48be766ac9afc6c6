"""The assumptions register: every number that a scenario rests on, the assumed ones first, with its worth."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.analysis.assumptions import Swing, count_varied, study_swings, with_effect
from simulation.analysis.held import held_in_study
from simulation.charts.text.words import parameter_words
from simulation.experiment.supporting import PARAMETERS
from simulation.formatting import as_written, capital, counted, listed, pounds, range_words, stretch_words
from simulation.parameters import TABLE
from simulation.report.paper import Table
from simulation.report.register_others import Others, others_words
from simulation.results.study import Study
from simulation.scenario.defaults import full_register, kinds_at_default
from simulation.scenario.own_numbers import DEFAULT, find_own_numbers
from simulation.scenario.register import FIRST_TO_LAST, Entry
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

REGISTER = "assumptions-register.csv"
"""The name of the file with the whole register."""

_NAMED = ("organisations", "contracts", "programmes", "levers", "events", "do_nothing", "plan")
_LONGEST_SOURCE = 44
_PLAIN_UNITS = frozenset({"0 to 1", "share of value", "weight", "1 is typical", "probability"})
_LABELS = {
    "months": "Months that are simulated",
    "do_nothing": "Gap before any savings",
    "plan": "Planned gap",
    "target": "Target for the gap",
    "organisations.deficit_share": "Organisations: weight in the gap before any savings",
    "organisations.efficiency_pool": "Organisations: what own efficiency can save",
    "organisations.income": "Organisations: income",
    "organisations.skills": "Organisations: skill in leading and delivering",
    "contracts.amount": "Contracts: amount",
    "programmes.value": "Programmes: value on paper",
    "programmes.shares": "Programmes: share of the value by organisation",
    "programmes.saves": "Programmes: savings by organisation",
    "programmes.benefit": "Programmes: benefit to the population",
    "programmes.milestones": "Programmes: milestones",
    "programmes.set_up_cost": "Programmes: cost of setting up",
    "programmes.activity.income": "Programmes: income that moves",
    "programmes.reach": "Programmes: people reached",
    "levers.strength": "Levers: strength",
    "levers.ramp": "Levers: months until in full force",
    "levers.cost": "Levers: cost at full strength",
}
"""Names of the kinds of numbers in a scenario; a kind without one goes by its address."""

_GUESSES = "The place’s own: assumed, or left at a default"
_MOST_WORTH = "Of all but the place’s guesses, those that move the gap most"
_WORTH_FIRST = "Of all but the place’s guesses, those that move the gap first, then the assumed ones"
_REST = "All but the place’s guesses, the assumed ones first"
_HEADS = ("Number", "Value", "Status and source", "Worth to the gap")


def register_table(
    scenario: Scenario, study: Study | None, most: int | None = None, held: str = "", others: Others | None = None
) -> Table:
    """Return the register for a page: numbers of one kind share a line, with their range and their count.

    The place's own guesses come first, which are the numbers that it assumes and those that it leaves at a default.

    Args:
        scenario: The scenario whose numbers are listed.
        study: Its results, for the worth of each assumption; None if they were not kept.
        most: The most lines to show: half of them at most are the place's own guesses, and the others are those that
            are worth most; all if left out.
        held: What is held and not drawn, in a sentence; empty if nothing is.
        others: The scenarios that this one is compared with; None if there are none.
    """
    worth = _worth(study)
    whose = others_words(others, REGISTER)
    groups: dict[tuple[str, str], list[Entry]] = {}
    entries = full_register(scenario)
    for entry in entries:
        groups.setdefault((_kind(entry.where), entry.status), []).append(entry)
    kept = _held(study)
    lines = {each: _line(*each, some, worth, kept) for each, some in groups.items()}
    sizes = {each: _size(some, worth) for each, some in groups.items()}
    every = sorted(groups, key=lambda each: (_rank(each[1]), -sizes[each]))
    own, other = ([each for each in every if _is_guess(each) == is_own] for is_own in (True, False))
    guesses = sorted(own, key=lambda each: -sizes[each])[: None if most is None else most // 2]
    rest = other if most is None else sorted(other, key=lambda each: -sizes[each])[: most - len(guesses)]
    more = len(every) - len(guesses) - len(rest)
    own_head = _guess_words([sizes[each] for each in guesses], len(own) - len(guesses))
    parts = ((own_head, guesses), (_rest_words([sizes[each] for each in rest], len(other) - len(rest)), rest))
    return Table(
        caption=f"{f'“{others.whose}”: ' if others else ''}{register_counts(entries)}",
        heads=_HEADS,
        rows=tuple(row for head, some in parts if some for row in ((head,), *(lines[each] for each in some))),
        widths=(0.33, 0.23, 0.27, 0.17),
        note=(
            f"{whose}{whose and ' '}"
            "Numbers of one kind share a line, with how many they are. Worth: how far the gap moves from the low to "
            f"the high end of its range{_stretched(study)}, ± half of its 95% interval; of several the one that moves "
            "it most, up or down."
            f"{_not_computed(guesses, sizes, study)}"
            f"{held and ' '}{held} {_also(more)} number by itself with its whole source, are in {REGISTER}."
        ),
    )


def _guess_words(sizes: Sequence[float], more: int) -> str:
    """Head the lines of the place's own guesses, and say how many there are beside those that are shown.

    Args:
        sizes: What each of the lines that are shown is worth, £m a year; 0 where it was not computed.
        more: The number of its guesses' lines that are left out.
    """
    if not more:
        return _GUESSES
    less = ", worth less or not computed" if all(sizes) else ""
    return f"{_GUESSES}; {counted(more, 'more line')} not shown{less}"


def _rest_words(sizes: Sequence[float], more: int) -> str:
    """Head the lines that are not the place's own guesses: by what they are worth only as far as that was computed.

    Args:
        sizes: What each of the lines that are shown is worth, £m a year; 0 where it was not computed.
        more: The number of such lines that are left out.
    """
    if not more:
        return _REST
    if not any(sizes):
        return f"{_REST}; {counted(more, 'more line')} not shown"
    return _MOST_WORTH if all(sizes) else _WORTH_FIRST


def _also(more: int) -> str:
    return f"{counted(more, 'more line')}, and every" if more else "Every"


def register_counts(entries: Sequence[Entry]) -> str:
    """Say how many numbers there are, and how many of them are assumed or left at a default.

    Args:
        entries: The whole register.
    """
    assumed = sum(entry.status in {"assumed", "structural"} for entry in entries)
    left = sum(entry.status == DEFAULT for entry in entries)
    return f"{counted(len(entries), 'number')}, {assumed} of them assumed and {left} left at a default"


def _is_guess(group: tuple[str, str]) -> bool:
    """True if numbers of a kind and status are the place's own, and assumed or left at a default."""
    kind, status = group
    return status in {"assumed", DEFAULT} and not kind.startswith("parameters.")


def _not_computed(
    guesses: Sequence[tuple[str, str]], sizes: Mapping[tuple[str, str], float], study: Study | None
) -> str:
    """Say why what the place's own guesses are worth was not computed, and how to do so, where none has a worth."""
    if not guesses or any(sizes[each] for each in guesses):
        return ""
    other = "trustsim show --what-matters says it"
    varied = None if study is None else study.assumptions
    if study is None or varied is None or not varied.own_numbers:
        ways = f"{other}, or an experiment with “assumptions: {{place: true}}”"
        return f" What the place’s own numbers are worth was not computed: {ways}."
    found = study_swings(study)
    if found is not None and not found.unranked:
        return " None of these guesses of the place was varied: give “low” and “high” to vary one that is 0."
    count = count_varied(with_effect(varied, study))
    return (
        f" What the place’s own numbers are worth was not computed: they were varied, but {varied.points:,} points are "
        f"too few for {count} numbers. Ask for {2 * count} or more; {other} too."
    )


def register_to_pandas(scenario: Scenario, study: Study | None, others: Others | None = None) -> "pd.DataFrame":
    """Return a row for each number: where, value, unit, source, status, worth and its 95% half-width.

    Numbers that are left at a default and were not varied share a row with others of their kind. Where the place's own
    numbers were varied, those of one status that are worth most come first. Where the scenario holds parameters, the
    column `held` says which. Where it is compared with others, `scenario` names it, and `other_scenarios` says what
    each other that differs has; dates and words that differ, then what only others have, without a value, come last.
    A range that the scenario doesn't give is the one that was drawn from, with which the worth belongs; what is held
    has none.

    Args:
        scenario: The scenario whose numbers are listed.
        study: Its results, for the worth of each assumption; None if they were not kept.
        others: The scenarios that this one is compared with; None if there are none.
    """
    import pandas as pd

    worth = _worth(study)
    entries = _with_kinds(full_register(scenario), worth, others)
    if study is not None and study.assumptions is not None and study.assumptions.own_numbers:
        entries.sort(key=lambda entry: (_rank(entry.status), -_size([entry], worth)))
    rows, ranges = [], _ranges(scenario, study)
    for entry in entries:
        drawn = ranges.get(entry.where) if entry.low is None and entry.high is None else None
        swing = _largest([entry], worth)
        worths = {"worth": swing.swing, "worth_half_width_95": swing.half_width} if swing else {}
        rows.append({**entry._asdict(), **(dict(zip(("low", "high"), drawn, strict=True)) if drawn else {}), **worths})
    if others is not None:
        rows += [entry._asdict() for entry in others.settings.values()]
        rows += [{**entry._asdict(), "value": None} for entry in others.added.values()]
    columns = [*Entry._fields, "worth", "worth_half_width_95"]
    table = pd.DataFrame(rows, columns=columns)
    held = _held(study)
    if held:
        table = table.assign(held=[each in held for each in table["where"]])
    if others is None:
        return table
    return table.assign(scenario=others.whose, other_scenarios=[others.cell(each) for each in table["where"]])


def _with_kinds(entries: Sequence[Entry], worth: dict[str, Swing], others: Others | None) -> list[Entry]:
    """Return the entries; those at their default share one a kind, unless their worth is known or others differ."""
    alike = (entry for entry in entries if others is None or entry.where not in others)
    shared = [entry for entry in alike if entry.status == DEFAULT and entry.where not in worth]
    kinds = [Entry(kind.where, kind.value, kind.unit, kind.source, DEFAULT) for kind in kinds_at_default(shared)]
    kept = [entry for entry in entries if entry not in shared]
    return sorted([*kept, *kinds], key=lambda entry: _rank(entry.status))


def _stretched(study: Study | None) -> str:
    return "" if study is None or study.assumptions is None else stretch_words(study.assumptions.stretch)


def _ranges(scenario: Scenario, study: Study | None) -> dict[str, tuple[float, float]]:
    """Return the ranges from which parameters, and the place's own numbers if they were varied, are drawn."""
    varied = None if study is None else study.assumptions
    stretch = 1.0 if varied is None else varied.stretch
    held = _held(study)
    names = {f"{PARAMETERS}{row.name}": row for row in TABLE}
    found = {name: row.stretched(stretch) for name, row in names.items() if name not in held}
    if varied is None or not varied.own_numbers:
        return found
    return found | {each.where: (each.low, each.high) for each in find_own_numbers(scenario) if each.is_varied}


def _worth(study: Study | None) -> dict[str, Swing]:
    found = study_swings(study)
    return {} if found is None else {swing.parameter: swing for swing in found.ranked}


def _held(study: Study | None) -> frozenset[str]:
    """Return the addresses of the parameters that were held where others were drawn."""
    return frozenset(f"{PARAMETERS}{name}" for name in held_in_study(study)) if study else frozenset()


def _kind(where: str) -> str:
    """Return the address without the names and list indices of single entries, so that a kind shares one."""
    parts = re.sub(r"\[\d+\]", "", where).split(".")
    if parts[0] in _NAMED and len(parts) > 1:
        parts[1] = "*"
        if parts[0] == "programmes" and len(parts) > 2 and parts[2] in {"shares", "saves"}:
            parts = parts[:3]
        if parts[0] == "organisations" and len(parts) > 3:
            parts = parts[:3]
    return ".".join(part for part in parts if part != "*")


def _line(
    kind: str, status: str, some: Sequence[Entry], worth: dict[str, Swing], held: frozenset[str]
) -> tuple[str, str, str, str]:
    swing = _largest(some, worth)
    most = "largest: " if len(some) > 1 else ""
    without = "held" if any(each.where in held for each in some) else ""
    worth_words = without if swing is None else f"{most}{pounds(swing.swing)} ± {pounds(swing.half_width)}"
    said = (entry.source.removeprefix(f"{status}: ") for entry in some if entry.source and entry.source != "judgement")
    sources = list(dict.fromkeys(said))
    behind = f": {_cut(sources[0])}" if len(sources) == 1 else f": {len(sources)} sources" if sources else ""
    return (_label(kind), _value(some), f"{status}{behind}", worth_words)


def number_label(where: str) -> str:
    """Return the name in a board's words of the kind of number that stands at an address in a scenario.

    Args:
        where: The address, such as `programmes.care.value`.
    """
    return _label(_kind(where))


def _label(kind: str) -> str:
    """Return the name of a kind of numbers in a board's words."""
    if kind.startswith("parameters."):
        return parameter_words(kind)
    return _LABELS.get(kind) or capital(kind.replace(".", ", ").replace("_", " "))


def _cut(source: str) -> str:
    """Shorten a source to fit a line; the register's file has all of it."""
    if len(source) <= _LONGEST_SOURCE:
        return source
    return f"{source[:_LONGEST_SOURCE].rpartition(' ')[0]} …"


def _value(some: Sequence[Entry]) -> str:
    units = list(dict.fromkeys(entry.unit for entry in some if entry.unit))
    unit = f" {units[0]}" if len(units) == 1 and units[0] not in _PLAIN_UNITS else ""
    if len(some) == 1:
        return f"{_shown(some[0].value)}{unit}"
    numbers = [float(entry.value) for entry in some if not isinstance(entry.value, str)]
    if not numbers:
        return listed(str(entry.value) for entry in some)
    low, high = min(numbers), max(numbers)
    return f"{range_words(low, high, as_written)}{unit} ({len(some)})"


def _shown(value: float | int | str) -> str:
    return value if isinstance(value, str) else as_written(value)


def _rank(status: str) -> int:
    return FIRST_TO_LAST.index(status) if status in FIRST_TO_LAST else len(FIRST_TO_LAST)


def _largest(some: Sequence[Entry], worth: dict[str, Swing]) -> Swing | None:
    """Return the swing of the number that is worth most; None if none of them was varied."""
    found = [worth.get(each.where.removeprefix("parameters.")) for each in some]
    return max((each for each in found if each is not None), key=lambda each: abs(each.swing), default=None)


def _size(some: Sequence[Entry], worth: dict[str, Swing]) -> float:
    swing = _largest(some, worth)
    return 0.0 if swing is None else abs(swing.swing)
