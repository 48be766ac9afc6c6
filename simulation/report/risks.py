"""Risks on a paper's front sheet: what could make the finding wrong, or the choice fail."""

from collections.abc import Iterator
from dataclasses import replace

from simulation.analysis.assumptions import Swing, assumption_swings, has_swings
from simulation.analysis.choices import drawn_by_any
from simulation.analysis.compare import count_cases
from simulation.analysis.holding_out import holding_out
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import THRESHOLD, Regret
from simulation.charts.text.comparison_words import short_frequency, target_met
from simulation.charts.text.finance_words import never_moving
from simulation.charts.text.study_words import uncertain_words
from simulation.charts.text.words import parameter_words
from simulation.formatting import in_hundred, pounds, range_words, stretch_words
from simulation.report.subject import Subject
from simulation.results.replicates import Replicates
from simulation.results.study import Study


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
    gap = subject.verdicts.get(Measure.GAP)
    if gap is not None:
        yield _regret_words(next(each for each in gap.regrets if each.label == subject.case.label))
    yield _target_words(subject)
    if study is not None:
        said = never_moving(holding_out(study), study.discount)
        if said:
            yield said


def _regret_words(regret: Regret) -> str:
    """Say how far the choice in detail is from the one that leaves least at each set of assumptions."""
    if regret.high <= THRESHOLD:
        return (
            f"In 19 of 20 sets of assumptions no other choice leaves over {pounds(THRESHOLD)} a year less than "
            f"{regret.label}."
        )
    half = f"at most {pounds(regret.median)} in half of the cases and " if regret.median > THRESHOLD else ""
    return (
        f"Another choice may leave less: {regret.label} leaves more than whichever choice leaves least in a case by "
        f"{half}at most {pounds(regret.high)} a year in 19 of 20."
    )


def _largest_assumption(study: Study, subject: Subject) -> Iterator[str]:
    """Say which assumption moves the gap most, if the sample has enough points to say so, and for which choices."""
    first = _largest(study.assumptions)
    if first is None or study.assumptions is None:
        return
    if not _is_clear(first):
        yield f"No single assumption clearly moves the gap{_chosen(subject)}."
        return
    others = [case.study for case in subject.comparison.cases_in_tables if case is not subject.case]
    moved = [_moves_most(None if other is None else other.assumptions) for other in others]
    whom = ", whichever is chosen" if all(name == first.parameter for name in moved) else _chosen(subject)
    yield (
        f"The assumption that moves the gap most{whom if others else ''}: "
        f"{_small(parameter_words(first.parameter))}, by {_size_words(first)} from one end of its "
        f"range to the other{stretch_words(study.assumptions.stretch)}."
    )


def _chosen(subject: Subject) -> str:
    """Name the choice in detail where there are others; nothing if it is alone."""
    return f" where {subject.case.label} is chosen" if len(subject.comparison.cases_in_tables) > 1 else ""


def _moves_most(varied: Replicates | None) -> str | None:
    """Return the parameter that clearly moves the gap most; None if none does, or there are too few points to say."""
    found = _largest(varied)
    return found.parameter if found is not None and _is_clear(found) else None


def _largest_for_the_difference(subject: Subject) -> Iterator[str]:
    """Say which assumption moves the difference between the two choices most: only that matters for choosing."""
    if subject.against is None or subject.case.study is None or subject.against.study is None:
        return
    own, other = subject.case.study.assumptions, subject.against.study.assumptions
    if own is None or other is None or count_cases(subject.case, subject.against) is None:
        return
    apart = {"gap": own["gap"][:, -1:] - other["gap"][:, -1:]}
    first = _largest(replace(own, columns=apart, parameters=drawn_by_any((own, other))))
    if first is None:
        return
    between = f"the difference between {subject.case.label} and {subject.against.label}"
    if _is_clear(first):
        yield f"What moves {between} most: {_small(parameter_words(first.parameter))}, by {_size_words(first)}."
    else:
        yield f"No single assumption clearly moves {between}."


def _largest(varied: Replicates | None) -> Swing | None:
    """Return the swing of the parameter that moves the gap most; None if there are too few points to say."""
    if varied is None or not has_swings(varied):
        return None
    return next(iter(assumption_swings(varied).swings), None)


def _is_clear(swing: Swing) -> bool:
    return abs(swing.swing) > swing.half_width


def _size_words(swing: Swing) -> str:
    size = abs(swing.swing)
    return f"{pounds(size)} a year ({range_words(size - swing.half_width, size + swing.half_width)})"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _target_words(subject: Subject) -> str:
    goal = subject.case.target
    met, of = target_met(subject.case)
    if not of:
        return f"Whether the target of {pounds(goal)} is met is not known."
    study = subject.case.study
    varied = None if study is None else study.assumptions
    if varied is None:
        return f"The target of {pounds(goal)} a year is met in {in_hundred(met, of)}."
    gaps = varied["gap"][:, -1]
    also = int((gaps <= goal).sum())
    if not met and not also:
        return (
            f"The target of {pounds(goal)} a year is met in no simulated run, by chance alone or allowing for "
            f"{uncertain_words(study)}."
        )
    over = f" by chance alone, and in {short_frequency(also, len(gaps))} allowing for {uncertain_words(study)}"
    return f"The target of {pounds(goal)} a year is met in {in_hundred(met, of)}{over}."
