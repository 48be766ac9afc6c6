"""scikit-learn: a regression on points of the assumptions."""

import numpy as np
import pytest

from simulation import run_designs
from simulation.execution.assumptions import sample_assumptions
from simulation.parameters import TABLE
from tests.ecosystem.tools import tool, two_trusts

sklearn = tool("sklearn")

pytestmark = pytest.mark.e2e


def test_a_forest_finds_what_trust_depends_on():
    from sklearn.ensemble import RandomForestRegressor

    points = sample_assumptions(300, seed=1)
    runs = run_designs(points, place=two_trusts(), replicates=8, seed=1)
    trust = np.array([each["trust"][:, -1].mean() for each in runs])
    forest = RandomForestRegressor(n_estimators=60, min_samples_leaf=3, random_state=1).fit(points[:200], trust[:200])
    assert forest.score(points[200:], trust[200:]) > 0.5
    assert TABLE[int(forest.feature_importances_.argmax())].name == "opening_trust"
