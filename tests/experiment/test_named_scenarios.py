"""Entries of `compare` that name a scenario file: what they come to, and every mistake with its location."""

from pathlib import Path

import pytest

from simulation.execution.batch import run_batch
from simulation.execution.plan import plan_batch
from simulation.execution.record import read_plan
from simulation.experiment.loading import find_experiment_problems, load_experiment
from simulation.levers import Lever
from simulation.results.batch.errors import OtherBatchError
from simulation.results.batch.readback import load_batch
from simulation.scenario.loading import load_scenario
from tests.execution.small import threads

pytestmark = pytest.mark.unit

TWO_TRUSTS = Path(__file__).parents[2] / "scenarios/two-trusts.yaml"
COACHED = "title: Coached\nlevers: {coaching: {strength: 0.5, ramp: 3}, celebration: {strength: 1}}\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with a place, a package beside it, and a folder for experiments below."""
    (tmp_path / "place.yaml").write_text(f"extends: {TWO_TRUSTS}\n")
    (tmp_path / "coached.yaml").write_text(f"extends: place.yaml\n{COACHED}")
    (tmp_path / "experiments").mkdir()
    return tmp_path


@pytest.fixture
def trial(folder):
    """Write an experiment with this text under `compare` and return its path."""

    def write(compare: str) -> Path:
        path = folder / "experiments/trial.yaml"
        path.write_text(f"title: A trial\nscenario: ../place.yaml\nreplicates: 3\ncompare:\n{compare}")
        return path

    return write


def test_a_named_scenario_is_compared_as_its_file_says(folder, trial):
    plain, coached = load_experiment(trial("  alone: {}\n  b: {scenario: ../coached.yaml}\n")).variants
    assert coached.scenario == load_scenario(folder / "coached.yaml")
    assert not plain.scenario.levers


@pytest.mark.parametrize(
    "other",
    ["alone", "ALONE", '"alone "', "al\N{FULLWIDTH LATIN SMALL LETTER O}ne", "cafe\u0301", "\u0430lone", "\u0391LONE"],
    ids=["the same", "capitals", "a space", "a wide letter", "an accent apart", "a Cyrillic letter", "a Greek letter"],
)
def test_names_that_readers_cannot_tell_apart_are_refused(trial, other):
    first = "caf\u00e9" if other.startswith("caf") else "alone"
    (problem,) = find_experiment_problems(
        trial(f"  {first}: {{}}\n  {other}: {{levers: {{coaching: {{strength: 1}}}}}}\n")
    )
    assert problem.location.line == 6
    assert "is given twice" in problem.what or problem.what == (
        f"cannot be distinguished from {first!r} in charts and tables; give it another name"
    )


def test_the_first_may_be_named(folder, trial):
    first, second = load_experiment(trial("  b: {scenario: ../coached.yaml}\n  alone: {}\n")).variants
    assert (first.name, first.scenario) == ("b", load_scenario(folder / "coached.yaml"))
    assert not second.scenario.levers


def test_changes_beside_it_are_merged_onto_it(trial):
    text = "  a: {}\n  b: {scenario: ../coached.yaml, levers: {coaching: {strength: 1}, celebration: null}}\n"
    changed = load_experiment(trial(text)).variants[1].scenario
    assert changed.title == "Coached: b"
    assert [*changed.levers] == [Lever.COACHING]
    assert (changed.levers[Lever.COACHING][0].strength, changed.levers[Lever.COACHING][0].ramp) == (1, 1)


def test_a_star_changes_every_contract_as_vary_does(folder, trial):
    block, more = "contracts: {'*': {payment: block}}", "programmes: {'*': {milestones: 9}}"
    text = f"  a: {{}}\n  b: {{{block}}}\n  c: {{scenario: ../coached.yaml, {more}}}\n"
    first, blocked, longer = load_experiment(trial(text)).variants
    assert blocked.scenario == first.with_values({"contracts.*.payment": "block"}).model_copy(
        update={"title": blocked.scenario.title}
    )
    assert {each.milestones for each in longer.scenario.programmes.values()} == {9}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "  b: {scenario: ../coachd.yaml}\n",
            "experiments/trial.yaml:5:17: compare.b.scenario: no such file (paths start at this file's folder)"
            " (given: ../coachd.yaml); did you mean coached.yaml?",
        ),
        (
            "  b: {scenario: ..}\n",
            "experiments/trial.yaml:5:17: compare.b.scenario: is a folder, not a scenario file (given: ..)",
        ),
        (
            "  b: {scenario: [../coached.yaml]}\n",
            "experiments/trial.yaml:5:17: compare.b.scenario: must be the path of a scenario file (given: a list)",
        ),
        (
            "  b: {scenario: }\n",
            "experiments/trial.yaml:5:17: compare.b.scenario: must be the path of a scenario file (given: nothing)",
        ),
        (
            "  b: {scenario: trial.yaml}\n",
            "experiments/trial.yaml:5:17: compare.b.scenario: is an experiment, not a scenario; `trustsim batch` runs"
            " it (given: trial.yaml)",
        ),
        (
            "  b: {scenario: ../coached.yaml, extends: ../coached.yaml}\n",
            "experiments/trial.yaml:5:34: compare.b.extends: is not used here; to start from another scenario file,"
            " name it as `scenario`",
        ),
        (
            "  b: {scenario: ../coached.yaml, levers: {coaching: {strength: 2}}}\n",
            "experiments/trial.yaml:5:64: compare.b.levers.coaching.strength: must be at most 1 (given: 2)",
        ),
        (
            "  b: {contracts: {'*': {payment: blok}}}\n",
            "experiments/trial.yaml:5:34: compare.b.contracts.*.payment: must be tariff, block or shared"
            ' (given: "blok"); did you mean block?',
        ),
        (
            "  a: {}\n  b: {scenario: ../longer.yaml}\n",
            "experiments/trial.yaml:6:17: compare.b.scenario: runs for 30 months from 2024-06, and a, the first, for"
            " 24 months from 2024-04; compared scenarios must have the same start and months",
        ),
        (
            "  a: {}\n  b: {months: 12}\n",
            "experiments/trial.yaml:6:15: compare.b.months: runs for 12 months from 2024-04, and a, the first, for"
            " 24 months from 2024-04; compared scenarios must have the same start and months",
        ),
        (
            "  a: {months: 12}\n  b: {}\n",
            "experiments/trial.yaml:6:6: compare.b: runs for 24 months from 2024-04, and a, the first, for"
            " 12 months from 2024-04; compared scenarios must have the same start and months",
        ),
        (
            "  b: {scenario: ../wrong.yaml}\n  c: {scenario: ./../wrong.yaml, levers: null}\n",
            "wrong.yaml:2:31: levers.coaching.strength: must be at most 1 (given: 3)",
        ),
    ],
)
def test_each_mistake_is_reported_once_with_its_location(text, expected, folder, trial):
    (folder / "wrong.yaml").write_text("extends: place.yaml\nlevers: {coaching: {strength: 3}}\n")
    (folder / "longer.yaml").write_text("extends: place.yaml\nstart: 2024-06\nmonths: 30\n")
    (problem,) = find_experiment_problems(trial(text))
    assert str(problem).removeprefix(f"{folder}/") == expected


def test_an_edited_scenario_file_is_noticed_as_a_changed_experiment(folder, trial, tmp_path):
    path, results = trial("  a: {}\n  b: {scenario: ../coached.yaml}\n"), tmp_path / "results"

    def run():
        with threads() as workers:
            return run_batch(plan_batch(load_experiment(path)), results, workers=workers)

    run()
    first = load_batch(results)
    assert read_plan(results).designs == plan_batch(load_experiment(path)).designs
    run()
    assert [case.label for case in first.cases] == ["a", "b"]
    (folder / "coached.yaml").write_text(f"extends: place.yaml\n{COACHED.replace('0.5', '0.6')}")
    with pytest.raises(OtherBatchError, match="results of 1 design that is no longer asked for"):
        run()


def test_a_batch_is_resumed_from_its_own_copy_of_the_scenario(folder, trial, tmp_path):
    path, results = trial("  a: {}\n  b: {scenario: ../coached.yaml}\n"), tmp_path / "results"
    with threads() as workers:
        run_batch(plan_batch(load_experiment(path)), results, workers=workers)
    (folder / "coached.yaml").unlink()
    variant = read_plan(results).experiment.variants[1]
    assert variant.scenario.levers[Lever.COACHING][0].strength == 0.5
