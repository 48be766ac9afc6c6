"""Costs of levers and of setting programmes up that each organisation pays, by financial year."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.bands import Floats, interval_of
from simulation.analysis.discounting import discounting
from simulation.analysis.finance import WHOLE_RUN, set_up_costs_by_programme
from simulation.analysis.precision import precisions_of
from simulation.results.comparison import Comparison
from simulation.results.financial_year import financial_years
from simulation.results.study import Study
from simulation.scenario.paths import lever_costs

if TYPE_CHECKING:
    import pandas as pd

LEVERS = "Levers"
SET_UP = "Setting programmes up"


def lever_costs_by_organisation(study: Study) -> Floats:
    """Return what each organisation pays for levers, `[year, organisation]`, £m: by income over all organisations.

    Args:
        study: The scenario; its rate of discount applies.
    """
    axes = study.ensemble.axes
    income = np.array([float(axes.organisation(each).income) for each in axes.organisations])
    monthly = discounting(axes.months, study.discount).by_month * lever_costs(study.ensemble.scenario) / 12
    by_year = [monthly[year.first : year.until].sum() for year in financial_years(axes.months)]
    return np.outer(by_year, income / income.sum())


def set_up_costs_by_organisation(study: Study) -> Floats:
    """Return what each organisation pays for setting programmes up, `[replicate, year, organisation]`, £m.

    Those that take part in a programme pay for it, by income.

    Args:
        study: The scenario's replicates; its rate of discount applies.
    """
    ensemble, axes = study.ensemble, study.ensemble.axes
    years, factors = financial_years(axes.months), discounting(axes.months, study.discount).by_month
    paid = np.zeros((len(ensemble), len(years), len(axes.organisations)))
    for k, monthly in set_up_costs_by_programme(ensemble):
        participants = axes.programme(k).participants
        income = np.array([float(axes.organisation(each).income) for each in participants])
        for number, year in enumerate(years):
            cost = (factors * monthly)[:, year.first : year.until].sum(axis=1)
            for organisation, part in zip(participants, income / income.sum(), strict=True):
                paid[:, number, axes.organisations.index(organisation)] += part * cost
    return paid


def costs_by_organisation_to_pandas(comparison: Comparison) -> "pd.DataFrame":
    """Return a row for each scenario, organisation, kind of cost and period, £m: mean with interval, and bands.

    Costs are above 0 here. Levers cost the same in every replicate. A kind that costs nobody anything is left out.

    Args:
        comparison: The results; scenarios whose tables were not kept are left out.
    """
    import pandas as pd

    return pd.DataFrame(row for label, study in comparison.studies_in_tables.items() for row in _rows(label, study))


def _rows(label: str, study: Study) -> Iterator[dict[str, Any]]:
    axes, replicates = study.ensemble.axes, len(study.ensemble)
    levers = np.repeat(lever_costs_by_organisation(study)[np.newaxis], replicates, axis=0)
    kinds = {LEVERS: levers, SET_UP: set_up_costs_by_organisation(study)}
    kinds = {kind: amounts for kind, amounts in kinds.items() if amounts.any()}
    periods = [(year.label, year.is_part) for year in financial_years(axes.months)] + [(WHOLE_RUN, False)]
    for o, organisation in enumerate(axes.organisations):
        for kind, amounts in kinds.items():
            columns = np.column_stack([amounts[:, :, o], amounts[:, :, o].sum(axis=1)])
            for number, precision in enumerate(precisions_of(columns.T)):
                period, is_part = periods[number]
                yield {
                    "scenario": label,
                    "organisation": organisation,
                    "name": axes.organisation_name(organisation),
                    "cost": kind,
                    "period": period,
                    "part": is_part,
                    "half_width_95": precision.half_width,
                    **interval_of(columns[:, number])._asdict(),
                }
