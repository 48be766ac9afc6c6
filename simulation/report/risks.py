"""Risks on a paper's front sheet: what could make the finding wrong, or the choice fail."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulation.analysis.assumptions import Swings, assumption_swings, has_swings, study_swings, with_effect
from simulation.analysis.choices import drawn_by_any
from simulation.analysis.compare import count_cases
from simulation.analysis.holding_out import holding_out
from simulation.analysis.measure import Measure
from simulation.analysis.regret import Regret
from simulation.analysis.verdict import THRESHOLD
from simulation.charts.text.comparison_words import short_frequency, target_met, target_met_varied
from simulation.charts.text.finance_words import never_moving
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.swing_words import (
    SwingNames,
    count_rivals,
    none_words,
    unranked_words,
    whose_words,
)
from simulation.formatting import capital, counted, discount_words, in_hundred, pounds, range_words, stretch_words
from simulation.report.subject import Subject
from simulation.results.study import Study
from simulation.scenario.schema import Scenario


def risks_of(subject: Subject | None) -> tuple[str, ...]:
    """Return the risks: the assumption that matters most, regret, the target, and organisations that never move.

    Args:
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None:
        return ("None of these sets of assumptions is known to be the right one.",)
    return tuple(_sentences(subject))


def _sentences(subject: Subject) -> Iterator[str]:
    study = subject.case.study
    if study is not None:
        yield from _largest_assumption(study, subject)
        yield from _largest_for_the_difference(subject)
    yield from _regrets(subject)
    yield _target_words(subject)
    if study is not None:
        said = never_moving(holding_out(study), study.discount, subject.unit)
        if said:
            yield f"With {subject.case.label}: {said}" if subject.has_others else said


def _regrets(subject: Subject) -> Iterator[str]:
    """Say how far each choice in question is from the best at each set of assumptions, by what it is judged by."""
    for label, measure in subject.leading.answered.items():
        found = subject.verdicts.get(measure)
        regret = None if found is None else next((each for each in found.regrets if each.label == label), None)
        if regret is not None:
            yield _regret_words(regret, measure, discount_words(subject.comparison.discount))


def _regret_words(regret: Regret, measure: Measure, prices: str) -> str:
    """Say how far a choice is from the one that is best by a measure at each set of assumptions."""
    there, label, is_gap = "by the mean of the simulated runs there", regret.label, measure is Measure.GAP
    if regret.high <= THRESHOLD:
        often, least = "all" if regret.highest <= THRESHOLD else regret.often, pounds(THRESHOLD)
        ahead = f"leaves over {least} a year less" if is_gap else f"has a position ({prices}) over {least} better"
        return f"At {often} sets of assumptions, no other choice {ahead} than {label}, {there}."
    half = f"at most {pounds(regret.median)} in half of the sets and " if regret.median > THRESHOLD else ""
    most = f"by {half}at most {pounds(regret.high)}{' a year' if is_gap else ''} in {regret.often}"
    if is_gap:
        may, behind = "leave less", "leaves more than whichever choice leaves least"
    else:
        may, behind = f"have a better position ({prices})", "is behind whichever choice is best"
    return f"Another choice may {may}: {label} {behind} at a set of assumptions, {there}, {most}."


def _largest_assumption(study: Study, subject: Subject) -> Iterator[str]:
    """Say what moves the gap most of all that was varied, if there are points enough to say so, for which choices."""
    found = study_swings(study)
    if found is None:
        return
    first, own = found.ranked[0], unranked_words(found)
    if not first.is_clear:
        yield f"{none_words(found)} clearly moves the gap{_chosen(subject)}.{own}"
        return
    if count_rivals(found):
        yield (
            f"What moves the gap most{_chosen(subject)}{stretch_words(found.stretch)} is not clear: the estimate is "
            f"largest for {_name(found, [study.ensemble.scenario])}, {_size(found)}, {_rivals(found)}.{own}"
        )
        return
    others = [case.study for case in subject.comparison.cases_in_tables if case is not subject.case]
    moved = [_moves_most(other) for other in others]
    is_same = bool(others) and all(name == first.parameter for name in moved)
    whom, whose = (", whichever is chosen", _chosen(subject)) if is_same else (_chosen(subject), "")
    most = f"{whose_words(found)}the {'one' if found.unranked else 'assumption'} that moves the gap most"
    yield (
        f"{capital(most)}{whom}: {_name(found, [study.ensemble.scenario])}, by {_size(found)} from one end of its "
        f"range to the other{stretch_words(found.stretch)}{whose}.{own}"
    )


def _chosen(subject: Subject) -> str:
    """Name the choice in detail where there are others; nothing if it is alone."""
    return f" where {subject.case.label} is chosen" if subject.has_others else ""


def _moves_most(study: Study | None) -> str | None:
    """Return what clearly moves the gap most; None if nothing does, or there are too few points to say."""
    found = study_swings(study)
    is_known = found is not None and found.ranked[0].is_clear and not count_rivals(found)
    return found.ranked[0].parameter if found is not None and is_known else None


def _largest_for_the_difference(subject: Subject) -> Iterator[str]:
    """Say what moves the difference between the two choices most of all that was varied: it matters for choosing.

    What one choice alone holds or has, a parameter or a number, counts as the other draws it. What changes nothing in
    either doesn't count.
    """
    if subject.against is None or subject.case.study is None or subject.against.study is None:
        return
    studies = [subject.case.study, subject.against.study]
    samples = [with_effect(each.assumptions, each) for each in studies if each.assumptions]
    if len(samples) < len(studies) or count_cases(subject.case, subject.against) is None:
        return
    scenarios, (own, other) = [each.ensemble.scenario for each in studies], samples
    apart, numbers = {"gap": own["gap"][:, -1:] - other["gap"][:, -1:]}, {**other.own_numbers, **own.own_numbers}
    sample = replace(own, columns=apart, parameters=drawn_by_any(samples), own_numbers=numbers)
    if not has_swings(sample):
        return
    found = assumption_swings(sample)
    between = f"the difference between {subject.case.label} and {subject.against.label}"
    if found.ranked[0].is_clear and count_rivals(found):
        yield (
            f"What moves {between} most is not clear: the estimate is largest for {_name(found, scenarios)}, "
            f"{_size(found)}, {_rivals(found)}.{unranked_words(found)}"
        )
    elif found.ranked[0].is_clear:
        most = capital(f"{whose_words(found)}what moves {between} most")
        yield f"{most}: {_name(found, scenarios)}, by {_size(found)}.{unranked_words(found)}"
    else:
        yield f"{none_words(found)} clearly moves {between}.{unranked_words(found)}"


def _name(found: Swings, scenarios: Sequence[Scenario]) -> str:
    """Return the name of what has the largest swing."""
    return SwingNames(scenarios).within(found.ranked[0])


def _size(found: Swings) -> str:
    """Return the largest swing with its interval."""
    size, wide = abs(found.ranked[0].swing), found.ranked[0].half_width
    return f"{pounds(size)} a year ({range_words(size - wide, size + wide)})"


def _rivals(found: Swings) -> str:
    return f"and {counted(count_rivals(found), 'other')} may move it more"


def _target_words(subject: Subject) -> str:
    goal, whose = subject.case.target, f" with {subject.case.label}" if subject.has_others else ""
    met, of = target_met(subject.case)
    if not of:
        return f"Whether the target of {pounds(goal)} is met{whose} is not known."
    study, varied = subject.case.study, target_met_varied(subject.case)
    if study is None or varied is None:
        return f"The target of {pounds(goal)} a year is met{whose} in {in_hundred(met, of)}."
    if not met and not varied[0]:
        return (
            f"The target of {pounds(goal)} a year is met{whose} in no simulated run, by chance alone or allowing for "
            f"{uncertain_words(study)}."
        )
    over = f" by chance alone, and in {short_frequency(*varied)} allowing for {uncertain_words(study)}"
    return f"The target of {pounds(goal)} a year is met{whose} in {in_hundred(met, of)}{over}."
