"""The engine against MODEL.md written out naively: the same numbers, to 1e-9, on places that use everything."""

import math

import numpy as np
import pytest

from simulation.model.agents.model import TrustModel
from simulation.model.system import build_system
from simulation.results import columns
from simulation.scenario.loading import load_scenario
from tests.parity.naive import Naive
from tests.places import SCENARIOS, SHIPPED, random_place, scenario, written

pytestmark = pytest.mark.parity

TOLERANCE = 1e-9
BY_THE_END = {"agreements", "memberships"}
"""Tables without months, which can be held to each other only if the whole history can be told."""


def compare(subject, seed, replicate):
    """Hold one history of the engine to the naive one."""
    model = TrustModel(build_system(subject), seed=seed, replicate=replicate)
    engine, naive = model.run(), Naive(written(subject), seed, replicate)
    months = range(subject.months)
    tables = {
        "system": (engine.system, [[row[name] for name in columns.SYSTEM] for row in naive.system]),
        "trust": (engine.relationships, [[naive.trust[t][pair] for pair in engine.axes.relationships] for t in months]),
        "orientation": (column(engine, "orientation"), by_organisation(engine, naive.orientation)),
        "efficiency": (column(engine, "efficiency"), by_organisation(engine, naive.efficiency)),
        "pressure": (column(engine, "pressure"), by_organisation(engine, naive.pressures)),
        "shortfall": (column(engine, "shortfall"), by_organisation(engine, naive.shortfalls)),
        "position": (column(engine, "position"), by_organisation(engine, naive.position)),
        "co-ownership": (
            engine.opportunities[:, :, 0],
            [[naive.co_ownership[t].get(k, math.nan) for k in engine.axes.opportunities] for t in months],
        ),
        "milestones": (
            engine.opportunities[:, :, 2],
            [[naive.milestones[t].get(k, math.nan) for k in engine.axes.opportunities] for t in months],
        ),
        "shifted": (engine.opportunities[:, :, 5], [[naive.shifted[t][k] for k in engine.axes.opportunities] for t in months]),
        "agreements": (engine.agreements, [agreement(engine, naive, k) for k in engine.axes.opportunities]),
        "memberships": (engine.memberships, [naive.on_table[pair] for pair in engine.axes.memberships]),
    }
    whole = naive.told == subject.months
    for name, (ours, expected) in tables.items():
        if name in BY_THE_END and not whole:
            continue
        seen = slice(None) if name in BY_THE_END else slice(naive.told)
        np.testing.assert_allclose(ours[seen], np.array(expected, float)[seen], rtol=0, atol=TOLERANCE, err_msg=name)
    return naive


def column(engine, name):
    return engine.organisations[:, :, list(columns.ORGANISATIONS).index(name)]


def by_organisation(engine, months):
    return [[month[organisation] for organisation in engine.axes.organisations] for month in months]


def agreement(engine, naive, k):
    """The row of the agreements table."""
    if k not in naive.programmes:
        return [math.nan] * len(columns.AGREEMENTS)
    tail = [naive.met[k], naive.worth(k)]
    if k not in naive.agreements:
        return [math.nan] * 6 + tail
    made = dict(naive.agreements[k])
    made["lead"] = engine.axes.organisations.index(made["lead"])
    return [made[name] for name in list(columns.AGREEMENTS)[:6]] + tail


@pytest.mark.parametrize("seed", range(120))
def test_random_places(seed):
    compare(scenario(random_place(seed)), seed=seed * 7919 + 1, replicate=seed % 5)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios(name):
    compare(load_scenario(SCENARIOS / name), seed=20, replicate=3)


def test_random_places_use_everything():
    """The comparison is worth something only if what the specification speaks of happens somewhere in it."""
    seen = set()
    for seed in range(120):
        seen |= Naive(written(scenario(random_place(seed))), seed * 7919 + 1, seed % 5).happened
    assert seen >= {
        "agreed by consent",
        "agreed by order",
        "refused an order",
        "held up by a board that stands to lose",
        "gain shared in a programme",
        "lead without room",
        "nobody has room",
        "not attempted",
        "milestone won",
        "milestone lost, to one who gains",
        "milestone lost, to one who does not",
        "milestone celebrated",
        "last milestone",
        "both leaders changed",
        "leader changed in a programme in delivery",
        "leader changed by chance",
        "shortfall shared",
        "trust at a bound",
        "nobody trusted",
        "two breaches in a month",
        "contract shifted cost",
    }
