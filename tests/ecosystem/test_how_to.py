"""The how-to page about other tools: its blocks run as they are written, one after the other."""

import re
from typing import Any

import pytest

from tests.docs.tables import ROOT
from tests.ecosystem.tools import tool


@pytest.mark.e2e
def test_the_blocks_run_and_give_what_the_page_says(monkeypatch):
    for module in ("ema_workbench", "SALib", "polars", "xarray", "duckdb", "networkx", "sklearn", "joblib"):
        tool(module)
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    page = (ROOT / "docs/how-to/tools.md").read_text(encoding="utf-8")
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(code, names)
    assert names["outcomes"]["gap_by_month"].shape == (120, 24)
    assert names["most"] == "opening_trust"
    assert names["total"]["ST"].idxmax() == "opening_trust"
    runs, last = names["runs"], names["runs"]["gap"][:, -1]
    assert names["by_month"].to_numpy() == pytest.approx(runs["gap"].mean(axis=0))
    assert names["in_january"] == pytest.approx(runs["gap"][:, 9].mean())
    assert names["met"].to_list() == (last <= runs.target).tolist()
    assert names["worst"] == last.max()
    assert names["most_trusted"] in {"commissioner", "hospital"}
    assert sum(names["ranks"].values()) == pytest.approx(1)
    assert names["largest"] == "opening_trust"
    assert [gap for part in names["parts"] for gap in part["gap"][:, -1]] == last.tolist()
