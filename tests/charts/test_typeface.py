"""Charts, papers and the page are set in the package's own typeface, whatever fonts a machine has."""

import tomllib
from pathlib import Path

import matplotlib
import pytest
from matplotlib.font_manager import FontProperties, findfont, get_font

from simulation.charts.drawing.lettering import drawable, measure
from simulation.charts.drawing.typeface import WEIGHTS, face_file, families, font_folders
from tests.charts.make_typeface import LATIN, SIGNS

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.unit

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


def test_the_typeface_is_small_and_goes_with_its_licence():
    folder = face_file(400).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 600_000
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "OFL-1.1" in project["project"]["license"]
    assert f"{folder.relative_to(ROOT)}/OFL.txt" in project["project"]["license-files"]
