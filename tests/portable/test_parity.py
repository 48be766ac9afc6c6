"""The module gives the same bytes as the compiled engine, in every table. These tests must never be loosened."""

from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.execution.assumptions import sample_assumptions
from simulation.model.portable.cache import load_portable_engine
from simulation.model.portable.packed import pack_system
from simulation.model.run import run_ensemble, run_with_parameters
from simulation.model.system import build_system
from simulation.parameters import MOST_STRETCH, TABLE, Parameters
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from simulation.scenario.realisation import limit_unowned
from tests.parity.engines import moving_place
from tests.places import SCENARIOS, SHIPPED, scenario
from tests.portable.runner import Runner

pytestmark = pytest.mark.parity

BUILDS = ("plain", "with_simd")
PARTNERSHIP = "mid-south-essex-partnership.yaml"

every_build = pytest.mark.parametrize("build", BUILDS)


@cache
def runner(build):
    engine = load_portable_engine()
    return Runner(getattr(engine, build), engine.description)


@cache
def shipped(name):
    return load_scenario(SCENARIOS / name)


def by_module(build, subject, *, replicates, seed=3, first=0, detail=DETAIL, months=None):
    """All tables as bytes; with all monthly detail, if no other is asked for."""
    numbers = range(first, first + replicates)
    kept = range(subject.months) if months is None else months
    packed = pack_system(build_system(subject))
    return runner(build).run(packed, seed=seed, replicates=numbers, detail=detail, months=kept)


def by_compiled(subject, *, replicates, seed=3, first=0, detail=DETAIL, months=None):
    """The same from the compiled engine, for the tables that it keeps."""
    asked = {"detail": detail, "detail_months": months} if detail else {}
    made = run_ensemble(subject, replicates=replicates, seed=seed, first=first, engine="compiled", **asked)
    return tables_of(made)


def tables_of(ensemble):
    return {name: getattr(ensemble, name).tobytes() for name in ensemble.arrays if name != "replicates"}


def unlike(one, other):
    """The tables in which any byte differs; those that one of them does not keep have no byte."""
    assert {*one, *other} == {"system", "outturns", "agreements", "memberships", *DETAIL}
    return [name for name in {*one, *other} if one.get(name, b"") != other.get(name, b"")]


@every_build
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario(build, name):
    asked = {"replicates": 19}
    assert unlike(by_module(build, shipped(name), **asked), by_compiled(shipped(name), **asked)) == []


@every_build
@pytest.mark.parametrize(
    ("replicates", "first", "seed"),
    [(1, 0, 0), (15, 1, 7), (17, 40, 2**63), (33, 2**31, 2**64 - 1), (65, 2**62, 2**64 - 1), (256, 3, 1)],
)
def test_any_replicates_under_any_seed(build, replicates, first, seed):
    asked = {"replicates": replicates, "first": first, "seed": seed, "detail": ("relationships",)}
    assert unlike(by_module(build, shipped(PARTNERSHIP), **asked), by_compiled(shipped(PARTNERSHIP), **asked)) == []


@every_build
@pytest.mark.parametrize(
    ("detail", "months"), [((), ()), (("relationships",), (0, 7, 39)), (("organisations", "opportunities"), (5,))]
)
def test_any_detail(build, detail, months):
    asked = {"replicates": 5, "detail": detail, "months": months}
    assert unlike(by_module(build, shipped(PARTNERSHIP), **asked), by_compiled(shipped(PARTNERSHIP), **asked)) == []


places = st.builds(
    moving_place,
    st.randoms(use_true_random=False),
    organisations=st.integers(2, 12),
    months=st.tuples(st.just(1), st.integers(1, 18)),
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(places, st.integers(1, 20), st.integers(0, 40), st.integers(0, 2**64 - 1))
def test_made_up_places(plain, replicates, first, seed):
    subject = scenario(plain)
    asked = {"replicates": replicates, "first": first, "seed": seed}
    compiled = by_compiled(subject, **asked)
    assert [unlike(by_module(build, subject, **asked), compiled) for build in BUILDS] == [[], []]


def with_rows(build, subject, rows, seed):
    """One replicate for each set of parameters."""
    packed, numbers = pack_system(build_system(subject), rows), range(len(rows))
    return runner(build).run(packed, seed=seed, replicates=numbers, rows=numbers)


def assert_alike_under(rows, subject, seed):
    compiled = tables_of(run_with_parameters(subject, rows, seed=seed, engine="compiled"))
    assert [set(unlike(with_rows(build, subject, rows, seed), compiled)) for build in BUILDS] == [set(), set()]


@pytest.mark.parametrize("stretch", [1.0, 3.0])
@pytest.mark.parametrize("name", SHIPPED)
def test_varied_parameters(name, stretch):
    assert_alike_under(sample_assumptions(257, seed=9, stretch=stretch), shipped(name), seed=9)


@pytest.mark.parametrize("number", range(20))
def test_varied_parameters_of_made_up_places(number):
    subject = scenario(moving_place(Random(number), organisations=2 + number % 11, months=(6, 18)))
    assert_alike_under(sample_assumptions(21, seed=number), subject, seed=number)


def extremes(stretch):
    """Every parameter at either end of its range, the others at their default; all at both ends; mixtures of ends."""
    ends = [tuple(map(float, row.stretched(stretch))) for row in TABLE]
    usual = [float(row.default) for row in TABLE]
    alone = [[*usual[:at], end, *usual[at + 1 :]] for at, pair in enumerate(ends) for end in pair]
    chance = Random(1)
    mixed = [[chance.choice(pair) for pair in ends] for _ in range(100)]
    rows = [usual, *alone, *(list(each) for each in zip(*ends, strict=True)), *mixed]
    return [limit_unowned(Parameters(*row)) for row in rows]


@pytest.mark.parametrize("stretch", [1.0, MOST_STRETCH])
@pytest.mark.parametrize("name", SHIPPED)
def test_extremes_of_all_ranges(name, stretch):
    assert_alike_under(extremes(stretch), shipped(name), seed=2**64 - 1)


def test_the_comparisons_are_not_of_constants():
    one, other = (by_module("plain", shipped(PARTNERSHIP), replicates=40, seed=seed) for seed in (3, 4))
    assert set(unlike(one, other)) == set(one)
    system = np.frombuffer(one["system"]).reshape(40, -1)
    assert len({row.tobytes() for row in system}) == 40
