"""Who wins and who loses: each organisation's books against its own plan, and what never moving pays it."""

from collections.abc import Sequence

from simulation.analysis.holding_out import HoldingOut, holding_out, holding_out_to_frame
from simulation.analysis.organisations_positions import (
    OrganisationPosition,
    organisations_positions,
    positions_to_frame,
)
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.study_words import as_study, place_words, source_line
from simulation.charts.text.words import organisation_label, replicates_words
from simulation.formatting import pounds, range_words
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study


def who_wins(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Each organisation's position against its own plan, those furthest below it first.

    Args:
        results: A study, an ensemble alone, or a comparison of one; what holding out pays is told if that was run.
        theme: How it is lettered and coloured.
    """
    study = as_study(results)
    positions = organisations_positions(study.ensemble)
    held = {each.organisation: each for each in holding_out(study)}
    texts = Texts(
        name="who_wins",
        headline=headline(positions),
        subtitle=_subtitle(study, held=bool(held)),
        source=source_line(study),
        alt=_alt(study, positions, held),
    )
    data = positions_to_frame(positions)
    columns = [("Against plan", 1.75), ("Worse off in", 2.1)]
    if held:
        data = data.merge(holding_out_to_frame(tuple(held.values())).drop(columns=["name", "replicates"]), how="left")
        columns += [("Never moving pays it", 1.75), ("Costs the others", 1.65)]
    layout = Layout(
        names=4.2 if held else 5.2, columns=tuple(columns), head="Organisation", axis="Outturn minus plan, £m"
    )
    rows = [_row(study, each, held.get(each.organisation), several=len(study.ensemble) > 1) for each in positions]
    return row_chart(texts, data, theme, rows, layout)


def headline(positions: Sequence[OrganisationPosition]) -> str:
    """The finding: how many end below their plan, and who furthest.

    Args:
        positions: Each organisation's, those furthest below their plan first.
    """
    below = [each for each in positions if each.against_plan.mean < -0.05]
    worse = [each for each in positions if 2 * each.worse_off > each.replicates]
    first = positions[0]
    if not below:
        told = "No organisation ends below its own plan"
    elif len(positions) == 1:
        told = f"It ends {pounds(-first.against_plan.mean)} below its own plan"
    else:
        count = "All" if len(below) == len(positions) else f"{len(below)} of"
        who = f"{count} {len(positions)} organisations end below their plan"
        told = f"{who}, {first.name} furthest, by {pounds(-first.against_plan.mean)}"
    if not worse:
        return f"{told}; most often nobody is worse off than if nothing were done"
    lose = f"{len(worse)} most often {'is' if len(worse) == 1 else 'are'} worse off than if nothing were done"
    return f"{told}; {lose}"


def _row(study: Study, each: OrganisationPosition, held: HoldingOut | None, *, several: bool) -> Row:
    told = each.against_plan
    cells = [pounds(told.median), short_frequency(each.worse_off, each.replicates)]
    if study.holding_out:
        cells += ["", ""] if held is None else [pounds(held.pays.mean), pounds(held.costs_others.mean)]
    return Row(
        name=organisation_label(study.ensemble.axes, each.organisation),
        mark=Mark(
            value=told.median,
            low=told.low_90 if several else float("nan"),
            high=told.high_90 if several else float("nan"),
            inner=(told.low_50, told.high_50) if several else None,
        ),
        cells=tuple(cells),
    )


def _subtitle(study: Study, *, held: bool) -> str:
    count = len(study.ensemble)
    what = f"Outturn over the whole run minus each organisation’s own plan, £m. {place_words(study.ensemble)}."
    also = (
        "Worse off: in how many simulated runs it ends worse off than if nothing were done. "
        if count > 1
        else "Worse off: than if nothing were done. "
    )
    if count == 1:
        return f"{what} {also}One simulated run, so chance is not shown; assumptions are not varied."
    chance = (
        f"Dots: medians; thick lines: half of {replicates_words(count)}, thin: 9 in 10, by chance alone; assumptions "
        "are not varied."
    )
    never = " Never moving: what always asking “my organisation” pays it and costs the others, mean." if held else ""
    return f"{what} {chance} {also.strip()}{never}"


def _alt(study: Study, positions: Sequence[OrganisationPosition], held: dict[str, HoldingOut]) -> str:
    def told(each: OrganisationPosition) -> str:
        band = each.against_plan
        within = f" ({range_words(band.low_90, band.high_90)})" if band.low_90 < band.high_90 else ""
        return f"{each.name} {pounds(band.median)}{within}"

    ends = positions if len(positions) <= 4 else (*positions[:3], positions[-1])
    worse = sum(2 * each.worse_off > each.replicates for each in positions)
    paid = sum(each.pays.mean > 0 for each in held.values())
    never = f" Never moving pays {paid} of {len(held)} of them." if held else ""
    return (
        f"Outturn minus plan of {len(positions)} organisations in {place_words(study.ensemble)}, from worst to best: "
        f"{'; '.join(map(told, ends))}. {worse} of {len(positions)} are most often worse off than if nothing were done."
        f"{never}"
    )
