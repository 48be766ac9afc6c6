"""Build a place of several systems from the scenario of one; some organisations belong to two systems.

It is made for scale, to measure the simulation of a whole country's relationships. It describes no real system.
Every number comes from the shape by a fixed rule, so the same shape and number of systems give the same place.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import permutations
from typing import Any, NamedTuple

from simulation.limits import MOST_VALUES
from simulation.scenario.problems import one_line
from simulation.scenario.raw_data import SIDES, number_of, participants_of
from simulation.scenario.schema import Scenario

FEWEST_SYSTEMS = 2
MOST_SYSTEMS = 100

_SIZES = (100, 90, 110, 95, 105, 85, 115)
"""The sizes of the systems in turn, in per cent of the shape; their mean is 100."""
_VALUES_BEHIND = 3
"""Number of steps further on in the sizes for a system's programmes, so that no system is a copy of another."""

_SYSTEMS_SERVED = {"ambulance": 4, "community": 2, "mental health": 2}
"""How many neighbouring systems each organisation of a sector serves."""

_COMMENT = """\
# {systems} systems of the shape of one scenario: {shape}
#
# Made by `trustsim new --systems {systems}` for scale, to measure the simulation of so many relationships.
# It describes no real system, and its results are not findings about any place.
#
# In all {organisations} organisations, {shared} of them in two systems or more; {programmes} programmes;
#   {contracts} contracts; and {relationships} relationships (ordered pairs of organisations that share one of these).
# Programmes: each system has every programme of the shape, on the same date, with as many participants and the same
#   shares.
# Contracts: each system has every contract of the shape, paid in the same way. Two organisations that have a contract
#   in several systems have one contract, of the sum of the amounts.
# Ids: s03-x is system 3's x of the shape; s03_s04-x is one organisation, the x of systems 3 and 4.
# Who is in two systems or more: an ambulance service serves four neighbouring systems; a community or mental health
#   provider serves two; in every other sector each second organisation serves two. Those who serve two are taken in
#   turn: one for systems 1 and 2, 3 and 4 and so on, the next for 2 and 3, 4 and 5 and so on.
# Sizes: {sizes} per cent of the shape for the systems in turn, then again from the first.
#   The size of a system scales its part of the population, the gap and the plan, the amounts of its contracts, and its
#   organisations' incomes, deficit shares and efficiency pools; an organisation in two systems is the sum of its two
#   parts. The size {behind} steps further on scales the savings, activity, set-up costs and reach of programmes. The
#   size of the whole place scales costs of levers and cost shocks.
# Everything else is copied from the shape, without its observations. Every number without a source is assumed.

"""


class _Part(NamedTuple):
    """The organisations that play one part of the shape."""

    kind: str
    """The name that they have within their systems, such as `acute 2`."""
    span: int
    """How many neighbouring systems each serves."""
    shift: int
    """Number of systems fewer that the first of them serves, so that the borders differ between parts."""

    def served(self, system: int, systems: int) -> tuple[int, int]:
        """Return the first and last system, counted from 0, of the organisation that plays the part in a system."""
        first = (system + self.shift) // self.span * self.span - self.shift
        return max(0, first), min(systems, first + self.span) - 1


def replicate_systems(shape: Scenario, systems: int, *, title: str) -> Scenario:
    """Build a place of several systems of one shape, linked by organisations that belong to more than one.

    Args:
        shape: The scenario of one system.
        systems: How many, 2 to 100.
        title: The new scenario's title.

    Returns:
        The place, whose levers, events and parameters are those of the shape.

    Raises:
        ValueError: If there are too few or too many systems, or more of so large a shape than a file may hold.
    """
    if not FEWEST_SYSTEMS <= systems <= MOST_SYSTEMS:
        raise ValueError(f"systems must be from {FEWEST_SYSTEMS} to {MOST_SYSTEMS} (given: {systems})")
    made = _Multiplier(shape, systems).place(title)
    if (values := _values_in(made)) > MOST_VALUES:
        what = f"{systems} systems of the shape of {one_line(shape.title)} hold {values:,} values"
        raise ValueError(f"{what}; a scenario file may hold {MOST_VALUES:,}")
    return Scenario.model_validate(made)


def describe_replicate_systems(shape: Scenario, systems: int) -> str:
    """Return the comment that explains to a reader of the file how it was made.

    Args:
        shape: The scenario of one system.
        systems: How many there are.
    """
    several = _Multiplier(shape, systems)
    place = {"contracts": several.contracts(), "programmes": several.programmes()}
    together = participants_of(place).values()
    return _COMMENT.format(
        systems=systems,
        shape=one_line(shape.title),
        organisations=f"{len(several.organisations()):,}",
        shared=f"{several.shared():,}",
        programmes=f"{len(place['programmes']):,}",
        contracts=f"{len(place['contracts']):,}",
        relationships=f"{len({pair for each in together for pair in permutations(each, 2)}):,}",
        sizes=", ".join(map(str, _SIZES)),
        behind=_VALUES_BEHIND,
    )


class _Multiplier:
    """A writer of the parts of the new place, in the form of a scenario file."""

    def __init__(self, shape: Scenario, systems: int) -> None:
        self.written: dict[str, Any] = shape.model_dump(
            mode="json", by_alias=True, exclude_unset=True, exclude_none=True
        )
        self.systems = systems
        self.digits = max(2, len(str(systems)))
        self.parts = _parts(self.written["organisations"])
        self.size = sum(_size(system) for system in range(systems))

    def place(self, title: str) -> dict[str, Any]:
        """Return the whole scenario."""
        written = self.written
        made = {
            "title": title,
            "description": f"{self.systems} systems of one shape, made for scale; no real system is described.",
            "start": written["start"],
            "months": written["months"],
            "population": _whole(written["population"], self.size),
            "do_nothing": self._path(written["do_nothing"]),
            "organisations": self.organisations(),
            "contracts": self.contracts(),
            "programmes": self.programmes(),
        }
        if "plan" in written:
            made["plan"] = self._path(written["plan"])
        if "target" in written:
            made["target"] = _times(written["target"], self.size)
        if overrides := written.get("relationships", {}).get("overrides"):
            made["relationships"] = {"overrides": self._overrides(overrides)}
        if "levers" in written:
            made["levers"] = {
                lever: [self._setting(each) for each in uses] for lever, uses in written["levers"].items()
            }
        if "events" in written:
            made["events"] = self._events(written["events"])
        if "parameters" in written:
            made["parameters"] = written["parameters"]
        return made

    def shared(self) -> int:
        """Return how many organisations belong to more than one system."""
        systems = range(self.systems)
        served = {(name, part.served(system, self.systems)) for name, part in self.parts.items() for system in systems}
        return sum(first != last for _, (first, last) in served)

    def _path(self, path: dict[str, Any]) -> dict[str, float]:
        return {month: _times(amount, self.size) for month, amount in path.items()}

    def _holder(self, part: str, system: int) -> str:
        """Return the id of the organisation that plays a part of the shape in a system."""
        first, last = self.parts[part].served(system, self.systems)
        return f"{self._mark(first)}-{part}" if first == last else f"{self._mark(first)}_{self._mark(last)}-{part}"

    def _mark(self, system: int) -> str:
        return f"s{system + 1:0{self.digits}}"

    def _holders(self, part: str) -> list[str]:
        return _once(self._holder(part, system) for system in range(self.systems))

    def organisations(self) -> dict[str, Any]:
        """Return every organisation, by the first system that it serves."""
        made: dict[str, Any] = {}
        for system in range(self.systems):
            for part, entry in self.written["organisations"].items():
                first, last = self.parts[part].served(system, self.systems)
                if first == system:
                    size = sum(_size(served) for served in range(first, last + 1))
                    name = {"name": f"{_systems_named(first, last)} · {self.parts[part].kind}"}
                    scaled = _scaled(entry, size, ("income", "deficit_share", "efficiency_pool"))
                    made[self._holder(part, system)] = name | scaled | name
        return made

    def contracts(self) -> dict[str, Any]:
        """Return every system's contracts; two sides that meet in several systems have one, the sum of its parts."""
        made: dict[str, Any] = {}
        for system in range(self.systems):
            for name, entry in self.written.get("contracts", {}).items():
                sides = {side: self._holder(entry[side], system) for side in SIDES}
                kinds = " and ".join(self.parts[entry[side]].kind for side in SIDES)
                title = {"title": f"System {system + 1} · contract of {kinds}"}
                scaled = _scaled(entry, _size(system), ("amount",))
                one = made.setdefault(self._contract(name, system), title | scaled | sides | title | {"amount": 0.0})
                one["amount"] = _times(one["amount"] + scaled["amount"], 100)
        return made

    def _contract(self, name: str, system: int) -> str:
        """Return the id of a contract of the shape in a system: that of the first system in which its sides meet."""
        entry = self.written["contracts"][name]
        first = max(self.parts[entry[side]].served(system, self.systems)[0] for side in SIDES)
        return f"{self._mark(first)}-{name}"

    def programmes(self) -> dict[str, Any]:
        """Return every system's programmes, which differ only in size and participants."""
        made = {}
        for system in range(self.systems):
            size = _size(system + _VALUES_BEHIND)
            for name, entry in self.written.get("programmes", {}).items():
                scaled = _scaled(entry, size, ("value", "set_up_cost"))
                if "reach" in entry:
                    scaled["reach"] = _whole(entry["reach"], size)
                if "shares" in entry:
                    scaled["shares"] = {self._holder(part, system): share for part, share in entry["shares"].items()}
                if "saves" in entry:
                    saves = entry["saves"]
                    scaled["saves"] = {self._holder(part, system): _times(saves[part], size) for part in saves}
                if "activity" in entry:
                    scaled["activity"] = [self._move(move, system, size) for move in entry["activity"]]
                title = {"title": f"System {system + 1} · {name.replace('_', ' ')}"}
                made[f"{self._mark(system)}-{name}"] = title | scaled | title
        return made

    def _move(self, move: dict[str, Any], system: int, size: int) -> dict[str, Any]:
        ends = {end: self._holder(move[end], system) for end in ("from", "to") if end in move}
        return ends | {"income": _times(move["income"], size)}

    def _overrides(self, overrides: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made: dict[tuple[str, str], dict[str, Any]] = {}
        for system in range(self.systems):
            for override in overrides:
                of, trusted = (self._holder(override[side], system) for side in ("of", "in"))
                made.setdefault((of, trusted), override | {"of": of, "in": trusted})
        return list(made.values())

    def _setting(self, setting: dict[str, Any]) -> dict[str, Any]:
        made = _scaled(setting, self.size, ("cost",))
        if "only" in setting:
            made["only"] = [each for name in setting["only"] for each in self._each(name)]
        return made

    def _each(self, name: str) -> list[str]:
        """Return the ids in the new place that an id of the shape refers to."""
        if name in self.parts:
            return self._holders(name)
        if name in self.written.get("contracts", {}):
            return _once(self._contract(name, system) for system in range(self.systems))
        return [f"{self._mark(system)}-{name}" for system in range(self.systems)]

    def _events(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        made = []
        for event in events:
            if "organisation" in event:
                made += [event | {"organisation": each} for each in self._holders(event["organisation"])]
            elif event["event"] == "cost_shock":
                made.append(_scaled(event, self.size, ("size",)))
            else:
                made.append(
                    event | {"only": [each for part in event["only"] for each in self._holders(part)]}
                    if "only" in event
                    else event
                )
        return made


def _parts(organisations: dict[str, Any]) -> dict[str, _Part]:
    """Return the name and spread of each organisation of the shape: by sector, in the order of the file."""
    sectors = {
        name: str(entry.get("sector") or entry["role"]).replace("_", " ") for name, entry in organisations.items()
    }
    many, seen = Counter(sectors.values()), Counter[str]()
    parts, shared = {}, 0
    for name, sector in sectors.items():
        seen[sector] += 1
        span = _SYSTEMS_SERVED.get(sector.lower(), 1 if seen[sector] % 2 else 2)
        kind = f"{sector} {seen[sector]}" if many[sector] > 1 else sector
        parts[name] = _Part(kind, span, shared % 2 if span == 2 else 0)
        shared += span == 2
    if all(part.span == 1 for part in parts.values()):
        parts[name] = parts[name]._replace(span=2)
    return parts


def _systems_named(first: int, last: int) -> str:
    if first == last:
        return f"System {first + 1}"
    return f"Systems {first + 1} {'and' if last == first + 1 else 'to'} {last + 1}"


def _size(system: int) -> int:
    """Return a system's size in per cent of the shape."""
    return _SIZES[system % len(_SIZES)]


def _scaled(entry: dict[str, Any], size: int, fields: Iterable[str]) -> dict[str, Any]:
    """Return an entry with some of its numbers at another size."""
    return entry | {field: _times(entry[field], size) for field in fields if field in entry}


def _times(written: Any, size: int) -> float:
    """Return a number at a size in per cent, to six figures, which hide floating-point rounding."""
    return float(f"{(number_of(written) or 0.0) * size / 100:.6g}")


def _whole(written: Any, size: int) -> int:
    """Return a whole number at a size in per cent."""
    return round((number_of(written) or 0.0) * size / 100)


def _values_in(data: Any) -> int:
    """Return how many values a file needs for some data, mappings and lists included."""
    held = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_values_in, held))


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
