"""Every rule against sums worked by hand, in examples/*.yaml."""

from pathlib import Path

import pytest
import yaml

from simulation.model import _rule, draws
from simulation.model.rules import (
    account,
    convene,
    delivery,
    levers,
    negotiation,
    numeric,
    payment,
    reflection,
    stage,
    stance,
)

pytestmark = pytest.mark.unit

MODULES = (account, convene, delivery, levers, negotiation, numeric, payment, reflection, stage, stance)
DRAWS = {"_add_key", "_four_rounds", "_round", draws.threefry2x64.__name__, draws.uniform.__name__}
RULES = {
    function.__name__: function for function in _rule.RULES if function.__module__.startswith("simulation.model.rules.")
}
EXAMPLES = [
    pytest.param(path.stem, example, id=f"{example['rule']}-{number}")
    for path in sorted((Path(__file__).parent / "examples").glob("*.yaml"))
    for number, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_worked_example(file, example):
    rule = RULES[example["rule"]]
    assert rule.__module__ == f"simulation.model.rules.{file}"
    arguments = {
        name: value if isinstance(value, bool) else float(value) for name, value in example["arguments"].items()
    }
    expected = example["result"]
    if isinstance(expected, str):
        assert rule(**arguments).hex() == float.fromhex(expected).hex()
    elif isinstance(expected, bool):
        assert rule(**arguments) is expected
    else:
        assert rule(**arguments) == pytest.approx(expected, rel=1e-14, abs=1e-15, nan_ok=True)


def test_every_rule_has_two_examples():
    covered = [example.values[1]["rule"] for example in EXAMPLES]
    assert [name for name in RULES if covered.count(name) < 2] == []


def test_every_function_in_the_rules_is_recorded_once():
    defined = [
        name
        for module in MODULES
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__
    ]
    recorded = [function.__name__ for function in _rule.RULES]
    assert sorted(defined) == sorted(RULES)
    assert len(recorded) == len(set(recorded))
    assert set(recorded) - set(RULES) == DRAWS


def test_the_mark_changes_nothing():
    def plain(x):
        return x

    recorded = len(_rule.RULES)
    try:
        assert _rule.rule(plain) is plain
        assert _rule.RULES[recorded:] == [plain]
    finally:
        del _rule.RULES[recorded:]
