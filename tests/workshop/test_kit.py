"""The kit as pages: nothing leaves its card, names are never markup, and the same place gives the same bytes."""

import json
from importlib.resources import files
from io import BytesIO
from math import ceil

import numpy as np
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from simulation.charts.drawing.theme import NHS
from simulation.charts.drawing.typeface import font_folders
from simulation.levers import Lever
from simulation.report.words import NOT_FOR
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from simulation.workshop.kit import kit_data, kit_pdf, write_kit
from tests.examples import slow_examples
from tests.places import SCENARIOS, SHIPPED, place, scenario
from tests.report.test_formats import NASTY

pytestmark = pytest.mark.unit

A4 = (210.0, 297.0)
PADDING = 9.0
LONG = "Interoperability" * 40
HOSTILE = [
    NASTY,
    LONG,
    "W" * 3000,
    "many short words " * 60,
    "病院" * 90,
    "\u202egnol \u0000\n\t",
    "🏥",
    "ﷺ" * 50,
    "i" * 400,
]
DOTS = 60


def crowded(organisations, names, programmes=3, amount=123.4):
    """A place of many organisations, all of them in each programme, with numbered names from a list."""

    def named(number):
        return names[number % len(names)]

    ids = [f"o{number}" for number in range(organisations)]
    plain = place(title=named(0))
    plain["organisations"] = {
        each: {
            "role": "provider" if number else "commissioner",
            "income": amount * organisations,
            "name": f"{number}: {named(number)}",
            "sector": named(number + 1),
        }
        for number, each in enumerate(ids)
    }
    plain["contracts"] = {
        f"c{number}": {"commissioner": "o0", "provider": each, "amount": amount, "title": named(number)}
        for number, each in enumerate(ids)
        if number
    }
    plain["programmes"] = {
        f"p{number}": {"saves": dict.fromkeys(ids, amount), "title": f"{number}: {named(number + 2)}"}
        for number in range(programmes)
    }
    return scenario(plain)


def pages_of(content):
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def pictures_of(subject):
    """The pages as arrays of grey, 0 black to 255 white, as typst itself draws them."""
    pages = typst.compile(
        files("simulation.workshop").joinpath("kit.typ").read_bytes(),
        sys_inputs={"kit": json.dumps(kit_data(subject))},
        font_paths=font_folders(),
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS,
    )
    return [np.asarray(Image.open(BytesIO(page)).convert("L")) for page in pages]


def assert_margins_are_blank(pages):
    """Nothing but cut marks within 8 mm of an edge of a card."""
    for picture in pages:
        y, x = (np.arange(length) * 25.4 / DOTS for length in picture.shape)
        cuts_x, cuts_y = (np.array([0, size / 2, size]) for size in A4)
        from_x, from_y = (np.abs(at[:, None] - cuts).min(axis=1) for at, cuts in ((x, cuts_x), (y, cuts_y)))
        margin = (from_y[:, None] < PADDING - 1) | (from_x[None, :] < PADDING - 1)
        marks = (from_y[:, None] < 1) | (from_x[None, :] < 1)
        assert picture[margin & ~marks].min() == 255


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_a_kit_whose_last_pages_are_the_script_and_the_sheet(name):
    subject = load_scenario(SCENARIOS / name)
    *cards, script, sheet = pages_of(kit_pdf(subject))
    levers = ceil(len(Lever) / 4)
    assert len(cards) >= levers + ceil(len(subject.organisations) / 4)
    assert all(lever.label.split()[0] in " ".join(cards[:levers]) for lever in Lever)
    assert subject.title in script.replace("\n", " ")
    assert "My guesses" in sheet
    for page in (script, sheet):
        footer = " ".join(page.split())
        assert all(" ".join(sentence.split()) in footer for sentence in NOT_FOR)


@pytest.mark.parametrize("name", ["two-trusts.yaml", "mid-south-essex.yaml"])
def test_nothing_leaves_its_card(name):
    assert_margins_are_blank(pictures_of(load_scenario(SCENARIOS / name))[:-2])


@pytest.mark.parametrize("organisations", [2, 42])
@pytest.mark.parametrize("programmes", [0, 30])
def test_hostile_and_very_long_names_stay_on_their_cards(organisations, programmes):
    pages = pictures_of(crowded(organisations, HOSTILE, programmes))
    assert_margins_are_blank(pages[:-2])


@slow_examples(25)
@given(
    names=st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=5),
    organisations=st.integers(2, 6),
    programmes=st.integers(0, 25),
    amount=st.sampled_from([0.001, 5.0, 999.0, 12_345.0]),
)
def test_whatever_the_names_and_amounts_a_kit_can_be_set(names, organisations, programmes, amount):
    # The template stops if a card is fuller than its height.
    script, sheet = pages_of(kit_pdf(crowded(organisations, names, programmes, amount)))[-2:]
    assert "The ninety minutes" in script
    assert "My guesses" in sheet


def test_names_are_never_markup():
    markup = "#strong[x] *b* $x^2$ `c` @ref <tag> \\ // /* #panic() = head"
    text = " ".join(" ".join(pages_of(kit_pdf(crowded(2, [markup])))).split())
    assert "#strong[x] *b* $x^2$ `c` @ref <tag> \\ //" in text


def test_no_letter_is_smaller_than_11_points():
    sizes = set()
    for page in PdfReader(BytesIO(kit_pdf(load_scenario(SCENARIOS / "mid-south-essex.yaml")))).pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, size: sizes.add(size * tm[0]) if text.strip() else None
        )
    assert min(sizes) >= 11


def test_the_same_place_gives_the_same_bytes_and_another_theme_others(tmp_path):
    subject = load_scenario(SCENARIOS / "two-trusts.yaml")
    write_kit(subject, tmp_path / "kit.pdf")
    write_kit(subject, tmp_path / "kit.pdf")
    content = (tmp_path / "kit.pdf").read_bytes()
    assert content == kit_pdf(subject) != kit_pdf(subject, NHS)
    assert [path.name for path in tmp_path.iterdir()] == ["kit.pdf"]


def test_a_kit_is_tagged_with_title_and_language():
    read = PdfReader(BytesIO(kit_pdf(scenario(place()))))
    assert read.metadata.title == "Workshop kit: A made-up place"
    assert read.root_object["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in read.root_object


def test_a_place_of_42_systems_has_24_roles():
    many = replicate_systems(load_scenario(SCENARIOS / "mid-south-essex.yaml"), 42, title="Many")
    pages = pages_of(kit_pdf(many))
    assert sum(page.count("Your question") for page in pages) == 24
