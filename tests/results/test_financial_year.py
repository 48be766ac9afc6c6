"""Financial years along a run's months: which there are, which are part, and what they sum to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.results.financial_year import FinancialYear, financial_years, outturns
from tests.places import month_after, place, run_many, scenario


def months_from(start, count):
    return tuple(month_after(month, start) for month in range(count))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("start", "months", "years"),
    [
        ("2015-12", 40, [("2015/16", 0, 4), ("2016/17", 4, 16), ("2017/18", 16, 28), ("2018/19", 28, 40)]),
        ("2024-04", 24, [("2024/25", 0, 12), ("2025/26", 12, 24)]),
        ("2024-03", 2, [("2023/24", 0, 1), ("2024/25", 1, 2)]),
        ("2024-01", 1, [("2023/24", 0, 1)]),
        ("1999-06", 12, [("1999/00", 0, 10), ("2000/01", 10, 12)]),
        ("2009-04", 12, [("2009/10", 0, 12)]),
    ],
)
def test_years_run_from_april_to_march(start, months, years):
    assert financial_years(months_from(start, months)) == tuple(FinancialYear(*year) for year in years)


@pytest.mark.unit
def test_a_year_cut_by_the_start_or_the_horizon_is_part():
    assert [year.is_part for year in financial_years(months_from("2015-12", 40))] == [True, False, False, False]
    assert [year.is_part for year in financial_years(months_from("2016-04", 23))] == [False, True]


@pytest.mark.property
@given(st.integers(0, 200), st.integers(1, 60))
def test_years_cover_every_month_once(start, count):
    years = financial_years(months_from(month_after(start), count))
    assert [month for year in years for month in range(year.first, year.until)] == list(range(count))
    assert all(1 <= year.until - year.first <= 12 for year in years)
    assert all(year.is_part for year in years if year.until - year.first < 12)
    assert sum(year.is_part for year in years) <= 2


@pytest.mark.unit
def test_outturns_sum_the_months_of_each_year():
    positions = np.array([[1.0, -2.0], [2.0, 0.5], [4.0, 0.0]])
    years = financial_years(("2024-02", "2024-03", "2024-04"))
    assert outturns(positions, years).tolist() == [[3.0, -1.5], [4.0, 0.0]]


@pytest.mark.property
def test_an_ensembles_outturns_are_its_monthly_positions():
    ensemble = run_many(scenario(place(start="2020-01", do_nothing={"2020-01": 20.0}, months=18)), replicates=2)
    position = ensemble.to_pandas("organisations").assign(
        year=lambda frame: frame["month"].map(
            lambda month: "2019/20" if month < 3 else "2020/21" if month < 15 else "2021/22"
        )
    )
    expected = position.groupby(["replicate", "year", "organisation"])["position"].sum()
    frame = ensemble.to_pandas("outturns").set_index(["replicate", "year", "organisation"])
    assert frame["outturn"].to_dict() == pytest.approx(expected.to_dict())
    assert frame["part"].groupby("year").first().to_dict() == {"2019/20": True, "2020/21": False, "2021/22": True}
