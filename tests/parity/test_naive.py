"""The engine against the specification written out naively: the same numbers, on places that use everything."""

import math
from functools import cache

import numpy as np
import pytest

from simulation import columns
from simulation.parameters import default_parameters
from simulation.scenario.loading import load_scenario
from tests.parity.naive import DEFAULTS, NOTEWORTHY, Naive
from tests.places import SCENARIOS, SHIPPED, random_place, run, scenario, written

pytestmark = pytest.mark.parity

PLACES = 120
TOLERANCE = 1e-9
BY_THE_END = {"agreements", "memberships"}
"""Tables without months, which are compared only if the whole replicate is certain."""


def compare(subject, seed, replicate, naive=None):
    """Hold one replicate of the engine to the naive one."""
    engine = run(subject, seed=seed, replicate=replicate)
    naive = naive or Naive(written(subject), seed, replicate)
    opportunities = engine.axes.opportunities

    def by_programme(name, expected):
        at = columns.index_of(columns.OPPORTUNITIES, name)
        return engine.opportunities[:, :, at], [[expected[t].get(k, math.nan) for k in opportunities] for t in months]

    months = range(subject.months)
    shifted, sizes = by_programme("cost_shifted", naive.shifted)
    tables = {
        "system": (engine.system, [columns.in_order(columns.SYSTEM, row) for row in naive.system]),
        "trust": (engine.relationships, [[naive.trust[t][pair] for pair in engine.axes.relationships] for t in months]),
        "orientation": (column(engine, "orientation"), by_organisation(engine, naive.orientation)),
        "efficiency": (column(engine, "efficiency"), by_organisation(engine, naive.efficiency)),
        "pressure": (column(engine, "pressure"), by_organisation(engine, naive.pressures)),
        "shortfall": (column(engine, "shortfall"), by_organisation(engine, naive.shortfalls)),
        "position": (column(engine, "position"), by_organisation(engine, naive.position)),
        "co-ownership": by_programme("co_ownership", naive.co_ownership),
        "milestones": by_programme("milestones_met", naive.milestones),
        "worth": by_programme("worth", naive.worth),
        "behind": by_programme("behind", naive.behind),
        "shifted": (abs(shifted), sizes),
        "yielded": by_programme("contract_yield", naive.yielded),
        "agreements": (engine.agreements, [agreement(engine, naive, k) for k in engine.axes.opportunities]),
        "memberships": (engine.memberships, [naive.on_table[pair] for pair in engine.axes.memberships]),
    }
    whole = naive.certain == subject.months
    for name, (ours, expected) in tables.items():
        if name in BY_THE_END and not whole:
            continue
        seen = slice(None) if name in BY_THE_END else slice(naive.certain)
        np.testing.assert_allclose(ours[seen], np.array(expected, float)[seen], rtol=0, atol=TOLERANCE, err_msg=name)
    return naive


def column(engine, name):
    return engine.organisations[:, :, columns.index_of(columns.ORGANISATIONS, name)]


def by_organisation(engine, months):
    return [[month[organisation] for organisation in engine.axes.organisations] for month in months]


def agreement(engine, naive, k):
    """The row of the agreements table."""
    row = dict.fromkeys(columns.AGREEMENTS._fields, math.nan)
    if k in naive.programmes:
        row |= {"milestones_met": naive.milestones[-1][k], "worth": naive.worth[-1][k]}
    if k in naive.agreements:
        row |= naive.agreements[k]
        row["lead"] = engine.axes.organisations.index(row["lead"])
    return columns.in_order(columns.AGREEMENTS, row)


@cache
def naive_of(number):
    """The naive replicate of a made-up place."""
    return Naive(written(scenario(random_place(number))), number * 7919 + 1, number % 5)


@pytest.mark.parametrize("number", range(PLACES))
def test_random_places(number):
    compare(scenario(random_place(number)), number * 7919 + 1, number % 5, naive_of(number))


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios(name):
    compare(load_scenario(SCENARIOS / name), seed=20, replicate=3)


def test_random_places_use_everything():
    """The comparison is useful only if everything in the specification happens in it."""
    seen = set().union(*[naive_of(number).happened for number in range(PLACES)])
    assert sorted(NOTEWORTHY - seen) == []


def test_most_months_are_certain():
    """Nothing is compared where the last bits decide: that must stay rare."""
    certain = [(naive_of(number).certain, len(naive_of(number).system)) for number in range(PLACES)]
    assert sum(one for one, _ in certain) > 0.98 * sum(all_ for _, all_ in certain)
    assert sum(one == all_ for one, all_ in certain) > 0.95 * PLACES


def test_the_naive_model_has_the_specifications_defaults():
    given = default_parameters()._asdict()
    assert {name: value for name, value in DEFAULTS.items() if name != "trust_rule"} == {
        name: value for name, value in given.items() if name != "trust_rule"
    }
    assert DEFAULTS["trust_rule"] == "linear"
