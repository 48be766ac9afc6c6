"""The content of a paper, in any format: every word, number and picture."""

from collections.abc import Iterator, Sequence

from simulation import charts
from simulation.analysis.bands import LEAST_FOR_BANDS
from simulation.analysis.compare import has_only_choices
from simulation.analysis.decided_words import of_a_search_words
from simulation.analysis.held import held_in, held_words
from simulation.analysis.information import Information, find_information
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    drawn_sets,
    replicates_of,
    uncertain_in,
    varied_replicates,
)
from simulation.charts.text.words import parameter_words
from simulation.formatting import as_written, capital, counted, listed, month_words
from simulation.report.answer import answer_of
from simulation.report.choices_table import choices_table
from simulation.report.deciding import deciding_findings
from simulation.report.decision import decision_tables
from simulation.report.finance import finance_tables
from simulation.report.key_figures import key_figures
from simulation.report.lever_uses import runs_within_words
from simulation.report.levers import levers_table
from simulation.report.money import contracts_words, money_of
from simulation.report.organisations import organisation_tables
from simulation.report.paper import Finding, Paper, Table
from simulation.report.rankings import rankings_table
from simulation.report.register import register_table
from simulation.report.register_others import register_others, register_source
from simulation.report.requests import requests_of
from simulation.report.risks import risks_of
from simulation.report.side_by_side import MOST_CASES, side_by_side
from simulation.report.slide_charts import slide_charts
from simulation.report.subject import Subject, subject_of
from simulation.report.words import COMMON_CHANCE, METHOD, NOT_FOR, PROBABILITY
from simulation.results.comparison import Comparison
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import left_out_words, unvaried_words
from simulation.results.study import Study
from simulation.results.verification import NOT_VERIFIED
from simulation.scenario.months import month_names
from simulation.scenario.writing import scenario_hash

_SIDE_BY_SIDE = (
    "gap_over_time", "verdict", "best_by_point", "gap_by_point", "gap_by_factor", "chance", "paired_difference",
    "money", "who_gains", "attribution", "too_late", "drivers", "sensitivity", "information",
)  # fmt: skip
_GAP_OF_ALL, _TRUST_OF_ALL = "gap_over_time", "trust_over_time"
"""Charts of all choices by month; of several, the first says what the trajectory of one does."""
_OF_ONE = ("trajectory", "bridge", "question_mix", "trust", "tornado", "who_wins", "plan_against_delivery")
_IN_DETAIL = ("trajectory", "trust", "tornado", "plan_against_delivery")
_MATRIX_FROM = 12
"""Organisations from which on trust is shown as a matrix: a map of more lines cannot be followed."""

_SEVERAL = 3
_LEFT_OUT_OF_SEVERAL = ("chance", "attribution", "trust", "plan_against_delivery")
"""Charts left out of a paper of so many scenarios or more, to be short: its tables say the same."""

_MANY = 5
_LEFT_OUT_OF_MANY = ("money",)
"""The same of so many or more, whose verdict takes a page."""

_MOST_HASHES = 4

_MANY_PROGRAMMES = 12
"""Programmes of which a chart takes a page of its own; `trustsim chart` draws them."""

_NOT_DRAWN = (
    "Uncertain numbers of the place are its guesses about the world: not what it chooses (strengths and months of "
    "levers, plan and target), its months, population and people reached, nor a number whose range has no width, such "
    "as that of 0."
)
"""The numbers of a place that are not drawn, though the register may call them assumed."""

_MOST_NUMBERS = 13
"""The most lines of the register, which with how to reproduce it is a page. Its file has all of them."""


def build_paper(
    comparison: Comparison,
    *,
    theme: Theme = ANALYSIS_FUNCTION,
    title: str | None = None,
    audience: str | None = None,
    ask: str | Sequence[str] | None = None,
    with_charts: bool = True,
) -> Paper:
    """Build the content of a board paper from results.

    Args:
        comparison: The results; a single scenario is a comparison of one.
        theme: The colours of charts and headings.
        title: The title, instead of the experiment's.
        audience: The readers, instead of the experiment's.
        ask: The request to them, or several that each follow “is asked to”, instead of the experiment's.
        with_charts: False to leave the charts out, where only words and tables are needed.
    """
    subject = subject_of(comparison)
    information = find_information(comparison)
    focus, in_question = (subject.case, subject.in_question) if subject else (None, ())
    texts = comparison.paper
    asked = (ask,) if isinstance(ask, str) else tuple(ask or ())
    return Paper(
        title=title or texts.title or comparison.title,
        audience=audience or texts.audience or "",
        made=comparison.made,
        period=_period(comparison),
        question=comparison.question or _question(comparison),
        figures=key_figures(comparison, subject),
        answer=answer_of(comparison, subject),
        cautions=tuple(_cautions(comparison)),
        is_checked=comparison.is_checked,
        is_of_this_model=not comparison.other_model,
        is_whole=not comparison.left_out,
        ask=asked or texts.ask or requests_of(comparison, subject),
        money=money_of(comparison, subject),
        risks=risks_of(subject),
        not_for=NOT_FOR,
        decision=decision_tables(comparison, subject, information),
        levers=levers_table(comparison, in_question),
        scenarios=_scenarios(comparison),
        finance=finance_tables(comparison, [each.label for each in in_question], contracts_words(subject)),
        books=organisation_tables(comparison, in_question),
        detail_head=f"In detail: {focus.label}" if focus and len(comparison.cases_in_tables) > 1 else "In detail",
        rankings=rankings_table(comparison),
        findings=tuple(_findings(comparison, subject, theme, information)) if with_charts else (),
        for_slides=tuple(slide_charts(subject, theme)) if with_charts else (),
        register=register_table(
            *register_source(comparison),
            most=_MOST_NUMBERS,
            held=held_words(held_in(comparison)),
            others=register_others(comparison),
        ),
        method=tuple(_method(comparison)),
        reproduce=tuple(_reproduce(comparison)),
        colours=(theme.palette.lead, theme.palette.grid),
    )


def _question(comparison: Comparison) -> str:
    if len(comparison.cases) == 1:
        return f"{comparison.title}: how much of the gap is left, what closes it, and who wins and who loses?"
    return "How much of the gap does each of these leave, how sure is that, and who loses by it?"


def _period(comparison: Comparison) -> str:
    months = month_names(comparison.scenario.start, comparison.scenario.months)
    span = month_words(months[0]) if len(months) == 1 else f"{month_words(months[0])} to {month_words(months[-1])}"
    return f"{span}, in the past" if months[-1] < comparison.made[:7] else span


def _marks(comparison: Comparison) -> Iterator[str]:
    """Yield what is to be said of how the results were made and read."""
    if not comparison.is_checked:
        yield f"These results were {UNCHECKED}: their figures may have been changed."
    if comparison.other_model:
        yield f"These results were {comparison.other_model}: make them again before you compare them with others."


def _cautions(comparison: Comparison) -> Iterator[str]:
    yield from _marks(comparison)
    if comparison.verification is not None and comparison.verification.differences:
        yield f"{capital(comparison.verification.words)}."
    yield from _of_the_search(comparison)
    for what in comparison.missing:
        yield f"Not all that was asked for is there: {what}."
    if comparison.left_out:
        yield left_out_words(comparison.left_out, comparison.folder)
    if comparison.replicates == 1:
        yield _of_one_run(comparison)
    if comparison.assumptions:
        named = listed(parameter_words(factor).lower() for factor in comparison.assumptions)
        yield f"Of the assumptions only these were varied: {named}. All others stay as the scenarios have them."
    elif comparison.replicates > 1 and not varied_replicates(comparison):
        yield (
            f"{capital(unvaried_words(comparison))}. Every band here is of chance alone: uncertain assumptions are not "
            "in it. Do not decide by it."
        )
    if 1 < comparison.replicates < LEAST_FOR_BANDS:
        yield (
            f"There are only {comparison.replicates} simulated runs of each scenario: 9 in 10 of them is a range that "
            "is interpolated between them, and fewer may lie within."
        )
    if 1 < (sets := drawn_sets(comparison)) < LEAST_FOR_BANDS:
        yield (
            f"There are only {sets} sets of assumptions: 9 in 10 of the cases over them is a range that is "
            "interpolated, and with other sets it may be another."
        )


def _of_one_run(comparison: Comparison) -> str:
    """Say what a single replicate doesn't show, with sets of assumptions and without."""
    if comparison.assumptions:
        return "There is a single simulated run at each set of assumptions, so chance and assumptions show together."
    if varied := varied_replicates(comparison):
        return (
            "There is a single simulated run of each scenario at its own assumptions, which says nothing of chance. "
            f"The cases are {counted(varied, 'other simulated run')} of each, with uncertain assumptions."
        )
    return "There is a single simulated run of each scenario: an anecdote, which says nothing of chance."


def _of_the_search(comparison: Comparison) -> Iterator[str]:
    """Yield what is to be said of a search: that its money is not discounted, and that its limits decided."""
    if prices := of_a_search_words(comparison):
        yield prices
    if comparison.search is not None and comparison.search.limits:
        yield f"{comparison.search.limits} Without them, another might be recommended."


def _scenarios(comparison: Comparison) -> Table:
    return side_by_side(comparison) if has_only_choices(comparison) else choices_table(comparison)


def charts_left_out(comparison: Comparison, information: Information | None) -> set[str]:
    """Return the charts that a paper leaves out, since its tables or another chart say the same in less room.

    Args:
        comparison: The results.
        information: The value of information; None if it was not found. Its chart is left out where nothing is clearly
            worth finding out, which the answers to a board's questions say.
    """
    left_out = set(_LEFT_OUT_OF_SEVERAL if len(comparison.cases) >= _SEVERAL else ())
    left_out |= set(_LEFT_OUT_OF_MANY if len(comparison.cases) >= _MANY else ())
    if charts.reason_unavailable("verdict", comparison) is None:
        left_out |= {"paired_difference"} if len(comparison.cases) > 1 else {"paired_difference", "chance"}
    if charts.reason_unavailable("who_gains", comparison) is None:
        left_out.add("who_wins")
    if information is not None and not information.clear:
        left_out.add("information")
    if len(comparison.scenario.programmes) > _MANY_PROGRAMMES:
        left_out.add("plan_against_delivery")
    if len(comparison.cases) >= _SEVERAL and charts.reason_unavailable(_GAP_OF_ALL, comparison) is None:
        left_out.add("trajectory")
    return left_out


def _findings(
    comparison: Comparison, subject: Subject | None, theme: Theme, information: Information | None
) -> Iterator[Finding]:
    yield from deciding_findings(subject, theme)
    focus = subject.case if subject else None
    left_out = charts_left_out(comparison, information)
    for name in (*_SIDE_BY_SIDE, _TRUST_OF_ALL):
        if name not in left_out and charts.reason_unavailable(name, comparison) is None:
            known = {"found": information} if name == "information" else {}
            yield Finding(chart=charts.CHARTS[name](comparison, theme=theme, **known))
    if focus is None or focus.study is None:
        return
    for name in _IN_DETAIL if len(comparison.cases) > 1 else _OF_ONE:
        drawn = _trust_chart(focus.study) if name == "trust" else name
        if name not in left_out and drawn and charts.reason_unavailable(drawn, focus.study) is None:
            yield Finding(chart=charts.CHARTS[drawn](focus.study, theme=theme))


def _trust_chart(study: Study) -> str | None:
    """Return the chart of trust that a place of this size can be read from; None if trust was not kept."""
    if study.ensemble.relationships is None:
        return None
    return "trust_matrix" if len(study.ensemble.axes.organisations) >= _MATRIX_FROM else "trust_map"


def _method(comparison: Comparison) -> Iterator[str]:
    yield from METHOD
    count = replicates_of(comparison)
    chance = (
        f"Numbers are of {count}; where nothing else is said they are medians, and bands hold 9 in 10 simulated runs."
    )
    fewer = runs_within_words(comparison)
    chance += f" {fewer}" if fewer else ""
    varied = varied_replicates(comparison)
    if varied:
        chance += (
            f" The wider band, allowing for {uncertain_in(comparison)}, is over "
            f"{counted(varied, 'simulated run')} of each scenario in which "
            f"{_drawn(comparison)} is drawn from its range (a Latin hypercube)."
        )
        if _draws_own_numbers(comparison):
            chance += f" {_NOT_DRAWN}"
        chance += f" {held}" if (held := held_words(held_in(comparison))) else ""
    yield f"{chance} {COMMON_CHANCE if len(comparison.cases_in_tables) > 1 else ''} {PROBABILITY}".replace("  ", " ")


def _drawn(comparison: Comparison) -> str:
    own = _draws_own_numbers(comparison)
    return "every parameter and every uncertain number of the place" if own else "every parameter"


def _draws_own_numbers(comparison: Comparison) -> bool:
    return any(study.assumptions and study.assumptions.own_numbers for study in comparison.studies.values())


def _indices_again(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the command of each sample from which sensitivity indices are, which is run by itself."""
    of = comparison.command.removeprefix("trustsim batch ").partition(" --replicates ")[0]
    for found in comparison.sensitivity:
        yield (
            "Rankings of parameters",
            f"trustsim sensitivity {of} --method {found.method} --points {found.points} "
            f"--replicates {found.replicates} --seed {found.seed}",
        )


def _reproduce(comparison: Comparison) -> Iterator[tuple[str, str]]:
    if comparison.search is not None:
        yield "Search, and what it found compared", comparison.search.command
    yield "Command" if comparison.search is None else "The comparison alone", comparison.command
    yield from _indices_again(comparison)
    if comparison.folder:
        discount = f" --discount {as_written(comparison.discount)}" if comparison.discount else ""
        yield "Then this paper", f"trustsim report {comparison.folder}{discount}"
    yield "Seed", str(comparison.seed)
    yield "Version", f"trust between trusts {comparison.version}, model {comparison.model}"
    yield "First run", comparison.made
    yield "Run again", NOT_VERIFIED if comparison.verification is None else comparison.verification.words
    hashes = [
        f"{case.label} {scenario_hash(case.study.ensemble.scenario)[:12]}"
        for case in comparison.cases_in_tables[:MOST_CASES]
        if case.study is not None
    ]
    if len(hashes) > _MOST_HASHES:
        yield "Scenarios", "their SHA-256 are in manifest.json, beside the results"
    elif hashes:
        yield "Scenarios, by the start of their SHA-256", "; ".join(hashes)
