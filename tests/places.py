"""Made-up places for tests: small ones to be scripted, and random ones that use everything a scenario can say."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from simulation.model.agents.model import TrustModel
from simulation.model.run import run_ensemble
from simulation.parameters import TABLE
from simulation.results.ensemble import Ensemble
from simulation.results.trajectory import Trajectory
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Lever

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SHIPPED = sorted(path.name for path in SCENARIOS.glob("*.yaml"))

START = "2020-04"


def month_after(months: int, start: str = START) -> str:
    """The month YYYY-MM some months after the start."""
    count = int(start[:4]) * 12 + int(start[5:]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def place(**changes: Any) -> dict[str, Any]:
    """Two organisations with a programme and a contract, as a file would write them; leaders never change by chance.

    Args:
        **changes: What differs at the top level; `parameters` are merged, the rest is replaced.
    """
    plain: dict[str, Any] = {
        "title": "A made-up place",
        "start": START,
        "months": 12,
        "population": 100_000,
        "do_nothing": {START: 20.0},
        "organisations": {
            "a": {"role": "commissioner", "income": 100.0, "efficiency_pool": 3.0},
            "b": {"role": "provider", "income": 200.0, "efficiency_pool": 5.0},
        },
        "opportunities": {
            "care": {"kind": "programme", "value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4},
            "deal": {"kind": "contract", "value": 2.0, "shares": {"a": 0.5, "b": 0.5}},
        },
    }
    parameters = changes.pop("parameters", {})
    return plain | changes | {"parameters": parameters}


def scenario(plain: Mapping[str, Any], **beyond_range: float) -> Scenario:
    """A scenario from a place written as a file would write it.

    Args:
        plain: The place.
        **beyond_range: Parameters set past the ranges that files are held to, as theory sometimes asks.
    """
    checked = Scenario.model_validate(dict(plain))
    if not beyond_range:
        return checked
    parameters = checked.parameters.model_copy(update=beyond_range)
    return checked.model_copy(update={"parameters": parameters})


def no_turnover(plain: Mapping[str, Any], **parameters: float) -> Scenario:
    """A scenario whose leaders never change by chance; other parameters may be set past their ranges too."""
    return scenario(plain, turnover=0.0, **parameters)


def fixed(stances: Mapping[str, str], **window: str) -> list[dict[str, str]]:
    """Events that script organisations: always the stance given, in the window if there is one."""
    names = {"open": "population_first", "closed": "institutional"}
    return [
        {"event": "fixed_stance", "organisation": organisation, "stance": names[stance], **window}
        for organisation, stance in stances.items()
    ]


def run(subject: Scenario, seed: int = 1, replicate: int = 0) -> Trajectory:
    """One history."""
    return TrustModel(subject, seed=seed, replicate=replicate).run()


def run_many(subject: Scenario, replicates: int, seed: int = 1) -> Ensemble:
    """Histories by the agents, with all monthly detail."""
    detail = ("organisations", "relationships", "opportunities")
    return run_ensemble(subject, replicates=replicates, seed=seed, engine="mesa", detail=detail)


def written(subject: Scenario) -> dict[str, Any]:
    """A scenario as plain data, with every default filled in."""
    return subject.model_dump(mode="json", by_alias=True, exclude_none=True)


_ORGANISATION_IDS = ("Zeta", "a", "B-2", "_c", "b", "9th", "ab", "A", "trust-x", "zz")
_OPPORTUNITY_IDS = ("care", "Care", "p-1", "P1", "_deal", "10", "9", "xray", "b2b", "joint", "Zoo", "q")
_DOMAINS = ("general", "acute", "community")
_SECTORS = ("acute", "commissioner", "community")


def random_place(seed: int) -> dict[str, Any]:
    """A place made up at random: anything that a scenario may say turns up in some of them.

    Ids are given in no order; some come late, some after the end; shares may be negative or nought.
    """
    plain = made_up_place(Random(seed), _ORGANISATION_IDS, organisations=8, months=(3, 20))
    _crowd(Random(seed + 10**6), plain)
    return plain | {"title": f"Made up from {seed}"}


def crowded_place(luck: Random, *, organisations: int, months: tuple[int, int]) -> dict[str, Any]:
    """As `random_place`, of up to twelve organisations, from luck that somebody else looks after."""
    plain = made_up_place(luck, (*_ORGANISATION_IDS, "y-1", "Y"), organisations=organisations, months=months)
    _crowd(luck, plain)
    return plain


def made_up_place(luck: Random, ids: Sequence[str], *, organisations: int, months: tuple[int, int]) -> dict[str, Any]:
    """A place of at most so many organisations, for a number of months within bounds."""
    horizon = luck.randint(*months)
    chosen = luck.sample(list(ids), luck.randint(2, organisations))
    opportunities = luck.sample(_OPPORTUNITY_IDS, luck.randint(1, 8))
    with_deficits = luck.random() < 0.5
    plain: dict[str, Any] = {
        "title": "Made up",
        "start": START,
        "months": horizon,
        "population": 1000,
        "do_nothing": _path(luck, horizon, 5, 60),
        "organisations": {each: _organisation(luck, with_deficits) for each in chosen},
        "opportunities": {each: _opportunity(luck, chosen, horizon) for each in opportunities},
    }
    plain["opportunities"][opportunities[0]].pop("from", None)
    if luck.random() < 0.5:
        plain["plan"] = _path(luck, horizon, -5, 40)
    plain["relationships"] = {"overrides": _overrides(luck, plain)}
    plain["levers"] = _levers(luck, plain)
    plain["events"] = _events(luck, chosen, horizon)
    plain["parameters"] = _parameters(luck)
    return plain


def in_other_order(plain: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """The same place with everything in its file in another order."""
    luck = Random(seed)

    def shuffled(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {key: shuffled(part[key]) for key in luck.sample(list(part), len(part))}
        if isinstance(part, list | tuple):
            return [shuffled(each) for each in luck.sample(list(part), len(part))]
        return part

    return {key: shuffled(part) for key, part in plain.items()}


def _path(luck: Random, months: int, low: float, high: float) -> dict[str, float]:
    dates = luck.sample(range(-3, months + 3), luck.randint(1, 3))
    return {month_after(date): luck.uniform(low, high) for date in dates}


def _organisation(luck: Random, with_deficits: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "role": luck.choice(["commissioner", "provider"]),
        "income": luck.choice([100.0, luck.uniform(20, 400)]),
        "efficiency_pool": luck.choice([0.0, luck.uniform(0, 10)]),
        "skills": {domain: luck.choice([1.0, luck.random()]) for domain in _DOMAINS if luck.random() < 0.6},
    }
    if with_deficits:
        entry["deficit_share"] = luck.uniform(0.1, 2)
    for name, value in (
        ("sector", luck.choice(_SECTORS)),
        ("orientation", luck.uniform(0, 1)),
        ("lead_capacity", luck.randint(1, 2)),
    ):
        if luck.random() < 0.5:
            entry[name] = value
    return entry


def _opportunity(luck: Random, organisations: list[str], months: int) -> dict[str, Any]:
    members = luck.sample(organisations, luck.randint(2, len(organisations)))
    entry: dict[str, Any] = {
        "kind": luck.choice(["programme", "programme", "contract"]),
        "value": luck.uniform(0.5, 20),
        "shares": _shares(luck, members),
        "domain": luck.choice(_DOMAINS),
        "benefit": luck.choice([0.0, 1.0, luck.uniform(0, 3)]),
    }
    if entry["kind"] == "programme":
        entry |= {
            "reach": luck.randint(0, 5000),
            "milestones": luck.randint(1, 5),
            "set_up_cost": luck.choice([0.0, luck.uniform(0, 4)]),
        }
    if luck.random() < 0.4:
        entry["from"] = month_after(luck.randint(0, months + 2))
    return entry


def _shares(luck: Random, members: list[str]) -> dict[str, float]:
    """Shares that sum to 1 within what a file is allowed, some of them negative or nought."""
    raw = [luck.choice([0.0, luck.uniform(0.1, 1), luck.uniform(0.1, 1), -luck.uniform(0.05, 0.4)]) for _ in members]
    raw[0] = 1 + sum(abs(share) for share in raw[1:])
    off = 1 + luck.uniform(-0.0009, 0.0009)
    return {member: share / sum(raw) * off for member, share in zip(members, raw, strict=True)}


def _overrides(luck: Random, plain: Mapping[str, Any]) -> list[dict[str, Any]]:
    pairs = sorted(
        {
            (of, to)
            for each in plain["opportunities"].values()
            for of in each["shares"]
            for to in each["shares"]
            if of != to
        }
    )
    chosen = luck.sample(pairs, luck.randint(0, min(4, len(pairs))))
    return [{"of": of, "in": to, "trust": luck.choice([0.0, 1.0, luck.random()])} for of, to in chosen]


def _window(luck: Random, months: int) -> dict[str, str]:
    begin = luck.randint(0, months)
    window = {"from": month_after(begin)} if luck.random() < 0.6 else {}
    if luck.random() < 0.5:
        window["until"] = month_after((begin if window else 0) + luck.randint(1, months))
    return window


def _levers(luck: Random, plain: Mapping[str, Any]) -> dict[str, Any]:
    levers: dict[str, Any] = {}
    for lever in Lever:
        ids = list(plain["organisations" if lever.acts_on_organisations else "opportunities"])
        settings = []
        for _ in range(luck.choice([0, 1, 1, 2, 3])):
            setting = {"strength": luck.choice([0.0, 1.0, luck.random(), luck.random()])}
            setting |= _window(luck, plain["months"])
            if luck.random() < 0.5:
                setting |= {"ramp": luck.randint(1, 9), "cost": luck.uniform(0, 2)}
            if luck.random() < 0.4:
                setting["only"] = luck.sample(ids, luck.randint(1, len(ids)))
            settings.append(setting)
        if settings:
            levers[str(lever)] = settings[0] if len(settings) == 1 else settings
    return levers


def _events(luck: Random, organisations: list[str], months: int) -> list[dict[str, Any]]:
    def when() -> str:
        return month_after(luck.choice([0, 1, luck.randint(0, months + 1)]))

    events: list[dict[str, Any]] = []
    for _ in range(luck.randint(0, 3)):
        sizes = [luck.random(), luck.random(), 1.0][: luck.randint(1, 3)]
        broken, month = luck.choice(organisations), when()
        events += [{"event": "breach", "month": month, "organisation": broken, "size": size} for size in sizes]
    for _ in range(luck.randint(0, 4)):
        events.append({"event": "leader_change", "month": when(), "organisation": luck.choice(organisations)})
    for _ in range(luck.randint(0, 2)):
        events.append({"event": "cost_shock", "month": when(), "size": luck.uniform(-3, 8)})
        events.append({"event": "grip_shock", "size": luck.uniform(0, 2), **_window(luck, months)})
    for organisation in luck.sample(organisations, luck.randint(0, 2)):
        events += fixed({organisation: luck.choice(["open", "closed"])}, **_window(luck, months))
    return luck.sample(events, len(events))


def _parameters(luck: Random) -> dict[str, Any]:
    """Half of the parameters anywhere in their ranges, those that let things happen more often."""
    chosen: dict[str, Any] = {}
    for row in TABLE:
        if row.name == "trust_rule":
            chosen[row.name] = luck.choice(["linear", "confirmatory"])
        elif luck.random() < 0.5:
            drawn = luck.choice([row.low, row.high, luck.uniform(row.low, row.high)])
            chosen[row.name] = round(drawn) if row.whole else drawn
    if luck.random() < 0.5:
        chosen |= {"quorum": 0.5, "co_ownership_memory": 0.9, "accountability_pressure": 0.02, "exposure": 0.1}
    if luck.random() < 0.4:
        chosen["lead_capacity"] = luck.randint(1, 2)
    return chosen


def _crowd(luck: Random, plain: dict[str, Any]) -> None:
    """Sometimes let everyone be ordered, skilled and short of room to lead, or be ordered now and then only."""
    organisations, months = plain["organisations"], plain["months"]
    kind = luck.random()
    if kind < 0.2:
        for entry in organisations.values():
            entry |= {"skills": dict.fromkeys(_DOMAINS, 1.0), "lead_capacity": 1}
        for entry in plain["opportunities"].values():
            entry.pop("from", None)
        plain["levers"]["top_down_instruction"] = {"strength": luck.choice([1.0, 0.6])}
        plain["parameters"]["delivery_floor"] = 0.5
    elif kind < 0.4:
        often = [month for month in range(months) if luck.random() < 0.5]
        plain["levers"]["top_down_instruction"] = [
            {"strength": luck.uniform(0.3, 1), "from": month_after(month), "until": month_after(month + 1)}
            for month in often
        ]
        plain["parameters"]["instruction_months"] = luck.randint(2, 4)


TABLES = ("system", "organisations", "relationships", "opportunities", "agreements", "memberships")


def same(one: Trajectory, other: Trajectory) -> bool:
    """Whether two histories are alike in every table, to the bit."""
    return all(getattr(one, table).tobytes() == getattr(other, table).tobytes() for table in TABLES)
