"""The rules that the module exports return the same bits as in Python, so that a page need never repeat one."""

import inspect
from math import inf, isnan
from random import Random

import numpy as np
import pytest

from simulation.model._rule import RULES
from simulation.model.draws import uniform
from tests.portable.test_parity import BUILDS, runner

pytestmark = pytest.mark.parity

WORDS = {"threefry2x64", "_add_key", "_four_rounds", "_round"}
"""The parts of a draw, which take and return words of 64 bits."""

EXPORTED = {rule.__name__: rule for rule in RULES if rule.__name__ not in WORDS}
ODD = {float: (0.0, 1.0, -1.0, 0.5, 42.0, inf), bool: (True, False), int: (0, 1, 2, 3)}


def inputs_of(rule, chance, number):
    """Arguments of the types that a rule asks for: shares, months, amounts, and special values."""
    types = [kind for name, kind in inspect.get_annotations(rule, eval_str=True).items() if name != "return"]
    for _ in range(number):
        yield [
            chance.choice([chance.random(), chance.uniform(-60, 60), *ODD[kind]]) if kind is float
            else chance.choice(ODD[kind])
            for kind in types
        ]  # fmt: skip


def test_all_rules_that_take_numbers_are_exported():
    assert set(runner("plain").described["rules"]) == set(EXPORTED)
    assert len(EXPORTED) == len(RULES) - len(WORDS)


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", sorted(set(EXPORTED) - {"uniform"}))
def test_a_rule_is_the_one_in_python(build, name):
    rule = EXPORTED[name]
    for given in inputs_of(rule, Random(name), 200):
        try:
            expected = float(rule(*given))
        except (ZeroDivisionError, OverflowError):
            continue  # compiled, division follows IEEE 754
        found = runner(build).rule(name, *map(float, given))
        assert np.float64(found).tobytes() == np.float64(expected).tobytes() or (isnan(found) and isnan(expected)), (
            given
        )


@pytest.mark.parametrize("build", BUILDS)
def test_a_draw_is_the_one_in_python(build):
    chance = Random(1)
    for _ in range(1000):
        seed, replicate, subject = (chance.randrange(2**64) for _ in range(3))
        month, purpose = chance.randrange(600), chance.randrange(10)
        words = [each - 2**64 if each >= 2**63 else each for each in (seed, replicate, subject, month, purpose)]
        assert runner(build).rule("uniform", *words) == uniform(seed, replicate, subject, month, purpose)
