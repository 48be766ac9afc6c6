"""Results of the page have the numbers that Python's analysis gives for the same runs."""

from base64 import b64encode
from typing import Any

import numpy as np
import pytest

from simulation import with_levers
from simulation.analysis.bands import bands_of, month_of_half
from simulation.analysis.finance import finance_of
from simulation.execution.assumptions import sample_assumptions
from simulation.model.portable.packed import pack_system
from simulation.model.run import run_designs, run_ensemble
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.held import held_parameters
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from tests.page.node import call_with_engine, needs_node
from tests.places import SCENARIOS, random_place, scenario

pytestmark = [pytest.mark.parity, needs_node]

REPLICATES, POINTS = 33, 40


def subject_of(name: str) -> Scenario:
    """A shipped scenario, or a made-up place by its number."""
    return scenario(random_place(int(name))) if name.isdigit() else load_scenario(SCENARIOS / f"{name}.yaml")


def bands(values: Any) -> dict[str, list[float]]:
    found = bands_of(values)
    names = {"median": "median", "low50": "low_50", "high50": "high_50", "low90": "low_90", "high90": "high_90"}
    return {name: getattr(found, limit).tolist() for name, limit in names.items()}


def plan_of(ensemble: Ensemble) -> list[dict[str, Any]]:
    found = []
    for k in ensemble.axes.programmes:
        entry = ensemble.axes.programme(k)
        agreed, met, worth = (ensemble.agreement(name)[:, k] for name in ("agreed", "milestones_met", "worth"))
        month = month_of_half(agreed, ensemble.axes.months)
        found.append(
            {
                "opportunity": k,
                "value": entry.paper_value,
                "agreed": float((~np.isnan(agreed)).mean()),
                "month": None if month is None else ensemble.axes.months.index(month),
                "delivered": float((met / entry.milestones * entry.paper_value).mean()),
                "realised": float(worth.mean()),
            }
        )
    return found


def years_of(ensemble: Ensemble) -> list[dict[str, float]]:
    finance = finance_of(Study(ensemble=ensemble))
    names = {"gap": ("gap", 1), "position": ("position", 1), "lever_costs": ("levers", -1), "set_up": ("set_up", -1)}
    medians = {name: np.median(sign * finance.by_year(item), axis=0) for name, (item, sign) in names.items()}
    return [{name: float(each[year]) for name, each in medians.items()} for year in range(len(finance.years))]


@pytest.mark.parametrize(
    "name", ["mid-south-essex-partnership", "mid-south-essex-as-it-happened", "two-trusts", "3", "11"]
)
def test_results_are_those_of_the_analysis(name):
    subject = subject_of(name)
    system, place = build_system(subject), place_data(subject, SCENARIOS / "place.yaml", date="2026-11-28")
    packed = pack_system(system)
    block = b64encode(packed.block).decode()
    (found,) = call_with_engine("results_given.mjs", [("given", place, packed.description, block, REPLICATES, POINTS)])
    ensemble = run_ensemble(subject, replicates=REPLICATES, seed=1, detail=("relationships",))
    rows = sample_assumptions(POINTS, seed=1, held=held_parameters(subject))
    designs = run_at_points(subject, rows)
    check_gaps(found, ensemble, designs)
    np.testing.assert_array_equal(found["trust"]["opening"], system.baseline)
    check_trust_and_money(found, ensemble)


def run_at_points(subject: Scenario, rows: list[Any], seed: int = 1) -> dict[str, np.ndarray]:
    """The first replicate of each point, `[point, month]` by column."""
    runs = list(run_designs(rows, replicates=1, points=range(len(rows)), seed=seed, place=subject))
    return {name: np.vstack([run[name] for run in runs]) for name in ("gap", "cumulative_position", "population_first")}


def check_gaps(found: dict[str, Any], ensemble: Ensemble, varied: dict[str, np.ndarray]) -> None:
    """Bands and last months have the bits of Python."""
    assert (found["replicates"], found["cases"]) == (REPLICATES, POINTS)
    for page, python in (
        (found["gap"]["chance"], bands(ensemble["gap"])),
        (found["gap"]["varied"], bands(varied["gap"])),
        (found["questions"]["population_first"], bands(ensemble["population_first"])),
        (found["questions"]["varied"], bands(varied["population_first"])),
        (found["trust"]["overall"], bands(ensemble["trust"])),
    ):
        assert {name: np.array(each).tobytes() for name, each in page.items()} == {
            name: np.array(each).tobytes() for name, each in python.items()
        }
    np.testing.assert_array_equal(found["gap"]["do_nothing"], np.median(ensemble["do_nothing"], axis=0))
    last = found["last"]
    np.testing.assert_array_equal(last["chance"], ensemble["gap"][:, -1])
    np.testing.assert_array_equal(last["varied"], varied["gap"][:, -1])
    np.testing.assert_array_equal(last["position"]["chance"], ensemble["cumulative_position"][:, -1])
    np.testing.assert_array_equal(last["position"]["varied"], varied["cumulative_position"][:, -1])


def check_trust_and_money(found: dict[str, Any], ensemble: Ensemble) -> None:
    """Trust, outturns, the plan and the money agree; sums but for rounding."""
    assert ensemble.relationships is not None
    np.testing.assert_allclose(found["trust"]["mean"], ensemble.relationships.mean(axis=0), rtol=1e-12)
    np.testing.assert_array_equal(found["organisations"]["outturns"], ensemble.outturns)
    np.testing.assert_array_equal(found["money"]["position"], ensemble["cumulative_position"])
    plan = plan_of(ensemble)
    assert [each.pop("month") for each in found["plan"]] == [each.pop("month") for each in plan]
    assert found["plan"] == [pytest.approx(each, rel=1e-12) for each in plan]
    assert found["money"]["years"] == [pytest.approx(each, rel=1e-9, abs=1e-12) for each in years_of(ensemble)]


@pytest.mark.parametrize("moved", [{}, {"coaching": {"strength": 0.7, "from": 0}}], ids=["nothing", "coaching"])
def test_points_that_follow_on_give_the_same_as_all_at_once(moved):
    """No run is made twice, whether more points are asked for or fewer, and the baseline's replicates not at all."""
    subject, steps, replicates = subject_of("two-trusts"), [0, 7, 40, 16], 33
    place = place_data(subject, SCENARIOS / "place.yaml", date="2026-11-28", replicates=replicates)
    packed = pack_system(build_system(subject))
    settings = {"levers": moved, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}
    block = b64encode(packed.block).decode()
    (result,) = call_with_engine("simulate_given.mjs", [("given", place, packed.description, block, settings, steps)])
    assert result["taken"] == max(steps) + (replicates if moved else 0)
    for found, direct, points in zip(result["found"], result["direct"], steps, strict=True):
        assert found["cases"] == points
        with np.printoptions(threshold=2**31, floatmode="unique"):
            assert repr(found) == repr(direct)


@pytest.mark.parametrize("seed", [1, 2**64 - 1])
@pytest.mark.parametrize("moved", [{}, {"coaching": 0.7}], ids=["nothing", "coaching"])
def test_each_point_has_random_events_of_its_own_whatever_is_moved(moved, seed):
    """Cases of the page are those of Python: points have different random events, and all settings the same ones."""
    subject = subject_of("two-trusts")
    place = place_data(subject, SCENARIOS / "place.yaml", date="2026-11-28", replicates=3, seed=seed)
    packed = pack_system(build_system(subject))
    levers = {name: {"strength": strength, "from": 0} for name, strength in moved.items()}
    settings = {"levers": levers, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}
    block = b64encode(packed.block).decode()
    (result,) = call_with_engine("simulate_given.mjs", [("given", place, packed.description, block, settings, [130])])
    last = result["found"][0]["last"]
    rows = sample_assumptions(place["points"]["number"], seed)[:130]
    varied = run_at_points(with_levers(subject, **moved), rows, seed)
    np.testing.assert_array_equal(last["varied"], varied["gap"][:, -1])
    np.testing.assert_array_equal(last["position"]["varied"], varied["cumulative_position"][:, -1])
