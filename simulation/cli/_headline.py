"""A run's headline, in words for a terminal and as data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.formatting import (
    counted,
    discount_words,
    one_decimal,
    percent,
    pounds,
    range_words,
    two_decimals,
    without_joiners,
)

if TYPE_CHECKING:
    from simulation.analysis.bands import Interval
    from simulation.analysis.summary import Summary
    from simulation.analysis.verdict import Verdict
    from simulation.results.provenance import RunRecord


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """A finished run, as far as it is printed.

    Attributes:
        summary: Its headline numbers.
        gap_varied: The gap in the last month allowing for uncertain assumptions; None if they were not varied.
        position_varied: The position over the whole run, in the same way.
        verdicts: The verdict against no joint action by the gap and by the position; None if that was not run.
        verdict_data: Both as plain data.
        held: The values of the parameters that the scenario sets itself, by name, and that were held where assumptions
            were drawn.
        record: Its record.
        folder: The folder with its tables.
        charts: Its charts as PNG files, in the order in which to read them.
        left_out: Names of charts that would have too many organisations to label.
    """

    summary: "Summary"
    gap_varied: "Interval | None" = None
    position_varied: "Interval | None" = None
    verdicts: "tuple[Verdict, Verdict] | None" = None
    verdict_data: Sequence[Mapping[str, Any]] = ()
    held: Mapping[str, float | str] = field(default_factory=dict)
    record: "RunRecord"
    folder: Path
    charts: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()


def headline(finished: RunSummary) -> str:
    """Return the headline of a run: a line for each of a board's first questions."""
    summary = finished.summary
    replicates = counted(summary.replicates, "replicate")
    medians = "; medians where nothing else is said" if summary.replicates > 1 else ""
    lines = [
        "",
        summary.title,
        f"{summary.first_month} to {summary.last_month}, {replicates}, seed {summary.seed}{medians}",
        "",
        *(f"  {label:<18}{text}" for label, text in [*_rows(finished), *_verdict_rows(finished)]),
        "",
        f"  {'tables':<18}{finished.folder}",
    ]
    if finished.charts:
        lines.append(f"  {'charts':<18}{finished.charts[0].parent}")
    if finished.left_out:
        names = ", ".join(finished.left_out)
        lines.append(f"  {'left out':<18}{names}: too many organisations or programmes to label")
    return without_joiners("\n".join(lines))


def _rows(finished: RunSummary) -> list[tuple[str, str]]:
    from simulation.analysis.question_words import asked_words

    summary = finished.summary
    worst = summary.worst_off
    by_chance = "" if finished.gap_varied is None else " by chance alone"
    return [
        (
            "gap",
            f"{pounds(summary.gap.median)} a year in {summary.last_month}; "
            f"{pounds(summary.do_nothing)} before any savings",
        ),
        *_band_rows(summary.gap, finished.gap_varied, summary.replicates),
        (
            "position",
            f"{pounds(summary.position.median)} over the run, all organisations together, costs included; "
            f"{discount_words(0)}",
        ),
        *_band_rows(summary.position, finished.position_varied, summary.replicates),
        *_held_rows(finished),
        ("target", f"{pounds(summary.target)} a year, met in {summary.target_met_in}{by_chance}"),
        ("plan", _plan_words(summary)),
        *([] if isnan(summary.realised.mean) else [("", _delivery_words(summary))]),
        ("question", f"{asked_words(summary.question_ends, 'population-first', 'stances')}{_met_words(summary)}"),
        (
            "trust",
            f"{two_decimals(summary.trust_start.mean)} after the first month, {two_decimals(summary.trust_end.mean)} "
            f"after the last{_means(summary)}",
        ),
        ("agreements", _agreement_words(summary)),
        (
            "worst off",
            f"{worst.name}: {_against(worst.against_plan)} against its own plan; {discount_words(0)}",
        ),
    ]


def _plan_words(summary: "Summary") -> str:
    """Say how much of what was open was agreed at eight weeks, and delivered at the end; that nothing was, if so."""
    from simulation.analysis.summary import coverage_words
    from simulation.formatting import percent

    by = coverage_words(summary)
    covered = percent(summary.plan_coverage.median)
    agreed = f"{covered} of what was open agreed" if summary.has_opened else "nothing was open"
    if isnan(summary.delivered_of_paper.median):
        return f"{agreed} at {by}; there are no programmes"
    delivered = f"{percent(summary.delivered_of_paper.median)} of the plan on paper delivered by {summary.last_month}"
    return f"{agreed} at {by}; {delivered}"


def _met_words(summary: "Summary") -> str:
    """Say of how many replicates the shares of questions are, if organisations don't meet in all; in brackets."""
    from simulation.analysis.question_words import met_words

    few = met_words(summary.question_ends, "replicates")
    return f" (medians{few})" if few else ""


def _held_rows(finished: RunSummary) -> list[tuple[str, str]]:
    """Return which assumptions were held, if any were."""
    from simulation.analysis.held import held_words

    said = held_words({finished.summary.title: finished.held})
    return [("assumptions", said)] if said else []


def _verdict_rows(finished: RunSummary) -> list[tuple[str, str]]:
    """Return the verdict against no joint action, if there is one."""
    from simulation.analysis.verdict_words import allowing
    from simulation.cli._verdict_words import finding_lines

    if finished.verdicts is None:
        return []
    lines = finding_lines(*finished.verdicts)
    return [("verdict", f"{allowing(finished.verdicts[0].pairs[0])}:"), *(("", line) for line in lines)]


def _agreement_words(summary: "Summary") -> str:
    """Say how many programmes were agreed, by outcome."""
    agreements = summary.agreements
    return (
        f"{one_decimal(agreements.win_win)} win/win, {one_decimal(agreements.win_neutral)} win/neutral, "
        f"{one_decimal(agreements.win_lose)} win/lose, {one_decimal(agreements.never)} never; "
        f"{one_decimal(agreements.by_order)} by order (programmes, mean of the replicates)"
    )


def _delivery_words(summary: "Summary") -> str:
    """Say what is saved of what was delivered, and how many programmes were late."""
    of, behind = summary.replicates, summary.behind
    few = "" if summary.delivered_in == of else f" of the {summary.delivered_in:,} of {of:,} in which anything is"
    saved = f"{percent(summary.realised.mean)} of the paper value of what is delivered is saved in an average run{few}"
    any_is = "" if behind.replicates == of else f" in which any is, in {behind.replicates:,} of {of:,} replicates"
    late = f"{percent(behind.mean)} of programmes in delivery are behind in an average month{any_is}"
    return f"{saved}; {late}{_means(summary)}"


def _means(summary: "Summary") -> str:
    """Mark a line whose numbers are means over replicates; nothing of one replicate."""
    return " (means)" if summary.replicates > 1 else ""


def _band_rows(chance: "Interval", varied: "Interval | None", replicates: int) -> list[tuple[str, str]]:
    """Return a line with both bands, if there are any."""
    from simulation.analysis.bands import LEAST_FOR_BANDS

    parts = []
    if chance.low_90 < chance.high_90:
        few = f", interpolated between {replicates}" if replicates < LEAST_FOR_BANDS else ""
        parts.append(f"90% of replicates{few}: {range_words(chance.low_90, chance.high_90)}")
    if varied is not None:
        parts.append(f"allowing for uncertain assumptions: {range_words(varied.low_90, varied.high_90)}")
    return [("", "; ".join(parts))] if parts else []


def _against(interval: "Interval") -> str:
    """Return a mean with its sign and its 90% band: "+£4m over the run (mean; 90% of replicates: £3.7m to £4.3m)"."""
    middle = f"{pounds(interval.mean, signed=True)} over the run"
    if interval.low_90 == interval.high_90:
        return middle
    return f"{middle} (mean; 90% of replicates: {range_words(interval.low_90, interval.high_90)})"


def as_data(finished: RunSummary) -> dict[str, Any]:
    """Return the headline as plain data for `--json`; a number that does not exist is null."""
    data: dict[str, Any] = _plain(asdict(finished.summary))
    varied = {"gap": finished.gap_varied, "position": finished.position_varied}
    return data | {
        "allowing_for_uncertain_assumptions": _plain(varied),
        "held": dict(finished.held),
        "verdict": [*finished.verdict_data],
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
