"""The page's pictures: texts stand free of each other, tables hold what is drawn, and no name breaks them."""

import re
from collections import defaultdict
from typing import Any

import pytest

from simulation.charts.drawing.palette import NHS
from tests.page.made_up_results import made_up
from tests.page.node import HERE, SCRIPT, call, needs_node
from tests.page.sample_results import samples
from tests.page.svg_layout import SVG, mistakes, parsed, text_width

pytestmark = needs_node

DRAW = HERE / "draw_all.js"
WIDTHS = (320, 340, 480, 599, 640, 800, 1100)
MADE_UP = 200
NAMES = ["gap", "questions", "trust", "gains", "plan", "money"]


@pytest.fixture(scope="module")
def made_up_pictures() -> list[list[dict[str, Any]]]:
    """All pictures of made-up places, place by place."""
    cases = [made_up(seed) for seed in range(MADE_UP)]
    calls = [["drawAll", each["results"], each["baseline"], each["place"], each["options"]] for each in cases]
    return call(DRAW, calls)


@pytest.fixture(scope="module")
def real_pictures() -> dict[str, list[dict[str, Any]]]:
    """All pictures of real places at several widths, by place."""
    given = samples()
    drawn = call(DRAW, [["drawSample", each, WIDTHS, {"guesses": [20.0, 44.0, 45.0]}] for each in given.values()])
    return dict(zip(given, drawn, strict=True))


@pytest.mark.property
def test_no_text_overlaps_another_or_leaves_the_picture_of_a_made_up_place(made_up_pictures):
    for seed, pictures in enumerate(made_up_pictures):
        for picture in pictures:
            assert not mistakes(parsed(picture["svg"])), f"{picture['name']} of {seed}"


@pytest.mark.unit
def test_no_text_overlaps_another_or_leaves_the_picture_of_a_real_place(real_pictures):
    for place, pictures in real_pictures.items():
        for picture in pictures:
            assert not mistakes(parsed(picture["svg"])), f"{picture['name']} of {place}, {picture['width']} px"


@pytest.mark.property
def test_a_picture_has_a_name_and_words_for_who_cannot_see_it(made_up_pictures):
    for pictures in made_up_pictures:
        assert [each["name"] for each in pictures] == NAMES
        for picture in pictures:
            root = parsed(picture["svg"])
            by_id = {each.get("id"): each.text for each in root if each.get("id")}
            named = [by_id[each] for each in root.get("aria-labelledby", "").split()]
            assert root.get("role") == "img"
            assert len(named) == 2
            assert all(named), picture["name"]
            assert picture["headline"]
            assert not picture["headline"].endswith(".")
            assert "NaN" not in picture["headline"] + picture["alt"] + picture["note"] + picture["subtitle"]
            assert "undefined" not in picture["headline"] + picture["alt"] + picture["note"] + picture["subtitle"]


@pytest.mark.property
def test_a_picture_is_never_empty_and_says_why_if_there_is_nothing_to_draw(made_up_pictures):
    for pictures in made_up_pictures:
        for picture in pictures:
            root = parsed(picture["svg"])
            assert any(each.text for each in root.iter(f"{SVG}text"))
            if not picture["table"]["rows"]:
                first = next(iter(root.iter(f"{SVG}text")))
                assert _letters(picture["headline"]).startswith(_letters((first.text or "").rstrip(".")))


@pytest.mark.property
def test_a_picture_is_a_file_of_its_own_with_all_its_words(made_up_pictures):
    for pictures in made_up_pictures[:60]:
        for picture in pictures:
            root = parsed(picture["file"])
            assert not mistakes(root)
            words = " ".join(each.text or "" for each in root.iter(f"{SVG}text"))
            assert _letters(picture["headline"]) in _letters(words)
            assert _letters(picture["note"]) in _letters(words)


@pytest.mark.property
def test_every_row_of_a_table_has_a_cell_for_each_head(made_up_pictures):
    for pictures in made_up_pictures:
        for picture in pictures:
            heads, rows = picture["table"]["heads"], picture["table"]["rows"]
            assert all(len(row) == len(heads) for row in rows), picture["name"]
            assert len(set(heads)) == len(heads)


@pytest.mark.unit
@pytest.mark.parametrize("name", ["gap", "questions"])
def test_the_main_line_runs_through_the_numbers_of_the_table(real_pictures, name):
    for picture in real_pictures["reference"]:
        if picture["name"] != name:
            continue
        root = parsed(picture["svg"])
        value_at = _axis(root)
        (line,) = (
            each for each in root.iter(f"{SVG}path") if each.get("stroke-width") == "3" and len(_points(each)) > 2
        )
        for (_, y), row in zip(_points(line), picture["table"]["rows"], strict=False):
            assert value_at(y) == pytest.approx(row[1], abs=0.01 * max(1.0, value_at(0)))


@pytest.mark.unit
def test_dots_of_who_gains_stand_at_the_numbers_of_the_table(real_pictures):
    for picture in real_pictures["reference"]:
        if picture["name"] != "gains" or not picture["table"]["rows"]:
            continue
        root = parsed(picture["svg"])
        dots = [float(each.get("cx", "nan")) for each in root.iter(f"{SVG}circle")]
        changes = [row[1] for row in picture["table"]["rows"]]
        assert changes == sorted(changes)
        assert len(dots) == len(changes)
        steps = [(at - dots[0]) / (change - changes[0]) for at, change in zip(dots[1:], changes[1:], strict=True)]
        assert steps == pytest.approx([steps[-1]] * len(steps), rel=0.02)


@pytest.mark.unit
def test_bars_of_the_plan_are_as_long_as_the_numbers_of_the_table(real_pictures):
    for picture in real_pictures["made up"]:
        if picture["name"] != "plan":
            continue
        bars = [each for each in parsed(picture["svg"]).iter(f"{SVG}rect") if each.get("height") in {"12", "18"}]
        lengths = [float(each.get("width", "nan")) for each in bars]
        numbers = [number for row in picture["table"]["rows"][1:] for number in (row[1], row[4])]
        scale = max(lengths) / max(numbers)
        assert lengths == pytest.approx([number * scale for number in numbers], abs=0.02)


@pytest.mark.unit
def test_the_trust_of_the_table_is_written_in_the_cells(real_pictures):
    picture = next(each for each in real_pictures["reference"] if each["name"] == "trust" and each["width"] == 1100)
    written = sorted(
        int(each.text)
        for each in parsed(picture["svg"]).iter(f"{SVG}text")
        if each.get("text-anchor") == "middle" and each.get("font-weight") is None and (each.text or "").isdigit()
    )
    assert written == sorted(int(100 * row[2] + 0.5) for row in picture["table"]["rows"])


@pytest.mark.unit
def test_many_organisations_and_programmes_are_summed_and_the_note_says_so(real_pictures):
    for picture in real_pictures["forty-two"]:
        if picture["name"] in {"gains", "plan", "trust"} and picture["table"]["rows"]:
            assert "too many to name" in picture["note"]
        if picture["name"] == "gains" and picture["table"]["rows"]:
            assert len(picture["table"]["rows"]) == 21
            assert picture["table"]["rows"][10][0] == "The other 435 together"


@pytest.mark.unit
def test_the_parts_of_the_plan_add_up_to_the_whole(real_pictures):
    for place in ("reference", "forty-two"):
        picture = next(each for each in real_pictures[place] if each["name"] == "plan")
        whole, *parts = picture["table"]["rows"]
        for column in (1, 4, 5):
            assert sum(row[column] for row in parts) == pytest.approx(whole[column])


@pytest.mark.unit
def test_no_organisation_is_named_in_the_plan(real_pictures):
    names = {each["name"] for each in samples()["reference"]["place"]["organisations"]}
    for picture in real_pictures["reference"]:
        if picture["name"] == "plan":
            assert not [name for name in names if name in picture["svg"] or name in str(picture["table"])]


@pytest.mark.property
def test_every_mark_has_a_class_that_the_style_knows(made_up_pictures):
    style = (SCRIPT.parent / "pictures.css").read_text()
    known = set(re.findall(r"svg\.picture \.([\w-]+)", style))
    used = defaultdict(set)
    for picture in made_up_pictures[0] + made_up_pictures[1] + made_up_pictures[2] + made_up_pictures[3]:
        for each in parsed(picture["svg"]).iter():
            if each.tag in {f"{SVG}{name}" for name in ("path", "rect", "circle", "polygon", "text")}:
                used[picture["name"]].add(each.get("class", "none"))
    assert {name for names in used.values() for each in names for name in each.split()} <= known


@pytest.mark.unit
def test_a_picture_takes_its_colours_from_the_place():
    sample = samples()["made up"]
    theme = {
        "categorical": list(NHS.categorical),
        **{name: getattr(NHS, name) for name in ("ink", "quiet", "grid", "ground")},
    }
    changed = {**sample, "place": {**sample["place"], "colours": theme}}
    (pictures,) = call(DRAW, [["drawSample", changed, [640], {}]])
    for picture in pictures:
        assert "#12436D" not in picture["svg"]
    for module in SCRIPT.glob("*.js"):
        if module.name.startswith(("drawing", "picture")):
            assert not re.findall(r"#[0-9A-Fa-f]{6}\b", module.read_text()), module.name


@pytest.mark.property
def test_names_are_text_whatever_is_in_them(made_up_pictures):
    for pictures in made_up_pictures:
        for picture in pictures:
            assert "<script" not in picture["svg"]
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", picture["svg"])


def _letters(text: str) -> str:
    """A text without the spaces at which it may be broken, and without what cannot be drawn."""
    return re.sub(r"[\s\x00-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff0-\uffff]", "", text)


def _axis(root: Any) -> Any:
    """Return what maps px from the top to values, from the lowest and the highest label of the axis."""
    labels = {}
    for each in root.iter(f"{SVG}text"):
        found = re.fullmatch(r"£([\d.,]+)m|([\d.]+)%", each.text or "")
        if found and each.get("text-anchor") == "end":
            number = float((found[1] or found[2]).replace(",", "")) / (1 if found[1] else 100)
            labels[number] = float(each.get("y")) - 15 * 0.34
    (low, y_low), (high, y_high) = min(labels.items()), max(labels.items())
    return lambda y: low + (y - y_low) / (y_high - y_low) * (high - low)


def _points(path: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path.get("d", ""))]


@pytest.mark.unit
def test_a_matrix_without_room_for_numbers_says_what_its_squares_mean(made_up_pictures):
    trust = [pictures[NAMES.index("trust")] for pictures in made_up_pictures]
    kinds = {False: 0, True: 0}
    for picture in trust:
        if "in that of the column" in picture["subtitle"]:
            has_squares = "Large filled squares" in picture["note"]
            kinds[has_squares] += 1
            assert ("in hundredths" in picture["subtitle"]) is not has_squares
    assert all(kinds.values())


@pytest.mark.unit
def test_texts_of_a_file_keep_their_width_in_any_font(real_pictures):
    for picture in real_pictures["reference"]:
        for each in parsed(picture["file"]).iter(f"{SVG}text"):
            size, bold = float(each.get("font-size", "15")), each.get("font-weight") == "700"
            width = text_width(each.text or "", size, bold=bold)
            assert float(each.get("textLength", "nan")) == pytest.approx(width, rel=0.03, abs=1)
