"""All charts of some results as files: first those that compare scenarios, then those of each scenario."""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from simulation.analysis.compare import has_only_choices
from simulation.charts.cases import study_of_case
from simulation.charts.catalogue import CHARTS, OF_COMPARISONS, OF_PAIRS, OF_STUDIES, TOO_MANY, reason_unavailable
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import ENDINGS, publish
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, THEMES, Theme
from simulation.known_names import check_name
from simulation.results.comparison import Comparison
from simulation.results.left_out import note_left_out
from simulation.results.reading import NEEDED
from simulation.results.study import Study
from simulation.results.unchecked import list_marked
from simulation.writable import check_folder

_NO_TABLES = f"no scenario's tables were kept; the experiment needs detail: [{', '.join(NEEDED[1:])}]"

_OF_SETS = "it is of one scenario, and these results are of sets of assumptions; run the scenario by itself"

_WORTH_PROCESSES = 24
"""The number of charts from which several processes are faster than one."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """The files of one chart, or the reason why it was left out."""

    name: str
    scenario: str
    """The scenario that it shows; empty for a chart of several."""
    files: tuple[Path, ...] = ()
    """PNG, SVG, CSV and TXT; none if it was left out."""
    left_out: str = ""
    """Why it was left out; empty if it was not."""

    @property
    def has_too_many_labels(self) -> bool:
        """True if it was left out because it would have too much to label."""
        return self.left_out.startswith(TOO_MANY)


@dataclass(frozen=True, kw_only=True)
class ChartRequest:
    """A chart to draw, or the reason why it cannot be drawn."""

    name: str
    scenario: str
    """The scenario that it shows; empty for a chart of several."""
    folder: str
    """Its folder below that of all charts; empty for a chart of several scenarios, or of the only one."""
    results: Comparison | Study | None = field(repr=False)
    """The results that it is drawn from."""
    left_out: str = ""
    """Why it cannot be drawn; empty if it can."""
    pair: Mapping[str, str] = field(default_factory=dict)
    """The two choices that it shows, `first` and `second`, if they were named."""

    def draw(self, theme: Theme) -> Chart:
        """Draw the chart."""
        return CHARTS[self.name](self.results, theme=theme, **self.pair)


def charts_of(
    comparison: Comparison, only: Sequence[str] = (), pair: Mapping[str, str] | None = None
) -> Iterator[ChartRequest]:
    """List the charts of some results, in the order in which to read them.

    Args:
        comparison: The results.
        only: Names in `CHARTS`; all if none are given.
        pair: The choices, `first` and `second`, that charts of pairs show; either may be left out.

    Raises:
        ValueError: If there is no chart of such a name.
    """
    for name in only:
        check_name("chart", name, CHARTS)
    for name in OF_COMPARISONS:
        if not only or name in only:
            yield _of_comparison(name, comparison, (pair or {}) if name in OF_PAIRS else {})
    if not comparison.studies:
        left_out = _NO_TABLES if has_only_choices(comparison) else _OF_SETS
        for name in OF_STUDIES:
            if not only or name in only:
                yield ChartRequest(name=name, scenario="", folder="", results=None, left_out=left_out)
    alone = len(comparison.cases) == 1
    for number, label in enumerate(comparison.studies):
        study = study_of_case(comparison, label)
        for name in OF_STUDIES:
            if not only or name in only:
                left_out = reason_unavailable(name, study) or ""
                folder = "" if alone else f"{number:02d}-{slug_of(label)}"
                yield ChartRequest(name=name, scenario=label, folder=folder, results=study, left_out=left_out)


def _of_comparison(name: str, comparison: Comparison, pair: Mapping[str, str]) -> ChartRequest:
    """Return the request of a chart of several scenarios; one of a named pair has few enough to label."""
    left_out = reason_unavailable(name, comparison) or ""
    if "first" in pair and left_out.startswith(TOO_MANY):
        left_out = ""
    return ChartRequest(name=name, scenario="", folder="", results=comparison, left_out=left_out, pair=pair)


def publish_all(
    comparison: Comparison,
    folder: Path,
    *,
    theme: Theme = ANALYSIS_FUNCTION,
    only: Sequence[str] = (),
    pair: Mapping[str, str] | None = None,
    processes: int = 1,
) -> list[Published]:
    """Write every chart of some results to files, and a list of the CSV files among them if results were not checked.

    Args:
        comparison: The results.
        folder: The folder to write to; of several scenarios, each has a folder of its own below.
        theme: The fonts and colours.
        only: Names in `CHARTS`; all if none are given.
        pair: The choices, `first` and `second`, that charts of pairs show; either may be left out.
        processes: How many processes draw at once; one process draws all charts of a scenario.

    Raises:
        ValueError: If there is no chart of such a name.
        OutputError: If a file cannot be written; found before the first chart is drawn.
        OSError: If that shows only when it is written.
    """
    requests = list(charts_of(comparison, only, pair))
    _check(folder, [each for each in requests if not each.left_out])
    of_several = [request for request in requests if not request.scenario]
    by_scenario = {label: [each for each in requests if each.scenario == label] for label in comparison.studies}
    if processes < 2 or len(by_scenario) < 2 or len(requests) < _WORTH_PROCESSES:
        done = [_publish(request, folder, theme) for request in requests]
    else:
        done = _publish_in_processes(comparison, of_several, by_scenario, folder, theme, processes)
    tables = [each for chart in done for each in chart.files if each.suffix == ".csv"]
    list_marked(folder, [each.relative_to(folder).as_posix() for each in tables], comparison)
    note_left_out(folder, comparison.left_out if tables else (), comparison.folder, is_raw=False)
    return done


def _publish_in_processes(
    comparison: Comparison,
    of_several: Sequence[ChartRequest],
    by_scenario: Mapping[str, Sequence[ChartRequest]],
    folder: Path,
    theme: Theme,
    processes: int,
) -> list[Published]:
    """Write the charts of several scenarios here, and those of each scenario in a process of their own."""
    with ProcessPoolExecutor(min(processes, len(by_scenario)), mp_context=get_context("spawn")) as pool:
        drawing = [
            pool.submit(
                _publish_study,
                study_of_case(comparison, label),
                _without_results(by_scenario[label]),
                folder,
                theme.name,
            )
            for label in comparison.studies
        ]
        done = [_publish(request, folder, theme) for request in of_several]
        return done + [each for some in drawing for each in some.result()]


def _check(folder: Path, requests: Sequence[ChartRequest]) -> None:
    """Raise an error if charts cannot be written."""
    files = [f"{each.folder or '.'}/{each.name}.{ending}" for each in requests for ending in ENDINGS]
    check_folder(folder, folders={each.folder for each in requests if each.folder}, files=files)


def _publish(request: ChartRequest, folder: Path, theme: Theme) -> Published:
    files = () if request.left_out else tuple(publish(request.draw(theme), folder / request.folder))
    return Published(name=request.name, scenario=request.scenario, files=files, left_out=request.left_out)


def _without_results(requests: Sequence[ChartRequest]) -> list[ChartRequest]:
    """Take the results out, so that they are sent to a process once and not with every chart."""
    return [replace(request, results=None) for request in requests]


def _publish_study(study: Study, requests: Sequence[ChartRequest], folder: Path, theme: str) -> list[Published]:
    """Write the charts of one scenario, in a process of their own."""
    return [_publish(replace(request, results=study), folder, THEMES[theme]) for request in requests]


def slug_of(label: str) -> str:
    """Return a name as it can stand in a file's name."""
    return re.sub(r"[^A-Za-z0-9]+", "-", label).strip("-").lower()[:40] or "scenario"
