"""Charts, papers and the page are set in the package's own typeface, whatever fonts a machine has."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import matplotlib
import pytest
from matplotlib.font_manager import FontProperties, findfont, get_font

from simulation.charts.drawing.lettering import drawable, measure
from simulation.charts.drawing.typeface import FAMILY, WEIGHTS, face_file, families, font_folders
from tests.charts.make_typeface import LATIN, SIGNS
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.unit

DRAW = """
import hashlib, sys
from simulation.charts import CHARTS
from simulation.charts.drawing.publish import png_bytes, svg_text
from tests.charts.conftest import results_of
chart = CHARTS["scenario_table"](results_of("scenario_table", "hard names", 2))
print(hashlib.sha256(png_bytes(chart, dpi=60) + svg_text(chart).encode()).hexdigest())
"""

WRITTEN = "£0123456789 −+±×·–—…‘’“”≤≥≈½%°→ ŵŷâêîôû Llŷn éèüßñçø ΑΩαω Жя"
"""What texts of charts and British and European names are written with."""


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_that_is_written_is_in_both_faces(weight):
    letters = get_font(str(face_file(weight))).get_charmap()
    assert [letter for letter in WRITTEN if ord(letter) not in letters] == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_small_face_has_what_texts_are_written_with_but_other_scripts(weight):
    letters = get_font(str(face_file(weight))).get_charmap().keys() & {*LATIN, *map(ord, SIGNS)}
    assert [letter for letter in WRITTEN if letter not in "ΑΩαω Жя°½" and ord(letter) not in letters] == []
    assert face_file(weight, "latin.woff2").stat().st_size <= 25_000


@pytest.mark.parametrize("is_bold", [False, True])
def test_figures_are_of_one_width_so_that_columns_of_numbers_stand_straight(is_bold):
    assert len({measure(figure * 10, bold=is_bold) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("weight", WEIGHTS)
def test_text_is_measured_with_the_file_that_it_is_drawn_with(weight):
    found = findfont(FontProperties(family=list(families()), weight=weight))
    assert Path(str(found)) == face_file(weight)
    assert str(face_file(weight).parent) in font_folders()


def test_letters_that_the_typeface_lacks_are_drawn_by_one_that_comes_with_matplotlib():
    name = "عربى"
    assert drawable(name) == name
    assert str(findfont(FontProperties(family=[families()[1]]))).startswith(matplotlib.get_data_path())


def test_the_same_chart_has_the_same_bytes_whatever_fonts_a_user_has(tmp_path):
    """The list of a user's fonts is empty once, and once it gives other files under the names of ours."""
    (tmp_path / "other").mkdir()
    first = drawn(tmp_path / "first")
    name = next((tmp_path / "first").glob("fontlist-*.json")).name
    kept = json.loads((tmp_path / "first" / name).read_text())
    serif = next(font["fname"] for font in kept["ttflist"] if "DejaVuSerif.ttf" in font["fname"])
    taken = {FAMILY, "Source Sans 3", "Arial", "Liberation Sans", "DejaVu Sans"}
    like = next(font for font in kept["ttflist"] if font["fname"] == serif)
    kept["ttflist"] = [like | {"name": name} for name in taken] + kept["ttflist"]
    (tmp_path / "other" / name).write_text(json.dumps(kept))
    assert first == drawn(tmp_path / "other")


def drawn(folder):
    return run(DRAW, folder)


def run(code, folder):
    folder.mkdir(exist_ok=True)
    settings = os.environ | {"MPLCONFIGDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = (sys.executable, "-W", "error::UserWarning", "-c", code)
    done = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert "findfont" not in done.stderr
    return done.stdout


def test_the_typeface_is_small_and_goes_with_its_licence():
    folder = face_file(400).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 600_000
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "OFL-1.1" in project["project"]["license"]
    assert f"{folder.relative_to(ROOT)}/OFL.txt" in project["project"]["license-files"]
