"""The levers on one page: what each is, who pulls it, what it costs, and what it is worth."""

from collections.abc import Iterator, Mapping, Sequence

from simulation.analysis.attribution import close_together
from simulation.analysis.bands import Interval, interval_of
from simulation.analysis.compare import has_only_choices
from simulation.charts.text.comparison_words import money_unit_of
from simulation.charts.text.words import change_words, within_words
from simulation.formatting import capital, discount_words, listed, stretch_words
from simulation.levers import Lever
from simulation.money_unit import MILLIONS, MoneyUnit, is_none
from simulation.report.lever_uses import (
    Closes,
    LeverUse,
    closes_within,
    cost_over_run,
    levers_of,
    package_of,
    runs_within_words,
    uses_of,
    worths_of,
)
from simulation.report.money import costs_of
from simulation.report.paper import Table
from simulation.results.comparison import Case, Comparison
from simulation.results.left_out import lost_baseline
from simulation.scenario.changes import EVERYTHING_ELSE, LeverChange

WHAT_IT_DOES = "What it does"
"""Head of the column that says what each lever is."""

_HEADS = ("Lever", WHAT_IT_DOES, "Who pulls it", "Cost, £m", "Closes, £m a year (chance)")
_WIDTHS = (0.195, 0.27, 0.18, 0.07, 0.13, 0.155)
_OVER_RANGES = "Closes, £m a year (assumptions)"
_WITHOUT_RANGES = (0.2, 0.33, 0.22, 0.09, 0.16)
_UNKNOWN = "–"
_NOT_RUN = "not run"
_BY_ITSELF = "by itself with these settings"
_DOES = {LeverChange.DROPPED: "drops", LeverChange.CHANGED: "changes"}


def levers_table(comparison: Comparison, focus: Sequence[Case] = ()) -> Table | None:
    """Return every lever of the compared scenarios, in the order of the table of levers; None if there is none.

    Cost and worth of a row are of one setting. Levers of the package that was split come first, with what else it
    drops or changes, each at the package's cost, so that they add up. The cost of another lever is of the choice that
    the paper is about, if it pulls the lever; its worth is of a scenario that differs from its baseline in this lever
    alone, with the same settings. Where the same settings cost something else there, the note says so.

    Args:
        comparison: The results.
        focus: The scenarios that the paper is about, that in detail first; none if none is singled out.
    """
    if not has_only_choices(comparison):
        return None
    uses = uses_of(comparison, [case.label for case in focus])
    unit = money_unit_of(comparison)
    if not uses:
        return None
    inside = sorted(
        (lever for lever in uses if uses[lever].change is not None), key=lambda each: uses[each].is_difference
    )
    outside = [lever for lever in uses if uses[lever].change is None]
    rows = [
        *(_row(comparison, lever, uses[lever], unit) for lever in inside),
        *_total(comparison, unit),
        *(_row(comparison, lever, uses[lever], unit) for lever in outside),
    ]
    if all(row[4] == _NOT_RUN for row in rows):
        return Table(
            caption="Who pulls each lever and what it costs",
            heads=_in_unit(_HEADS[:4], unit),
            rows=tuple(row[:4] for row in rows),
            widths=(0.22, 0.42, 0.26, 0.1),
            note=" ".join((*_cost_notes(comparison, uses, focus), _lacking(comparison))),
        )
    over_ranges = any(row[5] != _UNKNOWN for row in rows)
    return Table(
        caption=f"Who pulls each lever, what it costs and what it is worth{_of_package(comparison, focus)}",
        heads=_in_unit((*_HEADS, _OVER_RANGES) if over_ranges else _HEADS, unit),
        rows=tuple(rows) if over_ranges else tuple(row[:5] for row in rows),
        widths=_WIDTHS if over_ranges else _WITHOUT_RANGES,
        note=_note(comparison, uses, focus),
    )


def _lacking(comparison: Comparison) -> str:
    """Say why nothing is known of what levers are worth."""
    lost = lost_baseline(comparison.left_out, comparison.cases[0].label)
    why = f"is not known: {lost}" if lost else "was not run"
    return f"What each lever is worth {_BY_ITSELF} {why}."


def _row(comparison: Comparison, lever: Lever, use: LeverUse, unit: MoneyUnit) -> tuple[str, ...]:
    package, does = package_of(comparison), lever.does
    if package is not None and use.is_difference:
        is_dropped = use.change is LeverChange.DROPPED
        how = f"Not in “{package.second}”" if is_dropped else f"With other settings than in “{package.first}”"
        does = f"{how}: {does[:1].lower()}{does[1:]}"
    label = lever.label if use.change is None else change_words(lever, use.change)
    return (label, does, capital(lever.pulled_by), unit.cell(use.cost), *_worth_words(use.closes, unit))


def _in_unit(heads: tuple[str, ...], unit: MoneyUnit) -> tuple[str, ...]:
    return tuple(head.replace(MILLIONS.head, unit.head) for head in heads)


def _of_package(comparison: Comparison, focus: Sequence[Case]) -> str:
    """Name the package that was split among its levers, if that is not the choice in detail."""
    split = package_of(comparison)
    return "" if split is None or (focus and split.second == focus[0].label) else f" in {split.second}"


def _worth_words(closes: Closes | None, unit: MoneyUnit) -> tuple[str, str]:
    """Return the mean that a lever closes with 9 in 10 simulated runs, by chance and over the ranges of assumptions."""
    if closes is None:
        return _NOT_RUN, _UNKNOWN
    return _amount(closes.mean, closes.band, unit), _over_ranges(closes.varied, unit)


def _over_ranges(varied: Interval | None, unit: MoneyUnit) -> str:
    return _UNKNOWN if varied is None else _amount(varied.mean, varied, unit)


def _amount(mean: float, band: Interval, unit: MoneyUnit) -> str:
    return f"{unit.cell(mean)}{within_words(band, unit.cell)}"


def _total(comparison: Comparison, unit: MoneyUnit) -> tuple[tuple[str, ...], ...]:
    """Return the row of all levers that were split, and that of what else differs; none if none were."""
    package = package_of(comparison)
    if package is None:
        return ()
    first, second = (comparison.studies[label] for label in (package.first, package.second))
    split = [lever for lever in Lever if lever in package.levers]
    cost = unit.cell(sum(cost_over_run(second, lever) - cost_over_run(first, lever) for lever in split))
    closes = interval_of(close_together(package))
    ranges = comparison.attribution_over_ranges
    over = _over_ranges(None if ranges is None else interval_of(close_together(ranges)), unit)
    against = f"{capital(package.second)} against {package.first}"
    together = ("Sum of these levers", against, "", cost, _amount(closes.mean, closes, unit), over)
    rest = worths_of(comparison).get(EVERYTHING_ELSE)
    if rest is None:
        return (together,)
    words = _worth_words(closes_within(comparison, package, rest), unit)
    return (together, ("Everything else that differs", against, "", _UNKNOWN, *words))


def _cost_notes(comparison: Comparison, uses: Mapping[Lever, LeverUse], focus: Sequence[Case]) -> Iterator[str]:
    """Say of which scenario each cost is, and what the levers of the paper's other choices cost."""
    by_label: dict[str, list[Lever]] = {}
    for lever, use in uses.items():
        if not use.is_difference:
            by_label.setdefault(use.label, []).append(lever)
    shown = [case.label for case in focus if case.label in by_label]
    order = sorted(by_label, key=lambda label: shown.index(label) if label in shown else len(shown))
    first = f" as “{order[0]}” assumes them" if order else ""
    also = "".join(f"; {listed(lever.label for lever in by_label[label])} as “{label}” does" for label in order[1:])
    yield f"Costs over the run{first}{also}, {discount_words(comparison.discount)}."
    yield from _difference_notes(comparison, uses)
    for case in focus:
        if case.study is None or (
            levers_of(case.study) and {*levers_of(case.study)} <= {*by_label.get(case.label, ())}
        ):
            continue
        yield (
            f"In “{case.label}” levers cost {money_unit_of(comparison).words(costs_of(case.study).levers)} in all."
            if levers_of(case.study)
            else f"“{case.label}” pulls no lever."
        )


def _difference_notes(comparison: Comparison, uses: Mapping[Lever, LeverUse]) -> Iterator[str]:
    """Say of what the numbers of dropped and changed levers are."""
    package, changes = package_of(comparison), {use.change for use in uses.values() if use.is_difference}
    if package is None or not changes:
        return
    does = listed(word for change, word in _DOES.items() if change in changes)
    yield (
        f"Of a lever that “{package.second}” {does}, cost and worth are of that difference from “{package.first}”: a "
        "cost below 0 is saved, and closing less than 0 leaves more."
    )


def _worth_notes(comparison: Comparison, uses: Mapping[Lever, LeverUse]) -> Iterator[str]:
    """Say what levers cost in the scenario that their worth is of, where that is not the cost that is shown."""
    unit, by_label = money_unit_of(comparison), dict[str, list[str]]()
    for lever, use in uses.items():
        if use.worth_of is not None and use.worth_of != use.label:
            cost = cost_over_run(comparison.studies[use.worth_of], lever)
            if not is_none(cost - use.cost):
                by_label.setdefault(use.worth_of, []).append(f"{lever.label} {unit.words(cost)}")
    for label, costs in by_label.items():
        yield f"What they close is of “{label}”, where these cost something else: {listed(costs)}."


def _note(comparison: Comparison, uses: Mapping[Lever, LeverUse], focus: Sequence[Case]) -> str:
    package = package_of(comparison)
    parts = [*_cost_notes(comparison, uses, focus), *_worth_notes(comparison, uses)]
    if package is None:
        parts.append(
            "Closes: the mean against the baseline of a scenario that differs from it in this lever alone, with the "
            "same settings."
        )
    else:
        of_these = "these levers can be added"
        if any(use.is_difference for use in uses.values()):
            of_these = "these differences can be made"
        parts.append(
            f"Closes: the mean over every order in which {of_these}; of one outside that package, by itself against "
            "the baseline."
        )
        parts.append(runs_within_words(comparison))
    if any(use.closes is None for use in uses.values()):
        parts.append(f"Not run: no scenario shows what that lever closes {_BY_ITSELF}.")
    parts.append("In brackets 9 in 10.")
    over = comparison.attribution_over_ranges
    if package is not None and over is not None:
        parts.append(
            f"Assumptions: over {over.points:,} sets of assumptions{stretch_words(over.stretch)} within the package"
            f"{_points_outside(uses, over.points)}."
        )
    elif package is not None:
        parts.append(
            "What a lever is worth within the package was not run over the ranges of assumptions: its "
            "bands are of chance alone."
        )
    return " ".join(filter(None, parts))


def _points_outside(uses: Mapping[Lever, LeverUse], within: int) -> str:
    """Say over how many sets of assumptions levers outside the package are, where that is another number."""
    known = {use.closes.points for use in uses.values() if use.closes is not None and use.closes.points}
    others = sorted(known - {within})
    return f", and {listed(f'{each:,}' for each in others)} outside of it" if others else ""
