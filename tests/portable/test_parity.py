"""The module gives the same bytes as the compiled engine, in every table. These tests must never be loosened."""

from functools import cache

import pytest

from simulation.model.portable.cache import load_portable_engine
from simulation.model.portable.packed import pack_system
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from tests.parity.engines import run_by
from tests.places import SCENARIOS, SHIPPED
from tests.portable.runner import Runner

pytestmark = pytest.mark.parity

BUILDS = ("plain", "with_simd")


@cache
def runner(build):
    engine = load_portable_engine()
    return Runner(getattr(engine, build), engine.description)


def by_module(build, subject, *, replicates, seed=3, first=0):
    """All tables as bytes, with all monthly detail."""
    numbers = range(first, first + replicates)
    packed = pack_system(build_system(subject))
    months = range(subject.months)
    return runner(build).run(packed, seed=seed, replicates=numbers, detail=DETAIL, months=months)


def tables_of(ensemble):
    return {name: getattr(ensemble, name).tobytes() for name in ensemble.arrays if name != "replicates"}


def unlike(one, other):
    """The tables in which any byte differs."""
    assert set(one) == set(other)
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario(build, name):
    subject = load_scenario(SCENARIOS / name)
    compiled = tables_of(run_by("compiled", subject, replicates=19))
    assert unlike(by_module(build, subject, replicates=19), compiled) == []
