"""A run's headline, in words for a terminal and as data."""

from dataclasses import asdict, dataclass
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.analysis.bands import Interval
    from simulation.analysis.summary import Summary
    from simulation.results.provenance import RunRecord


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """A finished run, as far as it is printed.

    Attributes:
        summary: Its headline numbers.
        record: Its record.
        folder: The folder with its tables.
        charts: Its charts as PNG files, in the order in which to read them.
        left_out: Names of charts that would have too many organisations to label.
    """

    summary: "Summary"
    record: "RunRecord"
    folder: Path
    charts: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()


def headline(finished: RunSummary) -> str:
    """What a scenario comes to, a line for each thing a board asks first."""
    summary = finished.summary
    replicates = f"{summary.replicates} {'replicate' if summary.replicates == 1 else 'replicates'}"
    lines = [
        "",
        summary.title,
        f"{summary.first_month} to {summary.last_month}, {replicates}, seed {summary.seed}",
        "",
        *(f"  {label:<18}{text}" for label, text in _rows(summary)),
        "",
        f"  {'tables':<18}{finished.folder}",
    ]
    if finished.charts:
        lines.append(f"  {'charts':<18}{finished.charts[0].parent}")
    if finished.left_out:
        names = ", ".join(finished.left_out)
        lines.append(f"  {'left out':<18}{names}: a page has no room for so many names")
    return "\n".join(lines)


def _rows(summary: "Summary") -> list[tuple[str, str]]:
    agreements, worst = summary.agreements, summary.worst_off
    return [
        (
            "gap",
            f"{_money(summary.gap, 'a year')} in {summary.last_month}; "
            f"{_pounds(summary.do_nothing)} if nothing is done",
        ),
        ("target", f"{_pounds(summary.target)} a year, met in {summary.target_met_in}"),
        (
            "plan",
            f"{_percent(summary.plan_coverage)} agreed at eight weeks; {_percent(summary.delivered_of_paper)} "
            f"of the plan on paper delivered by {summary.last_month}",
        ),
        (
            "question",
            f"population-first in {_percent(summary.population_first_early)} of stances in the first half-year, "
            f"{_percent(summary.population_first_late)} in the last",
        ),
        ("trust", f"{_number(summary.trust_start.mean)} at the start, {_number(summary.trust_end.mean)} at the end"),
        (
            "agreements",
            f"{agreements.win_win:.1f} win/win, {agreements.win_neutral:.1f} win/neutral, "
            f"{agreements.win_lose:.1f} win/lose, {agreements.never:.1f} never; {agreements.by_order:.1f} by order "
            "(programmes, mean of the replicates)",
        ),
        ("worst off", f"{worst.name}: {_money(worst.against_plan, 'over the run')} against its own plan"),
    ]


def _money(interval: "Interval", period: str) -> str:
    """A median with its 90% band, such as "£139m a year (90% of replicates: £131m to £147m)"."""
    middle = f"{_pounds(interval.median)} {period}"
    if interval.low_90 == interval.high_90:
        return middle
    return f"{middle} (90% of replicates: {_pounds(interval.low_90)} to {_pounds(interval.high_90)})"


def _pounds(millions: float) -> str:
    if isnan(millions):
        return "–"
    digits = 0 if abs(millions) >= 20 or abs(millions) < 0.05 else 1
    rounded = round(millions, digits)
    return f"{'−' if rounded < 0 else ''}£{abs(rounded):,.{digits}f}m"


def _percent(interval: "Interval") -> str:
    return "–" if isnan(interval.mean) else f"{100 * interval.mean:.0f}%"


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.2f}"


def as_data(finished: RunSummary) -> dict[str, Any]:
    """The same as plain data for `--json`: numbers that do not exist are null."""
    data: dict[str, Any] = _plain(asdict(finished.summary))
    return data | {
        "run": finished.record.run,
        "folder": str(finished.folder),
        "charts": [str(chart) for chart in finished.charts],
        "charts_left_out": list(finished.left_out),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, float) and isnan(value):
        return None
    return value
