"""Every chart that some results have to show, as files: those of scenarios side by side, then those of each."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.charts.catalogue import CHARTS, OF_COMPARISONS, OF_STUDIES, why_not
from simulation.charts.chart import Chart
from simulation.charts.publish import publish
from simulation.charts.theme import ANALYSIS_FUNCTION, Theme
from simulation.results.comparison import Comparison


@dataclass(frozen=True, kw_only=True)
class Published:
    """One chart and what became of it."""

    name: str
    scenario: str
    """Which scenario it shows; empty for several."""
    files: tuple[Path, ...] = ()
    """PNG, SVG, CSV and TXT; none if it was left out."""
    left_out: str = ""
    """Why it was left out."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A chart that can be drawn, or why it can't be."""

    name: str
    scenario: str
    folder: str
    """Below the charts' folder; empty for several scenarios, or for the only one."""
    draw: Callable[[Theme], Chart] | None
    left_out: str = ""


def charts_of(comparison: Comparison, only: Sequence[str] = ()) -> Iterator[Wanted]:
    """Every chart that results have to show, in the order in which to read them.

    Args:
        comparison: The results.
        only: Names in `CHARTS`; all if none are given.

    Raises:
        ValueError: If there is no chart of such a name.
    """
    unknown = [name for name in only if name not in CHARTS]
    if unknown:
        message = f"there is no chart {unknown[0]!r}; there are {', '.join(CHARTS)}"
        raise ValueError(message)
    for name, draw in OF_COMPARISONS.items():
        if not only or name in only:
            reason = why_not(name, comparison)
            yield _wanted(name, "", "", None if reason else _of(draw, comparison), reason)
    alone = len(comparison.cases) == 1
    for number, (label, study) in enumerate(comparison.studies.items()):
        for name, draw in OF_STUDIES.items():
            if not only or name in only:
                reason = why_not(name, study)
                folder = "" if alone else f"{number:02d}-{slug_of(label)}"
                yield _wanted(name, label, folder, None if reason else _of(draw, study), reason)


def publish_all(
    comparison: Comparison, folder: Path, *, theme: Theme = ANALYSIS_FUNCTION, only: Sequence[str] = ()
) -> list[Published]:
    """Write every chart that results have to show.

    Args:
        comparison: The results.
        folder: Where; charts of one of several scenarios go to a folder of its own below.
        theme: How they are lettered and coloured.
        only: Names in `CHARTS`; all if none are given.

    Raises:
        ValueError: If there is no chart of such a name.
        OSError: If a file cannot be written.
    """
    done = []
    for wanted in charts_of(comparison, only):
        files = () if wanted.draw is None else tuple(publish(wanted.draw(theme), folder / wanted.folder))
        done.append(Published(name=wanted.name, scenario=wanted.scenario, files=files, left_out=wanted.left_out))
    return done


def slug_of(label: str) -> str:
    """What of a name can stand in a file's."""
    return re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-").lower()[:40] or "scenario"


def _wanted(name: str, scenario: str, folder: str, draw: Callable[[Theme], Chart] | None, reason: str | None) -> Wanted:
    return Wanted(name=name, scenario=scenario, folder=folder, draw=draw, left_out=reason or "")


def _of(draw: Callable[..., Chart], results: object) -> Callable[[Theme], Chart]:
    return lambda theme: draw(results, theme=theme)
