"""Machine code belongs to the source in memory that it was made from, whatever the files say by then."""

import pytest

from simulation.model.ensemble import compiled, kernel
from simulation.model.ensemble.loaded import LoadedSource, SourceChangedError
from simulation.model.rules import account, numeric

pytestmark = pytest.mark.unit

REFUSAL = "the model's source has changed since it was imported: restart Python"


def load_source():
    return LoadedSource((kernel.simulate, compiled.SETTINGS))


def code_of(program):
    defined = {}
    exec(program, defined)
    return defined["run_rate_gap"].__code__


def test_another_constant_or_another_formula_is_seen(monkeypatch):
    source = load_source()
    source.check()
    with monkeypatch.context() as patch:
        patch.setattr(numeric, "_LIMIT", 42.0)
        with pytest.raises(SourceChangedError, match=rf"^{REFUSAL}$"):
            source.check()
        assert load_source().fingerprint != source.fingerprint
    source.check()
    with monkeypatch.context() as patch:
        formula = "def run_rate_gap(do_nothing, efficiency, programmes): return do_nothing - efficiency + programmes"
        patch.setattr(account.run_rate_gap, "__code__", code_of(formula))
        with pytest.raises(SourceChangedError):
            source.check()
    source.check()


def test_other_words_on_other_lines_are_the_same_source(monkeypatch):
    source = load_source()
    before = account.run_rate_gap.__code__
    program = "\n\ndef run_rate_gap(do_nothing, efficiency, programmes):\n  'Other words.'\n  return {}"
    moved = code_of(program.format("do_nothing - efficiency - programmes"))
    assert moved != before
    monkeypatch.setattr(account.run_rate_gap, "__code__", moved)
    monkeypatch.setattr(account.run_rate_gap, "__doc__", "Other words.")
    source.check()
    assert load_source().fingerprint == source.fingerprint


def test_a_name_bound_to_another_function_is_seen(monkeypatch):
    """The kernel keeps the function that it imported, and would go on with it unnoticed."""
    source = load_source()
    monkeypatch.setattr(account, "run_rate_gap", account.shortfall)
    for look in (source.check, load_source):
        with pytest.raises(SourceChangedError):
            look()
