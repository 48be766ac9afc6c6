"""The parts of results that are left out because replicates failed, so that all choices have the same cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Protocol

from simulation.formatting import counted, listed, stretch_words
from simulation.limits import MOST_STUDIES

LeftOutOf = Literal[
    "comparison", "scenario", "points", "assumptions", "stretched", "fixed-stances", "attribution", "attribution-ranges"
]

NOTE = "left-out.txt"
"""The file that says what is left out of the CSV files beside it, since these have no room for it."""

NOT_RANDOM = (
    "Failures may not be random: what breaks may be the extreme case, so that the figures of what remains mislead"
)

_MOST_NAMED = 4

_OF_COMBINATIONS = frozenset({"attribution", "attribution-ranges"})
"""Parts whose failures are of combinations of levers, which no scenario is named after."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """The replicates or points that are left out of one part of some results because replicates failed.

    Attributes:
        part: The part: the compared scenarios' replicates, whole scenarios, or drawn points; or the supporting runs.
        count: How many are left out.
        of: How many there were.
        failed: In how many of these each scenario failed, by name; scenarios without failures are not listed. Of an
            attribution, in how many a combination of levers failed, and in how many more a compared scenario.
        stretch: Of samples of assumptions, the factor by which their ranges were stretched.
    """

    part: LeftOutOf
    count: int
    of: int
    failed: tuple[tuple[str, int], ...] = ()
    stretch: float = 1.0

    @property
    def is_all(self) -> bool:
        """True if nothing remains."""
        return self.count >= self.of

    @property
    def short(self) -> str:
        """Their number, for a line under a chart: 8 of 24 simulated runs."""
        return f"{self.count:,} of {counted(self.of, *self._unit)}"

    @property
    def words(self) -> str:
        """Their number and why, as a sentence without a full stop."""
        if self.part == "scenario":
            names = _names([f"“{name}”" for name, _ in self.failed])
            is_one = self.count == 1
            return (
                f"{names} {'is' if is_one else 'are'} left out: no simulated run of {'it' if is_one else 'them'} worked"
            )
        quoted = "{}" if self.part in _OF_COMBINATIONS else "“{}”"
        where = f": runs failed in {_names([f'{quoted.format(name)} ({number:,})' for name, number in self.failed])}"
        if self.is_all:
            return f"{_WITHOUT[self.part]}, since none of {counted(self.of, *self._unit)} {_WORKED}{where}"
        are = "is" if self.count == 1 else "are"
        return f"{self.short} {are} left out of {_OUT_OF[self.part]}{where}"

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        named = {"part": self.part, "left_out": self.count, "of": self.of, "failed": dict(self.failed)}
        return named | ({"stretch": float(self.stretch)} if self.part in {"assumptions", "stretched"} else {})

    @property
    def _unit(self) -> tuple[str, str]:
        if self.part == "scenario":
            return ("scenario", "scenarios")
        if self.part == "fixed-stances":
            return ("case of an organisation that never moves", "cases of an organisation that never moves")
        if self.part in {"comparison", "attribution"}:
            return ("simulated run", "simulated runs")
        over = stretch_words(self.stretch)
        return (f"set of assumptions{over}", f"sets of assumptions{over}")


_WORKED = "worked in every scenario"

_OUT_OF: dict[LeftOutOf, str] = {
    "comparison": "every scenario, so that all are compared over the same ones",
    "points": "every scenario, so that all are compared over the same ones",
    "assumptions": "what allows for uncertain assumptions, for every scenario",
    "stretched": "how far findings hold, for every scenario",
    "fixed-stances": "the results",
    "attribution": "what each lever is worth",
    "attribution-ranges": "what each lever is worth over the ranges",
}

_WITHOUT: dict[LeftOutOf, str] = {
    "comparison": "There is no comparison",
    "points": "There is no comparison",
    "assumptions": "Nothing allows for uncertain assumptions",
    "stretched": "How far findings hold was not tried at this width",
    "fixed-stances": "What it brings an organisation never to move is not known",
    "attribution": "What each lever is worth is not known",
    "attribution-ranges": "What each lever is worth over the ranges is not known",
}


def left_out_words(left_out: Iterable[LeftOut], folder: object = "") -> str:
    """Return what is left out, why that matters and what to do, in a few sentences; nothing if nothing is.

    Args:
        left_out: What is left out of each part.
        folder: The folder of the results, for the command that runs what failed again.
    """
    said = [each.words for each in left_out]
    if not said:
        return ""
    return f"{'. '.join(said)}. {NOT_RANDOM}. To run what failed again: trustsim retry {folder or 'RESULTS'}."


def left_out_in_short(left_out: Iterable[LeftOut]) -> str:
    """Return what is left out, for a line of sources; nothing if nothing is."""
    said = [each.short for each in left_out]
    return f"left out since runs failed: {listed(said)}" if said else ""


class Unjudged(StrEnum):
    """Why choices are not judged, and nothing allows for uncertain assumptions, although these were to be varied."""

    COMPARISON = "the comparison is not finished"
    SAMPLE = "the runs with uncertain assumptions are not finished"
    NO_TABLES = "the scenarios’ own tables were not all kept"
    TOO_MANY = f"the whole tables of more than {MOST_STUDIES} scenarios are not read"

    @property
    def way_out(self) -> str:
        """The way to have choices judged, without a full stop."""
        return _WAYS_OUT[self]


_WAYS_OUT = {
    Unjudged.COMPARISON: "the same `trustsim batch` goes on",
    Unjudged.SAMPLE: "the same `trustsim batch` goes on",
    Unjudged.NO_TABLES: "without `detail` in the experiment file, `trustsim batch` keeps them",
    Unjudged.TOO_MANY: f"compare {MOST_STUDIES} at most in one experiment",
}


class Marked(Protocol):
    """Results that say what of them is left out, and why choices are not judged."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The parts of which replicates were left out because some failed."""
        ...

    @property
    def unjudged(self) -> Unjudged | None:
        """The reason why nothing allows for uncertain assumptions, although these were to be varied."""
        ...

    @property
    def has_sets_of_assumptions(self) -> bool:
        """True if the results themselves are of several sets of assumptions, as where a month is varied as one."""
        ...


def unvaried_words(results: Marked | None = None, *, were: str = "were", part: LeftOutOf = "assumptions") -> str:
    """Say why nothing allows for uncertain assumptions, without a full stop; or that others than shown do not differ.

    Args:
        results: The results; none to say that assumptions were not varied.
        were: The verb if assumptions were not varied at all: were or are.
        part: The sample of assumptions.
    """
    if results is not None and results.unjudged:
        return results.unjudged
    for each in () if results is None else results.left_out:
        if each.part == "scenario":
            names = _names([f"“{name}”" for name, _ in each.failed])
            return f"no simulated run of {names} worked"
        if each.part == part and each.is_all:
            return f"none of {counted(each.of, 'set')} of assumptions {_WORKED}"
    if results is not None and results.has_sets_of_assumptions:
        return f"no other assumptions {were} varied"
    return f"assumptions {were} not varied"


def lost_baseline(left_out: Iterable[LeftOut], baseline: str) -> str:
    """Say that no simulated run of a baseline worked, as a clause; nothing if one did.

    Args:
        left_out: What is left out of the results.
        baseline: Label of the scenario that others are compared with.
    """
    lost = any(each.part == "scenario" and baseline in dict(each.failed) for each in left_out)
    return f"no simulated run of “{baseline}” worked" if lost else ""


def how_to_vary(results: Marked) -> str:
    """Return what makes results allow for uncertain assumptions that do not, without a full stop.

    Args:
        results: The results.
    """
    if results.unjudged:
        return results.unjudged.way_out
    if results.left_out:
        return "run `trustsim retry`"
    return "run it with run_comparison(..., supporting_runs=True), or as a batch"


def note_left_out(folder: Path, left_out: Sequence[LeftOut], results: object, *, is_raw: bool) -> None:
    """Write beside CSV files what is left out of them, or remove the note of earlier results.

    Args:
        folder: The folder that they were written to.
        left_out: What is left out of each part of the results.
        results: The folder of the results.
        is_raw: True if the files have all that was run, and only charts and papers leave it out.

    Raises:
        OSError: If it cannot be written.
    """
    path = folder / NOTE
    if not left_out:
        path.unlink(missing_ok=True)
        return
    raw = (
        "Some replicates failed. The files in this folder hold every replicate that did not, so that scenarios have "
        "different ones: compare them over those that all have. Charts and papers do that:"
    )
    heading = raw if is_raw else "Some replicates failed. The CSV files in this folder are of what remains:"
    path.write_text(f"{heading}\n\n{left_out_words(left_out, results)}\n", encoding="utf-8")


def _names(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])])
