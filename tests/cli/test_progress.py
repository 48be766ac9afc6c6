"""What is said on stderr while a command works."""

import pytest

from simulation.cli import _progress
from simulation.cli._progress import plan_with_progress
from simulation.execution.plan import TooManyDesignsError
from tests.execution.small import experiment

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("many", "said"), [(4, ""), (3, "small: 3 designs to plan\n"), (1, "small: 3 designs to plan\n")]
)
def test_planning_many_designs_says_how_many(many, said, monkeypatch, capsys):
    monkeypatch.setattr(_progress, "MANY_DESIGNS", many)
    plan = plan_with_progress(experiment({"parameters.loss_ratio": (1, 2, 3)}))
    assert len(plan.designs) == 3
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", said)


def test_too_many_designs_are_refused_before_anything_is_said(capsys):
    wide = {f"parameters.{name}": range(1, 102) for name in ("loss_ratio", "decision_sharpness", "pace")}
    with pytest.raises(TooManyDesignsError):
        plan_with_progress(experiment(wide))
    assert capsys.readouterr().err == ""
