"""The page on converting a file by hand: its old form is refused with the page's name, its new form is valid."""

import re
from pathlib import Path

import pytest

from simulation import load_scenario
from simulation.scenario.problems import ScenarioError

pytestmark = pytest.mark.unit

PAGE = "docs/how-to/from-the-first-edition.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text(encoding="utf-8")
OLD, NEW = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
HEAD = """\
title: A place
start: 2024-04
months: 12
population: 1000
do_nothing: {2024-04: 10}
organisations:
  ccg: {role: commissioner, income: 150, deficit_share: 1}
  hospital: {role: provider, sector: acute, income: 100, deficit_share: 1}
  community: {role: provider, income: 20, deficit_share: 0}
"""


def test_the_old_form_gets_one_message_that_names_the_page(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_text(HEAD + OLD, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(path)
    (problem,) = refusal.value.problems
    assert PAGE in str(problem)


def test_the_new_form_has_the_shares_that_the_page_works_out(tmp_path):
    path = tmp_path / "new.yaml"
    path.write_text(HEAD + NEW, encoding="utf-8")
    place = load_scenario(path)
    frailty = place.programmes["frailty"]
    moved = frailty.activity[0].income / frailty.paper_value
    shares = frailty.cost_shares()
    assert (shares["hospital"] - moved, shares["ccg"] + moved) == (-0.75, 1.75)
