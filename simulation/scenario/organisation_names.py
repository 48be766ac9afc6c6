"""An organisation found by its id, its name or a part of its name."""

from collections.abc import Iterable, Mapping

from simulation.known_names import closest
from simulation.scenario.entries import OrganisationEntry

_SHORTEST_WORD = 4
"""Letters of the shortest word of a name that is compared with what was written."""


def find_organisation(organisations: Mapping[str, OrganisationEntry], written: str) -> str:
    """Return the id of the one organisation that is meant.

    An id comes first, then a whole name, then the beginning of names, then any part of them; case does not matter.

    Args:
        organisations: The organisations, by id.
        written: An id, a name or a part of a name that only one has.

    Raises:
        ValueError: If none or several have it; the message names them.
    """
    if written in organisations:
        return written
    names = {each: entry.name or each for each, entry in sorted(organisations.items())}
    wanted = written.casefold() if isinstance(written, str) else ""
    folded = {each: name.casefold() for each, name in names.items()}
    for matches in (
        [each for each in names if wanted in {each.casefold(), folded[each]}],
        [each for each, name in folded.items() if name.startswith(wanted)],
        [each for each, name in folded.items() if wanted in name],
    ):
        if wanted and len(matches) == 1:
            return matches[0]
        if wanted and matches:
            message = f"{written!r} may be {_listed(names, matches)}; write more of the name, or the id"
            raise ValueError(message)
    raise ValueError(_unknown(names, written))


def _unknown(names: Mapping[str, str], written: str) -> str:
    words = {word for name in names.values() for word in (*name.split(), name) if len(word) >= _SHORTEST_WORD}
    suggestion = closest(written, {*words, *names})
    if suggestion is None:
        return f"unknown organisation {written!r}; there are {', '.join(names)}"
    meant = [each for each, name in names.items() if suggestion in {each, name, *name.split()}]
    return f"unknown organisation {written!r}; did you mean {_listed(names, meant)}?"


def _listed(names: Mapping[str, str], chosen: Iterable[str]) -> str:
    return " or ".join(each if names[each] == each else f"{each} ({names[each]})" for each in chosen)
