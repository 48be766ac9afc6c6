"""The organisations that were institutional in each programme, and if it was agreed."""

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.plan_against_delivery import plan_against_delivery
from simulation.columns import MEMBERSHIPS
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd


def blockers(ensemble: Ensemble) -> "pd.DataFrame":
    """Return a row for each programme and participant: months on the table and the share that was institutional.

    Columns: programme, organisation, months_on_table (mean over replicates), institutional (share of those months, 0–1;
    NaN if none), agreed_by (YYYY-MM by which half of the replicates have agreed it; none if half never do),
    never_agreed_in (replicates), replicates. In each programme the most institutional come first.

    Args:
        ensemble: The replicates.
    """
    import pandas as pd

    by_programme = {each.programme: each for each in plan_against_delivery(ensemble).programmes}
    rows = []
    for p, (programme, organisation) in enumerate(ensemble.axes.memberships):
        if programme not in by_programme:
            continue
        counts = ensemble.memberships[:, p].sum(axis=0, dtype=np.int64).tolist()
        on_table, institutional = counts[MEMBERSHIPS.months_on_table], counts[MEMBERSHIPS.months_institutional]
        delivery = by_programme[programme]
        rows.append(
            {
                "programme": programme,
                "organisation": organisation,
                "months_on_table": on_table / len(ensemble),
                "institutional": institutional / on_table if on_table else np.nan,
                "agreed_by": delivery.agreed_by,
                "never_agreed_in": delivery.never_agreed,
                "replicates": len(ensemble),
            }
        )
    columns = ["programme", "organisation", "months_on_table", "institutional", "agreed_by", "never_agreed_in"]
    frame = pd.DataFrame(rows, columns=[*columns, "replicates"])
    return frame.sort_values(["programme", "institutional"], ascending=[True, False], kind="stable", ignore_index=True)
