"""The plan and its delivery: on paper, agreed, delivered and realised, for the place and for each programme."""

from math import isnan

from matplotlib.axes import Axes

from simulation.analysis.plan_against_delivery import PlanAgainstDelivery, ProgrammeDelivery, Stages
from simulation.analysis.plan_against_delivery import plan_against_delivery as compare_plan
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, draw_whisker, letter, letter_block
from simulation.charts.drawing.lettering import line_height, wrap
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import short_frequency
from simulation.charts.text.study_words import as_study, place_words, source_line
from simulation.charts.text.words import one_run_words, programme_label, replicates_words
from simulation.formatting import capital, in_hundred, month_words, percent, pounds
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

_BARS, _AGREED = 6.6, 12.6
"""cm from the left edge at which each column begins; titles end where bars begin."""

_LENGTH = 3.0
"""cm of the longest programme's bar."""

_PLACE_ROW, _PLACE_LENGTH = 0.56, 6.6
_HEAD, _PAD = 1.15, 0.07
_STAGES = ("On paper", "Agreed", "Delivered", "Realised")
_MEANINGS = ("what the plan says", "by consent or by order", "milestones met, at paper value")


def plan_against_delivery(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the plan stage by stage, then each programme with when it was agreed.

    Args:
        results: A study, an ensemble alone, or a comparison of one.
        theme: The fonts and colours.
    """
    study = as_study(results)
    ensemble, plan = study.ensemble, compare_plan(study.ensemble)
    texts = Texts(
        name="plan_against_delivery",
        headline=headline(plan.place),
        subtitle=_subtitle(ensemble, plan),
        note=_note(ensemble, plan),
        source=source_line(study),
        alt=_alt(ensemble, plan),
    )
    programmes = sorted(plan.programmes, key=lambda each: (-each.stages.paper, each.programme))
    with theme.applied():
        rows = [_row(ensemble, each) for each in programmes]
        heights = [max(len(cell) for cell in row) * line_height() + _PAD for row in rows]
        table = _HEAD + sum(heights) + _PAD if rows else 0.0
        chart = Chart(texts, plan.to_pandas(), theme, body_height=len(_STAGES) * _PLACE_ROW + table + 0.2)
        sheet = chart.add_sheet()
        top = _draw_place(sheet, plan, chart.body_height, several=len(ensemble) > 1, palette=theme.palette)
        if rows:
            _draw_programmes(sheet, programmes, rows, heights, top, theme.palette)
    return chart


def headline(place: Stages) -> str:
    """Return the finding: how much of the plan was agreed and delivered, and what that is worth.

    Args:
        place: The stages of the whole plan, £m a year.
    """
    paper, agreed, delivered, realised = place.means
    if paper <= 0:
        return "There is no plan: the place has no programmes"
    if agreed <= 0:
        return f"Nothing of the plan is agreed: {pounds(paper)} stays on paper"
    shares = f"{percent(agreed / paper)} of the plan agreed, {percent(delivered / paper)} delivered"
    if agreed >= 0.8 * paper:
        if delivered < 0.8 * agreed:
            return f"Agreed is not delivered: {shares}"
        worth = f"but that is worth {pounds(realised)}, not {pounds(delivered)}"
        if pounds(realised) == pounds(delivered):
            worth = f"and is worth {pounds(delivered)}, as it said"
        part = percent(delivered / paper)
        share = "The whole plan" if part == percent(1) else f"{capital(part)} of the plan"
        return f"{share} is delivered, {worth}"
    return f"Most of it stays on paper: {shares}" if agreed < 0.5 * paper else f"Part of the plan moves: {shares}"


def _row(ensemble: Ensemble, each: ProgrammeDelivery) -> tuple[list[str], list[str]]:
    """Return a programme's title and its agreement, each broken into lines."""
    parts = [month_words(each.agreed_by, short=True)] if each.agreed_by else []
    if each.never_agreed:
        parts.append("never" if each.never_agreed == len(ensemble) else _never_words(each.never_agreed, len(ensemble)))
    return (
        wrap(programme_label(ensemble.axes, each.programme), _BARS - 0.35),
        [line for part in parts for line in wrap(part, WIDTH - _AGREED - 0.15)],
    )


def _never_words(never: int, of: int) -> str:
    """Say how often a programme is never agreed."""
    seldom = short_frequency(never, of)
    return "almost always agreed" if seldom.startswith("fewer") else f"never in {seldom}"


def _behind_words(plan: PlanAgainstDelivery) -> str:
    """Say how many programmes are late, and in how many runs any is in delivery; nothing if none ever was."""
    share, runs = plan.behind
    if isnan(share):
        return ""
    any_is = "" if runs == plan.replicates else f" in which any is, in {in_hundred(runs, plan.replicates)}"
    return f"{percent(share)} of programmes in delivery are behind their promised pace in an average month{any_is}. "


def _draw_place(sheet: Axes, plan: PlanAgainstDelivery, top: float, *, several: bool, palette: Palette) -> float:
    """Draw four bars for the whole plan, and return where they end, cm from the foot."""
    scale = _PLACE_LENGTH / (plan.place.paper or 1.0)
    bands = (None, plan.place.agreed, plan.place.delivered, plan.place.realised)
    part = plan.realised_part
    meanings = (*_MEANINGS, "what is saved" if isnan(part) else f"what is saved: {percent(part)} of it")
    for number, (name, meaning, mean, band) in enumerate(zip(_STAGES, meanings, plan.place.means, bands, strict=True)):
        middle = top - _PLACE_ROW * (number + 0.5)
        letter(sheet, 0.15, middle, name, weight="bold")
        colour = palette.quiet if number == 0 else palette.categorical[(0, 2, 1)[number - 1]]
        sheet.barh(middle, mean * scale, 0.4, left=2.2, color=colour, ec=palette.ground, lw=0.8, zorder=2)
        end = mean
        if band is not None and several and band.high_90 > band.low_90:
            low, high = (2.2 + limit * scale for limit in (band.low_90, band.high_90))
            draw_whisker(sheet, low, high, middle, ink=palette.ink, ground=palette.ground)
            end = max(mean, band.high_90)
        letter(sheet, 2.2 + end * scale + 0.15, middle, pounds(mean), weight="bold")
        letter(sheet, 2.2 + _PLACE_LENGTH + 1.6, middle, meaning, color=palette.quiet)
    sheet.plot([2.2] * 2, [top - _PLACE_ROW * len(_STAGES), top], color="#767676", lw=1.0, zorder=1)
    return top - _PLACE_ROW * len(_STAGES)


def _draw_programmes(
    sheet: Axes,
    programmes: list[ProgrammeDelivery],
    rows: list[tuple[list[str], list[str]]],
    heights: list[float],
    top: float,
    palette: Palette,
) -> None:
    """Draw a row for each programme: paper value as a frame, the delivered part as a bar."""
    for left, words in (
        (0.15, ["Programme"]),
        (_BARS, ["Delivered (bar)", "of paper (frame)"]),
        (_AGREED, ["Agreed (in half", "of runs by)"]),
    ):
        letter_block(sheet, left, top - _HEAD / 2, words, weight="bold")
    top -= _HEAD
    scale = _LENGTH / max(each.stages.paper for each in programmes)
    for each, (title, agreed), height in zip(programmes, rows, heights, strict=True):
        middle = top - height / 2
        sheet.plot([0.15, WIDTH - 0.15], [top] * 2, color=palette.grid, lw=0.6, zorder=0.5)
        letter_block(sheet, 0.15, middle, title)
        frame, bar = each.stages.paper * scale, each.stages.delivered.mean * scale
        sheet.barh(middle, bar, 0.24, left=_BARS, color=palette.categorical[2], zorder=2)
        sheet.barh(middle, frame, 0.34, left=_BARS, fill=False, ec=palette.quiet, lw=1.0, zorder=3)
        amounts = f"{pounds(each.stages.delivered.mean)} of {pounds(each.stages.paper)}"
        letter(sheet, _BARS + frame + 0.1, middle, amounts)
        letter_block(sheet, _AGREED, middle, agreed)
        top -= height
    sheet.plot([0.15, WIDTH - 0.15], [top] * 2, color=palette.grid, lw=0.6, zorder=0.5)


def _subtitle(ensemble: Ensemble, plan: PlanAgainstDelivery) -> str:
    what = f"Programmes by {month_words(plan.month)}, £m a year. {place_words(ensemble)}."
    return what if len(ensemble) == 1 else f"{what} Bars: means of {replicates_words(len(ensemble))}."


def _note(ensemble: Ensemble, plan: PlanAgainstDelivery) -> str:
    chance = "Lines: 9 in 10 of the runs, by chance alone; here assumptions are not varied."
    parts = (
        one_run_words() if len(ensemble) == 1 else chance,
        _behind_words(plan),
    )
    return " ".join(part.strip() for part in parts if part)


def _alt(ensemble: Ensemble, plan: PlanAgainstDelivery) -> str:
    paper, agreed, delivered, realised = (pounds(amount) for amount in plan.place.means)
    never = sum(each.agreed_by is None for each in plan.programmes)
    return (
        f"Bars of the plan in {place_words(ensemble)}: of {paper} a year on paper {agreed} is agreed, "
        f"{delivered} delivered and {realised} realised. {_behind_words(plan)}{never} of {len(plan.programmes)} "
        "programmes are not agreed in half of all simulated runs; a table names the month of agreement of each."
    )
