"""Trust between organisations in chosen months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, mean_of
from simulation.results.axes import chosen_months
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class TrustMap:
    """Trust between organisations, 0–1, mean over replicates; NaN where two have no dealings."""

    months: tuple[str, ...]
    """The chosen months, YYYY-MM; trust is that at their end."""
    organisations: tuple[str, ...]
    """Ids."""
    directed: Floats
    """`[month, organisation, organisation]`: the first one's trust in the second."""
    mutual: Floats
    """`[month, organisation, organisation]`: mean of the two directions, symmetric."""
    low_90: Floats
    """As `directed`: one replicate in twenty is lower."""
    high_90: Floats
    """As `directed`: one replicate in twenty is higher."""

    @property
    def overall(self) -> Floats:
        """Mean over all relationships, `[month]`; NaN if there are none."""
        return mean_of(self.directed.reshape(len(self.months), -1).T)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Indices of the organisations that have dealings, each pair once."""
        known = ~np.isnan(self.mutual[0])
        return tuple((i, j) for i, j in np.argwhere(known).tolist() if i < j)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each month and relationship: month, trusting, trusted, trust and its 90% band, mutual."""
        import pandas as pd

        at, i, j = np.nonzero(~np.isnan(self.directed))
        names = np.asarray(self.organisations, dtype=object)
        return pd.DataFrame(
            {
                "month": np.asarray(self.months, dtype=object)[at],
                "trusting": names[i],
                "trusted": names[j],
                "trust": self.directed[at, i, j],
                "low_90": self.low_90[at, i, j],
                "high_90": self.high_90[at, i, j],
                "mutual": self.mutual[at, i, j],
            }
        )


def map_trust(ensemble: Ensemble, months: Sequence[int] | None = None) -> TrustMap:
    """Return the trust between organisations in chosen months.

    Args:
        ensemble: Replicates that kept the table relationships.
        months: Months from the start, 0 to the last; the first, the middle and the last if left out.

    Raises:
        ValueError: If the table relationships, or one of the months, was not kept.
    """
    if ensemble.relationships is None:
        message = "the trust map needs the table 'relationships'; keep it with detail=('relationships',)"
        raise ValueError(message)
    axes = ensemble.axes
    at = list(chosen_months(len(axes.months)) if months is None else months)
    index_of = {organisation: index for index, organisation in enumerate(axes.organisations)}
    trusting = [index_of[organisation] for organisation, _ in axes.relationships]
    trusted = [index_of[organisation] for _, organisation in axes.relationships]
    missing = [month for month in at if month not in ensemble.detail_months]
    if missing:
        message = f"the trust map needs month {missing[0]}; keep it with detail_months"
        raise ValueError(message)
    kept = ensemble.relationships[:, [ensemble.detail_months.index(month) for month in at]]

    def matrix(values: Floats) -> Floats:
        grid = np.full((len(at), len(index_of), len(index_of)), np.nan)
        grid[:, trusting, trusted] = values
        return grid

    directed = matrix(kept.mean(axis=0))
    low, high = (matrix(limit) for limit in np.quantile(kept, (0.05, 0.95), axis=0))
    return TrustMap(
        tuple(axes.months[month] for month in at), axes.organisations, directed, _mutual(directed), low, high
    )


def _mutual(directed: Floats) -> Floats:
    """Return the mean of the two directions; the one direction where there is only one."""
    both = np.stack([directed, directed.swapaxes(-1, -2)])
    known = ~np.isnan(both)
    count = known.sum(axis=0)
    total = np.where(known, both, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
