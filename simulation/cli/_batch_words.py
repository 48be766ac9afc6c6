"""A batch's outcome, in words for a terminal and as data."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from simulation.formatting import as_written, counted, discount_words, millions, stretch_words, without_joiners

if TYPE_CHECKING:
    from simulation.analysis.precision import Precision
    from simulation.execution.headline import DesignPrecision
    from simulation.experiment.schema import Experiment
    from simulation.results.batch.chunks import Failure
    from simulation.results.batch.manifest import Manifest

_MOST_ROWS = 40
_MOST_FAILURES = 5


def name_of(experiment: "Experiment") -> str:
    """Return the name of an experiment, or of its supporting runs, for messages."""
    return f"{experiment.name}, {experiment.supporting}" if experiment.supporting else experiment.name


def supporting_words(asked: "Experiment | Manifest") -> str:
    """Return the kind of supporting runs, and how far the ranges of assumptions were stretched."""
    return f"supporting runs, {asked.supporting}{stretch_words(asked.stretch)}"


def precision_lines(precisions: "Sequence[DesignPrecision]", factors: Sequence[str]) -> list[str]:
    """Return lines with each design's headline and its precision; of many designs, the least precise ones.

    Args:
        precisions: One for each design.
        factors: Addresses of the factors.
    """
    if not precisions:
        return []
    known = [each for each in precisions if not isnan(each.gap.half_width)]
    shown = list(precisions)
    lines = [
        "  Gap in the last month, £m a year, and position of the place over the run, £m, costs included,",
        f"  {discount_words(0)}: mean, and half the width of its 95% interval",
    ]
    if len(shown) > _MOST_ROWS:
        widths = sorted(each.gap.half_width for each in known)
        if widths:
            lines.append(
                f"  gap, of {len(shown):,} designs: ±{millions(widths[0])} to ±{millions(widths[-1])}, "
                f"half of them under ±{millions(widths[len(widths) // 2])}; the least precise:"
            )
        shown = sorted(known, key=lambda each: -each.gap.half_width)[:5]
    alone = len({each.design.variant for each in precisions}) == 1
    labels = [_label(each, factors, alone=alone) for each in shown]
    wide = max((len(label) for label in labels), default=0)
    paired = any(each.difference is not None for each in shown)
    heads = f"{'gap':>16}  {'against baseline':>17}" if paired else f"{'gap':>16}"
    heads += f"  {'position':>16}  {'against baseline':>17}" if paired else f"  {'position':>16}"
    lines += ["", f"  {'':<{wide}}  {heads}"]
    for label, each in zip(labels, shown, strict=True):
        cells = [_cell(each.gap, 16), _cell(each.difference, 17, signed=True)] if paired else [_cell(each.gap, 16)]
        cells.append(_cell(each.position, 16))
        cells += [_cell(each.position_difference, 17, signed=True)] if paired else []
        lines.append(f"  {label:<{wide}}  {'  '.join(cells)}".rstrip())
    to_halve = min((each.gap.to_halve for each in known), default=0)
    if to_halve:
        lines += ["", f"  {to_halve:,} replicates of each would halve these widths."]
    return lines


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


def _label(each: "DesignPrecision", factors: Sequence[str], *, alone: bool) -> str:
    """Return a design's label: its variant, unless there is only one, and its values."""
    given = [
        f"{factor.removeprefix('parameters.').removeprefix('levers.')} {_value(value)}"
        for factor, value in zip(factors, each.design.values, strict=True)
        if value is not None
    ]
    if alone and factors:
        return ", ".join(given) or "as it stands"
    return ", ".join([each.design.variant, *given])


def _value(value: object) -> str:
    return as_written(value, 4) if isinstance(value, float) else str(value)


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
