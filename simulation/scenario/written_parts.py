"""Parts of a scenario as a caller in Python writes them: read as a file's parts are, with the same checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from numbers import Integral, Real
from typing import Any

from pydantic import BaseModel

from simulation.levers import Lever
from simulation.scenario.checks import find_contradictions
from simulation.scenario.fields import written_names
from simulation.scenario.messages import NOT_TEXT, find_schema_problems
from simulation.scenario.months import month_name, month_number, month_of
from simulation.scenario.problems import Finding, Path, describe_given
from simulation.scenario.raw_data import list_of, mapping_of, settings_of
from simulation.scenario.schema import Scenario

_NAMES = {
    ("levers", 2): f"there are {', '.join(Lever)}",
    ("parameters", 2): "the table in docs/model.md names them",
    ("contracts", 3): "there are payment, amount, title",
}
"""Where an unknown name resembles no other: the names that there are, by section and number of parts of a path."""

_MONTHS = ("from", "until", "month")
"""Fields that hold a month."""


def as_file_data(value: Any) -> Any:
    """Return a value as a file has it: NumPy's numbers as Python's, a date as its month, a model as a mapping."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, Mapping):
        return {key: as_file_data(each) for key, each in value.items() if each is not None}
    if isinstance(value, date):
        return value.strftime("%Y-%m")
    if isinstance(value, Real) and not isinstance(value, bool):
        return int(value) if isinstance(value, Integral) else float(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_file_data(each) for each in value]
    return value


def by_order(call: str, name: str, values: Sequence[Any], fields: Sequence[str]) -> dict[str, Any]:
    """Return values that were written in the order of fields as a mapping; those that are None are left out.

    Args:
        call: The function that was called, for the message.
        name: The name of its argument.
        values: The values.
        fields: The names of the fields, in order.

    Raises:
        ValueError: If there are more values than fields.
    """
    if len(values) > len(fields):
        message = f"{call}: {name}: takes {', '.join(fields)}, in this order (given: {len(values)} values)"
        raise ValueError(message)
    return {field: as_file_data(value) for field, value in zip(fields, values, strict=False) if value is not None}


def ordered_fields(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields as files write them, without the kind of an event."""
    return [name for name in written_names(model) if name != "event"]


def refuse_mistakes(
    scenario: Scenario, section: str, whole: Any, call: str, shown: Callable[[Path], str], changed: Iterable[Any]
) -> None:
    """Raise an error with all mistakes that a changed section brings into a scenario.

    Args:
        scenario: The scenario before the change.
        section: The name of the section, such as levers.
        whole: The section after the change, as a file would write it.
        call: The function that was called, for the message.
        shown: Returns the path of a mistake in words of the call.
        changed: The names or indices of the entries that were changed.

    Raises:
        ValueError: With one line for each mistake.
    """
    before = as_file_data(scenario)
    after = {**before, section: whole}
    end = month_number(scenario.start) + scenario.months
    found = [*_mistakes(after, section), *_find_after_the_end(after, section, end, set(changed))]
    if not found:
        return
    known = set(_mistakes(before, section))
    lines = [f"{call}: {_as_called(each, shown, scenario.start)}" for each in found if each not in known]
    if lines:
        raise ValueError("\n".join(dict.fromkeys(lines)))


def _as_called(finding: Finding, shown: Callable[[Path], str], start: str) -> Finding:
    """Return a mistake as the caller wrote it; an unknown name that resembles no other with those that there are."""
    is_unknown = finding.at_key and finding.what.startswith("unknown ")
    names = _NAMES.get((str(finding.path[0]), len(finding.path))) if is_unknown else None
    what = f"{finding.what}; {names}" if names and finding.suggestion is None else finding.what
    if finding.path[-1] in _MONTHS and what == NOT_TEXT:
        what = f"must be a month written YYYY-MM, such as {start}"
    where = shown(finding.path)
    return finding._replace(path=(where,) if where else (), what=what)


def _mistakes(data: dict[str, Any], section: str) -> list[Finding]:
    found = [*find_schema_problems(Scenario, data)[1], *find_contradictions(data)]
    once: dict[Path, Finding] = {}
    for each in found:
        if each.path[0] == section:
            once.setdefault(each.path, each)
    return list(once.values())


def _find_after_the_end(data: dict[str, Any], section: str, end: int, changed: set[Any]) -> Iterator[Finding]:
    """Find dates after the last month: a file may keep them for a longer run, but a question is about this one."""
    for path, dated in _dated(data, section):
        if path[1] not in changed:
            continue
        for name in ("from", "month"):
            month = month_of(dated.get(name))
            if month is not None and month >= end:
                what = f"is after the last month, {month_name(end - 1)}"
                yield Finding((*path, name), what, describe_given(dated[name]))


def _dated(data: dict[str, Any], section: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if section == "levers":
        yield from ((path, setting) for path, _, setting in settings_of(data))
    if section == "events":
        yield from (((section, index), mapping_of(event)) for index, event in enumerate(list_of(data, section)))
