"""Uncertain assumptions on the page are those that Python draws, to the bit."""

from random import Random

import numpy as np
import pytest

from simulation.execution.assumptions import sample_assumptions
from simulation.execution.points import hypercube_state
from simulation.model.ensemble.packing import pack_assumptions
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.scenario.held import HeldParameters, held_parameters
from simulation.scenario.loading import load_scenario
from simulation.scenario.realisation import limit_unowned
from tests.page.node import HERE, call, needs_node
from tests.page.random_settings import random_settings
from tests.places import SCENARIOS, SHIPPED, random_place, scenario

pytestmark = [pytest.mark.parity, needs_node]

NOTHING = {"levers": {}, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}


def bits(arrays: tuple[np.ndarray, ...]) -> list[bytes]:
    return [np.ascontiguousarray(each).tobytes() for each in arrays]


@pytest.mark.parametrize("points", [1, 2, 256, 1024])
@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_points_and_openings_are_those_of_python(points, seed):
    path = SCENARIOS / "two-trusts.yaml"
    place, system = (
        place_data(load_scenario(path), path, date="2026-11-28", seed=seed),
        build_system(load_scenario(path)),
    )
    (found,) = call(HERE / "assumptions_given.mjs", [("given", place, NOTHING, points)])
    assert bits(tuple(found.values())) == bits(pack_assumptions(system, sample_assumptions(points, seed)))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_was_moved_is_held_where_it_was_put(name):
    check(load_scenario(SCENARIOS / name), name)


@pytest.mark.parametrize("seed", range(8))
def test_openings_of_made_up_places_are_those_of_python(seed):
    check(scenario(random_place(seed)), f"place-{seed}.yaml")


def check(subject, name):
    """Compare points under settings made at random with those that Python draws and of which it holds some."""
    place, system = place_data(subject, SCENARIOS / name, date="2026-11-28"), build_system(subject)
    settings = [random_settings(place, seed) | {"levers": {}} for seed in range(4)]
    found = call(HERE / "assumptions_given.mjs", [("given", place, each, 64) for each in settings])
    for each, given in zip(settings, found, strict=True):
        used = limit_unowned(system.parameters._replace(**each["parameters"]))
        own = held_parameters(subject).values
        names = [name for name, value in used._asdict().items() if value != getattr(system.parameters, name)]
        held = HeldParameters(values={name: getattr(used, name) for name in {*each["parameters"], *own, *names}})
        rows = sample_assumptions(64, 1, held=held)
        assert bits(tuple(given.values())) == bits(pack_assumptions(system, rows))


def test_large_samples_are_those_of_scipy():
    from scipy.stats import qmc

    state, increment = hypercube_state(7)
    generator = {"state": str(state), "increment": str(increment)}
    (found,) = call("points.js", [("drawPortions", generator, 5_000, 3)])
    assert found.tobytes() == qmc.LatinHypercube(d=3, rng=7).random(5_000).tobytes()


def test_quantiles_medians_and_bands_are_those_of_numpy():
    chance = Random(1)
    lists = [[chance.choice([chance.gauss(0, 9), 1.0, -2.5]) for _ in range(chance.randint(1, 70))] for _ in range(800)]
    ordered = [np.sort(each) for each in lists]
    parts = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0, 0.333)
    found = call("statistics.js", [("quantile", each, part) for each in ordered for part in parts])
    assert found == [float(np.quantile(each, part)) for each in lists for part in parts]
    assert call("statistics.js", [("median", each) for each in ordered]) == [float(np.median(each)) for each in lists]


def test_bands_leave_out_what_is_not_known():
    table = np.random.default_rng(1).normal(size=(37, 6))
    table[::3, 2], table[:, 4] = np.nan, np.nan
    (found,) = call("statistics.js", [("bandsOf", table.ravel(), 6)])
    for name, part in {"median": 0.5, "low50": 0.25, "high50": 0.75, "low90": 0.05, "high90": 0.95}.items():
        known = np.nanquantile(np.delete(table, 4, axis=1), part, axis=0)
        np.testing.assert_array_equal(np.array(found[name]), np.insert(known, 4, np.nan))


@pytest.mark.parametrize("trials", [1, 2, 7, 64, 256, 1000, 1024])
def test_binomial_quantiles_are_those_of_scipy(trials):
    from scipy.stats import binom

    counts = range(trials + 1)
    found = call("statistics.js", [("binomialQuantiles", trials, each / trials, [0.025, 0.975]) for each in counts])
    shares = np.arange(trials + 1) / trials
    assert np.array(found).tolist() == np.array(binom.ppf([[0.025], [0.975]], trials, shares)).T.tolist()
