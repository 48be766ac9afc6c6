"""Every chart that some results have to show, as files: those of scenarios side by side, then those of each."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from simulation.charts.catalogue import CHARTS, NO_ROOM, OF_COMPARISONS, OF_STUDIES, why_not
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, THEMES, Theme
from simulation.charts.publish import publish
from simulation.results.comparison import Comparison
from simulation.results.study import Study

_WORTH_PROCESSES = 24
"""Charts from which starting processes takes less time than it saves."""


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

    @property
    def has_no_room(self) -> bool:
        """Whether it was left out since a page cannot hold it, and not since there is nothing to show."""
        return self.left_out == NO_ROOM


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A chart that can be drawn, or why it can't be."""

    name: str
    scenario: str
    folder: str
    """Below the charts' folder; empty for several scenarios, or for the only one."""
    results: Comparison | Study | None = field(repr=False)
    """What it is drawn from."""
    left_out: str = ""

    def draw(self, theme: Theme) -> Chart:
        """Draw it."""
        return CHARTS[self.name](self.results, theme=theme)


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
    for name in OF_COMPARISONS:
        if not only or name in only:
            left_out = why_not(name, comparison) or ""
            yield Wanted(name=name, scenario="", folder="", results=comparison, left_out=left_out)
    alone = len(comparison.cases) == 1
    for number, (label, study) in enumerate(comparison.studies.items()):
        for name in OF_STUDIES:
            if not only or name in only:
                left_out = why_not(name, study) or ""
                folder = "" if alone else f"{number:02d}-{slug_of(label)}"
                yield Wanted(name=name, scenario=label, folder=folder, results=study, left_out=left_out)


def publish_all(
    comparison: Comparison,
    folder: Path,
    *,
    theme: Theme = ANALYSIS_FUNCTION,
    only: Sequence[str] = (),
    processes: int = 1,
) -> list[Published]:
    """Write every chart that results have to show.

    Args:
        comparison: The results.
        folder: Where; charts of one of several scenarios go to a folder of its own below.
        theme: How they are lettered and coloured.
        only: Names in `CHARTS`; all if none are given.
        processes: How many draw at once, each the charts of a scenario after the other.

    Raises:
        ValueError: If there is no chart of such a name.
        OSError: If a file cannot be written.
    """
    wanted = list(charts_of(comparison, only))
    side_by_side = [each for each in wanted if not each.scenario]
    by_scenario = {label: [each for each in wanted if each.scenario == label] for label in comparison.studies}
    if processes < 2 or len(by_scenario) < 2 or len(wanted) < _WORTH_PROCESSES:
        return [_publish(each, folder, theme) for each in wanted]
    with ProcessPoolExecutor(min(processes, len(by_scenario)), mp_context=get_context("spawn")) as pool:
        drawing = [
            pool.submit(_publish_study, study, _without(by_scenario[label]), folder, theme.name)
            for label, study in comparison.studies.items()
        ]
        done = [_publish(each, folder, theme) for each in side_by_side]
        return done + [each for some in drawing for each in some.result()]


def _publish(wanted: Wanted, folder: Path, theme: Theme) -> Published:
    files = () if wanted.left_out else tuple(publish(wanted.draw(theme), folder / wanted.folder))
    return Published(name=wanted.name, scenario=wanted.scenario, files=files, left_out=wanted.left_out)


def _without(wanted: Sequence[Wanted]) -> list[Wanted]:
    """The same without the results, which are sent once and not with every chart."""
    return [replace(each, results=None) for each in wanted]


def _publish_study(study: Study, wanted: Sequence[Wanted], folder: Path, theme: str) -> list[Published]:
    """The charts of one scenario, in a process of their own."""
    return [_publish(replace(each, results=study), folder, THEMES[theme]) for each in wanted]


def slug_of(label: str) -> str:
    """What of a name can stand in a file's."""
    return re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-").lower()[:40] or "scenario"
