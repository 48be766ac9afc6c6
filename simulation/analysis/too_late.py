"""The cost of starting later: the gap at the horizon by the month in which the levers start."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.analysis.bands import Interval, interval_of
from simulation.analysis.precision import Precision, precision_over_sets, precisions_of
from simulation.experiment.addresses import parse_address
from simulation.results.comparison import Case, Comparison
from simulation.scenario.every import EVERY

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Start:
    """The gap in the last month, £m a year, if levers start in one month."""

    month: str
    """YYYY-MM."""
    gap: Interval
    precision: Precision
    lost: Precision
    """Mean of what it leaves beyond the first start, run by run with the same random events, £m a year."""
    lost_over_ranges: Precision | None = None
    """The same allowing for uncertain assumptions, a mean over sets of assumptions; None if they were not varied."""


@dataclass(frozen=True, kw_only=True)
class OtherStarts:
    """The cost of starting last in another scenario that was run with the same starts."""

    variant: str
    """The scenario."""
    lost: Precision
    """Mean of what starting last leaves beyond starting first, with the same random events, £m a year."""


@dataclass(frozen=True, kw_only=True)
class TooLate:
    """The starts of one scenario in order, and the same place without the levers."""

    variant: str
    """The scenario: of several that were run with these starts, the last."""
    lever: str = ""
    """The lever whose start was varied, all others starting as they are set; empty if all levers start together."""
    setting: int | None = None
    """The index of the setting of the lever whose start was varied, from 0; None where the address names none."""
    starts: tuple[Start, ...]
    without: Interval | None
    """The gap if the levers never start; None if that was not run."""
    without_label: str = ""
    others: tuple[OtherStarts, ...] = ()
    """The other scenarios that were run with these starts."""

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each start, and one for never."""
        import pandas as pd

        rows: list[dict[str, object]] = [
            {
                "start": each.month,
                **each.gap._asdict(),
                "half_width_95": each.precision.half_width,
                "beyond_first": each.lost.mean,
                "beyond_first_half_width_95": each.lost.half_width,
            }
            for each in self.starts
        ]
        if self.without is not None:
            rows.append({"start": "never", **self.without._asdict()})
        return pd.DataFrame(rows)


def starts_of(comparison: Comparison) -> str | None:
    """Return the address of the month in which levers start; None unless it alone is varied, and not drawn."""
    found = [address for address in comparison.factors if address.startswith("levers.") and address.endswith(".from")]
    is_drawn = any(case.point is not None for case in comparison.cases)
    return found[0] if len(comparison.factors) == 1 and found and not is_drawn else None


def too_late(comparison: Comparison) -> TooLate:
    """Return the gap by the month in which the levers start.

    Args:
        comparison: A batch that varies `levers.*.from`, or one lever's `from`, and nothing else.

    Raises:
        ValueError: If it varies anything else, or the months were drawn.
    """
    address = starts_of(comparison)
    dated = [case for case in comparison.cases if address is not None and address in case.values]
    if address is None or not dated:
        message = "this needs an experiment that varies the month in which levers start, and that alone: levers.*.from"
        raise ValueError(message)
    *others, variant = dict.fromkeys(case.variant for case in dated)
    never = [case for case in comparison.cases if address not in case.values]
    lever, *index = parse_address(address)[1:-1]
    return TooLate(
        variant=variant,
        lever="" if lever == EVERY else str(lever),
        setting=int(index[0]) if index else None,
        starts=_starts(dated, variant, address),
        without=interval_of(never[0].gaps) if never else None,
        without_label=never[0].label if never else "",
        others=tuple(OtherStarts(variant=each, lost=_starts(dated, each, address)[-1].lost) for each in others),
    )


def _starts(dated: Sequence[Case], variant: str, address: str) -> tuple[Start, ...]:
    """Return the starts of one scenario, the earliest first."""
    starts = sorted(((str(case.values[address]), case) for case in dated if case.variant == variant), key=_month_of)
    first = starts[0][1]
    return tuple(
        Start(
            month=month,
            gap=interval_of(case.gaps),
            precision=precisions_of(case.gaps[None])[0],
            lost=precisions_of((case.gaps - first.gaps)[None])[0],
            lost_over_ranges=_lost_over_ranges(case, first),
        )
        for month, case in starts
    )


def _month_of(start: tuple[str, Case]) -> str:
    return start[0]


def _lost_over_ranges(case: Case, first: Case) -> Precision | None:
    """Return what one start leaves beyond another; replicates of one set of assumptions count as one, their mean."""
    own, other = (None if each.study is None else each.study.assumptions for each in (case, first))
    if own is None or other is None or (len(own), own.points, own.stretch) != (len(other), other.points, other.stretch):
        return None
    lost = own["gap"][:, -1] - other["gap"][:, -1]
    return precision_over_sets(lost, own.points)
