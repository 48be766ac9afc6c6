"""The organisations that win and lose: their outturns against their own plans, and their gain if they never move."""

from collections.abc import Sequence
from dataclasses import replace

from simulation.analysis.holding_out import HoldingOut, holding_out, holding_out_to_pandas
from simulation.analysis.organisations_positions import (
    OrganisationPosition,
    organisations_positions,
    positions_to_pandas,
)
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import chance_key
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import in_signs, short_frequency
from simulation.charts.text.study_words import as_study, place_words, source_line
from simulation.charts.text.words import one_run_words, organisation_label, replicates_words, within_words
from simulation.formatting import counted, discount_words, pounds
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study


def who_wins(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw each organisation's position against its own plan, those furthest below it first.

    Args:
        results: A study, an ensemble alone, or a comparison of one; with gain and cost of never moving if that was run.
        theme: The fonts and colours.
    """
    study = as_study(results)
    positions = organisations_positions(study.ensemble, discount=study.discount)
    held = {each.organisation: each for each in holding_out(study)}
    texts = Texts(
        name="who_wins",
        headline=headline(positions),
        subtitle=_subtitle(study),
        note=_note(study, held=bool(held)),
        source=source_line(study),
        alt=_alt(study, positions, held),
    )
    data = positions_to_pandas(positions)
    columns = [("Against plan", 1.4), (f"Loses, of {min(100, len(study.ensemble))}", 1.1)]
    if held:
        data = data.merge(holding_out_to_pandas(tuple(held.values())).drop(columns=["name", "replicates"]), how="left")
        columns += [("Gain if it never moves", 1.45), ("Cost to the others", 1.4)]
    layout = Layout(
        names=3.3 if held else 5.2,
        columns=tuple(columns),
        head="Organisation",
        axis="Outturn minus plan, £m",
        key=chance_key(len(study.ensemble), dot="mean"),
    )
    rows = [_row(study, each, held.get(each.organisation), several=len(study.ensemble) > 1) for each in positions]
    return row_chart(texts, data, theme, rows, layout)


def headline(positions: Sequence[OrganisationPosition]) -> str:
    """Return the finding: how many end below their plan, and how many lose against before any savings. It names nobody.

    Those of which it is not clear that they end below their plan, by 95% intervals, are not counted, and the others
    clearly do. To end below a plan is not to lose: the change against no joint action says who gains and who pays.

    Args:
        positions: Each organisation's, those furthest below their plan first.
    """
    below = [each for each in positions if each.is_below]
    clearly = "clearly " if any(each.is_unclear for each in positions) else ""
    worse = [each for each in positions if 2 * each.loses_in > each.replicates]
    if not below:
        finding = f"No organisation {clearly}ends below its own plan"
    elif len(positions) == 1:
        finding = f"It ends {pounds(-positions[0].against_plan.mean)} below its own plan"
    else:
        count = f"{len(below)} of {len(positions)}"
        if len(below) == len(positions):
            count = "Both" if len(positions) == 2 else f"All {len(positions)}"
        short = pounds(-sum(each.against_plan.mean for each in below))
        end = "ends below its own plan, by" if len(below) == 1 else "end below their own plan, by"
        finding = f"{count} organisations {clearly}{end} {short}{' together' if len(below) > 1 else ''}"
    if not worse:
        return f"{finding}; none is worse off than before any savings in over half of the simulated runs"
    losing, each = ("one is", "") if len(worse) == 1 else (f"{len(worse)} are", ", each")
    return f"{finding}; {losing} worse off than before any savings{each} in over half of the simulated runs"


def _row(study: Study, each: OrganisationPosition, held: HoldingOut | None, *, several: bool) -> Row:
    often = in_signs(short_frequency(each.loses_in, each.replicates).partition(" of ")[0])
    cells = [pounds(each.against_plan.mean, signed=True), often]
    if study.holding_out:
        cells += ["", ""] if held is None else [pounds(held.gain.mean), pounds(held.cost_to_others.mean)]
    return Row(
        name=organisation_label(study.ensemble.axes, each.organisation),
        mark=replace(Mark.of(each.against_plan, several=several), value=each.against_plan.mean),
        cells=tuple(cells),
    )


def _subtitle(study: Study) -> str:
    count = len(study.ensemble)
    what = (
        f"Outturn over the whole run minus each organisation’s own plan, £m, {discount_words(study.discount)}. "
        f"{place_words(study.ensemble)}."
    )
    return what if count == 1 else f"{what} Means of {replicates_words(count)}."


def _note(study: Study, *, held: bool) -> str:
    loses = "Loses: ends worse off than before any savings."
    pays = "Who gains and who pays shows in the change against no joint action, not in the distance from a plan."
    never = " Gain and cost: if it always asks “my organisation”." if held else ""
    return (
        f"{loses} {pays}{never} {one_run_words() if len(study.ensemble) == 1 else 'Here assumptions are not varied.'}"
    )


def _alt(study: Study, positions: Sequence[OrganisationPosition], held: dict[str, HoldingOut]) -> str:
    def position_words(each: OrganisationPosition) -> str:
        band = each.against_plan
        return f"{each.name} {pounds(band.mean, signed=True)}{within_words(band)}"

    ends = positions if len(positions) <= 4 else (*positions[:3], positions[-1])
    worse = sum(2 * each.loses_in > each.replicates for each in positions)
    gaining = sum(each.gains for each in held.values())
    never = f" {gaining} of {len(held)} of them would clearly gain if they never moved." if held else ""
    return (
        f"Outturn minus plan of {counted(len(positions), 'organisation')} in {place_words(study.ensemble)}, from "
        f"furthest below to furthest above: {'; '.join(map(position_words, ends))}. {worse} of {len(positions)} are "
        f"worse off than before any savings, each in over half of the simulated runs.{never}"
    )
