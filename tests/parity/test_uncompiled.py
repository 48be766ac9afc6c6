"""The kernel gives the same bits compiled and uncompiled, on every scenario that is shipped."""

import pytest

from simulation.scenario.loading import load_scenario
from tests.parity.engines import run_by, run_uncompiled, unlike
from tests.places import SCENARIOS, SHIPPED

pytestmark = pytest.mark.parity


@pytest.mark.parametrize("name", SHIPPED)
def test_compiled_is_uncompiled(name):
    subject = load_scenario(SCENARIOS / name)
    assert unlike(run_by("compiled", subject, replicates=3), run_uncompiled(subject, replicates=3)) == []
