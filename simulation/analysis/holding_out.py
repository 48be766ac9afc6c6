"""Gain of an organisation that never moves, and its cost to the others and to the place."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.discounting import discounting
from simulation.analysis.precision import Precision, is_unclear, precisions_of, sign_of
from simulation.results.study import Study

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class HoldingOut:
    """The difference that an organisation makes by never moving, with common random numbers."""

    organisation: str
    """Id."""
    name: str
    gain: Precision
    """Its gain over the whole run, £m; below 0 it loses."""
    cost_to_others: Precision
    """Loss of all others together over the whole run, £m; below 0 they gain."""
    adds_to_gap: Precision
    """Amount added to the gap in the last month, £m a year."""

    @property
    def gains(self) -> bool:
        """True if it clearly gains: the 95% interval of its gain is above 0."""
        return sign_of(self.gain) > 0

    @property
    def is_unclear(self) -> bool:
        """True if it may gain or lose by it: the 95% interval of its gain holds 0, and it is not always 0."""
        return is_unclear(self.gain)


def holding_out(study: Study) -> tuple[HoldingOut, ...]:
    """Compare each organisation that never moves with itself; those that add most to the gap come first.

    Args:
        study: A scenario with the replicates in which each organisation never moves; its rate of discount applies.
    """
    axes = study.ensemble.axes
    factors = discounting(axes.months, study.discount).by_year[:, np.newaxis]
    found = []
    for who, held in study.holding_out.items():
        if held.outturns is None:
            continue
        free = study.ensemble.select(slice(len(held)))
        count = min(len(free), len(held))
        change = (factors * (held.outturns[:count] - free.outturns[:count])).sum(axis=1)
        own = change[:, axes.organisations.index(who)]
        gap = (held["gap"][:, -1] - free["gap"][:, -1])[:count]
        gain, others, adds = precisions_of(np.stack([own, own - change.sum(axis=1), gap]))
        found.append(
            HoldingOut(
                organisation=who, name=axes.organisation_name(who), gain=gain, cost_to_others=others, adds_to_gap=adds
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.adds_to_gap.mean, each.organisation)))


def holding_out_to_pandas(found: tuple[HoldingOut, ...]) -> "pd.DataFrame":
    """Return a row for each organisation, each mean with half the width of its 95% interval."""
    import pandas as pd

    rows = []
    for each in found:
        row: dict[str, object] = {"organisation": each.organisation, "name": each.name}
        for what in ("gain", "cost_to_others", "adds_to_gap"):
            precision: Precision = getattr(each, what)
            row |= {what: precision.mean, f"{what}_half_width_95": precision.half_width}
        rows.append({**row, "replicates": each.gain.replicates})
    return pd.DataFrame(rows)
