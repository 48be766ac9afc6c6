"""The findings on a paper's first page: sentences with the numbers and with both kinds of uncertainty."""

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np

from simulation.analysis.bands import Interval, interval_of, varied_interval
from simulation.analysis.choices import group_points
from simulation.analysis.compare import MATERIAL
from simulation.analysis.measure import Measure
from simulation.analysis.organisation_changes import WHOLE_RUN, Effect, organisation_changes
from simulation.analysis.precision import precisions_of
from simulation.analysis.question_words import asked_words, met_words
from simulation.analysis.sensitivity import drivers
from simulation.analysis.summary import coverage_words, summarise
from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import CENTRAL, headline, often_words, sure_words, within_sentence
from simulation.charts import reason_unavailable
from simulation.charts.drivers import headline as drivers_headline
from simulation.charts.text.comparison_words import (
    all_cases,
    before_savings_words,
    horizon_of,
    span_words,
    target_words,
)
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.words import band_words, within_words
from simulation.formatting import NOT_KNOWN, capital, first_few, percent, pounds
from simulation.report.choices_table import left_over_points
from simulation.report.subject import Subject
from simulation.results.comparison import Case, Comparison
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study

_MOST_NAMED = 3


def answer_of(comparison: Comparison, subject: Subject | None) -> tuple[str, ...]:
    """Return the findings for the first page, each a sentence or two.

    Of several choices: the verdict by the gap, the choice in detail against the baseline, what both leave with both
    bands, and the verdict by the position. Of one scenario: what it leaves, and how the plan fared. Of sets of
    assumptions: none is singled out.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None:
        return (left_over_points(comparison), _what_moves_it(comparison), *_who_differs(comparison))
    if subject.against is not None:
        return _of_choices(subject, subject.against)
    study = subject.case.study
    how = f"How the plan fared is not known: {comparison.no_tables}." if study is None else _how(study)
    return (_still_open(comparison, subject.case), how)


def _of_choices(subject: Subject, against: Case) -> tuple[str, ...]:
    """Say which choice is better by the gap and by the position, in how many cases, and how sure that is."""
    gap, position = subject.verdicts.get(Measure.GAP), subject.verdicts.get(Measure.POSITION)
    if gap is None or position is None:
        return (
            f"Which choice is better is not known: {unvaried_words(subject.comparison)}.",
            _spans(subject.comparison),
            *_in_detail(subject),
        )
    return (
        f"{headline(gap)}.",
        _left_by_chance(subject, against),
        _left_if_uncertain(subject, against),
        *(_left_by_other(each) for each in subject.others_described),
        *_in_detail(subject),
        f"By position, that is income less spending over the run, {within_sentence(position)}. "
        f"{sure_words(gap, position)}.",
    )


def _median(case: Case) -> float:
    return interval_of(case.gaps).median


def _what_moves_it(comparison: Comparison) -> str:
    """Say how often scenarios leave less than the baseline in these cases, or what explains the gap's variance."""
    found = find_verdict(comparison)
    if found is not None:
        return f"{headline(found)}. {sure_words(found)}."
    if reason_unavailable("drivers", comparison) is None:
        return f"{drivers_headline(drivers(comparison))}."
    return (
        "How much of the gap’s variance each assumption explains is not known: only a Sobol sample of one scenario "
        "shows that."
    )


def _who_differs(comparison: Comparison) -> Iterator[str]:
    """Say which organisations gain at some sets of assumptions and pay at others; nothing if that is not known."""
    effects: dict[str, dict[str, set[Effect]]] = {}
    labels = {
        case.label: choice
        for choice, cases in group_points(comparison).items()
        for case in cases.values()
        if _is_against_same_set(comparison, case)
    }
    known: set[str] = set()
    for each in organisation_changes(comparison):
        if each.period == WHOLE_RUN and each.scenario in labels:
            known.add(each.scenario)
            effects.setdefault(labels[each.scenario], {}).setdefault(each.name, set()).add(each.effect)
    if not any(len(known.intersection(label for label in labels if labels[label] == choice)) > 1 for choice in effects):
        return
    both = {Effect.GAINS, Effect.PAYS}
    differing = {choice: [name for name, each in found.items() if both <= each] for choice, found in effects.items()}
    by_choice = [
        f"with {choice} {first_few(names, _MOST_NAMED)} {'gains' if len(names) == 1 else 'gain'} at some and "
        f"{'pays' if len(names) == 1 else 'pay'} at others"
        for choice, names in differing.items()
        if names
    ]
    how = "(against the baseline at the same set, by 95% intervals over its simulated runs)"
    if by_choice:
        yield f"Who gains and who pays depends on the set of assumptions: {'; '.join(by_choice)} {how}."
    else:
        yield f"No organisation gains at one set of assumptions and pays at another {how}."


def _is_against_same_set(comparison: Comparison, case: Case) -> bool:
    """Return False where a scenario's baseline is itself at other assumptions, as where one is varied at a time."""
    base = None if case.baseline is None else comparison.cases[case.baseline]
    if base is None or case.variant != base.variant:
        return True
    return all(case.values.get(each) == base.values.get(each) for each in comparison.assumptions)


def _still_open(comparison: Comparison, case: Case) -> str:
    """Say what a scenario leaves open in the last month, or that it leaves a surplus."""
    left, horizon = _median(case), horizon_of(comparison)
    found = f"{pounds(left)} a year is still open in {horizon}"
    if left < 0 and pounds(left) != pounds(0):
        found = f"nothing is open in {horizon}, and a surplus is left: a gap of {pounds(left)} a year"
    return (
        f"{capital(case.label)}: {found}{_ranges(case)}, of {pounds(case.before_savings)} before any savings and "
        f"against {target_words([case], 'a')}."
    )


def _spans(comparison: Comparison) -> str:
    """Say what all scenarios leave at the central assumptions, where no other ones were run."""
    spans = span_words([_median(case) for case in comparison.cases])
    return (
        f"{capital(CENTRAL)} {all_cases(comparison)} leave {spans} a year in {horizon_of(comparison)}, "
        f"{_of_the_gap(comparison.cases)}."
    )


def _in_detail(subject: Subject) -> Iterator[str]:
    """Say of which choice the details are, and with which it ties; nothing if it ties with none.

    Of what a search recommends nothing is said, since it goes by other rules.
    """
    if subject.comparison.search is not None:
        return
    if subject.verdicts:
        named = [label for label, by in subject.leading.unbeaten_by.items() if by is Measure.GAP]
        tied = [label for label in named if label != subject.case.label]
        described = {each.label for each in subject.in_question}
        if len(named) == len(tied) or described.issuperset(tied):
            return
    else:
        tied = [case.label for case in subject.comparison.cases if _ties(case, subject.case)]
    others = first_few(tied, _MOST_NAMED)
    if tied and subject.verdicts:
        yield f"Details are of {subject.case.label}; that it leaves less than any of {others} is not established."
    elif tied:
        yield (
            f"Details are of {subject.case.label}, which has the smallest median and ties with {others}: means within "
            f"{pounds(MATERIAL)} a year of its own, or no further than chance may make."
        )


def _ties(case: Case, detail: Case) -> bool:
    """Return True if the means of two cases are within £1m a year, or no further apart than chance may make."""
    if case is detail or len(case.gaps) != len(detail.gaps):
        return False
    (found,) = precisions_of((case.gaps - detail.gaps)[np.newaxis])
    return abs(found.mean) <= max(MATERIAL, 0.0 if isnan(found.half_width) else found.half_width)


def _of_the_gap(cases: Sequence[Case]) -> str:
    return f"of {before_savings_words(cases)} before any savings and against {target_words(cases, 'a')}"


def _left_by_chance(subject: Subject, against: Case) -> str:
    """Say what the choice in detail and the other leave at the central assumptions, with the bands by chance."""
    own, other = (interval_of(case.gaps) for case in (subject.case, against))
    often = f" ({band_words(own)} in 9 of 10 simulated runs, by chance alone)" if _has_width(own) else ""
    return (
        f"{capital(CENTRAL)}, {subject.case.label} leaves {pounds(own.median)} a year in "
        f"{horizon_of(subject.comparison)}{often} and {against.label} {_with_band(other)}, "
        f"{_of_the_gap((subject.case, against))}."
    )


def _left_if_uncertain(subject: Subject, against: Case) -> str:
    """Say what both leave allowing for uncertain assumptions, in how many cases it is less, and how far that holds."""
    wide = [varied_interval(case.study) for case in (subject.case, against)]
    own, other = (NOT_KNOWN if each is None else _with_band(each) for each in wide)
    said = f"Allowing for {uncertain_words(subject.case.study)}, they leave {own} and {other}"
    pair = subject.pair
    return f"{said}." if pair is None else f"{said}: {often_words(pair, 'the first')}"


def _left_by_other(subject: Subject) -> str:
    """Say what another choice in question leaves, by chance and allowing for uncertain assumptions."""
    wide, other = varied_interval(subject.case.study), subject.against
    also = "" if wide is None else f", and {_with_band(wide)} allowing for {uncertain_words(subject.case.study)}"
    said = f"{capital(subject.case.label)} leaves {_with_band(interval_of(subject.case.gaps))} a year {CENTRAL}{also}"
    return (
        f"{said}."
        if subject.pair is None or other is None
        else f"{said}: {often_words(subject.pair, 'it', other.label)}"
    )


def _with_band(interval: Interval) -> str:
    return f"{pounds(interval.median)}{within_words(interval)}"


def _ranges(case: Case) -> str:
    """Write both bands of the gap in brackets, and say which is which."""
    interval, wide = interval_of(case.gaps), varied_interval(case.study)
    by_chance = f"{band_words(interval)} in 9 of 10 simulated runs by chance alone"
    parts = [by_chance] if _has_width(interval) else []
    parts += [] if wide is None else [f"{band_words(wide)} allowing for {uncertain_words(case.study)}"]
    return f" ({'; '.join(parts)})" if parts else ""


def _has_width(interval: Interval) -> bool:
    return interval.low_90 < interval.high_90


def _how(study: Study) -> str:
    summary = summarise(study.ensemble)
    part, weeks = summary.delivered_of_paper.median, coverage_words(summary)
    delivered = "There are no programmes" if isnan(part) else f"{percent(part)} of the plan on paper is delivered"
    agreed = f"{percent(summary.plan_coverage.median)} of what was open was agreed after {weeks}"
    opened = agreed if summary.has_opened else f"nothing was open after {weeks}"
    asked = capital(asked_words(summary.question_ends, "organisations ask what they could do for the population"))
    few = met_words(summary.question_ends)
    return f"{delivered}, and {opened}. {asked}{f' (medians{few})' if few else ''}."
