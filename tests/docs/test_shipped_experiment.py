"""The shipped experiment gives what the documents say of it."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.e2e
def test_the_shipped_experiment_reads_as_the_documents_say(tmp_path, monkeypatch):
    """The README's numbers, its line of SQL and the how-to's lines of Python, from the experiment as it is shipped."""
    monkeypatch.chdir(tmp_path)
    experiment = str(ROOT / "scenarios/experiments/instruct-or-coach.yaml")
    output = subprocess.run(
        [sys.executable, "-m", "simulation", "batch", experiment], capture_output=True, text=True, check=True
    ).stdout
    readme, how_to = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/how-to/batches.md"))
    for line in re.findall(r"^  (?:no joint action|instruction|coaching|both) .*$", readme, re.MULTILINE):
        assert line in output
    (query,) = re.findall(r"```sql\n(.*?)```", readme, re.DOTALL)
    assert query in how_to
    by_sql = dict(duckdb.sql(query).fetchall())
    names: dict = {}
    exec(next(code for code in re.findall(r"```python\n(.*?)```", how_to, re.DOTALL) if "load_results" in code), names)
    means = names["gaps"].mean()
    designs = names["results"].designs
    by_python = {variant: means[number] for number, variant in zip(designs["design"], designs["scenario"], strict=True)}
    assert by_sql == pytest.approx(by_python)
