"""The requests of a paper to its readers, where the experiment gives none: note, choose, and agree who does what."""

from collections.abc import Sequence

from simulation.analysis.assumptions import study_swings
from simulation.analysis.verdict import Verdict, find_verdict
from simulation.charts.text.comparison_words import all_cases
from simulation.charts.text.swing_words import SwingNames, is_clear
from simulation.formatting import listed
from simulation.report.money import changes_of
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison

_NOTE = "note what the model finds, how sure that is, and what it leaves out"
_MOST_NAMED = 3
_HARDLY = 0.005
"""£m; an organisation that pays less pays nothing."""


def requests_of(comparison: Comparison, subject: Subject | None) -> tuple[str, ...]:
    """Return requests that a board can decide, each to follow “is asked to”.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None and (found := find_verdict(comparison)) is not None:
        return (_NOTE, _choose(comparison, (found,)), "agree who leads the work, by a date set at this meeting")
    if subject is None or subject.against is None:
        return (_NOTE, f"choose {_assumption(subject)}", "agree who tests it, and by when")
    return (_NOTE, _choose(comparison, tuple(subject.verdicts.values())), _agree(subject))


def _assumption(subject: Subject | None) -> str:
    """Name the assumptions from which to choose the one that is tested first."""
    study = None if subject is None else subject.case.study
    found = study_swings(study)
    clear = [] if found is None else [each for each in found.ranked if is_clear(each)]
    if study is None or found is None or not clear:
        return "which assumption is tested in this place first"
    names = SwingNames([study.ensemble.scenario])
    named = listed(f"“{names.label(each)}”" for each in clear[:_MOST_NAMED])
    whose = "model’s assumptions" if found.unranked else "assumptions"
    return f"which of the {whose} that matter most is tested in this place first: {named}"


def _choose(comparison: Comparison, verdicts: Sequence[Verdict]) -> str:
    """Ask for a choice among those that no other beats by every measure."""
    if not verdicts:
        return (
            f"choose which of {all_cases(comparison)} to test further, with assumptions varied, before any is adopted"
        )
    labels = verdicts[0].labels
    unbeaten = [label for label in labels if any(label in each.unbeaten for each in verdicts)]
    if len(unbeaten) == 1:
        return f"choose whether {unbeaten[0]} is worked up in full, with quality and equality impact assessments"
    if 1 < len(unbeaten) <= _MOST_NAMED:
        return (
            f"choose which of these to work up in full, each of them unbeaten {_by_what(verdicts)}: {listed(unbeaten)}"
        )
    return f"choose which of the {len(labels)} choices to work up in full, since the model does not settle it"


def _by_what(verdicts: Sequence[Verdict]) -> str:
    if len(verdicts) == 1:
        return "by the gap"
    return f"by the gap {'and' if len({each.unbeaten for each in verdicts}) == 1 else 'or'} by position"


def _agree(subject: Subject) -> str:
    study = subject.case.study
    has_levers = study is not None and bool(study.ensemble.scenario.levers)
    lead = "agree who leads on each lever" if has_levers else "agree who leads the work"
    paying = sorted(
        (each for each in changes_of(subject) if each.precision.mean <= -_HARDLY), key=lambda each: each.precision.mean
    )
    if not paying:
        return f"{lead}, by a date set at this meeting"
    named = [each.name for each in paying[:_MOST_NAMED]]
    named += [f"{len(paying) - _MOST_NAMED} more"] if len(paying) > _MOST_NAMED else []
    return f"{lead}, and how those that pay are made whole ({listed(named)}), by a date set at this meeting"
