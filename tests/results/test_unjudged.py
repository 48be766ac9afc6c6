"""Choices are judged when all is there that was asked for; where they are not, each output says why."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.analysis.choices import choices_of
from simulation.analysis.verdict import find_verdict, verdict
from simulation.charts.catalogue import OF_COMPARISONS, reason_unavailable
from simulation.cli._verdict_words import verdict_lines
from simulation.execution.plan import plan_batch
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.oddities import find_experiment_oddities
from simulation.experiment.schema import Experiment, Variant
from simulation.limits import MOST_STUDIES
from simulation.report.content import build_paper
from simulation.results.batch.readback import load_batch
from simulation.results.comparison import Comparison
from simulation.results.left_out import Unjudged
from simulation.results.reading import NEEDED
from simulation.scenario.schema import Scenario
from tests.execution.small import begin, experiment, run, run_all
from tests.execution.test_batch import StoppedError, stop_after
from tests.places import place

pytestmark = pytest.mark.unit

LEVERS = {"nothing": {}, "goal": {"superordinate_goal": {"strength": 1}}, "menu": {"menu_framing": {"strength": 1}}}
SAMPLE = "the runs with uncertain assumptions are not finished"


def asked(*names: str, replicates: int = 4) -> Experiment:
    variants = tuple(
        Variant(name=each, scenario=Scenario.model_validate(place(months=6, levers=LEVERS[each]))) for each in names
    )
    sample = AssumptionSample(points=16, replicates=2, also_stretched=())
    return experiment(variants=variants, replicates=replicates, detail=NEEDED, assumptions=sample)


ALL = asked(*LEVERS)
(ALL_SAMPLE,) = supporting_experiments(ALL)


def sample_is_missing(folder: Path) -> None:
    run(plan_batch(ALL), folder)


def sample_is_begun(folder: Path) -> None:
    sample_is_missing(folder)
    begin(plan_batch(ALL_SAMPLE), folder / "assumptions")


def sample_lacks_a_scenario(folder: Path) -> None:
    """A scenario was added to a finished batch, and the batch was stopped when that had been run."""
    run_all(asked("nothing", "goal"), folder)
    sample_is_missing(folder)


def sample_of_a_scenario_is_begun(folder: Path) -> None:
    sample_lacks_a_scenario(folder)
    begin(plan_batch(ALL_SAMPLE), folder / "assumptions")


def scenario_is_not_run(folder: Path) -> None:
    run_all(asked("nothing", "goal"), folder)
    begin(plan_batch(ALL), folder)


STATES: dict[Callable[[Path], None], str] = {
    sample_is_missing: SAMPLE,
    sample_is_begun: SAMPLE,
    sample_lacks_a_scenario: SAMPLE,
    sample_of_a_scenario_is_begun: SAMPLE,
    scenario_is_not_run: "the comparison is not finished",
}


def texts(comparison: Comparison) -> str:
    paper = build_paper(comparison, with_charts=False)
    return " ".join((*paper.cautions, *paper.answer, *(part for row in paper.decision for part in map(str, row.rows))))


@pytest.mark.parametrize(("state", "why"), STATES.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_nothing_is_concluded_from_a_part(tmp_path, state, why):
    state(tmp_path)
    part = load_batch(tmp_path)
    assert part.unjudged == why
    assert part.missing
    assert choices_of(part) == ()
    assert find_verdict(part) is None
    with pytest.raises(ValueError, match=f"{why}: the same `trustsim batch` goes on"):
        verdict(part)
    said = texts(part)
    assert why in said.lower()
    assert "beat" not in said
    assert "were not varied" not in said
    judging = ("verdict", "front", "deciding", "information", "turning_point")
    assert [reason_unavailable(name, part) for name in judging] == [why] * len(judging)
    drawn = [draw(part) for name, draw in OF_COMPARISONS.items() if reason_unavailable(name, part) is None]
    assert drawn
    assert not any("not varied" in str(chart.texts) for chart in drawn)
    run_all(ALL, tmp_path)
    whole = load_batch(tmp_path)
    assert whole.unjudged is None
    assert whole.missing == ()
    assert {each.label for each in choices_of(whole)} == {*LEVERS}


def test_a_grid_is_drawn_when_it_is_finished(tmp_path):
    vary = {"parameters.opening_trust": (0.3, 0.5), "parameters.loss_ratio": (1.0, 2.0)}
    plan = plan_batch(
        replace(asked("nothing", "goal", replicates=2000), factors=experiment(vary).factors, assumptions=None)
    )
    with pytest.raises(StoppedError):
        run(plan, tmp_path, progress=stop_after(2))
    part = load_batch(tmp_path)
    grids = ("gap_by_point", "best_by_point")
    assert [reason_unavailable(name, part) for name in grids] == ["the comparison is not finished"] * 2
    run(plan, tmp_path)
    assert [reason_unavailable(name, load_batch(tmp_path)) for name in grids] == [None] * 2


def kept(detail: tuple[str, ...]) -> Experiment:
    return replace(asked("nothing", "goal"), detail=detail)


def many() -> Experiment:
    """One scenario more than are read whole, which differ in the strength of a lever."""
    strengths = [round(0.04 * number, 2) for number in range(MOST_STUDIES + 1)]
    variants = tuple(
        Variant(name=f"strength {each:g}", scenario=Scenario.model_validate(place(months=3, levers=goal_of(each))))
        for each in strengths
    )
    return replace(asked("nothing"), variants=variants, replicates=2)


def goal_of(strength: float) -> dict[str, dict[str, float]]:
    return {"superordinate_goal": {"strength": strength}} if strength else {}


WITHOUT_TABLES = {"outturns alone": kept(("outturns",)), "none": kept(()), "too many": many()}


@pytest.mark.parametrize("without", WITHOUT_TABLES.values(), ids=WITHOUT_TABLES)
def test_assumptions_that_were_varied_are_not_said_to_be_unvaried(tmp_path, without):
    """The sample is finished, but the scenarios' own tables are not there, or too many to be read."""
    run_all(without, tmp_path)
    read = load_batch(tmp_path)
    why = Unjudged.TOO_MANY if len(without.variants) > MOST_STUDIES else Unjudged.NO_TABLES
    assert read.unjudged is why
    said = texts(read)
    assert why in said
    assert "not varied" not in said
    with pytest.raises(ValueError, match=why.way_out):
        verdict(read)
    assert why.way_out in " ".join(verdict_lines(read, tmp_path))
    (warned,) = [each for each in find_experiment_oddities(without, left_out=False) if "not judged" in each]
    assert warned.startswith("compare: more than 24" if why is Unjudged.TOO_MANY else "detail: ")
    if why is Unjudged.TOO_MANY:
        assert "not kept" not in said


def test_too_many_scenarios_are_not_said_to_lack_tables_where_no_assumption_is_varied(tmp_path):
    run_all(replace(many(), assumptions=None), tmp_path)
    said = " ".join(verdict_lines(load_batch(tmp_path), tmp_path))
    assert Unjudged.TOO_MANY in said
    assert "kept" not in said


def test_what_keeps_all_tables_has_no_such_warning():
    assert not [each for each in find_experiment_oddities(ALL, left_out=False) if "not judged" in each]
