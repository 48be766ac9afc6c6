"""The value of information in words: one place for the charts, the papers, the terminal and the notebooks."""

from simulation.analysis.drawn_words import drawn_and_held, drawn_words
from simulation.analysis.information import Information, Inquiry
from simulation.analysis.information_varied import InquiryKind
from simulation.analysis.survey_worth import SurveyWorth
from simulation.analysis.value_of_information import PartialWorth, Worth
from simulation.formatting import (
    capital,
    counted,
    discount_words,
    listed,
    parts_of_hundred,
    pounds,
    range_words,
    stretch_words,
)

NOT_CLEAR = "not distinguishable from 0"
NOTHING = "Nothing that can be found out about {} would change the choice"
NO_ONE_THING = "No one thing that can be found out about {} would clearly change the choice"


def information_headline(found: Information) -> str:
    """Return the finding in a sentence without a full stop: what is worth most to know, or that nothing is.

    Args:
        found: The value of information.
    """
    if found.first is not None:
        return inquiry_words(found.first, found.points)
    about = drawn_words(found.drawn) if found.drawn else "these assumptions"
    return (NOTHING if found.perfect.uncorrected == 0 else NO_ONE_THING).format(about)


def all_words(found: Information) -> str:
    """Name all that can be known, as a label: all assumptions, or those that an experiment draws itself.

    Args:
        found: The value of information.
    """
    if not found.drawn:
        return "all assumptions"
    if found.drawn == 1:
        return drawn_words(1)
    return f"{'both' if found.drawn == 2 else f'all {found.drawn}'} assumptions that were drawn"


def inquiry_words(each: Inquiry, points: int) -> str:
    """Say how often knowing something would change the choice and what it is worth, without a full stop.

    Args:
        each: What can be found out.
        points: Number of points.
    """
    if not each.worth.is_clear:
        return f"What knowing {known_words(each)} would be worth is {NOT_CLEAR}"
    changes = f"would change the choice in {changes_words(each.worth, points)}"
    return f"Knowing {known_words(each)} {changes} and is worth {pounds(each.worth.value)}"


def known_words(each: Inquiry) -> str:
    """Name what would be known, within a sentence: a group in its own words, one assumption by its label.

    Args:
        each: What can be found out.
    """
    if each.kind is not InquiryKind.PARAMETER:
        return each.label
    small = f"{each.label[:1].lower()}{each.label[1:]}"
    return f"“{small}”" if small.startswith("how ") else small


def changes_words(worth: Worth, points: int) -> str:
    """Write at how many points another choice would be taken: 31 of 100 cases.

    Args:
        worth: What knowing is worth.
        points: Number of points.
    """
    count = round(worth.changes * points)
    part, _ = parts_of_hundred((count, points - count))
    return f"{part} of {min(100, points)} cases"


def worth_words(worth: PartialWorth) -> str:
    """Write what knowing is worth with its 95% interval, or that it is not distinguishable from 0.

    Args:
        worth: What knowing is worth.
    """
    if not worth.is_clear:
        return NOT_CLEAR
    return f"{pounds(worth.value)} ({range_words(worth.low, worth.high)})"


def perfect_words(found: Information) -> str:
    """Say what it would be worth to know all assumptions: no inquiry can be worth more.

    Args:
        found: The value of information.
    """
    worth, best = found.perfect, found.best
    if worth.uncorrected == 0:
        return (
            f"By the mean of its simulated runs {best} has the best position at every set of assumptions, so knowing "
            "them would change nothing."
        )
    if worth.changes == 0:
        return (
            f"By the mean of its simulated runs {best} has the best position at most sets of assumptions, and another "
            f"has it no more often than chance alone makes it so. Knowing them is worth {pounds(worth.value)} "
            f"({range_words(worth.low, worth.high)}{_discounted(found)})."
        )
    what = drawn_words(found.drawn) if found.drawn else "every assumption"
    others = " All others stayed at their central values, and are in no figure here." if found.drawn else ""
    return (
        f"On average over the cases {best} has the best position. Knowing {what} exactly would change that "
        f"in {changes_words(worth, found.points)} and be worth {pounds(worth.value)} "
        f"({range_words(worth.low, worth.high)}{_discounted(found)}): no inquiry into them can be worth more."
        f"{_above_words(found)}{others}{_chance_words(found)}"
    )


def _above_words(found: Information) -> str:
    """Say of what the regression finds more than all are worth, and by which rule it is shown as worth no more."""
    most = pounds(found.perfect.value)
    named = [(known_words(each), each.worth) for each in found.inquiries]
    named += [(f"a survey with {counted(each.respondents, 'respondent')}", each) for each in found.surveys]
    above = [
        f"{name} ({pounds(worth.above_all)})"
        for name, worth in dict(named).items()
        if worth.above_all is not None and worth.is_clear and pounds(worth.above_all) != most
    ]
    if not above:
        return ""
    return (
        f" Regression, by which parts are estimated, finds more for {listed(above)}, as chance may: what is found "
        "above the whole is shown as worth the whole."
    )


def _discounted(found: Information) -> str:
    """Say if positions are discounted, after a comma."""
    return f", {discount_words(found.discount)}"


def _chance_words(found: Information) -> str:
    """Say what chance in the mean of few replicates adds to the worth of knowing everything."""
    if found.replicates == 1:
        return " With one simulated run of each case, chance is in this figure, which is too high."
    seems, corrected = pounds(found.perfect.uncorrected), pounds(found.perfect.value)
    if seems == corrected:
        return ""
    runs = counted(found.replicates, "simulated run")
    return f" Before what chance adds to the mean of {runs} is taken out, this is {seems}."


def survey_words(each: SurveyWorth, points: int) -> str:
    """Say what a survey of trust is worth, and against what it costs if that is known.

    Args:
        each: The survey.
        points: Number of points.
    """
    asked = f"a survey in which {counted(each.respondents, 'person answers', 'people answer')}"
    if not each.is_clear:
        said = f"What {asked} would be worth is {NOT_CLEAR}"
        return said if each.cost is None else f"{said}; it costs {pounds(each.cost)}"
    said = (
        f"{capital(asked)} would change the choice in {changes_words(each, points)} and is worth {pounds(each.value)}"
    )
    if each.cost is None or each.net is None:
        return said
    verdict = "more than it costs" if each.net > 0 else "less than it costs"
    return f"{said}, {verdict} ({pounds(each.cost)})"


def surveys_sentence(found: Information) -> str:
    """Say what surveys of trust are worth, in a sentence or more; empty if trust was not varied.

    Args:
        found: The value of information.
    """
    if not found.surveys:
        return ""
    if not any(each.is_clear for each in found.surveys):
        largest = max(each.respondents for each in found.surveys)
        cost = found.surveys[0].cost
        so = "" if cost is None else f" It costs {pounds(cost)}."
        return f"What a survey of trust would be worth is {NOT_CLEAR}, even with {counted(largest, 'respondent')}.{so}"
    return " ".join(f"{survey_words(each, found.points)}." for each in found.surveys)


def together_words(found: Information) -> str:
    """Say what chance may show, in a sentence: all that can be found out is judged together.

    Args:
        found: The value of information.
    """
    count = counted(len(found.inquiries) + len(found.surveys), "figure")
    return (
        f"Chance: of {count} whose numbers are shuffled, none goes above it in 19 of 20 shuffles (one test for all, "
        "Westfall and Young 1993)."
    )


def _of_what(found: Information) -> str:
    return drawn_and_held(found.drawn) if found.drawn else f"assumptions{stretch_words(found.stretch)}"


def basis_words(found: Information) -> str:
    """Say what the figures are: position over the run, at so many sets of assumptions.

    Args:
        found: The value of information.
    """
    return (
        f"Worth is the gain in the place’s position over the run, costs included{_discounted(found)}, over "
        f"{counted(found.points, 'set')} of {_of_what(found)}"
    )
