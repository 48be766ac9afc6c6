"""The kernel is compiled once for each version of its sources, and kept where it may be kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.model import run
from simulation.model.ensemble import cache
from simulation.vocabulary import Purpose
from tests.places import place, scenario

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]

_RUN = """
import json, sys
from simulation import load_scenario, run_ensemble
from simulation.model.ensemble.cache import is_on_disk
place = load_scenario("scenarios/two-trusts.yaml")
before = is_on_disk()
made = run_ensemble(place, replicates=3, seed=1, engine="compiled")
from simulation.model.ensemble.kernel import simulate
hits = sum(simulate.stats.cache_hits.values())
told = {"on_disk": before, "hits": hits, "gap": made["gap"].tolist(), "kinds": len(simulate.signatures)}
json.dump(told, sys.stdout)
"""


COMPILING = "compiling the fast engine, once for this version (a dozen seconds or so)\n"


def run_with(folder, **settings):
    told = subprocess.run(
        [sys.executable, "-c", _RUN],
        env=os.environ | {"NUMBA_CACHE_DIR": str(folder)} | settings,
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    return json.loads(told.stdout) | {"told": told.stderr}


def test_a_fresh_cache_is_filled_once_and_then_used(tmp_path):
    first, again = run_with(tmp_path), run_with(tmp_path)
    assert (first["on_disk"], first["hits"], first["told"]) == (False, 0, COMPILING)
    assert (again["on_disk"], again["hits"], again["told"]) == (True, 1, "")
    assert first["gap"] == again["gap"]
    assert first["kinds"] == again["kinds"] == 1


def test_edited_sources_have_a_folder_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    before = cache.cache_folder()
    assert before.parent == tmp_path / "trustsim"
    edited = tmp_path / "model"
    for name in ("ensemble", "rules"):
        (edited / name).mkdir(parents=True)
    (edited / "rules" / "stance.py").write_text("# edited", encoding="utf-8")
    monkeypatch.setattr(cache, "_MODEL", edited)
    cache._name_of_sources.cache_clear()
    try:
        assert cache.cache_folder() != before
    finally:
        monkeypatch.undo()
        cache._name_of_sources.cache_clear()


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "trustsim").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache.cache_folder() is None
    assert not cache.is_on_disk()


@pytest.mark.parametrize(
    ("compiled", "on_disk", "histories", "chosen"),
    [
        (True, True, 1, "compiled"),
        (True, False, 1, "mesa"),
        (True, False, 10**7, "compiled"),
        (False, True, 10**7, "mesa"),
    ],
)
def test_the_cheaper_engine_is_chosen(monkeypatch, compiled, on_disk, histories, chosen):
    monkeypatch.setattr(cache, "is_compiled_at_all", lambda: compiled)
    monkeypatch.setattr(cache, "is_on_disk", lambda: on_disk)
    assert run.choose_engine(scenario(place()), histories) == chosen
    assert run.choose_engine(scenario(place()), histories, "mesa") == "mesa"


def test_an_engine_that_there_is_not_is_named():
    with pytest.raises(ValueError, match=r"^there is no engine 'numba'; there are auto, compiled, mesa$"):
        run.run_ensemble(scenario(place()), replicates=1, seed=1, engine="numba")


@pytest.mark.parametrize("threads", [0, -1])
def test_less_than_one_thread_is_refused(threads):
    asked = {"replicates": 1, "seed": 1, "threads": threads}
    message = rf"^threads must be 1 or more \(given: {threads}\)$"
    with pytest.raises(ValueError, match=message):
        run.run_ensemble(scenario(place()), **asked)
    with pytest.raises(ValueError, match=message):
        run.run_designs([scenario(place())], **asked)


def test_designs_are_of_one_kind():
    with pytest.raises(TypeError, match=r"^designs are scenarios, or with place=… sets of parameters$"):
        next(run.run_designs([Purpose.STANCE], replicates=1, seed=1))
    with pytest.raises(TypeError, match="designs are scenarios"):
        next(run.run_designs([scenario(place())], replicates=1, seed=1, place=scenario(place())))


def test_memory_does_not_grow_with_designs():
    """Designs are taken as they are needed: the first result is there long before the last design is made."""
    made = 0

    def designs():
        nonlocal made
        for _ in range(400):
            made += 1
            yield scenario(place())

    results = run.run_designs(designs(), replicates=2, seed=1, engine="compiled", threads=2)
    next(results)
    assert made < 50
    results.close()
    assert made < 50
