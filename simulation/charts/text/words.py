"""Numbers, months and names as a board reads them."""

from collections.abc import Iterable, Mapping
from math import isnan

from simulation.charts.drawing.lettering import drawable
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.results.axes import Axes

MINUS = "\N{MINUS SIGN}"

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "its", "of", "on", "the", "to", "with"}
_SHORT = 6
_PARAMETER_LABELS = {row.name: row.label for row in TABLE}


def pounds(amount: float, decimals: int | None = None) -> str:
    """Money in £m to a sensible precision: £139m, £3.4m, £0.04m.

    Args:
        amount: £m.
        decimals: Places after the point; as many as the amount needs if left out.
    """
    return f"{MINUS if _shown(amount, decimals).startswith('-') else ''}£{plain(amount, decimals).lstrip(MINUS)}m"


def plain(amount: float, decimals: int | None = None) -> str:
    """The figures of an amount without the unit, such as 139 or −3.4."""
    return _shown(amount, decimals).replace("-", MINUS)


def _shown(amount: float, decimals: int | None) -> str:
    if isnan(amount):
        return "?"
    places = decimals_of(amount) if decimals is None else decimals
    shown = f"{amount:,.{places}f}"
    if decimals is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.lstrip("-") if not shown.strip("-0.,") else shown


def decimals_of(amount: float) -> int:
    """Places after the point that an amount needs: none from ten on, and never so few that only noughts are left."""
    size = abs(amount)
    if size >= 9.95 or size == 0 or isnan(size):
        return 0
    places = 1
    while size < 0.095 and places < 6:
        size, places = size * 10, places + 1
    return places


def percent(share: float) -> str:
    """A share in whole per cent, never 0% or 100% where it is not quite.

    Args:
        share: 0–1.
    """
    if isnan(share):
        return "not known"
    hundredths = round(100 * share)
    if share > 0 and hundredths == 0:
        return "under 1%"
    if share < 1 and hundredths == 100:
        return "over 99%"
    return f"{hundredths}%"


def two_places(number: float) -> str:
    """A trust from 0 to 1 with two places."""
    return "not known" if isnan(number) else f"{number:.2f}"


def month_words(month: str, *, short: bool = False) -> str:
    """A month YYYY-MM in words: May 2016; March 2019, or short Mar 2019."""
    name = _MONTHS[int(month[5:]) - 1]
    return f"{name[:3] if short else name} {month[:4]}"


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


def pounds_to_tenths(amount: float) -> str:
    """Money where a column holds large and small amounts: £63m, £1.4m, £0m."""
    return pounds(amount, 0 if abs(amount) >= 9.95 or abs(amount) < 0.05 else 1)


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
