"""statsmodels: a regression with formula on the table of a run; random draws in common make differences sharp."""

import pandas as pd
import pytest

from simulation import run_ensemble
from simulation.scenario.what_if import with_levers
from tests.ecosystem.tools import tool, two_trusts

smf = tool("statsmodels.formula.api")

pytestmark = pytest.mark.e2e


def test_least_squares_on_strength_and_replicate():
    """With each replicate's own effect, the slope of a lever is the mean of the paired differences."""
    frames = []
    for strength in (0.0, 1.0):
        runs = run_ensemble(with_levers(two_trusts(), superordinate_goal=strength), replicates=20, seed=1)
        frames.append(pd.DataFrame({"gap": runs["gap"][:, -1], "strength": strength, "replicate": runs.replicates}))
    table = pd.concat(frames)
    fit = smf.ols("gap ~ strength + C(replicate)", table).fit()
    differences = frames[1]["gap"] - frames[0]["gap"]
    assert fit.params["strength"] == pytest.approx(differences.mean())
    assert fit.bse["strength"] == pytest.approx(differences.std() / 20**0.5)
