"""A model that is edited while it runs: neither engine uses the machine code of another source."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.model.test_loaded import REFUSAL
from tests.waiting import PATIENCE

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]

_BEGIN = r"""
import json, pathlib, re
from simulation import load_scenario, run_ensemble
place = load_scenario("scenarios/two-trusts.yaml")
def gap(engine):
    return float(run_ensemble(place, replicates=2, seed=1, engine=engine)["gap"][:, -1].mean())
def edit(name, pattern, new):
    file = pathlib.Path("simulation/model") / name
    before = file.read_text(encoding="utf-8")
    after = re.sub(pattern, new, before, count=1, flags=re.DOTALL)
    assert after != before
    file.write_text(after, encoding="utf-8")
    return lambda: file.write_text(before, encoding="utf-8")
def add_100_to_the_gap():
    return edit("rules/account.py", r"(def run_rate_gap.*?return )", r"\g<1>100.0 + ")
"""

_EDITED_BETWEEN_THE_ENGINES = """
mesa = gap("auto")
add_100_to_the_gap()
print(json.dumps([mesa, gap("compiled")]))
"""

_FRESH = """
from simulation.model.ensemble.cache import is_on_disk
on_disk = is_on_disk()
gaps = [gap("mesa"), gap("compiled")]
from simulation.model.ensemble.kernel import simulate
hits = sum(simulate.stats.cache_hits.values())
print(json.dumps({"on_disk": on_disk, "hits": hits, "kinds": len(simulate.signatures), "gaps": gaps}))
"""

COMPILING = "compiling the fast engine, once for this version (about 12 seconds)\n"

_WITH_AUTORELOAD = r"""
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("%load_ext autoreload")
shell.run_cell("%autoreload 2")
found = []
def run_both():
    try:
        found.append([gap("mesa"), gap("compiled")])
    except RuntimeError as error:
        found.append(str(error))
shell.push({"run_both": run_both})
shell.run_cell("run_both()")
edit("rules/account.py", "(.*)", r"# a comment\n\1")
edit("rules/account.py", '(def run_rate_gap.*?\"\"\")', r"\1Other words. ")
shell.run_cell("run_both()")
undo = add_100_to_the_gap()
shell.run_cell("run_both()")
undo()
shell.run_cell("run_both()")
edit("ensemble/delivery.py", r'(def deliver\(.*?\"\"\".*?\"\"\")', r"\1\n    month = month + 0")
shell.run_cell("run_both()")
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package that may be edited, with a cache of its own.

    Each test takes it as the one before it left it: the machine code of that is in the cache.
    """
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "simulation", folder / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "scenarios").mkdir()
    shutil.copy(ROOT / "scenarios" / "two-trusts.yaml", folder / "scenarios")
    return folder


def run_in(folder, program):
    """Return what a fresh process that imports the copy prints last, and what it logs."""
    settings = {
        "NUMBA_CACHE_DIR": str(folder / "cache"),
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "IPYTHONDIR": str(folder / "ipython"),
    }
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + program],
        env=os.environ | settings,
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def test_machine_code_is_made_once_and_never_from_an_older_source_than_its_name_says(copy):
    """A notebook runs a rule, the rule is edited, the notebook compiles for the first time; then others start."""
    (mesa, compiled_then), _ = run_in(copy, _EDITED_BETWEEN_THE_ENGINES)
    (first, logged_first), (second, logged_second) = run_in(copy, _FRESH), run_in(copy, _FRESH)
    assert compiled_then == mesa
    assert first["gaps"] == second["gaps"] == pytest.approx([mesa + 100.0] * 2, abs=1e-9)
    assert (first["on_disk"], first["hits"], logged_first) == (False, 0, COMPILING)
    assert (second["on_disk"], second["hits"], logged_second) == (True, 1, "")
    assert first["kinds"] == second["kinds"] == 1


def test_a_rule_that_is_loaded_again_sets_no_engine_apart(copy):
    pytest.importorskip("IPython")
    before, documented, changed, undone, kernel_changed = run_in(copy, _WITH_AUTORELOAD)[0]
    assert before[0] == before[1]
    assert documented == before
    assert changed == REFUSAL
    assert undone == before
    assert kernel_changed == REFUSAL
