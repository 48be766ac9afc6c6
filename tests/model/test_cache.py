"""The kernel is compiled once for each version of its sources, and kept where it may be kept."""

from typing import get_args

import numpy as np
import pytest

from simulation.model import run
from simulation.model.ensemble import cache
from simulation.results.ensemble import DETAIL, Ensemble
from simulation.scenario.loading import load_scenario
from simulation.vocabulary import Purpose
from tests.places import SCENARIOS, place, scenario

pytestmark = pytest.mark.unit


def test_edited_sources_have_a_folder_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    before = cache.cache_folder()
    assert before.parent == tmp_path / "trustsim"
    edited = tmp_path / "model"
    for name in ("ensemble", "rules"):
        (edited / name).mkdir(parents=True)
    (edited / "rules" / "stance.py").write_text("# edited", encoding="utf-8")
    monkeypatch.setattr(cache, "_MODEL", edited)
    cache.name_of_sources.cache_clear()
    try:
        assert cache.cache_folder() != before
    finally:
        monkeypatch.undo()
        cache.name_of_sources.cache_clear()


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "trustsim").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert cache.cache_folder() is None
    assert not cache.is_on_disk()


@pytest.mark.parametrize(
    ("compiled", "on_disk", "replicates", "chosen"),
    [
        (True, True, 1, "compiled"),
        (True, False, 1, "mesa"),
        (True, False, 10**7, "compiled"),
        (False, True, 10**7, "mesa"),
    ],
)
def test_the_cheaper_engine_is_chosen(monkeypatch, compiled, on_disk, replicates, chosen):
    monkeypatch.setattr(cache, "is_compiled_at_all", lambda: compiled)
    monkeypatch.setattr(cache, "is_on_disk", lambda: on_disk)
    assert run.choose_engine(scenario(place()), replicates) == chosen
    assert run.choose_engine(scenario(place()), replicates, "mesa") == "mesa"


def test_an_unknown_engine_is_named():
    with pytest.raises(ValueError, match=r"^there is no engine 'numba'; there are auto, compiled, mesa$"):
        run.run_ensemble(scenario(place()), replicates=1, seed=1, engine="numba")


@pytest.mark.parametrize("threads", [0, -1])
def test_less_than_one_thread_is_refused(threads):
    asked = {"replicates": 1, "seed": 1, "threads": threads}
    message = rf"^threads must be from 1 to 65536 \(given: {threads}\)$"
    with pytest.raises(ValueError, match=message):
        run.run_ensemble(scenario(place()), **asked)
    with pytest.raises(ValueError, match=message):
        run.run_designs([scenario(place())], **asked)


def test_another_processor_has_a_folder_of_its_own(monkeypatch):
    names = set()
    for processor in ("", "generic"):
        monkeypatch.setenv("NUMBA_CPU_NAME", processor)
        cache.name_of_sources.cache_clear()
        names.add(cache.name_of_sources())
    monkeypatch.undo()
    cache.name_of_sources.cache_clear()
    assert len(names) == 2


@pytest.mark.parametrize("name", ["replicates", "seed", "first", "threads"])
@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_only_whole_numbers_are_accepted(name, engine):
    for number in (1.5, 2.0, True, "2", None):
        asked = {"replicates": 1, "seed": 1, "engine": engine} | {name: number}
        if (name, number) == ("threads", None):
            continue
        with pytest.raises(ValueError, match=rf"{name}.* must be a whole number \(given: {number!r}\)$"):
            run.run_ensemble(scenario(place()), **asked)


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_whole_numbers_of_numpy_are_whole_numbers(engine, tmp_path):
    asked = {"replicates": np.int64(2), "seed": np.int64(3), "first": np.uint8(4), "detail_months": [np.int64(1)]}
    made = run.run_ensemble(scenario(place()), engine=engine, detail=("relationships",), **asked)
    plain = run.run_ensemble(scenario(place()), engine="mesa", replicates=2, seed=3, first=4)
    assert made.system.tobytes() == plain.system.tobytes()
    made.save(tmp_path / "kept")
    assert Ensemble.load(tmp_path / "kept").detail_months == (1,)


def test_detail_is_named_whole_and_with_its_months():
    subject = scenario(place())
    one = run.run_ensemble(subject, replicates=1, seed=1, engine="mesa", detail="relationships")
    assert one.relationships is not None
    for asked in ({"detail_months": [0]}, {"detail": ("relationships",), "detail_months": []}):
        with pytest.raises(
            ValueError, match=r"^detail_months are the months of the tables that detail names: give both$"
        ):
            run.run_ensemble(subject, replicates=1, seed=1, **asked)
    with pytest.raises(ValueError, match=r"^a month of detail_months must be from 0 to 11 \(given: 12\)$"):
        run.run_ensemble(subject, replicates=1, seed=1, detail=("relationships",), detail_months=[12])


def test_a_month_of_detail_may_be_written_as_a_date():
    asked = {"replicates": 1, "seed": 1, "engine": "mesa", "detail": "relationships"}
    made = run.run_ensemble(scenario(place()), detail_months=["2020-06", 0], **asked)
    assert made.detail_months == (0, 2)
    with pytest.raises(ValueError, match=r"^a month of detail_months must be from 2020-04 to 2021-03 \(given: 2030-01"):
        run.run_ensemble(scenario(place()), detail_months=["2030-01"], **asked)


def test_a_place_may_be_given_by_its_path():
    path = SCENARIOS / "two-trusts.yaml"
    made = run.run_ensemble(path, replicates=1, seed=1, engine="mesa")
    assert made.scenario == load_scenario(path)
    with pytest.raises(TypeError, match=r"^the scenario must be a Scenario or the path of its file \(given: a list\)$"):
        run.run_ensemble([path], replicates=1, seed=1)


def test_designs_are_of_one_kind():
    with pytest.raises(TypeError, match=r"^designs must be scenarios, or sets of parameters with place=…$"):
        next(run.run_designs([Purpose.STANCE], replicates=1, seed=1))
    with pytest.raises(TypeError, match=r"designs must be scenarios"):
        next(run.run_designs([scenario(place())], replicates=1, seed=1, place=scenario(place())))


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_a_bad_design_loses_none_before_it(engine):
    results = run.run_designs([scenario(place()), scenario(place()), "bad"], replicates=2, seed=1, engine=engine)
    assert len(next(results)) == len(next(results)) == 2
    with pytest.raises(TypeError, match=r"^designs must be scenarios"):
        next(results)


def test_the_command_line_knows_the_same_engines_and_tables():
    from simulation.cli.run import TABLES, EngineName
    from simulation.execution.transfers import TRANSFERS

    assert tuple(EngineName) == get_args(run.Engine)
    assert (*DETAIL, TRANSFERS) == TABLES


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
