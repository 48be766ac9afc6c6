"""Replicates by either engine, in many ways, and comparisons of them to the bit."""

import os
import pickle
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from simulation.model.agents.model import TrustModel
from simulation.model.run import run_ensemble
from simulation.results.ensemble import DETAIL, Ensemble, Keep
from simulation.scenario.schema import Scenario
from tests.places import crowded_place, written

ROOT = Path(__file__).parents[2]

_UNCOMPILED = """
import pickle, sys
from simulation.model.run import run_ensemble
from simulation.scenario.schema import Scenario
while sys.stdin.buffer.peek(1):
    plain, asked = pickle.load(sys.stdin.buffer)
    made = run_ensemble(Scenario.model_validate(plain), engine="compiled", **asked)
    import numba
    assert numba.config.DISABLE_JIT, "this was to run uncompiled"
    pickle.dump({name: getattr(made, name) for name in made.arrays}, sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


def moving_place(chance: Random, *, organisations: int, months: tuple[int, int]) -> dict[str, Any]:
    """As `crowded_place`, with activity in most programmes that moves where a contract says who pays for it."""
    plain = crowded_place(chance, organisations=organisations, months=months)
    contracts = list(plain["contracts"].values())
    for entry in plain["programmes"].values():
        if not contracts or chance.random() < 0.3:
            continue
        paid = chance.choice(contracts)
        others = [each["provider"] for each in contracts if each["provider"] != paid["provider"]]
        move = {chance.choice(["from", "from", "to"]): paid["provider"], "income": chance.uniform(0.5, 9)}
        if "from" in move and others:
            move["to"] = chance.choice(others)
        entry["activity"] = [*entry["activity"], move]
        entry["shares" if "shares" in entry else "saves"].setdefault(paid["commissioner"], 0.0)
    return plain


def run_by(engine: str, subject: Scenario, **asked: Any) -> Ensemble:
    """Return replicates with all monthly detail."""
    return run_ensemble(subject, engine=engine, **{"seed": 3, "detail": DETAIL} | asked)


def run_shuffled(subject: Scenario, replicates: int, seed: int = 3) -> Ensemble:
    """Return the agents' replicates when they act in a random order."""
    made = (TrustModel(subject, seed=seed, replicate=each, shuffled=True).run() for each in range(replicates))
    return Ensemble.gather(made, Keep.of(subject.months, DETAIL))


def run_uncompiled(subject: Scenario, **asked: Any) -> dict[str, Any]:
    """Return the kernel's arrays when it runs as plain Python, in a process where nothing is compiled."""
    process = _uncompiled()
    assert process.stdin is not None
    assert process.stdout is not None
    pickle.dump((written(subject), {"seed": 3, "detail": DETAIL} | asked), process.stdin)
    process.stdin.flush()
    try:
        arrays: dict[str, Any] = pickle.load(process.stdout)
    except EOFError:
        _uncompiled.cache_clear()
        message = f"the uncompiled kernel failed and printed why (exit code {process.wait()})"
        raise RuntimeError(message) from None
    return arrays


@cache
def _uncompiled() -> subprocess.Popen[bytes]:
    """Start the process, which ends with its standard input: when this process ends."""
    return subprocess.Popen(
        [sys.executable, "-c", _UNCOMPILED],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def unlike(one: Ensemble | dict[str, Any], other: Ensemble | dict[str, Any]) -> list[str]:
    """Return the tables in which two ensembles differ by any bit."""
    left, right = (each if isinstance(each, dict) else arrays_of(each) for each in (one, other))
    assert set(left) == set(right) >= {"system", "agreements", "memberships", "outturns"}
    return [name for name in left if not _alike(left[name], right[name])]


def arrays_of(ensemble: Ensemble) -> dict[str, Any]:
    """Return every array of an ensemble by name."""
    return {name: getattr(ensemble, name) for name in ensemble.arrays}


def _alike(one: Any, other: Any) -> bool:
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
