"""The money of a comparison as tidy tables: of the place, item by item, and of organisations."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.finance import ITEMS, WHOLE_RUN, figures_of, finance_of
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.comparison import Comparison
from simulation.results.financial_year import financial_years

if TYPE_CHECKING:
    import pandas as pd

_ITEMS = {item.name: item for item in ITEMS}


def finance_to_pandas(comparison: Comparison, *, monthly: bool = False) -> "pd.DataFrame":
    """Return a row for each scenario, item and period: mean with interval, bands, and bands over assumptions.

    An item's amount is in its unit; a cost is below 0. Columns that begin with `varied_` have the bands allowing for
    uncertain assumptions, where they are known.

    Args:
        comparison: The results, no joint action first if it was run beside them; scenarios whose tables were
            not kept are left out.
        monthly: True for months, False for financial years and the whole run.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for label, study in comparison.studies_in_tables.items():
        for each in figures_of(finance_of(study), monthly=monthly):
            item = _ITEMS[each.item]
            named = {"scenario": label, "item": item.name, "label": item.label, "unit": item.unit}
            period = {"period": each.period, "part": each.is_part, "discount": study.discount}
            rows.append(named | period | _numbers(each.precision, each.band) | _varied(each.varied))
    return pd.DataFrame(rows)


def outturns_to_pandas(comparison: Comparison) -> "pd.DataFrame":
    """Return a row for each scenario, organisation and period: its outturn with interval and bands, £m.

    Args:
        comparison: The results, no joint action first if it was run beside them; scenarios whose tables were
            not kept are left out.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for label, study in comparison.studies_in_tables.items():
        axes = study.ensemble.axes
        years = financial_years(axes.months)
        by_year = study.ensemble.outturns * discounting(axes.months, study.discount).by_year[:, np.newaxis]
        periods = [(year.label, year.is_part) for year in years] + [(WHOLE_RUN, False)]
        for o, organisation in enumerate(axes.organisations):
            amounts = np.column_stack([by_year[:, :, o], by_year[:, :, o].sum(axis=1)])
            for (period, is_part), numbers in zip(periods, _columns(amounts), strict=True):
                named = {"scenario": label, "organisation": organisation, "name": axes.organisation_name(organisation)}
                rows.append(named | {"period": period, "part": is_part, "discount": study.discount} | numbers)
    return pd.DataFrame(rows)


def _columns(amounts: Floats) -> Iterator[dict[str, float]]:
    for number, precision in enumerate(precisions_of(amounts.T)):
        yield _numbers(precision, interval_of(amounts[:, number]))


def _numbers(precision: Precision, band: Interval) -> dict[str, float]:
    bands = {name: value for name, value in band._asdict().items() if name != "mean"}
    return {"mean": precision.mean, "half_width_95": precision.half_width} | bands


def _varied(varied: Interval | None) -> dict[str, float]:
    known = Interval(*[np.nan] * len(Interval._fields)) if varied is None else varied
    return {f"varied_{name}": value for name, value in known._asdict().items()}
