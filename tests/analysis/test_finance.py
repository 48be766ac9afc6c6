"""The money of a place, worked out on paper: its lines, its years, discounting, and the month of pay-back."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import columns, trace_books
from simulation.analysis.cost_shifts import cost_shifts, cost_shifts_by_month, cost_shifts_to_pandas
from simulation.analysis.discounting import check_discount, discounted, discounting
from simulation.analysis.finance import LINES, WHOLE_RUN, figures_of, finance_of
from simulation.analysis.finance_frames import finance_to_pandas, outturns_to_pandas
from simulation.analysis.pay_back import pay_back, pay_back_months, pay_back_to_pandas
from simulation.analysis.place_position import place_position, positions_of
from simulation.model.run import run_ensemble
from simulation.results.comparison import side_by_side
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.loading import load_scenario
from tests.analysis.by_hand import by_hand
from tests.places import SCENARIOS

pytestmark = pytest.mark.unit

CARE = {"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4, "set_up_cost": 2.0}}
COACHING = {"coaching": {"strength": 0.5, "cost": 2.4, "ramp": 2, "from": "2020-06"}}
TOGETHER = by_hand(
    1,
    months=24,
    programmes=CARE,
    levers=COACHING,
    agreements={("care", "agreed"): 8},
    system={
        "gap": 20.0 - 0.5 - np.repeat([0.0, 3.0], 12),
        "do_nothing": 20.0,
        "efficiency": 0.5,
        "programmes": np.repeat([0.0, 3.0], 12),
        "position": -1.5,
    },
)
"""Two years; a programme is agreed in the ninth month, and worth £3m a year in the second year."""


def test_each_line_of_each_year_is_as_worked_out_by_hand():
    """The first year's lines.

    | line | £m |
    |---|---|
    | before any savings | 12 × 20/12 = 20 |
    | own efficiency | 12 × 0.5/12 = 0.5 |
    | set-up | £2m over 4 months from the tenth: 3 × 0.5 in this year, 0.5 in the next |
    | levers | £1.2m a year from June, half in the first month: (0.5 + 9)/12 × 1.2 = 0.95 |
    | position | 12 × −1.5 = −18, so contracts saved 20 − 0.5 + 1.5 + 0.95 − 18 = 3.95 |
    """
    finance = finance_of(Study(ensemble=TOGETHER))
    assert finance.by_year("do_nothing")[0] == pytest.approx([-20.0, -20.0])
    assert finance.by_year("efficiency")[0] == pytest.approx([0.5, 0.5])
    assert finance.by_year("programmes")[0] == pytest.approx([0.0, 3.0])
    assert finance.by_year("set_up")[0] == pytest.approx([-1.5, -0.5])
    assert finance.by_year("levers")[0] == pytest.approx([-0.95, -1.2])
    assert finance.by_year("cost_shifts")[0] == pytest.approx([0.0, 0.0])
    assert finance.by_year("contracts")[0] == pytest.approx([3.95, 0.2])
    assert finance.by_year("position")[0] == pytest.approx([-18.0, -18.0])
    assert finance.by_year("cumulative_position")[0] == pytest.approx([-18.0, -36.0])
    assert finance.by_year("gap")[0] == pytest.approx([19.5, 16.5])
    assert finance.over_run("gap")[0] == pytest.approx(16.5)
    assert finance.over_run("position")[0] == finance.over_run("cumulative_position")[0] == pytest.approx(-36.0)


def test_at_three_and_a_half_per_cent_the_second_year_counts_0_9662():
    nominal, discounted = (finance_of(Study(ensemble=TOGETHER, discount=rate)) for rate in (0.0, 3.5))
    assert discounted.by_year("programmes")[0] == pytest.approx([0.0, 3.0 * 0.9662], abs=1e-4)
    assert discounted.over_run("position")[0] == pytest.approx(-18.0 - 18.0 / 1.035)
    assert discounted.by_year("cumulative_position")[0, 0] == nominal.by_year("cumulative_position")[0, 0]
    assert discounted.by_year("gap") == pytest.approx(nominal.by_year("gap"))  # a rate of one month, not a sum


def test_a_year_is_a_financial_year_wherever_the_run_begins():
    months = ("2015-12", "2016-01", "2016-02", "2016-03", "2016-04", "2016-05")
    found = discounting(months, 10.0)
    assert found.by_month == pytest.approx([1.0] * 4 + [1 / 1.1] * 2)
    assert found.by_year == pytest.approx([1.0, 1 / 1.1])


@pytest.mark.parametrize("rate", [-3.5, 0.035, 350.0, np.nan, np.inf])
def test_a_discount_rate_is_in_per_cent(rate):
    with pytest.raises(ValueError, match=r"a discount rate is in % a year: 0, or from 0\.1 to 20, such as 3\.5"):
        check_discount(rate)


@pytest.fixture(scope="module")
def two_trusts():
    scenario = load_scenario(SCENARIOS / "two-trusts.yaml")
    levers = {"menu_framing": {"strength": 1, "cost": 0.6}, "superordinate_goal": {"strength": 1, "ramp": 5}}
    scenario = scenario.model_validate(scenario.model_dump(by_alias=True, exclude_unset=True) | {"levers": levers})
    return run_ensemble(scenario, replicates=40, seed=5, detail=("organisations", "opportunities"))


def test_the_lines_add_up_to_the_position_and_contracts_are_their_recorded_yields(two_trusts):
    for rate in (0.0, 3.5):
        finance = finance_of(Study(ensemble=two_trusts, discount=rate))
        lines = sum(finance.monthly[line.name] for line in LINES)
        assert lines == pytest.approx(finance.monthly["position"], abs=1e-9)
    yields = np.nan_to_num(two_trusts.opportunities[:, :, :, columns.OPPORTUNITIES.contract_yield]).sum(axis=2)
    nominal = finance_of(Study(ensemble=two_trusts))
    assert nominal.monthly["contracts"] == pytest.approx(yields, abs=1e-9)
    assert nominal.monthly["cumulative_position"] == pytest.approx(two_trusts["cumulative_position"], abs=1e-9)
    assert nominal.over_run("levers") == pytest.approx(-2 * 0.6)
    assert nominal.over_run("set_up").min() >= -1.0
    assert nominal.over_run("programmes").max() > 0


def test_cost_shifts_are_the_organisations_books_and_add_up_to_nothing(two_trusts):
    shifts = cost_shifts_by_month(two_trusts)
    assert np.abs(shifts).max() > 0
    assert shifts.sum(axis=2) == pytest.approx(0.0, abs=1e-12)
    for o, organisation in enumerate(two_trusts.axes.organisations):
        traced = trace_books(two_trusts, organisation).query("item == 'cost_shift'")["amount"].sum()
        assert shifts[:, :, o].sum() == pytest.approx(traced)
    commissioner, hospital = cost_shifts(two_trusts, discount=3.5)
    assert commissioner.precision.mean == pytest.approx(-hospital.precision.mean)
    assert cost_shifts_to_pandas((commissioner, hospital))["name"].tolist() == ["The commissioner", "The hospital"]
    with pytest.raises(ValueError, match=r"run again with detail=\('opportunities',\)"):
        cost_shifts_by_month(TOGETHER)


def test_figures_have_both_bands():
    """Two replicates with positions of −12 and −36 over the year; over two sets of assumptions −12 and −60."""
    ensemble = by_hand(2, system={"position": np.array([[-1.0], [-3.0]]), "gap": 5.0})
    so_far = np.cumsum(np.repeat([[-1.0], [-5.0]], 12, axis=1), axis=1)
    varied = Replicates(
        columns={"gap": np.full((2, 12), 7.0), "cumulative_position": so_far},
        parameters={"exposure": np.array([0.1, 0.2])},
    )
    figures = figures_of(finance_of(Study(ensemble=ensemble, assumptions=varied)))
    found = {(each.item, each.period): each for each in figures}
    position = found["position", WHOLE_RUN]
    assert (position.precision.mean, position.band.median) == (-24.0, -24.0)
    assert position.precision.half_width == pytest.approx(12.7062 * 12.0, rel=1e-4)
    assert (position.varied.mean, position.varied.low_90) == (-36.0, pytest.approx(-57.6))
    assert found["gap", "2020/21"].varied.median == 7.0
    assert found["levers", WHOLE_RUN].varied is None


def test_tables_of_the_place_and_of_organisations_add_up():
    both = side_by_side({"alone": Study(ensemble=by_hand(1, months=24)), "together": Study(ensemble=TOGETHER)})
    frame = finance_to_pandas(discounted(both, 3.5))
    assert frame["discount"].unique().tolist() == [3.5]
    means = frame[frame["scenario"] == "together"].set_index(["item", "period"])["mean"]
    for period in ("2020/21", "2021/22", WHOLE_RUN):
        assert sum(means[line.name, period] for line in LINES) == pytest.approx(means["position", period], abs=1e-9)
    monthly = finance_to_pandas(both, monthly=True).query("scenario == 'together' and item == 'levers'")
    assert monthly["mean"].tolist()[:4] == pytest.approx([0.0, 0.0, -0.05, -0.1])
    assert monthly["period"].tolist()[2] == "2020-06"
    ensemble = replace(TOGETHER, outturns=np.array([[[-8.0, -10.0], [-9.0, -9.0]]]))
    outturns = outturns_to_pandas(side_by_side({"together": Study(ensemble=ensemble, discount=3.5)}))
    assert outturns.query("organisation == 'a'")["mean"].tolist() == pytest.approx([-8, -9 / 1.035, -8 - 9 / 1.035])


def test_the_pay_back_month_is_the_first_from_which_the_place_is_never_again_worse_off():
    difference = np.array([[-1, -2, 1, -1, 0, 3], [0, 0, 1, 1, 1, 1], [-1, 2, 2, 2, 2, -1], [1, -1, 1, 1, 1, 1.0]])
    assert pay_back_months(difference).tolist() == [4, 0, np.inf, 2]


def paying(*, saves: list[float], start: float = -1.0):
    """A scenario that costs £1m in its first month and saves so much in every other one, replicate by replicate."""
    position = np.column_stack([np.full(len(saves), start), *[saves] * 11])
    return by_hand(len(saves), system={"position": position})


def test_pay_back_is_paired_with_the_baseline():
    """£1m is paid back after 2 months of 0.5, 4 of 0.25 and 10 of 0.1; of 0.05 it is not within the year."""
    both = {"alone": Study(ensemble=paying(saves=[0.0] * 4, start=0.0)), "together": [0.5, 0.25, 0.1, 0.05]}
    (found,) = pay_back(side_by_side(both | {"together": Study(ensemble=paying(saves=both["together"]))}))
    assert (found.scenario, found.baseline) == ("together", "alone")
    assert (found.by_chance.early, found.by_chance.median, found.by_chance.late) == ("2020-06", "2020-08", None)
    assert (found.by_chance.paid, found.by_chance.of) == (3, 4)
    assert found.difference.mean[-1] == pytest.approx(-1 + 11 * (0.5 + 0.25 + 0.1 + 0.05) / 4)
    assert found.varied is None
    assert pay_back_to_pandas([found])["median"].tolist() == ["2020-08"]


def test_runs_without_a_difference_have_nothing_to_pay_back():
    """Of three runs one is paid back, one is not, and one never differs: the middle one of those that differ counts."""
    alone = by_hand(3, system={"position": np.zeros((3, 12))})
    position = np.column_stack([[-1.0, -1.0, 0.0], *[[0.5, 0.01, 0.0]] * 11])
    together = by_hand(3, system={"position": position})
    (found,) = pay_back(side_by_side({"alone": Study(ensemble=alone), "together": Study(ensemble=together)}))
    months = found.by_chance
    assert (months.paid, months.of, months.same, months.replicates) == (1, 2, 1, 3)
    assert (months.early, months.median, months.late) == ("2020-06", "2020-06", None)


def test_discounting_puts_off_the_pay_back():
    """£1m is spent in March and saved again at £0.1m a month from April: in ten months, or eleven at 0.1/1.035."""
    alone = by_hand(1, start="2020-03", do_nothing={"2020-03": 20.0})
    spent = np.array([[-1.0, *[0.1] * 11]])
    together = by_hand(1, start="2020-03", do_nothing={"2020-03": 20.0}, system={"position": spent})
    both = side_by_side({"alone": Study(ensemble=alone), "together": Study(ensemble=together)})
    assert [pay_back(discounted(both, rate))[0].by_chance.median for rate in (0.0, 3.5)] == ["2021-01", "2021-02"]


def test_pay_back_over_uncertain_assumptions_counts_their_replicates():
    def study(so_far):
        varied = Replicates(
            columns={"gap": np.zeros((2, 12)), "cumulative_position": np.array(so_far, float)},
            parameters={"exposure": np.array([0.1, 0.2])},
        )
        return Study(ensemble=by_hand(1), assumptions=varied)

    flat = [[0.0] * 12, [0.0] * 12]
    (found,) = pay_back(side_by_side({"alone": study(flat), "together": study([[-1] * 6 + [1] * 6, [-1] * 12])}))
    assert (found.varied.median, found.varied.late) == ("2020-10", None)
    assert (found.varied.paid, found.varied.of) == (1, 2)
    assert (found.by_chance.median, found.by_chance.paid, found.by_chance.same) == (None, 0, 1)


def test_the_positions_over_the_run_are_those_of_the_replicates_that_were_run():
    """The second of three replicates failed; −18 and −18 discounted are −18 − 18/1.035."""
    case = side_by_side({"together": Study(ensemble=TOGETHER)}).cases[0]
    failed = replace(case, positions=np.array([np.nan, -36.0, np.nan]))
    ensemble = replace(TOGETHER, replicates=np.array([1]))
    later = positions_of(replace(failed, study=Study(ensemble=ensemble, discount=3.5)))
    assert later == pytest.approx([np.nan, -18 - 18 / 1.035, np.nan], nan_ok=True)
    assert positions_of(failed) is failed.positions
    assert place_position(failed)[1] is None


def test_results_without_tables_cannot_be_discounted():
    comparison = side_by_side({"together": Study(ensemble=TOGETHER)})
    bare = replace(comparison, cases=(replace(comparison.cases[0], study=None),))
    assert discounted(bare, 0.0).discount == 0
    with pytest.raises(ValueError, match="can't be discounted, since the tables for it were not kept: together"):
        discounted(bare, 3.5)
