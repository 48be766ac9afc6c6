"""The worth of each assumption: how far the gap moves from one end of its range to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats
from simulation.parameters import TABLE
from simulation.results.replicates import Replicates

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Swing:
    """How far the gap in the last month moves from the low to the high end of one range, £m a year."""

    parameter: str
    """The parameter; of a place's own number its name in files."""
    swing: float
    """Above 0 the gap is larger at the high end."""
    half_width: float
    """Half the width of its 95% interval."""


@dataclass(frozen=True, kw_only=True)
class Swings:
    """Every parameter's swing, all others drawn from their ranges, the largest first."""

    swings: tuple[Swing, ...]
    explained: float
    """Share of the variance between points that straight lines explain, 0–1; the rest is curves and interactions."""
    points: int
    stretch: float = 1.0
    """Factor by which the ranges were stretched about their defaults."""
    own: tuple[Swing, ...] = ()
    """Swings of the place's own numbers, the largest first; none if they were not varied, or points are too few."""

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each parameter."""
        import pandas as pd

        return pd.DataFrame([(s.parameter, s.swing, s.half_width) for s in self.swings], columns=_COLUMNS)


_ROWS = {row.name: row for row in TABLE}
_COLUMNS = ["parameter", "swing", "half_width_95"]


def has_swings(varied: Replicates | None) -> bool:
    """Return True if there are parameters that differ between points, and enough points to tell their effects apart.

    Args:
        varied: Replicates with the assumptions varied; None if they were not.
    """
    if varied is None or varied.points <= len(varied.parameters) + 1:
        return False
    return any(np.ptp(values) > 0 for values in varied.parameters.values())


def assumption_swings(varied: Replicates) -> Swings:
    """Fit the mean gap at each point by a straight line in every parameter (least squares).

    Each parameter is scaled to 0 at the low end of the range from which it was drawn and 1 at the high end. Parameters
    that do not differ between points are left out. The place's own numbers join in if they were varied, and if there
    are points enough for all.

    Args:
        varied: Replicates with uncertain assumptions.

    Raises:
        ValueError: If there are not more points than parameters.
    """
    from scipy.special import stdtrit

    names = [name for name, values in varied.parameters.items() if np.ptp(values) > 0]
    points = varied.points
    if points <= len(names) + 1:
        message = f"{points} points cannot tell {len(names)} parameters apart; draw {2 * len(names)} or more"
        raise ValueError(message)
    own = list(varied.own_numbers) if points > len(names) + len(varied.own_numbers) + 1 else []
    gaps = varied["gap"][:, -1].reshape(points, -1).mean(axis=1)
    scaled = [*(_on_unit(name, varied) for name in names), *(varied.own_numbers[name] for name in own)]
    table = np.column_stack([np.ones(points), *scaled])
    fitted, *_ = np.linalg.lstsq(table, gaps, rcond=None)
    residual = gaps - table @ fitted
    freedom = points - table.shape[1]
    spread = np.sqrt(np.diag(np.linalg.pinv(table.T @ table)) * (residual @ residual) / freedom)
    wide = float(stdtrit(freedom, 0.975)) * spread
    whole = float(((gaps - gaps.mean()) ** 2).sum())
    swings = [
        Swing(parameter=name, swing=float(fitted[n + 1]), half_width=float(wide[n + 1]))
        for n, name in enumerate([*names, *own])
    ]
    return Swings(
        swings=_largest_first(swings[: len(names)]),
        own=_largest_first(swings[len(names) :]),
        stretch=varied.stretch,
        explained=1.0 - float(residual @ residual) / whole if whole else 0.0,
        points=points,
    )


def _largest_first(swings: Sequence[Swing]) -> tuple[Swing, ...]:
    return tuple(sorted(swings, key=lambda each: (-abs(each.swing), each.parameter)))


def _on_unit(name: str, varied: Replicates) -> Floats:
    """Scale a parameter to 0 at the low end of its range and 1 at the high end."""
    low, high = _ROWS[name].stretched(varied.stretch)
    return np.asarray((varied.parameters[name] - low) / (high - low), dtype=np.float64)
