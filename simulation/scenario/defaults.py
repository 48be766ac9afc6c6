"""The numbers that a place leaves at a default, for its register: one by one, and a line for each kind."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from simulation.formatting import as_written, counted, range_words
from simulation.scenario.entries import ProgrammeEntry, Setting
from simulation.scenario.fields import annotations_of, number_in
from simulation.scenario.own_numbers import DEFAULT, find_own_numbers
from simulation.scenario.paths import target
from simulation.scenario.register import FIRST_TO_LAST, Entry, assumptions_register
from simulation.scenario.schema import Scenario

_NAMES = {
    "organisations.*.deficit_share": ("part of the gap", "parts of the gap"),
    "organisations.*.efficiency_pool": ("own savings", "own savings"),
    "organisations.*.skills.*": ("skill", "skills"),
    "programmes.*.benefit": ("benefit", "benefit"),
    "programmes.*.milestones": ("milestones", "milestones"),
    "programmes.*.set_up_cost": ("set-up cost", "set-up cost"),
    "programmes.*.reach": ("people reached", "people reached"),
    "levers.*.ramp": ("months to full strength", "months to full strength"),
    "levers.*.cost": ("cost", "cost"),
}
"""Names of the kinds of numbers with a default, for one and for many of them."""

_ORIGINS = {"deficit_share": "follows net income", "target": "the last value of the plan, or 0 without one"}
"""How a default that is no fixed number comes about, by the last part of its name."""

_MOST_NAMED = 4


class DefaultKind(NamedTuple):
    """Numbers of one kind that are left at their default.

    Attributes:
        where: Their name in files, with `*` in place of ids.
        words: What they are and how many, such as "milestones of 6 programmes"; their name in files if there is one.
        value: Their value, or their range in words if they differ.
        unit: Their unit.
        source: The ids of those that are left out, the first few of many.
    """

    where: str
    words: str
    value: float | int | str
    unit: str | None
    source: str


def full_register(scenario: Scenario) -> list[Entry]:
    """Return the assumptions register with every number that the scenario leaves at its default.

    Args:
        scenario: The scenario.
    """
    rows = [*assumptions_register(scenario), *numbers_at_default(scenario)]
    return sorted(rows, key=lambda row: FIRST_TO_LAST.index(row.status))


def numbers_at_default(scenario: Scenario) -> list[Entry]:
    """Return every number that a scenario leaves at its default, except parameters, which the register has anyway.

    Args:
        scenario: The scenario.
    """
    own = [
        Entry(each.where, int(each.value) if each.whole else each.value, each.unit, _origin(each.where), DEFAULT)
        for each in find_own_numbers(scenario)
        if each.status == DEFAULT
    ]
    return [*own, *_choices(scenario)]


def kinds_at_default(entries: Iterable[Entry]) -> list[DefaultKind]:
    """Return one line for each kind of numbers at their default, in their order.

    Args:
        entries: Numbers that are left at their default.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_kind(entry.where), []).append(entry)
    return [_line(kind, some) for kind, some in groups.items()]


def _choices(scenario: Scenario) -> Iterator[Entry]:
    """Yield the numbers at their default that are choices, or that change no result."""
    if "target" not in scenario.model_fields_set or scenario.target is None:
        yield Entry("target", target(scenario), "£m a year", _ORIGINS["target"], DEFAULT)
    reach = number_in(annotations_of(ProgrammeEntry)["reach"])
    for name, programme in scenario.programmes.items():
        if "reach" not in programme.model_fields_set:
            yield Entry(f"programmes.{name}.reach", int(programme.reach), reach.unit if reach else None, None, DEFAULT)
    for lever, settings in scenario.levers.items():
        for index, setting in enumerate(settings):
            where = f"levers.{lever}" if len(settings) == 1 else f"levers.{lever}[{index}]"
            for field in ("ramp", "cost"):
                if field not in setting.model_fields_set:
                    number = number_in(annotations_of(Setting)[field])
                    value = float(getattr(setting, field) or 0.0)
                    shown = int(value) if number and number.whole else value
                    yield Entry(f"{where}.{field}", shown, number.unit if number else None, None, DEFAULT)


def _origin(where: str) -> str | None:
    return _ORIGINS.get(where.rpartition(".")[2])


def _kind(where: str) -> str:
    """Return a number's name with `*` in place of ids."""
    parts = where.split(".")
    if len(parts) == 1:
        return where
    return ".".join([parts[0], "*", parts[2], *(["*"] if len(parts) > 3 else [])])


def _line(kind: str, some: Sequence[Entry]) -> DefaultKind:
    values = [float(entry.value) for entry in some]
    value = some[0].value if min(values) == max(values) else range_words(min(values), max(values), as_written)
    ids = list(dict.fromkeys(entry.where.split(".")[1] for entry in some if "." in entry.where))
    if len(some) == 1:
        return DefaultKind(some[0].where, some[0].where, value, some[0].unit, some[0].source or "left out of the file")
    name = _NAMES[kind][1] if len(ids) == len(some) else f"{len(some)} {_NAMES[kind][1]}"
    several = any("[" in each for each in ids)  # a lever with several settings: each is one of these
    noun = "setting of levers" if several else kind.partition(".")[0].removesuffix("s")
    words = f"{name} of {counted(len(ids), noun, 'settings of levers' if several else None)}"
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    behind = f"; {some[0].source}" if some[0].source else ""
    return DefaultKind(kind, words, value, some[0].unit, f"left out: {', '.join(ids[:_MOST_NAMED])}{more}{behind}")
