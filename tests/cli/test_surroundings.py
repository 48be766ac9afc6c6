"""No surrounding changes a byte of what is written: neither language, time zone, fonts, settings nor processors."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.surroundings import QUICK, ROOT, SURROUNDINGS, TOGETHER, differences, written_in

pytestmark = pytest.mark.e2e


def test_all_surroundings_at_once_change_no_byte(tmp_path):
    """Each in processes of its own; `make surroundings` tries them one by one, with papers, charts and pages."""
    tried = {"plain": SURROUNDINGS["plain"], **TOGETHER}
    with ThreadPoolExecutor() as pool:
        written = list(pool.map(lambda name: written_in(tried[name], tmp_path / name, QUICK), tried))
    assert len(written[0]) > 10
    assert [differences(written[0], each) for each in written[1:]] == [[], []]


@pytest.mark.parametrize(("given", "day"), [("0", "1970-01-01"), ("951782400", "2000-02-29"), ("", None)])
def test_the_day_is_that_of_a_build_that_is_repeated(given, day):
    from datetime import date

    code = "from simulation.results.day_made import day_made; print(day_made())"
    environment = os.environ | {"SOURCE_DATE_EPOCH": given, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (day or date.today().isoformat())


def trustsim(*words, folder, environment):
    """Run the command in a folder, with some environment variables set."""
    return subprocess.run(
        [sys.executable, "-m", "simulation", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


TWO_TRUSTS = str(ROOT / "scenarios" / "two-trusts.yaml")
DAY = "seconds since 1970, in UTC, up to the end of 2199"
JIT = "1 to run without compiling, else 0"
WRONG = [
    *(("SOURCE_DATE_EPOCH", given, DAY) for given in ("abc", "-5", "1.5", "1_000", " 5", "٣", "7258118400", "9" * 30)),
    *(("NUMBA_DISABLE_JIT", given, JIT) for given in ("yes", "2", "-1")),
    *(("NUMBA_NUM_THREADS", given, "threads, 1 or more") for given in ("many", "0", "-3", "1.5")),
]


@pytest.mark.parametrize(("name", "given", "meaning"), WRONG)
def test_a_variable_that_means_nothing_is_refused_before_anything_is_done(name, given, meaning, tmp_path):
    done = trustsim("run", TWO_TRUSTS, "--out", "r", folder=tmp_path, environment={name: given})
    said = f'environment variable {name}: must be a whole number ({meaning}) or not set (given: "{given}")'
    assert (done.returncode, done.stderr.strip()) == (2, said)
    assert not list(tmp_path.iterdir())


def test_all_wrong_variables_are_named_at_once_and_empty_ones_are_not_set(tmp_path):
    every = {name: "x" for name, *_ in WRONG}
    done = trustsim("validate", TWO_TRUSTS, folder=tmp_path, environment=every)
    assert [line.split()[2] for line in done.stderr.splitlines()] == [f"{name}:" for name in every]
    done = trustsim("validate", TWO_TRUSTS, folder=tmp_path, environment=dict.fromkeys(every, ""))
    assert (done.returncode, done.stderr) == (0, "")


def test_charts_do_not_depend_on_how_matplotlib_would_show_them(tmp_path):
    run = ("run", TWO_TRUSTS, "--out", "r", "--replicates", "2")
    done = trustsim(*run, folder=tmp_path, environment={"MPLBACKEND": "nowhere"})
    assert done.returncode == 0
    assert list(tmp_path.rglob("*.png"))
