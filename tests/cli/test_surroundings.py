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


@pytest.mark.parametrize(("given", "day"), [("0", "1970-01-01"), ("951782400", "2000-02-29"), ("soon", None)])
def test_the_day_is_that_of_a_build_that_is_repeated(given, day):
    from datetime import date

    code = "from simulation.results.day_made import day_made; print(day_made())"
    environment = os.environ | {"SOURCE_DATE_EPOCH": given, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (day or date.today().isoformat())
