"""The worth of each assumption: how far the gap moves from one end of its range to the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats
from simulation.parameters import TABLE
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.results.unread_parameters import unread_parameters
from simulation.scenario.own_values import places_used

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
    """Half the width of its 95% interval, by itself."""
    is_clear: bool
    """True if it differs from 0 at 95%, for all that has a swing together (Bonferroni)."""


@dataclass(frozen=True, kw_only=True)
class Swings:
    """Every parameter's swing, all others drawn from their ranges, the largest first."""

    swings: tuple[Swing, ...]
    explained: float
    """Share of the variance between points that straight lines explain, up to 1; the rest is curves, interactions and
    chance. It is the adjusted R², which is 0 on average where nothing moves the gap, and may be below."""
    points: int
    stretch: float = 1.0
    """Factor by which the ranges were stretched about their defaults."""
    own: tuple[Swing, ...] = ()
    """Swings of the place's own numbers, the largest first; none if they were not varied, or points are too few."""
    unranked: int = 0
    """How many of the place's own numbers were varied too and have no swing, since the points are too few for all."""

    @property
    def ranked(self) -> tuple[Swing, ...]:
        """The swings of all that was varied, parameters and the place's own numbers, the largest first."""
        return _largest_first([*self.swings, *self.own])

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each parameter, and for each of the place's own numbers that has a swing."""
        import pandas as pd

        rows = [(each.parameter, each.swing, each.half_width, each.is_clear) for each in self.ranked]
        return pd.DataFrame(rows, columns=_COLUMNS)


_ROWS = {row.name: row for row in TABLE}
_COLUMNS = ["parameter", "swing", "half_width_95", "is_clear"]


def study_swings(study: Study | None) -> Swings | None:
    """Return the swings of all that was varied of a scenario; None if nothing was, or at too few points.

    What changes nothing here has none: a number of another scenario that was varied in the same sample, such as the
    cost of a lever that this one does not use, and a parameter such as that lever's effect.

    Args:
        study: Its results; None if they were not kept.
    """
    if study is None or study.assumptions is None:
        return None
    varied = with_effect(study.assumptions, study)
    return assumption_swings(varied) if has_swings(varied) else None


def with_effect(varied: Replicates, study: Study) -> Replicates:
    """Return a scenario's replicates as if nothing had been varied but what can change its gap.

    Own numbers that it doesn't have are left out, and so are costs, which change positions alone; whole ones lie where
    the number lies that was used. A parameter that no rule reads stays as it is at the first point, as one does that
    the scenario holds.

    Args:
        varied: Replicates with uncertain assumptions.
        study: The scenario's results.
    """
    numbers = {
        name: number for name, number in study.own_numbers.items() if name in varied.own_numbers and number.moves_gap
    }
    portions = {name: varied.own_numbers[name].tolist() for name in numbers}
    places = places_used(study.ensemble.scenario, numbers, portions)
    own = {name: np.array(column) for name, column in places.items()}
    return replace(with_read_parameters(varied, study), own_numbers=own)


def with_read_parameters(varied: Replicates, study: Study) -> Replicates:
    """Return a scenario's replicates as if no parameter had been varied that no rule reads there.

    Args:
        varied: Replicates with uncertain assumptions.
        study: The scenario's results.
    """
    own = varied.own_numbers.keys() & study.own_numbers.keys()
    unread = unread_parameters(study.ensemble.scenario, own)
    parameters = {
        name: np.full_like(values, values[0]) if name in unread else values
        for name, values in varied.parameters.items()
    }
    return replace(varied, parameters=parameters)


def has_swings(varied: Replicates | None) -> bool:
    """Return True if there are numbers that differ between points, and enough points to tell their effects apart.

    Args:
        varied: Replicates with the assumptions varied; None if they were not.
    """
    if varied is None:
        return False
    names = _differing(varied)
    return varied.points > len(names) + 1 and bool(names or _own_that_fit(varied, names))


def count_varied(varied: Replicates) -> int:
    """Return how many numbers differ between points, parameters and own numbers.

    Args:
        varied: Replicates with uncertain assumptions.
    """
    return len(_differing(varied)) + len(varied.own_numbers)


def _differing(varied: Replicates) -> list[str]:
    return [name for name, values in varied.parameters.items() if np.ptp(values) > 0]


def _own_that_fit(varied: Replicates, names: Sequence[str]) -> list[str]:
    """Return the own numbers if there are points enough for them and the parameters, else none of them."""
    return list(varied.own_numbers) if varied.points > len(names) + len(varied.own_numbers) + 1 else []


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

    names = _differing(varied)
    points = varied.points
    if points <= len(names) + 1:
        message = f"{points} points cannot tell {len(names)} parameters apart; draw {2 * len(names)} or more"
        raise ValueError(message)
    own = _own_that_fit(varied, names)
    gaps = varied["gap"][:, -1].reshape(points, -1).mean(axis=1)
    scaled = [*(_on_unit(name, varied) for name in names), *(varied.own_numbers[name] for name in own)]
    table = np.column_stack([np.ones(points), *scaled])
    fitted, *_ = np.linalg.lstsq(table, gaps, rcond=None)
    residual = gaps - table @ fitted
    freedom = points - table.shape[1]
    spread = np.sqrt(np.diag(np.linalg.pinv(table.T @ table)) * (residual @ residual) / freedom)
    wide = float(stdtrit(freedom, 0.975)) * spread
    least = float(stdtrit(freedom, 1 - 0.025 / max(1, len(scaled)))) * spread
    whole = float(((gaps - gaps.mean()) ** 2).sum())
    swings = [
        Swing(parameter=name, swing=swing, half_width=half_width, is_clear=abs(swing) > smallest)
        for name, swing, half_width, smallest in zip(
            [*names, *own], fitted[1:].tolist(), wide[1:].tolist(), least[1:].tolist(), strict=True
        )
    ]
    return Swings(
        swings=_largest_first(swings[: len(names)]),
        own=_largest_first(swings[len(names) :]),
        unranked=len(varied.own_numbers) - len(own),
        stretch=varied.stretch,
        explained=1.0 - float(residual @ residual) / freedom / whole * (points - 1) if whole else 0.0,
        points=points,
    )


def _largest_first(swings: Sequence[Swing]) -> tuple[Swing, ...]:
    return tuple(sorted(swings, key=lambda each: (-abs(each.swing), each.parameter)))


def _on_unit(name: str, varied: Replicates) -> Floats:
    """Scale a parameter to 0 at the low end of its range and 1 at the high end."""
    low, high = _ROWS[name].stretched(varied.stretch)
    return np.asarray((varied.parameters[name] - low) / (high - low), dtype=np.float64)
