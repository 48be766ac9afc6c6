"""An organisation's books, traced from contracts and programmes: the lines add up, and say what was done."""

from random import Random

import numpy as np
import pytest

from simulation import columns, trace_books, transfers_by_contract
from simulation.execution.tracing import ITEMS
from simulation.model.run import run_ensemble
from simulation.scenario.loading import load_scenario
from tests.golden.regenerate import CASES
from tests.parity.engines import moving_place, run_by
from tests.places import SCENARIOS, fixed, no_turnover, place, run, scenario

pytestmark = pytest.mark.unit

HOSPITAL = {"hospital": {"role": "provider", "income": 300.0}, "ccg": {"role": "commissioner", "income": 600.0}}


def recorded(results, organisation):
    """Every month's position of an organisation, as results record it."""
    o = results.axes.organisations.index(organisation)
    return results.organisations[..., o, columns.ORGANISATIONS.position]


def traced(results, organisation):
    """The same, as the lines of its books add up; a row for each replicate."""
    frame = trace_books(results, organisation)
    return frame.groupby(["replicate", "month"])["amount"].sum().to_numpy().reshape(-1, len(results.axes.months))


def agreed_place(payment, **changes):
    """A hospital that admits fewer: 4 of 5 of the saving is its own, and it gives up income of 3 a year for 5 saved."""
    return place(
        organisations=HOSPITAL,
        contracts={"deal": {"commissioner": "ccg", "provider": "hospital", "amount": 240.0, "payment": payment}},
        programmes={
            "care": {
                "value": 5.0,
                "shares": {"hospital": 0.8, "ccg": 0.2},
                "activity": [{"from": "hospital", "income": 3.0}],
                "milestones": 2,
                "set_up_cost": 1.5,
            }
        },
        events=fixed({"hospital": "open", "ccg": "open"}),
        **{"months": 24} | changes,
    )


def line(frame, item, month):
    found = frame[(frame["item"] == item) & (frame["month"] == month)]
    return float(found["amount"].iloc[0])


@pytest.mark.parametrize("case", sorted(CASES))
def test_the_lines_of_a_place_on_file_add_up_to_every_position(case):
    trajectory = run(load_scenario(CASES[case]))
    for organisation in trajectory.axes.organisations:
        np.testing.assert_allclose(traced(trajectory, organisation)[0], recorded(trajectory, organisation), atol=1e-9)


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_the_lines_of_the_partnership_add_up_to_every_position_and_outturn(engine):
    subject = load_scenario(SCENARIOS / "mid-south-essex-partnership.yaml")
    ensemble = run_by(engine, subject, replicates=3)
    for o, organisation in enumerate(ensemble.axes.organisations):
        np.testing.assert_allclose(traced(ensemble, organisation), recorded(ensemble, organisation), atol=1e-9)
        by_year = trace_books(ensemble, organisation).groupby(["replicate", "year"])["amount"].sum()
        np.testing.assert_allclose(by_year.to_numpy().reshape(3, -1), ensemble.outturns[:, :, o], atol=1e-9)


@pytest.mark.parametrize("number", range(25))
def test_the_lines_of_a_made_up_place_add_up_to_every_position(number):
    """Payments that change, gain share that comes and goes, activity that moves in every way, orders and set-up."""
    trajectory = run(scenario(moving_place(Random(number), organisations=7, months=(8, 20))), seed=number)
    for organisation in trajectory.axes.organisations:
        np.testing.assert_allclose(traced(trajectory, organisation)[0], recorded(trajectory, organisation), atol=1e-9)


@pytest.mark.parametrize(("payment", "kept"), [("tariff", 1.0), ("shared", 0.5), ("block", 0.0)])
def test_one_programme_in_a_hospitals_books_by_hand(payment, kept):
    """Worth w of 5: the hospital saves 0.8 w in cost, and gives up 3/5 w of income as far as the contract says so."""
    trajectory = run(no_turnover(agreed_place(payment)))
    frame = trace_books(trajectory, "hospital")
    worth = trajectory.opportunities[:, 0, columns.OPPORTUNITIES.worth]
    month = int(np.argmax(worth > 0)) + 1
    assert line(frame, "saving_in_cost", month) == pytest.approx(0.8 * worth[month] / 12, rel=1e-12)
    if kept:
        assert line(frame, "income", month) == pytest.approx(-kept * 3 / 5 * worth[month] / 12, rel=1e-12)
        mirrored = trace_books(trajectory, "ccg")
        assert line(mirrored, "income", month) == pytest.approx(kept * 3 / 5 * worth[month] / 12, rel=1e-12)
        income = frame[frame["item"] == "income"].iloc[0]
        assert (income["programme"], income["contract"], income["partner"]) == ("care", "deal", "ccg")
    else:
        assert "income" not in set(frame["item"])
    assert frame[frame["item"] == "set_up"]["amount"].sum() == pytest.approx(-1.5 * 300 / 900)
    assert list(dict.fromkeys(frame["item"])) == [item for item in ITEMS if item in set(frame["item"])]


def test_gain_share_is_the_strength_of_the_month_of_agreement():
    """By tariff, with a price above cost, the hospital loses 0.2; gain share at a half returns half of that."""
    plain = agreed_place("tariff", levers={"gain_share": {"strength": 0.5, "until": "2020-12"}})
    plain["programmes"]["care"]["activity"] = [{"from": "hospital", "income": 5.0}]
    trajectory = run(no_turnover(plain))
    worth = trajectory.opportunities[-1, 0, columns.OPPORTUNITIES.worth]
    assert trajectory.agreements[0, columns.AGREEMENTS.agreed] < 8
    assert line(trace_books(trajectory, "hospital"), "gain_share", 23) == pytest.approx(0.1 * worth / 12, rel=1e-12)
    assert line(trace_books(trajectory, "ccg"), "gain_share", 23) == pytest.approx(-0.1 * worth / 12, rel=1e-12)


def test_transfers_say_what_a_contract_pays_less():
    trajectory = run(no_turnover(agreed_place("tariff")))
    frame = transfers_by_contract(trajectory)
    worth = trajectory.opportunities[:, 0, columns.OPPORTUNITIES.worth]
    assert set(map(tuple, frame[["programme", "payer", "payee", "contract"]].to_numpy())) == {
        ("care", "ccg", "hospital", "deal")
    }
    np.testing.assert_allclose(frame["mean"], -3 / 5 * worth, rtol=1e-12, atol=1e-12)


def without_a_contract(**changes):
    """A move of 6 a year from one hospital to another, with which one of the two commissioners has no contract."""
    organisations = {
        "north": {"role": "commissioner", "income": 200.0},
        "south": {"role": "commissioner", "income": 90.0},
        "east": {"role": "commissioner", "income": 60.0},
        "old": {"role": "provider", "income": 160.0},
        "new": {"role": "provider", "income": 60.0},
    }
    contracts = {
        "north_old": {"commissioner": "north", "provider": "old", "amount": 100.0, "payment": "tariff"},
        "south_old": {"commissioner": "south", "provider": "old", "amount": 50.0, "payment": "tariff"},
        "north_new": {"commissioner": "north", "provider": "new", "amount": 30.0, "payment": "shared"},
        "east_new": {"commissioner": "east", "provider": "new", "amount": 10.0, "payment": "block"},
    }
    saves = {"north": 1.0, "south": 1.0, "old": 3.0, "new": -1.0}
    programmes = {"move": {"saves": saves, "activity": [{"from": "old", "to": "new", "income": 6.0}]}}
    events = fixed(dict.fromkeys(("north", "south", "old", "new"), "open"))
    plain = {"organisations": organisations, "contracts": contracts, "programmes": programmes, "events": events}
    return no_turnover(place(**plain, levers={"gain_share": {"strength": 1}}, months=24, **changes))


def test_a_payer_without_a_contract_is_not_put_under_the_contract_of_another():
    """South bears a third of 6, and pays 3/8 of it: of new's 40 by contract, 30 follow activity by half."""
    trajectory = run(without_a_contract())
    frame = transfers_by_contract(trajectory)
    done = trajectory.opportunities[-1, trajectory.axes.opportunities.index("move"), columns.OPPORTUNITIES.worth] / 4
    last = frame[frame["month"] == 23]
    paid = {(row.payer, row.payee): (row.contract, row.mean / done) for row in last.itertuples()}
    assert done > 0.1
    assert len(last) == len(paid) == 4
    assert paid["north", "old"] == ("north_old", pytest.approx(-4))
    assert paid["south", "old"] == ("south_old", pytest.approx(-2))
    assert paid["north", "new"] == ("north_new", pytest.approx(2))
    assert paid["south", "new"] == (None, pytest.approx(2 * 3 / 8))
    for organisation, other in (("south", "new"), ("new", "south")):
        books = trace_books(trajectory, organisation)
        between = books[(books["item"] == "income") & (books["partner"] == other) & (books["month"] == 23)]
        assert [*between["contract"]] == [None]
        assert abs(between["amount"].iloc[0]) == pytest.approx(2 * 3 / 8 * done / 12)


@pytest.mark.parametrize("number", range(25))
def test_a_contract_that_is_named_is_of_the_two_and_one_that_is_not_is_not_there(number):
    trajectory = run(scenario(moving_place(Random(number), organisations=7, months=(8, 12))), seed=number)
    contracts = trajectory.axes.scenario.contracts
    of_two = {(entry.commissioner, entry.provider): name for name, entry in contracts.items()}
    paid = transfers_by_contract(trajectory)
    for payer, payee, contract in set(map(tuple, paid[["payer", "payee", "contract"]].to_numpy())):
        assert contract == of_two.get((payer, payee))
    for organisation in trajectory.axes.organisations:
        books = trace_books(trajectory, organisation)
        moved = books[books["item"] == "income"]
        for partner, contract in set(map(tuple, moved[["partner", "contract"]].to_numpy())):
            assert contract == of_two.get((organisation, partner), of_two.get((partner, organisation)))


def test_transfers_and_books_say_the_same():
    """In each month, what an organisation's books hold as income is what transfers pay it less what it pays."""
    ensemble = run_by("mesa", load_scenario(SCENARIOS / "mid-south-essex-partnership.yaml"), replicates=2)
    moved = transfers_by_contract(ensemble)
    for organisation in ensemble.axes.organisations:
        received = moved["mean"] * ((moved["payee"] == organisation) * 1.0 - (moved["payer"] == organisation))
        books = trace_books(ensemble, organisation)
        income = books[books["item"] == "income"].groupby("month")["amount"].sum() / 2 * 12
        expected = received.groupby(moved["month"]).sum().reindex(income.index)
        np.testing.assert_allclose(income, expected, atol=1e-9)


def test_a_place_without_activity_has_a_table_of_transfers_without_rows():
    frame = transfers_by_contract(run(scenario(place())))
    assert frame.empty
    assert list(frame.columns[:6]) == ["month", "date", "programme", "payer", "payee", "contract"]


def test_what_is_missing_is_named():
    ensemble = run_ensemble(scenario(place()), replicates=2, seed=1, detail=("opportunities",))
    with pytest.raises(ValueError, match=r"run again with detail=\('organisations', 'opportunities',\)"):
        trace_books(ensemble, "a")
    transfers_by_contract(ensemble)
    some = run_ensemble(scenario(place()), replicates=2, seed=1, detail=("opportunities",), detail_months=(0, 3))
    with pytest.raises(ValueError, match="the books need every month"):
        transfers_by_contract(some)
    with pytest.raises(ValueError, match="unknown organisation 'c'; there are a, b"):
        trace_books(run(scenario(place())), "c")
