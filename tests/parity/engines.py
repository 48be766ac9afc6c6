"""Replicates by either engine, in many ways, and comparisons of them to the bit."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from simulation.model.agents.model import TrustModel
from simulation.model.run import run_ensemble
from simulation.results.ensemble import DETAIL, Ensemble, Keep
from simulation.scenario.schema import Scenario
from tests.places import crowded_place, written
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]

_UNCOMPILED = """
import pickle, sys
from simulation.model.run import run_ensemble
from simulation.scenario.schema import Scenario
plain, asked = pickle.load(sys.stdin.buffer)
made = run_ensemble(Scenario.model_validate(plain), engine="compiled", **asked)
import numba
assert numba.config.DISABLE_JIT, "this was to run uncompiled"
pickle.dump({name: getattr(made, name) for name in made.arrays}, sys.stdout.buffer)
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
    """Return the kernel's arrays when it runs as plain Python, in a process of its own."""
    finished = subprocess.run(
        [sys.executable, "-c", _UNCOMPILED],
        input=pickle.dumps((written(subject), {"seed": 3, "detail": DETAIL} | asked)),
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    arrays: dict[str, Any] = pickle.loads(finished.stdout)
    return arrays


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
