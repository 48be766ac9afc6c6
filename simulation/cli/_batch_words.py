"""A batch's outcome, in words for a terminal and as data."""

from collections.abc import Iterable, Sequence
from math import isnan
from statistics import median
from typing import TYPE_CHECKING, Any

from simulation.formatting import counted, discount_words, millions, range_words, stretch_words, without_joiners

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from simulation.analysis.precision import Precision
    from simulation.execution.headline import DesignPrecision
    from simulation.experiment.schema import Experiment
    from simulation.results.batch.chunks import Failure
    from simulation.results.batch.manifest import Manifest

_MOST_ROWS = 40
_MOST_FAILURES = 5
_QUANTITIES = "  Gap in the last month, £m a year, and position of the place over the run, £m, costs included,"


def name_of(experiment: "Experiment") -> str:
    """Return the name of an experiment, or of its supporting runs, for messages."""
    return f"{experiment.name}, {experiment.supporting}" if experiment.supporting else experiment.name


def supporting_words(asked: "Experiment | Manifest") -> str:
    """Return the kind of supporting runs, and how far the ranges of assumptions were stretched."""
    return f"supporting runs, {asked.supporting}{stretch_words(asked.stretch)}"


def command_of(asked: "Experiment | Manifest") -> str:
    """Return the command that goes on with a batch, or with supporting runs."""
    is_sensitivity = (asked.supporting or "").startswith("sensitivity-")
    return "trustsim sensitivity" if is_sensitivity else "trustsim batch"


def precision_lines(
    precisions: "Sequence[DesignPrecision]",
    factors: Sequence[str],
    choices: Sequence[str],
    repeated: "Collection[int]" = (),
) -> list[str]:
    """Return lines with the headline of each design and its precision, or of each choice over all points.

    Of many designs that are all choices, only the least precise are listed. Points are never listed.

    Args:
        precisions: One for each design.
        factors: Addresses of the factors.
        choices: Those of them that a board chooses; the others are assumptions.
        repeated: Numbers of designs that repeat a point, which counts once.
    """
    if not precisions:
        return []
    assumed = set(factors) - set(choices)
    once = [each for each in precisions if each.design.number not in repeated]
    lines = _choice_lines(once, factors, choices) if assumed else _design_lines(precisions, factors)
    known = [each for each in precisions if not isnan(each.gap.half_width)]
    to_halve = min((each.gap.to_halve for each in known), default=0)
    if to_halve:
        lines += ["", f"  {to_halve:,} replicates of each would halve these widths."]
    return lines


def _design_lines(precisions: "Sequence[DesignPrecision]", factors: Sequence[str]) -> list[str]:
    """Return a line for each design, or for the least precise of many."""
    rows = list(zip(_labels(precisions, factors, factors), precisions, strict=True))
    lines = [_QUANTITIES, f"  {discount_words(0)}: mean, and half the width of its 95% interval"]
    if len(rows) > _MOST_ROWS:
        widths = _width_words(precisions)
        lines += (
            [f"  gap, of {counted(_count_known(precisions), 'design')}: {widths}; the least precise:"] if widths else []
        )
        known = [row for row in rows if not isnan(row[1].gap.half_width)]
        rows = sorted(known, key=lambda row: -row[1].gap.half_width)[:5]
    wide = max((len(label) for label, _ in rows), default=0)
    paired = any(each.difference is not None for _, each in rows)
    heads = f"{'gap':>16}  {'against baseline':>17}" if paired else f"{'gap':>16}"
    heads += f"  {'position':>16}  {'against baseline':>17}" if paired else f"  {'position':>16}"
    lines += ["", f"  {'':<{wide}}  {heads}"]
    for label, each in rows:
        cells = [_cell(each.gap, 16), _cell(each.difference, 17, signed=True)] if paired else [_cell(each.gap, 16)]
        cells.append(_cell(each.position, 16))
        cells += [_cell(each.position_difference, 17, signed=True)] if paired else []
        lines.append(f"  {label:<{wide}}  {'  '.join(cells)}".rstrip())
    return lines


def _choice_lines(precisions: "Sequence[DesignPrecision]", factors: Sequence[str], choices: Sequence[str]) -> list[str]:
    """Return a line for each choice: the median and the range of its means over the points that there are."""
    by_choice: dict[str, list[DesignPrecision]] = {}
    for label, each in zip(_labels(precisions, factors, choices), precisions, strict=True):
        by_choice.setdefault(label, []).append(each)
    lines = [
        _QUANTITIES,
        f"  {discount_words(0)}: median of the means at the points, which are sets of assumptions, and their range",
    ]
    wide = max(map(len, by_choice))
    lines += ["", f"  {'':<{wide}}  {'points':>6}  {'gap':>8}  {'range':>16}  {'position':>8}  {'range':>16}"]
    for label, some in by_choice.items():
        gap = _over_points([each.gap.mean for each in some])
        position = _over_points([each.position.mean for each in some])
        lines.append(f"  {label:<{wide}}  {_count_known(some):>6,}  {gap}  {position}")
    missing = len(precisions) - _count_known(precisions)
    if missing:
        lines += ["", f"  Not counted, for want of results: {counted(missing, 'combination')} of scenario and point."]
    widths = _width_lines(precisions)
    return [*lines, "", *widths] if widths else lines


def supporting_lines(manifest: "Manifest", folder: "Path", precisions: "Sequence[DesignPrecision]") -> list[str]:
    """Return lines on supporting runs that are neither scenarios nor sets of assumptions; none for any other batch.

    Args:
        manifest: The record of the batch.
        folder: Its folder.
        precisions: One for each design.
    """
    from simulation.results.batch.supporting_kinds import UNITS, folder_above

    if manifest.supporting not in UNITS:
        return []
    said = f"  These are supporting runs ({manifest.supporting}). The results are in the folder above:"
    return [f"{said} {folder_above(folder)}", *_width_lines(precisions)]


def _count_known(precisions: "Iterable[DesignPrecision]") -> int:
    """Return the number of designs of which at least one replicate counts."""
    return sum(not isnan(each.gap.mean) for each in precisions)


def _over_points(means: Sequence[float]) -> str:
    """Return the median and the range of means at points, without those that were not run."""
    known = [mean for mean in means if not isnan(mean)]
    if not known:
        return f"{'–':>8}  {'–':>16}"
    middle, span = millions(median(known)), range_words(min(known), max(known), millions)
    return f"{without_joiners(middle):>8}  {without_joiners(span):>16}"


def _width_lines(precisions: "Sequence[DesignPrecision]") -> list[str]:
    widths = _width_words(precisions)
    return [f"  Half the width of a mean gap's 95% interval: {widths}."] if widths else []


def _width_words(precisions: "Sequence[DesignPrecision]") -> str:
    """Return how wide the intervals of the mean gaps are; nothing if none is known."""
    widths = sorted(each.gap.half_width for each in precisions if not isnan(each.gap.half_width))
    if not widths:
        return ""
    middle = millions(widths[len(widths) // 2])
    return f"±{millions(widths[0])} to ±{millions(widths[-1])}, half of them up to ±{middle}"


def failure_lines(failures: "Sequence[Failure]", folder: object) -> list[str]:
    """Return lines on the replicates that failed, the first few by number."""
    if not failures:
        return []
    lines = [f"{counted(len(failures), 'replicate', 'replicates')} failed:"]
    first = sorted(failures, key=lambda failure: (failure.design, failure.replicate))[:_MOST_FAILURES]
    lines += [f"  design {each.design} ({each.scenario}), replicate {each.replicate}: {each.error}" for each in first]
    if len(failures) > _MOST_FAILURES:
        lines.append(f"  and {len(failures) - _MOST_FAILURES:,} more, all in {folder}/failures.parquet")
    return [*lines, f"Run them again with `trustsim retry {folder}`."]


def precision_data(precisions: "Iterable[DesignPrecision]", factors: Sequence[str]) -> list[dict[str, Any]]:
    """Return each design's headline as plain data."""
    return [
        {
            "design": each.design.number,
            "scenario": each.design.variant,
            "values": dict(zip(factors, each.design.values, strict=True)),
            "baseline": each.design.baseline,
            "gap": _data(each.gap),
            "difference": None if each.difference is None else _data(each.difference),
            "position": _data(each.position),
            "position_difference": None if each.position_difference is None else _data(each.position_difference),
        }
        for each in precisions
    ]


def failure_data(failures: "Iterable[Failure]") -> list[dict[str, Any]]:
    """Return failures as plain data, without tracebacks."""
    return [
        {"design": each.design, "scenario": each.scenario, "replicate": each.replicate, "error": each.error}
        for each in failures
    ]


def _labels(
    precisions: "Sequence[DesignPrecision]",
    factors: Sequence[str],
    named: Sequence[str],
) -> list[str]:
    """Return the label of each design: its variant, unless there is only one, and its values of some factors.

    Args:
        precisions: The designs.
        factors: Addresses of the factors.
        named: Those of them that are named.
    """
    from simulation.results.case_labels import label_cases

    alone = len({each.design.variant for each in precisions}) == 1
    cases = []
    for each in precisions:
        values = zip(factors, each.design.values, strict=True)
        kept = {address: value for address, value in values if address in named and value is not None}
        cases.append((each.design.variant, kept))
    return label_cases(cases, alone=alone)


def _cell(precision: "Precision | None", wide: int, *, signed: bool = False) -> str:
    return f"{'' if precision is None else _amount(precision, signed=signed):>{wide}}"


def _amount(precision: "Precision", *, signed: bool = False) -> str:
    if precision.replicates == 0:
        return "–"
    mean = without_joiners(millions(precision.mean, signed=signed))
    return mean if isnan(precision.half_width) else f"{mean} ±{millions(precision.half_width)}"


def _data(precision: "Precision") -> dict[str, Any]:
    fields = precision._asdict() | {"to_halve": precision.to_halve}
    return {name: None if isinstance(part, float) and isnan(part) else part for name, part in fields.items()}
