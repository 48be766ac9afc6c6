"""The findings in the README are those of the model as it stands."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation import TrustModel, load_experiment, load_scenario
from simulation.analysis.information import information
from simulation.analysis.information_words import NOT_CLEAR, information_headline, perfect_words, surveys_sentence
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import verdict
from simulation.analysis.verdict_words import headline, pair_headline
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Experiment, Variant
from simulation.formatting import pounds, range_words, two_decimals
from tests.places import SCENARIOS

ROOT = Path(__file__).parents[2]


NAMES = {
    "no joint action": "mid-south-essex",
    "instruction": "mid-south-essex-instruction",
    "partnership at half strength": "mid-south-essex-partnership",
}


@pytest.mark.e2e
def test_the_findings_in_the_readme_are_those_of_a_run():
    """The three scenarios at the defaults, by 1,000 replicates, and over the ranges, by 1,024 points of 10."""
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    comparison = run_over_the_ranges()
    runs = [case.study.ensemble for case in comparison.cases]
    wide = [case.study.assumptions["gap"][:, -1] for case in comparison.cases]
    assert all(len(each) == 10_240 for each in wide)
    left = [pounds(run["gap"][:, -1].mean()) for run in runs]
    bands = [range_words(*np.quantile(run["gap"][:, -1], (0.05, 0.95))) for run in runs]
    ranges = [range_words(*np.quantile(each, (0.05, 0.95))) for each in wide]
    agreed = f"{100 * runs[2]['plan_coverage'][:, 1].mean():.0f}%"
    delivered = [_delivered(run) for run in runs]
    opening = [
        two_decimals(np.mean([each.trust for each in TrustModel(run.scenario, seed=1).relationships])) for run in runs
    ]
    last = [two_decimals(run["trust"][:, -1].mean()) for run in runs]
    deficits = [pounds(-run["cumulative_position"][:, -1].mean()) for run in runs]
    none, ordered, half = NAMES
    by_gap, by_position = (verdict(comparison, measure) for measure in Measure)
    for words in (
        f"still has {left[0]} of its £216m gap open",
        f"within eight weeks and {delivered[1]} of the plan delivered: {left[1]} stays open, and trust moves from",
        f"{opening[1]} to {last[1]}. Partnership at half strength has {agreed} of it agreed within eight weeks and",
        f"{delivered[2]} of the plan delivered in the end: {left[2]} stays open",
        f"{left[2]} stays open, and trust grows from {opening[2]} to {last[2]}",
        f"comes to {deficits[0]}, {deficits[1]} and {deficits[2]}",
        f"leave {bands[0]}, {bands[1]} and {bands[2]}",
        f"leave {ranges[0]} without joint action, {ranges[1]} by instruction and {ranges[2]} in partnership",
        f"{pair_headline(by_gap.between(half, none))}. {pair_headline(by_gap.between(half, ordered))}. By the position",
        f"costs included, {_within(pair_headline(by_position.between(half, none)))}, and",
        f"and {_within(pair_headline(by_position.between(ordered, none)).partition(', although')[0])}.",
    ):
        assert words in readme


@pytest.fixture(scope="module")
def demonstration():
    """The results of the demonstration, with its supporting runs over the ranges."""
    asked = load_experiment(ROOT / "scenarios/experiments/ways-to-close-a-gap.yaml")
    return in_memory(replace(asked, attribution=None, fixed_stances=None))


@pytest.mark.verification
def test_the_verdict_of_the_demonstration_in_the_readme_is_that_of_a_run(demonstration):
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    found = verdict(demonstration)
    assert len(found.labels) == 6
    assert f"that the demonstration compares, {_within(headline(found))}." in readme


@pytest.mark.verification
def test_the_how_to_says_what_finding_out_is_worth_to_the_demonstration(demonstration):
    how_to = " ".join((ROOT / "docs/how-to/decide.md").read_text(encoding="utf-8").split())
    all_open = information(demonstration)
    three = ["no joint action", "partnership at half strength", "instruction and partnership"]
    open_still = information(demonstration, among=three)
    assert not any(each.worth.is_clear for each in all_open.inquiries)
    assert not any(each.is_clear for each in all_open.surveys)
    alone = next(each for each in open_still.single if each.name == "instruction_effect")
    assert alone.worth.is_clear
    for words in (
        perfect_words(all_open).partition(". ")[2].partition(": no inquiry")[0],
        f"knowing everything would be worth {pounds(open_still.perfect.value)}.",
        f"{information_headline(open_still)};",
        f"the pressure that an instruction adds is worth {pounds(alone.worth.value)} to know alone",
    ):
        assert words in how_to
    assert NOT_CLEAR in surveys_sentence(open_still)


def run_over_the_ranges():
    """The three scenarios with their supporting runs over the ranges."""
    variants = [
        Variant(name=label, scenario=load_scenario(SCENARIOS / f"{name}.yaml")) for label, name in NAMES.items()
    ]
    return in_memory(
        Experiment(
            name="readme",
            title="README",
            seed=1,
            replicates=1000,
            variants=tuple(variants),
            assumptions=AssumptionSample(also_stretched=()),
        )
    )


def in_memory(asked):
    """An experiment's results, with its supporting runs."""
    return run_in_memory(asked, supporting_experiments(asked))


def _within(sentence):
    """A sentence as part of another."""
    return sentence[0].lower() + sentence[1:]


def _delivered(run):
    """The part of what was agreed that is delivered, in whole per cent."""
    programmes = list(run.axes.programmes)
    value = np.array([run.axes.programme(index).paper_value for index in programmes])
    agreed = np.isfinite(run.agreement("agreed")[:, programmes]) @ value
    return f"{100 * np.mean(run['milestones_value'][:, -1][agreed > 0] / agreed[agreed > 0]):.0f}%"
