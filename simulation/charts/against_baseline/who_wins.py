"""The organisations that win and lose by the changes: their outturns against their own plans, in both scenarios."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.analysis.organisations_positions import (
    OrganisationPosition,
    organisations_positions,
    positions_to_frame,
)
from simulation.charts.against_baseline.pair import Pair, pair_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry, chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.words import organisation_label
from simulation.formatting import capital, pounds
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

_HARDLY = 0.05
"""£m; a headline calls a smaller difference no change."""


def who_wins_against_baseline(comparison: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw each organisation's position against its own plan with the changes, and a ring for the baseline.

    Args:
        comparison: Two scenarios of one place, the baseline first.
        theme: The fonts and colours.

    Raises:
        ValueError: If they are not two scenarios of one place.
    """
    pair = pair_of(comparison)
    now = organisations_positions(pair.changed.ensemble)
    before = {each.organisation: each for each in organisations_positions(pair.baseline.ensemble)}
    changes = [each.against_plan.mean - before[each.organisation].against_plan.mean for each in now]
    texts = Texts(
        name="who_wins_against_baseline",
        headline=headline(changes, [each.name for each in now], pair.names),
        subtitle=_subtitle(pair),
        note=_note(pair),
        source=pair.source,
        alt=_alt(pair, now, before),
    )
    layout = Layout(
        names=4.6,
        columns=((capital(pair.names[1]), 1.7), ("Change", 1.7), ("Runs in which it loses", 2.1)),
        head="Organisation",
        axis="Outturn minus plan, £m",
        key=(*chance_key(pair.replicates, dot=pair.names[1]), KeyEntry("diamond", pair.names[0])),
    )
    rows = [
        Row(
            name=organisation_label(pair.changed.ensemble.axes, each.organisation),
            mark=Mark.of(
                each.against_plan,
                several=pair.replicates > 1,
                second=before[each.organisation].against_plan.median,
            ),
            cells=(
                pounds(each.against_plan.median),
                pounds(change, signed=True),
                short_frequency(each.loses_in, each.replicates),
            ),
        )
        for each, change in zip(now, changes, strict=True)
    ]
    return row_chart(texts, _data(pair, now, before), theme, rows, layout)


def headline(changes: Sequence[float], who: Sequence[str], names: tuple[str, str]) -> str:
    """Return the finding: how many gain and how many lose by the changes, and who loses most.

    Args:
        changes: Change of each organisation's outturn, £m over the run.
        who: Their names, in the same order.
        names: Names of the two scenarios.
    """
    gain, lose = (sum(sign * change >= _HARDLY for change in changes) for sign in (1, -1))
    if not gain and not lose:
        return f"Nobody’s books change {names[1]}"
    gaining = f"{gain} of {len(changes)} organisations are better off than {names[0]}"
    if not lose:
        return f"{gaining}, and nobody is worse off"
    worst = min(range(len(changes)), key=lambda index: changes[index])
    return f"{gaining}, {lose} worse off: {who[worst]} loses most, {pounds(-changes[worst])}"


def _subtitle(pair: Pair) -> str:
    measure = "Outturn over the whole run minus each organisation’s own plan, £m, nominal, undiscounted"
    return f"{measure}. {pair.place}. {pair.runs('Medians')}."


def _note(pair: Pair) -> str:
    loses = "An organisation loses if it ends worse off than before any savings. Change: mean."
    return f"{loses} {pair.note('Assumptions are not varied.')}"


def _alt(pair: Pair, now: Sequence[OrganisationPosition], before: Mapping[str, OrganisationPosition]) -> str:
    def position_words(each: OrganisationPosition) -> str:
        was = before[each.organisation].against_plan.median
        return f"{each.name} {pounds(each.against_plan.median)}, {pair.names[0]} {pounds(was)}"

    ends = now if len(now) <= 4 else (*now[:3], now[-1])
    return (
        f"Outturn minus plan of {len(now)} organisations in {pair.place}, from worst to best {pair.names[1]}: "
        f"{'; '.join(map(position_words, ends))}."
    )


def _data(
    pair: Pair, now: Sequence[OrganisationPosition], before: Mapping[str, OrganisationPosition]
) -> "pd.DataFrame":
    tables = (tuple(before[each.organisation] for each in now), tuple(now))
    return pair.stack([positions_to_frame(each) for each in tables])
