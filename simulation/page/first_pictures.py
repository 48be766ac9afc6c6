"""The first sight of the page, drawn by Python: a headline in words and a few pictures, which need no script."""

from collections.abc import Callable
from dataclasses import dataclass

from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import pair_sentence
from simulation.charts import plan_against_delivery, question_mix, trajectory, who_wins
from simulation.charts.catalogue import reason_unavailable
from simulation.charts.drawing.chart import Chart
from simulation.charts.drawing.publish import svg_text
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import default_supporting_experiments
from simulation.experiment.schema import Experiment, Variant
from simulation.model.run import OnProgress
from simulation.page.compact_svg import compact_svg
from simulation.page.place_data import REPLICATES
from simulation.results.comparison import Comparison
from simulation.scenario.schema import Scenario

_NEEDED = {"no-joint-action", "assumptions"}
"""Supporting runs that the pictures and the verdict are made of."""

_CHARTS: dict[str, tuple[str, Callable[..., Chart]]] = {
    "gap": ("The gap", trajectory),
    "questions": ("The questions that are asked", question_mix),
    "gains": ("The organisations that win and lose", who_wins),
    "plan": ("The plan and its delivery", plan_against_delivery),
}
"""By the name of the picture on the page: its label, and the chart; the gap is first."""

_NO_LEVER = (
    "The file uses no lever, so there is nothing to compare it with yet: move a lever, and this sentence says in how "
    "many of 100 cases it leaves less."
)


@dataclass(frozen=True, kw_only=True)
class FirstPicture:
    """A picture as the page shows it before its script runs.

    Attributes:
        name: Its name on the page, such as gap.
        label: The same as people say it.
        headline: The finding, a sentence without a full stop; empty if there is no picture.
        subtitle: Its unit, place and period.
        note: How to read it.
        source: How it was made.
        svg: The drawing; empty if there is none.
        reason: Why there is none, in words; empty if there is one.
    """

    name: str
    label: str
    headline: str = ""
    subtitle: str = ""
    note: str = ""
    source: str = ""
    svg: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FirstSight:
    """The first sight of the page.

    Attributes:
        headline: The finding on the gap, a sentence without a full stop.
        verdict: Its standing against no joint action, in whole sentences.
        pictures: The gap first.
    """

    headline: str
    verdict: str
    pictures: tuple[FirstPicture, ...]


def first_sight(scenario: Scenario, *, seed: int, made: str, progress: OnProgress | None = None) -> FirstSight:
    """Run a scenario and draw the page's first pictures.

    Args:
        scenario: The place.
        seed: Random seed.
        made: The day, for the pictures' source lines, YYYY-MM-DD.
        progress: Called with the number of replicates done since it was last called.
    """
    results = _run(scenario, seed, made, progress)
    pictures = tuple(_picture(name, label, chart, results) for name, (label, chart) in _CHARTS.items())
    return FirstSight(headline=pictures[0].headline, verdict=_verdict_words(results), pictures=pictures)


def _run(scenario: Scenario, seed: int, made: str, progress: OnProgress | None) -> Comparison:
    """Run the scenario, and without levers if it has any, both also over uncertain assumptions."""
    experiment = Experiment(
        name="page",
        title=scenario.title,
        seed=seed,
        replicates=REPLICATES,
        variants=(Variant(name=scenario.title, scenario=scenario),),
        detail=(),
    )
    supporting = [each for each in default_supporting_experiments(experiment) if each.supporting in _NEEDED]
    return run_in_memory(experiment, supporting, made=made, progress=progress)


def _picture(name: str, label: str, chart: Callable[..., Chart], results: Comparison) -> FirstPicture:
    (study,) = results.studies.values()
    reason = reason_unavailable(chart.__name__, study)
    if reason is not None:
        return FirstPicture(name=name, label=label, reason=f"{label}: {reason}")
    drawn = chart(study)
    return FirstPicture(
        name=name,
        label=label,
        headline=drawn.headline,
        subtitle=drawn.subtitle,
        note=drawn.note,
        source=drawn.source,
        svg=compact_svg(svg_text(drawn, picture_only=True, letters="text")),
    )


def _verdict_words(results: Comparison) -> str:
    """Return the verdict on the file's levers against no joint action; if it uses none, say that."""
    found = find_verdict(results)
    if found is None:
        return _NO_LEVER
    base, other = found.labels
    pair = found.between(other, base)
    rests = (
        f"This rests on {pair.cases:,} cases drawn here; a run of trustsim without --replicates has 10,000 and may say "
        "more."
    )
    return f"{pair_sentence(pair).removesuffix('.')}. {rests}"
