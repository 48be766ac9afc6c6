"""Present values of money over several years, by financial year.

A pound of the run's first financial year counts in full, one of the next as 1 / (1 + rate), and so on: year 0 of the
Green Book's table of discount factors is the first year, and its year 1 at 3.5% is 0.9662. All months of a financial
year count alike, so the discounted outturns of organisations, which are known by financial year, add up to the place's
discounted position.

The Green Book's 3.5% a year is a real rate, for amounts at constant prices (HM Treasury, The Green Book, 2022, annex
A6). The model has no inflation of its own: amounts are as the scenario gives them, so discount them at this rate only
if they are at constant prices.
"""

from dataclasses import replace
from math import isfinite
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.results.comparison import Case, Comparison
from simulation.results.financial_year import financial_years

_LEAST, _MOST = 0.1, 20.0


class Discounting(NamedTuple):
    """Discount factors along a run, 0–1."""

    rate: float
    """% a year; 0 for nominal amounts."""
    by_year: Floats
    """`[financial year]`."""
    by_month: Floats
    """`[month]`, of the financial year that it is in."""


def check_discount(rate: float) -> float:
    """Return a discount rate, % a year, if it is 0 or from 0.1 to 20.

    Raises:
        ValueError: If it is not.
    """
    if rate == 0 or (isfinite(rate) and _LEAST <= rate <= _MOST):
        return float(rate)
    message = f"a discount rate is in % a year: 0, or from {_LEAST:g} to {_MOST:g}, such as 3.5 (given: {rate:g})"
    raise ValueError(message)


def discounted(comparison: Comparison, rate: float) -> Comparison:
    """Return results of which every analysis discounts money over several years.

    Args:
        comparison: The results.
        rate: % a year, such as 3.5; 0 for nominal, undiscounted amounts.

    Raises:
        ValueError: If the rate is not 0 or from 0.1 to 20, or the amounts of a scenario are not known by year.
    """
    check_discount(rate)
    lacking = [case.label for case in comparison.cases if case.study is None and not np.isnan(case.gaps).all()]
    if rate and lacking:
        message = f"money can't be discounted, since {comparison.no_tables}: {', '.join(lacking[:3])}"
        raise ValueError(message)
    reference = comparison.no_joint_action
    return replace(
        comparison,
        cases=tuple(_with_rate(case, rate) for case in comparison.cases),
        no_joint_action=None if reference is None else _with_rate(reference, rate),
    )


def _with_rate(case: Case, rate: float) -> Case:
    return case if case.study is None else replace(case, study=replace(case.study, discount=rate))


def discounting(months: tuple[str, ...], rate: float = 0.0) -> Discounting:
    """Return the discount factors of a run's financial years and months.

    Args:
        months: The run's months, YYYY-MM.
        rate: % a year, such as 3.5; 0 for nominal, undiscounted amounts.

    Raises:
        ValueError: If the rate is not 0 or from 0.1 to 20.
    """
    years = financial_years(months)
    by_year = (1.0 + check_discount(rate) / 100.0) ** -np.arange(len(years), dtype=np.float64)
    return Discounting(rate, by_year, np.repeat(by_year, [year.until - year.first for year in years]))
