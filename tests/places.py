"""Made-up places for tests: small ones to be scripted, and random ones that use everything a scenario can say."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, cast

from simulation.levers import Lever
from simulation.limits import SMALLEST_SIZE
from simulation.model.agents.model import TrustModel
from simulation.model.run import run_ensemble
from simulation.parameters import TABLE
from simulation.results.ensemble import Ensemble
from simulation.results.trajectory import Trajectory
from simulation.scenario.raw_data import participants_of
from simulation.scenario.schema import Scenario

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
            "a": {"role": "commissioner", "income": 100.0, "deficit_share": 1, "efficiency_pool": 3.0},
            "b": {"role": "provider", "income": 200.0, "deficit_share": 2, "efficiency_pool": 5.0},
        },
        "contracts": {"deal": {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": "shared"}},
        "programmes": {"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4}},
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
    """One replicate."""
    return TrustModel(subject, seed=seed, replicate=replicate).run()


def run_many(subject: Scenario, replicates: int, seed: int = 1) -> Ensemble:
    """Replicates by the agents, with all monthly detail."""
    detail = ("organisations", "relationships", "opportunities")
    return run_ensemble(subject, replicates=replicates, seed=seed, engine="mesa", detail=detail)


def written(subject: Scenario) -> dict[str, Any]:
    """A scenario as plain data, with every default filled in."""
    return subject.model_dump(mode="json", by_alias=True, exclude_none=True)


_ORGANISATION_IDS = ("Zeta", "a", "B-2", "_c", "b", "9th", "ab", "A", "trust-x", "zz")
_OPPORTUNITY_IDS = ("care", "Care", "p-1", "P1", "_deal", "10", "9", "xray", "b2b", "joint", "Zoo", "q")
_DOMAINS = ("it", "acute", "community")
_SECTORS = ("acute", "commissioner", "community")
_ROLES = ("commissioner", "provider")
_PAYMENTS = ("tariff", "block", "shared", None)


def random_place(seed: int) -> dict[str, Any]:
    """Return a place made at random: anything that a scenario may say appears in some of them.

    Ids are given in no order; some come late, some after the end; shares may be negative or zero.
    """
    plain = made_up_place(Random(seed), _ORGANISATION_IDS, organisations=8, months=(3, 20))
    _crowd(Random(seed + 10**6), plain)
    return _rounded(plain) | {"title": f"Made up from {seed}"}


def crowded_place(chance: Random, *, organisations: int, months: tuple[int, int]) -> dict[str, Any]:
    """As `random_place`, of up to twelve organisations, from chance that somebody else looks after."""
    plain = made_up_place(chance, (*_ORGANISATION_IDS, "y-1", "Y"), organisations=organisations, months=months)
    _crowd(chance, plain)
    return cast("dict[str, Any]", _rounded(plain))


def _rounded(part: Any) -> Any:
    """A part of a place with 0 for the numbers next to it, which scenarios refuse."""
    if isinstance(part, dict):
        return {key: _rounded(each) for key, each in part.items()}
    if isinstance(part, list):
        return [_rounded(each) for each in part]
    return 0.0 if isinstance(part, float) and abs(part) < SMALLEST_SIZE else part


def made_up_place(chance: Random, ids: Sequence[str], *, organisations: int, months: tuple[int, int]) -> dict[str, Any]:
    """A place of at most so many organisations, for a number of months within bounds."""
    horizon = chance.randint(*months)
    chosen = chance.sample(list(ids), chance.randint(2, organisations))
    names = chance.sample(_OPPORTUNITY_IDS, chance.randint(1, 9))
    with_deficits = chance.random() < 0.5
    entries = {each: _organisation(chance, with_deficits) for each in chosen}
    pairs = _pairs_for_contracts(chance, entries, len(names) - chance.randint(0, 1))
    named = dict(zip(names, pairs, strict=False))
    contracts = {name: _contract(chance, *pair) for name, pair in named.items()}
    providers = [each for each in chosen if entries[each]["role"] == "provider"]
    programmes = {each: _programme(chance, chosen, providers, horizon) for each in names if each not in contracts}
    if not contracts:
        programmes[names[0]].pop("from", None)
    plain: dict[str, Any] = {
        "title": "Made up",
        "start": START,
        "months": horizon,
        "population": 1000,
        "do_nothing": _path(chance, horizon, 5, 60),
        "organisations": entries,
        "contracts": contracts,
        "programmes": programmes,
    }
    if chance.random() < 0.5:
        plain["plan"] = _path(chance, horizon, -5, 40)
    plain["relationships"] = {"overrides": _overrides(chance, plain)}
    plain["levers"] = _levers(chance, plain)
    plain["events"] = _events(chance, chosen, horizon)
    plain["parameters"] = _parameters(chance)
    if chance.random() < 0.3:
        _move_much(chance, plain)
    return plain


def in_other_order(plain: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """The same place with everything in its file in another order."""
    chance = Random(seed)

    def shuffled(part: Any) -> Any:
        if isinstance(part, Mapping):
            return {key: shuffled(part[key]) for key in chance.sample(list(part), len(part))}
        if isinstance(part, list | tuple):
            return [shuffled(each) for each in chance.sample(list(part), len(part))]
        return part

    return {key: shuffled(part) for key, part in plain.items()}


def _path(chance: Random, months: int, low: float, high: float) -> dict[str, float]:
    dates = chance.sample(range(-3, months + 3), chance.randint(1, 3))
    return {month_after(date): chance.uniform(low, high) for date in dates}


def _organisation(chance: Random, with_deficits: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "role": chance.choice(["commissioner", "provider"]),
        "income": chance.choice([100.0, chance.uniform(20, 400)]),
        "efficiency_pool": chance.choice([0.0, chance.uniform(0, 10)]),
        "skills": {domain: chance.choice([1.0, chance.random()]) for domain in _DOMAINS if chance.random() < 0.6},
    }
    if with_deficits:
        entry["deficit_share"] = chance.uniform(0.1, 2)
    for name, value in (
        ("sector", chance.choice(_SECTORS)),
        ("orientation", chance.uniform(0, 1)),
        ("lead_capacity", chance.randint(1, 2)),
    ):
        if chance.random() < 0.5:
            entry[name] = value
    return entry


def _pairs_for_contracts(chance: Random, organisations: Mapping[str, Any], most: int) -> list[tuple[str, str]]:
    """Return some of the pairs of a commissioner and a provider."""
    by_role = {role: [each for each in organisations if organisations[each]["role"] == role] for role in _ROLES}
    pairs = [(one, other) for one in by_role["commissioner"] for other in by_role["provider"]]
    return chance.sample(pairs, min(len(pairs), chance.randint(0, max(0, most))))


def _contract(chance: Random, commissioner: str, provider: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "commissioner": commissioner,
        "provider": provider,
        "amount": chance.choice([chance.uniform(1, 60), chance.uniform(60, 400)]),
    }
    if payment := chance.choice(_PAYMENTS):
        entry["payment"] = payment
    return entry


def _programme(chance: Random, organisations: list[str], providers: list[str], months: int) -> dict[str, Any]:
    members = chance.sample(organisations, chance.randint(2, len(organisations)))
    shares, value = _shares(chance, members), chance.uniform(0.5, 20)
    entry: dict[str, Any] = {
        "benefit": chance.choice([0.0, 1.0, chance.uniform(0, 3)]),
        "reach": chance.randint(0, 5000),
        "milestones": chance.randint(1, 5),
        "set_up_cost": chance.choice([0.0, chance.uniform(0, 4)]),
        "activity": [move for _ in range(chance.choice([0, 0, 1, 2])) if (move := _move(chance, providers))],
    }
    if chance.random() < 0.3:
        entry["saves"] = {member: share * value for member, share in shares.items()}
    else:
        entry |= {"value": value, "shares": shares}
    if chance.random() < 0.7:
        entry["domain"] = chance.choice(_DOMAINS)
    if chance.random() < 0.4:
        entry["from"] = month_after(chance.randint(0, months + 2))
    return entry


def _move(chance: Random, providers: list[str]) -> dict[str, Any] | None:
    """Return a move of activity between two providers, away from one or to one; None without a provider."""
    ends = chance.sample(providers, min(2, len(providers)))
    if not ends:
        return None
    move: dict[str, Any] = {"income": chance.uniform(0.5, 15)}
    names = chance.choice([("from",), ("to",), ("from", "to")])
    return move | dict(zip(names, ends, strict=False))


def _move_much(chance: Random, plain: dict[str, Any]) -> None:
    """Add contracts until more than half of the pairs have one, and activity that moves in every way they allow."""
    organisations, contracts = plain["organisations"], plain["contracts"]
    joined = {(entry["commissioner"], entry["provider"]) for entry in contracts.values()}
    for one, other in _pairs_for_contracts(chance, organisations, len(organisations) ** 2):
        if (one, other) not in joined and chance.random() < 0.6:
            contracts[f"{one}_{other}"] = _contract(chance, one, other)
    providers = [each for each, entry in organisations.items() if entry["role"] == "provider"]
    for entry in plain["programmes"].values():
        entry["activity"] += [move for _ in range(2) if (move := _move(chance, providers))]


def _shares(chance: Random, members: list[str]) -> dict[str, float]:
    """Return shares that add up to 1 as nearly as a file must, some of them negative or zero."""
    raw = [
        chance.choice([0.0, chance.uniform(0.1, 1), chance.uniform(0.1, 1), -chance.uniform(0.05, 0.4)])
        for _ in members
    ]
    raw[0] = 1 + sum(abs(share) for share in raw[1:])
    off = 1 + chance.uniform(-0.0009, 0.0009)
    return {member: share / sum(raw) * off for member, share in zip(members, raw, strict=True)}


def _overrides(chance: Random, plain: Mapping[str, Any]) -> list[dict[str, Any]]:
    together = participants_of(plain).values()
    pairs = sorted({(of, to) for each in together for of in each for to in each if of != to})
    chosen = chance.sample(pairs, chance.randint(0, min(4, len(pairs))))
    return [{"of": of, "in": to, "trust": chance.choice([0.0, 1.0, chance.random()])} for of, to in chosen]


def _window(chance: Random, months: int) -> dict[str, str]:
    begin = chance.randint(0, months)
    window = {"from": month_after(begin)} if chance.random() < 0.6 else {}
    if chance.random() < 0.5:
        window["until"] = month_after((begin if window else 0) + chance.randint(1, months))
    return window


def _levers(chance: Random, plain: Mapping[str, Any]) -> dict[str, Any]:
    levers: dict[str, Any] = {}
    for lever in Lever:
        ids = [name for section in lever.scope.sections for name in plain[section]]
        settings = []
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            setting = {"strength": chance.choice([0.0, 1.0, chance.random(), chance.random()])}
            setting |= _window(chance, plain["months"])
            if chance.random() < 0.5:
                setting |= {"ramp": chance.randint(1, 9), "cost": chance.uniform(0, 2)}
            if ids and chance.random() < 0.4:
                setting["only"] = chance.sample(ids, chance.randint(1, len(ids)))
            settings.append(setting)
        if settings:
            levers[str(lever)] = settings[0] if len(settings) == 1 else settings
    return levers


def _events(chance: Random, organisations: list[str], months: int) -> list[dict[str, Any]]:
    def when() -> str:
        return month_after(chance.choice([0, 1, chance.randint(0, months + 1)]))

    events: list[dict[str, Any]] = []
    for _ in range(chance.randint(0, 3)):
        sizes = [chance.random(), chance.random(), 1.0][: chance.randint(1, 3)]
        broken, month = chance.choice(organisations), when()
        events += [{"event": "breach", "month": month, "organisation": broken, "size": size} for size in sizes]
    for _ in range(chance.randint(0, 4)):
        events.append({"event": "leader_change", "month": when(), "organisation": chance.choice(organisations)})
    for _ in range(chance.randint(0, 2)):
        events.append({"event": "cost_shock", "month": when(), "size": chance.uniform(0, 8)})
        shock = {"event": "grip_shock", "size": chance.uniform(0, 2), **_window(chance, months)}
        if chance.random() < 0.5:
            shock["only"] = chance.sample(organisations, chance.randint(1, len(organisations)))
        events.append(shock)
    for organisation in chance.sample(organisations, chance.randint(0, 2)):
        events += fixed({organisation: chance.choice(["open", "closed"])}, **_window(chance, months))
    return chance.sample(events, len(events))


def _parameters(chance: Random) -> dict[str, Any]:
    """Half of the parameters anywhere in their ranges or at a hard limit, those that let things happen more often."""
    chosen: dict[str, Any] = {}
    for row in TABLE:
        if row.name == "trust_rule":
            chosen[row.name] = chance.choice(["linear", "confirmatory"])
        elif chance.random() < 0.5:
            drawn = chance.choice([row.low, row.high, row.least, row.most, *(chance.uniform(row.low, row.high),) * 4])
            chosen[row.name] = round(drawn) if row.whole else drawn
    if chance.random() < 0.5:
        chosen |= {"quorum": 0.5, "co_ownership_memory": 0.9, "accountability_pressure": 0.02, "exposure": 0.1}
    if chance.random() < 0.4:
        chosen["lead_capacity"] = chance.randint(1, 2)
    if chance.random() < 0.7:
        chosen |= {"mobilisation": chance.randint(0, 3), "pace": chance.randint(1, 2)}
    if chance.random() < 0.2:
        chosen |= {"trust_gain": 0.3, "loss_ratio": 5, "meeting": chance.uniform(0.6, 1)}
    realised = {"unowned_realisation": chance.uniform(0, 1), "owned_realisation": chance.uniform(0, 1)}
    return chosen | dict(zip(realised, sorted(realised.values()), strict=True))


def _crowd(chance: Random, plain: dict[str, Any]) -> None:
    """Sometimes let everyone be ordered, skilled and short of room to lead, or be ordered now and then only."""
    organisations, months = plain["organisations"], plain["months"]
    kind = chance.random()
    if kind < 0.2:
        for entry in organisations.values():
            entry |= {"skills": dict.fromkeys(_DOMAINS, 1.0), "lead_capacity": 1}
        for entry in plain["programmes"].values():
            entry.pop("from", None)
        plain["levers"]["top_down_instruction"] = {"strength": chance.choice([1.0, 0.6])}
        plain["parameters"] |= {"delivery_floor": 0.5, "mobilisation": 0, "pace": 1}
    elif kind < 0.4:
        often = [month for month in range(months) if chance.random() < 0.5]
        plain["levers"]["top_down_instruction"] = [
            {"strength": chance.uniform(0.3, 1), "from": month_after(month), "until": month_after(month + 1)}
            for month in often
        ]
        plain["parameters"]["instruction_months"] = chance.randint(2, 4)


TABLES = ("system", "organisations", "relationships", "opportunities", "agreements", "memberships")


def same(one: Trajectory, other: Trajectory) -> bool:
    """True if two replicates are equal in every table, to the bit."""
    return all(getattr(one, table).tobytes() == getattr(other, table).tobytes() for table in TABLES)
