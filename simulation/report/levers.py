"""The levers on one page: what each is, who pulls it, what it costs, and what it is worth."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.attribution import Worth, attribute, close_together
from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.compare import Difference, compare, has_only_choices
from simulation.analysis.discounting import discounting
from simulation.charts.text.comparison_words import money_unit_of
from simulation.charts.text.words import within_words
from simulation.formatting import capital, discount_words, listed, stretch_words
from simulation.levers import Lever
from simulation.money_unit import MILLIONS, MoneyUnit, is_none
from simulation.report.money import costs_of
from simulation.report.paper import Table
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study
from simulation.scenario.changes import EVERYTHING_ELSE, find_differing_levers
from simulation.scenario.paths import lever_costs

WHAT_IT_DOES = "What it does"
"""Head of the column that says what each lever is."""

_HEADS = ("Lever", WHAT_IT_DOES, "Who pulls it", "Cost, £m", "Closes, £m a year (chance)")
_WIDTHS = (0.195, 0.27, 0.18, 0.07, 0.13, 0.155)
_OVER_RANGES = "Closes, £m a year (assumptions)"
_WITHOUT_RANGES = (0.2, 0.33, 0.22, 0.09, 0.16)
_UNKNOWN = "–"
_NOT_RUN = "not run"


@dataclass(frozen=True, kw_only=True)
class LeverUse:
    """The scenario from which the cost of a lever is shown.

    Attributes:
        label: The scenario.
        study: Its results.
        worth_of: The scenario that its worth is of; None if that was not run.
    """

    label: str
    study: Study
    worth_of: str | None


def levers_table(comparison: Comparison, focus: Sequence[Case] = ()) -> Table | None:
    """Return every lever of the compared scenarios, in the order of the table of levers; None if there is none.

    A lever's cost is of the choice that the paper is about, if it pulls the lever. Its worth is of the scenario that
    was split among its levers, else of the first that differs from its baseline in this lever alone; where a lever
    costs something else there, the note says so. A lever that the paper's choice does not pull has the cost of the
    scenario that its worth is of, or else of the first that pulls it.

    Args:
        comparison: The results.
        focus: The scenarios that the paper is about, that in detail first; none if none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    uses = dict(uses_of(comparison, [case.label for case in focus]))
    unit = money_unit_of(comparison)
    if not uses:
        return None
    worths = worths_of(comparison)
    alone = alone_of(comparison)
    split = set(worths)
    inside, outside = (
        [lever for lever in Lever if lever in uses and (lever in split) is within] for within in (True, False)
    )
    rows: list[tuple[str, ...]] = [
        (
            lever.label,
            lever.does,
            capital(lever.pulled_by),
            unit.cell(_cost_over_run(uses[lever].study, lever)),
            *_worth_words(worths.get(lever), alone.get(lever), unit),
        )
        for lever in (*inside, *outside)
    ]
    rows[len(inside) : len(inside)] = _total(comparison, unit)
    if all(row[4] == _NOT_RUN for row in rows):
        return Table(
            caption="Who pulls each lever and what it costs",
            heads=_in_unit(_HEADS[:4], unit),
            rows=tuple(row[:4] for row in rows),
            widths=(0.22, 0.42, 0.26, 0.1),
            note=" ".join((*_cost_notes(comparison, uses, focus), "What each lever is worth by itself was not run.")),
        )
    over_ranges = any(row[5] != _UNKNOWN for row in rows)
    return Table(
        caption=f"Who pulls each lever, what it costs and what it is worth{_of_package(comparison, focus)}",
        heads=_in_unit((*_HEADS, _OVER_RANGES) if over_ranges else _HEADS, unit),
        rows=tuple(rows) if over_ranges else tuple(row[:5] for row in rows),
        widths=_WIDTHS if over_ranges else _WITHOUT_RANGES,
        note=_note(comparison, uses, focus),
    )


def _in_unit(heads: tuple[str, ...], unit: MoneyUnit) -> tuple[str, ...]:
    return tuple(head.replace(MILLIONS.head, unit.head) for head in heads)


def _of_package(comparison: Comparison, focus: Sequence[Case]) -> str:
    """Name the package that was split among its levers, if that is not the choice in detail."""
    split = comparison.attribution
    return "" if split is None or (focus and split.second == focus[0].label) else f" in {split.second}"


def uses_of(comparison: Comparison, focus: Sequence[str] = ()) -> Iterator[tuple[Lever, LeverUse]]:
    """Yield each lever with the scenario of which its cost is shown.

    Args:
        comparison: The results.
        focus: Labels of the scenarios that come first: those that the paper is about.
    """
    studies, alone, split = comparison.studies, alone_of(comparison), comparison.attribution
    for lever in Lever:
        worth_of = None
        if split is not None and lever in split.levers and split.second in studies:
            worth_of = split.second
        elif lever in alone:
            worth_of = alone[lever].label
        order = [*focus, *([] if worth_of is None else [worth_of]), *studies]
        label = next((each for each in order if lever in _levers_of(studies.get(each))), None)
        if label is not None:
            yield lever, LeverUse(label=label, study=studies[label], worth_of=worth_of)


def _levers_of(study: Study | None) -> Collection[str]:
    return () if study is None else study.ensemble.scenario.levers


def _cost_over_run(study: Study, lever: Lever) -> float:
    return float(lever_cost_by_month(study, lever).sum())


def lever_cost_by_month(study: Study, lever: Lever) -> Floats:
    """Return what one lever costs, `[month]`, £m this month, at the study's rate of discount.

    Args:
        study: A scenario; the lever costs nothing in one that does not use it.
        lever: The lever.
    """
    scenario = study.ensemble.scenario
    alone = scenario.model_copy(
        update={"levers": {name: use for name, use in scenario.levers.items() if name == lever}}
    )
    factors = discounting(study.ensemble.axes.months, study.discount).by_month
    return np.asarray(factors * lever_costs(alone) / 12, dtype=np.float64)


def worths_of(comparison: Comparison) -> dict[str, Worth]:
    """Return what each lever of the package that was split is worth, by lever; nothing if none was split."""
    if comparison.attribution is None:
        return {}
    return {each.lever: each for each in attribute(comparison.attribution, comparison.attribution_over_ranges).worths}


def alone_of(comparison: Comparison) -> dict[Lever, Difference]:
    """Return by lever the difference of a scenario from a baseline without levers that is the same but for it."""
    studies = comparison.studies
    found: dict[Lever, Difference] = {}
    for each in compare(comparison):
        if each.label not in studies or each.baseline not in studies:
            continue
        own, base = (studies[label].ensemble.scenario for label in (each.label, each.baseline))
        differing = find_differing_levers(base, own)
        if len(differing) == 1 and not base.levers and [*map(str, own.levers)] == [*differing]:
            found.setdefault(Lever(differing[0]), each)
    return found


def _worth_words(worth: Worth | None, alone: Difference | None, unit: MoneyUnit) -> tuple[str, str]:
    """Return the mean that a lever closes with 9 in 10 simulated runs, by chance and over the ranges of assumptions."""
    if worth is not None:
        return _amount(worth.shapley.mean, worth.band, unit), _over_ranges(worth.varied, unit)
    if alone is None:
        return _NOT_RUN, _UNKNOWN
    wide = None if alone.assumptions is None else closed_band(alone.assumptions.band)
    return _amount(-alone.chance.precision.mean, closed_band(alone.chance.band), unit), _over_ranges(wide, unit)


def _over_ranges(varied: Interval | None, unit: MoneyUnit) -> str:
    return _UNKNOWN if varied is None else _amount(varied.mean, varied, unit)


def _amount(mean: float, band: Interval, unit: MoneyUnit) -> str:
    return f"{unit.cell(mean)}{within_words(band, unit.cell)}"


def closed_band(band: Interval) -> Interval:
    """Return the band of an amount that is closed from that of a difference of gaps."""
    return Interval(-band.mean, -band.median, -band.high_50, -band.low_50, -band.high_90, -band.low_90)


def _total(comparison: Comparison, unit: MoneyUnit) -> tuple[tuple[str, ...], ...]:
    """Return the row of all levers that were split, and that of what else differs; none without their tables."""
    split = comparison.attribution
    study = None if split is None else comparison.studies.get(split.second)
    if split is None or study is None:
        return ()
    cost = unit.cell(sum(_cost_over_run(study, lever) for lever in Lever if lever in split.levers))
    closes = interval_of(close_together(split))
    ranges = comparison.attribution_over_ranges
    over = _over_ranges(None if ranges is None else interval_of(close_together(ranges)), unit)
    against = f"{capital(split.second)} against {split.first}"
    together = ("All of these together", against, "", cost, _amount(closes.mean, closes, unit), over)
    rest = worths_of(comparison).get(EVERYTHING_ELSE)
    if rest is None:
        return (together,)
    return (together, ("Everything else that differs", against, "", _UNKNOWN, *_worth_words(rest, None, unit)))


def _cost_notes(comparison: Comparison, uses: dict[Lever, LeverUse], focus: Sequence[Case]) -> Iterator[str]:
    """Say of which scenario each cost is, and what the levers of the paper's other choices cost."""
    by_label: dict[str, list[str]] = {}
    for lever, use in uses.items():
        by_label.setdefault(use.label, []).append(lever.label)
    shown = [case.label for case in focus if case.label in by_label]
    first, *rest = sorted(by_label, key=lambda label: shown.index(label) if label in shown else len(shown))
    also = "".join(f"; {listed(by_label[label])} as “{label}” does" for label in rest)
    yield f"Costs over the run as “{first}” assumes them{also}, {discount_words(comparison.discount)}."
    for case in focus:
        if case.study is not None and case.label not in by_label:
            yield (
                f"In “{case.label}” levers cost {money_unit_of(comparison).words(costs_of(case.study).levers)} in all."
                if _levers_of(case.study)
                else f"“{case.label}” pulls no lever."
            )


def _worth_notes(comparison: Comparison, uses: dict[Lever, LeverUse]) -> Iterator[str]:
    """Say what levers cost in the scenario that their worth is of, where that is not the cost that is shown."""
    unit, by_label = money_unit_of(comparison), dict[str, list[str]]()
    for lever, use in uses.items():
        if use.worth_of is not None and use.worth_of != use.label:
            cost = _cost_over_run(comparison.studies[use.worth_of], lever)
            if not is_none(cost - _cost_over_run(use.study, lever)):
                by_label.setdefault(use.worth_of, []).append(f"{lever.label} {unit.words(cost)}")
    for label, costs in by_label.items():
        yield f"What they close is of “{label}”, where these cost something else: {listed(costs)}."


def _note(comparison: Comparison, uses: dict[Lever, LeverUse], focus: Sequence[Case]) -> str:
    parts = [*_cost_notes(comparison, uses, focus), *_worth_notes(comparison, uses)]
    if comparison.attribution is None:
        parts.append("Closes: the mean against the baseline of a scenario that differs from it in this lever alone.")
    else:
        parts.append(
            "Closes: the mean over every order in which these levers can be added; of one outside "
            "that package, by itself against the baseline."
        )
    parts.append("In brackets 9 in 10.")
    over = comparison.attribution_over_ranges
    if over is not None:
        parts.append(
            f"Assumptions: over {over.points:,} sets of assumptions{stretch_words(over.stretch)} within the package."
        )
    elif comparison.attribution is not None:
        parts.append(
            "What a lever is worth within the package was not run over the ranges of assumptions, which move it more."
        )
    return " ".join(parts)
