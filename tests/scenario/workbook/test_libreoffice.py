"""A workbook that LibreOffice has saved is the same place, and its formulas have values."""

import shutil
import subprocess
from pathlib import Path

import pytest

from simulation.scenario.loading import find_problems, load_scenario
from simulation.scenario.workbook.writing import write_workbook
from simulation.scenario.writing import scenario_hash, scenario_to_yaml
from tests.scenario.workbook.books import make_book
from tests.scenario.workbook.changes import shown, typed
from tests.waiting import PATIENCE

SCENARIOS = Path("scenarios")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        shutil.which("soffice") is None, reason="LibreOffice is not installed: apt install libreoffice-calc"
    ),
]


def saved(path: Path) -> Path:
    """Open a workbook in LibreOffice and save it again."""
    to = path.parent / "saved"
    profile, kind = f"-env:UserInstallation=file://{path.parent}/profile", "xlsx:Calc MS Excel 2007 XML"
    command = ("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(to), str(path))
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return to / path.name


@pytest.mark.parametrize("name", ["two-trusts", "mid-south-essex-as-it-happened"])
def test_a_place_comes_back_the_same(tmp_path, name):
    place = load_scenario(SCENARIOS / f"{name}.yaml")
    (tmp_path / "a.xlsx").write_bytes(write_workbook(place))
    again = load_scenario(saved(tmp_path / "a.xlsx"))
    assert scenario_to_yaml(again) == scenario_to_yaml(place)
    assert scenario_hash(again) == scenario_hash(place)


def test_formulas_get_values_and_dates_per_cent_and_errors_stay(tmp_path):
    def change(book):
        typed("Organisations", E4="=100+200", E5="=1/0")(book)
        shown("Levers", "B4", 0.5, "0%")(book)
        shown("Gap", "A5", 43160, "mmm yy")(book)

    (tmp_path / "a.xlsx").write_bytes(make_book(change=change))
    path = saved(tmp_path / "a.xlsx")
    expected = "a.xlsx: Organisations!E5: btuh, Income: holds the error #DIV/0!; fix its formula, or type the value"
    assert [str(problem) for problem in find_problems(path, "a.xlsx")] == [expected]
