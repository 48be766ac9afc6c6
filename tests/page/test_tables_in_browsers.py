"""The engine in real browsers gives Python's tables of the reference place, as whole byte strings."""

import gzip
import json
from base64 import b64encode
from functools import cache
from hashlib import sha256

import pytest

from simulation.execution.assumptions import sample_assumptions
from simulation.model.portable.cache import load_portable_engine
from simulation.model.run import run_ensemble, run_with_parameters
from simulation.page.bundle import bundle, read_modules
from simulation.page.write import page_data
from simulation.results.ensemble import DETAIL
from simulation.scenario.held import held_parameters
from simulation.scenario.loading import load_scenario
from tests.browser import needs_browser, needs_firefox
from tests.page.made import DAY, ROOT
from tests.page.node import HERE, SCRIPT
from tests.page.random_settings import random_settings

pytestmark = [pytest.mark.parity]

FILE = ROOT / "scenarios/mid-south-essex-partnership.yaml"
NOTHING = {"levers": {}, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}
LEVERS = {"coaching": {"strength": 0.35, "from": 7, "ramp": 9}, "gain_share": {"strength": 1, "from": None}}
MOVED = NOTHING | {"levers": LEVERS, "parameters": {"opening_trust": 0.45, "loss_ratio": 1.7}}
LAST_SEED = 2**64 - 1

every_browser = pytest.mark.parametrize(
    "browser_name", [pytest.param("chromium", marks=needs_browser), pytest.param("firefox", marks=needs_firefox)]
)
every_build = pytest.mark.parametrize("build", ["plain", "simd"])


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A page that holds the scripts of the page, and nothing that starts by itself."""
    modules = read_modules(SCRIPT) | {"tables_given.js": (HERE / "tables_given.js").read_text(encoding="utf-8")}
    written = tmp_path_factory.mktemp("page") / "tables.html"
    script = bundle(modules, "tables_given.js")
    written.write_text(f"<!DOCTYPE html><meta charset='utf-8'><title>Tables</title><script>{script}</script>", "utf-8")
    return written


def compressed(content):
    return b64encode(gzip.compress(content)).decode()


@cache
def given():
    """The data of the place and the modules, as the page holds them."""
    engine = load_portable_engine()
    modules = {"plain": compressed(engine.plain), "simd": compressed(engine.with_simd)}
    place = page_data(load_scenario(FILE), FILE, made=DAY, seed=LAST_SEED)
    return {"place": place, "modules": modules | {"description": engine.description}}


@pytest.fixture
def tables_of(request, path, browser_name):
    """A function that runs settings in the browser of the test."""
    if browser_name == "firefox":
        firefox = request.getfixturevalue("firefox")
        yield lambda **asked: firefox.visit("call", path.as_uri(), called="tablesOf", argument=given() | asked).found
        return
    page = request.getfixturevalue("browser").new_page()
    page.goto(path.as_uri())
    yield lambda **asked: page.evaluate("asked => tablesOf(asked)", json.loads(json.dumps(given() | asked)))
    page.close()


def digests(ensemble):
    """The SHA-256 and the shape of every table that was kept."""
    names = [name for name in ensemble.arrays if name != "replicates"]
    tables = {name: getattr(ensemble, name) for name in names}
    return {
        name: {"digest": sha256(each.tobytes()).hexdigest(), "shape": list(each.shape)} for name, each in tables.items()
    }


def read(text, folder):
    """The scenario that the page wrote, as Python reads it."""
    for name in (FILE.name, "mid-south-essex.yaml"):
        (folder / name).write_bytes(FILE.with_name(name).read_bytes())
    (folder / "changed.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder / "changed.yaml")


@every_browser
@every_build
@pytest.mark.parametrize("moved", ["levers", "random"])
def test_moved_settings_under_the_last_seed_from_a_later_replicate(tables_of, build, moved, tmp_path):
    settings = MOVED if moved == "levers" else random_settings(given()["place"], 5)
    asked = {"settings": settings, "seed": str(LAST_SEED), "first": "5", "replicates": 33, "varied": False}
    found = tables_of(build=build, **asked)
    subject = read(found["text"], tmp_path)
    made = run_ensemble(subject, replicates=33, seed=LAST_SEED, first=5, engine="compiled", detail=DETAIL)
    assert found["tables"] == digests(made)


@every_browser
@every_build
def test_levers_moved_under_varied_assumptions(tables_of, build, tmp_path):
    asked = {"settings": MOVED, "seed": str(LAST_SEED), "first": "0", "replicates": 257, "varied": True}
    found = tables_of(build=build, **asked)
    saved = read(found["text"], tmp_path)
    rows = sample_assumptions(257, LAST_SEED, held=held_parameters(saved))
    made = run_with_parameters(saved, rows, seed=LAST_SEED, engine="compiled")
    expected = digests(made)
    assert {name: found["tables"][name] for name in expected} == expected
