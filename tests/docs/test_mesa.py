"""The how-to page about Mesa: its blocks run as they are written, one after the other."""

import re
from typing import Any

import pytest

from tests.docs.tables import ROOT


@pytest.mark.unit
def test_the_blocks_run_and_give_what_the_page_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    for code in re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/how-to/mesa.md").read_text(encoding="utf-8"), re.DOTALL
    ):
        exec(code, names)
    assert names["watched"].datacollector.get_model_vars_dataframe()["gap"].iloc[-1] == names["final_gap"]
    assert names["trust_of_meht"].index.tolist() == list(range(names["place"].months))
    assert names["by_exposure"].index.tolist() == [0.2, 0.3]
    assert names["by_exposure"].nunique() == 2
    assert names["difference"] != 0.0
    assert names["coached"].run()["gap"][-1] < names["model"].gap
