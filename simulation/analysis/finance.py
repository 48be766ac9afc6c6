"""The money of a place, line by line: what its position is the sum of, by month, financial year and over the run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.precision import Precision, precisions_of
from simulation.known_names import check_name
from simulation.results.ensemble import Ensemble
from simulation.results.financial_year import FinancialYear, financial_years
from simulation.results.study import Study
from simulation.scenario.paths import lever_costs

WHOLE_RUN = "whole run"
"""The period of a figure that is of no single financial year or month."""


class Item(NamedTuple):
    """One row of the table of items."""

    name: str
    label: str
    unit: str
    meaning: str


LINES: tuple[Item, ...] = (
    Item("do_nothing", "Gap before any savings", "£m", "a twelfth of it each month, with cost shocks"),
    Item("efficiency", "Own efficiency", "£m", "saved by the organisations' own efficiency work"),
    Item("programmes", "Saved by programmes", "£m", "the worth of programmes as it is realised"),
    Item("contracts", "Saved in contracts", "£m", "saved by managing contracts together; not recurrent"),
    Item("cost_shifts", "Cost shifts", "£m", "what one side of a contract takes from the other: 0 over the place"),
    Item("set_up", "Set-up costs", "£m", "of programmes, from the month after agreement"),
    Item("levers", "Cost of levers", "£m", "of each setting, as ramped, while it acts"),
)
"""The lines that a position is the sum of; below 0 it costs the place."""

POSITION = Item("position", "Position", "£m", "sum of the lines: surplus or deficit of all organisations together")
SO_FAR = Item("cumulative_position", "Position so far", "£m", "sum of positions since the start")
GAP = Item("gap", "Gap", "£m a year", "run rate, recurrent, at the end of the period; never discounted")
ITEMS: tuple[Item, ...] = (GAP, *LINES, POSITION, SO_FAR)
"""Every item, in the order in which to read them."""


@dataclass(frozen=True, kw_only=True)
class Finance:
    """The money of one scenario by month.

    Attributes:
        months: YYYY-MM.
        discount: % a year; 0 if amounts are nominal and undiscounted.
        monthly: `[replicate, month]` by item of `ITEMS`; £m this month, of the gap £m a year.
        varied: The same allowing for uncertain assumptions, as far as it is known: gap, position and position so far.
    """

    months: tuple[str, ...]
    discount: float
    monthly: Mapping[str, Floats] = field(repr=False)
    varied: Mapping[str, Floats] = field(default_factory=dict, repr=False)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial years that the run covers, whole or in part."""
        return financial_years(self.months)

    def by_year(self, item: str) -> Floats:
        """Return an item by financial year, `[replicate, year]`; of the gap and the position so far the last month."""
        return _by_year(self._monthly(item), item, self.years)

    def over_run(self, item: str) -> Floats:
        """Return an item over the whole run, `[replicate]`; of the gap and the position so far the last month."""
        return _over_run(self._monthly(item), item)

    def _monthly(self, item: str) -> Floats:
        check_name("item", item, self.monthly)
        return self.monthly[item]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a scenario's money, over replicates."""

    item: str
    """One of `ITEMS`."""
    period: str
    """`WHOLE_RUN`, a financial year such as 2016/17, or a month YYYY-MM."""
    is_part: bool
    """True if the run covers only a part of the financial year."""
    precision: Precision
    """Mean and half the width of its 95% interval."""
    band: Interval
    """Bands by chance alone."""
    varied: Interval | None = None
    """Bands allowing for uncertain assumptions; None where they are not known."""


def finance_of(study: Study) -> Finance:
    """Return the money of a scenario, line by line.

    The lines add up to the position. Levers follow from the scenario, set-up costs from the months of agreement;
    contracts are what remains, since results do not keep them by month.

    Args:
        study: The scenario's replicates, and the rate at which to discount, see `analysis.discounting`.
    """
    ensemble = study.ensemble
    months = ensemble.axes.months
    factors = discounting(months, study.discount).by_month
    lines = {name: factors * amounts for name, amounts in _lines(ensemble).items()}
    position = factors * ensemble["position"]
    monthly = lines | {"position": position, "cumulative_position": position.cumsum(axis=1), "gap": ensemble["gap"]}
    return Finance(months=months, discount=study.discount, monthly=monthly, varied=_varied(study, factors))


def figures_of(finance: Finance, *, monthly: bool = False) -> tuple[Figure, ...]:
    """Return every item over the run and by financial year, or by month, with intervals.

    Args:
        finance: The money of a scenario.
        monthly: True for months, False for financial years and the whole run.
    """
    years = finance.years
    if monthly:
        periods = [(month, False) for month in finance.months]
    else:
        periods = [(year.label, year.is_part) for year in years] + [(WHOLE_RUN, False)]

    def columns_of(amounts: Floats, item: str) -> Floats:
        if monthly:
            return amounts
        return np.column_stack([_by_year(amounts, item, years), _over_run(amounts, item)])

    found = []
    for item in (each.name for each in ITEMS):
        columns = columns_of(finance.monthly[item], item)
        wide = columns_of(finance.varied[item], item) if item in finance.varied else None
        for number, ((period, is_part), precision) in enumerate(zip(periods, precisions_of(columns.T), strict=True)):
            found.append(
                Figure(
                    item=item,
                    period=period,
                    is_part=is_part,
                    precision=precision,
                    band=interval_of(columns[:, number]),
                    varied=None if wide is None else interval_of(wide[:, number]),
                )
            )
    return tuple(found)


def set_up_costs(ensemble: Ensemble) -> Floats:
    """Return what setting programmes up costs the place, `[replicate, month]`, £m.

    It is spread evenly over as many months as a programme has milestones, from the month after agreement.

    Args:
        ensemble: The replicates.
    """
    return np.asarray(
        sum((spent for _, spent in set_up_costs_by_programme(ensemble)), np.zeros((len(ensemble), _months(ensemble)))),
        dtype=np.float64,
    )


def set_up_costs_by_programme(ensemble: Ensemble) -> Iterator[tuple[int, Floats]]:
    """Yield each programme's index with what setting it up costs, `[replicate, month]`, £m.

    Args:
        ensemble: The replicates.
    """
    agreed, months = ensemble.agreement("agreed"), np.arange(_months(ensemble))
    for k in ensemble.axes.programmes:
        entry = ensemble.axes.programme(k)
        since = months - agreed[:, k, np.newaxis]  # not a number, and so never due, where it was not agreed
        yield k, np.where((since > 0) & (since <= entry.milestones), float(entry.set_up_cost) / entry.milestones, 0.0)


def _months(ensemble: Ensemble) -> int:
    return len(ensemble.axes.months)


def _lines(ensemble: Ensemble) -> dict[str, Floats]:
    """Return the nominal amounts of the lines by month."""
    efficiency, programmes = ensemble["efficiency"] / 12, ensemble["programmes"] / 12
    set_up, levers = set_up_costs(ensemble), lever_costs(ensemble.scenario) / 12
    nothing = ensemble["do_nothing"] / 12
    known = efficiency + programmes - set_up - levers - nothing
    return {
        "do_nothing": 0.0 - nothing,
        "efficiency": efficiency,
        "programmes": programmes,
        "contracts": ensemble["position"] - known,
        "cost_shifts": np.zeros_like(known),
        "set_up": 0.0 - set_up,
        "levers": np.broadcast_to(0.0 - levers, known.shape),
    }


def _varied(study: Study, factors: Floats) -> dict[str, Floats]:
    varied = study.assumptions
    if varied is None:
        return {}
    found = {"gap": varied["gap"]} if "gap" in varied.columns else {}
    so_far = varied.columns.get("cumulative_position")
    if so_far is not None and so_far.shape[1] == len(factors):
        position = factors * np.diff(so_far, axis=1, prepend=0.0)
        found |= {"position": position, "cumulative_position": position.cumsum(axis=1)}
    return found


def _is_state(item: str) -> bool:
    """True if an item is of a moment, so that a year has its last month's and not the sum."""
    return item in (GAP.name, SO_FAR.name)


def _by_year(amounts: Floats, item: str, years: tuple[FinancialYear, ...]) -> Floats:
    if _is_state(item):
        return amounts[:, [year.until - 1 for year in years]]
    return np.column_stack([amounts[:, year.first : year.until].sum(axis=1) for year in years])


def _over_run(amounts: Floats, item: str) -> Floats:
    return np.asarray(amounts[:, -1] if _is_state(item) else amounts.sum(axis=1))
