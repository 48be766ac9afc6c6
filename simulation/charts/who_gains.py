"""The organisations that gain and those that pay: each one's books against the baseline's, scenario by scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulation.analysis.compare import baseline_words
from simulation.analysis.detail import leading_choices
from simulation.analysis.organisation_changes import (
    WHOLE_RUN,
    Effect,
    OrganisationChange,
    changes_to_pandas,
    organisation_changes,
    other_organisations_words,
)
from simulation.analysis.verdict_words import CENTRAL
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry, chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    comparison_of,
    in_signs,
    money_unit_of,
    replicates_of,
    short_frequency,
    source_of,
    uncertain_in,
)
from simulation.charts.text.who_pays_words import sums_words, who_pays
from simulation.charts.text.words import band_words, one_run_words, organisation_label, within_words
from simulation.formatting import capital, counted, discount_words, pounds
from simulation.money_unit import MILLIONS, MoneyUnit
from simulation.results.axes import axes_of
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words

Changes = Mapping[str, Mapping[str, OrganisationChange]]
"""Over the whole run, by scenario and organisation."""


def who_gains(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the change in each organisation's outturn from the baseline's, those that lose most first.

    Dots and lines are of the scenario that is shown in detail; where there is one other, diamonds are of that one.

    Args:
        results: A comparison of two scenarios or more whose outturns were kept.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is nothing to compare.
    """
    comparison = comparison_of(results)
    found = changes_over_the_run(comparison)
    if not found:
        message = "a change of books needs two scenarios of one place that were run with the same random events"
        raise ValueError(message)
    (detail, other), unit = _shown(comparison, found), money_unit_of(comparison)
    texts = Texts(
        name="who_gains",
        headline=headline(found, (detail, other), unit),
        subtitle=_subtitle(comparison, found, (detail, other)),
        note=_note(comparison, found, (detail, other)),
        source=source_of(comparison),
        alt=f"{_alt(found[detail], detail, other)} {who_pays([*found[detail].values()], comparison.discount, unit)}",
    )
    scenarios = [detail] if other is None else [other, detail]
    shown = min(100, comparison.replicates)
    heads = ["Change" if other is None else "Change (◇)" if each == other else "Change (●)" for each in scenarios]
    layout = Layout(
        names=5.2 if other is None else 3.7,
        columns=tuple(column for head in heads for column in ((head, 1.4), (f"Loses, of {shown}", 1.1))),
        head="Organisation",
        axis="Change over the run",
        key=_key(comparison, found, detail, other),
    )
    order = sorted(found[detail].values(), key=lambda each: (each.precision.mean, each.organisation))
    axes = axes_of(comparison.scenario)
    rows = [
        Row(
            name=organisation_label(axes, each.organisation),
            mark=_mark(each, _mean(found, other, each.organisation), several=comparison.replicates > 1),
            cells=tuple(cell for name in scenarios for cell in _cells(found[name].get(each.organisation))),
        )
        for each in order
    ]
    return row_chart(texts, changes_to_pandas(organisation_changes(comparison)), theme, rows, layout)


def _mark(each: OrganisationChange, second: float, *, several: bool) -> Mark:
    wide = None if each.varied is None else (each.varied.low_90, each.varied.high_90)
    return replace(Mark.of(each.band, several=several, second=second, wide=wide), value=each.precision.mean)


def changes_over_the_run(comparison: Comparison) -> Changes:
    """Return every organisation's change over the whole run, by scenario and organisation.

    Args:
        comparison: The scenarios, the baseline first.
    """
    found: dict[str, dict[str, OrganisationChange]] = {}
    for each in organisation_changes(comparison):
        if each.period == WHOLE_RUN:
            found.setdefault(each.scenario, {})[each.organisation] = each
    return found


def headline(found: Changes, shown: Sequence[str | None], unit: MoneyUnit = MILLIONS) -> str:
    """Return the finding: how many organisations gain, how many pay, and how much, in each scenario that is shown.

    Of those whose interval holds 0 it says that it is not clear.

    Args:
        found: The changes.
        shown: Names of the scenarios.
        unit: The unit of money.
    """
    parts: list[str] = []
    for name in shown:
        if name is not None:
            parts.append(f"{sums_words([*found[name].values()], unit, of=not parts)} {_with(name)}")
    return f"{capital(CENTRAL)} {'; '.join(parts)}"


def _with(scenario: str) -> str:
    """Name a scenario after "with"; in quotes where its name begins with such a word itself."""
    if scenario.partition(" ")[0].lower() in {"with", "without", "only"}:
        return f"under “{scenario}”"
    return f"with {scenario}"


def _shown(comparison: Comparison, found: Changes) -> tuple[str, str | None]:
    """Return the scenario whose bands are drawn, and the other one that a paper answers for, or the only other one."""
    leading = leading_choices(comparison)
    detail = leading.in_detail if leading is not None and leading.in_detail in found else list(found)[-1]
    others = [name for name in found if name != detail]
    answered = [name for name in others if leading is not None and name in leading.answered]
    for some in (answered, others):
        if len(some) == 1:
            return detail, some[0]
    return detail, None


def _mean(found: Changes, scenario: str | None, organisation: str) -> float:
    change = None if scenario is None else found[scenario].get(organisation)
    return float("nan") if change is None else change.precision.mean


def _cells(change: OrganisationChange | None) -> tuple[str, str]:
    if change is None:
        return "", ""
    often = short_frequency(change.loses_in, change.precision.replicates).partition(" of ")[0]
    return pounds(change.precision.mean, signed=True), in_signs(often)


def _subtitle(comparison: Comparison, found: Changes, shown: Sequence[str | None]) -> str:
    detail, *others = [name for name in shown if name is not None]
    baseline = baseline_words(comparison, [_baseline(found, name) for name in (detail, *others)], quoted=True)
    what = (
        f"Outturn over the whole run minus that of {baseline} with the same random events, £m, costs included, "
        f"{discount_words(comparison.discount)}."
    )
    if comparison.replicates == 1:
        return f"{what} {capital(detail)}."
    return f"{what} Means of {replicates_of(comparison)}, which add up."


def _baseline(found: Changes, scenario: str) -> str:
    return next(iter(found[scenario].values())).baseline


def _key(comparison: Comparison, found: Changes, detail: str, other: str | None) -> tuple[KeyEntry, ...]:
    """Name the marks: dots and lines of the scenario in detail, diamonds of the other."""
    varied = any(each.varied for each in found[detail].values())
    diamonds = () if other is None else (KeyEntry("diamond", other),)
    return (*chance_key(comparison.replicates, dot=detail, varied=varied), *diamonds)


def _note(comparison: Comparison, found: Changes, shown: tuple[str, str | None]) -> str:
    varied = any(each.varied for each in found[shown[0]].values())
    dotted = f"Dotted lines allow for {uncertain_in(comparison)}." if varied else ""
    wide = dotted or f"{capital(unvaried_words(comparison, were='are'))}."
    several = comparison.replicates > 1
    unclear = " Not clear: the 95% interval of the mean holds 0." if several and _any_unclear(found, shown) else ""
    return f"{wide if several else one_run_words(dotted)}{unclear}{other_organisations_words(comparison, found)}"


def _any_unclear(found: Changes, shown: Sequence[str | None]) -> bool:
    names = [name for name in shown if name is not None]
    return any(each.effect is Effect.NOT_CLEAR for name in names for each in found[name].values())


def _alt(changes: Mapping[str, OrganisationChange], detail: str, other: str | None) -> str:
    order = sorted(changes.values(), key=lambda each: (each.precision.mean, each.organisation))
    ends = order if len(order) <= 4 else (*order[:3], order[-1])
    named = [f"{each.name} {pounds(each.precision.mean, signed=True)}{_bands_words(each)}" for each in ends]
    also = "" if other is None else f" Diamonds show {other}."
    return (
        f"Change of the books of {counted(len(order), 'organisation')} with {detail} against {order[0].baseline} over "
        f"the run, from most lost to most gained: {'; '.join(named)}.{also}"
    )


def _bands_words(each: OrganisationChange) -> str:
    wide = "" if each.varied is None else f", {band_words(each.varied)} under other assumptions"
    return f"{within_words(each.band)}{wide}"
