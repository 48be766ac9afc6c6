"""Warnings about sizes: each is said where it is true, and not just inside it."""

from copy import deepcopy
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.model.payments import find_transfers, shares_by_month
from simulation.results.axes import axes_of
from simulation.scenario.ceiling import first_agreed, least_gap
from simulation.scenario.loading import find_problems, load_scenario
from simulation.scenario.oddities import find_oddities
from simulation.scenario.schema import Scenario
from simulation.scenario.sizes import find_sizes
from simulation.scenario.stakes import kept_by_programme
from simulation.scenario.units import median_of_others
from tests.places import fixed, random_place, run, scenario

ROOT = Path(__file__).parents[2]

PLACE: dict[str, Any] = {
    "title": "A place of plausible sizes",
    "start": "2026-04",
    "months": 36,
    "population": 400_000,
    "do_nothing": {"2026-04": 40.0},
    "target": 22.0,
    "organisations": {
        "board": {"role": "commissioner", "income": 780.0, "deficit_share": 1, "efficiency_pool": 10.0},
        "hospital": {
            "role": "provider",
            "sector": "acute",
            "income": 400.0,
            "deficit_share": 2,
            "efficiency_pool": 15.0,
        },
        "home": {"role": "provider", "income": 90.0, "deficit_share": 1},
    },
    "contracts": {
        "acute": {"commissioner": "board", "provider": "hospital", "amount": 380.0, "payment": "shared"},
        "community": {"commissioner": "board", "provider": "home", "amount": 80.0},
    },
    "programmes": {
        "frailty": {
            "saves": {"hospital": 8.0, "home": -2.0, "board": 0.0},
            "activity": [{"from": "hospital", "income": 10.0}],
            "reach": 9000,
            "milestones": 4,
            "set_up_cost": 3.0,
        },
        "office": {"value": 4.0, "shares": {"hospital": 0.5, "home": 0.2, "board": 0.3}},
    },
    "levers": {"coaching": [{"strength": 0.5, "cost": 0.4}]},
    "events": [{"event": "cost_shock", "month": "2027-04", "size": 5.0}],
}


LIKE_SHARES = (
    "the amounts are each from 0 to 1 and add up to 1, as shares do, but are read as £m a year, because the programme"
    " has no value; if they are shares, give the value that they are parts of (in a workbook under Value if shares are"
    " given, in YAML as value and shares)"
)


def after(changes: dict[str, Any]) -> list[str]:
    """Return the warnings about the plausible place after fields, by their dotted paths, are given other values."""
    plain = deepcopy(PLACE)
    for path, value in changes.items():
        here: Any = plain
        *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in parts:
            here = here[part]
        here[last] = value
    return [each.replace("\N{WORD JOINER}", "") for each in find_sizes(Scenario.model_validate(plain))]


@pytest.mark.unit
def test_a_place_of_plausible_sizes_has_no_warning() -> None:
    assert after({}) == []


AS_SHARES = [
    ({"hospital": 0.1, "home": 0.9}, True),
    ({"hospital": 0.7, "home": 0.1, "board": 0.2}, True),  # in doubles 0.9999999999999999
    ({"hospital": 1.0, "home": 0.0}, True),
    ({"hospital": 0.1, "home": 0.95}, False),
    ({"hospital": 1.5, "home": -0.5}, False),
]


@pytest.mark.unit
@pytest.mark.parametrize(("saves", "said"), AS_SHARES)
def test_savings_that_look_like_shares_are_reported_where_no_value_is_given(
    saves: dict[str, float], said: bool
) -> None:
    found = [each for each in after({"programmes.frailty.saves": saves}) if "as shares do" in each]
    assert found == ([f"programmes.frailty.saves: {LIKE_SHARES}"] if said else [])


@pytest.mark.unit
def test_savings_that_look_like_shares_are_reported_where_no_programme_has_a_value() -> None:
    both = {name: {"saves": {"hospital": 0.4, "board": 0.6}} for name in ("frailty", "office")}
    assert [each for each in after({"programmes": both}) if "as shares do" in each] == [
        f"programmes.{name}.saves: {LIKE_SHARES}" for name in both
    ]
    alone = {"frailty": {"saves": {"hospital": 1.0, "board": 0.0}}}
    assert not [each for each in after({"programmes": alone}) if "as shares do" in each]


IN_POUNDS = [
    (
        "programmes.frailty.saves.hospital",
        8_000.0,
        "its income, £400m; write 8 if these are thousands of pounds",
    ),
    ("contracts.acute.amount", 380_000.0, "the income of board, £780m; write 380 if these are thousands of pounds"),
    (
        "organisations.hospital.efficiency_pool",
        15_000.0,
        "its income, £400m; write 15 if these are thousands of pounds",
    ),
    ("levers.coaching.0.cost", 400_000.0, "5% of all that the place has to spend, £40m; write 0.4 if these are pounds"),
    ("target", 20_000.0, "all that the place has to spend, £810m; write 20 if these are thousands of pounds"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("path", "value", "said"), IN_POUNDS)
def test_an_amount_in_pounds_is_reported_with_the_amount_in_millions(path: str, value: float, said: str) -> None:
    warnings = after({path: value})
    where = path.replace(".0.", "[0].").replace("coaching[0]", "coaching")
    (found,) = [each for each in warnings if each.startswith(f"{where}: £{value:,.0f}m is more than {said}")]
    assert found.endswith(": money is in £m")


@pytest.mark.unit
def test_an_income_in_thousands_of_pounds_is_reported_by_the_number_of_people() -> None:
    assert after({"organisations.hospital.income": 400_000.0}) == [
        "organisations.hospital.income: £400,000m is £1,000,000 for each person of the place;"
        " write 400 if these are thousands of pounds, or 0.4 if these are pounds: money is in £m"
    ]


@pytest.mark.unit
def test_an_amount_that_is_too_large_without_another_unit_is_reported_too() -> None:
    assert after({"programmes.frailty.activity.0.income": 401.0})[:1] == [
        "programmes.frailty.activity[0].income: £401m is more than the income of hospital, £400m; check the amount"
    ]
    assert not [each for each in after({"programmes.frailty.activity.0.income": 400.0}) if "activity" in each]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "programmes.frailty.saves",
            {"hospital": 110.0, "home": -97.0},
            "programmes.frailty.saves.home: −£97m without its sign is more than its income, £90m; check the amount",
        ),
        (
            "target",
            -9_000.0,
            "target: −£9,000m without its sign is more than all that the place has to spend, £810m;"
            " write −9 if these are thousands of pounds: money is in £m",
        ),
    ],
)
def test_an_amount_below_0_is_compared_by_its_size_and_said_so(path: str, value: Any, said: str) -> None:
    """−£97m is not more than £90m."""
    assert said in [each.replace("\N{WORD JOINER}", "") for each in after({path: value})]


@pytest.mark.unit
@pytest.mark.parametrize(("value", "said"), [(299.0, False), (301.0, True)])
def test_an_amount_far_above_the_others_of_its_kind_is_reported(value: float, said: bool) -> None:
    others = {
        f"programmes.{name}": {"value": size, "shares": {"home": 0.5, "board": 0.5}}
        for name, size in (("records", 0.9), ("beds", 1.1))
    }
    mine = {"programmes.office": {"value": value, "shares": {"hospital": 0.01, "home": 0.01, "board": 0.98}}}
    warnings = [each for each in after(others | mine) if each.startswith("programmes.office.value")]
    times = "£301m is 300 times the median of the other values of programmes, £1m"
    fix = "write 0.301 if these are thousands of pounds: money is in £m"
    assert warnings == ([f"programmes.office.value: {times}; {fix}"] if said else [])


@pytest.mark.unit
def test_the_median_of_two_others_lies_between_them() -> None:
    """£95m is 9 times the median of £0.3m and £20m, and 317 times the smaller one."""
    values = {"small": 0.3, "middle": 20.0, "large": 95.0}
    programmes = {name: {"value": each, "shares": {"hospital": 0.5, "board": 0.5}} for name, each in values.items()}
    warnings = after({"programmes": programmes, "target": 0.0})
    assert not [each for each in warnings if "median" in each]
    assert [each for each in warnings if each.startswith("do_nothing: on paper, savings close")]


@pytest.mark.property
@given(st.lists(st.floats(0.01, 1e4), min_size=3, max_size=9))
def test_the_median_of_the_others_is_that_of_statistics(sizes: list[float]) -> None:
    for place, size in enumerate(sizes):
        others = sizes[:place] + sizes[place + 1 :]
        assert median_of_others(size, sorted(sizes)) == pytest.approx(median(others))


def in_unit(factor: float) -> list[str]:
    """Return the warnings about the plausible place with all of its money in another unit."""
    plain = deepcopy(PLACE)

    def scale(part: Any, key: str = "") -> Any:
        if isinstance(part, dict):
            inside = {name: scale(value, str(name)) for name, value in part.items()}
            return {name: value * factor for name, value in part.items()} if key in {"do_nothing", "saves"} else inside
        if isinstance(part, list):
            return [scale(each) for each in part]
        money = {"target", "income", "efficiency_pool", "amount", "value", "set_up_cost", "cost", "size"}
        return part * factor if key in money else part

    return list(find_sizes(Scenario.model_validate(scale(plain))))


@pytest.mark.unit
def test_a_file_all_in_thousands_of_pounds_is_one_warning() -> None:
    assert in_unit(1_000) == [
        "organisations: net incomes come to £2,000,000 for each of 400,000 people; £1,500 to £5,000 is usual."
        " If money is in thousands of pounds here, write all of it in £m, or population is in thousands"
    ]
    assert in_unit(0.001) == [
        "organisations: net incomes come to £2 for each person; check population, and that money is in £m"
    ]


@pytest.mark.unit
def test_the_small_place_of_which_some_numbers_are_in_pounds(tmp_path: Path) -> None:
    """The place of a user who typed the gap, the incomes and a value in pounds, and the rest in £m."""
    text = (ROOT / "scenarios/two-trusts.yaml").read_text(encoding="utf-8")
    for million in ("do_nothing: {2024-04: 10", "income: 150", "income: 100", "value: 6"):
        assert text.count(million) == 1
        text = text.replace(million, f"{million}000000")
    path = tmp_path / "pounds.yaml"
    path.write_text(text, encoding="utf-8")
    refused = {each.where: str(each).partition(": ")[2] for each in find_problems(path)}
    assert list(refused) == [
        "do_nothing.2024-04",
        "organisations.commissioner.income",
        "organisations.hospital.income",
        "programmes.care_at_home.value",
    ]
    assert refused["programmes.care_at_home.value"] == (
        "programmes.care_at_home.value: must be at most £1,000,000m a year; write 6 if this is in pounds"
        " (given: 6000000)"
    )


OTHER_SIZES = [
    (
        {"contracts.acute.amount": 390.0, "organisations.board.income": 465.0},
        {"contracts.acute.amount": 390.0, "organisations.board.income": 470.0},
        "organisations.board: its contracts add up to £470m a year, more than its income, £465m; lower the amounts, or"
        " give all of its income",
    ),
    (
        {"contracts.acute.amount": 405.0},
        {"contracts.acute.amount": 400.0},
        "organisations.hospital: its contracts add up to £405m a year, more than its income, £400m; lower the amounts,"
        " or give all of its income",
    ),
    (
        {"do_nothing": {"2016-04": 30.0, "2019-03": 40.0}},
        {"do_nothing": {"2016-04": 30.0, "2026-04": 40.0}},
        "do_nothing: all its dates are before the run, 2026-04 to 2029-03, so it stays at £40m; check its years, and"
        " the first month (start)",
    ),
    (
        {"plan": {"2029-04": 22.0}},
        {"plan": {"2029-03": 22.0}},
        "plan: all its dates are after the run, 2026-04 to 2029-03, so it stays at £22m; check its years, and the"
        " first month (start)",
    ),
    (
        {"organisations.hospital.efficiency_pool": 61.0, "do_nothing.2026-04": 80.0, "target": 80.0},
        {"organisations.hospital.efficiency_pool": 60.0, "do_nothing.2026-04": 80.0, "target": 80.0},
        "organisations.hospital.efficiency_pool: £61m is 15% of its income; more than 15% is unusual, about 5% usual",
    ),
    (
        {"programmes.frailty.saves.hospital": 61.0, "do_nothing.2026-04": 80.0, "target": 80.0},
        {"programmes.frailty.saves.hospital": 60.0, "do_nothing.2026-04": 80.0, "target": 80.0},
        "programmes.frailty: hospital saves £61m a year by it, 15% of its income; more than 15% is unusual",
    ),
    (
        {"do_nothing.2026-04": 12.0, "target": 15.0},
        {"do_nothing.2026-04": 13.0, "target": 15.0},
        "do_nothing: on paper, savings close 206% of the gap of £17m in the last month: programmes £10m, own"
        " savings £25m a year; check these, or the gap",
    ),
    (
        {"plan": {"2026-04": 40.0, "2029-03": 45.0}, "events": []},
        {"plan": {"2026-04": 40.0, "2029-03": 40.0}, "events": []},
        "plan: is above the gap before any savings (do_nothing) from 2026-06 on (in 2029-03 £45m against £40m); a plan"
        " is the gap that is left after savings",
    ),
    (
        {"target": 46.0},
        {"target": 45.0},
        "target: £46m is above the gap in the last month before any savings, £45m",
    ),
    (
        {"programmes.frailty.reach": 400_001},
        {"programmes.frailty.reach": 400_000},
        "programmes.frailty.reach: 400,001 is more than the 400,000 people who live here; count people, not contacts",
    ),
    (
        {"programmes.frailty.from": "2028-08", "target": 30.0},
        {"programmes.frailty.from": "2028-07", "target": 30.0},
        "programmes.frailty: meets no milestone by the last month (2029-03), because it opens in 2028-08, can be"
        " agreed in 2028-09 at the earliest and takes 6 months to mobilise",
    ),
    (
        {"programmes.office": {"value": 4.0, "shares": {"hospital": 1, "board": 0}}},
        {"programmes.office": {"value": 4.0, "shares": {"hospital": 0.99, "board": 0.01}}},
        "programmes.office: nobody but hospital gains or loses by it; give the others their part of the saving or of"
        " the cost, or count it in hospital's efficiency_pool",
    ),
]


@pytest.mark.unit
@pytest.mark.parametrize(("has", "inside", "said"), OTHER_SIZES, ids=[said.split(":")[0] for *_, said in OTHER_SIZES])
def test_a_size_that_is_hardly_meant_is_reported(has: dict[str, Any], inside: dict[str, Any], said: str) -> None:
    assert after(has) == [said]
    assert after(inside) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("given", "quorum"),
    [({"parameters": {"quorum": 1.0}}, "1"), ({"parameters": {"co_ownership_memory": 0.01}}, "0.7")],
)
def test_programmes_that_cannot_be_agreed_are_not_said_to_mobilise_too_late(given: dict[str, Any], quorum: str) -> None:
    said = (
        ": meets no milestone by the last month (2029-03), because it opens in 2026-04 and cannot be agreed by then:"
        f" co-ownership stays below the quorum of {quorum}, even if all who take part ask the population's question in"
        " every month"
    )
    both = [f"programmes.{name}{said}" for name in ("frailty", "office")]
    assert [each for each in after(given | {"target": 40.0}) if "no milestone" in each] == both
    unused = {"levers": {"top_down_instruction": [{"strength": 0.0}]}}
    assert [each for each in after(given | {"target": 40.0} | unused) if "no milestone" in each] == both
    ordered = {"levers": {"top_down_instruction": [{"strength": 1.0}]}}
    assert not [each for each in after(given | {"target": 40.0} | ordered) if "no milestone" in each]


@pytest.mark.unit
def test_a_programme_that_is_dropped_is_not_counted_in_other_sizes() -> None:
    """Worth £140m, it would be above the gap and 15% of an income, and three in it have nothing at stake."""
    idle = {name: {"role": "provider", "income": 60.0, "deficit_share": 0} for name in ("van", "ward", "yard")}
    shares = {"hospital": 0.5, "board": 0.5, **dict.fromkeys(idle, 0.0)}
    extra = {"value": 140.0, "shares": shares, "milestones": 3, "set_up_cost": 10.0}
    contracts = {
        f"contracts.{name}_contract": {"commissioner": "board", "provider": name, "amount": 50.0, "payment": "block"}
        for name in idle
    }
    organisations = {f"organisations.{name}": entry for name, entry in idle.items()}
    for first, words in (("2029-03", ["on paper", "nothing by it", "hospital saves £70m"]), ("2029-04", [])):
        found = after(organisations | contracts | {"programmes.extra": extra | {"from": first}})
        for each in ("on paper", "nothing by it", "hospital saves £70m"):
            assert any(each in one for one in found) == (each in words)


ABOVE = [
    ({"2026-04": 30.0, "2026-06": 45.0, "2026-08": 30.0}, "in 2026-06 (£45m against £40m)"),
    ({"2026-04": 30.0, "2026-06": 45.0, "2026-07": 42.0, "2026-08": 30.0}, "from 2026-06 to 2026-07 (in 2026-06 £45m"),
    (
        {"2026-04": 42.0, "2026-05": 39.0, "2026-07": 39.0, "2026-08": 44.0, "2026-09": 39.0},
        "in 2 of 36 months, the first 2026-04 and the last 2026-08 (in 2026-08 £44m against £40m)",
    ),
    ({"2026-04": 45.0, "2029-03": 41.0}, "in every month (in 2026-04 £45m against £40m)"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("plan", "said"), ABOVE)
def test_a_plan_is_said_to_be_above_the_gap_in_the_months_in_which_it_is(plan: dict[str, float], said: str) -> None:
    (found,) = [each for each in after({"plan": plan, "events": []}) if each.startswith("plan: is above")]
    assert found.startswith(f"plan: is above the gap before any savings (do_nothing) {said}")


@pytest.mark.unit
def test_a_plan_is_compared_with_the_gap_before_any_savings_with_its_cost_shocks() -> None:
    shock = {"events": [{"event": "cost_shock", "month": "2026-06", "size": 5.0}]}
    assert after(shock | {"plan": {"2026-05": 40.0, "2026-06": 45.0, "2029-03": 22.0}}) == []
    (found,) = after(shock | {"plan": {"2026-04": 46.0, "2026-05": 43.0, "2026-06": 39.0}, "target": 30.0})
    assert found.startswith(
        "plan: is above the gap before any savings (do_nothing), cost shocks included, from 2026-04 to 2026-05"
        " (in 2026-04 £46m against £40m)"
    )


@pytest.mark.unit
def test_an_organisation_with_nothing_to_gain_is_reported() -> None:
    by_tariff = {"contracts.acute.payment": "tariff", "programmes.office.shares": {"home": 0.7, "board": 0.3}}
    assert after(by_tariff) == [
        "organisations.hospital: has nothing to gain anywhere: after payment it has nothing left in frailty and what"
        " acute saves stays with the other side; check its savings and how its contracts pay"
    ]
    assert after(by_tariff | {"programmes.frailty.saves.hospital": 10.1}) == []
    assert after(by_tariff | {"levers.payment_reform": [{"strength": 1}]}) == []
    hospice = {"role": "provider", "income": 4.0, "deficit_share": 0}
    assert after({"organisations.hospice": hospice}) == [
        "organisations.hospice: takes part in no programme and has no contract, so nothing here concerns it"
    ]


@pytest.mark.unit
def test_a_gap_that_is_below_0_throughout_is_reported() -> None:
    """Deficits typed as a ledger has them, below 0, make the place one without a problem."""
    in_ledger = after({"do_nothing": {"2026-10": -118.0, "2027-10": -165.0, "2028-10": -210.0}, "target": None})
    assert in_ledger[0] == (
        "do_nothing: is a surplus in every month (\N{MINUS SIGN}£118m in 2026-10); a gap is above 0 where spending"
        " exceeds income: write 118"
    )
    assert [each for each in after({"plan": {"2026-04": -10.0}}) if each.startswith("plan: is a surplus")]
    assert not [each for each in after({"do_nothing": {"2026-04": -5.0, "2027-04": 3.0}}) if "surplus" in each]


@pytest.mark.unit
def test_zeros_typed_in_all_empty_cells_are_one_warning() -> None:
    """Of 10 that take part, 4 have a 0 and nothing that moves; the board pays others in both programmes."""
    more = {
        f"organisations.{name}": {"role": "provider", "income": 60.0, "deficit_share": 0} for name in ("ward", "van")
    }
    saves = {"hospital": 8.0, "home": -2.0, "board": 0.0, "ward": 0.0, "van": 0.0}
    office = {"saves": {"hospital": 2.0, "home": 0.8, "board": 1.2, "ward": 0.0, "van": 0.0}}
    zeros = more | {"programmes.frailty.saves": saves, "programmes.office": office}
    said = (
        "programmes.frailty.saves: van, ward take part and gain nothing by it, as 4 of the 10 that take part in all"
        " programmes; co-ownership counts each of them, though only those that lose can stop it: give 0 only to those"
        " that are to own it too, and leave the others out (their cells empty)"
    )
    assert [each for each in after(zeros) if "gain nothing by it" in each] == [said]
    few = zeros | {"programmes.office": {"saves": {"hospital": 2.0, "home": 0.8, "board": 1.2}}}
    assert not [each for each in after(few) if "gain nothing by it" in each]
    moved = zeros | {"programmes.frailty.activity.0.to": "ward"}
    assert [each for each in after(moved) if "gain nothing by it" in each] == [
        said.replace("frailty", "office").replace("4 of", "3 of")
    ]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"target": 0.0}, "target"),
        ({"plan": {"2026-04": 40.0, "2029-03": 0.0}, "target": None}, "plan"),
        ({"target": None}, "target (0 if left out)"),
    ],
)
def test_a_target_out_of_reach_is_reported(given: dict[str, Any], where: str) -> None:
    # 45 with the shock - 25 of pools x (1 - 0.97^36) - 0.75 x 10 of programmes = 20.85
    assert after(given) == [
        f"{where}: £0m in the last month is out of reach in most runs: if all own every programme, every"
        " milestone is met at the first chance and realised as expected, £21m of the gap of £45m is left;"
        " give more savings, more months or a higher target"
    ]


@pytest.mark.parity
@pytest.mark.parametrize("months", [6, 9, 24])
def test_the_least_gap_is_what_the_model_reaches_where_all_goes_well(months: int) -> None:
    plain = deepcopy(PLACE) | {"months": months, "events": fixed(dict.fromkeys(PLACE["organisations"], "open"))}
    for organisation in plain["organisations"].values():
        organisation["skills"] = {"any": 1.0}
    for programme in plain["programmes"].values():
        programme |= {"domain": "any", "from": "2026-05"}
    sure = {"delivery_floor": 1.0, "realisation_spread": 0.0, "turnover": 0.0, "attention_cost": 0.0}
    place = scenario(plain, **sure, mobilisation=2.0, co_ownership_memory=1.0)
    assert run(place)["gap"][-1] == pytest.approx(least_gap(place))


@pytest.mark.parity
@pytest.mark.parametrize("reform", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("seed", range(25))
def test_what_each_keeps_is_what_the_model_says(seed: int, reform: float) -> None:
    place = Scenario.model_validate(random_place(seed))
    axes = axes_of(place)
    strength = np.full((1, len(axes.opportunities)), reform)
    shares = shares_by_month(axes, find_transfers(axes), strength).share[0]
    by_model = {
        membership: share * place.programmes[membership[0]].paper_value
        for membership, share in zip(axes.memberships, shares.tolist(), strict=True)
        if membership[0] in place.programmes
    }
    kept = kept_by_programme(place, reform)
    opened = {(k, i): amount for k in kept for i, amount in kept[k].items() if (k, i) in by_model}
    assert opened == pytest.approx(by_model)


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "scenarios").glob("*.yaml")))
def test_shipped_places_are_warned_of_their_target_alone(name: str) -> None:
    """Mid and South Essex promised a balance that the savings assumed for it cannot give; its file says so."""
    warnings = list(find_sizes(load_scenario(ROOT / "scenarios" / name)))
    promised = name.startswith("mid-south-essex")
    assert [each.split(":")[1].endswith("in the last month is out of reach in most runs") for each in warnings] == [
        True
    ] * promised


@pytest.mark.unit
def test_the_small_scenario_to_start_from_has_no_warning() -> None:
    assert find_oddities(load_scenario(ROOT / "simulation/cli/starter.yaml")) == []


@pytest.mark.property
@pytest.mark.parametrize("seed", range(40))
def test_any_place_can_be_looked_at(seed: int) -> None:
    warnings = list(find_sizes(Scenario.model_validate(random_place(seed))))
    assert len(warnings) == len(set(warnings))
    assert all(": " in each and "\n" not in each for each in warnings)


@pytest.mark.unit
def test_an_amount_that_is_suggested_is_rounded_sensibly() -> None:
    """A sum of amounts has many figures, of which a few are enough to see what is meant."""
    (found,) = after({"contracts.acute.amount": 380_001.464})[:1]
    assert "; write 380 if these are thousands of pounds" in found


@pytest.mark.unit
@pytest.mark.parametrize(
    ("order", "month"),
    [
        ({"strength": 1.0}, 1),
        ({"strength": 1.0, "only": ["frailty"]}, 1),
        ({"strength": 1.0, "only": ["office"]}, 5),
        ({"strength": 1.0, "from": "2026-07"}, 4),
        ({"strength": 1.0, "until": "2026-05"}, 5),
        ([{"strength": 1.0, "until": "2026-05"}, {"strength": 0.5, "from": "2026-07"}], 3),
        ({"strength": 0.0}, 5),
        (None, 5),
    ],
)
def test_an_order_agrees_the_programmes_that_it_acts_on_while_it_acts(order: Any, month: int) -> None:
    """By consent co-ownership reaches 0.7 in the sixth month: 1 - 0.8^6. An order takes two months, which add up."""
    given = deepcopy(PLACE) | {"levers": {} if order is None else {"top_down_instruction": order}}
    place = scenario(given, co_ownership_memory=0.2, quorum=0.7, instruction_months=2.0)
    assert first_agreed(place, "frailty") == month
