"""Names and lists as a board reads them."""

from collections.abc import Iterable, Mapping

from simulation.charts.drawing.lettering import drawable
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.results.axes import Axes

_SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "its", "of", "on", "the", "to", "with"}
_SHORT = 6
_PARAMETER_LABELS = {row.name: row.label for row in TABLE}


def replicates_words(count: int) -> str:
    """So many replicates."""
    return "one simulated run" if count == 1 else f"{count:,} simulated runs"


def domain_words(domain: str | None) -> str:
    """A domain as a label: "Acute group" for acute_group, "IT" for it; what is not named is "Other programmes"."""
    if domain is None:
        return "Other programmes"
    words = domain.replace("_", " ").strip() or domain
    return words.upper() if len(words) <= 2 else words[:1].upper() + words[1:]


def lever_words(lever: str) -> str:
    """Return a lever's label (Shared goal); anything else that differs in its own words (Everything else)."""
    return Lever(lever).label if lever in set(Lever) else _as_label(lever)


def parameter_words(address: str) -> str:
    """Return what is varied as a label: How fast trust grows; Coaching strength.

    Args:
        address: A parameter's name, or the address of a place in a scenario, such as `levers.coaching.strength`.
    """
    name = address.removeprefix("parameters.")
    if name in _PARAMETER_LABELS:
        return _PARAMETER_LABELS[name]
    lever, dot, rest = name.removeprefix("levers.").partition(".")
    if lever in set(Lever):
        return f"{Lever(lever).label}{dot.replace('.', ' ')}{_as_words(rest)}"
    return _as_label(name.removeprefix("levers.").replace("*.", ""))


def _as_label(name: str) -> str:
    return capital(_as_words(name))


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace(".", " ").strip()


def capital(text: str) -> str:
    """A text that begins a sentence or a line."""
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Names with commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def organisation_label(axes: Axes, organisation: str) -> str:
    """An organisation's name as the fonts can draw it, else its id."""
    return drawable(axes.organisation_name(organisation)) or organisation


def programme_label(axes: Axes, programme: str) -> str:
    """A programme's title as the fonts can draw it, else its id."""
    return drawable(axes.opportunity_title(programme)) or programme


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """A few letters for each organisation, no two the same.

    A short name stays as it is; a short id is an acronym that people know; else the first letters of the name's words,
    acronyms in it kept whole.

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
