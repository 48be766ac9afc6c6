"""The requests of a paper to its readers, where the experiment gives none: note, choose, and agree who does what."""

from simulation.analysis.assumptions import study_swings
from simulation.analysis.measure import Measure
from simulation.analysis.options import AS_IT_STANDS
from simulation.analysis.organisation_changes import sides_of
from simulation.analysis.verdict import Verdict, find_verdict
from simulation.charts.text.comparison_words import all_cases
from simulation.charts.text.swing_words import SwingNames
from simulation.formatting import listed
from simulation.report.money import changes_of
from simulation.report.subject import Subject
from simulation.results.comparison import Comparison

_NOTE = "note what the model finds, how sure that is, and what it leaves out"
_MOST_NAMED = 3


def requests_of(comparison: Comparison, subject: Subject | None) -> tuple[str, ...]:
    """Return requests that a board can decide, each to follow “is asked to”.

    Args:
        comparison: The results.
        subject: The choice in detail; None for sets of assumptions.
    """
    if subject is None and (found := find_verdict(comparison)) is not None:
        return (_NOTE, _choose_over_sets(found), "agree who leads the work, by a date set at this meeting")
    if subject is None or subject.against is None:
        return (_NOTE, f"choose {_assumption(subject)}", "agree who tests it, and by when")
    return (_NOTE, f"{_choose(comparison, subject)}{_limits(comparison)}", _agree(subject))


def _limits(comparison: Comparison) -> str:
    """Ask about the limits of a search too, where they excluded candidates."""
    is_limited = comparison.search is not None and comparison.search.limits
    return ", and whether the limits of the search should stand" if is_limited else ""


def _assumption(subject: Subject | None) -> str:
    """Name the assumptions from which to choose the one that is tested first."""
    study = None if subject is None else subject.case.study
    found = study_swings(study)
    clear = [] if found is None else [each for each in found.ranked if each.is_clear]
    if study is None or found is None or not clear:
        return "which assumption is tested in this place first"
    names = SwingNames([study.ensemble.scenario])
    named = listed(f"“{names.label(each)}”" for each in clear[:_MOST_NAMED])
    whose = "model’s assumptions" if found.unranked else "assumptions"
    return f"which of the {whose} that matter most is tested in this place first: {named}"


def _choose(comparison: Comparison, subject: Subject) -> str:
    """Ask for a choice among those that the paper names."""
    if not subject.verdicts:
        return (
            f"choose which of {all_cases(comparison)} to test further, with assumptions varied, before any is adopted"
        )
    labels, leading = subject.verdicts[Measure.GAP].labels, subject.leading
    if len(leading.named) == 1:
        return _work_up(subject, leading.named[0])
    if not leading.named or len(leading.named) > _MOST_NAMED:
        return f"choose which of the {len(labels)} choices to work up in full, since the model does not settle it"
    if leading.is_split:
        by_measure = " and by position ".join(
            listed(label for label in leading.named if (leading.unbeaten_by[label] is measure)) for measure in Measure
        )
        return f"choose what counts, and so which to work up in full: unbeaten are by the gap {by_measure}"
    by_what = "by the gap and by position" if Measure.POSITION in subject.verdicts else "by the gap"
    return f"choose which of these to work up in full, each of them unbeaten {by_what}: {listed(leading.named)}"


def _work_up(subject: Subject, label: str) -> str:
    """Ask to work a choice up; that without levers, or of a search the place as it stands, is to go on as before."""
    studies = subject.comparison.studies_in_tables
    if label == AS_IT_STANDS and subject.comparison.search is not None:
        return "choose whether the place goes on as it stands, or which other choice to test further"
    if label in studies and not studies[label].ensemble.scenario.levers:
        return f"choose whether to go on with {label}, or which other choice to test further"
    return f"choose whether {label} is worked up in full, with quality and equality impact assessments"


def _choose_over_sets(found: Verdict) -> str:
    """Ask for a choice among those that no other beats by the gap, where the cases are sets of assumptions."""
    if len(found.unbeaten) == 1:
        return f"choose whether {found.unbeaten[0]} is worked up in full, with quality and equality impact assessments"
    if 1 < len(found.unbeaten) <= _MOST_NAMED:
        named = listed(found.unbeaten)
        return f"choose which of these to work up in full, each of them unbeaten by the gap: {named}"
    return f"choose which of the {len(found.labels)} choices to work up in full, since the model does not settle it"


def _agree(subject: Subject) -> str:
    studies = [each.case.study for each, _ in subject.answered()]
    has_levers = any(study is not None and study.ensemble.scenario.levers for study in studies)
    lead = "agree who leads on each lever" if has_levers else "agree who leads the work"
    paying = list(
        dict.fromkeys(each.name for one, _ in subject.answered() for each in sides_of(changes_of(one)).paying)
    )
    if not paying:
        return f"{lead}, by a date set at this meeting"
    named = paying[:_MOST_NAMED]
    named += [f"{len(paying) - _MOST_NAMED} more"] if len(paying) > _MOST_NAMED else []
    return f"{lead}, and how those that pay are made whole ({listed(named)}), by a date set at this meeting"
