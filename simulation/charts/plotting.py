"""Charts of results by name, for `plot` of ensembles, comparisons and batches."""

from collections.abc import Iterator

from simulation.charts.cases import study_of_case
from simulation.charts.catalogue import CHARTS, OF_COMPARISONS, OF_PAIRS, OF_STUDIES, TOO_MANY, reason_unavailable
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, THEMES
from simulation.known_names import check_name
from simulation.results.axes import chosen_months
from simulation.results.batch.load import BatchResults
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.load import load_comparison
from simulation.results.study import Study
from simulation.scenario.problems import either
from simulation.version import __version__

Results = Ensemble | Comparison | BatchResults

_OF_TRUST = ("trust_map", "trust_matrix")
"""Charts that need the table relationships."""


def draw(
    results: Results,
    name: str | None = None,
    *,
    case: str | None = None,
    first: str | None = None,
    second: str | None = None,
    theme: str | None = None,
) -> Chart:
    """Return a chart of some results.

    Args:
        results: An ensemble, a comparison or a batch's results.
        name: The name of the chart; the first that can be drawn if left out.
        case: Of a comparison, the label of the case that a chart of one scenario shows.
        first: Of the charts deciding and turning_point, the choice that is judged; every other one if left out.
        second: Of the same charts, the choice that it is compared with; the baseline if left out.
        theme: The name of its theme; analysis-function if left out.

    Raises:
        ValueError: If there is no such chart, case, choice or theme, or the results lack what the chart shows.
    """
    subject = _subject(results)
    chosen = next(_available(subject), "trajectory") if name is None else name
    check_name("chart", chosen, CHARTS)
    if theme is not None:
        check_name("theme", theme, THEMES)
    shown = _shown(subject, chosen, case)
    pair = pair_options(chosen, first, second)
    reason = _reason(chosen, shown)
    if reason is not None and not (first is not None and reason.startswith(TOO_MANY)):
        message = f"the chart {chosen} cannot be drawn of these results: {reason}"
        raise ValueError(message)
    return CHARTS[chosen](shown, theme=ANALYSIS_FUNCTION if theme is None else THEMES[theme], **pair)


def pair_options(name: str, first: str | None, second: str | None) -> dict[str, str]:
    """Return the pair of choices that a chart shows as its arguments; none if neither is named.

    Args:
        name: The name of the chart.
        first: The choice that is judged; None for every other one.
        second: The choice that it is compared with; None for the baseline.

    Raises:
        ValueError: If the chart is not of pairs of choices.
    """
    given = {side: choice for side, choice in (("first", first), ("second", second)) if choice is not None}
    if given and name not in OF_PAIRS:
        message = f"{either(given)} is of the charts {' and '.join(OF_PAIRS)}, and not of {name}"
        raise ValueError(message)
    return given


def drawable(results: Results) -> tuple[str, ...]:
    """Return the names of the charts that can be drawn of some results, in the order in which to read them.

    Args:
        results: An ensemble, a comparison or a batch's results.
    """
    return tuple(_available(_subject(results)))


def _subject(results: Results) -> Comparison | Study:
    if isinstance(results, BatchResults):
        results.check_same()
        return load_comparison(results.folder)
    return Study(ensemble=results, version=__version__) if isinstance(results, Ensemble) else results


def _available(subject: Comparison | Study) -> Iterator[str]:
    studies = [subject]
    if isinstance(subject, Comparison):
        yield from (name for name in OF_COMPARISONS if reason_unavailable(name, subject) is None)
        studies = [*subject.studies.values()]
    yield from (name for name in OF_STUDIES if any(_reason(name, study) is None for study in studies))


def _shown(subject: Comparison | Study, name: str, case: str | None) -> Comparison | Study:
    """Return what a chart shows: a comparison, or one of its cases.

    Raises:
        ValueError: If there is no such case, or it is not clear which is meant.
    """
    if isinstance(subject, Study):
        if name in OF_COMPARISONS:
            message = f"the chart {name} compares scenarios: draw it of run_comparison(...) or of a batch's results"
            raise ValueError(message)
        return subject
    studies = subject.studies
    if name in OF_COMPARISONS:
        return subject
    if not studies:
        message = f"the chart {name} is of one scenario, and {subject.no_tables}"
        raise ValueError(message)
    if case is None and len(studies) > 1:
        message = f"the chart {name} is of one scenario: say which with case=, one of {', '.join(map(repr, studies))}"
        raise ValueError(message)
    label = next(iter(studies)) if case is None else case
    check_name("case", label, studies)
    return study_of_case(subject, label)


def _reason(name: str, results: Comparison | Study) -> str | None:
    """Return why a chart cannot be drawn; None if it can."""
    if name in _OF_TRUST and isinstance(results, Study):
        ensemble = results.ensemble
        needed = set(chosen_months(len(ensemble.axes.months)))
        if ensemble.relationships is None or not needed <= set(ensemble.detail_months):
            return 'trust was not kept: run it with run_ensemble(..., detail=("relationships",))'
    return reason_unavailable(name, results)
