"""The few figures that are set large on a paper's first page."""

from collections.abc import Iterator

import numpy as np

from simulation.analysis.bands import interval_of, varied_interval
from simulation.analysis.choices import counted_cases
from simulation.analysis.interval_words import interval_words
from simulation.analysis.pay_back import PayBackMonths
from simulation.analysis.place_position import place_position
from simulation.analysis.verdict_words import CENTRAL, parts_in_words
from simulation.charts.text.comparison_words import (
    all_cases,
    before_savings_words,
    horizon_of,
    short_frequency,
    span_words,
    target_met,
    target_met_varied,
    target_words,
)
from simulation.charts.text.finance_words import same_often
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.words import band_words
from simulation.formatting import discount_words, month_words, pounds
from simulation.report.choices_table import mean_of, range_over_sets
from simulation.report.money import SAME, costs_of, difference_band_words, difference_words, pay_back_of
from simulation.report.paper import KeyFigure
from simulation.report.subject import Subject
from simulation.results.comparison import Case, Comparison
from simulation.results.study import Study


def key_figures(comparison: Comparison, subject: Subject | None) -> tuple[KeyFigure, ...]:
    """Return three or four figures: the gap left, how surely that is less, the costs, and the position.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None:
        return tuple(_of_points(comparison))
    return tuple(_of_choice(comparison, subject))


def _of_points(comparison: Comparison) -> Iterator[KeyFigure]:
    means = np.array([mean_of(case.gaps) for case in counted_cases(comparison)])
    middle = f"gap left a year, the middle of {all_cases(comparison)}"
    yield KeyFigure(pounds(float(np.nanmedian(means))), f"{middle} ({range_over_sets(comparison, means)})")
    yield KeyFigure(before_savings_words(comparison.cases), "gap a year before any savings")
    yield KeyFigure(span_words([case.target for case in comparison.cases]), "target a year")


def _of_choice(comparison: Comparison, subject: Subject) -> Iterator[KeyFigure]:
    yield _gap_left(comparison, subject)
    pair, study = subject.pair, subject.case.study
    if pair is None:
        yield _target(subject.case)
    else:
        less, _, more = parts_in_words(pair)
        often, _, counted = less.rpartition(" ")
        yield KeyFigure(
            often,
            f"{counted} in which {pair.first} leaves less than {pair.second} by over {pounds(pair.threshold)}"
            f"{interval_words(pair, of=True)}; "
            f"more in {more.partition(' of ')[0]}",
        )
    if study is None:
        yield KeyFigure(pounds(subject.case.before_savings), "gap a year before any savings")
        return
    prices = discount_words(study.discount)
    yield KeyFigure(
        subject.unit.words(costs_of(study).both),
        f"spent on {_on_what(subject, study)} over the run{_with(subject)}{_other_costs(subject)} ({prices})",
    )
    yield _position(subject, prices)


def _target(case: Case) -> KeyFigure:
    """Say how often the target is met, allowing for uncertain assumptions if these were varied, and by chance alone."""
    by_chance, varied = short_frequency(*target_met(case)), target_met_varied(case)
    if varied is None:
        return KeyFigure(by_chance, f"simulated runs meet {target_words([case])}")
    return KeyFigure(
        short_frequency(*varied),
        f"simulated runs with {uncertain_words(case.study)} meet {target_words([case])}; {by_chance} by chance alone",
    )


def _on_what(subject: Subject, study: Study) -> str:
    """Name what any of them spends on; levers with what they are, since this is their first use in a paper."""
    studies = [study, *_other_studies(subject).values()]
    has_levers = any(each.ensemble.scenario.levers for each in studies)
    return "levers (steps a board can take) and set-up" if has_levers else "setting programmes up"


def _other_costs(subject: Subject) -> str:
    """Say what the other choices in question spend, and the baseline: a cost alone is not what the choice adds."""
    spent = {label: costs_of(study).both for label, study in _other_studies(subject).items()}
    return "".join(f"; {label} spends {subject.unit.words(costs)}" for label, costs in spent.items())


def _other_studies(subject: Subject) -> dict[str, Study]:
    """Return the replicates of the other choices in question, and of the baseline, by label."""
    others = [*(each.case for each in subject.others_answered), subject.against]
    return {case.label: case.study for case in others if case is not None and case.study is not None}


def _with(subject: Subject) -> str:
    return f" with {subject.case.label}" if subject.has_others else ""


def _gap_left(comparison: Comparison, subject: Subject) -> KeyFigure:
    case, show = subject.case, subject.unit.words
    wide, chance = varied_interval(case.study), interval_of(case.gaps)
    name = f" with {case.label}" if subject.has_others else ""
    left = f"gap left a year in {horizon_of(comparison)}{name}"
    if wide is None:
        return KeyFigure(show(chance.median), f"{left} ({band_words(chance, show)} by chance alone)")
    return KeyFigure(
        show(wide.median),
        f"{left}, the middle allowing for {uncertain_words(case.study)} ({band_words(wide, show)}); "
        f"{show(chance.median)} {CENTRAL}",
    )


def _position(subject: Subject, prices: str) -> KeyFigure:
    compared = pay_back_of(subject)
    if compared is None:
        return KeyFigure(
            subject.unit.words(place_position(subject.case)[0].median),
            f"position (income less spending) over the run{_with(subject)} ({prices})",
        )
    wide = compared.varied_difference
    shown, months = (compared.difference, compared.by_chance) if wide is None else (wide, compared.varied)
    amount = shown.at(-1)
    middle = "" if wide is None else " in the middle case"
    side, than = ("better" if amount.median > 0 else "worse"), "than"
    if difference_words(amount.median, subject.unit) == SAME:
        side, than = "difference in", "from"
    return KeyFigure(
        subject.unit.words(abs(amount.median)),
        f"{side} position over the run{_with(subject)} (income less spending, costs included) {than} "
        f"{compared.baseline} ({difference_band_words(amount, subject.unit)}); {_paid_words(months)}{middle}"
        f"{_of_those(months)}{_other_positions(subject)} ({prices})",
    )


def _of_those(months: PayBackMonths | None) -> str:
    return "" if months is None or months.is_same or not months.same else " where the two differ"


def _paid_words(months: PayBackMonths | None) -> str:
    if months is not None and months.is_same:
        return f"nothing to pay back{same_often(months)}"
    month = None if months is None else months.median
    return "not paid back within the run" if month is None else f"paid back by {month_words(month)}"


def _other_positions(subject: Subject) -> str:
    """Say how much better or worse the position of the other choices in question is."""
    said = ""
    for other in subject.others_answered:
        compared = pay_back_of(other)
        if compared is not None:
            wide = compared.varied_difference
            amount = (compared.difference if wide is None else wide).at(-1)
            said += f"; {other.case.label} {difference_words(amount.median, subject.unit)}"
    return said
