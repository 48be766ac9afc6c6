"""The levers on one page: what each is, who pulls it, what it costs, and what it is worth."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.analysis.attribution import Worth, attribute, close_together
from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.compare import Difference, compare, has_only_choices
from simulation.analysis.discounting import discounting
from simulation.charts.text.words import within_words
from simulation.formatting import capital, discount_words, listed, millions, pounds, stretch_words
from simulation.levers import Lever
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
    """The scenario from which the cost of a lever is shown."""

    label: str
    study: Study


def levers_table(comparison: Comparison, focus: Case | None) -> Table | None:
    """Return every lever of the compared scenarios, in the order of the table of levers; None if there is none.

    A lever's cost and worth are of the same scenario: the one that was split among its levers, else the first that
    differs from its baseline in this lever alone, so that its difference is the lever's worth. Where there is neither,
    the worth was not run, and the cost is of the first that uses the lever.

    Args:
        comparison: The results.
        focus: The scenario in detail, whose levers' cost the note gives; None if none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    uses = dict(uses_of(comparison))
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
            millions(_cost_over_run(uses[lever].study, lever)),
            *_worth_words(worths.get(lever), alone.get(lever)),
        )
        for lever in (*inside, *outside)
    ]
    rows[len(inside) : len(inside)] = _total(comparison)
    if all(row[4] == _NOT_RUN for row in rows):
        return Table(
            caption="Who pulls each lever and what it costs",
            heads=_HEADS[:4],
            rows=tuple(row[:4] for row in rows),
            widths=(0.22, 0.42, 0.26, 0.1),
            note=f"{_costs_words(comparison, uses)} What each lever is worth by itself was not run.",
        )
    over_ranges = any(row[5] != _UNKNOWN for row in rows)
    return Table(
        caption=f"Who pulls each lever, what it costs and what it is worth{_of_package(comparison, focus)}",
        heads=(*_HEADS, _OVER_RANGES) if over_ranges else _HEADS,
        rows=tuple(rows) if over_ranges else tuple(row[:5] for row in rows),
        widths=_WIDTHS if over_ranges else _WITHOUT_RANGES,
        note=_note(comparison, uses, focus),
    )


def _of_package(comparison: Comparison, focus: Case | None) -> str:
    """Name the package that was split among its levers, if that is not the choice in detail."""
    split = comparison.attribution
    return "" if split is None or (focus and split.second == focus.label) else f" in {split.second}"


def uses_of(comparison: Comparison) -> Iterator[tuple[Lever, LeverUse]]:
    """Yield each lever with the scenario of which its cost is shown: that of its worth, if it has one."""
    studies, alone, split = comparison.studies, alone_of(comparison), comparison.attribution
    order = sorted(studies, key=lambda label: split is None or label != split.second)
    for lever in Lever:
        using = [label for label in order if lever in studies[label].ensemble.scenario.levers]
        if using and split is not None and lever in split.levers and split.second in studies:
            using = [split.second]
        elif using and lever in alone:
            using = [alone[lever].label]
        if using:
            yield lever, LeverUse(label=using[0], study=studies[using[0]])


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


def _worth_words(worth: Worth | None, alone: Difference | None) -> tuple[str, str]:
    """Return the mean that a lever closes with 9 in 10 simulated runs, by chance and over the ranges of assumptions."""
    if worth is not None:
        return _amount(worth.shapley.mean, worth.band), _over_ranges(worth.varied)
    if alone is None:
        return _NOT_RUN, _UNKNOWN
    wide = None if alone.assumptions is None else closed_band(alone.assumptions.band)
    return _amount(-alone.chance.precision.mean, closed_band(alone.chance.band)), _over_ranges(wide)


def _over_ranges(varied: Interval | None) -> str:
    return _UNKNOWN if varied is None else _amount(varied.mean, varied)


def _amount(mean: float, band: Interval) -> str:
    return f"{millions(mean)}{within_words(band, millions)}"


def closed_band(band: Interval) -> Interval:
    """Return the band of an amount that is closed from that of a difference of gaps."""
    return Interval(-band.mean, -band.median, -band.high_50, -band.low_50, -band.high_90, -band.low_90)


def _total(comparison: Comparison) -> tuple[tuple[str, ...], ...]:
    """Return the row of all levers that were split, and that of what else differs; none without their tables."""
    split = comparison.attribution
    study = None if split is None else comparison.studies.get(split.second)
    if split is None or study is None:
        return ()
    cost = millions(sum(_cost_over_run(study, lever) for lever in Lever if lever in split.levers))
    closes = interval_of(close_together(split))
    ranges = comparison.attribution_over_ranges
    over = _over_ranges(None if ranges is None else interval_of(close_together(ranges)))
    against = f"{capital(split.second)} against {split.first}"
    together = ("All of these together", against, "", cost, _amount(closes.mean, closes), over)
    rest = worths_of(comparison).get(EVERYTHING_ELSE)
    if rest is None:
        return (together,)
    return (together, ("Everything else that differs", against, "", _UNKNOWN, *_worth_words(rest, None)))


def _labels(uses: dict[Lever, LeverUse]) -> str:
    return listed(f"“{label}”" for label in dict.fromkeys(each.label for each in uses.values()))


def _costs_words(comparison: Comparison, uses: dict[Lever, LeverUse]) -> str:
    labels = _labels(uses)
    assume = "assumes" if len({each.label for each in uses.values()}) == 1 else "assume"
    return f"Costs over the run as {labels} {assume} them, {discount_words(comparison.discount)}."


def _note(comparison: Comparison, uses: dict[Lever, LeverUse], focus: Case | None) -> str:
    labels = _labels(uses)
    parts = [_costs_words(comparison, uses)]
    if focus is not None and focus.study is not None and focus.label not in labels:
        parts.append(f"In “{focus.label}” levers cost {pounds(costs_of(focus.study).levers)} in all.")
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
