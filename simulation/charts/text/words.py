"""Names, labels and lists as a board reads them."""

from collections.abc import Callable, Mapping

from simulation.analysis.bands import Interval
from simulation.charts.drawing.lettering import drawable
from simulation.formatting import capital, counted, pounds, range_words
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.results.axes import Axes
from simulation.results.case_labels import address_words
from simulation.scenario.changes import EVERYTHING_ELSE, LeverChange

ONE_RUN = "One simulated run, so chance is not shown."
"""The note on chance if there is a single replicate."""

UNVARIED = "assumptions are not varied"
"""The note on assumptions of a chart that shows nothing of what other assumptions do."""

_SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "its", "of", "on", "the", "to", "with"}
_SHORT = 6
_PARAMETER_LABELS = {row.name: row.label for row in TABLE}


def one_run_words(wide: str = "", *, unvaried: str = UNVARIED) -> str:
    """Say of a single replicate that chance is not shown, and what shows uncertain assumptions.

    Args:
        wide: A sentence on what the chart shows over uncertain assumptions; empty if it shows nothing of them.
        unvaried: What is said then, without a full stop.
    """
    return f"{ONE_RUN} {wide}" if wide else f"{ONE_RUN.removesuffix('.')}; {unvaried}."


def replicates_words(count: int) -> str:
    """Say how many replicates there are: one simulated run; 1,000 simulated runs."""
    return "one simulated run" if count == 1 else counted(count, "simulated run")


def band_words(interval: Interval, show: Callable[[float], str] = pounds) -> str:
    """Write the 90% band of a number: £38m to £54m.

    Args:
        interval: Where the number lies over replicates.
        show: Writes one number.
    """
    return range_words(interval.low_90, interval.high_90, show)


def within_words(interval: Interval, show: Callable[[float], str] = pounds) -> str:
    """Write the 90% band in brackets after a space; nothing if it has no width.

    Args:
        interval: Where the number lies over replicates.
        show: Writes one number.
    """
    return f" ({band_words(interval, show)})" if interval.low_90 < interval.high_90 else ""


def domain_words(domain: str | None) -> str:
    """Return a domain's label: "Acute group" for acute_group, "IT" for it, "Other programmes" for none."""
    if domain is None:
        return "Other programmes"
    words = domain.replace("_", " ").strip() or domain
    return words.upper() if len(words) <= 2 else words[:1].upper() + words[1:]


def lever_words(lever: str) -> str:
    """Return a lever's label (Shared goal); anything else that differs in its own words (Everything else)."""
    return Lever(lever).label if lever in set(Lever) else _as_label(lever)


def change_words(lever: str, change: LeverChange) -> str:
    """Return the label of what one scenario does with a lever that another does not: Coaching; Dropping coaching.

    Args:
        lever: The lever, or anything else that differs.
        change: The way in which it differs.
    """
    label = lever_words(lever)
    if lever == EVERYTHING_ELSE or change is LeverChange.ADDED:
        return label
    return f"{'Dropping' if change is LeverChange.DROPPED else 'Changing'} {label[:1].lower()}{label[1:]}"


def parameter_words(address: str) -> str:
    """Return what is varied as a label: How fast trust grows; Coaching strength.

    Args:
        address: A parameter's name, or the address of a place in a scenario, such as `levers.coaching.strength`.
    """
    name = address.removeprefix("parameters.")
    if name in _PARAMETER_LABELS:
        return _PARAMETER_LABELS[name]
    if name.startswith("levers.") and "*" not in name:
        return capital(address_words(name))
    return _as_label(name.removeprefix("levers.").replace("*.", ""))


def _as_label(name: str) -> str:
    return capital(_as_words(name))


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace(".", " ").strip()


def organisation_label(axes: Axes, organisation: str) -> str:
    """Return an organisation's name as the fonts can draw it, or its id if nothing of the name is left."""
    return drawable(axes.organisation_name(organisation)) or organisation


def programme_label(axes: Axes, programme: str) -> str:
    """Return a programme's title as the fonts can draw it, or its id if nothing of the title is left."""
    return drawable(axes.opportunity_title(programme)) or programme


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Choose a few letters for each organisation, no two the same.

    A short name stays as it is. A short id is taken to be an acronym that people know. Otherwise the first letters of
    the name's words are used, and acronyms in it whole.

    Args:
        names: Names by id.
    """
    taken: dict[str, str] = {}
    for organisation in sorted(names):
        short = _short_name(organisation, names[organisation])
        number, unique = 1, short
        while unique in taken.values():
            number += 1
            unique = f"{short}{number}"
        taken[organisation] = unique
    return taken


def _short_name(organisation: str, name: str) -> str:
    if len(name) <= _SHORT:
        return name
    if len(organisation) <= _SHORT and organisation.isalnum():
        return organisation.upper()
    main = name.split("(", maxsplit=1)[0].split(",", maxsplit=1)[0] or name
    words = "".join(letter if letter.isalnum() else " " for letter in main).split()
    parts = [
        word if word.isupper() and len(word) <= 4 else word[0].upper() for word in words if word not in _SMALL_WORDS
    ]
    return "".join(parts)[:_SHORT] or organisation[:_SHORT].upper()
