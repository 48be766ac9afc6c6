"""The content of a paper, in any format: every word, number and picture."""

from collections.abc import Iterator

from simulation import charts
from simulation.analysis.compare import case_in_detail, has_only_choices
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.scenario_table import HEADS, table_row
from simulation.charts.text.comparison_words import (
    replicates_of,
    uncertain_in,
    varied_replicates,
)
from simulation.charts.text.words import listed, parameter_words
from simulation.formatting import discount_words
from simulation.report.answer import answer_of, register_source
from simulation.report.choices_table import choices_table
from simulation.report.finance import finance_tables
from simulation.report.organisations import organisation_tables
from simulation.report.paper import Finding, Paper, Table
from simulation.report.register import register_table
from simulation.report.words import COMMON_CHANCE, DEFAULT_ASK, METHOD, NOT_FOR, PROBABILITY
from simulation.results.comparison import Case, Comparison
from simulation.scenario.writing import scenario_hash

_SIDE_BY_SIDE = (
    "verdict", "best_by_point", "gap_by_point", "gap_by_factor", "chance", "paired_difference", "who_gains",
    "attribution", "too_late", "drivers",
)  # fmt: skip
_OF_ONE = ("trajectory", "bridge", "question_mix", "tornado", "who_wins", "plan_against_delivery")
_IN_DETAIL = ("trajectory", "tornado", "plan_against_delivery")
_WIDTHS = (0.15, 0.13, 0.19, 0.1, 0.12, 0.1, 0.21)
_WIDTHS_OF_MANY = (0.22, 0.11, 0.19, 0.08, 0.12, 0.08, 0.2)

_MANY = 6
_LEFT_OUT_OF_MANY = ("chance", "trajectory", "tornado")
"""Charts left out of a paper of many scenarios: its table of scenarios and its register hold the same numbers."""

_MOST_CASES = 24


def build_paper(
    comparison: Comparison,
    *,
    theme: Theme = ANALYSIS_FUNCTION,
    title: str | None = None,
    audience: str | None = None,
    ask: str | None = None,
) -> Paper:
    """Build the content of a board paper from results.

    Args:
        comparison: The results; a single scenario is a comparison of one.
        theme: The colours of charts and headings.
        title: The title, instead of the experiment's.
        audience: The readers, instead of the experiment's.
        ask: The request to them, instead of the experiment's.
    """
    focus = case_in_detail(comparison)
    texts = comparison.paper
    return Paper(
        title=title or texts.title or comparison.title,
        audience=audience or texts.audience or "",
        made=comparison.made,
        question=comparison.question or _question(comparison),
        answer=answer_of(comparison),
        cautions=tuple(_cautions(comparison)),
        ask=ask or texts.ask or DEFAULT_ASK,
        not_for=NOT_FOR,
        scenarios=_scenarios(comparison),
        books=(*organisation_tables(comparison, focus), *finance_tables(comparison)),
        findings=tuple(_findings(comparison, focus, theme)),
        register=register_table(*register_source(comparison)),
        method=tuple(_method(comparison)),
        reproduce=tuple(_reproduce(comparison)),
        colours=(theme.palette.lead, theme.palette.grid),
    )


def _question(comparison: Comparison) -> str:
    if len(comparison.cases) == 1:
        return f"{comparison.title}: how much of the gap is left, what closes it, and who wins and who loses?"
    return "How much of the gap does each of these leave, how sure is that, and who loses by it?"


def _cautions(comparison: Comparison) -> Iterator[str]:
    for what in comparison.missing:
        yield f"Not all that was asked for is there: {what}."
    if comparison.replicates == 1:
        yield "There is a single simulated run of each scenario: an anecdote, which says nothing of chance."
    elif comparison.assumptions:
        named = listed(parameter_words(factor).lower() for factor in comparison.assumptions)
        yield f"Of the assumptions only these were varied: {named}. All others are at their defaults."
    elif not varied_replicates(comparison):
        yield (
            "Assumptions were not varied. Every band here is of chance alone, which moves a gap less than a single "
            "assumption does: do not decide by it."
        )


def _scenarios(comparison: Comparison) -> Table:
    if not has_only_choices(comparison):
        return choices_table(comparison)
    shown = comparison.cases[:_MOST_CASES]
    more = len(comparison.cases) - len(shown)
    varied = varied_replicates(comparison)
    also = f", then over {varied:,} allowing for {uncertain_in(comparison)}" if varied else ""
    return Table(
        caption="The scenarios side by side" if len(comparison.cases) > 1 else "The scenario in numbers",
        heads=HEADS,
        rows=tuple(table_row(comparison, case) for case in shown),
        widths=_WIDTHS_OF_MANY if len(shown) > _MANY else _WIDTHS,
        note=(
            "Outcome: how much of the way from before any savings to the target is closed. Gap a year, and position of "
            f"all organisations together, costs included, "
            f"{discount_words(comparison.discount)}: medians with 9 in 10 of {replicates_of(comparison)} by "
            f"chance{also}. Target met in: of simulated runs."
            f"{f' {more} more are in the data.' if more else ''}"
        ),
    )


def _findings(comparison: Comparison, focus: Case | None, theme: Theme) -> Iterator[Finding]:
    left_out = _LEFT_OUT_OF_MANY if len(comparison.cases) > _MANY else ()
    for name in _SIDE_BY_SIDE:
        if name not in left_out and charts.reason_unavailable(name, comparison) is None:
            yield Finding(chart=charts.CHARTS[name](comparison, theme=theme))
    if focus is None or focus.study is None:
        return
    for name in _IN_DETAIL if len(comparison.cases) > 1 else _OF_ONE:
        if name not in left_out and charts.reason_unavailable(name, focus.study) is None:
            yield Finding(chart=charts.CHARTS[name](focus.study, theme=theme))


def _method(comparison: Comparison) -> Iterator[str]:
    yield from METHOD
    count = replicates_of(comparison)
    chance = (
        f"Numbers are of {count}; where nothing else is said they are medians, and bands hold 9 in 10 simulated runs."
    )
    varied = varied_replicates(comparison)
    if varied:
        chance += (
            f" The wider band, allowing for {uncertain_in(comparison)}, is over {varied:,} simulated runs of each "
            "scenario in which every parameter is drawn from its whole range (a Latin hypercube)."
        )
    yield f"{chance} {COMMON_CHANCE if len(comparison.cases) > 1 else ''} {PROBABILITY}".replace("  ", " ")


def _reproduce(comparison: Comparison) -> Iterator[tuple[str, str]]:
    yield "Command", comparison.command
    if comparison.folder:
        yield "Then this paper", f"trustsim report {comparison.folder}"
    yield "Seed", str(comparison.seed)
    yield "Version", f"trust between trusts {comparison.version}, model {comparison.model}"
    yield "First run", comparison.made
    hashes = [
        f"{case.label} {scenario_hash(case.study.ensemble.scenario)[:12]}"
        for case in comparison.cases[:_MOST_CASES]
        if case.study is not None
    ]
    if len(hashes) > _MANY:
        yield "Scenarios", "their SHA-256 are in manifest.json, beside the results"
    elif hashes:
        yield "Scenarios, by the start of their SHA-256", "; ".join(hashes)
