"""Parts of an experiment file that contradict each other.

The checks read plain data as a file gives it and pass over what the entries' models refuse anyway, so that all
mistakes are reported at once.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from simulation.experiment.addresses import AddressError, parse_address
from simulation.experiment.entries import DRAWN_APART, SAMPLED
from simulation.known_names import closest
from simulation.limits import MOST_DESIGNS
from simulation.scenario.months import month_of
from simulation.scenario.problems import Finding, Path, describe_given, either
from simulation.scenario.raw_data import mapping_of, number_of

_SUPPORTING = ("attribution", "assumptions", "fixed_stances")
_AT_LEAST_TWO = frozenset({"sobol", "morris"})
_UNSAMPLED = frozenset({"grid", "one-at-a-time"})
_CHOSEN = ("strength", "from", "until", "ramp")
"""Fields of a lever that a board chooses; what a lever costs follows, and its amount is assumed."""
_CALENDAR = frozenset({"start", "months"})


def find_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find all contradictions in an experiment's data.

    Args:
        data: The experiment as its file writes it; parts that are not well formed are passed over.

    Yields:
        Each contradiction with its path in the data.
    """
    yield from _check_changes(data)
    for address, raw in mapping_of(data, "vary").items():
        if address in _CALENDAR:
            what = "cannot be varied: runs of one experiment must have the same start and months; use one file for each"
            yield Finding(("vary", address), what, at_key=True)
            continue
        yield from _check_factor(("vary", address), raw)
        yield from _check_choice(address, raw)
        if _is_choice(raw) and not _count_values(raw) and (kind := design_kind(data)) in DRAWN_APART:
            what = f"a choice needs values to try at every point of a {kind} design: a list, or a range with steps"
            yield Finding(("vary", address), what, at_key=True)
    yield from _check_design(data)
    yield from _check_attribution(data)
    for name in _SUPPORTING:
        if name in data and "vary" in data:
            what = "runs only where scenarios are compared as they are; remove vary, or ask for it in another file"
            yield Finding((name,), what, at_key=True)


def design_kind(data: dict[str, Any]) -> Any:
    """Return the kind of design that an experiment's data asks for, as it is written; grid if it is left out."""
    design = data.get("design", "grid")
    return design.get("kind") if isinstance(design, dict) else design


def _check_changes(data: dict[str, Any]) -> Iterator[Finding]:
    for name, change in mapping_of(data, "compare").items():
        if isinstance(change, dict) and "extends" in change:
            what = "is not used here; to start from another scenario file, name it as `scenario`"
            yield Finding(("compare", name, "extends"), what, at_key=True)


def _check_choice(address: str, raw: Any) -> Iterator[Finding]:
    """Refuse a choice of what no board can choose; an address that leads nowhere is reported elsewhere."""
    if not _is_choice(raw):
        return
    try:
        parts = parse_address(address)
    except AddressError:
        return
    if parts[0] == "parameters":
        yield Finding(("vary", address, "choice"), "a parameter is an assumption, not a choice; remove it", at_key=True)
    elif parts[0] != "levers" or parts[-1] not in _CHOSEN:
        what = f"is an assumption, not a choice: a board chooses a lever's {either(_CHOSEN)}; remove it"
        yield Finding(("vary", address, "choice"), what, at_key=True)


def _is_choice(raw: Any) -> bool:
    return isinstance(raw, dict) and raw.get("choice") is True


def _check_factor(path: Path, raw: Any) -> Iterator[Finding]:
    if isinstance(raw, dict) and "values" in raw:
        path, raw = (*path, "values"), raw["values"]
    if isinstance(raw, list):
        seen: set[str | float] = set()
        for index, value in enumerate(raw):
            if not isinstance(value, str | int | float):
                continue
            if value in seen:
                yield Finding((*path, index), "is given twice; remove one", describe_given(value))
            seen.add(value)
    elif isinstance(raw, dict) and "distribution" in raw:
        yield from _check_distribution(path, raw)
    elif isinstance(raw, dict):
        yield from _check_range(path, raw)


def _check_range(path: Path, raw: dict[str, Any]) -> Iterator[Finding]:
    months = [month_of(raw.get(name)) for name in ("from", "to")]
    numbers = [_bare(raw.get(name)) for name in ("from", "to")]
    low, high = months if None not in months else numbers
    given = describe_given(raw.get("to"))
    if low is None or high is None:
        if None not in (months[0], numbers[1]):
            yield Finding((*path, "to"), "must be a month, as from is", given)
        elif None not in (numbers[0], months[1]):
            yield Finding((*path, "to"), "must be a number, as from is", given)
        return
    steps = _bare(raw.get("steps"))
    if not low < high:
        yield Finding((*path, "to"), f"must be above from, {raw['from']}", given)
    elif None not in months and steps is not None and steps > high - low + 1:
        yield Finding((*path, "steps"), "is more than there are months", describe_given(raw["steps"]))


def _check_distribution(path: Path, raw: dict[str, Any]) -> Iterator[Finding]:
    low, high, mode, sd = (_bare(raw.get(name)) for name in ("low", "high", "mode", "sd"))
    if low is not None and high is not None:
        if not low < high:
            yield Finding((*path, "high"), f"must be above low, {raw['low']}", describe_given(raw["high"]))
        elif mode is not None and not low <= mode <= high:
            yield Finding((*path, "mode"), f"must be from low, {raw['low']}, to high, {raw['high']}", f"{raw['mode']}")
    if sd is not None and not sd > 0:
        yield Finding((*path, "sd"), "must be above 0", describe_given(raw["sd"]))


def _check_design(data: dict[str, Any]) -> Iterator[Finding]:
    design = data.get("design", "grid")
    entry = design if isinstance(design, dict) else {"kind": design}
    kind, points = design_kind(data), number_of(entry.get("points"))
    if not isinstance(kind, str):
        return
    if "design" in data and "vary" not in data:
        yield Finding(("design",), "has no effect without vary", at_key=True)
    if kind in SAMPLED and "points" not in entry:
        if entry is design:
            yield Finding(("design", "points"), "is missing")
        else:
            what = f"must say how many points it draws: write {{kind: {kind}, points: 100}}"
            yield Finding(("design",), what)
    if kind in _AT_LEAST_TWO and points == 1:
        yield Finding(("design", "points"), "must be at least 2", "1")
    if kind in _UNSAMPLED:
        yield from _check_unsampled(data, kind, entry)
    if _count_designs(data, kind, points) > MOST_DESIGNS:
        what = f"makes more than {MOST_DESIGNS:,} designs; vary less, compare less, or draw fewer points"
        yield Finding(("design",) if "design" in data else ("vary",), what)


def _count_designs(data: dict[str, Any], kind: str, points: float | None) -> float:
    """Return the number of points times that of scenarios; at most a little more than the limit."""
    varied, scenarios = mapping_of(data, "vary"), max(len(mapping_of(data, "compare")), 1)
    if kind == "grid":
        count: float = scenarios
        for raw in varied.values():
            count *= max(_count_values(raw), 1)
            if count > MOST_DESIGNS:
                break
        return count
    if kind == "one-at-a-time":
        return scenarios * (1 + sum(map(_count_values, varied.values())))
    times: float = {"sobol": len(varied) + 2, "morris": len(varied) + 1}.get(kind, 1)
    if kind in DRAWN_APART:
        for raw in varied.values():
            times = min(times * max(_count_values(raw) if _is_choice(raw) else 1, 1), MOST_DESIGNS + 1)
    return scenarios * (points or 0) * times


def _count_values(raw: Any) -> float:
    """Return the number of values of a factor that are tried one by one; 0 if there are none."""
    listed = raw.get("values") if isinstance(raw, dict) else raw
    if isinstance(listed, list):
        return len(listed)
    return number_of(raw.get("steps")) or 0 if isinstance(raw, dict) else 0


def _check_unsampled(data: dict[str, Any], kind: str, entry: dict[str, Any]) -> Iterator[Finding]:
    if "points" in entry:
        what = f"has no effect in a {kind} design, which uses the values that are given; remove it"
        yield Finding(("design", "points"), what, at_key=True)
    for address, raw in mapping_of(data, "vary").items():
        spread = isinstance(raw, dict) and ("distribution" in raw or ({"from", "to"} <= raw.keys() - {"steps"}))
        if spread and "steps" not in raw:
            what = f"a {kind} design needs values to try: give a list, or a range with steps"
            yield Finding(("vary", address), what, at_key=True)


def _check_attribution(data: dict[str, Any]) -> Iterator[Finding]:
    compare, scenario = data.get("compare"), data.get("scenario")
    names = [*compare] if isinstance(compare, dict) else [PurePath(scenario).stem] if isinstance(scenario, str) else []
    for end, name in mapping_of(data, "attribution").items():
        if end in {"from", "to"} and isinstance(name, str) and names and name not in names:
            yield Finding(("attribution", end), f"must be {either(names)}", describe_given(name), closest(name, names))


def _bare(raw: Any) -> float | None:
    """Return a number that is written without its source; None if it is anything else."""
    return None if isinstance(raw, dict) else number_of(raw)
