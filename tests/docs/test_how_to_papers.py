"""The how-to on papers draws every chart and writes every format that it says."""

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from simulation import load_experiment
from simulation.execution.plan import plan_batch
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from tests.execution.small import run

ROOT = Path(__file__).parents[2]


@pytest.mark.unit
def test_the_lines_of_python_about_papers_run(tmp_path, monkeypatch, capsys):
    """The how-to's lines of Python, on the experiment that it names, with few replicates."""
    monkeypatch.chdir(tmp_path)
    experiment = replace(
        load_experiment(ROOT / "scenarios/experiments/ways-to-close-a-gap.yaml"),
        replicates=2,
        assumptions=AssumptionSample(points=8, replicates=1),
    )
    for each in (experiment, *supporting_experiments(experiment)):
        run(plan_batch(each), tmp_path / "results/ways-to-close-a-gap" / each.supporting_folder)
    how_to = (ROOT / "docs/how-to/papers.md").read_text(encoding="utf-8")
    names: dict = {}
    for code in re.findall(r"```python\n(.*?)```", how_to, re.DOTALL):
        exec(code, names)
    assert "superordinate_goal" in capsys.readouterr().out
    assert (tmp_path / "pictures/trajectory.png").exists()
    for chart in names["charts"].CHARTS:
        assert f"`{chart}`" in how_to
    for analysis in import_module("simulation.analysis").__all__:
        assert f"`{analysis}`" in how_to or analysis == "map_trust"
