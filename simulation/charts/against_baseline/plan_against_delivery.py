"""The plan and its delivery, in the baseline and with the changes."""

from typing import TYPE_CHECKING

from simulation.analysis.plan_against_delivery import PlanAgainstDelivery, ProgrammeDelivery, Stages
from simulation.analysis.plan_against_delivery import plan_against_delivery as compare_plan
from simulation.charts.against_baseline.pair import Pair, pair_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.words import programme_label
from simulation.formatting import month_words, percent, pounds
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

_STAGES = ("Agreed, all programmes", "Delivered, all programmes", "Realised, all programmes")
_HARDLY = 0.02
"""Share of the plan; a headline calls a smaller difference no change."""


def plan_against_delivery_against_baseline(comparison: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw each stage of the plan and each programme with the changes, and a ring for the baseline.

    Args:
        comparison: Two scenarios of one place, the baseline first.
        theme: The fonts and colours.

    Raises:
        ValueError: If they are not two scenarios of one place.
    """
    pair = pair_of(comparison)
    before, now = (compare_plan(study.ensemble) for study in (pair.baseline, pair.changed))
    texts = Texts(
        name="plan_against_delivery_against_baseline",
        headline=headline(before.place, now.place, pair.names),
        subtitle=_subtitle(pair, now),
        note=_note(pair),
        source=pair.source,
        alt=_alt(pair, before, now),
    )
    layout = Layout(
        names=6.2,
        columns=(("On paper", 1.4), (f"Agreed {pair.names[1]}", 2.1), (f"Agreed {pair.names[0]}", 2.1)),
        head="Programme, delivered of it",
        axis="Share of what is on paper",
        show=percent,
        limits=(0.0, 1.0),
    )
    return row_chart(texts, _data(pair, before, now), theme, _rows(pair, before, now), layout)


def headline(baseline: Stages, changed: Stages, names: tuple[str, str]) -> str:
    """Return the finding: how much of the plan is delivered with the changes, and how much in the baseline.

    Args:
        baseline: Stages of the whole plan in the baseline.
        changed: The same with the changes.
        names: Names of the two scenarios.
    """
    if changed.paper <= 0:
        return "There is no plan: the place has no programmes"
    before, now = (stages.delivered.mean / stages.paper for stages in (baseline, changed))
    agreed = f"{percent(changed.agreed.mean / changed.paper)} agreed"
    if abs(now - before) < _HARDLY:
        return f"Delivery hardly changes: {percent(now)} of the plan {names[1]}, {percent(before)} {names[0]}; {agreed}"
    word = "More" if now > before else "Less"
    return f"{word} is delivered: {percent(now)} of the plan {names[1]}, {percent(before)} {names[0]}; {agreed}"


def _rows(pair: Pair, before: PlanAgainstDelivery, now: PlanAgainstDelivery) -> list[Row]:
    several, axes = pair.replicates > 1, pair.changed.ensemble.axes
    rows = []
    for name, stage in zip(_STAGES, ("agreed", "delivered", "realised"), strict=True):
        after, was = getattr(now.place, stage), getattr(before.place, stage)
        paper = now.place.paper or 1.0
        mark = Mark(
            value=after.mean / paper,
            low=after.low_90 / paper if several else float("nan"),
            high=after.high_90 / paper if several else float("nan"),
            second=was.mean / paper,
            look="bar",
        )
        cells = (pounds(now.place.paper) if stage == "agreed" else "", "", "")
        rows.append(Row(name=name, mark=mark, cells=cells, weight="bold"))
    earlier = {each.programme: each for each in before.programmes}
    for each in sorted(now.programmes, key=lambda each: (-each.stages.paper, each.programme)):
        was = earlier[each.programme]
        mark = Mark(value=_delivered(each), second=_delivered(was), look="bar")
        cells = (pounds(each.stages.paper), _agreed(each), _agreed(was))
        rows.append(Row(name=programme_label(axes, each.programme), mark=mark, cells=cells))
    return rows


def _delivered(each: ProgrammeDelivery) -> float:
    return each.stages.delivered.mean / each.stages.paper


def _agreed(each: ProgrammeDelivery) -> str:
    return month_words(each.agreed_by, short=True) if each.agreed_by else "never"


def _subtitle(pair: Pair, now: PlanAgainstDelivery) -> str:
    return f"What became of each programme by {month_words(now.month)}. {pair.place}. {pair.runs('Means')}."


def _note(pair: Pair) -> str:
    bands = (
        "Lines: 9 in 10, by chance alone. Agreed by: in half of the simulated runs; never: in fewer than half. "
        "Assumptions are not varied."
    )
    return f"Rings: {pair.names[0]}. {pair.note(bands)}"


def _alt(pair: Pair, before: PlanAgainstDelivery, now: PlanAgainstDelivery) -> str:
    def stages_words(plan: PlanAgainstDelivery) -> str:
        _, agreed, delivered, realised = (pounds(amount) for amount in plan.place.means)
        never = sum(each.agreed_by is None for each in plan.programmes)
        return f"{agreed} is agreed, {delivered} delivered and {realised} realised, {never} programmes never agreed"

    return (
        f"Bars of the plan in {pair.place}, of {pounds(now.place.paper)} a year on paper: "
        f"{pair.names[1]} {stages_words(now)}; {pair.names[0]} {stages_words(before)}."
    )


def _data(pair: Pair, before: PlanAgainstDelivery, now: PlanAgainstDelivery) -> "pd.DataFrame":
    return pair.stack([plan.to_frame() for plan in (before, now)])
