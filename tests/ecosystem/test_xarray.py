"""xarray: select, reduce and keep labelled arrays; a variable's table is small."""

import pytest

from simulation import load_scenario, run_ensemble
from tests.ecosystem.tools import ROOT, tool, two_trusts

xarray = tool("xarray")

pytestmark = pytest.mark.e2e


def test_select_by_label_and_reduce():
    runs = run_ensemble(two_trusts(), replicates=6, seed=1, detail=("organisations",))
    tree = runs.to_xarray()
    gap = tree["system"]["gap"]
    assert gap.sel(month="2025-01-01").mean("replicate").item() == pytest.approx(runs["gap"][:, 9].mean())
    hospital = tree["outturns"]["outturn"].sel(organisation="hospital").sum("year")
    assert hospital.to_numpy() == pytest.approx(runs.outturns[:, :, 1].sum(axis=1))
    rolling = gap.mean("replicate").rolling(month=12).mean()
    assert rolling[-1].item() == pytest.approx(runs["gap"][:, -12:].mean())
    by_year = gap.groupby("month.year").mean()
    assert by_year.sel(year=2024).mean().item() == pytest.approx(runs["gap"][:, :9].mean())


def test_a_variable_of_the_reference_place_is_a_small_table():
    detail = ("organisations", "relationships", "opportunities")
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    runs = run_ensemble(place, replicates=2, seed=1, detail=detail)
    tree = runs.to_xarray()
    assert len(tree["system"].to_dataset().to_dataframe()) == 2 * place.months
    assert len(tree["relationships"]["trust"].to_dataframe()) == runs.relationships.size
    assert tree["relationships"]["trust"].mean("relationship")[0, -1].item() == pytest.approx(runs["trust"][0, -1])
