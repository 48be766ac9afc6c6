"""The findings in the README are those of the model as it stands."""

from pathlib import Path

import numpy as np
import pytest

from simulation import load_scenario, run_designs, run_ensemble
from simulation.execution.assumptions import sample_assumptions
from simulation.formatting import pounds, range_words, two_decimals

ROOT = Path(__file__).parents[2]


@pytest.mark.e2e
def test_the_findings_in_the_readme_are_those_of_a_run():
    """The three scenarios at the defaults, by 1,000 replicates, and over the ranges, by 256 points of 40."""
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    names = ("mid-south-essex", "mid-south-essex-instruction", "mid-south-essex-partnership")
    places = [load_scenario(ROOT / f"scenarios/{name}.yaml") for name in names]
    runs = [run_ensemble(place, replicates=1000, seed=1) for place in places]
    rows = sample_assumptions(256, 1)
    cases = [
        np.array([each["gap"][:, -1] for each in run_designs(rows, replicates=40, seed=1, place=place)])
        for place in places
    ]
    left, bands, wide = (
        [pounds(run["gap"][:, -1].mean()) for run in runs],
        [range_words(*np.quantile(run["gap"][:, -1], (0.05, 0.95))) for run in runs],
        [range_words(*np.quantile(case, (0.05, 0.95))) for case in cases],
    )
    agreed = f"{100 * runs[2]['plan_coverage'][:, 1].mean():.0f}%"
    delivered = [_delivered(run) for run in runs]
    first, last = ([two_decimals(run["trust"][:, month].mean()) for run in runs] for month in (0, -1))
    deficits = [pounds(-run["cumulative_position"][:, -1].mean()) for run in runs]
    for words in (
        f"still has {left[0]} of its £216m gap open",
        f"within eight weeks and {delivered[1]} of it delivered: {left[1]} stays open, and trust moves from {first[1]}",
        f"to {last[1]}. Partnership at half strength has {agreed} agreed within eight weeks and {delivered[2]}",
        f"{left[2]} stays open, and trust grows from {first[2]} to {last[2]}",
        f"comes to {deficits[0]}, {deficits[1]} and {deficits[2]}",
        f"leave {bands[0]}, {bands[1]} and {bands[2]}",
        f"leave {wide[0]} without joint action, {wide[1]} by instruction and {wide[2]} in partnership",
        "no joint action in {}, and in the other {} the two".format(*_of_100(cases[2], cases[0])[:2]),
        "than instruction in {}, no different in {} and more in {}".format(*_of_100(cases[2], cases[1])),
    ):
        assert words in readme


def _delivered(run):
    """The part of what was agreed that is delivered, in whole per cent."""
    programmes = list(run.axes.programmes)
    value = np.array([run.axes.programme(index).paper_value for index in programmes])
    agreed = np.isfinite(run.agreement("agreed")[:, programmes]) @ value
    return f"{100 * np.mean(run['milestones_value'][:, -1][agreed > 0] / agreed[agreed > 0]):.0f}%"


def _of_100(one, other):
    """The cases of 100 in which one leaves less than the other, is no different within £1m, and leaves more."""
    difference = (one - other).mean(axis=1)
    parts = [(difference < -1).mean(), (abs(difference) <= 1).mean(), (difference > 1).mean()]
    return [f"{100 * part:.0f}" for part in parts]
