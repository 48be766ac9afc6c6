"""The wheel in an empty environment, used outside the repository as its user does."""

import os
import re
import sys

import pytest

from simulation import __version__
from tests.package.conftest import ROOT, run

pytestmark = pytest.mark.e2e

REPORT = "pip install 'trust-between-trusts[report]'"
EXAMPLE = re.compile(r"^## In Python\n+```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXPERIMENT = """
title: Coaching
question: What does coaching do here?
scenario: my-place.yaml
replicates: 20
compare:
  no joint action: {}
  coached: {levers: {coaching: {strength: 1}}}
"""
NOWHERE = "/proc/no-home"
"""A home that nobody, root included, can write to."""


def state_of(folder):
    """Every file of a folder, with its size and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="session")
def place(installed, tmp_path_factory):
    """A folder in which a new place was written and run."""
    folder = tmp_path_factory.mktemp("elsewhere")
    installed.trustsim("new", "my-place", cwd=folder)
    installed.trustsim("run", "my-place.yaml", "--replicates", 4, cwd=folder)
    return folder


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """A folder with the README's example in Python as a file, and the scenarios that it loads."""
    folder = tmp_path_factory.mktemp("example")
    (text,) = EXAMPLE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    (folder / "example.py").write_text(text, encoding="utf-8")
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    return folder


def test_it_is_the_version_that_was_built(installed, tmp_path):
    assert installed.trustsim("--version", cwd=tmp_path) == f"trustsim {__version__}\n"


def test_nothing_for_developers_and_no_extra_is_installed(installed, tmp_path):
    there = "import importlib.util as u; print([m for m in %r if u.find_spec(m)])"
    modules = ("docx", "pptx", "typst", "openpyxl", "distributed", "sklearn", "jupyterlab", "pytest", "xarray")
    assert run(installed.python, "-c", there % (modules,), cwd=tmp_path).stdout == "[]\n"


def test_a_place_is_written_checked_shown_and_run(installed, place):
    assert installed.trustsim("validate", "my-place.yaml", cwd=place) == "my-place.yaml: ok\n"
    assert "deficit" in installed.trustsim("show", "my-place.yaml", cwd=place)
    assert list(place.glob("results/my-place/*/charts/trajectory.png"))


def test_a_batch_is_run_and_its_chart_drawn(installed, place):
    (place / "coaching.yaml").write_text(EXPERIMENT, encoding="utf-8")
    installed.trustsim("batch", "coaching.yaml", cwd=place)
    installed.trustsim("chart", "results/coaching", "--only", "chance", cwd=place)
    assert (place / "results/coaching/charts/chance.svg").stat().st_size > 10_000


def test_a_page_has_engine_data_and_scripts(installed, place):
    installed.trustsim("page", "my-place.yaml", cwd=place)
    assert (place / "my-place.html").stat().st_size > 300_000


def test_of_the_paper_it_writes_what_needs_no_extra(installed, place):
    installed.trustsim("report", "results/my-place", "--format", "html,csv", "--out", "paper", cwd=place)
    assert {path.name for path in (place / "paper").iterdir()} >= {"board-paper.html", "csv"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["report", "results/my-place"], f"a paper as docx or pdf needs python-docx and typst: {REPORT}"),
        (
            ["export", "my-place.yaml", "--xlsx"],
            "a workbook needs openpyxl: pip install 'trust-between-trusts[workbook]'",
        ),
        (["workshop-kit", "my-place.yaml"], f"a workshop kit needs typst: {REPORT}"),
        (
            ["batch", "my-place.yaml", "--cluster", "tcp://127.0.0.1:1", "--out", "never"],
            "a cluster needs distributed: pip install 'trust-between-trusts[cluster]'",
        ),
    ],
)
def test_without_an_extra_it_names_it_and_does_nothing(words, message, installed, place):
    before = state_of(place)
    done = run(installed.folder / "bin" / "trustsim", *words, cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")
    assert state_of(place) == before


def test_a_user_without_a_home_who_can_write_to_no_installed_file_runs_and_draws(installed, tmp_path):
    """Caches of numba and matplotlib have no folder then; nothing is written where it is installed."""
    bare = {"HOME": NOWHERE, "PYTHONDONTWRITEBYTECODE": "1", "NUMBA_DISABLE_JIT": None}
    bare |= {name: None for name in os.environ if name.startswith(("XDG_", "NUMBA_", "MPL"))}
    before = state_of(installed.packages)
    installed.trustsim("new", "my-place", cwd=tmp_path, **bare)
    installed.trustsim("run", "my-place.yaml", "--replicates", 2, cwd=tmp_path, **bare)
    assert list(tmp_path.glob("results/my-place/*/charts/trajectory.png"))
    installed.trustsim("page", "my-place.yaml", cwd=tmp_path, **bare)
    assert (tmp_path / "my-place.html").stat().st_size > 300_000
    assert state_of(installed.packages) == before


def test_a_user_whose_home_is_not_set_runs(installed, tmp_path):
    installed.trustsim("new", "my-place", cwd=tmp_path, HOME=None)
    installed.trustsim("run", "my-place.yaml", "--replicates", 2, "--no-charts", cwd=tmp_path, HOME=None)


def test_the_readme_s_example_runs(installed, example):
    done = run(installed.python, "example.py", cwd=example)
    assert done.returncode == 0, done.stderr
    assert "month" in done.stdout


def test_the_readme_s_example_is_typed(installed, example, tmp_path):
    """Types come from the installed package, which has py.typed; checked by the developers' mypy."""
    mypy = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed.python]
    done = run(*mypy, "--cache-dir", tmp_path, "example.py", cwd=example)
    assert done.returncode == 0, done.stdout
    wrong = example / "wrong.py"
    wrong.write_text('from simulation import load_scenario\n\nplace: int = load_scenario("x.yaml")\n', encoding="utf-8")
    done = run(*mypy, "--cache-dir", tmp_path, "wrong.py", cwd=example)
    assert 'expression has type "Scenario", variable has type "int"' in done.stdout


def test_with_the_extras_it_writes_workbooks_papers_and_the_kit(installed, wheel, pins, place):
    """The last of all, because it changes the environment."""
    installed.install(f"trust-between-trusts[workbook,report] @ {wheel.as_uri()}", pins=pins)
    installed.trustsim("report", "results/my-place", "--format", "docx,pdf,pptx", "--out", "papers", cwd=place)
    assert {path.suffix for path in (place / "papers").glob("board-paper.*")} == {".docx", ".pdf", ".pptx"}
    installed.trustsim("export", "my-place.yaml", "--xlsx", cwd=place)
    installed.trustsim("import", "my-place.xlsx", "--out", "again.yaml", cwd=place)
    assert installed.trustsim("validate", "again.yaml", cwd=place) == "again.yaml: ok\n"
    installed.trustsim("report", "results/my-place", "--format", "xlsx", "--out", "book", cwd=place)
    assert (place / "book/results.xlsx").is_file()
    installed.trustsim("workshop-kit", "my-place.yaml", cwd=place)
    assert (place / "my-place-workshop-kit.pdf").read_bytes().startswith(b"%PDF-")
