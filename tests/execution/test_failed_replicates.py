"""A case in which a replicate of any choice failed is left out of all choices, and all that is made of it says so."""

import json
from dataclasses import replace
from io import BytesIO
from shutil import copytree

import numpy as np
import pytest
from pptx import Presentation

from simulation import load_results
from simulation.analysis.compare import compare
from simulation.analysis.verdict import find_verdict
from simulation.charts import CHARTS
from simulation.charts.catalogue import reason_unavailable
from simulation.charts.publish_all import charts_of
from simulation.cli._verdict_words import left_out_data, verdict_lines
from simulation.execution import designs
from simulation.execution.batch import retry_batch
from simulation.execution.plan import plan_batch
from simulation.execution.status import read_status
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample, Attribution
from simulation.experiment.schema import Variant
from simulation.report.content import build_paper
from simulation.report.csv import write_csv
from simulation.report.pptx import FAILED_FOOTER, write_pptx
from simulation.report.workbook.book import build_sheets
from simulation.report.write import write_paper
from simulation.results.batch.errors import NoBatchError
from simulation.results.left_out import NOT_RANDOM, NOTE
from simulation.results.load import load_comparison
from simulation.scenario.what_if import with_levers
from tests.execution.small import experiment, run, small_plan, threads
from tests.execution.test_supporting_runs import ALONE

pytestmark = pytest.mark.unit

NAMES = ("alone", "coached", "menu")
LEVERS = ({}, {"coaching": 1}, {"menu_framing": 1})
ASKED = experiment(
    variants=tuple(
        Variant(name=name, scenario=with_levers(ALONE, **each)) for name, each in zip(NAMES, LEVERS, strict=True)
    ),
    replicates=6,
    detail=FOR_CHARTS,
    attribution=Attribution(first="alone", second="coached"),
    assumptions=AssumptionSample(points=8, replicates=2, also_stretched=(2.0,)),
    fixed_stances=200,
)


@pytest.fixture
def failing(monkeypatch):
    """Return a function that names the replicates that fail from now on, as if a worker had a defect."""
    real, fails = designs.run_scenarios, [lambda *_: False]

    def run_scenarios(scenarios, **options):
        some = list(scenarios)
        points = options.get("points") or [None] * len(some)
        numbers = range(options["first"], options["first"] + options["replicates"])
        for scenario, point in zip(some, points, strict=True):
            coached = "coaching" in str(scenario.levers)
            if any(fails[0](scenario, coached, point, number) for number in numbers):
                message = "this replicate fails"
                raise ArithmeticError(message)
        return real(some, **options)

    monkeypatch.setattr("simulation.execution.tasks.run_scenarios", run_scenarios)

    def fail(each):
        fails[0] = each

    return fail


def run_all(folder, asked=ASKED):
    run(plan_batch(asked), folder)
    for each in supporting_experiments(asked):
        run(plan_batch(each), folder / each.supporting_folder)
    return load_comparison(folder)


def slides_of(paper):
    return Presentation(BytesIO(write_pptx(paper))).slides


@pytest.fixture(scope="module")
def whole_folder(tmp_path_factory):
    """The same batch without failures."""
    folder = tmp_path_factory.mktemp("results") / "whole"
    run_all(folder)
    return folder


@pytest.fixture
def whole(whole_folder):
    return load_comparison(whole_folder)


def said_of(comparison):
    return {(each.part, each.stretch): (each.count, each.of, dict(each.failed)) for each in comparison.left_out}


def test_nothing_is_left_out_where_nothing_failed(whole, whole_folder):
    assert whole.left_out == ()
    assert load_results(whole_folder).left_out == ()
    assert all(study.left_out == () for study in whole.studies.values())


def test_a_replicate_that_failed_in_one_scenario_is_left_out_of_all(tmp_path, failing, whole):
    """Replicates 1 and 4 of one scenario and 0 of another failed: 2, 3 and 5 are left in all three."""
    failing(lambda _, coached, point, number: point is None and number in ((1, 4) if coached else ()))
    found = run_all(tmp_path / "failed")
    kept = [0, 2, 3, 5]
    assert found.replicates == 4
    assert said_of(found)["comparison", 1.0] == (2, 6, {"coached": 2})
    for label, study in found.studies.items():
        assert study.ensemble == whole[label].select(np.array(kept))
        assert (study.left_out, len(study.holding_out)) == (found.left_out, len(whole.studies[label].holding_out))
    for ours, theirs in zip(found.cases, whole.cases, strict=True):
        assert np.array_equal(ours.gaps, theirs.gaps[kept])
        assert np.array_equal(ours.positions, theirs.positions[kept])
    assert {each.chance.counts.of for each in compare(found)} == {4}
    status = read_status(tmp_path / "failed")
    assert [each.gap.replicates for each in status.precisions] == [4, 4, 4]
    assert [each.part for each in status.left_out] == ["comparison"]
    changes = [*(tmp_path / "failed").glob("organisations-against-baseline.parquet")]
    assert len(changes) == 1


def test_a_set_of_assumptions_at_which_one_choice_failed_is_left_out_of_all_choices(tmp_path, failing, whole):
    """The second replicate of one choice failed at points 2 and 5, of 8 (of 4 stretched: at point 2)."""
    failing(lambda _, coached, point, number: coached and point in (2, 5) and number == 1)
    found = run_all(tmp_path / "failed")
    said = said_of(found)
    assert said["assumptions", 1.0] == (2, 8, {"coached": 2})
    assert said["stretched", 2.0] == (1, 4, {"coached": 1})
    assert ("comparison", 1.0) not in said
    verdict = find_verdict(found)
    assert verdict.labels == NAMES
    assert {(pair.points, pair.cases) for pair in verdict.pairs} == {(6, 12)}
    rows = [2 * point + number for point in (0, 1, 3, 4, 6, 7) for number in (0, 1)]
    for label, study in found.studies.items():
        varied, all_of_them = study.assumptions, whole.studies[label].assumptions
        assert np.array_equal(varied["gap"], all_of_them["gap"][rows])
        assert np.array_equal(varied.outturns, all_of_them.outturns[rows])
        assert varied.points == 6


def test_every_output_says_how_many_are_left_out_that_failures_may_not_be_random_and_what_to_do(tmp_path, failing):
    folder = tmp_path / "failed"
    failing(lambda _, coached, point, number: coached and number == 1 and point in (None, 2))
    found = run_all(folder)
    runs, sets, retry = "1 of 6 simulated runs", "1 of 8 sets of assumptions", "trustsim retry"
    paper = build_paper(found)
    sheets = build_sheets(found, paper)
    (caution,) = (each for each in paper.cautions if NOT_RANDOM in each)
    write_paper(found, tmp_path / "paper", formats=("html",))
    list(write_csv(found, folder, tmp_path / "csv"))
    notes = [(tmp_path / where / NOTE).read_text() for where in ("paper", "csv")]
    said = ["\n".join(verdict_lines(found, folder)), caution, str(sheets[0].rows), *notes]
    said.append((tmp_path / "paper/board-paper.html").read_text())
    for words in said:
        assert all(each in words for each in (runs, sets, retry, NOT_RANDOM, "coached"))
    slides = [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in slides_of(paper)]
    assert all(any(FAILED_FOOTER in text for text in texts) for texts in slides)
    assert {each["part"] for each in left_out_data(found)} >= {"comparison", "assumptions"}
    json.dumps(left_out_data(found), allow_nan=False)
    assert load_results(folder).left_out == found.left_out
    assert runs in repr(found)
    drawn = [CHARTS[each.name](each.results) for each in charts_of(found) if not each.left_out]
    assert len(drawn) > 12
    assert all(runs in chart.source for chart in drawn)


def test_retrying_what_failed_gives_the_results_of_an_undisturbed_batch(tmp_path, failing, whole):
    folder = tmp_path / "failed"
    failing(lambda _, coached, point, number: coached and number == 1 and point in (None, 2))
    run_all(folder)
    failing(lambda *_: False)
    for each in (ASKED, *supporting_experiments(ASKED)):
        with threads() as workers:
            retry_batch(plan_batch(each), folder / (each.supporting_folder or ""), workers=workers)
    again = load_comparison(folder)
    assert again.left_out == ()
    assert all(again[label] == whole[label] for label in NAMES)


def test_where_no_set_of_assumptions_worked_in_every_scenario_that_is_said_in_place_of_a_verdict(tmp_path, failing):
    folder = tmp_path / "failed"
    failing(lambda _, coached, point, __: coached and point is not None)
    found = run_all(folder)
    assert find_verdict(found) is None
    assert {study.assumptions for study in found.studies.values()} == {None}
    why = "none of 8 sets of assumptions worked in every scenario"
    assert f"  Verdict: none, since {why}." in verdict_lines(found, folder)
    paper = build_paper(found)
    said = " ".join((*paper.cautions, *paper.answer))
    assert why in said
    assert "ssumptions were not varied" not in said
    assert why in CHARTS["paired_difference"](found).headline


def test_a_scenario_of_which_every_replicate_failed_is_left_out_and_there_is_no_verdict(tmp_path, failing, whole):
    folder = tmp_path / "failed"
    failing(lambda _, coached, *__: coached)
    found = run_all(folder)
    assert said_of(found)["scenario", 1.0] == (1, 3, {"coached": 6})
    assert np.array_equal(found.cases[2].gaps, whole.cases[2].gaps)
    assert found.cases[1].study is None
    assert np.isnan(found.cases[1].gaps).all()
    assert find_verdict(found) is None
    why = "no simulated run of “coached” worked"
    assert f"  Verdict: none, since {why}." in verdict_lines(found, folder)
    assert why in " ".join(build_paper(found).answer)
    assert [CHARTS[each.name](each.results) for each in charts_of(found) if not each.left_out]


def test_where_every_replicate_of_the_baseline_failed_charts_and_levers_say_so(tmp_path, failing):
    failing(lambda place, *_: not place.levers)
    asked = replace(ASKED, attribution=None, fixed_stances=None)
    found = run_all(tmp_path / "failed", asked)
    lost = "no simulated run of “alone” worked"
    for name in ("verdict", "paired_difference", "who_gains", "money"):
        assert reason_unavailable(name, found) == f"{lost}, with which the others are compared"
    assert reason_unavailable("attribution", found) == "the experiment asks for no attribution, or it is not finished"
    note = build_paper(found).levers.note
    assert f"What each lever is worth by itself with these settings is not known: {lost}." in note


def test_where_no_replicate_worked_in_every_scenario_one_message_says_so(tmp_path, failing):
    failing(lambda _, coached, point, number: point is None and number % 2 == coached)
    with pytest.raises(NoBatchError, match=r"holds nothing to compare.*6 simulated runs.*trustsim retry"):
        run_all(tmp_path / "failed", replace(ASKED, assumptions=None, attribution=None, fixed_stances=None))


def test_attribution_leaves_out_the_replicates_in_which_a_combination_or_a_scenario_failed(tmp_path, failing, whole):
    failing(lambda _, coached, point, number: point is None and coached and number == 3)
    found = run_all(tmp_path / "failed")
    kept = [0, 1, 2, 4, 5]
    assert np.array_equal(found.attribution.gaps, whole.attribution.gaps[kept])


def test_an_attribution_says_what_failed_and_names_no_scenario_that_did_not(tmp_path, failing, whole_folder):
    """Combinations of which the lever coaching is one fail in a replicate, the compared scenarios in none."""
    folder = tmp_path / "failed"
    copytree(whole_folder, folder, ignore=lambda _, names: [name for name in names if name.startswith("attribution")])
    failing(lambda _, coached, point, number: coached and 1 in {point, number})
    for each in supporting_experiments(ASKED):
        if each.supporting.startswith("attribution"):
            run(plan_batch(each), folder / each.supporting_folder)
    said = {each.part: each for each in load_comparison(folder).left_out}
    assert dict(said["attribution"].failed) == {"combinations of levers": 1}
    assert said["attribution"].words.endswith("runs failed in combinations of levers (1)")
    assert set(dict(said["attribution-ranges"].failed)) == {"combinations of levers"}


def test_fixed_stances_that_failed_are_left_out_with_a_word(tmp_path, failing, whole_folder):
    """A defect in the runs with fixed stances alone: the comparison stays as it is."""
    folder = tmp_path / "failed"
    copytree(whole_folder, folder, ignore=lambda _, names: [name for name in names if name == "fixed-stances"])
    failing(lambda _, coached, __, number: coached and number == 2)
    (fixed,) = (each for each in supporting_experiments(ASKED) if each.supporting == "fixed-stances")
    run(plan_batch(fixed), folder / "fixed-stances")
    found = load_comparison(folder)
    (said,) = found.left_out
    assert (said.part, said.count * 3, dict(said.failed)) == ("fixed-stances", said.of, {"coached": said.count})
    assert found.replicates == 6
    assert not found.studies["coached"].holding_out
    assert found.studies["menu"].holding_out


def test_on_a_grid_a_point_that_one_choice_lacks_is_left_out_of_all_and_replicates_are_common(tmp_path, failing):
    """Coached fails at a population of 12 in every replicate, and at 14 in replicate 1."""
    lost = {*((12, number) for number in range(5)), (14, 1)}
    failing(lambda place, coached, _, number: coached and (place.population, number) in lost)
    plan = small_plan({"population": (11, 12, 14)}, variants=ASKED.variants[:2], replicates=5)
    run(plan, tmp_path / "failed")
    found = load_comparison(tmp_path / "failed")
    assert said_of(found) == {("points", 1.0): (1, 3, {"coached": 1}), ("comparison", 1.0): (1, 5, {"coached": 1})}
    assert [int(np.isnan(case.gaps).sum()) for case in found.cases] == [0, 4, 0, 0, 4, 0]
    assert {len(case.gaps) for case in found.cases} == {4}
    assert {(pair.points, pair.cases) for pair in find_verdict(found).pairs} == {(2, 8)}
    paper = build_paper(found)
    assert any(each.startswith("Over 2 sets of assumptions") for each in paper.answer)
    assert [row[1] for row in paper.scenarios.rows] == ["2", "2"]
    (choices,) = (sheet for sheet in build_sheets(found, paper) if sheet.name == "Choices")
    assert [row[1] for row in choices.rows] == [2, 2]
    chart = CHARTS["gap_by_factor"](found)
    assert "2 values of " in chart.headline
    assert "at 2 values of" in chart.alt


def test_a_drawn_point_at_which_one_choice_failed_is_left_out_of_all(tmp_path, failing):
    failing(lambda _, coached, point, number: coached and (point, number) == (1, 0))
    drawn = replace(
        experiment({"parameters.loss_ratio": (1.0, 2.0)}, variants=ASKED.variants[:2], replicates=2),
        design="random",
        points=4,
    )
    run(plan_batch(drawn), tmp_path / "failed")
    found = load_comparison(tmp_path / "failed")
    assert said_of(found) == {("points", 1.0): (1, 4, {"coached": 1})}
    assert [bool(np.isnan(case.gaps).all()) for case in found.cases] == [case.point == 1 for case in found.cases]
