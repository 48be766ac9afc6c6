"""One kind for every test, the same made-up inputs every time, and verification only when it is asked for."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import BROWSER
from tests.examples import THOROUGH

if TYPE_CHECKING:
    from tests.page.firefox import Firefox

KINDS = ("unit", "property", "parity", "golden", "verification", "architecture", "e2e")

LONG = {
    "test_batches.py",
    "test_kit.py",
    "test_engines.py",
    "test_every_chart.py",
    "test_run.py",
    "test_round_trips.py",
}
"""Files that take longest: they go first, so that none is left to one worker while the others have nothing to do."""

COMPILE = """
from simulation import load_scenario, run_ensemble
from simulation.model.ensemble.cache import is_on_disk
from simulation.model.portable.cache import load_portable_engine
if not is_on_disk():
    run_ensemble(load_scenario("scenarios/two-trusts.yaml"), replicates=1, seed=1, engine="compiled")
load_portable_engine()
"""
"""What fills the cache of compiled engines, in a process of its own."""

# The check for slow inputs goes by the clock: on a busy machine it would fail a test that is right.
UNTIMED = [HealthCheck.too_slow]

settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, max_examples=40, suppress_health_check=UNTIMED
)
settings.register_profile("thorough", settings.get_profile("suite"), max_examples=THOROUGH)
settings.register_profile("hunt", deadline=None, database=None, max_examples=5000)


def pytest_configure(config: pytest.Config) -> None:
    # Charts and tests are kept, so Python's usual search for garbage finds little: it took a tenth of the suite's time.
    gc.set_threshold(20_000, 20, 20)
    if config.getoption("--hypothesis-profile", default=None) is None:
        settings.load_profile("suite")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the engines while the workers collect: tests that start at once would each compile them."""
    if session.config.getoption("numprocesses", default=None) and not hasattr(session.config, "workerinput"):
        _compiling()


def pytest_collection_finish() -> None:
    """Keep modules and tests out of later searches for garbage."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: object, ids: list[str]) -> None:
    """Hand out no test before the engines are compiled."""
    _compiling().wait()


@cache
def _compiling() -> subprocess.Popen[bytes]:
    """Start the process that fills the cache of compiled engines."""
    return subprocess.Popen([sys.executable, "-c", COMPILE], cwd=Path(__file__).parents[1], stderr=subprocess.DEVNULL)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a test that is not of exactly one kind; leave verification to `make verify`; put long files first."""
    for item in items:
        kinds = [kind for kind in KINDS if item.get_closest_marker(kind)]
        if len(kinds) != 1:
            given = ", ".join(kinds) or "none"
            message = f"{item.nodeid} must be of exactly one kind of {', '.join(KINDS)} (marked: {given})"
            raise pytest.UsageError(message)
    items.sort(key=lambda item: item.path.name not in LONG)
    if "verification" in (config.option.markexpr or ""):
        return
    aside = [item for item in items if item.get_closest_marker("verification")]
    if aside:
        config.hook.pytest_deselected(items=aside)
        items[:] = [item for item in items if not item.get_closest_marker("verification")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless browser for all tests of a file."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Firefox"]:
    """A headless Firefox for all tests of a file."""
    from tests.page.firefox import Firefox

    with Firefox(tmp_path_factory.mktemp("downloads")) as opened:
        yield opened
