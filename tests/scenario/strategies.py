"""Made-up scenarios, valid and not, for statements that hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from simulation.levers import Lever
from simulation.limits import SMALLEST_SIZE
from simulation.parameters import TABLE
from simulation.scenario.alike_names import find_alike_names
from simulation.scenario.entries import (
    ActivityEntry,
    Breach,
    ContractEntry,
    OrganisationEntry,
    ProgrammeEntry,
    Setting,
    TrustOverride,
)
from simulation.scenario.fields import written_names
from simulation.scenario.months import month_name
from simulation.scenario.schema import Scenario

START = 2016 * 12
IDS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=1, max_size=6)
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


def floats(low: float, high: float) -> st.SearchStrategy[float]:
    """A number within bounds, none of those next to 0 that are refused."""
    return st.floats(low, high).map(lambda number: number if abs(number) >= SMALLEST_SIZE else 0.0)


def figures(low: float, high: float, whole: bool = False) -> st.SearchStrategy[Any]:
    """A number within bounds, bare or with what stands behind it."""
    bare = st.integers(int(low), int(high)) if whole else floats(low, high)
    sourced = st.fixed_dictionaries(
        {"value": bare},
        optional={"unit": TEXTS, "source": TEXTS, "status": st.sampled_from(["sourced", "derived", "assumed"])},
    )
    return bare | sourced | st.lists(bare, min_size=3, max_size=3).map(_ranged)


def _ranged(numbers: list[Any]) -> dict[str, Any]:
    low, value, high = sorted(numbers)
    return {"value": value, "low": low, "high": high}


def months(least: int = 0) -> st.SearchStrategy[str]:
    return st.integers(least, 60).map(lambda month: month_name(START + month))


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """The data of a valid scenario."""
    ids = draw(st.lists(IDS, min_size=3, max_size=7, unique=True))
    cut = draw(st.integers(2, len(ids) - 1))
    organisations, opportunities = ids[:cut], ids[cut:]
    parts = {name: draw(_organisations()) for name in organisations}
    pairs = draw(st.permutations(_pairs(parts)))
    contracts = dict(zip(opportunities[: draw(st.integers(0, len(opportunities)))], pairs, strict=False))
    programmes = [name for name in opportunities if name not in contracts]
    providers = [name for name in organisations if parts[name]["role"] == "provider"]
    if draw(st.booleans()):
        for part in parts.values():
            part["deficit_share"] = draw(figures(0.5, 9))
    place = {
        "title": draw(TEXTS),
        "start": month_name(START),
        "months": draw(figures(1, 60, whole=True)),
        "population": draw(figures(1, 10**7, whole=True)),
        "do_nothing": draw(st.dictionaries(months(-24), figures(-500, 500), min_size=1, max_size=3)),
        "organisations": parts,
        "contracts": {name: draw(_contracts(*pair)) for name, pair in contracts.items()},
        "programmes": {name: draw(_programmes(organisations, providers)) for name in programmes},
        "levers": draw(st.dictionaries(st.sampled_from([str(lever) for lever in Lever]), _settings(), max_size=3)),
        "events": draw(st.lists(_events(organisations), max_size=3)),
        "parameters": draw(_parameters()),
    }
    for section in {each.path[0] for each in find_alike_names(place)}:
        for part in place[section].values():
            part.pop("name" if section == "organisations" else "title", None)
    for lever, settings in place["levers"].items():
        for setting in settings if isinstance(settings, list) else [settings]:
            _add_subjects(draw, setting, [each for section in Lever(lever).scope.sections for each in place[section]])
    if together := sorted(_together(place)):
        pairs = draw(st.lists(st.sampled_from(together), max_size=2, unique=True))
        overrides = [{"of": one, "in": other, "trust": draw(figures(0, 1))} for one, other in pairs]
        place["relationships"] = {"overrides": overrides}
    plans = st.dictionaries(months(-24), figures(-500, 500), min_size=1, max_size=3)
    trust = _observed_trust(sorted(_together(place)))
    observed = optional(gap=plans, outturns=_outturns(organisations, place["months"]), trust=trust)
    return place | draw(optional(description=TEXTS, target=figures(-9, 9), plan=plans, observed=observed))


def _add_subjects(draw: st.DrawFn, setting: dict[str, Any], subjects: list[str]) -> None:
    if subjects and draw(st.booleans()):
        setting["only"] = draw(st.lists(st.sampled_from(subjects), min_size=1, max_size=3))


def _together(place: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the pairs of organisations that share a contract or a programme."""
    groups = [{entry["commissioner"], entry["provider"]} for entry in place["contracts"].values()]
    for entry in place["programmes"].values():
        moved = {end for move in entry.get("activity", []) for end in (move.get("from"), move.get("to")) if end}
        groups.append({*entry.get("shares", {}), *entry.get("saves", {}), *moved})
    return {(one, other) for group in groups for one in group for other in group if one != other}


def _outturns(organisations: list[str], months: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Outturns of the financial years that the run covers."""
    last = START + (months["value"] if isinstance(months, dict) else months)
    years = [year for year in range(2016, 2021) if year * 12 + 15 <= last]
    if not years:
        return st.just([])
    names = st.sampled_from([f"{year}/{(year + 1) % 100:02d}" for year in years])
    said = {
        "organisations": st.lists(st.sampled_from(organisations), min_size=1, max_size=3, unique=True),
        "by_year": st.dictionaries(names, figures(-99, 99), min_size=1, max_size=3),
    }
    return st.lists(st.fixed_dictionaries(said, optional={"title": TEXTS}), max_size=2)


@st.composite
def _observed_trust(draw: st.DrawFn, together: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return trust as observed of some pairs that share a contract or a programme, and of the place."""
    by_month = st.dictionaries(months(-24), figures(0, 1), min_size=1, max_size=3)
    pairs = draw(st.lists(st.sampled_from(together), max_size=3, unique=True)) if together else []
    entries = [{"of": of, "in": trusted, "by_month": draw(by_month)} for of, trusted in pairs]
    pooled = [{"by_month": draw(by_month)}] if draw(st.booleans()) else []
    return list(draw(st.permutations(entries + pooled)))


def _organisations() -> st.SearchStrategy[dict[str, Any]]:
    said = st.fixed_dictionaries({"role": st.sampled_from(["commissioner", "provider"]), "income": figures(0.1, 1e4)})
    more = optional(
        name=TEXTS,
        sector=TEXTS,
        efficiency_pool=figures(0, 100),
        orientation=figures(0, 1),
        skills=st.dictionaries(TEXTS, figures(0, 1), max_size=2),
        lead_capacity=figures(1, 20, whole=True),
    )
    return st.builds(lambda first, second: first | second, said, more)


def _pairs(parts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the pairs of a commissioner and a provider."""
    by_role = {role: [name for name in parts if parts[name]["role"] == role] for role in ("commissioner", "provider")}
    return [(one, other) for one in by_role["commissioner"] for other in by_role["provider"]]


def _contracts(commissioner: str, provider: str) -> st.SearchStrategy[dict[str, Any]]:
    said = st.fixed_dictionaries(
        {"commissioner": st.just(commissioner), "provider": st.just(provider), "amount": figures(0.1, 500)}
    )
    more = optional(title=TEXTS, payment=st.sampled_from(["tariff", "block", "shared"]))
    return st.builds(lambda first, second: first | second, said, more)


@st.composite
def _programmes(draw: st.DrawFn, organisations: list[str], providers: list[str]) -> dict[str, Any]:
    who = draw(st.lists(st.sampled_from(organisations), min_size=2, max_size=4, unique=True))
    shares = {name: draw(floats(-1, 1)) for name in who[1:]}
    shares[who[0]] = 1 - sum(shares.values())
    in_both_forms = {"value": draw(figures(0.1, 99)), "shares": shares}, {"saves": shares}
    return draw(st.sampled_from(in_both_forms)) | draw(
        optional(
            title=TEXTS,
            domain=TEXTS,
            benefit=figures(0, 3),
            reach=figures(0, 9999, whole=True),
            milestones=figures(1, 12, whole=True),
            set_up_cost=figures(0, 9),
            **{"from": st.just(month_name(START))},
            activity=st.lists(_moves(providers), max_size=2) if providers else st.just([]),
        )
    )


@st.composite
def _moves(draw: st.DrawFn, providers: list[str]) -> dict[str, Any]:
    ends = draw(st.lists(st.sampled_from(providers), min_size=1, max_size=2, unique=True))
    names = ("from", "to") if len(ends) == 2 else (draw(st.sampled_from(["from", "to"])),)
    return {"income": draw(figures(0.1, 99)), **dict(zip(names, ends, strict=True))}


def _settings() -> st.SearchStrategy[Any]:
    said = st.fixed_dictionaries({"strength": figures(0, 1)})
    more = optional(
        ramp=figures(1, 9, whole=True), cost=figures(0, 9), until=months(1), **{"from": st.just(month_name(START))}
    )
    one = st.builds(lambda first, second: first | second, said, more)
    return one | st.lists(one, max_size=2)


def _events(organisations: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    who = st.sampled_from(organisations)
    kind = st.just
    breach = {"event": kind("breach"), "month": months(), "organisation": who, "size": figures(0, 1)}
    return (
        st.fixed_dictionaries(breach)
        | st.fixed_dictionaries({"event": kind("leader_change"), "month": months(), "organisation": who})
        | st.fixed_dictionaries({"event": kind("cost_shock"), "month": months(), "size": figures(0, 9)})
        | st.fixed_dictionaries(
            {"event": kind("grip_shock"), "size": figures(0, 3)},
            optional={"from": months(), "only": st.lists(who, min_size=1, max_size=3)},
        )
        | st.fixed_dictionaries(
            {"event": kind("fixed_stance"), "organisation": who, "stance": kind("institutional")},
            optional={"until": months(1)},
        )
    )


def _parameters() -> st.SearchStrategy[dict[str, Any]]:
    rows = {row.name: figures(row.least, row.most, whole=row.whole) for row in TABLE if row.name != "trust_rule"}
    rows |= {"unowned_realisation": figures(0, 0.5), "owned_realisation": figures(0.55, 1)}
    return optional(**rows, trust_rule=st.sampled_from(["linear", "confirmatory"]))


_WORDS = sorted(
    {
        *(
            name
            for model in (
                Scenario,
                OrganisationEntry,
                ContractEntry,
                ProgrammeEntry,
                ActivityEntry,
                Setting,
                TrustOverride,
                Breach,
            )
            for name in written_names(model)
        ),
        *(str(lever) for lever in Lever),
        *("extends", "meht", "ccg", "frailty", "deal", "2016-04", "2016-13", "breach", "fixed_stance", "tariff"),
        *("opportunities", "quorum", "owned_realisation", "realisation_mean", "payment_reform", "gain_share"),
    }
)


def words() -> st.SearchStrategy[str]:
    """The words that a scenario file is made of."""
    return st.sampled_from(_WORDS)


def garbage() -> st.SearchStrategy[Any]:
    """Anything that YAML can hold, made of a scenario's own words."""
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | words() | st.text(max_size=9)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words() | st.text(max_size=5), inner, max_size=6),
        max_leaves=40,
    )
